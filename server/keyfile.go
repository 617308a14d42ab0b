package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"chautari/models/seal"
)

// openKey reads the key file. A missing or broken one stops the server: there
// is no default key.
func openKey(path string) (*seal.Master, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no key file at %s; if this is a new installation run `server init`, otherwise bring your copy back there", path)
	}
	if err != nil {
		return nil, err
	}
	master, err := seal.OpenMaster(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return master, nil
}

// makeKey writes a new key file, which must not be there yet.
func makeKey(path string) error {
	content, err := seal.NewKeyFile()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// keyAdvice is said once, when the key file was made.
const keyAdvice = `A key file was made at
    %s
Without it nothing that was written can ever be read again, and whoever has it
together with the data can read most of it. Copy it now to a USB stick or a sheet
of paper that lies elsewhere, locked away, and never beside a copy of the data.
On one laptop, key and data fall into a thief's hands together: encrypt its disk.
`
