package main

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"chautari/models/clock"
	"chautari/models/organisation"
)

func TestASettingThatCannotBeReadIsNamedAsItIsTyped(t *testing.T) {
	for name, c := range map[string]struct{ value, words string }{
		"METRICS_PORT": {"abc", "a number"},
		"LOG_REQUESTS": {"yes please", "true or false"},
		"STOP_NOTICE":  {"soon", "a time such as 10s"},
		"PROXY":        {"caddy", "an address such as 10.0.0.2"},
		"EXIT_TO":      {"weather", "a whole address"},
		"WORKER":       {"perhaps", "on or off"},
		"PORT":         {"99999", "a number from 1 to 65535"},
		"ADDRESS":      {"office.lan", "an address of this machine"},
		"PUBLIC_URL":   {"sathi.example/door", "the address that people type"},
	} {
		t.Run(name, func(t *testing.T) { isRefusedAs(t, name, c.value, c.words) })
	}
	isRefusedAs(t, "PORT", "-1", "a number from 1 to 65535")
	isRefusedAs(t, "METRICS_PORT", "70000", "a number from 1 to 65535")
	isRefusedAs(t, "METRICS_ADDRESS", "here", "an address of this machine")
	isRefusedAs(t, "PUBLIC_URL", "https://someone@sathi.example", "the address that people type")
	isRefusedAs(t, "PUBLIC_URL", "https://sathi.example/begin", "the address that people type")
}

// isRefusedAs sets one setting wrongly: it is named, told what it takes, and not repeated.
func isRefusedAs(t *testing.T, name, value, words string) {
	t.Helper()
	before, was := os.LookupEnv(name)
	t.Setenv(name, value)
	_, err := readSettings()
	if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), words) {
		t.Errorf("%s: got %v", name, err)
	}
	if err != nil && strings.Contains(err.Error(), value) {
		t.Errorf("a setting is repeated: %v", err)
	}
	if was {
		t.Setenv(name, before)
	} else if err := os.Unsetenv(name); err != nil {
		t.Fatal(err)
	}
}

func TestWhereNothingCanListenItIsSaidWhatIsInTheWay(t *testing.T) {
	h := newHouse(t, io.Discard, func(s *settings) { s.Address, s.Port = "203.0.113.7", freePort(t) })
	if _, err := h.listen(); err == nil || !strings.Contains(err.Error(), "Set ADDRESS") {
		t.Errorf("an address of another machine: %v", err)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	h.settings.Address, h.settings.Port = "127.0.0.1", taken.Addr().(*net.TCPAddr).Port
	if _, err := h.listen(); err == nil || !strings.Contains(err.Error(), "Set PORT") {
		t.Errorf("a port that is taken: %v", err)
	}
}

func TestASecretThatOthersMayOpenIsToldAtTheStart(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT RUN HERE: rights of files are kept in another way")
	}
	key := filepath.Join(t.TempDir(), "master.key")
	if err := makeKey(key); err != nil {
		t.Fatal(err)
	}
	s := settings{KeyFile: key, TLSKey: key}
	if words := s.laidOpen(); len(words) != 0 {
		t.Errorf("one for its owner alone: %v", words)
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	words := strings.Join(s.laidOpen(), "\n")
	for _, want := range []string{"the key file: ", "TLS_KEY: ", "chmod 0600"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not told: %s", want, words)
		}
	}
}

func TestTheFirstCodeNamesTheAddressThatPeopleType(t *testing.T) {
	cert, key := pairOfFiles(t, t.TempDir(), []string{"localhost", "*.lan", "office.lan"}, time.Now(), time.Now().Add(time.Hour))
	for want, s := range map[string]settings{
		"http://localhost:8080":   {Port: 8080},
		"https://office.lan:8443": {Port: 8443, TLSCert: cert, TLSKey: key},
		"https://sathi.example":   {Port: 8080, PublicURL: "https://sathi.example/"},
		"https://localhost:8443": {
			Port: 8443, TLSCert: filepath.Join(t.TempDir(), "none"), TLSKey: "none",
		},
	} {
		if got := s.foundAt(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAnAddressIsNoHostName(t *testing.T) {
	for _, name := range []string{"sathi.example", "localhost", "Sathi.example:8443", "::1", "192.168.1.20", "साथी.example"} {
		if err := isHostName(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"", "https://sathi.example", "https://sathi.example/", "sathi.example/begin", "sathi example", "a@b", "*.example", "a.example,b.example"} {
		if isHostName(name) == nil {
			t.Errorf("%q is taken for a host name", name)
		}
	}
}

// Wherever the key is kept, whoever changes the data must not change the copy too.
func TestACopyOfTheTrailInTheDataFolderIsRefusedWhereverTheKeyIs(t *testing.T) {
	dir := t.TempDir()
	for _, s := range []settings{{KeyFile: filepath.Join(t.TempDir(), "master.key")}, {KeyCommand: "cat key"}, {Key: "key"}} {
		s.DataDir, s.AuditCopy = dir, filepath.Join(dir, "copy")
		if err := s.places(); err == nil || !strings.Contains(err.Error(), "AUDIT_COPY") {
			t.Errorf("got %v", err)
		}
	}
}

// A second key beside old data opens nothing and hides that the first one is lost.
func TestInitMakesNoKeyBesideOldData(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(t.TempDir(), "master.key")
	t.Setenv("DATA_DIR", dir)
	t.Setenv("KEY_FILE", key)
	if err := os.WriteFile(filepath.Join(dir, "data.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (initCommand{}).Run(); err == nil || !strings.Contains(err.Error(), "bring your copy") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key was made: %v", err)
	}
}

func TestABackupForAFolderThatIsNotThereSaysSo(t *testing.T) {
	_, err := newFile(filepath.Join(t.TempDir(), "none", "data"))
	if err == nil || !strings.Contains(err.Error(), "there is no folder") {
		t.Errorf("got %v", err)
	}
}

// What was closed in order to be moved arrives closed, and it is told how to open it.
func TestAnOrganisationThatArrivesClosedIsToldHowToOpen(t *testing.T) {
	names := []string{"sathi.example", "b.example"}
	if got := arrived(names, false); got != "The organisation answers at sathi.example, b.example." {
		t.Error(got)
	}
	if got := arrived(names, true); !strings.Contains(got, "close-organisation --host sathi.example --open --yes") {
		t.Error(got)
	}
	if got := arrived(nil, true); strings.Contains(got, "--open") {
		t.Error(got)
	}
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	orgs := h.nouns.Organisations
	closed := func(want bool) {
		t.Helper()
		fresh := organisation.New(h.data, clock.System{}) // as after an import: it remembers nothing
		if got, err := isClosed(t.Context(), fresh, []string{"localhost"}); err != nil || got != want {
			t.Errorf("got %v, %v", got, err)
		}
	}
	closed(false)
	org, err := orgs.AtHost(t.Context(), "localhost")
	if err != nil {
		t.Fatal(err)
	}
	if err := orgs.SetClosed(t.Context(), org, true); err != nil {
		t.Fatal(err)
	}
	closed(true)
}
