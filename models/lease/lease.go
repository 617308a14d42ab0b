// Package lease lets several instances of the server run each timed job once.
//
// A lease is one document in the server's own space. Whoever holds it renews
// it; who wants it takes it once it stood unchanged for its time, measured on
// the taker's own clock, so that the clocks of two machines are never compared.
// Being allowed to act rests on no clock at all: each taking raises the fence,
// and what is written under a lease requires, in its own transaction, that the
// fence is still the one that was taken. Clocks only decide who tries.
//
// What belongs here: taking, renewing, losing and letting go. What a job does,
// and when, is the server's.
package lease

import (
	"context"
	"errors"
	"sync"
	"time"

	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/store"
)

const (
	// Time is how long a lease stands without being renewed.
	Time = 30 * time.Second
	// Beat is how often it is renewed, and looked at by who waits for it.
	Beat = Time / 3
	// slack is how far a clock may be set back without its holder giving up.
	slack = time.Second
)

var (
	// ErrTaken: somebody else holds it.
	ErrTaken = errors.New("lease: held by another")
	// ErrLost: it is another's by now, or was not renewed in time.
	ErrLost = errors.New("lease: lost")
)

// lease is who may do one job. Its id is the job's name.
type lease struct {
	store.Meta `bson:",inline"`
	Holder     string `bson:"holder,omitempty"` // random for each taking; empty when it was let go
	Fence      int64  `bson:"fence"`            // one more with each taking
	Beat       int64  `bson:"beat"`             // one more with each renewal
}

var leases = store.Declare[lease]("leases").Passing().Passing()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{leases.Spec()} }

// sight is what somebody who waits for a lease last saw of it, and since when.
type sight struct {
	fence, beat int64
	since       time.Time
}

// look compares a lease with what was seen of it before. The time begins anew
// with every change, and when the clock was set back.
func (s sight) look(l *lease, now time.Time) sight {
	if s.since.IsZero() || s.fence != l.Fence || s.beat != l.Beat || now.Before(s.since) {
		return sight{fence: l.Fence, beat: l.Beat, since: now}
	}
	return s
}

// abandoned tells whether it stood unchanged for its time.
func (s sight) abandoned(now time.Time) bool { return now.Sub(s.since) >= Time }

// Keeper takes leases for one instance.
type Keeper struct {
	store *store.Store
	clock clock.Clock

	mu   sync.Mutex
	seen map[string]sight
}

// New takes leases in a store.
func New(s *store.Store, c clock.Clock) *Keeper {
	return &Keeper{store: s, clock: c, seen: map[string]sight{}}
}

// look notes how a lease stands and tells whether it was abandoned.
func (k *Keeper) look(l *lease) bool {
	now := k.clock.Now()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seen[l.ID] = k.seen[l.ID].look(l, now)
	return k.seen[l.ID].abandoned(now)
}

// Take takes a lease that is free or abandoned, else it is ErrTaken. A lease
// that somebody died with is free after at most Time and one more look.
func (k *Keeper) Take(ctx context.Context, name string) (*Held, error) {
	h := &Held{keeper: k, name: name, holder: id.New("hld"), renewed: k.clock.Now()}
	found, err := leases.Get(ctx, k.store.System(), name)
	switch {
	case errors.Is(err, store.ErrAbsent):
		found = nil
	case err != nil:
		return nil, err
	case !k.look(found) && found.Holder != "":
		return nil, ErrTaken
	}
	err = k.store.System().Tx(ctx, func(tx *store.Tx) error {
		now, err := leases.Get(ctx, tx, name)
		if errors.Is(err, store.ErrAbsent) {
			h.fence = 1
			err = leases.Insert(ctx, tx, &lease{Meta: store.Meta{ID: name}, Holder: h.holder, Fence: 1})
			if store.IsDuplicate(err, "id") {
				return store.ErrConflict
			}
			return err
		}
		if err != nil {
			return err
		}
		// As it was looked at: whoever took or renewed it meanwhile has it.
		if now.Holder != "" && (found == nil || now.Fence != found.Fence || now.Beat != found.Beat) {
			return ErrTaken
		}
		now.Holder, now.Fence, now.Beat = h.holder, now.Fence+1, 0
		h.fence = now.Fence
		return leases.Replace(ctx, tx, now)
	})
	if err != nil {
		return nil, err
	}
	return h, nil
}

// Standing is how a lease stands, as an operator wants to know it.
type Standing struct {
	Held bool
	Age  time.Duration // since it was taken, renewed or let go
}

// Standing looks a lease up; one that nobody ever took is not held.
func (k *Keeper) Standing(ctx context.Context, name string) (Standing, error) {
	found, err := leases.Get(ctx, k.store.System(), name)
	if errors.Is(err, store.ErrAbsent) {
		return Standing{}, nil
	}
	if err != nil {
		return Standing{}, err
	}
	return Standing{Held: found.Holder != "", Age: max(0, k.clock.Now().Sub(found.Changed))}, nil
}
