package archive

import (
	"context"
	"errors"

	"chautari/models/store"
)

// arrival stands in the server's own space while something is being brought in:
// a whole backup, or an organisation under its id. It is removed last.
type arrival struct {
	store.Meta `bson:",inline"`
}

var arrivals = store.Declare[arrival]("arrivals").Passing()

// whole is the id of a restore's arrival.
const whole = "restore"

// Specs are the collections of this package, in the data store.
func Specs() []*store.Spec { return []*store.Spec{arrivals.Spec()} }

// ErrUnfinished: a restore was cut short; nothing may be served from it.
var ErrUnfinished = errors.New("a restore into this store was begun and not finished: run `server restore` again, with the same files")

// Finished errs with ErrUnfinished while a restore is under way or was cut short.
func Finished(ctx context.Context, data *store.Store) error {
	under, err := underWay(ctx, data, whole)
	if err == nil && under {
		err = ErrUnfinished
	}
	return err
}

func underWay(ctx context.Context, data *store.Store, id string) (bool, error) {
	_, err := arrivals.Get(ctx, data.System(), id)
	if errors.Is(err, store.ErrAbsent) {
		return false, nil
	}
	return err == nil, err
}

func begin(ctx context.Context, data *store.Store, id string) error {
	return data.System().Tx(ctx, func(tx *store.Tx) error {
		_, err := arrivals.Get(ctx, tx, id)
		if errors.Is(err, store.ErrAbsent) {
			err = arrivals.Insert(ctx, tx, &arrival{Meta: store.Meta{ID: id}})
		}
		return err
	})
}

func end(ctx context.Context, data *store.Store, id string) error {
	return data.System().Tx(ctx, func(tx *store.Tx) error {
		a, err := arrivals.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		return arrivals.Delete(ctx, tx, a)
	})
}
