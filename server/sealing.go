package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/store"
)

const (
	// sealEvery is how often blocks are made of the trail.
	sealEvery = time.Second
	// sealLease is held by the one instance that seals and copies.
	sealLease = "audit"
)

// sealer seals the trails into blocks and copies those.
type sealer struct {
	*house
	blocks *audit.Sealer
	copier *audit.Copier // nil where nothing is copied

	mu     sync.Mutex
	forked map[string]calendar.Date // when it was told that the copy knows another chain
	says   string                   // how the last pass ended, for /readyz; empty when this instance made none
}

// sealing seals each second what was written, until ctx ends. It runs under a
// lease, so that one instance does it; the chain itself rests on no lease.
func (h *house) sealing(ctx context.Context) {
	h.leases.While(ctx, sealLease, func(err error) { h.log.Error("lease", "job", sealLease, "err", err) }, func(ctx context.Context) {
		tick := time.NewTicker(sealEvery)
		defer tick.Stop()
		defer h.sealer.say("")
		for {
			if err := h.sealer.pass(ctx); err != nil && ctx.Err() == nil {
				h.log.Error("sealing", "err", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// What is said of the trail.
const (
	trailCopied = "sealed and copied here"
	trailAlone  = "sealed here, copied nowhere"
	trailBehind = "sealed here, the copy is behind"
	trailForked = "sealed here, the copy knows another trail: run server audit verify"
	// What was sealed before may well be copied; what came since is in no block.
	trailUnsealed = "not sealed: the server's log tells why"
	// Where several share a store it may be well, which each tells of itself alone.
	trailUnknown = "another instance seals it, or nobody"
)

func (s *sealer) say(words string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.says = words
}

// pass seals and copies what is new in every space. One that fails doesn't keep
// the others waiting.
func (s *sealer) pass(ctx context.Context) error {
	orgs, err := s.nouns.Organisations.Spaces(ctx)
	copying := error(nil)
	for _, org := range orgs {
		space := s.data.Org(org)
		_, sealing := s.blocks.Seal(ctx, space)
		err = errors.Join(err, sealing)
		copying = errors.Join(copying, s.copyTo(ctx, space))
	}
	switch {
	case err != nil:
		s.say(trailUnsealed)
	case s.copier == nil:
		s.say(trailAlone)
	case errors.Is(copying, audit.ErrForked):
		s.say(trailForked)
	case copying != nil:
		s.say(trailBehind)
	default:
		s.say(trailCopied)
	}
	return errors.Join(err, copying)
}

// copyTo brings the copy up to date. That it knows another chain is told once a
// day to whoever protects, and stays an error for the log.
func (s *sealer) copyTo(ctx context.Context, space *store.Space) error {
	if s.copier == nil {
		return nil
	}
	err := s.copier.CatchUp(ctx, space)
	today := calendar.Of(s.clock.Now())
	if !errors.Is(err, audit.ErrForked) || s.forked[space.Org()] == today {
		return err
	}
	told := space.Tx(ctx, func(tx *store.Tx) error {
		return audit.Log{Clock: s.clock}.Alert(ctx, tx, audit.ChainBroken, access.Actor{Roles: []access.Role{}}, 1)
	})
	if told == nil {
		s.forked[space.Org()] = today
	}
	return errors.Join(err, told)
}
