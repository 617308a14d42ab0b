package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// How often Hostile says that somebody changed something, though nobody did.
const (
	conflictsAtCommit = 8 // one commit of this many
	conflictsInBody   = 4 // one run of a body of this many,
	conflictsWithin   = 8 // at one of its first writes, so that long bodies end as well
)

// Hostile opens an engine in memory that grants no more than snapshot isolation
// does: transactions run at the same time, each on what was committed when it
// began, and of two that write one document or one entry of a unique index the
// first to commit wins; what was only read may have changed. Require counts as
// a write. A snapshot's reader is a store.Brief. Each body runs twice, the first time for nothing, and conflicts are
// invented at random. The seed is logged.
func Hostile(tb testing.TB, specs ...*store.Spec) store.Engine {
	tb.Helper()
	seed := rand.Uint64()
	tb.Logf("hostile store: seed %d", seed)
	h := &hostile{specs: map[string]*store.Spec{}, written: map[string]int{}, random: rand.New(rand.NewPCG(seed, 0)).IntN}
	for _, s := range specs {
		if err := ordered.Spec(s); err != nil {
			tb.Fatal(err)
		}
		h.specs[s.Name] = s
	}
	tb.Cleanup(func() { _ = h.Close() })
	return h
}

type hostile struct {
	specs map[string]*store.Spec

	mu      sync.Mutex
	state   state
	commits int
	written map[string]int // the commit that last wrote a document or a unique entry
	random  func(n int) int
	closed  bool
}

// state is all documents and index entries of one moment.
type state struct {
	docs    tree[store.Record]
	entries tree[ordered.Place]
}

func (h *hostile) collection(s *store.Spec) (*store.Spec, error) {
	if s != nil && h.specs[s.Name] != nil {
		return h.specs[s.Name], nil
	}
	return nil, fmt.Errorf("store: a collection that was not opened")
}

// now is what is committed.
func (h *hostile) now() (state, int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return state{}, 0, store.ErrClosed
	}
	return h.state, h.commits, nil
}

// mischief is true once in n times.
func (h *hostile) mischief(n int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.random(n) == 0
}

func (h *hostile) Reader() store.Reader {
	return memoryReader{h.collection, func() (state, error) {
		s, _, err := h.now()
		return s, err
	}}
}

func (h *hostile) Snapshot(ctx context.Context, body func(store.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s, _, err := h.now()
	if err != nil {
		return err
	}
	lent := &lease{}
	defer lent.end()
	return body(memoryMoment{memoryReader{h.collection, func() (state, error) { return s, lent.check() }}})
}

func (h *hostile) Tx(ctx context.Context, body func(store.Writer) error) error {
	_, _ = h.run(ctx, body)
	t, err := h.run(ctx, body)
	if err != nil {
		return err
	}
	return h.commit(t)
}

// strikes picks the write of a body's run at which a conflict is invented, 0 for none.
func (h *hostile) strikes() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.random(conflictsInBody) > 0 {
		return 0
	}
	return 1 + h.random(conflictsWithin)
}

// run has the body write into a buffer.
func (h *hostile) run(ctx context.Context, body func(store.Writer) error) (*memoryTx, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s, began, err := h.now()
	if err != nil {
		return nil, err
	}
	t := newMemoryTx(h, s, began)
	defer t.lease.end()
	if err := body(t); err != nil {
		return nil, err
	}
	return t, t.doomed
}

// commit does what the body did once more, on what is committed by now.
func (h *hostile) commit(t *memoryTx) error {
	if len(t.wrote) == 0 {
		return nil
	}
	if h.mischief(conflictsAtCommit) {
		return store.ErrConflict
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return store.ErrClosed
	}
	for key := range t.wrote {
		if h.written[key] > t.began {
			return store.ErrConflict
		}
	}
	h.commits++
	for key := range t.wrote {
		h.written[key] = h.commits
	}
	for _, change := range t.changes {
		change(&h.state)
	}
	return nil
}

func (h *hostile) Ready(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, _, err := h.now()
	return err
}

func (h *hostile) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	return nil
}
