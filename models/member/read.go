package member

import (
	"context"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/seal"
	"chautari/models/store"
)

// Read shows one person to a coordinator of her group. What she is reached or
// recognised by (the name on paper, phone, birth, district) takes a fresh proof,
// and the phone a yes to that, or the paper that showed it.
func (m *Members) Read(ctx context.Context, a access.Actor, person string) (*Read, error) {
	now, today := m.clock.Now(), m.today()
	var o *Opened
	var sheet *consent.Sheet
	contact, phone := false, false
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		doc, err := members.Get(ctx, tx, person)
		if err != nil {
			return notFound(err)
		}
		if o, err = m.openOne(ctx, a.Org, doc); err != nil {
			return notFound(err)
		}
		sheets, err := consent.OfMany(ctx, tx, []string{person})
		if err != nil {
			return err
		}
		sheet = sheets[person]
		if err := access.Decide(a, access.ReadMember, facts(a, o, sheet, consent.Membership, now)); err != nil {
			return err
		}
		if err := o.whole(); err != nil {
			return err // told to whoever may read her, and to nobody else
		}
		sees := func(p consent.Purpose) bool {
			return access.Decide(a, access.ReadContact, facts(a, o, sheet, p, now)) == nil
		}
		contact, phone = sees(consent.Membership), sees(consent.CoordinatorPhone)
		// What is closed is handed out on yeses that stand until the entry does.
		if contact || phone {
			if err := sheet.Still(ctx, tx); err != nil {
				return err
			}
		}
		act := access.ReadMember
		if contact {
			act = access.ReadContact
		}
		return m.audit.Saw(ctx, tx, a, act, []string{person})
	})
	if err != nil {
		return nil, m.refuse(ctx, a, access.ReadMember, person, err)
	}
	o.othersSee(sheet, now, today)
	if !phone {
		o.Phone = seal.Clear{}
	}
	if !contact {
		o.Birth, o.District = calendar.Birth{}, seal.Clear{}
		if o.chose() {
			o.PaperName = seal.Clear{} // else it is what she is called in every list
		}
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	d, err := m.directory(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	r := &Read{Closed: !contact, Row: Row{Opened: o, Group: tree.Get(o.Group), Hints: d.hints(a, o.Member)}}
	for _, p := range []consent.Purpose{consent.Membership, consent.CoordinatorPhone} {
		r.Consents = append(r.Consents, Asked{Purpose: p, Live: sheet.Live(p, now)})
	}
	return r, nil
}

// Read is one person as her coordinator sees her.
type Read struct {
	Row
	Consents []Asked
	// Closed tells that contact is shown after a fresh proof only, whether or
	// not anything is held.
	Closed bool
}

// Asked is whether she said yes to something, and it still holds.
type Asked struct {
	Purpose consent.Purpose
	Live    bool
}
