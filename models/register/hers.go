package register

import (
	"context"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what is kept of her here: the old lists that she brought herself, as
// a coordinator. What stands in them is of others.
type Hers struct {
	Brought []HersImport `json:"brought"`
}

// HersImport is one of them.
type HersImport struct {
	On    time.Time `json:"on"`
	State State     `json:"state"`
	Rows  int       `json:"rows"`
}

// Holds names the collections that old registers answer for before her rights.
func (r *Registers) Holds() []string {
	return []string{imports.Spec().Name, chunks.Spec().Name, batches.Spec().Name}
}

// Hers is a *Hers.
func (r *Registers) Hers(ctx context.Context, v store.View, _ *seal.Key, a access.Actor) (any, error) {
	h := &Hers{Brought: []HersImport{}}
	return h, imports.Each(ctx, v, store.Query{Index: "by", Equal: []any{a.Account}}, func(i *Import) error {
		h.Brought = append(h.Brought, HersImport{On: i.Created, State: i.State, Rows: i.Rows})
		return nil
	})
}

// Leave has nothing to give back: work on an import stops when its account is shut.
func (r *Registers) Leave(context.Context, *store.Tx, access.Actor) error { return nil }

// Erase removes the lists that she brought, one at a time: nobody else can open
// or undo them. Whoever came in with them stays.
func (r *Registers) Erase(ctx context.Context, tx *store.Tx, a access.Actor, _ int) (int, error) {
	found, _, err := imports.Find(ctx, tx, store.Query{Index: "by", Equal: []any{a.Account}, Limit: 1})
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return 1, remove(ctx, tx, found[0])
}

// Stays tells until when old lists lie here, sealed, in which she may stand too.
// They aren't opened to look.
func (r *Registers) Stays(ctx context.Context, v store.View, _ access.Actor) (map[string]calendar.Date, error) {
	var last time.Time
	err := imports.Each(ctx, v, store.Query{Index: store.ChangedIndex}, func(i *Import) error {
		age := closedAge
		if i.State == Draft {
			age = draftAge
		}
		if goes := i.Since.Add(age); goes.After(last) {
			last = goes
		}
		return nil
	})
	if err != nil || last.IsZero() {
		return nil, err
	}
	return map[string]calendar.Date{"old_lists": calendar.Of(last)}, nil
}
