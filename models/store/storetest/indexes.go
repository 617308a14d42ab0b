package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

func indexed(t *testing.T, open Open) {
	b := set(t, open)
	yes, no := true, false
	b.insert(b.org, named(
		&thing{Kind: "k", Rank: 1, Done: &yes, At: epoch, Tags: []string{"x", "y", "x"}, Inner: inner{"c1"}, People: []inner{{"p"}, {"q"}, {}, {"p"}}}, // a
		&thing{Kind: "", Rank: 2, Done: &no, At: epoch.Add(time.Millisecond), Tags: []string{"y"}, Inner: inner{"c2"}},                                 // b
		&thing{Kind: "k", Rank: -1, Tags: []string{}, People: []inner{{"q"}}},                                                                          // c
	)...)
	for _, c := range []struct {
		q    store.Query
		want string
	}{
		{store.Query{Index: "rank"}, "c a"}, // b has no kind
		{store.Query{Index: "rank", Down: true}, "a c"},
		{store.Query{Index: "rank", Equal: []any{"k"}, From: 0}, "a"},
		{store.Query{Index: "rank", Equal: []any{"k", -1}}, "c"},
		{store.Query{Index: "rank", Equal: []any{"k", int64(1)}}, "a"},
		{store.Query{Index: "rank", Equal: []any{"k", int32(1)}}, "a"},
		{store.Query{Index: "rank", Equal: []any{""}}, ""},
		{store.Query{Index: "rank", Equal: []any{true}}, ""}, // of another type
		{store.Query{Index: "done"}, "b a"},                  // c's is null
		{store.Query{Index: "done", Equal: []any{true}}, "a"},
		{store.Query{Index: "at"}, "a b"}, // c has none
		{store.Query{Index: "at", From: epoch.Add(time.Millisecond)}, "b"},
		{store.Query{Index: "at", Until: epoch.Add(time.Millisecond)}, "a"},
		{store.Query{Index: "at", From: epoch.In(time.FixedZone("NPT", 20700))}, "a b"},
		{store.Query{Index: "tag", Equal: []any{"x"}}, "a"},
		{store.Query{Index: "tag", Equal: []any{"y"}}, "a b"},
		{store.Query{Index: "tag", Equal: []any{"y"}, From: 2}, "b"},
		{store.Query{Index: "tag", Equal: []any{"z"}}, ""},
		{store.Query{Index: "code", From: "c", Until: "c2"}, "a"},
		{store.Query{Index: "person", Equal: []any{"p"}}, "a"},
		{store.Query{Index: "person", Equal: []any{"q"}}, "a c"},
		{store.Query{Index: store.ChangedIndex}, "a b c"},
	} {
		ids := b.all(b.org, c.q)
		require.Equal(t, c.want, strings.Join(ids, " "), "%+v", c.q)
		n, err := things.Count(ctx, b.org, c.q, 100)
		require.NoError(t, err)
		require.Equal(t, len(ids), n, "%+v", c.q)
	}

	b.change(b.org, "a", func(d *thing) { d.Tags, d.Kind, d.At = []string{"z", "y"}, "", time.Time{} })
	require.Empty(t, b.all(b.org, store.Query{Index: "tag", Equal: []any{"x"}}))
	require.Equal(t, []string{"a"}, b.all(b.org, store.Query{Index: "tag", Equal: []any{"z"}}))
	require.Equal(t, []string{"a", "b"}, b.all(b.org, store.Query{Index: "tag", Equal: []any{"y"}}))
	require.Equal(t, []string{"c"}, b.all(b.org, store.Query{Index: "rank"}))
	require.Equal(t, []string{"b"}, b.all(b.org, store.Query{Index: "at"}))
}

func refused(t *testing.T, open Open) {
	b := set(t, open)
	for name, d := range map[string]*thing{
		"NUL":               {Any: "a\x00b"},
		"invalid UTF-8":     {Any: "\xff"},
		"a fraction":        {Any: 1.5},
		"a document":        {Any: inner{"c"}},
		"bytes":             {Any: []byte("b")},
		"an array in one":   {Any: [][]string{{"a"}}},
		"a mixed array":     {Any: []any{"a", 1.5}},
		"a long text":       {Any: strings.Repeat("x", 600)},
		"two arrays":        {Tags: []string{"a"}, Any2: []string{"b"}},
		"an id with NUL":    {Meta: store.Meta{ID: "a\x00"}},
		"an id without end": {Meta: store.Meta{ID: strings.Repeat("x", 300)}},
	} {
		if d.ID == "" {
			d.ID = "n"
		}
		err := b.org.Tx(ctx, func(tx *store.Tx) error { return things.Insert(ctx, tx, d) })
		require.Error(t, err, name)
		require.NotErrorIs(t, err, store.ErrBusy, name)
		_, err = things.Get(ctx, b.org, d.ID)
		require.ErrorIs(t, err, store.ErrAbsent, name)
	}
	for name, q := range map[string]store.Query{
		"a fraction":        {Index: "any", Equal: []any{1.5}},
		"nil":               {Index: "any", Equal: []any{nil}},
		"NUL":               {Index: "any", From: "\x00"},
		"two types":         {Index: "any", From: "a", Until: 5},
		"no such index":     {Index: "none"},
		"no index":          {},
		"too many values":   {Index: "any", Equal: []any{1, 2}},
		"no field to range": {Index: "any", Equal: []any{1}, From: 2},
	} {
		q.Limit = 10
		_, _, err := things.Find(ctx, b.org, q)
		require.Error(t, err, name)
		_, err = things.Count(ctx, b.org, q, 10)
		require.Error(t, err, name)
		require.Error(t, b.org.Tx(ctx, func(tx *store.Tx) error {
			_, err := things.DeleteRange(ctx, tx, q, 10)
			return err
		}), name)
	}
	unknown := store.Declare[thing]("unknown")
	_, err := unknown.Get(ctx, b.org, "a")
	require.Error(t, err)
	require.NotErrorIs(t, err, store.ErrAbsent)
}

// queries compares random queries with a filter over all documents.
func queries(t *testing.T, open Open) {
	b := set(t, open)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	kinds := []string{"a", "aa", "b", "अ", "á", "z"}
	var docs []*thing
	for i := range 150 {
		docs = append(docs, &thing{Meta: store.Meta{ID: fmt.Sprintf("%03d", r.IntN(1000)*1000+i)}, Kind: kinds[r.IntN(len(kinds))], Rank: r.IntN(21) - 10})
	}
	b.insert(b.org, docs...)
	for _, d := range docs[:50] {
		b.change(b.org, d.ID, func(stored *thing) { stored.Rank = r.IntN(21) - 10 })
	}
	for _, d := range docs[140:] {
		b.remove(b.org, d.ID)
	}
	docs = docs[:140]
	for i, d := range docs {
		stored, err := things.Get(ctx, b.org, d.ID)
		require.NoError(t, err)
		docs[i] = stored
	}
	for range 100 {
		q := store.Query{Index: "rank", Down: r.IntN(2) == 0}
		keep := func(*thing) bool { return true }
		switch r.IntN(3) {
		case 0:
			from, until := kinds[r.IntN(len(kinds))], kinds[r.IntN(len(kinds))]
			q.From, q.Until = from, until
			keep = func(d *thing) bool { return d.Kind >= from && d.Kind < until }
		case 1:
			kind, from := kinds[r.IntN(len(kinds))], r.IntN(21)-10
			q.Equal, q.From = []any{kind}, from
			keep = func(d *thing) bool { return d.Kind == kind && d.Rank >= from }
		case 2:
			kind, until := kinds[r.IntN(len(kinds))], r.IntN(21)-10
			q.Equal, q.Until = []any{kind}, until
			keep = func(d *thing) bool { return d.Kind == kind && d.Rank < until }
		}
		want := []string{}
		for _, d := range slices.SortedFunc(slices.Values(docs), func(a, b *thing) int {
			c := cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID))
			if q.Down {
				return -c
			}
			return c
		}) {
			if keep(d) {
				want = append(want, d.ID)
			}
		}
		require.Equal(t, want, b.all(b.org, q), "%+v", q)
		require.Equal(t, want, pages(b, b.org, q, 1+r.IntN(9)), "%+v", q)
		n, err := things.Count(ctx, b.org, q, 10)
		require.NoError(t, err)
		require.Equal(t, min(10, len(want)), n)
	}
}

// pages reads a query page by page.
func pages(b bench, v store.View, q store.Query, limit int) []string {
	b.Helper()
	q.Limit = limit
	ids := []string{}
	for {
		docs, next, err := things.Find(ctx, v, q)
		require.NoError(b, err)
		for _, d := range docs {
			ids = append(ids, d.ID)
		}
		if next == "" {
			return ids
		}
		require.Len(b, docs, limit, "only the last page may be short")
		q.After = next
	}
}

func limits(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{}, &thing{})...)
	q := store.Query{Index: store.ChangedIndex}
	for _, limit := range []int{-1, 0, store.MaxLimit + 1} {
		q.Limit = limit
		_, _, err := things.Find(ctx, b.org, q)
		require.Error(t, err, "limit %d", limit)
	}
	for _, limit := range []int{1, 2, store.MaxLimit} {
		q.Limit = limit
		docs, next, err := things.Find(ctx, b.org, q)
		require.NoError(t, err)
		require.Len(t, docs, min(limit, 2))
		require.Equal(t, limit < 2, next != "", "limit %d", limit)
	}
	_, err := things.Count(ctx, b.org, q, 0)
	require.Error(t, err)
	n, err := things.Count(ctx, b.org, store.Query{Index: store.ChangedIndex, After: "ignored"}, 1)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	for _, limit := range []int{0, 1001} {
		require.Error(t, b.org.Tx(ctx, func(tx *store.Tx) error {
			_, err := things.DeleteRange(ctx, tx, q, limit)
			return err
		}), "limit %d", limit)
	}
}

func changes(t *testing.T, open Open) {
	b := set(t, open)
	docs := named(&thing{}, &thing{}, &thing{})
	for _, d := range docs {
		b.insert(b.org, d)
		b.clock.Advance(time.Second)
	}
	b.change(b.org, "a", func(d *thing) { d.Rank = 1 })
	since := func(at time.Time) (ids string) {
		require.NoError(t, things.ChangesSince(ctx, b.org, at, func(d *thing) error {
			ids += d.ID
			return nil
		}))
		return ids
	}
	require.Equal(t, "bca", since(epoch))
	require.Equal(t, "bca", since(epoch.Add(time.Second)))
	require.Equal(t, "ca", since(epoch.Add(time.Second+time.Millisecond)))
	require.Equal(t, "", since(epoch.Add(time.Minute)))
}

func deleteRange(t *testing.T, open Open) {
	b := set(t, open)
	var docs []*thing
	for i := range 25 {
		docs = append(docs, &thing{Kind: "old", Rank: i, Slot: fmt.Sprint(i), Tags: []string{"x", "y"}})
	}
	b.insert(b.org, docs...)
	b.insert(b.org, &thing{Kind: "new"})
	purge := func(q store.Query, limit int) (n int) {
		require.NoError(t, b.org.Tx(ctx, func(tx *store.Tx) (err error) {
			n, err = things.DeleteRange(ctx, tx, q, limit)
			return err
		}))
		return n
	}
	old := store.Query{Index: "rank", Equal: []any{"old"}, From: 5}
	require.Equal(t, 10, purge(old, 10))
	require.Equal(t, 10, purge(old, 1000))
	require.Equal(t, 0, purge(old, 10))
	require.Len(t, b.all(b.org, store.Query{Index: "rank", Equal: []any{"old"}}), 5)
	b.insert(b.org, &thing{Slot: "20"}) // their unique entries are gone too
	require.Equal(t, 5, purge(store.Query{Index: "tag"}, 100), "each document counts once")
	require.Len(t, b.all(b.org, store.Query{Index: store.ChangedIndex}), 2)
}
