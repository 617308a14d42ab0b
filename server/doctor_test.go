package main

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"chautari/models/store"
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
	file := filepath.Join(s.BackupDir, "backup.age")
	if err := os.WriteFile(file, []byte(ageHeader+"v1\nsealed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, at, at); err != nil {
		t.Fatal(err)
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
		"no backup":             {func(s *settings) { os.Remove(filepath.Join(s.BackupDir, "backup.age")) }, "backup", wrong},
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
