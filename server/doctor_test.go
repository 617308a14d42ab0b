package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"chautari/models/archive"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// about gathers what was said of one thing.
func about(findings []finding, what string) (said []finding) {
	for _, f := range findings {
		if f.about == what {
			said = append(said, f)
		}
	}
	return said
}

func wantLevel(t *testing.T, findings []finding, what string, want level) {
	t.Helper()
	said := about(findings, what)
	for _, f := range said {
		if f.level == want {
			return
		}
	}
	t.Errorf("of %s is said %v, want %s", what, said, want)
}

// stopped is an installation that was set up and isn't running.
func stopped(t *testing.T) settings {
	t.Helper()
	h := newHouse(t, io.Discard, func(s *settings) { s.BackupDir, s.Port = t.TempDir(), freePort(t) })
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(h.settings.DataDir, 0o700); err != nil {
		t.Fatal(err)
	}
	return h.settings
}

func backedUp(t *testing.T, s settings, at time.Time) {
	t.Helper()
	for _, name := range []string{"backup.age", "keys.age"} {
		laid(t, filepath.Join(s.BackupDir, name), smallestBackup(t, 1), at)
	}
}

// Data and keys are told apart by name, and of each is said how it stands.
func TestOfDataAndKeysIsSaidApartHowOldTheirBackupsAre(t *testing.T) {
	now := time.Now()
	const elsewhere = "is it on another stick?"
	for name, c := range map[string]struct {
		lie  map[string]time.Duration // how old what lies there is
		want []level                  // of data and of keys
		says string
	}{
		"both":                         {map[string]time.Duration{"data-2026-11-26": 1, "keys-2026-11-26": 2}, []level{well, well}, "newest of the keys in"},
		"data alone":                   {map[string]time.Duration{"data-2026-11-26": 1}, []level{well, warn}, elsewhere},
		"without a name":               {map[string]time.Duration{"2026-11-26.age": 1}, []level{well, warn}, elsewhere},
		"keys alone":                   {map[string]time.Duration{"keys-2026-11-26": 1}, []level{wrong, well}, "none of the data"},
		"keys in a folder":             {map[string]time.Duration{"data/2026-11-26": 1, "Keys/2026-11-26": 2}, []level{well, well}, "newest of the keys in"},
		"data in one for both":         {map[string]time.Duration{"data and keys/data-1": 1}, []level{well, warn}, elsewhere},
		"keys that nobody looks after": {map[string]time.Duration{"data-2026-11-26": 1, "keys-2026-11-01": 200}, []level{well, wrong}, "8 days old"},
		"keys that were missed":        {map[string]time.Duration{"data-2026-11-26": 1, "keys-2026-11-25": 30}, []level{well, warn}, "30 hours old"},
		"fresh keys, old data":         {map[string]time.Duration{"data-2026-11-25": 30, "keys-2026-11-26": 1}, []level{warn, well}, "newest of the data in"},
		"nothing":                      {nil, []level{wrong}, "there is none in"},
	} {
		t.Run(name, func(t *testing.T) {
			s := settings{BackupDir: t.TempDir()}
			for file, hours := range c.lie {
				file = filepath.Join(s.BackupDir, file)
				if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
					t.Fatal(err)
				}
				laid(t, file, smallestBackup(t, 1), now.Add(-hours*time.Hour))
			}
			got := lookAtBackups(s, now)
			var levels []level
			said := ""
			for _, f := range got {
				levels = append(levels, f.level)
				said += f.words + "\n"
			}
			if !slices.Equal(levels, c.want) || !strings.Contains(said, c.says) {
				t.Errorf("%v, want %v and %q", got, c.want, c.says)
			}
		})
	}
	s := settings{BackupDir: t.TempDir(), DataDir: t.TempDir()}
	laid(t, filepath.Join(s.BackupDir, "data"), smallestBackup(t, 1), now)
	wantLevel(t, freshBackup(s, now), "backup", warn)
	laid(t, filepath.Join(s.BackupDir, "keys"), smallestBackup(t, 1), now.Add(-25*time.Hour))
	wantLevel(t, freshBackup(s, now), "backup", wrong)
}

// laid is a file as it was written at some time.
func laid(t *testing.T, file string, content []byte, at time.Time) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, at, at); err != nil {
		t.Fatal(err)
	}
}

// smallestBackup is the least that is ever written: that of a store without anything.
func smallestBackup(t *testing.T, recipients int) []byte {
	t.Helper()
	var out bytes.Buffer
	order := archive.Order{To: &out, Day: "2026-11-26"}
	for range recipients {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		order.Recipients = append(order.Recipients, id.Recipient())
	}
	from := archive.Source{Engine: storetest.SQLite(t, seal.KeySpecs()...), Specs: seal.KeySpecs()}
	if err := archive.Save(t.Context(), order, archive.Keys, from); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatWasCutOffInItsHeaderIsNoBackup(t *testing.T) {
	now := time.Now()
	for _, recipients := range []int{1, 9} {
		s := settings{BackupDir: t.TempDir()}
		whole, file := smallestBackup(t, recipients), filepath.Join(s.BackupDir, "backup")
		header := bytes.Index(whole, []byte("\n"+ageHeaderEnd)) + 1
		header += bytes.IndexByte(whole[header:], '\n') + 1
		for _, n := range []int{0, 5, len(ageHeader), len(ageHeader) + 3, header - 1, header, header + 16, header + leastSealed - 1} {
			laid(t, file, whole[:n], now)
			wantLevel(t, lookAtBackups(s, now), "backup", wrong)
		}
		if n := len(whole) - header; n < leastSealed*3/2 {
			t.Errorf("the smallest has %d bytes behind its header", n)
		}
		laid(t, file, whole, now)
		wantLevel(t, lookAtBackups(s, now), "backup", well)
	}
}

// A time that is still to come says nothing of the age, and hides no backup whose time does.
func TestABackupFromTheFutureIsNeitherFreshNorHidesAnother(t *testing.T) {
	now := time.Now()
	s := settings{BackupDir: t.TempDir(), DataDir: t.TempDir()}
	ahead := filepath.Join(s.BackupDir, "ahead")
	laid(t, ahead, smallestBackup(t, 1), now.Add(365*24*time.Hour))
	for _, look := range []func(settings, time.Time) []finding{lookAtBackups, freshBackup} {
		got := look(s, now)
		if len(got) != 2 || got[0].level != warn || got[1].level != warn || !strings.Contains(got[1].words, ahead) || !strings.Contains(got[1].words, "still to come") {
			t.Errorf("alone: %v", got)
		}
	}
	backedUp(t, s, now.Add(-300*time.Hour))
	for _, look := range []func(settings, time.Time) []finding{lookAtBackups, freshBackup} {
		wantLevel(t, look(s, now), "backup", wrong)
		wantLevel(t, look(s, now), "backup", warn)
	}
	laid(t, ahead, smallestBackup(t, 1), now.Add(driftMuch/2)) // another machine's clock
	if got := lookAtBackups(s, now); got[0].level != well || !strings.Contains(got[0].words, " 0 hours") {
		t.Error(got)
	}
}

func TestBackupsAreFoundBehindALink(t *testing.T) {
	now := time.Now()
	s := settings{BackupDir: t.TempDir()}
	backedUp(t, s, now.Add(-time.Hour))
	link := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Symlink(s.BackupDir, link); err != nil {
		t.Skip("NOT RUN HERE: no links can be made:", err)
	}
	s.BackupDir = link
	wantLevel(t, lookAtBackups(s, now), "backup", well)
	s.BackupDir += "/gone"
	wantLevel(t, lookAtBackups(s, now), "backup", wrong)
}

func TestWhatCantBeReadHidesNoBackup(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("NOT RUN HERE: whoever runs this may read everything")
	}
	now := time.Now()
	s := settings{BackupDir: t.TempDir()}
	closed := filepath.Join(s.BackupDir, "a-folder")
	if err := os.Mkdir(closed, 0); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(s.BackupDir, "a-file")
	laid(t, secret, smallestBackup(t, 1), now)
	if err := os.Chmod(secret, 0); err != nil {
		t.Fatal(err)
	}
	wantLevel(t, lookAtBackups(s, now), "backup", wrong) // there is none that one can see
	backedUp(t, s, now.Add(-time.Hour))
	for _, look := range []func(settings, time.Time) []finding{lookAtBackups, freshBackup} {
		wantLevel(t, look(s, now), "backup", well)
		wantLevel(t, look(s, now), "backup", warn)
	}
}

func TestAHealthyInstallationIsSaidToBeWell(t *testing.T) {
	s, now := stopped(t), time.Now()
	backedUp(t, s, now.Add(-time.Hour))
	findings := examineAll(context.Background(), s, now)
	for _, what := range []string{"key file", "data folder", "store", "keys", "clock", "backup"} {
		wantLevel(t, findings, what, well)
	}
	for _, f := range findings {
		if f.level == wrong && f.about != "disk" {
			t.Errorf("%v", f)
		}
	}
}

func TestEachTroubleOfAnInstallationIsSaid(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		breaks func(*settings)
		about  string
		level  level
	}{
		"no key file":           {func(s *settings) { os.Remove(s.KeyFile) }, "key file", wrong},
		"another key file":      {func(s *settings) { os.Remove(s.KeyFile); makeKey(s.KeyFile) }, "keys", wrong},
		"a broken key file":     {func(s *settings) { os.WriteFile(s.KeyFile, []byte("no key"), 0o600) }, "keys", wrong},
		"no data yet":           {func(s *settings) { s.DataDir = t.TempDir() }, "store", warn},
		"data of a later time":  {func(s *settings) { newerSchema(t, s.dataFile()) }, "store", wrong},
		"no backup":             {func(s *settings) { s.BackupDir = t.TempDir() }, "backup", wrong},
		"an old backup":         {func(s *settings) { backedUp(t, *s, now.Add(-30*time.Hour)) }, "backup", warn},
		"a backup of long ago":  {func(s *settings) { backedUp(t, *s, now.Add(-300*time.Hour)) }, "backup", wrong},
		"no folder of backups":  {func(s *settings) { s.BackupDir = "" }, "backup", warn},
		"a key by the backups":  {func(s *settings) { moveTo(t, s, s.BackupDir) }, "key file", wrong},
		"no address":            {func(s *settings) { s.PublicURL = "http://sathi.example" }, "certificate", wrong},
		"nobody at the address": {func(s *settings) { s.PublicURL = "https://127.0.0.1:1" }, "certificate", wrong},
	} {
		t.Run(name, func(t *testing.T) {
			s := stopped(t)
			backedUp(t, s, now.Add(-time.Hour))
			c.breaks(&s)
			findings := examineAll(context.Background(), s, now)
			wantLevel(t, findings, c.about, c.level)
			if err := say(io.Discard, findings); (err != nil) != (c.level == wrong) && len(about(findings, "disk")) == 0 {
				t.Errorf("it ends with %v", err)
			}
		})
	}
}

func moveTo(t *testing.T, s *settings, folder string) {
	to := filepath.Join(folder, "master.key")
	if err := os.Rename(s.KeyFile, to); err != nil {
		t.Fatal(err)
	}
	s.KeyFile = to
}

// newerSchema marks a file as one that a later program wrote.
func newerSchema(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec("PRAGMA user_version = 99")
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestFilesThatOthersMayReadAreNamed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("NOT RUN HERE: rights of files are kept in another way")
		return
	}
	s := stopped(t)
	for path, about := range map[string]string{s.KeyFile: "key file", s.DataDir: "data folder"} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		wantLevel(t, lookAtFiles(s), about, well)
		if err := os.Chmod(path, info.Mode().Perm()|0o040); err != nil {
			t.Fatal(err)
		}
		wantLevel(t, lookAtFiles(s), about, wrong)
		if err := os.Chmod(path, info.Mode().Perm()); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Symlink(s.DataDir, link); err != nil {
		t.Fatal(err)
	}
	if !near(filepath.Join(link, "x"), link) || near(s.KeyFile, s.DataDir) {
		t.Error("what lies beside the data was not told from what doesn't")
	}
	moveTo(t, &s, s.DataDir)
	s.KeyFile = filepath.Join(link, "master.key")
	wantLevel(t, lookAtFiles(s), "key file", wrong)
}

func TestADiskIsJudgedByWhatIsFree(t *testing.T) {
	for _, c := range []struct {
		free, all uint64
		want      level
	}{
		{50 * gigabyte, 100 * gigabyte, well},
		{9 * gigabyte, 100 * gigabyte, warn},
		{gigabyte - 1, 5 * gigabyte, warn},
		{gigabyte, 5 * gigabyte, well},
		{1 << 20, 100 * gigabyte, wrong},
		{0, 0, wrong},
	} {
		if got := judgeDisk("/data", c.free, c.all); got.level != c.want {
			t.Errorf("%d of %d: %v", c.free, c.all, got)
		}
	}
	if free, all, err := diskOf(t.TempDir()); err != nil || all == 0 || free > all {
		t.Errorf("%d of %d (%v)", free, all, err)
	}
}

func TestBesideARunningServerThatOneIsAsked(t *testing.T) {
	h := newHouse(t, io.Discard, func(s *settings) { s.Port = freePort(t) })
	now := time.Now()
	wantLevel(t, lookAtStore(context.Background(), h.settings, now), "store", wrong)
	listener, err := h.listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx, listener) }()
	wantLevel(t, lookAtStore(ctx, h.settings, now), "store", well)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Beside an embedded store there is one server: what it doesn't say that it seals and
// copies is not well.
func TestOfTheTrailNothingIsWellButWhatIsSealedAndCopied(t *testing.T) {
	says := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"ready": true, "parts": map[string]string{"trail": says}})
	}))
	defer server.Close()
	s := settings{Port: server.Listener.Addr().(*net.TCPAddr).Port}
	for words, want := range map[string]level{
		trailCopied: well, trailAlone: warn, trailBehind: warn, trailUnknown: warn, "": warn, "something else": warn,
		trailForked: wrong, trailUnsealed: wrong,
	} {
		says = words
		wantLevel(t, besideARunningServer(t.Context(), s), "trail", want)
	}
}

func TestAClockThatCantBeRightIsNoticed(t *testing.T) {
	at := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
	if got := afterBuild(at, at.Add(time.Hour)); got.level != wrong {
		t.Errorf("before the build: %v", got)
	}
	if got := afterBuild(at, time.Time{}); got.level != well {
		t.Errorf("built at an unknown time: %v", got)
	}
	s := stopped(t)
	h := newHouse(t, io.Discard, func(of *settings) { *of = s })
	if _, err := h.nouns.Founders.NewCode(context.Background()); err != nil { // writes something
		t.Fatal(err)
	}
	newest, err := newestChange(context.Background(), h.data.Engine())
	if err := errors.Join(err, h.close()); err != nil || newest.IsZero() {
		t.Fatal(newest, err)
	}
	wantLevel(t, lookAtStore(context.Background(), s, newest.Add(time.Second)), "clock", well)
	wantLevel(t, lookAtStore(context.Background(), s, newest.Add(-time.Hour)), "clock", wrong)
}

// away is an engine whose server's clock is off.
type away struct {
	store.Engine
	at  time.Time
	err error
}

func (a away) Time(context.Context) (time.Time, error) { return a.at, a.err }

func TestTheStoresClockIsHeldAgainstOurs(t *testing.T) {
	at := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
	now := func() time.Time { return at }
	for off, want := range map[time.Duration]level{0: well, 3 * time.Second: well, -20 * time.Second: warn, 2 * time.Minute: wrong, -time.Hour: wrong} {
		if got, said := drift(context.Background(), away{at: at.Add(off)}, now); !said || got.level != want {
			t.Errorf("%s: %v", off, got)
		}
	}
	if got, _ := drift(context.Background(), away{err: errors.New("gone")}, now); got.level != wrong {
		t.Errorf("a clock that can't be asked: %v", got)
	}
	if _, said := drift(context.Background(), struct{ store.Engine }{}, now); said {
		t.Error("an engine without a clock was asked")
	}
}

func TestACertificateIsJudgedByTheTimeItHolds(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	leaf := server.Certificate()
	of := func(now time.Time) level { return judgeCertificate("office", leaf, now).level }
	for now, want := range map[time.Time]level{
		leaf.NotAfter.Add(time.Second):          wrong,
		leaf.NotAfter.Add(-time.Hour):           warn,
		leaf.NotAfter.Add(-40 * 24 * time.Hour): well,
		leaf.NotBefore.Add(-time.Second):        wrong,
	} {
		if got := of(now); got != want {
			t.Errorf("at %s: %s", now, got)
		}
	}
	public, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(now time.Time) finding {
		return askCertificate(context.Background(), public, server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs, now)
	}
	if got := ask(leaf.NotAfter.Add(-40 * 24 * time.Hour)); got.level != well {
		t.Error(got)
	}
	if got := ask(leaf.NotAfter.Add(time.Hour)); got.level != wrong || !strings.Contains(got.words, "refuse") {
		t.Error(got)
	}
	if got := askCertificate(context.Background(), public, nil, leaf.NotAfter.Add(-time.Hour)); got.level != wrong {
		t.Errorf("an authority that nobody knows: %v", got)
	}
}
