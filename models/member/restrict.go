package member

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/once"
	"chautari/models/store"
)

// RestrictOwn has all use of what is hers by others stand still, or go on again
// (GDPR art. 18). While it is on nobody but herself sees her record: it is in no
// list, search, hint, match or figure. She herself goes on as before, and what
// others have arranged with her stays arranged.
func (m *Members) RestrictOwn(ctx context.Context, a access.Actor, k once.Key, on bool) (*Mine, error) {
	if err := access.Decide(a, access.RestrictOwn, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, m.refuse(ctx, a, access.RestrictOwn, a.Person, err)
	}
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		changed, err := consent.Restrict(ctx, tx, a.Person, on)
		if err != nil {
			return notFound(err)
		}
		if changed {
			// Written anew, so that every directory looks at her again.
			if _, err := members.Update(ctx, tx, a.Person, func(*Member) error { return nil }); err != nil {
				return notFound(err)
			}
			if err := m.audit.Did(ctx, tx, a, access.RestrictOwn, []string{a.Person}, "restricted"); err != nil {
				return err
			}
		}
		return once.Remember(ctx, tx, a, k, m.clock.Now())
	})
	if err != nil {
		return nil, err
	}
	mine, err := m.Mine(ctx, a)
	if err == nil {
		m.names.changed(a.Org, mine.Opened)
	}
	return mine, err
}
