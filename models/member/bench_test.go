package member_test

import (
	"fmt"
	"testing"

	"chautari/models/member"
	"chautari/models/stage"
	"chautari/models/store"
)

// A page costs what it holds, whatever the size of the group.
func BenchmarkFirstPage(b *testing.B) {
	for _, size := range []int{100, 2000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			s := stage.New(b)
			for i := range size {
				s.Carry(s.First, member.Details{PaperName: fmt.Sprintf("Sita %d", i), Phone: fmt.Sprintf("+97798410%05d", i)})
			}
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, _, err := s.Members.List(ctx, s.OfFirst, member.Filter{Limit: 25, After: store.Cursor("")}); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
