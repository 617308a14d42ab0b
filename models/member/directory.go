package member

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Names lie sealed, so the order of a list and the search in it come from an
// index in memory, one for each organisation. A person stands in it under her
// group and state, so that a page of one group costs what the page holds.

type directory struct {
	once  sync.Once
	err   error
	index *script.Index

	mu    sync.Mutex
	known time.Time // changes up to here are in the index
}

type directories struct {
	clock store.Clock
	mu    sync.Mutex
	kept  map[string]*directory
}

const (
	// catchUpEvery is how old the index may be where other instances also write.
	catchUpEvery = time.Second
	// overlap is how far back changes are read again, since a transaction may be
	// dated a moment before it is seen.
	overlap = 5 * time.Second
)

func shelf(group string, s State) string { return group + "|" + string(s) }

func (ds *directories) of(org string) *directory {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	d := ds.kept[org]
	if d == nil {
		d = &directory{index: script.NewIndex()}
		ds.kept[org] = d
	}
	return d
}

// changed files a person anew after a transaction that this instance made.
func (ds *directories) changed(org string, doc *Member, name string) {
	ds.of(org).index.Put(doc.ID, shelf(doc.Group, doc.State), name)
}

func (ds *directories) removed(org, person string) { ds.of(org).index.Remove(person) }

// directory returns the index of an organisation, filled and at most a second old.
func (m *Members) directory(ctx context.Context, org string) (*script.Index, error) {
	d := m.names.of(org)
	d.once.Do(func() { d.err = m.catchUp(context.WithoutCancel(ctx), org, d, true) })
	if d.err != nil {
		// The next one tries again.
		m.names.mu.Lock()
		delete(m.names.kept, org)
		m.names.mu.Unlock()
		return nil, d.err
	}
	return d.index, m.catchUp(ctx, org, d, false)
}

// catchUp files whoever changed since the last time.
func (m *Members) catchUp(ctx context.Context, org string, d *directory, first bool) error {
	now := m.clock.Now()
	d.mu.Lock()
	since := d.known
	if !first && now.Sub(since) < catchUpEvery {
		d.mu.Unlock()
		return nil
	}
	d.known = now // the others go on with what is there
	d.mu.Unlock()
	if !first {
		since = since.Add(-overlap)
	}
	batch := make([]*Member, 0, store.MaxIDs)
	file := func() error {
		opened, err := m.openAll(ctx, org, batch)
		for _, o := range opened {
			d.index.Put(o.ID, shelf(o.Group, o.State), o.Name().Reveal())
		}
		batch = batch[:0]
		return err
	}
	err := members.ChangesSince(ctx, m.store.Org(org), since, func(doc *Member) error {
		batch = append(batch, doc)
		if len(batch) < cap(batch) {
			return nil
		}
		return file()
	})
	if err == nil {
		err = file()
	}
	if err != nil && !first {
		d.mu.Lock()
		d.known = since
		d.mu.Unlock()
	}
	return err
}

// Warm fills the index of an organisation before anybody waits for it.
func (m *Members) Warm(ctx context.Context, org string) error {
	_, err := m.directory(ctx, org)
	return err
}

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

// Count is how many people of a state are in each of the actor's groups.
func (m *Members) Count(ctx context.Context, a access.Actor, state State) (map[string]int, error) {
	if err := access.Decide(a, access.ReadDesk, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	index, err := m.directory(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int, len(a.Groups))
	for _, g := range a.Groups {
		counts[g] = index.Count(shelf(g, state))
	}
	return counts, nil
}
