package storetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

// walls gives two organisations the same ids and values, and a third whose
// name begins like theirs, and has each do everything.
func walls(t *testing.T, open Open) {
	b := set(t, open)
	orgs := []string{"org_a", "org_b", "org_", "org_aa", "system"}
	fill := func(org string) []*thing {
		return named(
			&thing{Kind: "k", Rank: 1, Slot: "s", Tags: []string{"x"}, Inner: inner{org}},
			&thing{Kind: "k", Rank: 2, Slot: "r", Tags: []string{"x"}, Inner: inner{org}})
	}
	for _, org := range orgs {
		b.insert(b.store.Org(org), fill(org)...)
	}
	own := func(v store.View, org string) {
		t.Helper()
		d, err := things.Get(ctx, v, "a")
		require.NoError(t, err)
		require.Equal(t, org, d.Inner.Code)
		many, err := things.GetMany(ctx, v, []string{"a", "b"})
		require.NoError(t, err)
		require.Len(t, many, 2)
		for _, d := range many {
			require.Equal(t, org, d.Inner.Code)
		}
		for _, q := range []store.Query{
			{Index: "rank"},
			{Index: "rank", Down: true},
			{Index: "rank", Equal: []any{"k"}, From: 1},
			{Index: "tag", Equal: []any{"x"}},
			{Index: "slot"},
			{Index: "slot", Down: true},
			{Index: store.ChangedIndex},
		} {
			n := 0
			require.NoError(t, things.Each(ctx, v, q, func(d *thing) error {
				n++
				require.Equal(t, org, d.Inner.Code)
				return nil
			}))
			require.Equal(t, 2, n, "%+v", q)
			n, err := things.Count(ctx, v, q, 100)
			require.NoError(t, err)
			require.Equal(t, 2, n, "%+v", q)
		}
		for _, other := range orgs {
			n, err := things.Count(ctx, v, store.Query{Index: "code", Equal: []any{other}}, 10)
			require.NoError(t, err)
			require.Equal(t, other == org, n > 0)
		}
	}
	everywhere := func() {
		t.Helper()
		for _, org := range orgs {
			space := b.store.Org(org)
			own(space, org)
			require.NoError(t, space.Tx(ctx, func(tx *store.Tx) error { own(tx, org); return nil }))
			require.NoError(t, space.Snapshot(ctx, func(s *store.Snapshot) error { own(s, org); return nil }))
		}
	}
	everywhere()

	// One organisation changes, deletes and purges all it can reach; then it is as before.
	b.change(b.org, "a", func(d *thing) { d.Rank = 5 })
	require.NoError(t, b.org.Tx(ctx, func(tx *store.Tx) error {
		d, err := things.Get(ctx, tx, "b")
		if err != nil {
			return err
		}
		return things.Require(ctx, tx, d)
	}))
	b.remove(b.org, "b")
	require.NoError(t, b.org.Tx(ctx, func(tx *store.Tx) error {
		n, err := things.DeleteRange(ctx, tx, store.Query{Index: store.ChangedIndex}, 1000)
		require.LessOrEqual(t, n, 1)
		return err
	}))
	n, err := things.Count(ctx, b.org, store.Query{Index: store.ChangedIndex}, 10)
	require.NoError(t, err)
	require.Zero(t, n)
	b.insert(b.org, fill("org_a")...)
	everywhere()

	// A cursor of one organisation shows another only its own.
	_, next, err := things.Find(ctx, b.store.Org("org_b"), store.Query{Index: "rank", Limit: 1})
	require.NoError(t, err)
	docs, _, err := things.Find(ctx, b.org, store.Query{Index: "rank", Limit: 10, After: next})
	require.NoError(t, err)
	for _, d := range docs {
		require.Equal(t, "org_a", d.Inner.Code)
	}

	none := b.store.Org("")
	_, err = things.Get(ctx, none, "a")
	require.Error(t, err)
	require.NotErrorIs(t, err, store.ErrAbsent, "without organisation there is no wall")
	require.Error(t, none.Tx(ctx, func(tx *store.Tx) error { return things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: "n"}}) }))
}
