package member

import (
	"context"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/seal"
)

// Read shows one person to a coordinator of her group: with her phone, birth
// and place only as far as she agreed, or the paper showed them.
func (m *Members) Read(ctx context.Context, a access.Actor, person string) (*Read, error) {
	space := m.store.Org(a.Org)
	doc, err := members.Get(ctx, space, person)
	if err != nil {
		return nil, m.refuse(ctx, a, access.ReadMember, person, notFound(err))
	}
	sheets, err := consent.OfMany(ctx, space, []string{person})
	if err != nil {
		return nil, err
	}
	sheet, now := sheets[person], m.clock.Now()
	f := facts(a, a.Org, doc, sheet.Live(consent.Membership, now), m.today())
	if err := access.Decide(a, access.ReadMember, f); err != nil {
		return nil, m.refuse(ctx, a, access.ReadMember, person, err)
	}
	o, err := m.openOne(ctx, a.Org, doc)
	if err != nil {
		return nil, err
	}
	contact := facts(a, a.Org, doc, sheet.Live(consent.CoordinatorPhone, now), m.today())
	act := access.ReadContact
	if access.Decide(a, act, contact) != nil {
		act = access.ReadMember
		o.Phone = seal.Clear{}
	}
	if err := m.audit.Saw(ctx, space, a, act, []string{person}); err != nil {
		return nil, err
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	index, err := m.directory(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	hints, err := m.hints(ctx, a, o, index)
	if err != nil {
		return nil, err
	}
	r := &Read{Row: Row{Opened: o, Group: tree.Get(doc.Group), Hints: hints}}
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
