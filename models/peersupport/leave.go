package peersupport

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/store"
)

// Leave calls off every meeting ahead of somebody who ends her membership, in
// the transaction that ends it: nobody waits for one who doesn't come.
func (s *Support) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	own, err := diaryOf(ctx, tx, a.Person)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	changed := []*Diary{own}
	for _, h := range slices.Clone(own.Held) {
		if !now.Before(h.Start) {
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
