package sqlite

import (
	"os"

	"golang.org/x/sys/windows"
)

// vfs is SQLite's file layer; this is its default.
const vfs = "win32"

func lockFile(f *os.File, shared bool) error {
	var flags uint32 = windows.LOCKFILE_FAIL_IMMEDIATELY
	if !shared {
		flags |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
}
