package seal

import (
	"context"

	"chautari/models/store"
)

// LoseSecret takes an organisation's secret out of a keys store.
func LoseSecret(ctx context.Context, s *store.Store, org string) error {
	return s.System().Tx(ctx, func(tx *store.Tx) error {
		doc, err := organisationSecrets.Get(ctx, tx, org)
		if err != nil {
			return err
		}
		return organisationSecrets.Delete(ctx, tx, doc)
	})
}

// PutBack writes a wrapped key as it lies in another keys store, as a restored
// copy does.
func PutBack(ctx context.Context, from, to *store.Store, org, id string) error {
	doc, err := wrappedKeys.Get(ctx, from.Org(org), id)
	if err != nil {
		return err
	}
	return to.Org(org).Tx(ctx, func(tx *store.Tx) error {
		if _, err := wrappedKeys.Get(ctx, tx, id); err == nil {
			return nil
		}
		return wrappedKeys.Insert(ctx, tx, &wrapped{Meta: store.Meta{ID: id}, Key: doc.Key})
	})
}

// Has tells whether a wrapped key lies in a store.
func Has(ctx context.Context, s *store.Store, org, id string) bool {
	_, err := wrappedKeys.Get(ctx, s.Org(org), id)
	return err == nil
}

// Due counts what Doom noted and nobody destroyed yet.
func Due(ctx context.Context, v store.View) (int, error) {
	return doomedKeys.Count(ctx, v, store.Query{Index: store.ChangedIndex}, store.MaxLimit)
}

// MoveWrapped copies a wrapped key as it lies there to another organisation.
func MoveWrapped(ctx context.Context, s *store.Store, from, to, id string) error {
	doc, err := wrappedKeys.Get(ctx, s.Org(from), id)
	if err != nil {
		return err
	}
	return s.Org(to).Tx(ctx, func(tx *store.Tx) error {
		return wrappedKeys.Insert(ctx, tx, &wrapped{Meta: store.Meta{ID: id}, Key: doc.Key})
	})
}
