package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"
)

// file is the place of a store and how its connections are made.
type file struct {
	path string
	o    Options
}

// processWide sets what the library has only for the whole process, before the
// first connection: commits by fdatasync, as durable and cheaper, and locks
// that survive when another part of the program closes the same file. Where
// the system has neither, the defaults are right too.
var processWide = sync.OnceFunc(func() {
	_, _ = sqlite.Fdatasync(true)
	_, _ = sqlite.OFDLocking(true)
})

func newFile(path string, o Options) (*file, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if o.ReadOnly {
		if _, err := os.Stat(abs); err != nil {
			return nil, err
		}
		processWide()
		return &file{path: abs, o: o}, nil
	}
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	// SQLite gives its log and shared memory the mode of the file.
	if err := os.Chmod(abs, 0o600); err != nil {
		return nil, err
	}
	processWide()
	return &file{path: abs, o: o}, nil
}

// prepare opens the writing connection and brings the schema up to date.
func (f *file) prepare(ctx context.Context, collections map[string]*collection) (*conn, error) {
	secure := "0"
	if f.o.SecureDelete {
		secure = "1"
	}
	c, err := f.open("secure_delete("+secure+")", "synchronous(FULL)", "cache_size(-8192)",
		"wal_autocheckpoint(3000)", "journal_size_limit(16777216)")
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, c, collections); err != nil {
		return nil, fmt.Errorf("%w%s", err, closing(c))
	}
	return c, nil
}

func closing(c *conn) string {
	if err := c.close(); err != nil {
		return "; closing: " + err.Error()
	}
	return ""
}

// reader opens a connection that can't write. Its cache holds the pages that
// most requests walk through; mapping the file into memory instead was measured
// to cost up to twice the processor time, since a map is made anew as the file
// grows.
func (f *file) reader() (*conn, error) {
	return f.open("query_only(1)", "cache_size(-8192)")
}

// settled tells whether all that was committed stands in the file. What can't
// change any more, since nobody can write while the lock is shared, SQLite
// reads without making a log and an index of it beside the file.
func (f *file) settled() bool {
	log, err := os.Stat(f.path + "-wal")
	return errors.Is(err, fs.ErrNotExist) || err == nil && log.Size() == 0
}

func (f *file) open(pragmas ...string) (*conn, error) {
	path := filepath.ToSlash(f.path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	// temp_store keeps what a sort needs out of the system's directory of temporary files.
	q := url.Values{"vfs": {vfs}, "_dqs": {"0"}, "_pragma": append([]string{"busy_timeout(5000)", "temp_store(MEMORY)"}, pragmas...)}
	if f.o.ReadOnly {
		q.Set("mode", "ro")
		if f.settled() {
			q.Set("immutable", "1")
		}
	}
	raw, err := (&sqlite.Driver{}).Open("file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode())
	if err != nil {
		return nil, err
	}
	return &conn{raw: raw, statements: map[string]statement{}}, nil
}
