package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, c.value)
			_, err := readSettings()
			if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), c.words) {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), c.value) {
				t.Errorf("a setting is repeated: %v", err)
			}
		})
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
