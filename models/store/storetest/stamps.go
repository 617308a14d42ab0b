package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

// stamps holds for an engine whose snapshots are a store.Brief; the others
// promise nothing of it.
func stamps(t *testing.T, open Open) {
	b := set(t, open)
	ids := []string{"", "a", "a b", "ab", "b", "B", "é", "क", "🌳", "~", "a-very-long-one-" + strings.Repeat("x", 40)}[1:]
	for i := range 120 {
		ids = append(ids, fmt.Sprint("n", i))
	}
	for _, id := range ids {
		b.insert(b.org, &thing{Meta: store.Meta{ID: id}, Kind: "k"})
		b.clock.Advance(time.Millisecond)
	}
	for _, org := range []string{"org_", "org_a ", "org_aa", "org_b", "org"} {
		b.insert(b.store.Org(org), &thing{Meta: store.Meta{ID: "of another"}})
	}
	b.change(b.org, "ab", func(d *thing) { d.Kind = "other" })
	slices.Sort(ids)

	err := b.store.Engine().Snapshot(ctx, func(r store.Reader) error {
		brief, ok := r.(store.Brief)
		if !ok {
			return nil
		}
		for _, limit := range []int{1, 7, len(ids), store.MaxStamps} {
			var met []string
			for after := ""; ; {
				page, err := brief.Stamps(ctx, things.Spec(), "org_a", after, limit)
				require.NoError(t, err)
				require.LessOrEqual(t, len(page), limit)
				for _, s := range page {
					met = append(met, s.ID)
					is, err := r.Get(ctx, things.Spec(), "org_a", s.ID)
					require.NoError(t, err)
					s.Changed = s.Changed.UTC()
					is.Changed = is.Changed.UTC()
					require.Equal(t, is.Stamp(), s)
				}
				if len(page) < limit {
					break
				}
				after = page[len(page)-1].ID
			}
			require.Equal(t, ids, met, "by %d", limit)
		}
		// What is asked from need not be there.
		page, err := brief.Stamps(ctx, things.Spec(), "org_a", "n119 and more", 1)
		require.NoError(t, err)
		require.Equal(t, "n12", page[0].ID)
		none, err := brief.Stamps(ctx, others.Spec(), "org_a", "", 10)
		require.NoError(t, err)
		require.Empty(t, none)
		for _, limit := range []int{0, store.MaxStamps + 1} {
			_, err := brief.Stamps(ctx, things.Spec(), "org_a", "", limit)
			require.Error(t, err)
		}
		_, err = brief.Stamps(ctx, things.Spec(), "", "", 1)
		require.Error(t, err)
		return nil
	})
	require.NoError(t, err)
}
