package seal

import (
	"context"
	"errors"

	"chautari/models/store"
)

// doomed is an id whose key must be destroyed: written in the data store, in
// the transaction that removes the person, since no transaction reaches over
// both stores. So a stop between the two leaves no key behind.
type doomed struct {
	store.Meta `bson:",inline"`
}

var doomedKeys = store.Declare[doomed]("doomed_keys").Daily().Guarded()

// Specs are the collections of this package in the data store.
func Specs() []*store.Spec { return []*store.Spec{doomedKeys.Spec(), notices.Spec()} }

// Doom notes in a transaction of the data store that these keys go.
func Doom(ctx context.Context, tx *store.Tx, ids ...string) error {
	for _, id := range ids {
		_, err := doomedKeys.Get(ctx, tx, id)
		if errors.Is(err, store.ErrAbsent) {
			err = doomedKeys.InsertOver(ctx, tx, &doomed{Meta: store.Meta{ID: id}})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// DestroyDoomed destroys at most limit keys that Doom noted in the data of an
// organisation, and says how many.
func (k *Keys) DestroyDoomed(ctx context.Context, data *store.Space, limit int) (int, error) {
	due, _, err := doomedKeys.Find(ctx, data, store.Query{Index: store.ChangedIndex, Limit: limit})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	ids := make([]string, len(due))
	for i, d := range due {
		ids[i] = d.ID
	}
	if err := k.Destroy(ctx, data.Org(), ids...); err != nil {
		return 0, err
	}
	return len(due), data.Tx(ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			d, err := doomedKeys.Get(ctx, tx, id)
			if errors.Is(err, store.ErrAbsent) {
				continue
			}
			if err != nil {
				return err
			}
			if err := doomedKeys.Delete(ctx, tx, d); err != nil {
				return err
			}
		}
		return nil
	})
}
