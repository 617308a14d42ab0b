package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestASettingThatCannotBeReadIsNamedAsItIsTyped(t *testing.T) {
	for name, c := range map[string]struct{ value, words string }{
		"METRICS_PORT": {"abc", "a number"},
		"LOG_REQUESTS": {"yes please", "true or false"},
		"STOP_NOTICE":  {"soon", "a time such as 10s"},
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
	for want, s := range map[string]settings{
		"http://localhost:8080": {Port: 8080},
		"https://sathi.example": {Port: 8080, PublicURL: "https://sathi.example/"},
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
