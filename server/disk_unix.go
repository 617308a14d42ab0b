//go:build unix

package main

import "golang.org/x/sys/unix"

// diskOf tells how many bytes are free to this program on a folder's disk, and
// how many there are.
func diskOf(folder string) (free, all uint64, err error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(folder, &fs); err != nil {
		return 0, 0, err
	}
	size := uint64(fs.Bsize)
	return uint64(fs.Bavail) * size, uint64(fs.Blocks) * size, nil
}
