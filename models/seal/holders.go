package seal

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"chautari/models/store"
)

// holder is a running server: which wrapping keys its key file had when it
// started, and which it wraps with. Its id is random and of one run.
type holder struct {
	store.Meta `bson:",inline"`
	Knows      []string `bson:"knows"`
	Wraps      string   `bson:"wraps"`
}

var holders = store.Declare[holder]("key_holders").Passing().Passing()

// KeyHolders is the collection that speaks of running servers: it belongs into
// no copy of the keys store.
var KeyHolders = holders.Spec().Name

// Alive is how long a server counts as running after it last said so; Hold is
// called much more often.
const Alive = 5 * time.Minute

func (w *wrappingKey) name() string { return strconv.FormatUint(uint64(w.id), 10) }

// Hold says that this server runs and which wrapping keys it has, and picks up
// which of them is in use now. ErrOtherKey when that is none of them; then it
// wraps nothing more, since the key that it has is about to be destroyed.
func (k *Keys) Hold(ctx context.Context, instance string) error {
	err := k.Verify(ctx)
	k.behind.Store(errors.Is(err, ErrOtherKey))
	if err != nil {
		return err
	}
	var knows []string
	for _, key := range k.master.keys {
		knows = append(knows, key.name())
	}
	return k.store.System().Tx(ctx, func(tx *store.Tx) error {
		doc, err := holders.Get(ctx, tx, instance)
		if errors.Is(err, store.ErrAbsent) {
			return holders.Insert(ctx, tx, &holder{Meta: store.Meta{ID: instance}, Knows: knows, Wraps: k.wraps.Load().name()})
		}
		if err != nil {
			return err
		}
		doc.Knows, doc.Wraps = knows, k.wraps.Load().name()
		return holders.Replace(ctx, tx, doc)
	})
}

// Release says that this server stops.
func (k *Keys) Release(ctx context.Context, instance string) error {
	return k.releaseIf(ctx, func(h *holder) bool { return h.ID == instance })
}

// ReleaseAll forgets every server; for who knows that none runs.
func (k *Keys) ReleaseAll(ctx context.Context) error {
	return k.releaseIf(ctx, func(*holder) bool { return true })
}

func (k *Keys) releaseIf(ctx context.Context, goes func(*holder) bool) error {
	return k.store.System().Tx(ctx, func(tx *store.Tx) error {
		var leaving []*holder
		err := holders.Each(ctx, tx, store.Query{Index: store.ChangedIndex}, func(h *holder) error {
			if goes(h) {
				leaving = append(leaving, h)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, h := range leaving {
			if err := holders.Delete(ctx, tx, h); err != nil {
				return err
			}
		}
		return nil
	})
}

// Behind counts the running servers that don't have the newest wrapping key,
// and those that have it but don't wrap with it yet.
func (k *Keys) Behind(ctx context.Context) (without, notUsing int, err error) {
	newest := k.master.newest().name()
	err = holders.ChangesSince(ctx, k.store.System(), k.store.Now().Add(-Alive), func(h *holder) error {
		switch {
		case !slices.Contains(h.Knows, newest):
			without++
		case h.Wraps != newest:
			notUsing++
		}
		return nil
	})
	return without, notUsing, err
}
