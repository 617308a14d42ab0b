package member

import (
	"context"
	"encoding/json"
	"slices"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/store"
)

// Filter says which people to list; empty parts don't limit.
type Filter struct {
	Group string // with all below it
	State State
	Query string // a name or its beginning, in either script, or digits of a phone
	Limit int
	After store.Cursor
}

// Row is a person in a list.
type Row struct {
	*Opened
	Group *organisation.Group
	Hints []string
	// Similar tells that her name is only like what was looked for.
	Similar bool

	at script.Position // where she stands in the list
}

const maxQuery = 100

var errQueryTooLong = fault.New(fault.Malformed, "members.query_too_long")

// List lists people of the actor's groups: in the order of their names, or,
// with a query, the best matches first. Digits are looked for among numbers after
// a fresh proof only, else it would tell whose number somebody has in her hand.
// Faults: members.query_too_long, store.ErrCursor; access.Unproved.
func (m *Members) List(ctx context.Context, a access.Actor, f Filter) ([]Row, store.Cursor, error) {
	if err := access.Decide(a, access.ListMembers, anyOfHers(a)); err != nil {
		return nil, "", err
	}
	if len([]rune(f.Query)) > maxQuery {
		return nil, "", errQueryTooLong
	}
	digits, byNumber := digitsOf(f.Query)
	if byNumber {
		if err := access.Decide(a, access.ReadContact, anyOfHers(a)); err != nil {
			return nil, "", err
		}
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	after, err := m.position(a, f.After)
	if err != nil {
		return nil, "", err
	}
	d, err := m.directory(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	shelves := f.shelves(a, tree)
	allow := func(s string) bool { return slices.Contains(shelves, s) }
	find := func(after script.Position, limit int) []script.Hit {
		switch {
		case byNumber:
			return d.phones.search(digits, allow, limit, after)
		case script.Clean(f.Query) == "":
			return d.index.List(shelves, after, limit)
		}
		return d.index.Search(f.Query, allow, limit, after)
	}
	// Found by her number, a person is shown to whoever may see the number.
	need := seen{access.ListMembers, consent.Membership}
	if byNumber {
		need = seen{access.ReadContact, consent.CoordinatorPhone}
	}
	// Whoever may not be seen is passed over, and the page filled up, so that
	// neither a gap nor a next page tells of her.
	rows := []Row{}
	chunk := min(f.Limit+1, store.MaxIDs)
	for {
		hits := find(after, chunk)
		found, more, err := m.rows(ctx, a, tree, d, need, hits, f.Limit-len(rows))
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, found...)
		if more {
			next, err := m.cursor(a, rows[len(rows)-1].at)
			return rows, next, err
		}
		if len(hits) < chunk {
			return rows, "", nil
		}
		after = hits[len(hits)-1].Position()
	}
}

// anyOfHers are the facts of somebody that an actor may see, if she looks after a group.
func anyOfHers(a access.Actor) access.Facts {
	return access.Facts{Org: a.Org, Group: len(a.Groups) > 0, Consent: true, Listed: true}
}

// shelves are the places of the index that an actor may look at under a filter.
func (f Filter) shelves(a access.Actor, tree *organisation.Tree) []string {
	groups := a.Groups
	if f.Group != "" {
		groups = nil
		for _, g := range tree.Below(f.Group) {
			if a.Coordinates(g) {
				groups = append(groups, g)
			}
		}
	}
	var shelves []string
	for _, g := range groups {
		for _, s := range States {
			if f.State == "" || f.State == s {
				shelves = append(shelves, shelf(g, s))
			}
		}
	}
	return shelves
}

// seen is what must be allowed for somebody to be seen.
type seen struct {
	action  access.Action
	purpose consent.Purpose
}

// question is what the decider is asked; equal ones have equal answers.
type question struct {
	action access.Action
	facts  access.Facts
}

// rows reads the people that were found, leaves out whoever the actor may not
// see, and notes that the others, most of them at the most, were seen, all in
// one transaction: nobody is shown on a consent that was withdrawn meanwhile.
// more tells that there is at least one beyond these.
func (m *Members) rows(ctx context.Context, a access.Actor, tree *organisation.Tree, d *directory, need seen, hits []script.Hit, most int) (rows []Row, more bool, err error) {
	ids := make([]string, len(hits))
	places := make(map[string]script.Position, len(hits))
	for i, h := range hits {
		ids[i], places[h.ID] = h.ID, h.Position()
	}
	now := m.clock.Now()
	var open []*Opened
	err = m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		docs, err := members.GetMany(ctx, tx, ids)
		if err != nil {
			return err
		}
		sheets, err := consent.OfMany(ctx, tx, ids)
		if err != nil {
			return err
		}
		opened, err := m.openAll(ctx, a.Org, docs)
		if err != nil {
			return err
		}
		open, more = nil, false
		answers := map[question]bool{} // most people of a page are alike in their facts
		var shown []string
		for _, o := range opened {
			sees := func(s seen) bool {
				f := facts(a, o, sheets[o.ID], s.purpose, now)
				if _, known := answers[question{s.action, f}]; !known {
					answers[question{s.action, f}] = access.Decide(a, s.action, f) == nil
				}
				return answers[question{s.action, f}]
			}
			if !sees(need) || !sees(seen{access.ListMembers, consent.Membership}) {
				continue
			}
			if more = len(open) == most; more {
				break
			}
			open, shown = append(open, o), append(shown, o.ID)
		}
		return m.audit.Saw(ctx, tx, a, access.ListMembers, shown)
	})
	if err != nil {
		return nil, false, err
	}
	rows = make([]Row, len(open))
	for i, o := range open {
		rows[i] = Row{Opened: o, Group: tree.Get(o.Group), Hints: d.hints(a, o.Member), at: places[o.ID], Similar: places[o.ID].Rank == script.Slips}
	}
	return rows, more, nil
}

// A place in a list of names gives a name away, so it is closed before it leaves.

func (m *Members) cursor(a access.Actor, p script.Position) (store.Cursor, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	closed, err := m.places.Close(a.Org+"/"+a.Account, string(text))
	return store.Cursor(closed), err
}

func (m *Members) position(a access.Actor, c store.Cursor) (script.Position, error) {
	var p script.Position
	if c == "" {
		return p, nil
	}
	text, ok := m.places.Open(a.Org+"/"+a.Account, string(c))
	if !ok || json.Unmarshal([]byte(text), &p) != nil {
		return p, store.ErrCursor
	}
	return p, nil
}
