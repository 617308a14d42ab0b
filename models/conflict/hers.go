package conflict

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what she declared herself. What others declared about her is theirs,
// and she never learns of it; whose sign-in name she typed is another's.
type Hers struct {
	Declared []HersDeclaration `json:"declared"`
	Asked    calendar.Date     `json:"asked,omitzero"` // day of her latest word
	None     []calendar.Date   `json:"none"`           // days on which she said that there is nothing
}

// HersDeclaration is one of them, in her own words.
type HersDeclaration struct {
	Kind  Kind          `json:"kind"`
	State State         `json:"state"`
	Since calendar.Date `json:"since"`
	Ended calendar.Date `json:"ended,omitzero"`
	Words string        `json:"words,omitempty"`
	Why   string        `json:"why,omitempty"` // why somebody else ended it
}

// Holds names the collections that declarations answer for before her rights.
func (c *Conflicts) Holds() []string { return []string{sheets.Spec().Name} }

// Hers is a *Hers; of whoever said nothing it is empty, as it is of whoever has
// a sheet only since others declared something.
func (c *Conflicts) Hers(ctx context.Context, v store.View, key *seal.Key, a access.Actor) (any, error) {
	sheet, err := sheetOf(ctx, v, a.Person)
	if err != nil {
		return nil, err
	}
	h := &Hers{Declared: []HersDeclaration{}, Asked: sheet.Asked, None: []calendar.Date{}}
	h.None = append(h.None, sheet.None...)
	for _, d := range sheet.Declared {
		r := opened(key, sheet.ID, d)
		if r.Damaged {
			return nil, seal.ErrUnreadable // a copy of all that is hers would lack it
		}
		h.Declared = append(h.Declared, HersDeclaration{
			Kind: d.Kind, State: d.State(), Since: d.Since, Ended: d.Ended, Words: r.Words.Reveal(), Why: r.Why.Reveal(),
		})
	}
	return h, nil
}

// Leave has nothing to give back.
func (c *Conflicts) Leave(context.Context, *store.Tx, access.Actor) error { return nil }

// Erase removes her sheet, and herself from those of others: what they declared
// about her ends.
func (c *Conflicts) Erase(ctx context.Context, tx *store.Tx, a access.Actor, _ int) (int, error) {
	sheet, err := sheets.Get(ctx, tx, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	for _, other := range others(sheet) {
		theirs, err := sheets.Get(ctx, tx, other)
		if errors.Is(err, store.ErrAbsent) {
			continue
		}
		if err != nil {
			return 0, err
		}
		theirs.By = slices.DeleteFunc(theirs.By, func(m Mirror) bool { return m.By == a.Person })
		for i := range theirs.Declared {
			if d := &theirs.Declared[i]; d.About == a.Person {
				d.About, d.Handle = "", nil
				if d.Ended.IsZero() {
					d.Ended = c.today()
				}
			}
		}
		if err := sheets.Replace(ctx, tx, theirs); err != nil {
			return 0, err
		}
	}
	return 1, sheets.Delete(ctx, tx, sheet)
}

// others are all who declared about her, and about whom she did, each once.
func others(sheet *Sheet) []string {
	var persons []string
	for _, m := range sheet.By {
		persons = append(persons, m.By)
	}
	for _, d := range sheet.Declared {
		if d.About != "" {
			persons = append(persons, d.About)
		}
	}
	slices.Sort(persons)
	return slices.Compact(persons)
}

// Stays: nothing does.
func (c *Conflicts) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
