package report

import (
	"context"

	"chautari/models/store"
)

// LoseCopies removes every copy from a supporting body's space, as if the server
// had stopped before they were made.
func LoseCopies(ctx context.Context, space *store.Space) error {
	return space.Tx(ctx, func(tx *store.Tx) error {
		_, err := results.DeleteRange(ctx, tx, store.Query{Index: store.ChangedIndex}, store.MaxLimit)
		return err
	})
}

// Alter changes a stored release behind everybody's back.
func Alter(ctx context.Context, space *store.Space, release string, change func(*Release)) error {
	return space.Tx(ctx, func(tx *store.Tx) error {
		_, err := releases.Update(ctx, tx, release, func(doc *Release) error {
			change(doc)
			return nil
		})
		return err
	})
}
