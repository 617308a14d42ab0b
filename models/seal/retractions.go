package seal

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/calendar"
	"chautari/models/store"
)

// retraction is what the keys store knows of a thing that was taken back once:
// that it was, on which day, or that it was given again since. It outlives every
// copy of the data, so that what comes back with an older one is taken back
// again. Its id is a keyed hash: nothing in it tells what of whom it is about.
type retraction struct {
	store.Meta `bson:",inline"`
	Given      bool          `bson:"given,omitempty"`
	Day        calendar.Date `bson:"day"`   // of the last turn
	Heard      []string      `bson:"heard"` // the turns that it knows of
}

var retractions = store.Declare[retraction]("retractions").Daily()

// retractionHashes are the ids of things, in their order.
func (k *Keys) retractionHashes(ctx context.Context, org string, things []string) ([]string, error) {
	names := k.Hashes("what was taken back")
	hashes := make([]string, len(things))
	for i, thing := range things {
		var err error
		if hashes[i], err = names.Of(ctx, org, thing); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// AnyRetracted tells whether anything of an organisation was ever taken back.
func (k *Keys) AnyRetracted(ctx context.Context, org string) (bool, error) {
	n, err := retractions.Count(ctx, k.store.Org(org), store.Query{Index: store.ChangedIndex}, 1)
	return n > 0, err
}

// scoped is a view that knows its organisation.
type scoped interface {
	store.View
	Org() string
}

// Retracted tells which of things that the data has were taken back, and on
// which day. What the keys store has not heard of yet, since it was given just
// now, was not. In a transaction, things are read in it before this is asked;
// the answer then holds if they are unchanged when it commits.
func (k *Keys) Retracted(ctx context.Context, data scoped, things []string) (map[string]calendar.Date, error) {
	hashes, err := k.retractionHashes(ctx, data.Org(), things)
	if err != nil {
		return nil, err
	}
	pending := make(map[string]*notice, len(things))
	for page := range slices.Chunk(things, store.MaxIDs) {
		found, err := notices.GetMany(ctx, data, page)
		if err != nil {
			return nil, err
		}
		for _, n := range found {
			pending[n.ID] = n
		}
	}
	// Read after the notices: one that is gone from there is here.
	kept := map[string]*retraction{}
	for page := range slices.Chunk(hashes, store.MaxIDs) {
		found, err := retractions.GetMany(ctx, k.store.Org(data.Org()), page)
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			kept[r.ID] = r
		}
	}
	gone := map[string]calendar.Date{}
	for i, thing := range things {
		r, n := kept[hashes[i]], pending[thing]
		if r == nil || r.Given || n != nil && n.Given && !slices.Contains(r.Heard, n.turn()) {
			continue
		}
		gone[thing] = r.Day
	}
	return gone, nil
}

// Retractions hands over what is kept of an organisation, each for
// MergeRetractions elsewhere.
func (k *Keys) Retractions(ctx context.Context, org string, fn func(raw []byte) error) error {
	return retractions.Each(ctx, k.store.Org(org), store.Query{Index: store.ChangedIndex}, func(r *retraction) error {
		raw, err := bson.Marshal(r)
		if err != nil {
			return fmt.Errorf("seal: %w", err)
		}
		return fn(raw)
	})
}

// MergeRetractions takes in what another copy of the keys store has of an
// organisation, at most store.MaxIDs at a time. What has heard more is the
// later one; of two that each heard what the other didn't, it stays taken back
// if either says so.
func (k *Keys) MergeRetractions(ctx context.Context, org string, raw ...[]byte) error {
	if len(raw) == 0 {
		return nil
	}
	theirs := make([]*retraction, len(raw))
	for i, b := range raw {
		theirs[i] = &retraction{}
		if err := bson.Unmarshal(b, theirs[i]); err != nil {
			return fmt.Errorf("seal: this is no retraction: %w", err)
		}
	}
	return k.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		for _, r := range theirs {
			has, err := retractions.Get(ctx, tx, r.ID)
			if errors.Is(err, store.ErrAbsent) {
				fresh := *r
				fresh.Meta = store.Meta{ID: r.ID}
				err = retractions.Insert(ctx, tx, &fresh)
				if store.IsDuplicate(err, "id") {
					return store.ErrConflict
				}
			} else if err == nil && has.merge(r) {
				err = retractions.Replace(ctx, tx, has)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// merge takes in what another copy says, and tells whether anything is new.
func (r *retraction) merge(other *retraction) bool {
	all := together(r.Heard, other.Heard)
	if len(all) == len(r.Heard) {
		return false
	}
	if len(all) == len(other.Heard) || r.Given && !other.Given {
		r.Given, r.Day = other.Given, other.Day
	}
	r.Heard = all
	return true
}

// together are all of both, each once.
func together(one, other []string) []string {
	all := slices.Clone(one)
	for _, o := range other {
		if !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}
