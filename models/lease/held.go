package lease

import (
	"context"
	"errors"
	"sync"
	"time"

	"chautari/models/store"
)

// Held is a lease in somebody's hands.
type Held struct {
	keeper *Keeper
	name   string
	holder string
	fence  int64

	mu      sync.Mutex
	renewed time.Time // when the taking or the last renewal began, by the holder's clock
}

// current tells whether its time, by the holder's own clock, is not over. A
// holder who slept, or whose clock jumped, can't know how long it was.
func (h *Held) current() bool {
	now := h.keeper.clock.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	age := now.Sub(h.renewed)
	return age >= -slack && age < Time
}

// mine reads the lease in a view and tells whether it still is this one.
func (h *Held) mine(ctx context.Context, v store.View) (*lease, error) {
	l, err := leases.Get(ctx, v, h.name)
	if errors.Is(err, store.ErrAbsent) {
		return nil, ErrLost
	}
	if err != nil {
		return nil, err
	}
	if l.Holder != h.holder || l.Fence != h.fence {
		return nil, ErrLost
	}
	return l, nil
}

// guard makes a transaction depend on the lease's being held at its commit.
func (h *Held) guard(ctx context.Context, tx *store.Tx) error {
	if !h.current() {
		return ErrLost
	}
	l, err := h.mine(ctx, tx)
	if err != nil {
		return err
	}
	return leases.Require(ctx, tx, l)
}

// Fence makes a context under which every transaction on the lease's store
// commits only while the lease is held, and is ErrLost otherwise.
func (h *Held) Fence(ctx context.Context) context.Context {
	return h.keeper.store.Fenced(ctx, h.guard)
}

// Renew keeps the lease for its time from now on; ErrLost when it is too late.
func (h *Held) Renew(ctx context.Context) error {
	began := h.keeper.clock.Now()
	err := h.keeper.store.System().Tx(ctx, func(tx *store.Tx) error {
		if !h.current() {
			return ErrLost
		}
		l, err := h.mine(ctx, tx)
		if err != nil {
			return err
		}
		l.Beat++
		return leases.Replace(ctx, tx, l)
	})
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.renewed = began
	return nil
}

// Release lets the lease go, so that another can take it at once. One that is
// another's by now stays that one's.
func (h *Held) Release(ctx context.Context) error {
	err := h.keeper.store.System().Tx(ctx, func(tx *store.Tx) error {
		l, err := h.mine(ctx, tx)
		if err != nil {
			return err
		}
		l.Holder = ""
		return leases.Replace(ctx, tx, l)
	})
	if errors.Is(err, ErrLost) {
		return nil
	}
	return err
}
