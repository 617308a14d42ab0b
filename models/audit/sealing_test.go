package audit

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/lease"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// Two instances seal while many write, each believing that it is alone: the
// chain has no fork and no gap, and every entry is in it once.
func TestTheChainIsUnbrokenWhileManyWriteAndTwoSeal(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		const writers, acts = 8, 12
		var writing, sealing sync.WaitGroup
		over := make(chan struct{})
		for range 2 {
			sealing.Go(func() {
				to := NewSealer(d.chain, d.clock)
				for {
					d.clock.Advance(time.Second)
					if _, err := to.Seal(ctx, d.space); err != nil && !errors.Is(err, store.ErrBusy) {
						t.Error(err)
					}
					select {
					case <-over:
						return
					default:
					}
				}
			})
		}
		for range writers {
			writing.Go(func() {
				for range acts {
					err := d.space.Tx(ctx, func(tx *store.Tx) error {
						return d.log.Did(ctx, tx, maya, access.CorrectMember, []string{"mem_x"})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		writing.Wait()
		close(over)
		sealing.Wait()
		d.seal()
		v := d.verify(Against{})
		if len(v.Findings) != 0 || v.Entries != writers*acts || v.Unsealed != 0 {
			t.Errorf("%+v", v)
		}
	})
}

// Who lost the lease seals nothing more.
func TestOnlyTheHolderOfTheLeaseSeals(t *testing.T) {
	c := clock.At(start)
	storetest.Each(t, append(Specs(), lease.Specs()...), c, func(t *testing.T, s *store.Store) {
		d := newDesk(t, c, s)
		first, second := lease.New(s, c), lease.New(s, c)
		slow, err := first.Take(ctx, "audit")
		d.must(err)
		d.did(maya, 3)
		if _, err := second.Take(ctx, "audit"); !errors.Is(err, lease.ErrTaken) {
			t.Fatal(err)
		}
		c.Advance(lease.Time)
		quick, err := second.Take(ctx, "audit")
		d.must(err)
		if _, err := NewSealer(d.chain, c).Seal(slow.Fence(ctx), d.space); !errors.Is(err, lease.ErrLost) {
			t.Errorf("the one that slept sealed: %v", err)
		}
		if n, err := NewSealer(d.chain, c).Seal(quick.Fence(ctx), d.space); err != nil || n != 3 {
			t.Errorf("%d %v", n, err)
		}
		if v := d.verify(Against{}); len(v.Findings) != 0 || v.Entries != 3 {
			t.Errorf("%+v", v)
		}
	})
}

// A server that dies anywhere between sealing and copying leaves nothing out.
func TestACopyThatWasAwayIsCaughtUp(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		box := newBox()
		c := OnShelf(box)
		for died := range 4 {
			d.did(maya, 2)
			d.seal()
			d.did(gita, 2)
			d.seal()
			box.after = died
			err := NewCopier(c).CatchUp(ctx, d.space)
			if behind, e := Behind(ctx, d.space, c, "org_a"); e != nil || (behind > 0) != (err != nil) {
				t.Errorf("%d behind, %v %v", behind, err, e)
			}
			box.after = -1
			if died%2 == 1 {
				continue // the next one finds more to do
			}
			d.must(NewCopier(c).CatchUp(ctx, d.space))
			if v := d.verify(Against{Copy: c}); len(v.Findings) != 0 || v.Uncopied != 0 {
				t.Errorf("%+v", v)
			}
		}
		to := NewCopier(c)
		d.must(to.CatchUp(ctx, d.space))
		box.away = errors.New("away")
		d.must(to.CatchUp(ctx, d.space)) // nothing is new, so it isn't asked
		d.did(maya, 1)
		d.seal()
		if err := to.CatchUp(ctx, d.space); !errors.Is(err, box.away) {
			t.Error(err)
		}
		box.away = nil
		d.must(to.CatchUp(ctx, d.space))
	})
}

// A copy holds ids and hashes, and no word of who did what about whom.
func TestACopyHoldsIDsAndHashesAlone(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		box := newBox()
		d.history(OnShelf(box))
		for _, body := range box.kept {
			for _, word := range []string{"acc_", "mem_", "correct", "coordinator", "alias", "anonymous", "done"} {
				if strings.Contains(string(body), word) {
					t.Errorf("it holds %q", word)
				}
			}
		}
	})
}

// Anonymous acts are in no block of a second: the day's are sealed together on
// another day, in the order of ids that are random, and no document dates them finer.
func TestAnonymousActsAreSealedByDays(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		nobody := access.AnonymousIn("org_a")
		today := calendar.Of(d.clock.Now())
		for range 5 {
			d.did(maya, 1)
			d.did(nobody, 2)
			d.seal()
			d.clock.Advance(time.Minute)
		}
		d.clock.Advance(15 * time.Hour) // the next day in Nepal
		d.did(nobody, 1)
		d.seal()
		anonymous := map[string]calendar.Date{}
		for _, e := range d.entries() {
			if e.At == nil {
				anonymous[e.ID] = e.Day
			}
		}
		holds := 0
		for _, b := range d.blocks() {
			of := 0
			for _, s := range b.Entries {
				if day, ok := anonymous[s.ID]; ok {
					of++
					if day != b.Day || day != today {
						t.Errorf("an act of %s is in a block of %s", day, b.Day)
					}
				}
			}
			if of > 0 {
				holds++
			}
			if of > 0 && (of != 10 || len(b.Entries) != 10) {
				t.Errorf("a block of %d entries holds %d anonymous ones", len(b.Entries), of)
			}
			if !slices.IsSortedFunc(b.Entries, func(x, y Sealed) int { return map[bool]int{true: -1, false: 1}[x.ID < y.ID] }) {
				t.Error("they stand in the order in which they came")
			}
			if !b.Changed.Equal(calendar.Of(b.Changed).Begins()) {
				t.Errorf("a block is dated %s", b.Changed)
			}
		}
		if holds != 1 {
			t.Errorf("they are in %d blocks", holds)
		}
	})
}

// What the board counts is what was done, without anything about grievances.
func TestSumsCountWhatWasSealedAndNothingAboutGrievances(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.did(maya, 3)
		d.seal()
		d.did(maya, 2)
		d.tx(func(tx *store.Tx) error {
			return errors.Join(
				d.log.Did(ctx, tx, gita, access.HandleSensitive, []string{"grv_x"}),
				d.log.Did(ctx, tx, gita, "refusedAtTheDoor", nil),
			)
		})
		d.did(access.AnonymousIn("org_a"), 1)
		d.seal()
		all, err := SumsOf(ctx, d.space, calendar.Of(d.clock.Now()))
		d.must(err)
		want := []Sum{{access.Coordinator, access.CorrectMember, Done, 5}, {access.Board, Other, Done, 1}}
		if len(all) != 2 || !slices.Contains(all, want[0]) || !slices.Contains(all, want[1]) {
			t.Errorf("%v", all)
		}
		d.clock.Advance(24 * time.Hour)
		d.seal()
		all, err = SumsOf(ctx, d.space, calendar.Date{Year: 2026, Month: 11, Day: 1})
		if d.must(err); !slices.Contains(all, Sum{access.Anonymous, access.CorrectMember, Done, 1}) {
			t.Errorf("%v", all)
		}
	})
}

// What a slow transaction committed after later ones were sealed is not left
// out, nor what was written before there were blocks or while nobody sealed.
func TestWhatWasCommittedLateIsSealedWithinTheHour(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		late := func(at time.Time) {
			d.tx(func(tx *store.Tx) error {
				return Entries.Insert(ctx, tx, &Entry{
					Meta: store.Meta{ID: id.New("aud")}, At: &at, Day: calendar.Of(at), Account: "acc_x", Roles: maya.Roles,
				})
			})
		}
		d.did(maya, 2)
		d.clock.Advance(20 * 24 * time.Hour) // nobody sealed for weeks
		d.did(maya, 1)
		d.seal()
		if v := d.verify(Against{}); v.Entries != 3 || v.Unsealed != 0 {
			t.Fatalf("%+v", v)
		}
		late(d.clock.Now().Add(-20 * time.Second))
		d.did(maya, 1)
		d.seal()
		if v := d.verify(Against{}); v.Entries != 4 || v.Unsealed != 1 || len(v.Findings) != 0 {
			t.Fatalf("%+v", v)
		}
		d.clock.Advance(laggards)
		d.seal()
		if v := d.verify(Against{}); v.Entries != 5 || v.Unsealed != 0 || len(v.Findings) != 0 {
			t.Fatalf("%+v", v)
		}
		// The clock was set back by a day.
		d.clock.Advance(-24 * time.Hour)
		d.did(maya, 1)
		d.seal()
		if v := d.verify(Against{}); v.Entries != 6 || v.Unsealed != 0 || len(v.Findings) != 0 {
			t.Fatalf("%+v", v)
		}
	})
}
