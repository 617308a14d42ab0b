package seal

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"chautari/models/store"
)

// tombstone says that the key of this id was destroyed, and on which day. It
// outlives every copy of the key: a key beside its tombstone is not opened,
// whatever was restored.
type tombstone struct {
	store.Meta `bson:",inline"`
}

var tombstones = store.Declare[tombstone]("tombstones").Daily()

// ErrBuried: a key of this id was destroyed, and none is made again.
var ErrBuried = errors.New("seal: the key of this id was destroyed")

// Destroy removes the keys of persons (or imports, or grievances), from the
// store's files as well, and leaves tombstones; what was sealed with them is
// unreadable from then on, in any copy.
func (k *Keys) Destroy(ctx context.Context, org string, ids ...string) error {
	return k.remove(ctx, org, ids, true)
}

// Bury is Destroy for tombstones that another copy of the keys store has. An id
// without a key gets its tombstone too.
func (k *Keys) Bury(ctx context.Context, org string, ids ...string) error {
	return k.remove(ctx, org, ids, true)
}

// Discard removes keys with which nothing was stored. They leave no tombstones.
func (k *Keys) Discard(ctx context.Context, org string, ids ...string) error {
	return k.remove(ctx, org, ids, false)
}

// Tombstones hands over every destroyed id and the day on which it was, as the instant at which it began in Nepal.
func (k *Keys) Tombstones(ctx context.Context, org string, fn func(id string, day time.Time) error) error {
	return tombstones.Each(ctx, k.store.Org(org), store.Query{Index: store.ChangedIndex}, func(t *tombstone) error {
		return fn(t.ID, t.Changed)
	})
}

// Buried tells which of any number of ids have a tombstone.
func (k *Keys) Buried(ctx context.Context, org string, ids []string) (map[string]bool, error) {
	gone := map[string]bool{}
	for page := range slices.Chunk(ids, store.MaxIDs) {
		found, err := buried(ctx, k.store.Org(org), page)
		if err != nil {
			return nil, err
		}
		maps.Copy(gone, found)
	}
	return gone, nil
}

// atOnce is how many keys one transaction removes.
const atOnce = 25

func (k *Keys) remove(ctx context.Context, org string, ids []string, bury bool) error {
	if len(ids) == 0 {
		return nil
	}
	for page := range slices.Chunk(ids, atOnce) {
		err := k.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
			if err := countLoss(ctx, tx); err != nil {
				return err
			}
			for _, id := range slices.Compact(slices.Sorted(slices.Values(page))) {
				if bury {
					if err := raise(ctx, tx, id); err != nil {
						return err
					}
				}
				doc, err := wrappedKeys.Get(ctx, tx, id)
				if errors.Is(err, store.ErrAbsent) {
					continue
				}
				if err != nil {
					return err
				}
				if err := wrappedKeys.Delete(ctx, tx, doc); err != nil {
					return err
				}
			}
			return nil
		})
		k.drop(org, page)
		if err != nil {
			return err
		}
	}
	return k.store.Settle(ctx)
}

func raise(ctx context.Context, tx *store.Tx, id string) error {
	_, err := tombstones.Get(ctx, tx, id)
	if errors.Is(err, store.ErrAbsent) {
		err = tombstones.Insert(ctx, tx, &tombstone{Meta: store.Meta{ID: id}})
		if store.IsDuplicate(err, "id") {
			return store.ErrConflict
		}
	}
	return err
}

// drop takes keys out of memory.
func (k *Keys) drop(org string, ids []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.destroyed++
	for _, id := range ids {
		delete(k.opened, org+"/"+id)
		delete(k.older, org+"/"+id)
	}
}

// buried tells which of at most store.MaxIDs ids have a tombstone.
func buried(ctx context.Context, v store.View, ids []string) (map[string]bool, error) {
	found, err := tombstones.GetMany(ctx, v, ids)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	gone := make(map[string]bool, len(found))
	for _, t := range found {
		gone[t.ID] = true
	}
	return gone, nil
}
