package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

// elements walks an index whose array the query leaves open: each document
// stands there once for each distinct element, page by page too, while the same
// document comes again on later pages.
func elements(t *testing.T, open Open) {
	b := set(t, open)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 3))
	tags := []string{"a", "aa", "b", "c", "ग"}
	type entry struct {
		tag  string
		rank int
		id   string
	}
	var all []entry
	for i := range 40 {
		d := &thing{Rank: r.IntN(4)}
		d.ID = fmt.Sprintf("%02d", i)
		for range r.IntN(5) {
			d.Tags = append(d.Tags, tags[r.IntN(len(tags))])
		}
		b.insert(b.org, d)
		distinct := slices.Clone(d.Tags)
		slices.Sort(distinct)
		for _, tag := range slices.Compact(distinct) {
			all = append(all, entry{tag, d.Rank, d.ID})
		}
	}
	slices.SortFunc(all, func(a, b entry) int {
		return strings.Compare(fmt.Sprintf("%s\x00%d%s", a.tag, a.rank, a.id), fmt.Sprintf("%s\x00%d%s", b.tag, b.rank, b.id))
	})
	for _, down := range []bool{false, true} {
		for _, c := range []struct {
			q    store.Query
			keep func(entry) bool
		}{
			{store.Query{Index: "tag"}, func(entry) bool { return true }},
			{store.Query{Index: "tag", From: "aa"}, func(e entry) bool { return e.tag >= "aa" }},
			{store.Query{Index: "tag", From: "aa", Until: "c"}, func(e entry) bool { return e.tag >= "aa" && e.tag < "c" }},
			{store.Query{Index: "tag", Equal: []any{"aa"}}, func(e entry) bool { return e.tag == "aa" }},
			{store.Query{Index: "tag", Equal: []any{"b"}, From: 2}, func(e entry) bool { return e.tag == "b" && e.rank >= 2 }},
			{store.Query{Index: "tag", Equal: []any{"b", 1}}, func(e entry) bool { return e.tag == "b" && e.rank == 1 }},
		} {
			c.q.Down = down
			want := []string{}
			for _, e := range all {
				if c.keep(e) {
					want = append(want, e.id)
				}
			}
			if down {
				slices.Reverse(want)
			}
			require.Equal(t, want, b.all(b.org, c.q), "%+v", c.q)
			require.Equal(t, want, pages(b, b.org, c.q, 1), "%+v", c.q)
			require.Equal(t, want, pages(b, b.org, c.q, 7), "%+v", c.q)
			n, err := things.Count(ctx, b.org, c.q, 25)
			require.NoError(t, err)
			require.Equal(t, min(25, len(want)), n, "%+v", c.q)
		}
	}
}

// mixed has values of every type in one field. They stand by type first (truth,
// number, instant, text), whatever a database's own order of types is, and a
// range stays within its type.
func mixed(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(
		&thing{Any: "text"}, &thing{Any: true}, &thing{Any: epoch}, &thing{Any: int64(1) << 40}, // a b c d
		&thing{Any: int32(-7)}, &thing{Any: false}, &thing{Any: ""}, &thing{Any: []any{"z", 5, true}}, // e f g h
	)...)
	for _, c := range []struct {
		q    store.Query
		want []string
	}{
		{store.Query{Index: "any"}, []string{"f", "b", "h", "e", "h", "d", "c", "g", "a", "h"}},
		{store.Query{Index: "any", From: 0}, []string{"h", "d"}},
		{store.Query{Index: "any", Until: 0}, []string{"e"}},
		{store.Query{Index: "any", From: ""}, []string{"g", "a", "h"}},
		{store.Query{Index: "any", Until: true}, []string{"f"}},
		{store.Query{Index: "any", From: epoch}, []string{"c"}},
		{store.Query{Index: "any", Equal: []any{true}}, []string{"b", "h"}},
	} {
		require.Equal(t, c.want, b.all(b.org, c.q), "%+v", c.q)
		require.Equal(t, c.want, pages(b, b.org, c.q, 1), "%+v", c.q)
		c.q.Down = true
		slices.Reverse(c.want)
		require.Equal(t, c.want, pages(b, b.org, c.q, 3), "%+v", c.q)
	}
}
