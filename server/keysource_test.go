package main

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/seal"
)

// The key may come from a file, the environment or a command; whichever it is,
// it is the same key, and nothing but a whole one is taken.
func TestTheKeyComesFromOnePlaceAndIsWholeOrNothingStarts(t *testing.T) {
	content, err := seal.NewKeyFile()
	require.NoError(t, err)
	dir := t.TempDir()
	path := filepath.Join(dir, "master.key")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	line := base64.StdEncoding.EncodeToString(content)
	same := func(s settings) {
		t.Helper()
		want, err := seal.OpenMaster(content)
		require.NoError(t, err)
		got, err := s.openKey(t.Context())
		require.NoError(t, err)
		require.Equal(t, want.TokenKey(), got.TokenKey())
	}
	same(settings{KeyFile: path})
	same(settings{Key: string(content)})
	same(settings{Key: line + "\n"})
	same(settings{KeyCommand: "cat " + path})

	require.NoError(t, os.WriteFile(filepath.Join(dir, "cut"), content[:len(content)/2], 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "much"), []byte(strings.Repeat("much", keyMost)), 0o600))
	secret := "sEcReT" + line[:40]
	for name, s := range map[string]settings{
		"no key":                   {KeyFile: filepath.Join(dir, "none")},
		"cut short":                {Key: string(content[:len(content)/2])},
		"something else":           {Key: secret},
		"a command that fails":     {KeyCommand: "cat " + filepath.Join(dir, "none")},
		"a command that is none":   {KeyCommand: filepath.Join(dir, "no-such-command")},
		"a command of half a key":  {KeyCommand: "cat " + filepath.Join(dir, "cut")},
		"a command without an end": {KeyCommand: "cat " + filepath.Join(dir, "much")},
		"a command that is silent": {KeyCommand: "true"},
	} {
		_, err := s.openKey(t.Context())
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), "sEcReT", name)
	}
}

func TestTwoPlacesOfTheKeyAreRefused(t *testing.T) {
	t.Setenv("KEY_FILE", "/somewhere/master.key")
	t.Setenv("KEY", "")
	t.Setenv("KEY_COMMAND", "age -d master.key.age")
	_, err := readSettings()
	require.ErrorIs(t, err, errKeyTwice)
}

// What would write the key back where it can't be written says so and changes nothing.
func TestAKeyThatIsKeptElsewhereIsNeverReplacedHere(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DATA_DIR", filepath.Join(dir, "data"))
	t.Setenv("KEY_FILE", "")
	t.Setenv("KEY_COMMAND", "cat "+filepath.Join(dir, "none"))
	require.ErrorIs(t, initCommand{}.Run(), errKeyElsewhere)
	require.ErrorIs(t, rotateKeysCommand{}.Run(t.Context()), errKeyElsewhere)
	require.ErrorContains(t, runCommand{}.Run(t.Context()), "KEY_COMMAND gave no key")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries, "nothing was made")
}
