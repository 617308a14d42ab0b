package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
)

// freshFile is a file on its way: under another name until it is whole and on the
// disk, so that half a file is never taken for one.
type freshFile struct {
	*os.File
	to  string
	sum hash.Hash
}

// newFile begins a file that must not be there yet; only its owner may read it.
func newFile(to string) (*freshFile, error) {
	if err := isFree(to); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(to), ".unfinished-*") // mode 0600
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no folder %s to write into: make it, or name another", filepath.Dir(to))
	}
	if err != nil {
		return nil, err
	}
	return &freshFile{File: f, to: to, sum: sha256.New()}, nil
}

func isFree(to string) error {
	_, err := os.Lstat(to)
	if err == nil {
		return fmt.Errorf("%s is there already and is left as it is: choose another name", to)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (f *freshFile) Write(p []byte) (int, error) {
	n, err := f.File.Write(p)
	f.sum.Write(p[:n])
	return n, err
}

// keep gives the file its name.
func (f *freshFile) keep() error {
	err := errors.Join(f.Sync(), f.Close())
	if err == nil {
		err = isFree(f.to)
	}
	if err == nil {
		err = os.Rename(f.Name(), f.to)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(filepath.Dir(f.to))
}

// discard leaves nothing of it.
func (f *freshFile) discard() error {
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// syncFolder makes the new name last. Not every system can sync a folder; the
// file itself is on the disk in any case.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}
