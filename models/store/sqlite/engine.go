// Package sqlite keeps a store in one SQLite file: write-ahead log, full fsync,
// one writer that commits several transactions at once, several readers.
//
// Documents stand in a table of their collection, clustered on organisation and
// random id, so the file's order doesn't tell which came first; each index is
// a table of encoded values beside it. What belongs here: SQL, and everything
// about the file. What doesn't: what any document means.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"chautari/models/store"
)

// Options of one file. The zero value is right for data.
type Options struct {
	// SecureDelete overwrites what is deleted. With Checkpoint after each
	// erasure, nothing of it is left in the file or beside it.
	SecureDelete bool
	// Readers is the number of connections that read at once; 0 means one for
	// each processor, but 2 to 8.
	Readers int
	// Cache bounds what is kept of the documents in memory, in bytes; 0 means 8 MiB.
	// With SecureDelete nothing is kept.
	Cache int
	// ReadOnly makes, migrates and writes nothing, and refuses a file that the
	// declarations don't fit exactly. Several processes may read at once, but not
	// beside one that writes: that one has the log's index in its memory alone.
	ReadOnly bool
}

// ErrReadOnly: the store was opened for reading.
var ErrReadOnly = errors.New("store: opened for reading only")

// snapshots is how many snapshots may be open at once. They have connections
// of their own, so that a long report doesn't keep short reads waiting.
const snapshots = 4

// Engine is a store.Engine on one file. Only one process may have it open.
type Engine struct {
	lock        *lock
	collections map[string]*collection
	cache       *cache
	writer      *writer
	readers     *pool
	snapshots   *pool

	closing sync.Once
	closed  error
}

var _ store.Engine = (*Engine)(nil)

// Open opens the file, makes it if there is none (mode 0600; its directory must
// exist), and brings its tables and indexes to what the declarations say: a new
// index is filled, one no longer declared is dropped. Collections that are not
// declared are left as they are. It refuses a file that another process has
// open, that is no store, or that a newer version of the program wrote.
func Open(ctx context.Context, path string, o Options, specs ...*store.Spec) (*Engine, error) {
	e := &Engine{collections: map[string]*collection{}}
	for _, s := range specs {
		c, err := newCollection(s)
		if err != nil {
			return nil, err
		}
		if e.collections[s.Name] != nil {
			return nil, fmt.Errorf("store: collection %s is declared twice", s.Name)
		}
		e.collections[s.Name] = c
	}
	if o.Readers < 1 {
		o.Readers = min(max(runtime.GOMAXPROCS(0), 2), 8)
	}
	f, err := newFile(path, o)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if e.lock, err = acquire(f.path+".lock", o.ReadOnly); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	e.readers = newPool(o.Readers, f.reader)
	e.snapshots = newPool(snapshots, f.reader)
	if o.ReadOnly {
		if err := e.readers.use(ctx, e.fits); err != nil {
			return nil, errors.Join(fmt.Errorf("store: open %s: %w", path, err), e.Close())
		}
		return e, nil
	}
	main, err := f.prepare(ctx, e.collections)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: open %s: %w", path, err), e.lock.release())
	}
	if o.Cache == 0 {
		o.Cache = 8 << 20
	}
	if !o.SecureDelete {
		e.cache = newCache(o.Cache)
	}
	e.writer = newWriter(main, e.find, e.cache)
	return e, nil
}

func (e *Engine) find(c *store.Spec) (*collection, error) {
	if c != nil {
		if found := e.collections[c.Name]; found != nil {
			return found, nil
		}
		return nil, fmt.Errorf("store: collection %s was not opened", c.Name)
	}
	return nil, errors.New("store: no collection")
}

// Reader reads what is committed, each call on a connection of its own.
func (e *Engine) Reader() store.Reader { return reader{e.find, e.readers.use, e.cache} }

// Tx runs body in the writer's next group of transactions, on the caller's
// goroutine, and returns when the group is durable. Groups run one body after
// another: a body must not wait for another transaction. After a write that
// met a conflict or a duplicate nothing can be committed; Tx then returns that
// error though the body swallowed it.
func (e *Engine) Tx(ctx context.Context, body func(store.Writer) error) error {
	if e.writer == nil {
		return ErrReadOnly
	}
	return e.writer.tx(ctx, body)
}

// Snapshot runs body on what was committed when it began.
func (e *Engine) Snapshot(ctx context.Context, body func(store.Reader) error) error {
	return e.snapshots.use(ctx, func(c *conn) (err error) {
		if err := c.exec("BEGIN"); err != nil {
			return err
		}
		s := &session{conn: c}
		defer func() {
			s.end()
			err = errors.Join(err, c.exec("ROLLBACK"))
		}()
		// SQLite takes its snapshot at the first read.
		if err := c.probe(); err != nil {
			return err
		}
		return body(reader{find: e.find, use: s.use})
	})
}

// Ready reads something and has the writer commit nothing. It is store.ErrFull
// from a write that found no room until one that finds some.
func (e *Engine) Ready(ctx context.Context) error {
	if err := e.readers.use(ctx, (*conn).probe); err != nil {
		return err
	}
	if e.writer == nil {
		return nil
	}
	if err := e.writer.tx(ctx, func(store.Writer) error { return nil }); err != nil {
		return err
	}
	if e.writer.full.Load() {
		return store.ErrFull
	}
	return nil
}

// Close lets the transactions and reads that wait or run end, then closes the file.
func (e *Engine) Close() error {
	e.closing.Do(func() {
		e.cache.close()
		var werr error
		if e.writer != nil {
			werr = e.writer.drain()
		}
		werr = errors.Join(werr, e.snapshots.close(), e.readers.close())
		if e.writer != nil {
			werr = errors.Join(werr, e.writer.conn.close())
		}
		e.closed = errors.Join(werr, e.lock.release())
	})
	return e.closed
}
