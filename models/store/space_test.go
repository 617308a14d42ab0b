package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"chautari/models/clock"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// contested is an engine on which somebody else is always faster, n times.
type contested struct {
	store.Engine
	n    int
	runs int
}

func (c *contested) Tx(ctx context.Context, body func(store.Writer) error) error {
	if c.runs++; c.runs <= c.n {
		return fmt.Errorf("wrapped: %w", store.ErrConflict)
	}
	return c.Engine.Tx(ctx, body)
}

func TestAConflictIsRunAgain(t *testing.T) {
	e := &contested{Engine: storetest.SQLite(t, leaves.Spec()), n: 5}
	s := store.New(e, clock.At(epoch)).Org("org_a")
	require.NoError(t, s.Tx(ctx, func(tx *store.Tx) error {
		return leaves.Insert(ctx, tx, &leaf{Meta: store.Meta{ID: "a"}})
	}))
	require.Equal(t, 6, e.runs)
}

func TestEndlessConflictsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &contested{n: 1 << 30}
		s := store.New(e, clock.At(epoch)).Org("org_a")
		require.ErrorIs(t, s.Tx(ctx, func(*store.Tx) error { return nil }), store.ErrBusy)

		gone, cancel := context.WithCancel(ctx)
		cancel()
		tries := e.runs
		require.ErrorIs(t, s.Tx(gone, func(*store.Tx) error { return nil }), context.Canceled)
		require.Less(t, e.runs, tries+10, "nobody waits for who has left")
	})
}

func TestOtherErrorsAreNotRunAgain(t *testing.T) {
	e := &contested{Engine: storetest.SQLite(t, leaves.Spec())}
	s := store.New(e, clock.At(epoch)).Org("org_a")
	no := errors.New("no")
	require.ErrorIs(t, s.Tx(ctx, func(*store.Tx) error { return no }), no)
	require.Equal(t, 1, e.runs)
}

func TestFirstAndUpdate(t *testing.T) {
	storetest.Each(t, []*store.Spec{leaves.Spec()}, clock.At(epoch), func(t *testing.T, s *store.Store) {
		org := s.Org("org_a")
		q := store.Query{Index: "rank", Equal: []any{"k"}, Down: true}
		_, err := leaves.First(ctx, org, q)
		require.ErrorIs(t, err, store.ErrAbsent)
		require.NoError(t, org.Tx(ctx, func(tx *store.Tx) error {
			for i, id := range []string{"a", "b"} {
				if err := leaves.Insert(ctx, tx, &leaf{Meta: store.Meta{ID: id}, Kind: "k", Rank: i}); err != nil {
					return err
				}
			}
			return nil
		}))
		d, err := leaves.First(ctx, org, q)
		require.NoError(t, err)
		require.Equal(t, "b", d.ID)

		no := errors.New("no")
		err = org.Tx(ctx, func(tx *store.Tx) error {
			_, err := leaves.Update(ctx, tx, "a", func(d *leaf) error { d.Rank = 9; return no })
			return err
		})
		require.ErrorIs(t, err, no)
		err = org.Tx(ctx, func(tx *store.Tx) error {
			_, err := leaves.Update(ctx, tx, "none", func(*leaf) error { return nil })
			return err
		})
		require.ErrorIs(t, err, store.ErrAbsent)
		d, err = leaves.Get(ctx, org, "a")
		require.NoError(t, err)
		require.Zero(t, d.Rank)
		require.Equal(t, "org_a", org.Org())
	})
}
