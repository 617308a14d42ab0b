package register

import (
	"context"
	"errors"
	"time"

	"chautari/models/seal"
	"chautari/models/store"
)

// remove takes an import and all that belongs to it away; its key goes after.
func remove(ctx context.Context, tx *store.Tx, imp *Import) error {
	of := store.Query{Index: "import", Equal: []any{imp.ID}}
	for _, part := range []func(context.Context, *store.Tx, store.Query, int) (int, error){chunks.DeleteRange, batches.DeleteRange} {
		for {
			n, err := part(ctx, tx, of, store.MaxLimit)
			if err != nil {
				return err
			}
			if n < store.MaxLimit {
				break
			}
		}
	}
	if err := imports.Delete(ctx, tx, imp); err != nil {
		return err
	}
	return seal.Doom(ctx, tx, imp.ID)
}

// How long what a file said is kept: a draft that nobody works on, and an
// import that can still be undone.
const (
	draftAge  = 7 * 24 * time.Hour
	closedAge = 30 * 24 * time.Hour
)

// Expire throws away what is too old to be looked at or undone.
func (r *Registers) Expire(ctx context.Context, org string) error {
	for state, age := range map[State]time.Duration{Draft: draftAge, Committed: closedAge, Stopped: closedAge, Undone: closedAge} {
		old, _, err := imports.Find(ctx, r.store.Org(org), store.Query{
			Index: "state", Equal: []any{string(state)}, Until: r.clock.Now().Add(-age), Limit: store.MaxLimit,
		})
		if err != nil {
			return err
		}
		for _, imp := range old {
			err := r.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
				now, err := imports.Get(ctx, tx, imp.ID)
				if errors.Is(err, store.ErrAbsent) {
					return nil
				}
				if err != nil || now.State != state {
					return err
				}
				return remove(ctx, tx, now)
			})
			if err != nil {
				return err
			}
			r.readings.drop(imp.ID)
			if err := r.keys.Destroy(ctx, org, imp.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
