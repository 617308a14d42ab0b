//go:build unix

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheDoorIsTheOwnersFromItsFirstMoment(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	at := filepath.Join(t.TempDir(), doorName)
	l, err := listenAlone(at)
	require.NoError(t, err)
	defer l.Close()
	info, err := os.Stat(at)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	require.Zero(t, syscall.Umask(0), "and the mask is what it was")
}
