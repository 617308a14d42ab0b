package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/id"
	"chautari/models/store"
)

const crowd = 200

// together runs fn from n goroutines at once and returns their errors.
func together(n int, fn func(i int) error) (failed []error) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			if err := fn(i); err != nil {
				mu.Lock()
				failed = append(failed, err)
				mu.Unlock()
			}
		})
	}
	close(start)
	wg.Wait()
	return failed
}

var errFull = errors.New("full")

// seats: the intake holds the count, each seat is a document of its own.
func seats(t *testing.T, open Open) {
	b := set(t, open)
	const capacity = 10
	b.insert(b.org, &thing{Meta: store.Meta{ID: "intake"}})
	failed := together(crowd, func(i int) error {
		return b.org.Tx(ctx, func(tx *store.Tx) error {
			_, err := things.Update(ctx, tx, "intake", func(d *thing) error {
				if d.Rank >= capacity {
					return errFull
				}
				d.Rank++
				return nil
			})
			if err != nil {
				return err
			}
			return others.Insert(ctx, tx, &thing{Meta: store.Meta{ID: id.New("seat")}, Kind: "seat", Rank: i})
		})
	})
	require.Len(t, failed, crowd-capacity)
	for _, err := range failed {
		require.ErrorIs(t, err, errFull)
	}
	n, err := others.Count(ctx, b.org, store.Query{Index: "rank", Equal: []any{"seat"}}, crowd)
	require.NoError(t, err)
	require.Equal(t, capacity, n)
}

func counter(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{})...)
	failed := together(crowd, func(int) error {
		return b.org.Tx(ctx, func(tx *store.Tx) error {
			_, err := things.Update(ctx, tx, "a", func(d *thing) error { d.Rank++; return nil })
			return err
		})
	})
	require.Empty(t, failed)
	d, err := things.Get(ctx, b.org, "a")
	require.NoError(t, err)
	require.Equal(t, crowd, d.Rank)
	require.Equal(t, int64(crowd+1), d.Version)
}

func slots(t *testing.T, open Open) {
	b := set(t, open)
	failed := together(crowd, func(i int) error {
		return b.org.Tx(ctx, func(tx *store.Tx) error {
			return things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: fmt.Sprint("claim-", i)}, Slot: "the only one"})
		})
	})
	require.Len(t, failed, crowd-1)
	for _, err := range failed {
		require.True(t, store.IsDuplicate(err, "slot"), "%v", err)
	}
	require.Len(t, b.all(b.org, store.Query{Index: "slot"}), 1)
	require.Len(t, b.all(b.org, store.Query{Index: store.ChangedIndex}), 1)
}

// skew: of two on duty each may leave if the other stays. Each transaction
// writes one document and only reads the other, so it must require it.
func skew(t *testing.T, open Open) {
	b := set(t, open)
	for round := range 20 {
		pair := []string{fmt.Sprint("x", round), fmt.Sprint("y", round)}
		b.insert(b.org, &thing{Meta: store.Meta{ID: pair[0]}, Rank: 1}, &thing{Meta: store.Meta{ID: pair[1]}, Rank: 1})
		failed := together(2, func(i int) error {
			return b.org.Tx(ctx, func(tx *store.Tx) error {
				other, err := things.Get(ctx, tx, pair[1-i])
				if err != nil {
					return err
				}
				if other.Rank == 0 {
					return errNo
				}
				if err := things.Require(ctx, tx, other); err != nil {
					return err
				}
				_, err = things.Update(ctx, tx, pair[i], func(d *thing) error { d.Rank = 0; return nil })
				return err
			})
		})
		require.Len(t, failed, 1)
		require.ErrorIs(t, failed[0], errNo)
	}
}
