package sqlite

import (
	"fmt"
	"os"
	"strings"
)

// lock keeps other processes off a store. It stands on a file of its own, which
// stays there: to remove it would let two processes lock two files of one name.
// The system lets go of it when the process ends, however that happens.
type lock struct{ file *os.File }

func acquire(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("%s is in use by another process (%w)", strings.TrimSuffix(path, ".lock"), err)
	}
	return &lock{f}, nil
}

func (l *lock) release() error { return l.file.Close() }
