package main

import (
	"io/fs"
	"os"
)

// sameOwner does nothing: a new file belongs to whom its folder says.
func sameOwner(*os.File, fs.FileInfo) error { return nil }
