package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/clock"
	"chautari/models/store"
)

func TestSQLiteKeepsTheContract(t *testing.T) { Run(t, SQLite) }

func TestHostileKeepsTheContract(t *testing.T) { Run(t, Hostile) }

func TestEachGivesEveryEngineAStoreOfItsOwn(t *testing.T) {
	var engines []store.Engine
	Each(t, []*store.Spec{things.Spec()}, clock.At(epoch), func(t *testing.T, s *store.Store) {
		b := bench{t, s, s.Org("org_a"), nil}
		b.insert(b.org, &thing{Meta: store.Meta{ID: "a"}})
		engines = append(engines, s.Engine())
	})
	require.Len(t, engines, 2)
	require.NotEqual(t, fmt.Sprintf("%T", engines[0]), fmt.Sprintf("%T", engines[1]))
}

// leave runs the write skew with one transaction inside the other's body, so
// that both surely see the same past.
func leave(t *testing.T, guarded bool) (both bool, err error) {
	t.Helper()
	h := Hostile(t, things.Spec())
	h.(*hostile).random = func(int) int { return 1 } // invents nothing
	s := store.New(h, clock.At(epoch))
	b := bench{t, s, s.Org("org_a"), nil}
	b.insert(b.org, named(&thing{Rank: 1}, &thing{Rank: 1})...)
	body := func(mine, other string, meanwhile func() error) func(w store.Writer) error {
		return func(w store.Writer) error {
			r, err := w.Get(ctx, things.Spec(), "org_a", other)
			if err != nil {
				return err
			}
			if guarded {
				if err := w.Require(ctx, things.Spec(), "org_a", other, r.Version); err != nil {
					return err
				}
			}
			if err := meanwhile(); err != nil {
				return err
			}
			r, err = w.Get(ctx, things.Spec(), "org_a", mine)
			if err != nil {
				return err
			}
			r.Version++
			return w.Replace(ctx, things.Spec(), "org_a", r)
		}
	}
	runs := 0
	err = h.Tx(ctx, body("a", "b", func() error {
		if runs++; runs < 2 { // the run for nothing
			return nil
		}
		return h.Tx(ctx, body("b", "a", func() error { return nil }))
	}))
	x, _ := h.Reader().Get(ctx, things.Spec(), "org_a", "a")
	y, _ := h.Reader().Get(ctx, things.Spec(), "org_a", "b")
	return x.Version == 2 && y.Version == 2, err
}

func TestHostileAllowsWriteSkewUnlessRequired(t *testing.T) {
	both, err := leave(t, false)
	require.NoError(t, err)
	require.True(t, both)
	both, err = leave(t, true)
	require.ErrorIs(t, err, store.ErrConflict)
	require.False(t, both)
}

func TestHostileRunsBodiesTwiceAndInventsConflicts(t *testing.T) {
	h := Hostile(t, things.Spec())
	runs, conflicts := 0, 0
	for i := range 400 {
		before := runs
		err := h.Tx(ctx, func(w store.Writer) error {
			runs++
			_, err := w.DeleteRange(ctx, things.Spec(), "org_a", store.Query{Index: "rank"}, 1)
			if err != nil {
				return err
			}
			return w.Require(ctx, things.Spec(), "org_a", fmt.Sprint("none", i), 1)
		})
		require.ErrorIs(t, err, store.ErrConflict)
		require.Equal(t, before+2, runs)
	}
	s := store.New(h, clock.At(epoch))
	for i := range 200 {
		err := h.Tx(ctx, func(w store.Writer) error {
			_, err := w.Get(ctx, things.Spec(), "org_a", "a")
			if !errors.Is(err, store.ErrAbsent) {
				return err
			}
			return nil
		})
		require.NoError(t, err, "what only reads meets no conflict")
		require.NoError(t, s.Org("org_a").Tx(ctx, func(tx *store.Tx) error {
			conflicts++
			return things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: fmt.Sprint(i)}})
		}))
	}
	require.Greater(t, conflicts, 400)
}

func TestTreeIsASortedMapThatKeepsItsPast(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	want := map[string]int{}
	var now tree[int]
	for i := range 2000 {
		past, size := now, len(want)
		key := fmt.Sprint(r.IntN(300))
		if r.IntN(3) == 0 {
			now = now.remove(key)
			delete(want, key)
		} else {
			now = now.put(key, i)
			want[key] = i
		}
		n := 0
		past.up("", func(string, int) bool { n++; return true })
		require.Equal(t, size, n)
	}
	var keys, back []string
	now.up("1", func(k string, v int) bool {
		require.Equal(t, want[k], v)
		keys = append(keys, k)
		return true
	})
	now.down("9", func(k string, _ int) bool { back = append(back, k); return true })
	require.True(t, slices.IsSorted(keys))
	slices.Reverse(back)
	require.True(t, slices.IsSorted(back))
	for k, v := range want {
		got, ok := now.get(k)
		require.True(t, ok)
		require.Equal(t, v, got)
		require.Equal(t, k >= "1", slices.Contains(keys, k))
		require.Equal(t, k < "9", slices.Contains(back, k))
	}
}
