package member

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/seal"
	"chautari/models/store"
)

// Handle opens somebody's sign-in name, to tell her in person who forgot it. It is
// an entry in the trail, and among what she reads was opened of hers. Who has no
// way in, or none that is open, is access.Refused, like anybody the actor isn't to
// know of.
func (m *Members) Handle(ctx context.Context, a access.Actor, person string) (seal.Clear, error) {
	var hers *account.Account
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		doc, err := members.Get(ctx, tx, person)
		if err != nil {
			return notFound(err)
		}
		if err := m.allow(ctx, tx, a, access.ReadHandle, doc); err != nil {
			return err
		}
		if hers, err = account.OfPerson(ctx, tx, person); err != nil {
			return notFound(err)
		}
		if hers.Closed {
			return access.Refused
		}
		return m.audit.Saw(ctx, tx, a, access.ReadHandle, []string{person})
	})
	if err != nil {
		return seal.Clear{}, m.refuse(ctx, a, access.ReadHandle, person, err)
	}
	return m.accounts.HandleOf(ctx, a.Org, hers)
}

// SeenIn is the group in which coordinators see somebody at this moment; empty
// where none may: who is unknown, restricted what is hers, never said yes, or is
// under 18 and not listed for them.
func (m *Members) SeenIn(ctx context.Context, v store.View, org, person string) (group string, err error) {
	doc, err := members.Get(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	sheet, err := consent.Of(ctx, v, person)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return "", err
	}
	o, err := m.openOne(ctx, org, doc)
	if errors.Is(err, seal.ErrNoKey) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if f := facts(access.Actor{Org: org}, o, sheet, consent.Membership, m.clock.Now()); !f.Consent || !f.Listed {
		return "", nil
	}
	return doc.Group, nil
}
