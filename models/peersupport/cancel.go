package peersupport

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/once"
	"chautari/models/store"
)

// Cancel calls a meeting off for either of the two, without a reason; the time
// is free again for both. Cancelling a cancelled one changes nothing. Faults:
// support.session_over once it has begun; access.Refused.
func (s *Support) Cancel(ctx context.Context, a access.Actor, k once.Key, session string) (*OwnSession, error) {
	space, now := s.store.Org(a.Org), s.clock.Now()
	doc, err := s.cancellable(ctx, space, a, session)
	if err != nil {
		return nil, s.refuse(ctx, a, access.CancelSession, session, err)
	}
	leave, err := s.lines.In(ctx, a.Org+"/"+doc.Member(), a.Org+"/"+doc.Supporter())
	if err != nil {
		return nil, err
	}
	defer leave()
	changed := false
	var own, theirs *Diary
	err = space.Tx(ctx, func(tx *store.Tx) error {
		changed = false
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if doc, err = s.cancellable(ctx, tx, a, session); err != nil {
			return err
		}
		if doc.State == Cancelled {
			return once.Remember(ctx, tx, a, k, now, session)
		}
		if !now.Before(doc.Start) {
			return errOver
		}
		if own, err = diaryOf(ctx, tx, doc.Member()); err != nil {
			return err
		}
		if theirs, err = diaryOf(ctx, tx, doc.Supporter()); err != nil {
			return err
		}
		own.free(session)
		theirs.free(session)
		if err := write(ctx, tx, now, own, theirs); err != nil {
			return err
		}
		if err := s.tellOff(ctx, tx, doc, a.Person); err != nil {
			return err
		}
		side, _, _ := doc.side(a.Person)
		doc.State, doc.CancelledBy, changed = Cancelled, side, true
		if err := sessions.Replace(ctx, tx, doc); err != nil {
			return err
		}
		if err := s.audit.Did(ctx, tx, a, access.CancelSession, doc.People, "state"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, now, session)
	})
	if err != nil {
		return nil, s.refuse(ctx, a, access.CancelSession, session, err)
	}
	if !changed {
		return s.own(ctx, a, session)
	}
	s.kept.wrote(a.Org, own, theirs)
	return s.named(ctx, a, doc, true)
}

// cancellable reads a meeting that the actor may cancel; that of others looks absent.
func (s *Support) cancellable(ctx context.Context, v store.View, a access.Actor, session string) (*Session, error) {
	doc, err := sessions.Get(ctx, v, session)
	if errors.Is(err, store.ErrAbsent) {
		return nil, access.Refused
	}
	if err != nil {
		return nil, err
	}
	_, _, own := doc.side(a.Person)
	return doc, access.Decide(a, access.CancelSession, access.Facts{Org: a.Org, Own: own && !a.Before(doc.Changed)})
}

// free takes a meeting out of a diary.
func (d *Diary) free(session string) {
	d.Held = slices.DeleteFunc(d.Held, func(h Held) bool { return h.Session == session })
}
