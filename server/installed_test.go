package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/clock"
)

// installed is an installation on the disk, as the commands see it.
type installed struct {
	settings
	logged *guarded
}

// guarded is a log that is written from several goroutines.
type guarded struct {
	mu sync.Mutex
	bytes.Buffer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.Buffer.Write(p)
}

func (g *guarded) text() []byte {
	g.mu.Lock()
	defer g.mu.Unlock()
	return bytes.Clone(g.Bytes())
}

// install makes a place for an installation; with an empty key a new key file.
func install(t *testing.T, key string) *installed {
	t.Helper()
	// Short, since the name of a socket may be only about 100 bytes.
	at, err := os.MkdirTemp("", "drill")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(at)) })
	in := &installed{settings: settings{Port: 8080, DataDir: filepath.Join(at, "data"), KeyFile: key}, logged: &guarded{}}
	if key == "" {
		in.KeyFile = filepath.Join(at, "key", "master.key")
		require.NoError(t, makeKey(in.KeyFile))
	}
	return in
}

// build opens it as a server does. It is closed with shut, or with the test.
func (in *installed) build(t *testing.T, c clock.Clock) (h *house, shut func()) {
	t.Helper()
	master, err := openKey(in.KeyFile)
	require.NoError(t, err)
	h, err = build(t.Context(), in.settings, master, c, slog.New(slog.NewJSONHandler(in.logged, nil)))
	require.NoError(t, err)
	door := h.openDoor()
	shut = sync.OnceFunc(func() {
		require.NoError(t, door())
		require.NoError(t, h.close())
	})
	t.Cleanup(shut)
	return h, shut
}

// here makes the commands work on it.
func (in *installed) here(t *testing.T) {
	t.Setenv("DATA_DIR", in.DataDir)
	t.Setenv("KEY_FILE", in.KeyFile)
}
