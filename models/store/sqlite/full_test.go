package sqlite

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

// A disk that is full is stood in for by a bound on the pages of the file, which
// SQLite meets with the same error.
func TestAFullDiskRefusesWholeTransactionsAndLosesNothing(t *testing.T) {
	for name, o := range map[string]Options{"data": {}, "keys": {SecureDelete: true}} {
		t.Run(name, func(t *testing.T) {
			path := somewhere(t)
			e, space := open(t, path, o)
			bound := func(pages int64) {
				require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error {
					return c.exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
				}))
			}
			require.NoError(t, insert(space, &note{Kind: "first"}))
			bound(80)

			var mu sync.Mutex
			kept := map[string]bool{}
			var writers sync.WaitGroup
			full := 0
			for i := range 8 {
				writers.Go(func() {
					for j := range 60 {
						pair := []*note{{Sealed: make([]byte, 3000), Kind: "k"}, {Sealed: make([]byte, 3000), Kind: "k"}}
						err := insert(space, pair...)
						mu.Lock()
						switch {
						case errors.Is(err, store.ErrFull):
							full++
						case err != nil:
							t.Errorf("writer %d, round %d: %v", i, j, err)
						default:
							kept[pair[0].ID], kept[pair[1].ID] = true, true
						}
						mu.Unlock()
					}
				})
			}
			writers.Wait()
			require.NotZero(t, full, "the disk never was full")
			require.ErrorIs(t, e.Ready(ctx), store.ErrFull)

			_, err := notes.Count(ctx, space, store.Query{Index: "kind", Equal: []any{"first"}}, 1)
			require.NoError(t, err, "reading goes on")

			bound(1 << 20)
			after := &note{Kind: "k"}
			require.NoError(t, insert(space, after))
			require.NoError(t, e.Ready(ctx))
			kept[after.ID] = true

			wantsExactly := func(space *store.Space) {
				found := map[string]bool{}
				require.NoError(t, notes.Each(ctx, space, store.Query{Index: "kind", Equal: []any{"k"}}, func(n *note) error {
					found[n.ID] = true
					return nil
				}))
				require.Equal(t, kept, found)
			}
			wantsExactly(space)
			require.NoError(t, e.Close())
			_, again := open(t, path, o)
			wantsExactly(again)
			t.Logf("%d documents kept, %d transactions refused", len(kept), full)
		})
	}
}
