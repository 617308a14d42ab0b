//go:build unix

package main

import (
	"io/fs"
	"net"
	"os"
	"syscall"
)

// sameOwner gives a new file to whom the old one belongs: a command run as
// another user would otherwise lock the server out.
func sameOwner(f *os.File, was fs.FileInfo) error {
	if old, ok := was.Sys().(*syscall.Stat_t); ok && int(old.Uid) != os.Geteuid() {
		return f.Chown(int(old.Uid), int(old.Gid))
	}
	return nil
}

// listenAlone listens at a socket that nobody else may open, from its first
// moment on, whatever the account's mask lets others do.
func listenAlone(at string) (net.Listener, error) {
	was := syscall.Umask(0o177)
	defer syscall.Umask(was)
	return net.Listen("unix", at)
}
