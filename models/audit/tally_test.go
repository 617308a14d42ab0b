package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/store"
)

func people(from, n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprintf("mem_%d", from+i))
	}
	return ids
}

func (d *desk) saw(a access.Actor, act access.Action, ids []string) error {
	return d.space.Tx(ctx, func(tx *store.Tx) error { return d.log.Saw(ctx, tx, a, act, ids) })
}

func (d *desk) alerts() (all []*Alert) {
	d.Helper()
	d.must(Alerts.Each(ctx, d.space, store.Query{Index: "day"}, func(a *Alert) error {
		all = append(all, a)
		return nil
	}))
	return all
}

func refused(err error) time.Duration {
	if f, ok := fault.As(err); ok && f.Kind == fault.TooMany && f.Code == "trail.too_many" {
		return f.Retry
	}
	return 0
}

// Ten thousand views in a minute: after the bound nothing is opened.
func TestNobodyOpensMoreThanTheBoundWithinAnHour(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		opened := 0
		for page := range 400 {
			ids := people(page*25, 25)
			if err := d.saw(maya, access.ListMembers, ids); err == nil {
				opened += len(ids)
			} else if refused(err) == 0 {
				t.Fatal(err)
			}
		}
		if opened != Usual.OpeningsMost {
			t.Errorf("%d were opened", opened)
		}
		if n := len(d.entries()); n != Usual.OpeningsMost/25 {
			t.Errorf("%d entries", n)
		}
		// Who was opened already may be opened again, and another opens her own.
		d.must(d.saw(maya, access.ReadMember, people(3, 1)))
		d.must(d.saw(gita, access.ReadMember, people(9000, 1)))
		// After the time that she is told it goes on.
		d.clock.Advance(10 * time.Minute)
		wait := refused(d.saw(maya, access.ReadMember, people(9000, 1)))
		if wait != 50*time.Minute {
			t.Errorf("she is to wait %s", wait)
		}
		d.clock.Advance(wait)
		d.must(d.saw(maya, access.ReadMember, people(9000, 1)))
		// A file that two people granted is another matter, and is in the trail.
		d.must(d.saw(gita, access.TakeExport, people(0, 2000)))
	})
}

func TestTheBoundHoldsWhateverRunsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.log.Bounds = func(context.Context, string) (Bounds, error) { return Bounds{10, 40, 40, 20}, nil }
		var opened atomic.Int64
		var all sync.WaitGroup
		for w := range 8 {
			all.Go(func() {
				for i := range 10 {
					err := d.saw(maya, access.ReadMember, people(w*100+i, 1))
					switch {
					case err == nil:
						opened.Add(1)
					case refused(err) == 0 && !errors.Is(err, store.ErrBusy):
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if opened.Load() != 40 || len(d.entries()) != 40 {
			t.Errorf("%d were opened, %d are in the trail", opened.Load(), len(d.entries()))
		}
		if a := d.alerts(); len(a) != 1 || a[0].Count != 40 || a[0].Account != maya.Account {
			t.Errorf("%+v", a)
		}
	})
}

func TestFiftyRecordsRaiseOneAlert(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.must(d.saw(maya, access.ListMembers, people(0, 100))) // who leafs through her list does her work
		for i := range 49 {
			d.must(d.saw(maya, access.ReadMember, people(i, 1)))
		}
		for range 60 {
			d.must(d.saw(maya, access.ReadMember, people(0, 100)[:2])) // a page of what she has opened
			d.must(d.saw(maya, access.ReadMember, []string{maya.Person}))
		}
		if len(d.alerts()) != 0 {
			t.Fatal("too early")
		}
		d.must(d.saw(maya, access.ReadMember, people(49, 1)))
		a := d.alerts()
		if len(a) != 1 || a[0].Kind != ManyOpenings || a[0].Count != 50 || a[0].Person != maya.Person {
			t.Fatalf("%+v", a)
		}
		// Somebody has seen it; as many again within the day are to be looked at anew.
		d.tx(func(tx *store.Tx) error {
			_, err := Alerts.Update(ctx, tx, a[0].ID, func(a *Alert) error {
				a.SeenBy = []string{"acc_x"}
				return nil
			})
			return err
		})
		d.must(d.saw(maya, access.ReadMember, people(50, 1)))
		if a = d.alerts(); len(a[0].SeenBy) != 1 {
			t.Error("each further record raises it")
		}
		d.clock.Advance(2 * time.Hour)
		for i := range 50 {
			d.must(d.saw(maya, access.ReadMember, people(i, 1)))
		}
		if a = d.alerts(); len(a) != 1 || len(a[0].SeenBy) != 0 {
			t.Errorf("%+v", a)
		}
	})
}

func TestManyRefusalsRaiseAnAlertAndEachIsInTheTrail(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for i := range 20 {
			if len(d.alerts()) != 0 {
				t.Fatalf("after %d", i)
			}
			err := d.log.Refusal(ctx, d.space, maya, access.ReadMember, fmt.Sprintf("mem_%d", i), access.Refused)
			if !errors.Is(err, access.Refused) || !Noted(err) {
				t.Fatal(err)
			}
			if again := d.log.Refusal(ctx, d.space, maya, access.ReadMember, "mem_0", err); again != err {
				t.Error("it is noted twice")
			}
		}
		if a := d.alerts(); len(a) != 1 || a[0].Kind != ManyRefusals || a[0].Count != 20 {
			t.Errorf("%+v", a)
		}
		if n := len(d.entries()); n != 20 {
			t.Errorf("%d entries", n)
		}
		if err := d.log.Refusal(ctx, d.space, maya, access.ReadMember, "mem_0", access.Unproved); err != error(access.Unproved) || len(d.entries()) != 20 {
			t.Error("a missing proof is no refusal")
		}
	})
}

// Tallies don't outlive their hour.
func TestTalliesAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.must(d.saw(maya, access.ListMembers, people(0, 10)))
		forget := func() (n int) {
			d.tx(func(tx *store.Tx) (err error) {
				n, err = ForgetTallies(ctx, tx, d.clock.Now(), 100)
				return err
			})
			return n
		}
		if d.clock.Advance(30 * time.Minute); forget() != 0 {
			t.Error("too early")
		}
		if d.clock.Advance(31 * time.Minute); forget() != 1 {
			t.Error("it stays")
		}
	})
}

// Records are opened one by one no faster than a day's work needs, however large the
// organisation is; the list of her groups goes on.
func TestRecordsAreOpenedOneByOneUpToABoundOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for range 2 {
			d.must(d.saw(maya, access.ListMembers, people(0, 100)))
		}
		opened := 0
		for i := range 504 {
			if err := d.saw(maya, access.ReadMember, people(i, 1)); err == nil {
				opened++
			} else if refused(err) != time.Hour {
				t.Fatal(err)
			}
		}
		if a := d.alerts(); opened != Usual.OpenedMost || len(a) != 1 || a[0].Count != 2*Usual.OpeningsAlert {
			t.Errorf("%d were opened: %+v", opened, a)
		}
		d.must(d.saw(maya, access.ListMembers, people(100, 100)))
		d.must(d.saw(maya, access.ListMembers, people(300, 1))) // a search that finds one
		d.must(d.saw(maya, access.ReadMember, people(5, 1)))
		d.clock.Advance(time.Hour)
		d.must(d.saw(maya, access.ReadMember, people(500, 1)))
	})
}

// Whoever reaches the bound was told of, whatever was chosen.
func TestNobodyReachesTheBoundUntold(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.log.Bounds = func(context.Context, string) (Bounds, error) { return Bounds{200, 60, 1000, 20}, nil }
		for i := range 60 {
			d.must(d.saw(maya, access.ReadMember, people(i, 1)))
		}
		if a := d.alerts(); len(a) != 1 || a[0].Count != 60 {
			t.Errorf("%+v", a)
		}
	})
}

// Who opens one record over and over watches somebody.
func TestTheSameRecordOverAndOverRaisesAnAlert(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		times := 0
		for len(d.alerts()) == 0 && times < 500 {
			d.must(d.saw(maya, access.ReadMember, people(7, 1)))
			times++
			d.clock.Advance(10 * time.Second)
		}
		if want := 1 + againWeighs*(Usual.OpeningsAlert-1); times != want {
			t.Errorf("after %d, want %d", times, want)
		}
		doc, err := tallyOf(ctx, d.space, maya.Account)
		if d.must(err); len(doc.Seen) != 1 || len(doc.Again) > 61 {
			t.Errorf("%d and %d", len(doc.Seen), len(doc.Again))
		}
	})
}

// Refusals go on being counted, and are to be looked at anew when they doubled.
func TestRefusalsGoOnBeingCounted(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		fresh := []int{}
		for i := range 300 {
			err := d.log.Refusal(ctx, d.space, maya, access.ReadMember, fmt.Sprintf("mem_%d", i), access.Refused)
			if !errors.Is(err, access.Refused) {
				t.Fatal(err)
			}
			a := d.alerts()
			if len(a) == 0 {
				continue
			}
			if len(a) != 1 || a[0].Count != i+1 {
				t.Fatalf("after %d: %+v", i+1, a)
			}
			if len(a[0].SeenBy) == 0 {
				fresh = append(fresh, i+1)
				d.tx(func(tx *store.Tx) error {
					_, err := Alerts.Update(ctx, tx, a[0].ID, func(a *Alert) error {
						a.SeenBy = []string{"acc_x"}
						return nil
					})
					return err
				})
			}
		}
		if !slices.Equal(fresh, []int{20, 40, 80, 160}) {
			t.Errorf("%v", fresh)
		}
	})
}
