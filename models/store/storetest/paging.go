package storetest

import (
	"encoding/base64"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

func cursors(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{Kind: "k", Rank: 1}, &thing{Kind: "k", Rank: 2}, &thing{Kind: "l", Rank: 1}, &thing{Kind: "l", Rank: 2})...)
	first := func(q store.Query) store.Cursor {
		q.Limit = 1
		_, next, err := things.Find(ctx, b.org, q)
		require.NoError(t, err)
		require.NotEmpty(t, next)
		return next
	}
	whole := first(store.Query{Index: "rank"})
	forged := func(values ...any) store.Cursor {
		c, err := store.NewCursor("rank", values, "a")
		require.NoError(t, err)
		return c
	}
	raw, err := bson.Marshal(bson.M{"i": "rank", "v": "no array", "d": "a"})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		q     store.Query
		after store.Cursor
	}{
		"no base64":        {store.Query{Index: "rank"}, "%"},
		"no BSON":          {store.Query{Index: "rank"}, "AAAA"},
		"cut off":          {store.Query{Index: "rank"}, whole[:len(whole)-4]},
		"other index":      {store.Query{Index: "done"}, whole},
		"other values":     {store.Query{Index: "rank", Equal: []any{"l"}}, whole},
		"before the range": {store.Query{Index: "rank", Equal: []any{"k"}, From: 2}, whole},
		"behind the range": {store.Query{Index: "rank", Equal: []any{"k"}, Until: 1}, whole},
		"too few values":   {store.Query{Index: "rank"}, forged("k")},
		"too many values":  {store.Query{Index: "rank"}, forged("k", 1, 1)},
		"a fraction":       {store.Query{Index: "rank"}, forged("k", 1.5)},
		"null":             {store.Query{Index: "rank"}, forged("k", nil)},
		"NUL":              {store.Query{Index: "rank"}, forged("k\x00", 1)},
		"no array":         {store.Query{Index: "rank"}, store.Cursor(base64.RawURLEncoding.EncodeToString(raw))},
	} {
		c.q.Limit, c.q.After = 10, c.after
		_, _, err := things.Find(ctx, b.org, c.q)
		require.ErrorIs(t, err, store.ErrCursor, name)
	}
	// A forged place is no key to anything: it only says where to go on.
	q := store.Query{Index: "rank", Limit: 10, After: forged("k", 100)}
	docs, _, err := things.Find(ctx, b.org, q)
	require.NoError(t, err)
	require.Len(t, docs, 2)
}

// paging walks an index while others insert and delete around the documents
// that stay: each of those is met once, nobody twice.
func paging(t *testing.T, open Open) {
	for _, down := range []bool{false, true} {
		t.Run(fmt.Sprintf("down %v", down), func(t *testing.T) {
			b := set(t, open)
			var stay, go_ []*thing
			for i := range 120 {
				stay = append(stay, &thing{Meta: store.Meta{ID: fmt.Sprintf("stay-%03d", i)}, Kind: "k", Rank: i / 7})
				go_ = append(go_, &thing{Meta: store.Meta{ID: fmt.Sprintf("go-%03d", i)}, Kind: "k", Rank: i / 7})
			}
			b.insert(b.org, stay...)
			b.insert(b.org, go_...)

			// Between two pages the writers make one step: no clock, but a real race within the step.
			step := 0
			pace := func() {
				var wg sync.WaitGroup
				for w := range 4 {
					n := step*4 + w
					wg.Go(func() {
						err := b.org.Tx(ctx, func(tx *store.Tx) error {
							if n < len(go_) {
								d, err := things.Get(ctx, tx, go_[n].ID)
								if err != nil {
									return err
								}
								if err := things.Delete(ctx, tx, d); err != nil {
									return err
								}
							}
							return things.Insert(ctx, tx, &thing{Meta: store.Meta{ID: fmt.Sprintf("new-%03d", n)}, Kind: "k", Rank: n % 20})
						})
						if err != nil {
							t.Error(err)
						}
					})
				}
				step++
				wg.Wait()
			}

			seen := map[string]int{}
			q := store.Query{Index: "rank", Equal: []any{"k"}, Down: down, Limit: 7}
			for {
				docs, next, err := things.Find(ctx, b.org, q)
				require.NoError(t, err)
				for _, d := range docs {
					seen[d.ID]++
				}
				if next == "" {
					break
				}
				q.After = next
				pace()
			}
			for _, d := range stay {
				require.Equal(t, 1, seen[d.ID], d.ID)
			}
			for id, n := range seen {
				require.Equal(t, 1, n, id)
			}
		})
	}
	t.Run("the last document handed out is deleted", func(t *testing.T) {
		b := set(t, open)
		b.insert(b.org, named(&thing{Kind: "k"}, &thing{Kind: "k"}, &thing{Kind: "k"})...)
		q := store.Query{Index: "rank", Limit: 1}
		_, next, err := things.Find(ctx, b.org, q)
		require.NoError(t, err)
		b.remove(b.org, "a")
		q.After, q.Limit = next, 10
		docs, _, err := things.Find(ctx, b.org, q)
		require.NoError(t, err)
		require.True(t, slices.EqualFunc(docs, []string{"b", "c"}, func(d *thing, id string) bool { return d.ID == id }))
	})
}
