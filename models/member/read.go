package member

import (
	"context"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/seal"
	"chautari/models/store"
)

// Read shows one person to a coordinator of her group; her phone only as far as
// she agreed to that, or the paper showed it.
func (m *Members) Read(ctx context.Context, a access.Actor, person string) (*Read, error) {
	now, today := m.clock.Now(), m.today()
	var doc *Member
	var sheet *consent.Sheet
	phone := false
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var err error
		if doc, err = members.Get(ctx, tx, person); err != nil {
			return notFound(err)
		}
		sheets, err := consent.OfMany(ctx, tx, []string{person})
		if err != nil {
			return err
		}
		sheet = sheets[person]
		if err := access.Decide(a, access.ReadMember, facts(a, a.Org, doc, sheet.Live(consent.Membership, now), today)); err != nil {
			return err
		}
		act := access.ReadContact
		phone = access.Decide(a, act, facts(a, a.Org, doc, sheet.Live(consent.CoordinatorPhone, now), today)) == nil
		if !phone {
			act = access.ReadMember
		}
		return m.audit.Saw(ctx, tx, a, act, []string{person})
	})
	if err != nil {
		return nil, m.refuse(ctx, a, access.ReadMember, person, err)
	}
	o, err := m.openOne(ctx, a.Org, doc)
	if err != nil {
		return nil, err
	}
	if !phone {
		o.Phone = seal.Clear{}
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	d, err := m.directory(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	r := &Read{Row: Row{Opened: o, Group: tree.Get(doc.Group), Hints: d.hints(a, doc)}}
	for _, p := range []consent.Purpose{consent.Membership, consent.CoordinatorPhone} {
		r.Consents = append(r.Consents, Asked{Purpose: p, Live: sheet.Live(p, now)})
	}
	return r, nil
}

// Read is one person as her coordinator sees her.
type Read struct {
	Row
	Consents []Asked
}

// Asked is whether she said yes to something, and it still holds.
type Asked struct {
	Purpose consent.Purpose
	Live    bool
}
