package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson/primitive"

	"chautari/models/clock"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

type leaf struct {
	store.Meta `bson:",inline"`
	Kind       string `bson:"kind"`
	Rank       int    `bson:"rank"`
}

var (
	leaves = store.Declare[leaf]("leaf", store.Index{Name: "rank", Fields: []string{"kind", "rank"}})
	ctx    = context.Background()
	epoch  = time.Date(2025, 4, 14, 6, 15, 0, 0, time.UTC)
)

func TestACursorKeepsItsPlace(t *testing.T) {
	at := primitive.NewDateTimeFromTime(epoch)
	c, err := store.NewCursor("rank", []any{"k", int64(-1), true, at}, "lef_1")
	require.NoError(t, err)
	values, id, err := c.Position("rank", 4)
	require.NoError(t, err)
	require.Equal(t, []any{"k", int64(-1), true, at}, values)
	require.Equal(t, "lef_1", id)
	_, _, err = c.Position("rank", 3)
	require.ErrorIs(t, err, store.ErrCursor)
	_, _, err = c.Position("other", 4)
	require.ErrorIs(t, err, store.ErrCursor)
}

// FuzzCursor sends cursors of strangers: whatever they hold, the answer is
// ErrCursor or documents of the asker's own organisation and query.
func FuzzCursor(f *testing.F) {
	s := store.New(storetest.Hostile(f, leaves.Spec()), clock.At(epoch))
	for _, org := range []string{"org_a", "org_b"} {
		err := s.Org(org).Tx(ctx, func(tx *store.Tx) error {
			for i := range 20 {
				d := &leaf{Meta: store.Meta{ID: fmt.Sprint(org, "-", i)}, Kind: []string{"k", "l"}[i%2], Rank: i}
				if err := leaves.Insert(ctx, tx, d); err != nil {
					return err
				}
			}
			return nil
		})
		require.NoError(f, err)
	}
	for _, q := range []store.Query{{Index: "rank"}, {Index: "rank", Equal: []any{"k"}}, {Index: "rank", Down: true}, {Index: store.ChangedIndex}} {
		q.Limit = 3
		_, next, err := leaves.Find(ctx, s.Org("org_b"), q)
		require.NoError(f, err)
		f.Add(string(next))
		f.Add(string(next[:len(next)/2]))
	}
	for _, values := range [][]any{{nil, nil}, {"k", 1.5}, {"k\x00", 1}, {1, "k"}, {[]any{"k"}, 1}} {
		c, err := store.NewCursor("rank", values, "x")
		require.NoError(f, err)
		f.Add(string(c))
	}
	f.Add("AAAAAA") // a document of length zero
	f.Fuzz(func(t *testing.T, after string) {
		for _, q := range []store.Query{{Index: "rank", Equal: []any{"k"}, From: 4, Until: 15}, {Index: "rank", Equal: []any{"k"}, Down: true}} {
			q.Limit, q.After = store.MaxLimit, store.Cursor(after)
			docs, _, err := leaves.Find(ctx, s.Org("org_a"), q)
			if err != nil {
				if !errors.Is(err, store.ErrCursor) {
					t.Fatalf("%q: %v", after, err)
				}
				continue
			}
			for _, d := range docs {
				if d.ID[:5] != "org_a" || d.Kind != "k" || !q.Down && (d.Rank < 4 || d.Rank >= 15) {
					t.Fatalf("%q led to %+v", after, d)
				}
			}
		}
	})
}
