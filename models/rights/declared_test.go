package rights_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"chautari/models/access"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/store"
)

// Whoever is declared about, declares or has her tie looked at while she is being
// erased leaves no sheet behind: not from before, not from during, not from after.
func TestNoDeclarationBringsSomebodyBackWhoIsErased(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		focal := w.Person(access.FocalPoint, w.Root, "Sarita")
		deputy := w.Person(access.Deputy, w.Root, "Urmi")
		for range 4 {
			she := w.Person(access.Member, w.First, "Kopila")
			works := w.Person(access.Trainer, w.First, "Tulasi")
			hers, theirs := w.Handle(she), w.Handle(works)
			open := value(w.conflicts.Declare(ctx, deputy, once.Key{}, conflict.Declaring{Kind: conflict.Line, Words: "x"}))(t)
			var all sync.WaitGroup
			begin := make(chan struct{})
			try := func(act func() error) {
				all.Go(func() {
					<-begin
					for range 3 {
						err := act()
						if f, ok := fault.As(err); err != nil && !ok && !errors.Is(err, store.ErrBusy) {
							t.Errorf("%v %v", f, err)
						}
					}
				})
			}
			for _, a := range []access.Actor{w.maina, focal, deputy} {
				for _, handle := range []string{hers, theirs} {
					try(func() error {
						_, err := w.conflicts.Declare(ctx, a, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: handle})
						return err
					})
				}
			}
			try(func() error {
				_, err := w.conflicts.Declare(ctx, works, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: hers})
				return err
			})
			try(func() error {
				_, err := w.conflicts.Settle(ctx, focal, once.Key{}, open.ID, conflict.Settling{Handle: hers})
				return err
			})
			try(func() error { // an act that asks whether two are apart
				return w.Store.Org(w.Org).Tx(ctx, func(tx *store.Tx) error {
					_, err := conflict.StillApart(ctx, tx, she.Person, w.maina.Person)
					return err
				})
			})
			for _, gone := range []access.Actor{she, works} {
				all.Go(func() {
					<-begin
					if err := w.Erase(ctx, gone); err != nil && !errors.Is(err, store.ErrBusy) {
						t.Error(err)
					}
				})
			}
			close(begin)
			all.Wait()
			for range 3 { // what was too busy goes on
				value(w.Resume(ctx, w.Org, 100))(t)
			}
			for _, gone := range []access.Actor{she, works} {
				if in := w.lies(t, gone.Person); len(in) != 0 {
					t.Fatalf("she is back in %v", slices.Compact(slices.Sorted(slices.Values(in))))
				}
			}
		}
	})
}

// The one order that matters, on the store that grants no more than snapshots: an
// act read that she has no sheet, she is erased from the first to the last, and
// then the act commits.
func TestAnActThatBeganBeforeAnErasureMakesNoSheetAfterIt(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		if !strings.HasSuffix(t.Name(), "/hostile") {
			return
		}
		she := w.Person(access.Member, w.First, "Kopila")
		asked, erased := make(chan struct{}), make(chan struct{})
		tell := sync.OnceFunc(func() { close(asked) })
		ended := make(chan error)
		go func() {
			run := 0
			ended <- w.Store.Org(w.Org).Tx(ctx, func(tx *store.Tx) error {
				run++
				if _, err := conflict.StillApart(ctx, tx, she.Person, w.maina.Person); err != nil {
					return err
				}
				if run%2 == 0 { // the odd ones are for nothing
					tell()
					<-erased
				}
				return nil
			})
		}()
		<-asked
		must(t)(nil, w.Erase(ctx, she))
		close(erased)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if in := w.lies(t, she.Person); len(in) != 0 {
			t.Errorf("she is back in %v", in)
		}
	})
}
