package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"chautari/models/store"
)

// A group ends when nobody waits, or at one of these bounds, which keep the
// first of it from waiting long for the last.
const (
	groupSize = 256
	groupTime = 20 * time.Millisecond
)

// writer owns the only connection that writes. Bodies that wait form a group:
// they run one after another in one SQLite transaction, so that they share one
// fsync.
type writer struct {
	conn  *conn
	find  func(*store.Spec) (*collection, error)
	cache *cache
	queue chan *job
	done  chan struct{}
	full  atomic.Bool // the last transaction that wrote found no room

	mu     sync.RWMutex // held for writing while the queue closes
	closed bool
}

// job is one body that waits for its turn. The body runs on its caller's
// goroutine, so that a panic ends the caller and not the writer.
type job struct {
	taken   atomic.Bool // by the writer, or by a caller who gave up
	turn    chan *transaction
	verdict chan error // what became of the body
	answer  chan error // what became of the group; or why there was no turn

	alone func(*conn) error // set on work outside of any transaction
}

// errUnwound is the verdict on a body that panicked.
var errUnwound = errors.New("store: the transaction's body panicked")

func newWriter(c *conn, find func(*store.Spec) (*collection, error), kept *cache) *writer {
	w := &writer{conn: c, find: find, cache: kept, queue: make(chan *job, groupSize), done: make(chan struct{})}
	go w.run()
	return w
}

func (w *writer) tx(ctx context.Context, body func(store.Writer) error) error {
	j := &job{turn: make(chan *transaction, 1), verdict: make(chan error, 1), answer: make(chan error, 1)}
	if err := w.submit(ctx, j); err != nil {
		return err
	}
	cancelled := ctx.Done()
	for {
		select {
		case t := <-j.turn:
			j.run(t, body)
			return <-j.answer
		case err := <-j.answer:
			return err
		case <-cancelled:
			if j.taken.CompareAndSwap(false, true) {
				return ctx.Err()
			}
			cancelled = nil // the writer was faster: its turn or answer comes at once
		}
	}
}

// exclusive runs fn on the writing connection, between two groups.
func (w *writer) exclusive(ctx context.Context, fn func(*conn) error) error {
	j := &job{alone: fn, answer: make(chan error, 1)}
	if err := w.submit(ctx, j); err != nil {
		return err
	}
	return <-j.answer
}

func (w *writer) submit(ctx context.Context, j *job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return store.ErrClosed
	}
	select {
	case w.queue <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// drain lets what is queued end and stops the writer.
func (w *writer) drain() error {
	w.mu.Lock()
	w.closed = true
	close(w.queue)
	w.mu.Unlock()
	<-w.done
	return nil
}

// run is the body's turn, on its caller's goroutine.
func (j *job) run(t *transaction, body func(store.Writer) error) {
	err := errUnwound // stays when the body panics or ends its goroutine
	defer func() {
		t.end()
		j.verdict <- err
	}()
	err = body(t)
}

func (w *writer) run() {
	defer close(w.done)
	for j := range w.queue {
		for j != nil {
			if j.alone != nil {
				j.answer <- j.alone(w.conn)
				break
			}
			j = w.group(j)
		}
	}
}

// group runs a transaction of SQLite that begins with one job and takes in those
// that wait. It returns the job that has to come after it, if any.
func (w *writer) group(j *job) (next *job) {
	if err := w.conn.exec("BEGIN IMMEDIATE"); err != nil {
		if j.taken.CompareAndSwap(false, true) {
			j.answer <- fmt.Errorf("store: begin: %w", err)
		}
		return nil
	}
	var members []*job
	var verdicts []error
	g := &group{cache: w.cache, changed: map[place]struct{}{}}
	started := time.Now()
	for j != nil {
		if j.taken.CompareAndSwap(false, true) {
			members, verdicts = append(members, j), append(verdicts, w.turn(j, g))
		}
		if g.broken != nil || len(members) >= groupSize || time.Since(started) > groupTime {
			break // before another job is taken from the queue
		}
		select {
		case j = <-w.queue: // nil once it is closed
			if j != nil && j.alone != nil {
				next, j = j, nil
			}
		default:
			j = nil
		}
	}
	broken := w.end(g)
	if broken != nil {
		broken = fmt.Errorf("store: commit: %w", broken)
	}
	for i, m := range members {
		if broken != nil {
			verdicts[i] = broken
		}
		m.answer <- verdicts[i]
	}
	return next
}

// end commits a group or, if that can't be, takes it back whole.
func (w *writer) end(g *group) error {
	if len(g.changed) > 0 {
		w.cache.withhold(g.changed)
		defer w.cache.release()
	}
	err := g.broken
	if err == nil {
		err = w.conn.exec("COMMIT")
	}
	if len(g.changed) > 0 {
		w.full.Store(errors.Is(err, store.ErrFull))
	}
	if err != nil {
		// SQLite may have rolled back by itself, so this may fail without harm.
		_ = w.conn.exec("ROLLBACK")
	}
	return err
}

// turn has one body run and returns what its caller is to hear.
func (w *writer) turn(j *job, g *group) error {
	t := newTransaction(w.conn, w.find, g)
	j.turn <- t
	verdict := <-j.verdict
	if verdict == nil {
		verdict = t.doomed
	}
	if verdict != nil && g.broken == nil {
		g.broken = t.undo(w.conn)
	}
	return verdict
}
