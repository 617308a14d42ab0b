package member

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// ToAsk is somebody carried over who is to be asked at the next meeting.
type ToAsk struct {
	*Opened
	Group *organisation.Group
	Young bool
}

// fullAge is the age from which nobody's guardian is asked (Act Relating to
// Children 2075: a child is under 18).
const fullAge = 18

// young tells whether somebody is under 18 by what is known of her birth; of a
// year alone the younger age counts.
func young(b calendar.Birth, today calendar.Date) bool {
	age, approximate, known := b.AgeAt(today)
	return known && (age < fullAge || approximate && age == fullAge)
}

// Young tells whether somebody is under 18, by her birth or because a guardian's
// part was written down when she was asked, and whether that part allows the use
// of a yes of hers.
func (m *Members) Young(ctx context.Context, v store.View, org, person string) (is, guarded bool, err error) {
	doc, err := members.Get(ctx, v, person)
	if err != nil {
		return false, false, notFound(err)
	}
	o, err := m.openOne(ctx, org, doc)
	if err != nil {
		return false, false, notFound(err)
	}
	sheet, err := consent.Of(ctx, v, person)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return false, false, err
	}
	birth := o.Birth
	if birth.IsZero() {
		return sheet != nil && sheet.Guardian != nil, sheet.Guarded(m.today()), nil
	}
	return young(birth, m.today()), sheet.Guarded(m.today()), nil
}

// ListToAsk lists who is carried over and to be asked, whose time ends first
// coming first: a coordinator's those of her groups, a focal point's those under
// 18, who are in no coordinator's list. Each page is one entry in the trail. A page
// may be shorter than the limit though there are more.
func (m *Members) ListToAsk(ctx context.Context, a access.Actor, after store.Cursor, limit int) ([]ToAsk, store.Cursor, error) {
	mayList := access.Decide(a, access.ListMembers, access.Facts{Org: a.Org, Group: len(a.Groups) > 0, Consent: true})
	mayYoung := access.Decide(a, access.AskYoung, access.Facts{Org: a.Org, Apart: true, Consent: true})
	if mayList != nil && mayYoung != nil {
		return nil, "", mayYoung
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	space := m.store.Org(a.Org)
	for {
		docs, next, err := members.Find(ctx, space, store.Query{Index: "carried_until", From: m.today().String(), Limit: limit, After: after})
		if err != nil {
			return nil, "", err
		}
		page, err := m.toAsk(ctx, a, tree, docs)
		if err != nil || len(page) > 0 || next == "" {
			return page, next, err
		}
		after = next
	}
}

// toAsk opens those of some documents that the actor is to ask, and notes it.
func (m *Members) toAsk(ctx context.Context, a access.Actor, tree *organisation.Tree, docs []*Member) ([]ToAsk, error) {
	today := m.today()
	opened, err := m.openAll(ctx, a.Org, slices.DeleteFunc(docs, func(d *Member) bool { return !d.carried(today) }))
	if err != nil {
		return nil, err
	}
	var page []ToAsk
	err = m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		page = []ToAsk{}
		var shown []string
		for _, o := range opened {
			is := young(o.Birth, today)
			if m.mayAsk(ctx, tx, a, o, is, false) != nil {
				continue
			}
			page, shown = append(page, ToAsk{Opened: o, Group: tree.Get(o.Group), Young: is}), append(shown, o.ID)
		}
		return m.audit.Saw(ctx, tx, a, access.ListMembers, shown)
	})
	return page, err
}

// mayAsk decides whether the actor sees somebody as one to ask, or may ask her.
func (m *Members) mayAsk(ctx context.Context, tx *store.Tx, a access.Actor, o *Opened, young, ask bool) error {
	act := access.AskCarried
	switch {
	case young:
		act = access.AskYoung
	case !ask:
		act = access.ListMembers
	}
	return m.allow(ctx, tx, a, act, o.Member)
}

// keyOf is a person's key; who has none is as absent.
func (m *Members) keyOf(ctx context.Context, org, person string) (*seal.Key, error) {
	key, err := m.keys.Of(ctx, org, person)
	return key, notFound(err)
}
