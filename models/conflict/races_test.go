package conflict_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"chautari/models/access"
	"chautari/models/conflict"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

// act is what may be done only by somebody who is apart from another.
type act struct {
	store.Meta `bson:",inline"`
	Pair       string `bson:"pair"`
}

var acts = store.Declare[act]("acts", store.Index{Name: "pair", Fields: []string{"pair"}})

var errClose = errors.New("they are not apart")

// do does it in one transaction, which asks first; between runs after it asked.
func (o *office) do(pair string, x, y access.Actor, between func(run int)) error {
	run := 0
	return o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error {
		run++
		apart, err := conflict.StillApart(ctx, tx, x.Person, y.Person)
		if err != nil {
			return err
		}
		if !apart {
			return errClose
		}
		between(run)
		return acts.Insert(ctx, tx, &act{Meta: store.Meta{ID: id.New("act")}, Pair: pair})
	})
}

func (o *office) done(pair string) int {
	o.t.Helper()
	n, err := acts.Count(ctx, o.Store.Org(o.Org), store.Query{Index: "pair", Equal: []any{pair}}, store.MaxLimit)
	o.must(err)
	return n
}

// Nothing that needs two people to be apart is done once it was acknowledged that
// they aren't: not by an act that asked before, nor by either's first declaration.
func TestNothingIsDoneAfterADeclarationWasAcknowledged(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for range 6 {
			x, y := o.Person(access.Board, o.Root, "Asha"), o.Person(access.PeerSupporter, o.First, "Tara")
			member := o.Person(access.Member, o.First, "Junkiri") // who has no sheet at first
			for _, c := range []struct{ by, about, doer, other access.Actor }{{x, y, x, y}, {x, y, y, x}, {y, member, member, y}, {x, member, x, member}} {
				pair := id.New("pair")
				in := conflict.Declaring{Kind: conflict.Business, Handle: o.Handle(c.about)}
				var running sync.WaitGroup
				begin := make(chan struct{})
				for range 6 {
					running.Go(func() {
						<-begin
						for range 4 {
							if err := o.do(pair, c.doer, c.other, func(int) {}); err != nil && !errors.Is(err, errClose) {
								t.Error(err)
							}
						}
					})
				}
				close(begin)
				r, err := o.Conflicts.Declare(ctx, c.by, once.Key{}, in)
				o.must(err)
				before := o.done(pair)
				running.Wait()
				if after := o.done(pair); after != before {
					t.Fatalf("%d were done after it was acknowledged", after-before)
				}
				_, err = o.Conflicts.End(ctx, c.by, once.Key{}, r.ID)
				o.must(err)
			}
		}
	})
}

// The same with the one order that matters: the act asked, then it was declared,
// then the act commits. One writer at a time can't get there, so it is tried on
// the store that grants no more than snapshots.
func TestAnActThatAskedBeforeTheDeclarationAsksAgain(t *testing.T) {
	stage.Each(t, stage.Specs(acts.Spec()), func(t *testing.T, s *stage.Stage) {
		if !strings.HasSuffix(t.Name(), "/hostile") {
			return
		}
		o := newOffice(t, s)
		member := o.Person(access.Member, o.First, "Junkiri")
		other := o.Person(access.Member, o.First, "Tara")
		for name, c := range map[string]struct{ by, about, doer, other access.Actor }{
			"by the one who acts":         {o.focal, o.board, o.focal, o.board},
			"about the one who acts":      {o.deputy, o.board, o.board, o.deputy},
			"about one without a sheet":   {o.supporter, member, member, o.supporter},
			"by one whom it is done with": {o.supporter, other, o.supporter, other},
		} {
			asked, declared := make(chan struct{}), make(chan struct{})
			tell := sync.OnceFunc(func() { close(asked) })
			ended := make(chan error)
			go func() {
				ended <- o.do(name, c.doer, c.other, func(run int) {
					if run%2 == 0 { // the odd ones are for nothing
						tell()
						<-declared
					}
				})
			}()
			<-asked
			o.Declare(c.by, conflict.Household, c.about)
			close(declared)
			if err := <-ended; !errors.Is(err, errClose) || o.done(name) != 0 {
				t.Errorf("declared %s: %v, %d done", name, err, o.done(name))
			}
		}
	})
}

// Declarations of several people at once leave sheets that agree with each other.
func TestManyWhoDeclareAtOnceLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		all := []access.Actor{o.focal, o.deputy, o.board, o.supporter}
		handles := map[string]string{}
		for _, a := range all {
			handles[a.Person] = o.Handle(a)
		}
		var running sync.WaitGroup
		for _, x := range all {
			for _, y := range all {
				if x.Person != y.Person {
					running.Go(func() {
						_, err := o.Conflicts.Declare(ctx, x, once.Key{}, conflict.Declaring{Kind: conflict.Line, Handle: handles[y.Person]})
						if err != nil {
							t.Error(err)
						}
					})
				}
			}
		}
		running.Wait()
		for _, x := range all {
			for _, y := range all {
				if o.apart(x, y) {
					t.Error("two are apart")
				}
			}
			own, _ := o.own(x)
			for _, r := range own {
				_, err := o.Conflicts.End(ctx, x, once.Key{}, r.ID)
				o.must(err)
			}
			if len(own) != len(all)-1 {
				t.Errorf("%d are kept", len(own))
			}
		}
		if !o.apart(all[0], all[1]) {
			t.Error("all are taken back, and two aren't apart")
		}
	})
}

// Whatever is declared, settled and taken back in whatever order: two are apart
// exactly while nothing that counts stands between them, seen from either side.
func TestApartIsWhatWasDeclaredSeenFromEitherSide(t *testing.T) {
	o := newOffice(t, stage.New(t, acts.Spec()))
	type made struct{ id, by, about string }
	rapid.Check(t, func(t *rapid.T) {
		// Others in each run: what they declared stays on their sheets when it has ended.
		var all []access.Actor
		handles := map[string]string{}
		for _, role := range []access.Role{access.FocalPoint, access.Deputy, access.Board, access.PeerSupporter, access.Member} {
			a := o.Person(role, o.First, "Tara")
			all, handles[a.Person] = append(all, a), o.Handle(a)
		}
		var live []made
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			by := rapid.SampledFrom(all[:4]).Draw(t, "by")
			about := rapid.SampledFrom(all).Draw(t, "about")
			switch what := rapid.IntRange(0, 2).Draw(t, "what"); {
			case what == 0 && len(live) > 0:
				i := rapid.IntRange(0, len(live)-1).Draw(t, "which")
				for _, a := range all {
					if a.Person == live[i].by {
						_, err := o.Conflicts.End(ctx, a, once.Key{}, live[i].id)
						o.must(err)
					}
				}
				live = append(live[:i], live[i+1:]...)
			case by.Person == about.Person:
			case what == 1:
				r, err := o.Conflicts.Declare(ctx, by, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: handles[about.Person]})
				o.must(err)
				live = append(live, made{r.ID, by.Person, about.Person})
			default:
				r, err := o.Conflicts.Declare(ctx, by, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Words: "in words only"})
				o.must(err)
				live = append(live, made{r.ID, by.Person, "nobody who has an account"})
			}
			for _, x := range all {
				for _, y := range all {
					want := x.Person != y.Person
					for _, m := range live {
						if m.by == x.Person && m.about == y.Person || m.by == y.Person && m.about == x.Person {
							want = false
						}
					}
					if got := o.apart(x, y); got != want {
						t.Fatalf("apart is %v, want %v", got, want)
					}
				}
			}
		}
	})
}
