package lease

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var (
	ctx   = context.Background()
	epoch = time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
)

// tally is what the lease guards: it keeps the order in which acts were committed.
type tally struct {
	store.Meta `bson:",inline"`
	Acts       []act `bson:"acts"`
}

type act struct {
	Fence int64 `bson:"fence"`
	By    int   `bson:"by"`
}

var tallies = store.Declare[tally]("tallies")

func specs() []*store.Spec { return append(Specs(), tallies.Spec()) }

// instance is one server with a clock of its own, which may be wrong.
type instance struct {
	number int
	clock  *clock.Fake
	store  *store.Store
	keeper *Keeper
	held   *Held
	name   string
}

func instances(s *store.Store, n int) []*instance {
	name := id.New("job")
	all := make([]*instance, n)
	for i := range all {
		// The store's own clock dates the documents; it is the first one's here.
		c := clock.At(epoch)
		all[i] = &instance{number: i, clock: c, store: s, keeper: New(s, c), name: name}
	}
	return all
}

// look renews or tries to take, as an instance does at each beat.
func (in *instance) look() error {
	if in.held != nil {
		err := in.held.Renew(ctx)
		if errors.Is(err, ErrLost) {
			in.held = nil
			return nil
		}
		return err
	}
	h, err := in.keeper.Take(ctx, in.name)
	if errors.Is(err, ErrTaken) {
		return nil
	}
	in.held = h
	return err
}

// act writes under the lease; meanwhile is done between reading and writing.
func (in *instance) act(meanwhile func()) error {
	if in.held == nil {
		return ErrLost
	}
	return in.store.Org("org_a").Tx(in.held.Fence(ctx), func(tx *store.Tx) error {
		d, err := tallies.Get(ctx, tx, in.name)
		if errors.Is(err, store.ErrAbsent) {
			d = &tally{Meta: store.Meta{ID: in.name}}
			d.Acts = []act{{in.held.fence, in.number}}
			err = tallies.Insert(ctx, tx, d)
			if store.IsDuplicate(err, "id") {
				return store.ErrConflict
			}
			return err
		}
		if err != nil {
			return err
		}
		meanwhile()
		d.Acts = append(d.Acts, act{in.held.fence, in.number})
		return tallies.Replace(ctx, tx, d)
	})
}

func nothing() {}

// inOrder fails unless nobody's act was committed after an act of a later
// holder, and each fence is one holder's.
func inOrder(s *store.Store, name string) error {
	d, err := tallies.Get(ctx, s.Org("org_a"), name)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	by := map[int64]int{}
	for i, a := range d.Acts {
		if i > 0 && a.Fence < d.Acts[i-1].Fence {
			return fmt.Errorf("an act of fence %d after one of fence %d", a.Fence, d.Acts[i-1].Fence)
		}
		if was, known := by[a.Fence]; known && was != a.By {
			return fmt.Errorf("fence %d is of two", a.Fence)
		}
		by[a.Fence] = a.By
	}
	return nil
}

// Instances renew, take, act, sleep, die, and their clocks jump by days, in any
// order: acts follow the order of takings, an act is committed only while the
// lease stands at its holder's taking, and whoever is left gets the lease.
func TestNoTwoHoldersActAndThereIsAlwaysOneInTheEnd(t *testing.T) {
	storetest.Each(t, specs(), clock.At(epoch), func(t *testing.T, s *store.Store) {
		rapid.Check(t, func(rt *rapid.T) {
			all := instances(s, rapid.IntRange(1, 5).Draw(rt, "instances"))
			pick := func() *instance { return all[rapid.IntRange(0, len(all)-1).Draw(rt, "who")] }
			must := func(err error) {
				if err != nil {
					rt.Fatal(err)
				}
			}
			rt.Repeat(map[string]func(*rapid.T){
				"look": func(*rapid.T) { must(pick().look()) },
				"act": func(*rapid.T) {
					in := pick()
					err := in.act(nothing)
					if err != nil && !errors.Is(err, ErrLost) {
						rt.Fatal(err)
					}
					stands, absent := leases.Get(ctx, s.System(), in.name)
					if err == nil && (absent != nil || stands.Fence != in.held.fence || stands.Holder != in.held.holder) {
						rt.Fatal("an act was committed under a lease that is another's")
					}
				},
				"time goes on for all": func(*rapid.T) {
					d := time.Duration(rapid.IntRange(1, 40).Draw(rt, "seconds")) * time.Second
					for _, in := range all {
						in.clock.Advance(d)
					}
				},
				"a clock jumps": func(*rapid.T) {
					pick().clock.Advance(time.Duration(rapid.IntRange(-72, 72).Draw(rt, "hours")) * time.Hour)
				},
				"one begins anew": func(*rapid.T) {
					in := pick()
					in.keeper, in.held = New(s, in.clock), nil
				},
				"one lets go": func(*rapid.T) {
					if in := pick(); in.held != nil {
						must(in.held.Release(ctx))
						in.held = nil
					}
				},
				"": func(*rapid.T) { must(inOrder(s, all[0].name)) },
			})
			// The others die. The one that is left has it within its time and two looks.
			left := pick()
			for range int(Time/Beat) + 2 {
				must(left.look())
				left.clock.Advance(Beat)
			}
			must(left.look())
			must(left.act(nothing))
		})
	})
}

// Many hold, look and act at once while their clocks run wild.
func TestHoldersThatRunAtOnceNeverBothCommit(t *testing.T) {
	storetest.Each(t, specs(), clock.At(epoch), func(t *testing.T, s *store.Store) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		all := instances(s, 8)
		dice := make([]*rand.Rand, len(all))
		for i := range dice {
			dice[i] = rand.New(rand.NewPCG(seed, uint64(i)))
		}
		for range 60 {
			var round sync.WaitGroup // so that nobody's time runs away from the others'
			for i, in := range all {
				round.Go(func() {
					in.clock.Advance(time.Duration(dice[i].IntN(30)-10) * time.Second)
					if err := in.look(); err != nil && !errors.Is(err, store.ErrBusy) {
						t.Error(err)
					}
					for range dice[i].IntN(3) {
						if err := in.act(nothing); err != nil && !errors.Is(err, ErrLost) && !errors.Is(err, store.ErrBusy) {
							t.Error(err)
						}
					}
				})
			}
			round.Wait()
		}
		if err := inOrder(s, all[0].name); err != nil {
			t.Error(err)
		}
		d, err := tallies.Get(ctx, s.Org("org_a"), all[0].name)
		if err != nil || len(d.Acts) < 10 {
			t.Fatalf("hardly anything was done (%v)", err)
		}
		t.Logf("%d acts under %d takings", len(d.Acts), d.Acts[len(d.Acts)-1].Fence)
	})
}

// A holder falls asleep between reading and committing; when it wakes the lease
// is another's, and nothing of what it did stays. The store runs bodies more than
// once, so the sleep falls into one run or another.
func TestWhoSleptInTheMiddleOfATransactionCommitsNothing(t *testing.T) {
	s := store.New(storetest.Hostile(t, specs()...), clock.At(epoch))
	sleeps := 0
	for trial := range 60 {
		all := instances(s, 2)
		first, second := all[0], all[1]
		for _, step := range []func() error{first.look, func() error { return first.act(nothing) }, second.look} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		runs, slept := 0, false
		err := first.act(func() {
			if runs++; runs != 1+trial%3 {
				return
			}
			slept = true
			second.clock.Advance(Time)
			if err := second.look(); err != nil || second.held == nil {
				t.Fatal("the sleeper's lease was not taken", err)
			}
		})
		if !slept {
			continue // it was done before it could fall asleep
		}
		sleeps++
		if !errors.Is(err, ErrLost) {
			t.Fatalf("the sleeper committed: %v", err)
		}
		if err := second.act(nothing); err != nil {
			t.Fatal(err)
		}
		d, err := tallies.Get(ctx, s.Org("org_a"), first.name)
		if err != nil || len(d.Acts) != 2 || d.Acts[1].By != second.number {
			t.Errorf("%v %v", d, err)
		}
	}
	if sleeps < 20 {
		t.Errorf("it fell asleep only %d times", sleeps)
	}
}

// Its own clock alone tells a holder that it may have slept.
func TestAHolderWhoseClockJumpedDoesNotActThoughNobodyTookTheLease(t *testing.T) {
	storetest.Each(t, specs(), clock.At(epoch), func(t *testing.T, s *store.Store) {
		for _, jump := range []time.Duration{Time, 72 * time.Hour, -time.Minute, -72 * time.Hour} {
			in := instances(s, 1)[0]
			if err := in.look(); err != nil {
				t.Fatal(err)
			}
			in.clock.Advance(jump)
			if err := in.act(nothing); !errors.Is(err, ErrLost) {
				t.Errorf("after %s: %v", jump, err)
			}
			if err := in.held.Renew(ctx); !errors.Is(err, ErrLost) {
				t.Errorf("after %s it was renewed: %v", jump, err)
			}
		}
	})
}

func TestALeaseThatWasLetGoIsTakenAtOnceAndAWorkingOneIsNot(t *testing.T) {
	storetest.Each(t, specs(), clock.At(epoch), func(t *testing.T, s *store.Store) {
		all := instances(s, 2)
		var inside, after error
		err := all[0].keeper.Alone(ctx, all[0].name, func(ctx context.Context) error {
			_, inside = all[1].keeper.Take(ctx, all[1].name)
			return errors.New("of the work")
		})
		if !errors.Is(inside, ErrTaken) || err == nil || err.Error() != "of the work" {
			t.Errorf("%v, %v", inside, err)
		}
		if _, after = all[1].keeper.Take(ctx, all[1].name); after != nil {
			t.Error(after)
		}
		if standing, err := all[0].keeper.Standing(ctx, all[0].name); err != nil || !standing.Held || standing.Age != 0 {
			t.Errorf("%+v %v", standing, err)
		}
		if standing, err := all[0].keeper.Standing(ctx, "nobody's"); err != nil || standing.Held {
			t.Errorf("%+v %v", standing, err)
		}
	})
}
