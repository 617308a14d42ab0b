package member

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// ToAsk is somebody who is to be asked at the next meeting: carried over, or under
// 18, whom the focal point decides on however she came.
type ToAsk struct {
	*Opened
	Group    *organisation.Group
	Young    bool
	Guardian *consent.Guardian // what was decided on her, if she is young
}

// ToAskFilter says whom of them to list; empty parts don't limit.
type ToAskFilter struct {
	Young  bool   // those under 18, in the order of their names
	Group  string // with all below it
	Query  string // a name or its beginning, in either script
	ByName bool   // else whose time ends first comes first
	Limit  int
	After  store.Cursor
}

// Young tells whether somebody is under 18, by her birth or by what she answered,
// and whether what was decided on her allows the use of a yes of hers.
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
	return o.Young(m.today()), sheet.Guarded(m.today()), nil
}

// ListToAsk lists who is to be asked: a coordinator's are those of her groups who
// are carried over; a focal point's and a deputy's all under 18, who are in no
// coordinator's list before it is decided. Each page is one entry in the trail or
// more; neither a gap in it nor a next page tells of whom she doesn't see. Faults:
// members.query_too_long, store.ErrCursor; access.Unproved.
func (m *Members) ListToAsk(ctx context.Context, a access.Actor, f ToAskFilter) ([]ToAsk, store.Cursor, error) {
	f.Young = f.Young || !a.Has(access.Coordinator)
	may := access.Decide(a, access.ListMembers, anyOfHers(a))
	if f.Young {
		may = access.Decide(a, access.AskYoung, access.Facts{Org: a.Org, Apart: true, Consent: true})
	}
	if may != nil {
		return nil, "", may
	}
	if len([]rune(f.Query)) > maxQuery {
		return nil, "", errQueryTooLong
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	if f.Young || f.ByName || script.Clean(f.Query) != "" {
		return m.toAskByName(ctx, a, tree, f)
	}
	return m.toAskByTime(ctx, a, tree, f)
}

// toAskByTime is ListToAsk with whose time ends first first.
func (m *Members) toAskByTime(ctx context.Context, a access.Actor, tree *organisation.Tree, f ToAskFilter) ([]ToAsk, store.Cursor, error) {
	at := a.Org + "/" + a.Account
	if f.After != "" {
		place, ok := m.places.Open(at, string(f.After))
		if !ok {
			return nil, "", store.ErrCursor
		}
		f.After = store.Cursor(place)
	}
	find := func(limit int, after store.Cursor) ([]*Member, store.Cursor, error) {
		return members.Find(ctx, m.store.Org(a.Org), store.Query{Index: "carried_until", From: m.today().String(), Limit: limit, After: after})
	}
	page, next := []ToAsk{}, f.After
	for {
		var docs []*Member
		var err error
		if docs, next, err = find(f.Limit-len(page), next); err != nil {
			return nil, "", err
		}
		found, _, err := m.toAsk(ctx, a, tree, f, docs, len(docs))
		if err != nil {
			return nil, "", err
		}
		if page = append(page, found...); next == "" || len(page) == f.Limit {
			break
		}
	}
	for ahead := next; ahead != ""; {
		docs, then, err := find(store.MaxIDs, ahead)
		if err != nil {
			return nil, "", err
		}
		_, more, err := m.toAsk(ctx, a, tree, f, docs, 0)
		if err != nil {
			return nil, "", err
		}
		if more {
			closed, err := m.places.Close(at, string(next))
			return page, store.Cursor(closed), err
		}
		ahead = then
	}
	return page, "", nil
}

// toAskByName is ListToAsk in the order of names, or by a query.
func (m *Members) toAskByName(ctx context.Context, a access.Actor, tree *organisation.Tree, f ToAskFilter) ([]ToAsk, store.Cursor, error) {
	after, err := m.position(a, f.After)
	if err != nil {
		return nil, "", err
	}
	d, err := m.directory(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	index, shelves := d.index, Filter{Group: f.Group, State: Active}.shelves(a, tree)
	if f.Young {
		index, shelves = d.young.index, tree.Below(tree.Root().ID)
		if f.Group != "" {
			shelves = tree.Below(f.Group)
		}
	}
	find := func(after script.Position) []script.Hit {
		if script.Clean(f.Query) == "" {
			return index.List(shelves, after, store.MaxIDs)
		}
		return index.Search(f.Query, func(s string) bool { return slices.Contains(shelves, s) }, store.MaxIDs, after)
	}
	page := []ToAsk{}
	for {
		hits := find(after)
		ids, places := make([]string, len(hits)), make(map[string]script.Position, len(hits))
		for i, h := range hits {
			ids[i], places[h.ID] = h.ID, h.Position()
		}
		docs, err := members.GetMany(ctx, m.store.Org(a.Org), ids)
		if err != nil {
			return nil, "", err
		}
		found, more, err := m.toAsk(ctx, a, tree, f, docs, f.Limit-len(page))
		if err != nil {
			return nil, "", err
		}
		page = append(page, found...)
		if more {
			next, err := m.cursor(a, places[page[len(page)-1].ID])
			return page, next, err
		}
		if len(hits) < store.MaxIDs {
			return page, "", nil
		}
		after = hits[len(hits)-1].Position()
	}
}

// toAsk reads those of some documents anew that the actor is to ask, most of them at
// the most, and notes it, all in one transaction; more tells that there are others.
func (m *Members) toAsk(ctx context.Context, a access.Actor, tree *organisation.Tree, f ToAskFilter, found []*Member, most int) (page []ToAsk, more bool, err error) {
	today := m.today()
	ids := make([]string, len(found))
	for i, d := range found {
		ids[i] = d.ID
	}
	group := map[string]bool{}
	for _, g := range tree.Below(f.Group) {
		group[g] = true
	}
	err = m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		page, more = []ToAsk{}, false
		docs, err := members.GetMany(ctx, tx, ids)
		if err != nil {
			return err
		}
		opened, err := m.openAll(ctx, a.Org, docs)
		if err != nil {
			return err
		}
		sheets, err := consent.OfMany(ctx, tx, ids)
		if err != nil {
			return err
		}
		var shown []string
		for _, o := range opened {
			t := ToAsk{Opened: o, Group: tree.Get(o.Group), Young: o.Young(today)}
			if t.Young != f.Young || !o.toAsk(today) || f.Group != "" && !group[o.Group] {
				continue
			}
			err := m.mayAsk(ctx, tx, a, o, t.Young, false)
			if _, no := fault.As(err); no {
				continue
			}
			if err != nil {
				return err
			}
			if more = len(page) == most; more {
				break
			}
			if s := sheets[o.ID]; t.Young && s != nil {
				t.Guardian = s.Guardian
			}
			page, shown = append(page, t), append(shown, o.ID)
		}
		return m.audit.Saw(ctx, tx, a, access.ListMembers, shown)
	})
	return page, more, err
}

// toAsk tells whether there is something to ask somebody, or to decide on her:
// she is carried over, or she is under 18 and came in herself.
func (o *Opened) toAsk(today calendar.Date) bool {
	if o.CarriedOver != nil {
		return o.carried(today)
	}
	return o.Young(today) && o.State != Ended && o.State != Declined
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
	return m.allowOpened(ctx, tx, a, act, o)
}

// keyOf is a person's key; who has none is as absent.
func (m *Members) keyOf(ctx context.Context, org, person string) (*seal.Key, error) {
	key, err := m.keys.Of(ctx, org, person)
	return key, notFound(err)
}
