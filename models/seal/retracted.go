package seal

import (
	"context"
	"errors"
	"slices"

	"chautari/models/calendar"
	"chautari/models/id"
	"chautari/models/store"
)

// notice says of a thing (a yes, a role, a way in) that it was taken back, or
// given again. It is written in the data store, in the transaction that does it,
// and brought to the keys store soon after, since no transaction reaches over
// both stores. Its id names the thing.
type notice struct {
	store.Meta `bson:",inline"`
	Given      bool     `bson:"given,omitempty"`
	Turns      []string `bson:"turns"` // a random one for each time that it turned, the last one last
}

func (n *notice) turn() string { return n.Turns[len(n.Turns)-1] }

var notices = store.Declare[notice]("retraction_notices").Daily().Guarded()

// Retract notes in a transaction of the data store that these things are taken
// back. A thing is named by a random id and what it is of that, so that its hash
// can't be guessed.
func Retract(ctx context.Context, tx *store.Tx, things ...string) error {
	return turn(ctx, tx, false, things)
}

// Regrant notes in a transaction of the data store that these things are given,
// for those that may have been taken back before.
func Regrant(ctx context.Context, tx *store.Tx, things ...string) error {
	return turn(ctx, tx, true, things)
}

func turn(ctx context.Context, tx *store.Tx, given bool, things []string) error {
	for _, thing := range things {
		now := id.New("ret")
		n, err := notices.Get(ctx, tx, thing)
		switch {
		case errors.Is(err, store.ErrAbsent):
			err = notices.InsertOver(ctx, tx, &notice{Meta: store.Meta{ID: thing}, Given: given, Turns: []string{now}})
		case err == nil:
			n.Given, n.Turns = given, append(n.Turns, now)
			err = notices.Replace(ctx, tx, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// KeepRetracted brings at most limit notices in the data of an organisation to
// the keys store, and says how many. Several may do it at once, and a stop
// between the stores loses nothing.
func (k *Keys) KeepRetracted(ctx context.Context, data *store.Space, limit int) (int, error) {
	due, _, err := notices.Find(ctx, data, store.Query{Index: store.ChangedIndex, Limit: limit})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	things := make([]string, len(due))
	for i, n := range due {
		things[i] = n.ID
	}
	hashes, err := k.retractionHashes(ctx, data.Org(), things)
	if err != nil {
		return 0, err
	}
	err = k.store.Org(data.Org()).Tx(ctx, func(tx *store.Tx) error {
		for i, n := range due {
			if err := keep(ctx, tx, hashes[i], n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(due), data.Tx(ctx, func(tx *store.Tx) error {
		for _, n := range due {
			now, err := notices.Get(ctx, tx, n.ID)
			if errors.Is(err, store.ErrAbsent) {
				continue
			}
			if err != nil {
				return err
			}
			if now.turn() != n.turn() {
				continue // it turned meanwhile
			}
			if err := notices.Delete(ctx, tx, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// keep writes what a notice says, unless the keys store has heard it before: then
// it knows that, or what came later, since a notice goes only once it was heard
// and otherwise stands in the next one.
func keep(ctx context.Context, tx *store.Tx, hash string, n *notice) error {
	day := calendar.Of(n.Changed)
	has, err := retractions.Get(ctx, tx, hash)
	if errors.Is(err, store.ErrAbsent) {
		err = retractions.Insert(ctx, tx, &retraction{Meta: store.Meta{ID: hash}, Given: n.Given, Day: day, Heard: n.Turns})
		if store.IsDuplicate(err, "id") {
			return store.ErrConflict
		}
		return err
	}
	if err != nil || slices.Contains(has.Heard, n.turn()) {
		return err
	}
	has.Given, has.Day = n.Given, day
	has.Heard = together(has.Heard, n.Turns)
	return retractions.Replace(ctx, tx, has)
}
