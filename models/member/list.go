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
	Query string // a name or its beginning, in either script
	Limit int
	After store.Cursor
}

// Row is a person in a list.
type Row struct {
	*Opened
	Group *organisation.Group
	Hints []string
}

// Hints on a row.
const (
	HintSameName  = "same_name"
	HintSamePhone = "same_phone"
)

const maxQuery = 100

var errQueryTooLong = fault.New(fault.Malformed, "members.query_too_long")

// List lists people of the actor's groups: in the order of their names, or,
// with a query, the best matches first. Faults: members.query_too_long, store.ErrCursor.
func (m *Members) List(ctx context.Context, a access.Actor, f Filter) ([]Row, store.Cursor, error) {
	if err := access.Decide(a, access.ListMembers, access.Facts{Org: a.Org, Group: len(a.Groups) > 0, Consent: true}); err != nil {
		return nil, "", err
	}
	if len([]rune(f.Query)) > maxQuery {
		return nil, "", errQueryTooLong
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	after, err := m.position(a.Org, f.After)
	if err != nil {
		return nil, "", err
	}
	index, err := m.directory(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	shelves := f.shelves(a, tree)
	var hits []script.Hit
	if script.Clean(f.Query) == "" {
		hits = index.List(shelves, after, f.Limit+1)
	} else {
		hits = index.Search(f.Query, func(s string) bool { return slices.Contains(shelves, s) }, f.Limit+1, after)
	}
	next := store.Cursor("")
	if len(hits) > f.Limit {
		hits = hits[:f.Limit]
		if next, err = m.cursor(a.Org, hits[f.Limit-1].Position()); err != nil {
			return nil, "", err
		}
	}
	rows, err := m.rows(ctx, a, tree, index, hits)
	return rows, next, err
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

// rows reads the people that were found, leaves out whoever the actor may not
// see, and notes that the rest were seen.
func (m *Members) rows(ctx context.Context, a access.Actor, tree *organisation.Tree, index *script.Index, hits []script.Hit) ([]Row, error) {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	space := m.store.Org(a.Org)
	docs, err := members.GetMany(ctx, space, ids)
	if err != nil {
		return nil, err
	}
	sheets, err := consent.OfMany(ctx, space, ids)
	if err != nil {
		return nil, err
	}
	now, today := m.clock.Now(), m.today()
	seen := docs[:0]
	for _, d := range docs {
		f := facts(a, a.Org, d, sheets[d.ID].Live(consent.Membership, now), today)
		if access.Decide(a, access.ListMembers, f) == nil {
			seen = append(seen, d)
		}
	}
	opened, err := m.openAll(ctx, a.Org, seen)
	if err != nil {
		return nil, err
	}
	if err := m.audit.Saw(ctx, space, a, access.ListMembers, idsOf(opened)); err != nil {
		return nil, err
	}
	rows := make([]Row, len(opened))
	for i, o := range opened {
		hints, err := m.hints(ctx, a, o, index)
		if err != nil {
			return nil, err
		}
		rows[i] = Row{Opened: o, Group: tree.Get(o.Group), Hints: hints}
	}
	return rows, nil
}

func idsOf(opened []*Opened) []string {
	ids := make([]string, len(opened))
	for i, o := range opened {
		ids[i] = o.ID
	}
	return ids
}

// hints tell that somebody else of the actor's groups has the same name or the
// same phone. It is no more than a reason to ask: mothers and daughters share phones.
func (m *Members) hints(ctx context.Context, a access.Actor, o *Opened, index *script.Index) ([]string, error) {
	hints := []string{}
	if index.Namesakes(o.ID, func(s string) bool { return a.Coordinates(groupOf(s)) }) {
		hints = append(hints, HintSameName)
	}
	if o.PhoneKey == "" {
		return hints, nil
	}
	others, _, err := members.Find(ctx, m.store.Org(a.Org), store.Query{Index: "phone_key", Equal: []any{o.PhoneKey}, Limit: 20})
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(others, func(d *Member) bool { return d.ID != o.ID && a.Coordinates(d.Group) }) {
		hints = append(hints, HintSamePhone)
	}
	return hints, nil
}

func groupOf(shelf string) string {
	for i := range shelf {
		if shelf[i] == '|' {
			return shelf[:i]
		}
	}
	return shelf
}

// A place in a list of names gives a name away, so it is closed before it leaves.

func (m *Members) cursor(org string, p script.Position) (store.Cursor, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	closed, err := m.places.Close(org, string(text))
	return store.Cursor(closed), err
}

func (m *Members) position(org string, c store.Cursor) (script.Position, error) {
	var p script.Position
	if c == "" {
		return p, nil
	}
	text, ok := m.places.Open(org, string(c))
	if !ok || json.Unmarshal([]byte(text), &p) != nil {
		return p, store.ErrCursor
	}
	return p, nil
}
