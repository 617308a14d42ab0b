package peersupport_test

import (
	"reflect"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/conflict"
	"chautari/models/once"
	"chautari/models/peersupport"
)

// To a member a supporter between whom and her something was declared, by either
// of them, is as one on a break.
func TestNobodyIsMatchedWithSomebodyToWhomSheIsTooClose(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		kopila := p.supporter(p.Second, "Kopila", 60, 5, morning...)
		trainer := p.Person(access.Trainer, p.First, "Asha")
		other := p.member("Tara")
		for _, c := range []struct{ by, about, she access.Actor }{{maina, other, other}, {trainer, maina, trainer}} {
			before := p.slots(c.she, peersupport.SlotQuery{})
			if len(before.Supporters) != 2 {
				t.Fatalf("before, she is offered %v", before.Supporters)
			}
			pause := true
			set := func(paused bool) {
				t.Helper()
				pause = paused
				own, err := p.OwnHours(ctx, maina)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := p.SetHours(ctx, maina, own.Version, peersupport.HoursChange{Paused: &pause}); err != nil {
					t.Fatal(err)
				}
				p.Clock.Advance(2 * time.Second) // lists in memory are a second old at most
			}
			set(true)
			onBreak := p.slots(c.she, peersupport.SlotQuery{})
			_, breakErr := p.book(c.she, maina, sunday)
			set(false)
			id := p.Declare(c.by, conflict.Household, c.about)
			got := p.slots(c.she, peersupport.SlotQuery{})
			if !reflect.DeepEqual(got, onBreak) {
				t.Errorf("she is offered %+v, want what a break leaves: %+v", got, onBreak)
			}
			_, err := p.book(c.she, maina, sunday)
			if code(err) != code(breakErr) || code(err) != "start: support.no_such_slot" {
				t.Errorf("booking her is answered with %v, on a break with %v", err, breakErr)
			}
			b, err := p.Book(ctx, c.she, once.Key{}, peersupport.Booking{Start: sunday})
			if err != nil || b.Supporter() != kopila.Person {
				t.Fatalf("who takes anyone gets %v, %v", b, err)
			}
			if _, err := p.Cancel(ctx, c.she, once.Key{}, b.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Conflicts.End(ctx, c.by, once.Key{}, id); err != nil {
				t.Fatal(err)
			}
			if got := p.slots(c.she, peersupport.SlotQuery{}); !reflect.DeepEqual(got, before) {
				t.Errorf("taken back, she is offered %+v", got)
			}
		}
	})
}

func TestNothingIsBookedAfterTheTwoWereDeclaredTooClose(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		she := p.member("Junkiri")
		in := conflict.Declaring{Kind: conflict.Relative, Handle: p.Handle(she)}
		var running sync.WaitGroup
		for i := range 3 {
			running.Go(func() {
				_, err := p.book(she, maina, sunday.Add(time.Duration(i)*time.Hour))
				switch code(err) {
				case "", "start: support.no_such_slot", "support.own_limit":
				default:
					t.Error(err)
				}
			})
		}
		if _, err := p.Conflicts.Declare(ctx, maina, once.Key{}, in); err != nil {
			t.Fatal(err)
		}
		before := len(p.own(she, false))
		running.Wait()
		if after := len(p.own(she, false)); after != before {
			t.Errorf("%d were booked afterwards", after-before)
		}
	})
}
