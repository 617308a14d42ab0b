package register

import (
	"context"
	"errors"
	"strconv"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/register/sheet"
	"chautari/models/store"
)

// Report is an import with how its file was read and what becomes of its rows.
type Report struct {
	*Import
	Said    Said
	Table   *sheet.Table
	Reading *sheet.Reading
	Counts  Counts
	Total   int // rows of the file
}

// Said is what the coordinator chose, as far as it is shown.
type Said struct{ Mode Mode }

// Earlier is the row of the same file that another one seems to repeat.
type Earlier struct {
	sheet.Row
	Group *organisation.Group
}

// Look shows an import. Before the commit the counts are what would become of
// the rows; after it, what became of them.
func (r *Registers) Look(ctx context.Context, a access.Actor, importID string) (*Report, error) {
	imp, err := r.find(ctx, a, importID)
	if err != nil {
		return nil, err
	}
	v, err := r.read(ctx, a, imp)
	if err != nil {
		return nil, err
	}
	rep := &Report{Import: imp, Said: Said{Mode: v.said.Mode}, Table: v.table, Reading: v.reading, Counts: imp.Counts, Total: len(v.rows)}
	if imp.State == Draft {
		rep.Counts = count(v.verdicts)
	}
	return rep, nil
}

// RowReport is one row with its fate.
type RowReport struct {
	sheet.Row
	Verdict
	Group    *organisation.Group
	Earlier  *Earlier // the row of this file that she seems to be
	Decision Decision
	Mended   bool
}

// rowsOf gives all that is needed to show the rows of an import.
func (r *Registers) rowsOf(ctx context.Context, a access.Actor, importID string) (rows int, row func(int) RowReport, err error) {
	imp, err := r.find(ctx, a, importID)
	if err != nil {
		return 0, nil, err
	}
	v, err := r.read(ctx, a, imp)
	if err != nil {
		return 0, nil, err
	}
	outcomes, err := r.outcomes(ctx, a.Org, imp)
	if err != nil {
		return 0, nil, err
	}
	tree, err := r.orgs.Tree(ctx, a.Org)
	if err != nil {
		return 0, nil, err
	}
	return len(v.rows), func(i int) RowReport { return v.row(i, outcomes, tree) }, nil
}

// Rows lists the rows of an import in the order of the file, all or those of
// one fate. It is noted once a page that they were read.
func (r *Registers) Rows(ctx context.Context, a access.Actor, importID string, fate Fate, limit int, after store.Cursor) ([]RowReport, store.Cursor, error) {
	rows, row, err := r.rowsOf(ctx, a, importID)
	if err != nil {
		return nil, "", err
	}
	start, err := placeOf(after)
	if err != nil {
		return nil, "", err
	}
	page := []RowReport{}
	next := store.Cursor("")
	for i := start; i < rows; i++ {
		rep := row(i)
		if fate != "" && rep.Fate != fate {
			continue
		}
		if len(page) == limit {
			next = cursorAt(i)
			break
		}
		page = append(page, rep)
	}
	err = r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		return r.audit.Saw(ctx, tx, a, access.ReadRegister, []string{importID})
	})
	return page, next, err
}

// Row shows one row, found by its key.
func (r *Registers) Row(ctx context.Context, a access.Actor, importID string, key int) (*RowReport, error) {
	rows, row, err := r.rowsOf(ctx, a, importID)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rep := row(i); rep.Key == key {
			return &rep, nil
		}
	}
	return nil, access.Refused
}

// row puts together what is known of one row.
func (v *view) row(i int, outcomes map[int]outcome, tree *organisation.Tree) RowReport {
	rep := RowReport{Row: v.rows[i], Verdict: v.verdicts[i], Decision: v.said.Decisions[v.rows[i].Key]}
	if rep.Decision == "" {
		rep.Decision = Auto
	}
	_, rep.Mended = v.said.Mended[rep.Key]
	rep.Group = tree.Get(rep.GroupID)
	if rep.SameAs != nil {
		earlier := v.rows[v.places[*rep.SameAs]]
		rep.Earlier = &Earlier{Row: earlier, Group: tree.Get(earlier.GroupID)}
	}
	if o, ok := outcomes[rep.Key]; ok {
		rep.Fate, rep.Reason, rep.Fields = o.Fate, o.Reason, o.Fields
		if o.Person != "" {
			rep.Same = &member.Known{ID: o.Person, Name: rep.Name}
		}
	}
	return rep
}

// outcomes are what became of the rows that are committed already, by key.
func (r *Registers) outcomes(ctx context.Context, org string, imp *Import) (map[int]outcome, error) {
	if imp.State == Draft {
		return nil, nil
	}
	all := make(map[int]outcome, imp.Rows)
	err := batches.Each(ctx, r.store.Org(org), store.Query{Index: "import", Equal: []any{imp.ID}}, func(b *batch) error {
		for _, o := range b.Outcomes {
			all[o.Key] = o
		}
		return nil
	})
	return all, err
}

// A page of rows ends at a place in the file.
func cursorAt(i int) store.Cursor { return store.Cursor("r" + strconv.Itoa(i)) }

func placeOf(c store.Cursor) (int, error) {
	if c == "" {
		return 0, nil
	}
	if len(c) < 2 || c[0] != 'r' {
		return 0, store.ErrCursor
	}
	i, err := strconv.Atoi(string(c[1:]))
	if err != nil || i < 0 || i > sheet.MaxRows {
		return 0, errors.Join(store.ErrCursor, fault.New(fault.Malformed, "list.cursor_invalid"))
	}
	return i, nil
}

// CountOpen is how many of the actor's imports wait for her, up to 100.
func (r *Registers) CountOpen(ctx context.Context, a access.Actor) (int, error) {
	drafts, _, err := r.List(ctx, a, store.MaxLimit, "")
	open := 0
	for _, d := range drafts {
		if d.State == Draft {
			open++
		}
	}
	return open, err
}
