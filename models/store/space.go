package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// Clock tells the instant that is written as a document's last change.
type Clock interface{ Now() time.Time }

// systemOrg is the wall around what belongs to the server itself.
const systemOrg = "system"

// Store opens spaces on an engine.
type Store struct {
	engine Engine
	clock  Clock
	marker Marker // nil where marks are neither made nor looked at
}

// New wraps an engine. Changes are dated by clock, in whole milliseconds.
func New(engine Engine, clock Clock) *Store { return &Store{engine: engine, clock: clock} }

// Now is the instant that a change written now is dated with.
func (s *Store) Now() time.Time { return s.clock.Now().UTC().Truncate(time.Millisecond) }

// Engine is for what runs the store (readiness, closing, backup), not for nouns.
func (s *Store) Engine() Engine { return s.engine }

// Settle makes what was deleted unreadable in the engine's files too, where the
// engine keeps a log beside them.
func (s *Store) Settle(ctx context.Context) error {
	if e, ok := s.engine.(interface{ Checkpoint(context.Context) error }); ok {
		return e.Checkpoint(ctx)
	}
	return nil
}

// Org opens the space of one organisation.
func (s *Store) Org(id string) *Space { return &Space{store: s, org: id} }

// System opens the space of the server itself: host names, organisations, token keys.
func (s *Store) System() *Space { return s.Org(systemOrg) }

// View is a place to read from: a Space, a Snapshot or a Tx.
type View interface {
	reader() Reader
	scope() string
}

// Space reads and writes the documents of one organisation.
type Space struct {
	store *Store
	org   string
}

func (s *Space) reader() Reader { return s.store.watch(s.store.engine.Reader()) }
func (s *Space) scope() string  { return s.org }

// Org is the id of the organisation whose space it is.
func (s *Space) Org() string { return s.org }

// Snapshot is a View of one moment.
type Snapshot struct {
	r   Reader
	org string
}

func (s *Snapshot) reader() Reader { return s.r }
func (s *Snapshot) scope() string  { return s.org }

// Tx is a View inside a transaction, through which collections also write.
type Tx struct {
	w     Writer
	org   string
	clock Clock
}

func (t *Tx) reader() Reader { return t.w }
func (t *Tx) scope() string  { return t.org }

// Org is the id of the organisation in whose space the transaction runs.
func (t *Tx) Org() string { return t.org }

// Beside is the same transaction in the space of another organisation. Only the
// nouns that the architecture test names may call it.
func (t *Tx) Beside(org string) *Tx { return &Tx{w: t.w, org: org, clock: t.clock} }

// maxTries bounds how often a transaction runs when others keep changing what it read.
const maxTries = 200

// Tx runs body in a transaction and commits it. The body is pure but for its
// writes: it may run several times, and what it hands out counts only when Tx
// returned nil. It answers ErrBusy when conflicts don't end.
func (s *Space) Tx(ctx context.Context, body func(*Tx) error) error {
	return s.store.run(ctx, func(w Writer) error {
		return body(&Tx{w: s.store.marks(w), org: s.org, clock: s.store.clock})
	})
}

// TxWith is Tx over this space and another at once. Only the nouns that the
// architecture test names may call it.
func (s *Space) TxWith(ctx context.Context, other *Space, body func(tx, otherTx *Tx) error) error {
	return s.store.run(ctx, func(w Writer) error {
		w = s.store.marks(w)
		return body(&Tx{w: w, org: s.org, clock: s.store.clock}, &Tx{w: w, org: other.org, clock: s.store.clock})
	})
}

// Snapshot runs body on what was committed at one moment.
func (s *Space) Snapshot(ctx context.Context, body func(*Snapshot) error) error {
	return s.store.engine.Snapshot(ctx, func(r Reader) error {
		return body(&Snapshot{r: s.store.watch(r), org: s.org})
	})
}

func (s *Store) run(ctx context.Context, body func(Writer) error) error {
	body = s.fenced(ctx, body)
	for try := range maxTries {
		err := s.engine.Tx(ctx, body)
		if !errors.Is(err, ErrConflict) {
			return err
		}
		// The first runs follow at once; later ones step aside for a random moment,
		// so that many writers of one document don't keep meeting each other.
		if try > 2 {
			wait := time.NewTimer(rand.N(time.Duration(min(try, 50)) * time.Millisecond))
			select {
			case <-ctx.Done():
				wait.Stop()
				return ctx.Err()
			case <-wait.C:
			}
		}
	}
	return ErrBusy
}
