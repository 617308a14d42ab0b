package peersupport

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/store"
)

// Leave calls off every meeting ahead of somebody who ends her membership, in
// the transaction that ends it: nobody waits for one who doesn't come.
func (s *Support) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	return s.callOff(ctx, tx, a, func(Held) bool { return true })
}

// NoLongerGives ends the weekly hours of somebody who turns out to be under 18, and
// calls off what is ahead that she would have given as a supporter, in the
// transaction that tells it. What she booked for herself stays.
func (s *Support) NoLongerGives(ctx context.Context, tx *store.Tx, a access.Actor) error {
	h, err := hours.Get(ctx, tx, a.Person)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return err
	}
	if err == nil && len(h.Spans) > 0 {
		h.Spans = []Span{}
		if err := hours.Replace(ctx, tx, h); err != nil {
			return err
		}
		if err := s.audit.Did(ctx, tx, a, access.SetHours, []string{a.Person}, "spans"); err != nil {
			return err
		}
	}
	return s.callOff(ctx, tx, a, func(held Held) bool { return held.Supports })
}

// callOff calls off the meetings ahead of somebody that a condition holds of.
func (s *Support) callOff(ctx context.Context, tx *store.Tx, a access.Actor, is func(Held) bool) error {
	own, err := diaryOf(ctx, tx, a.Person)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	changed := []*Diary{own}
	for _, h := range slices.Clone(own.Held) {
		if !now.Before(h.Start) || !is(h) {
			continue
		}
		doc, err := sessions.Get(ctx, tx, h.Session)
		if err != nil {
			return err
		}
		side, other, _ := doc.side(a.Person)
		i := slices.IndexFunc(changed, func(d *Diary) bool { return d.ID == other })
		if i < 0 {
			theirs, err := diaryOf(ctx, tx, other)
			if err != nil {
				return err
			}
			changed, i = append(changed, theirs), len(changed)
		}
		own.free(h.Session)
		changed[i].free(h.Session)
		if err := s.tellOff(ctx, tx, doc, a.Person); err != nil {
			return err
		}
		doc.State, doc.CancelledBy = Cancelled, side
		if err := sessions.Replace(ctx, tx, doc); err != nil {
			return err
		}
		if err := s.audit.Did(ctx, tx, a, access.CancelSession, doc.People, "state"); err != nil {
			return err
		}
	}
	if len(changed) == 1 {
		return nil
	}
	return write(ctx, tx, now, changed...)
}
