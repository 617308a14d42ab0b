package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/seal"
)

// lived is the demo after its year, as it lay on the disk before it was stopped:
// the newest of it in the write-ahead logs. Living through that year takes longer
// than most tests, so it is done once, and each test goes on with a copy of its own.
type lived struct {
	files   map[string][]byte // by their names in the data folder
	key     []byte            // what stands in the key file
	signIns []demoSignIn
	logged  []byte // all that was logged on the way
}

var theDemo = sync.OnceValues(live)

func live() (l lived, err error) {
	folder, err := os.MkdirTemp("", "lived")
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if l.key, err = seal.NewKeyFile(); err != nil {
		return l, err
	}
	master, err := seal.OpenMaster(l.key)
	if err != nil {
		return l, err
	}
	var log guarded
	c := newDemoClock()
	h, err := build(context.Background(), settings{DataDir: folder, Port: 8080}, master, c, slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if l.signIns, err = h.fill(context.Background(), c); err != nil {
		return l, err
	}
	l.logged, l.files = log.text(), map[string][]byte{}
	for _, name := range []string{"data.db", "data.db-wal", "keys.db", "keys.db-wal"} {
		if l.files[name], err = os.ReadFile(filepath.Join(folder, name)); err != nil {
			return l, err
		}
	}
	return l, nil
}

// into lays a copy of it into an empty data folder.
func (l lived) into(t *testing.T, folder string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(folder, 0o700))
	for name, content := range l.files {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), content, 0o600))
	}
}

// demoLived is the demo after its year, whichever test asks for it first.
func demoLived(t *testing.T) lived {
	t.Helper()
	l, err := theDemo()
	require.NoError(t, err)
	return l
}

// demoNow is the demo's clock after its year: the machine's own.
func demoNow() *demoClock {
	c := newDemoClock()
	c.live.Store(true)
	return c
}

// demoHouse is the demo in a folder of the test's own.
func demoHouse(t *testing.T) (*house, []demoSignIn) {
	t.Helper()
	l := demoLived(t)
	folder := t.TempDir()
	l.into(t, folder)
	master, err := seal.OpenMaster(l.key)
	require.NoError(t, err)
	h, err := build(context.Background(), settings{DataDir: folder, Port: 8080}, master, demoNow(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, h.close()) })
	return h, l.signIns
}

// installLived is an installation on the disk with the demo in it.
func installLived(t *testing.T) (*installed, []demoSignIn) {
	t.Helper()
	l := demoLived(t)
	key := filepath.Join(t.TempDir(), "master.key")
	require.NoError(t, os.WriteFile(key, l.key, 0o600))
	in := install(t, key)
	l.into(t, in.DataDir)
	return in, l.signIns
}
