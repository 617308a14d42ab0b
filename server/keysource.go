package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"chautari/models/seal"
)

const (
	// keyMost is more than any key file holds.
	keyMost = 64 << 10
	// keyWithin is how long a command may take to hand the key out; somebody may
	// have to type a passphrase meanwhile.
	keyWithin = 5 * time.Minute
)

var (
	errKeyTwice     = errors.New("of KEY_FILE, KEY and KEY_COMMAND set one: it must be clear which key is used")
	errKeyElsewhere = errors.New("the key comes from KEY or KEY_COMMAND here, and can't be written back there: set KEY_FILE to the key file for this command, and put what it wrote where the key is kept")
)

// oneKey refuses two places of the key.
func (s settings) oneKey() error {
	n := 0
	for _, set := range []string{s.KeyFile, s.Key, s.KeyCommand} {
		if set != "" {
			n++
		}
	}
	if n > 1 {
		return errKeyTwice
	}
	return nil
}

// keyElsewhere tells that the key lies in no file that this program may change.
func (s settings) keyElsewhere() bool { return s.Key != "" || s.KeyCommand != "" }

// keyPlace says in words where the key comes from.
func (s settings) keyPlace() string {
	switch {
	case s.Key != "":
		return "the key in KEY"
	case s.KeyCommand != "":
		return "the key that KEY_COMMAND gives"
	}
	return "the key file at " + s.KeyFile
}

// openKey opens the key from the place that the settings name. Without a whole
// key nothing is served: there is no default.
func (s settings) openKey(ctx context.Context) (*seal.Master, error) {
	var content []byte
	var err error
	switch {
	case s.Key != "":
		content = unwrapped([]byte(s.Key))
	case s.KeyCommand != "":
		content, err = askForKey(ctx, s.KeyCommand)
	default:
		return openKey(s.KeyFile)
	}
	if err != nil {
		return nil, err
	}
	master, err := seal.OpenMaster(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.keyPlace(), err)
	}
	return master, nil
}

// askForKey runs a command, without a shell, and takes what it prints. It may
// ask on the terminal. What it printed is in no error.
func askForKey(ctx context.Context, command string) ([]byte, error) {
	words := strings.Fields(command)
	ctx, stop := context.WithTimeout(ctx, keyWithin)
	defer stop()
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	var out bytes.Buffer
	cmd.Stdin, cmd.Stderr, cmd.Stdout = os.Stdin, os.Stderr, &limited{to: &out, left: keyMost}
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("KEY_COMMAND gave no key: %w", err)
	}
	return unwrapped(out.Bytes()), nil
}

// unwrapped is the content of a key file, which may have been written as base64
// so that it is one line.
func unwrapped(content []byte) []byte {
	content = bytes.TrimSpace(content)
	if plain, err := base64.StdEncoding.DecodeString(string(content)); err == nil {
		return plain
	}
	return content
}

// limited refuses more than a key can be.
type limited struct {
	to   io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		return 0, errors.New("it prints more than a key")
	}
	l.left -= len(p)
	return l.to.Write(p)
}
