package audit

import (
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// What being sealed costs each entry: written by sixteen at once, alone, and
// with its place in a block.
func BenchmarkEntries(b *testing.B) {
	for _, sealed := range []bool{false, true} {
		b.Run(map[bool]string{false: "bare", true: "sealed"}[sealed], func(b *testing.B) {
			c := clock.At(start)
			d := newDesk(b, c, storetest.New(b, Specs(), c))
			s, log, to := d.space, d.log, d.to
			b.ResetTimer()
			var all sync.WaitGroup
			const writers = 16
			for w := range writers {
				all.Go(func() {
					for i := range b.N/writers + 1 {
						err := s.Tx(ctx, func(tx *store.Tx) error {
							if sealed {
								return log.Did(ctx, tx, maya, access.BookSession, []string{"mem_x", "mem_y"})
							}
							at := c.Now()
							return Entries.Insert(ctx, tx, &Entry{
								Meta: store.Meta{ID: id.New("aud")}, At: &at, Day: calendar.Of(at), Account: maya.Account,
								Roles: maya.Roles, Action: access.BookSession, Result: Done, Subjects: []string{"mem_x", "mem_y"},
							})
						})
						if err != nil {
							b.Error(err)
						}
						if sealed && w == 0 && i%200 == 0 {
							c.Advance(2 * time.Second)
							if _, err := to.Seal(ctx, s); err != nil {
								b.Error(err)
							}
						}
					}
				})
			}
			all.Wait()
		})
	}
}
