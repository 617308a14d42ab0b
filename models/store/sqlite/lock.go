package sqlite

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// ErrInUse: another process has the store open.
var ErrInUse = errors.New("in use by another process")

// lock keeps other processes off a store; those that only read share it with
// each other. It stands on a file of its own, which stays there: to remove it
// would let two processes lock two files of one name. The system lets go of it
// when the process ends, however that happens.
type lock struct{ file *os.File }

func acquire(path string, shared bool) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f, shared); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("%s is %w (%w)", strings.TrimSuffix(path, ".lock"), ErrInUse, err)
	}
	return &lock{f}, nil
}

func (l *lock) release() error { return l.file.Close() }
