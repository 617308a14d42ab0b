package main

import "golang.org/x/sys/windows"

// diskOf tells how many bytes are free to this program on a folder's disk, and
// how many there are.
func diskOf(folder string) (free, all uint64, err error) {
	name, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, 0, err
	}
	err = windows.GetDiskFreeSpaceEx(name, &free, &all, nil)
	return free, all, err
}
