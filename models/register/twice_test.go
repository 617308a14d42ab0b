package register_test

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/register"
	"chautari/models/seal"
)

// Nothing keeps the two apart here: what a lease spares them is work for nothing.
func TestTwoInstancesThatWorkOnOneImportAtOnceLetEachRowInOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		var file strings.Builder
		file.WriteString(head)
		for i := range 230 {
			fmt.Fprintf(&file, "Person %c%c%c,98410%05d,,,Kaski,yes\n", 'a'+i/100, 'a'+i/10%10, 'a'+i%10, i)
		}
		imp := o.begin(file.String())
		before := o.active()
		if _, err := o.registers.Commit(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
			t.Fatal(err)
		}
		both := []*register.Registers{o.registers, func() *register.Registers {
			keys := seal.NewKeys(o.KeyStore, o.Master)
			members := member.New(o.Store, keys, o.Master, o.Orgs, o.Accounts, o.Clock)
			return register.New(o.Store, keys, o.Orgs, o.Accounts, members, o.Clock, slog.New(slog.DiscardHandler))
		}()}
		atOnce := func() {
			var working sync.WaitGroup
			for _, r := range both {
				working.Go(func() {
					if err := r.Work(ctx); err != nil {
						t.Error(err)
					}
				})
			}
			working.Wait()
			o.Clock.Advance(time.Second) // what one did is found by the other
		}
		atOnce()
		r := o.look(imp.ID)
		if r.State != register.Committed || r.Counts.Created != 230 || o.active()-before != 230 {
			t.Fatalf("%s, %+v, %d people", r.State, r.Counts, o.active()-before)
		}
		if _, err := o.registers.Undo(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
			t.Fatal(err)
		}
		atOnce()
		if r := o.look(imp.ID); r.State != register.Undone || r.Kept != 0 || r.Done != 230 || o.active() != before {
			t.Errorf("%s, %d kept, %d done, %d people", r.State, r.Kept, r.Done, o.active()-before)
		}
	})
}
