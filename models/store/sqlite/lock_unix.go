//go:build unix

package sqlite

import (
	"os"

	"golang.org/x/sys/unix"
)

// vfs is SQLite's file layer for one process alone: its connections settle their
// locks and share the log's index in memory, without a system call for each read.
const vfs = "unix-excl"

func lockFile(f *os.File, shared bool) error {
	how := unix.LOCK_EX
	if shared {
		how = unix.LOCK_SH
	}
	return unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
}
