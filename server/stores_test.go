package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

const secretURI = "mongodb://rita:open-sesame@127.0.0.1:1/?directConnection=true&serverSelectionTimeoutMS=50"

func TestStoresAreFilesUnlessADatabaseIsNamed(t *testing.T) {
	s := settings{DataDir: filepath.Join(t.TempDir(), "data")}
	_, _, err := openStores(t.Context(), s, true)
	require.Error(t, err, "who only reads makes nothing")
	require.NoDirExists(t, s.DataDir)
	data, keys, err := openStores(t.Context(), s, false)
	require.NoError(t, err)
	for _, name := range []string{"data.db", "keys.db"} {
		require.FileExists(t, filepath.Join(s.DataDir, name))
	}
	require.NoError(t, data.Close())
	require.NoError(t, keys.Close())
}

func TestWhereTheDatabaseIsComesFromASettingOrAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "uri")
	require.NoError(t, os.WriteFile(file, []byte(secretURI+"\n"), 0o600))
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	for name, c := range map[string]struct {
		s    settings
		want string
	}{
		"a setting": {settings{MongoURI: secretURI}, secretURI},
		"a file":    {settings{MongoURIFile: file}, secretURI},
		"both":      {settings{MongoURI: secretURI, MongoURIFile: file}, ""},
		"no file":   {settings{MongoURIFile: file + "x"}, ""},
		"an empty":  {settings{MongoURIFile: empty}, ""},
	} {
		require.True(t, c.s.onMongo(), name)
		uri, err := c.s.mongoURI()
		require.Equal(t, c.want, uri, name)
		require.Equal(t, c.want == "", err != nil, name)
	}
	require.False(t, settings{DataDir: "x"}.onMongo())
}

func TestAPasswordIsInNoErrorOfTheStores(t *testing.T) {
	_, _, err := openStores(context.Background(), settings{MongoURI: secretURI, MongoDatabase: "chautari", DataDir: t.TempDir()}, false)
	require.Error(t, err)
	require.ErrorContains(t, err, "chautari")
	for _, secret := range []string{"rita", "sesame", "127.0.0.1"} {
		require.NotContains(t, err.Error(), secret)
	}
}
