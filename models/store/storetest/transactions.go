package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

var errNo = errors.New("no")

func ownWrites(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{Kind: "k", Rank: 1}, &thing{Kind: "k", Rank: 2})...)
	require.NoError(t, b.org.Tx(ctx, func(tx *store.Tx) error {
		if err := things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "new"}, Kind: "k", Rank: 3, Slot: "s"}); err != nil {
			return err
		}
		d, err := things.Update(ctx, tx, "a", func(d *thing) error { d.Rank = 9; return nil })
		if err != nil {
			return err
		}
		if err := things.Replace(ctx, tx, d); err != nil { // twice in one transaction
			return err
		}
		gone, err := things.Get(ctx, tx, "b")
		if err != nil {
			return err
		}
		if err := things.Delete(ctx, tx, gone); err != nil {
			return err
		}
		_, err = things.Get(ctx, tx, "b")
		require.ErrorIs(t, err, store.ErrAbsent)
		require.Equal(t, []string{"new", "a"}, b.all(tx, store.Query{Index: "rank", Equal: []any{"k"}}))
		n, err := things.Count(ctx, tx, store.Query{Index: "slot"}, 10)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, []string{"a", "b"}, b.all(b.org, store.Query{Index: "rank"}), "outside nothing shows yet")
		return nil
	}))
	require.Equal(t, []string{"new", "a"}, b.all(b.org, store.Query{Index: "rank", Equal: []any{"k"}}))
	d, err := things.Get(ctx, b.org, "a")
	require.NoError(t, err)
	require.Equal(t, int64(3), d.Version)
}

func atomic(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{Kind: "k", Slot: "s"}, &thing{Kind: "k"})...)
	err := b.org.Tx(ctx, func(tx *store.Tx) error {
		if _, err := things.Update(ctx, tx, "a", func(d *thing) error { d.Kind, d.Slot = "l", ""; return nil }); err != nil {
			return err
		}
		if err := others.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "o"}}); err != nil {
			return err
		}
		if _, err := things.DeleteRange(ctx, tx, store.Query{Index: "rank", Equal: []any{"k"}}, 10); err != nil {
			return err
		}
		return errNo
	})
	require.ErrorIs(t, err, errNo)
	require.Equal(t, []string{"a", "b"}, b.all(b.org, store.Query{Index: "rank", Equal: []any{"k"}}))
	require.Equal(t, []string{"a"}, b.all(b.org, store.Query{Index: "slot"}))
	_, err = others.Get(ctx, b.org, "o")
	require.ErrorIs(t, err, store.ErrAbsent)
}

func swallowed(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{Slot: "s"})...)
	err := b.org.Tx(ctx, func(tx *store.Tx) error {
		if err := things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "before"}}); err != nil {
			return err
		}
		_ = things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "n"}, Slot: "s"})
		_ = things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "after"}})
		return nil
	})
	require.True(t, store.IsDuplicate(err, "slot"), "%v", err)
	require.Equal(t, []string{"a"}, b.all(b.org, store.Query{Index: store.ChangedIndex}))

	// What the body makes of it is the answer.
	err = b.org.Tx(ctx, func(tx *store.Tx) error {
		if err := things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "n"}, Slot: "s"}); store.IsDuplicate(err, "slot") {
			return errNo
		} else if err != nil {
			return err
		}
		return nil
	})
	require.ErrorIs(t, err, errNo)

	// Absent is an answer, not a failure.
	require.NoError(t, b.org.Tx(ctx, func(tx *store.Tx) error {
		err := things.Delete(ctx, tx, &thing{Meta: store.Meta{ID: "none", Version: 1}})
		if errors.Is(err, store.ErrConflict) {
			return err
		}
		require.ErrorIs(t, err, store.ErrAbsent)
		return things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "kept"}})
	}))
	_, err = things.Get(ctx, b.org, "kept")
	require.NoError(t, err)
}

func panics(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{Rank: 0})...)
	const goroutines = 60
	failed := together(goroutines, func(i int) (err error) {
		if i%3 == 1 {
			defer func() {
				if r := recover(); r != "on purpose" {
					err = errors.New("the panic did not reach its caller")
				}
			}()
		}
		err = b.org.Tx(ctx, func(tx *store.Tx) error {
			if _, err := things.Update(ctx, tx, "a", func(d *thing) error { d.Rank++; return nil }); err != nil {
				return err
			}
			switch i % 3 {
			case 1:
				panic("on purpose")
			case 2:
				return errNo
			}
			return nil
		})
		if i%3 == 2 && errors.Is(err, errNo) {
			return nil
		}
		return err
	})
	require.Empty(t, failed)
	d, err := things.Get(ctx, b.org, "a")
	require.NoError(t, err)
	require.Equal(t, goroutines/3, d.Rank)
}

func twoOrganisations(t *testing.T, open Open) {
	b := set(t, open)
	far := b.store.Org("org_b")
	move := func(fail error) error {
		return b.org.TxWith(ctx, far, func(tx, other *store.Tx) error {
			if err := things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "a"}, Kind: "here"}); err != nil {
				return err
			}
			if err := things.Insert(ctx, other, &thing{Meta: store.Meta{ID: "a"}, Kind: "there"}); err != nil {
				return err
			}
			return fail
		})
	}
	require.ErrorIs(t, move(errNo), errNo)
	for _, space := range []*store.Space{b.org, far} {
		_, err := things.Get(ctx, space, "a")
		require.ErrorIs(t, err, store.ErrAbsent)
	}
	require.NoError(t, move(nil))
	here, err := things.Get(ctx, b.org, "a")
	require.NoError(t, err)
	there, err := things.Get(ctx, far, "a")
	require.NoError(t, err)
	require.Equal(t, "here there", here.Kind+" "+there.Kind)
}

func leaked(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{})...)
	var tx *store.Tx
	var snap *store.Snapshot
	require.NoError(t, b.org.Tx(ctx, func(given *store.Tx) error { tx = given; return nil }))
	require.NoError(t, b.org.Snapshot(ctx, func(given *store.Snapshot) error { snap = given; return nil }))
	_, err := things.Get(ctx, tx, "a")
	require.Error(t, err)
	require.Error(t, things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "late"}}))
	_, err = things.Get(ctx, snap, "a")
	require.Error(t, err)
	_, err = things.Get(ctx, b.org, "late")
	require.ErrorIs(t, err, store.ErrAbsent)
}

func cancelled(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{Kind: "k"})...)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	_, err := things.Get(gone, b.org, "a")
	require.ErrorIs(t, err, context.Canceled)
	_, err = things.GetMany(gone, b.org, []string{"a"})
	require.ErrorIs(t, err, context.Canceled)
	_, _, err = things.Find(gone, b.org, store.Query{Index: "rank", Limit: 1})
	require.ErrorIs(t, err, context.Canceled)
	_, err = things.Count(gone, b.org, store.Query{Index: "rank"}, 1)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, b.org.Snapshot(gone, func(*store.Snapshot) error { return nil }), context.Canceled)
	require.ErrorIs(t, b.org.Tx(gone, func(*store.Tx) error { return nil }), context.Canceled)
	require.ErrorIs(t, b.store.Engine().Ready(gone), context.Canceled)

	// Half of those who write together lose their patience in the middle.
	const goroutines = 40
	failed := together(goroutines, func(i int) error {
		mine, cancel := context.WithCancel(ctx)
		defer cancel()
		err := b.org.Tx(mine, func(tx *store.Tx) error {
			if _, err := things.Update(mine, tx, "a", func(d *thing) error { d.Rank++; return nil }); err != nil {
				return err
			}
			if i%2 == 0 {
				cancel()
			}
			_, err := things.Get(mine, tx, "a")
			return err
		})
		if i%2 == 0 && errors.Is(err, context.Canceled) {
			return nil
		}
		return err
	})
	require.Empty(t, failed)
	d, err := things.Get(ctx, b.org, "a")
	require.NoError(t, err)
	require.Equal(t, goroutines/2, d.Rank)
}

func required(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{}, &thing{})...)
	seen, err := things.Get(ctx, b.org, "a")
	require.NoError(t, err)
	write := func(w store.Writer) error {
		if err := w.Require(ctx, things.Spec(), "org_a", seen.ID, seen.Version); err != nil {
			return err
		}
		return w.Require(ctx, things.Spec(), "org_a", seen.ID, seen.Version) // once more does no harm
	}
	eventually(t, b, write)
	d, err := things.Get(ctx, b.org, "a")
	require.NoError(t, err)
	require.Equal(t, seen.Version, d.Version, "to be required is no change")

	// Required and changed in one transaction.
	require.NoError(t, b.org.Tx(ctx, func(tx *store.Tx) error {
		d, err := things.Get(ctx, tx, "b")
		if err != nil {
			return err
		}
		if err := things.Require(ctx, tx, d); err != nil {
			return err
		}
		d.Rank = 3
		return things.Replace(ctx, tx, d)
	}))

	b.change(b.org, "a", func(d *thing) { d.Rank = 1 })
	require.ErrorIs(t, b.store.Engine().Tx(ctx, write), store.ErrConflict)
	b.remove(b.org, "a")
	require.ErrorIs(t, b.store.Engine().Tx(ctx, write), store.ErrConflict)
}

// eventually runs a transaction of the raw engine until no conflict is invented.
func eventually(t *testing.T, b bench, body func(store.Writer) error) {
	t.Helper()
	for range 200 {
		err := b.store.Engine().Tx(ctx, body)
		if errors.Is(err, store.ErrConflict) {
			continue
		}
		require.NoError(t, err)
		return
	}
	t.Fatal("nothing but conflicts")
}

func snapshot(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{Kind: "k", Rank: 1}, &thing{Kind: "k", Rank: 2})...)
	require.NoError(t, b.org.Snapshot(ctx, func(s *store.Snapshot) error {
		b.change(b.org, "a", func(d *thing) { d.Rank = 9 })
		b.remove(b.org, "b")
		b.insert(b.org, &thing{Meta: store.Meta{ID: "c"}, Kind: "k"})

		d, err := things.Get(ctx, s, "a")
		require.NoError(t, err)
		require.Equal(t, 1, d.Rank)
		require.Equal(t, []string{"a", "b"}, b.all(s, store.Query{Index: "rank"}))
		n, err := things.Count(ctx, s, store.Query{Index: "rank"}, 10)
		require.NoError(t, err)
		require.Equal(t, 2, n)
		many, err := things.GetMany(ctx, s, []string{"a", "b", "c"})
		require.NoError(t, err)
		require.Len(t, many, 2)
		return nil
	}))
	require.Equal(t, []string{"c", "a"}, b.all(b.org, store.Query{Index: "rank"}))
	require.ErrorIs(t, b.org.Snapshot(ctx, func(*store.Snapshot) error { return errNo }), errNo)
}

func closed(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{})...)
	require.NoError(t, b.store.Engine().Ready(ctx))
	require.NoError(t, b.store.Engine().Close())
	_, err := things.Get(ctx, b.org, "a")
	require.ErrorIs(t, err, store.ErrClosed)
	require.ErrorIs(t, b.org.Tx(ctx, func(*store.Tx) error { return nil }), store.ErrClosed)
	require.ErrorIs(t, b.org.Snapshot(ctx, func(*store.Snapshot) error { return nil }), store.ErrClosed)
	require.ErrorIs(t, b.store.Engine().Ready(ctx), store.ErrClosed)
	require.NoError(t, b.store.Engine().Close(), "closing twice")
}
