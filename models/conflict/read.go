package conflict

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Read is a declaration with its texts opened. What stands below Words is there
// for whoever reads those of others: in her own ones a sign-in name would tell
// her what its owner is called.
type Read struct {
	Declaration
	Handle seal.Clear // hers alone
	Words  seal.Clear
	Why    seal.Clear // why somebody else ended it

	Damaged bool // a text of it can't be read any more

	By        string // person who declared it
	Declarer  seal.Clear
	Role      access.Role // as what she works here
	Person    seal.Clear  // whom it is about; empty while that isn't known
	MaySettle bool
	MayEnd    bool // as one that has no ground
}

// readBy is a declaration of somebody, as those who settle read it.
func readBy(by string, role access.Role, d Declaration) *Read {
	return &Read{Declaration: d, By: by, Role: role, MaySettle: d.State() == Open, MayEnd: d.State() != Ended}
}

// Own is what the actor declared, the latest first, and the day of her latest
// word on it, the zero Date when she never said anything.
func (c *Conflicts) Own(ctx context.Context, a access.Actor) (all []*Read, asked calendar.Date, err error) {
	if err := own(a); err != nil {
		return nil, asked, err
	}
	sheet, err := sheetOf(ctx, c.store.Org(a.Org), a.Person)
	if err != nil {
		return nil, asked, err
	}
	key, err := c.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return nil, asked, err
	}
	for _, d := range slices.Backward(sheet.Declared) {
		all = append(all, opened(key, sheet.ID, d))
	}
	return all, sheet.Asked, nil
}

// own asks whether the actor declares anything of herself.
func own(a access.Actor) error {
	return access.Decide(a, access.DeclareConflict, access.Facts{Org: a.Org, Own: a.Person != ""})
}

// opened opens the texts of a declaration, as far as they do.
func opened(key *seal.Key, sheet string, d Declaration) *Read {
	r := &Read{Declaration: d}
	r.Handle = key.Readable(sheet, d.field("handle"), d.Handle, &r.Damaged)
	r.Words = key.Readable(sheet, d.field("words"), d.Words, &r.Damaged)
	r.Why = key.Readable(sheet, d.field("why"), d.Why, &r.Damaged)
	return r
}

// HasDeclared tells whether somebody declared, or said that there is nothing,
// within the last year: before she handles a grievance she must have.
func HasDeclared(ctx context.Context, v store.View, person string, today calendar.Date) (bool, error) {
	sheet, err := sheetOf(ctx, v, person)
	return err == nil && !sheet.Asked.IsZero() && sheet.Asked.Age(today) < 1, err
}

// Others is a page of what others declared and the actor may read, the earliest
// first. It leaves one entry in the trail, with the ids of the declarations and
// of who made them, never of whom they are about.
func (c *Conflicts) Others(ctx context.Context, a access.Actor, limit int, after store.Cursor) (all []*Read, next store.Cursor, err error) {
	// Nothing is known yet of a declaration: of somebody else's, and of hers whom she may read.
	if err := access.Decide(a, access.ReadConflicts, access.Facts{Org: a.Org, Assigned: true, Apart: a.Person != ""}); err != nil {
		return nil, "", c.refuse(ctx, a, access.ReadConflicts, "", err)
	}
	from, err := place(after)
	if err != nil {
		return nil, "", err
	}
	var seen []string
	err = c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		all, next, seen = nil, "", nil
		mine, err := sheetOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		var kept []*Read
		err = sheets.Each(ctx, tx, store.Query{Index: "first"}, func(s *Sheet) error {
			f, role, err := c.facts(ctx, tx, a, s.ID)
			if err != nil {
				return err
			}
			for _, d := range s.Declared {
				f.Apart = readable(mine, s.ID, d)
				if access.Decide(a, access.ReadConflicts, f) == nil {
					kept = append(kept, readBy(s.ID, role, d))
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		slices.SortFunc(kept, func(x, y *Read) int { return cmp.Or(x.Since.Compare(y.Since), cmp.Compare(x.ID, y.ID)) })
		kept = slices.DeleteFunc(kept, func(r *Read) bool { return !from.before(r) })
		if len(kept) > limit {
			kept = kept[:limit]
			if next, err = placeOf(kept[limit-1]); err != nil {
				return err
			}
		}
		all = kept
		for _, r := range kept {
			seen = append(seen, r.ID, r.By)
		}
		slices.Sort(seen)
		return c.audit.Saw(ctx, tx, a, access.ReadConflicts, slices.Compact(seen))
	})
	if err != nil {
		return nil, "", err
	}
	return all, next, c.fill(ctx, a.Org, all)
}

// readable tells whether a declaration is one that the reader whose own sheet is
// mine may see: neither hers nor about her, and of and about nobody to whom she
// herself said that she is too close. What others declared about her doesn't
// count here: she would learn of it by what is missing.
func readable(mine *Sheet, by string, d Declaration) bool {
	chosen := append(mine.chosen(), mine.ID)
	return !slices.Contains(chosen, by) && !slices.Contains(chosen, d.About)
}

// facts are what is known of the one who declares: it lies in the board's hands
// where she is focal point or deputy. Who has no account any more has no role.
func (c *Conflicts) facts(ctx context.Context, v store.View, a access.Actor, by string) (access.Facts, access.Role, error) {
	f := access.Facts{Org: a.Org}
	acc, err := account.OfPerson(ctx, v, by)
	if errors.Is(err, store.ErrAbsent) {
		return f, "", nil
	}
	if err != nil {
		return f, "", err
	}
	var role access.Role
	for _, r := range acc.Roles {
		if r == access.FocalPoint || r == access.Deputy {
			f.Assigned = true
		}
		if slices.Index(access.Roles, r) > slices.Index(access.Roles, role) {
			role = r
		}
	}
	return f, role, nil
}

// fill puts the texts and names to declarations of others. Whose key was
// destroyed left nothing to read.
func (c *Conflicts) fill(ctx context.Context, org string, all []*Read) error {
	var persons []string
	for _, r := range all {
		persons = append(persons, r.By, r.About)
	}
	slices.Sort(persons)
	persons = slices.DeleteFunc(slices.Compact(persons), func(p string) bool { return p == "" })
	keys, names := map[string]*seal.Key{}, map[string]seal.Clear{}
	for ids := range slices.Chunk(persons, store.MaxIDs) {
		page, err := c.keys.Many(ctx, org, ids)
		if err != nil {
			return err
		}
		for p, k := range page {
			keys[p] = k
		}
		called, err := c.names(ctx, c.store.Org(org), org, ids)
		if err != nil {
			return err
		}
		for p, n := range called {
			names[p] = n
		}
	}
	for _, r := range all {
		r.Declarer, r.Person = names[r.By], names[r.About]
		key := keys[r.By]
		if key == nil {
			continue
		}
		o := opened(key, r.By, r.Declaration)
		r.Words, r.Why, r.Damaged = o.Words, o.Why, o.Damaged
	}
	return nil
}

// spot is where a page of others' declarations begins: after one of a day.
type spot struct{ since, id string }

const placeIndex = "since"

func (s spot) before(r *Read) bool {
	return cmp.Or(cmp.Compare(s.since, r.Since.String()), cmp.Compare(s.id, r.ID)) < 0
}

func placeOf(r *Read) (store.Cursor, error) {
	return store.NewCursor(placeIndex, []any{r.Since.String()}, r.ID)
}

func place(after store.Cursor) (spot, error) {
	if after == "" {
		return spot{}, nil
	}
	values, id, err := after.Position(placeIndex, 1)
	if err != nil {
		return spot{}, err
	}
	since, ok := values[0].(string)
	if !ok {
		return spot{}, store.ErrCursor
	}
	return spot{since, id}, nil
}
