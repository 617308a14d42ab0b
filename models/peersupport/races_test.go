package peersupport_test

import (
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/once"
	"chautari/models/peersupport"
	"chautari/models/store"
)

// booked counts the meetings that are stored as booked, while others write.
func (p *place) booked() (n int) {
	p.t.Helper()
	err := peersupport.AllSessions.Each(ctx, p.Store.Org(p.Org), store.Query{Index: "start"}, func(s *peersupport.Session) error {
		if s.State == peersupport.Booked {
			n++
		}
		return nil
	})
	if err != nil {
		p.t.Error(err)
	}
	return n
}

// together runs fn from n goroutines at once and counts the codes.
func together(n int, fn func(i int) error) map[string]int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	codes := map[string]int{}
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			c := code(fn(i))
			mu.Lock()
			defer mu.Unlock()
			codes[c]++
		})
	}
	close(start)
	wg.Wait()
	return codes
}

func TestAResendIsOneMeeting(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.supporter(p.First, "Maina", 60, 5, morning...)
		p.supporter(p.First, "Bela", 60, 5, morning...)
		she := p.member("Junkiri")
		k := once.Key{Value: "0123456789abcdef", Digest: "d"}
		var mu sync.Mutex
		ids := map[string]bool{}
		codes := together(8, func(int) error {
			b, err := p.Book(ctx, she, k, peersupport.Booking{Start: sunday})
			if err == nil {
				mu.Lock()
				ids[b.ID] = true
				mu.Unlock()
			}
			return err
		})
		if codes[""] != 8 || len(ids) != 1 || p.holds() != 1 {
			t.Errorf("answers %v, meetings %v", codes, ids)
		}
		id := slices.Collect(maps.Keys(ids))[0]
		k.Value = "abcdef0123456789"
		for range 2 {
			_, err := p.Cancel(ctx, she, k, id)
			p.wants(err, "")
		}
		p.holds()
	})
}

func TestOnlyOneOfManyGetsASlot(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		many := make([]access.Actor, 20)
		for i := range many {
			many[i] = p.member("Junkiri")
		}
		codes := together(len(many), func(i int) error { _, err := p.book(many[i], maina, sunday); return err })
		if codes[""] != 1 || codes["support.slot_taken"] != 19 || p.holds() != 1 {
			t.Errorf("answers %v", codes)
		}
	})
}

// Neither server knows the queue of the other, nor what the other keeps in
// memory: only what is stored keeps two from getting one slot.
func TestOnlyOneOfManyGetsASlotAlsoAtTwoServers(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		servers := []*peersupport.Support{p.Support, peersupport.New(p.Store, p.Orgs, p.Members, p.Clock)}
		many := make([]access.Actor, 20)
		for i := range many {
			many[i] = p.member("Junkiri")
			p.slots(many[i], peersupport.SlotQuery{}) // both have seen it free
			if _, err := servers[1].Slots(ctx, many[i], peersupport.SlotQuery{Days: 14}); err != nil {
				t.Fatal(err)
			}
		}
		codes := together(len(many), func(i int) error {
			_, err := servers[i%2].Book(ctx, many[i], once.Key{}, peersupport.Booking{Start: sunday, Supporter: maina.Person})
			return err
		})
		if codes[""] != 1 || codes["support.slot_taken"] != 19 || p.holds() != 1 {
			t.Errorf("answers %v", codes)
		}
	})
}

func TestTenSlotsAreTenMeetingsWhoeverComes(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		// Ten in all: two supporters with five half hours each, one member for each client.
		half := []peersupport.SpanInput{span(0, "10:00", "12:30")}
		a := p.supporter(p.First, "Maina", 30, 20, half...)
		b := p.supporter(p.Second, "Bela", 30, 20, half...)
		many := make([]access.Actor, 200)
		for i := range many {
			many[i] = p.member("Junkiri")
		}
		codes := together(len(many), func(i int) error {
			in := peersupport.Booking{Start: sunday.Add(time.Duration(i%5) * 30 * time.Minute)}
			if i%3 > 0 {
				in.Supporter = []string{a.Person, b.Person}[i%2]
			}
			_, err := p.Book(ctx, many[i], once.Key{}, in)
			return err
		})
		if codes[""] != 10 || codes["support.slot_taken"] != 190 || p.holds() != 10 {
			t.Errorf("answers %v", codes)
		}
	})
}

func TestMeetingsOfUnequalLengthNeverOverlap(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 20, morning...)
		many := make([]access.Actor, 12)
		for i := range many {
			many[i] = p.member("Junkiri")
		}
		lengths := []int{30, 45, 60}
		together(2*len(many), func(i int) error {
			if i%2 == 0 { // her hours change while others book
				h, err := p.OwnHours(ctx, maina)
				if err != nil {
					return err
				}
				_, err = p.SetHours(ctx, maina, h.Version, peersupport.HoursChange{Length: &lengths[i%3]})
				return err
			}
			for m := 0; m < 180; m += 15 {
				if _, err := p.book(many[i/2], maina, sunday.Add(time.Duration(m)*time.Minute)); err == nil {
					return nil
				}
			}
			return nil
		})
		if p.holds() == 0 {
			t.Error("nobody got anything")
		}
	})
}

func TestAMemberIsNotInTwoMeetingsAtOnceNorInTooMany(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		days := []peersupport.SpanInput{span(0, "10:00", "13:00"), span(1, "10:00", "13:00"), span(2, "10:00", "13:00"), span(3, "10:00", "13:00"), span(4, "10:00", "13:00")}
		with := []access.Actor{p.supporter(p.First, "Maina", 60, 20, days...), p.supporter(p.Second, "Bela", 45, 20, days...)}
		she := p.member("Junkiri")
		codes := together(2, func(i int) error { _, err := p.book(she, with[i], sunday); return err })
		if codes[""] != 1 || codes["support.own_overlap"] != 1 || p.holds() != 1 {
			t.Errorf("answers %v", codes)
		}
		second := p.member("Kopila")
		codes = together(10, func(i int) error {
			_, err := p.book(second, with[i%2], sunday.AddDate(0, 0, i/2+7*(i%2)))
			return err
		})
		if codes[""] != 3 || p.holds() != 4 {
			t.Errorf("answers %v", codes)
		}
		// Both sides of one person: she supports somebody while she wants to meet somebody herself.
		codes = together(2, func(i int) error {
			var err error
			if i == 0 {
				_, err = p.book(with[0], with[1], sunday.AddDate(0, 0, 7))
			} else {
				_, err = p.book(p.member("Tara"), with[0], sunday.AddDate(0, 0, 7))
			}
			return err
		})
		if codes[""] != 1 {
			t.Errorf("answers %v", codes)
		}
		p.holds()
	})
}

func TestAWeeksCapHoldsWhateverHappensAtOnce(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		half := []peersupport.SpanInput{span(0, "10:00", "13:00"), span(1, "10:00", "13:00")}
		maina := p.supporter(p.First, "Maina", 30, 4, half...)
		many := make([]access.Actor, 12)
		for i := range many {
			many[i] = p.member("Junkiri")
		}
		codes := together(len(many), func(i int) error {
			_, err := p.book(many[i], maina, sunday.AddDate(0, 0, i%2).Add(time.Duration(i/2)*30*time.Minute))
			return err
		})
		if codes[""] != 4 || codes["support.week_full"] != 8 || p.holds() != 4 {
			t.Errorf("answers %v", codes)
		}
	})
}

func TestBookingAndCancellingAtOnceLeavesBothDiariesRight(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 20, morning...)
		many := make([]access.Actor, 8)
		for i := range many {
			many[i] = p.member("Junkiri")
		}
		together(len(many), func(i int) error {
			for range 4 {
				b, err := p.book(many[i], maina, sunday.Add(time.Duration(i%3)*time.Hour))
				if err != nil {
					continue
				}
				by := []access.Actor{many[i], maina}[i%2]
				if _, err := p.Cancel(ctx, by, once.Key{}, b.ID); err != nil {
					t.Error(err)
				}
			}
			return nil
		})
		if n := p.holds(); n != 0 {
			t.Errorf("%d stayed booked", n)
		}
	})
}

func TestOnceARightIsTakenAwayNothingMoreIsBookedOnIt(t *testing.T) {
	for name, take := range map[string]func(p *place, maina access.Actor){
		"a break": func(p *place, maina access.Actor) {
			yes := true
			if _, err := p.SetHours(ctx, maina, 2, peersupport.HoursChange{Paused: &yes}); err != nil {
				p.t.Error(err)
			}
		},
		"her yes":  func(p *place, maina access.Actor) { p.withdraw(maina, consent.SupporterName) },
		"her role": func(p *place, maina access.Actor) { p.TakeRole(maina, access.PeerSupporter) },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, p *place) {
				maina := p.supporter(p.First, "Maina", 30, 20, span(0, "00:00", "24:00"))
				many := make([]access.Actor, 16)
				for i := range many {
					many[i] = p.member("Junkiri")
				}
				acknowledged := 0
				together(len(many)+1, func(i int) error {
					if i == len(many)/2 {
						take(p, maina)
						acknowledged = p.booked()
						return nil
					}
					_, err := p.book(many[min(i, len(many)-1)], maina, sunday.Add(time.Duration(i)*30*time.Minute))
					return err
				})
				if n := p.holds(); n != acknowledged {
					t.Errorf("%d were booked when it was acknowledged, and then %d", acknowledged, n)
				}
			})
		})
	}
}
