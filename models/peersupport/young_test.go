package peersupport_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/peersupport"
	"chautari/models/store"
)

// isYoung has somebody tell that she is under 18.
func (p *place) isYoung(she access.Actor) error {
	p.t.Helper()
	mine, err := p.Members.Mine(ctx, she)
	p.wants(err, "")
	day, err := calendar.Parse("2010-05-17")
	p.wants(err, "")
	born := calendar.OnDay(day)
	_, err = p.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Birth: &born})
	return err
}

// Requirement 38: a supporter who turns out to be under 18 gives no hours any more,
// who booked with her is told, and what she booked for herself stays.
func TestASupporterWhoTellsThatSheIsUnder18GivesNothingAnyMore(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.Members.WhenYoung(p.NoLongerGives)
		told := []string{}
		p.WhenCalledOff(func(_ context.Context, _ *store.Tx, people []string, by, _ string, _ time.Time) error {
			told = slices.DeleteFunc(slices.Clone(people), func(id string) bool { return id == by })
			return nil
		})
		young, other := p.supporter(p.First, "Maina", 60, 4, morning...), p.supporter(p.First, "Tara", 60, 4, morning...)
		booked, later := p.member("Kopila"), p.member("Junkiri")
		p.mustBook(booked, young, sunday)
		p.mustBook(young, other, sunday.Add(time.Hour))
		p.wants(p.isYoung(young), "")
		if n := p.holds(); n != 1 {
			t.Errorf("%d meetings are booked", n)
		}
		if !slices.Equal(told, []string{booked.Person}) {
			t.Errorf("told are %v", told)
		}
		own := p.own(booked, false)
		if len(own) > 0 && own[0].State == peersupport.Booked {
			t.Error("who booked still waits for her")
		}
		if _, err := p.book(later, young, sunday); err == nil {
			t.Error("she is still booked")
		}
		hours, err := p.OwnHours(ctx, young)
		p.wants(err, "")
		if len(hours.Spans) != 0 {
			t.Errorf("she still gives %v", hours.Spans)
		}
	})
}

// A booking with her and her word at once: whichever comes first, nobody is left
// with a meeting that she would give.
func TestABookingAndHerWordAtOnceLeaveNobodyWithHer(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.Members.WhenYoung(p.NoLongerGives)
		for i := range 4 {
			name := []string{"Maina", "Tara", "Asha", "Kosi"}[i]
			young := p.supporter(p.First, name, 60, 4, morning...)
			a, b := p.member(name+" K"), p.member(name+" M")
			before := p.booked()
			var wg sync.WaitGroup
			for _, she := range []access.Actor{a, b} {
				wg.Go(func() { _, _ = p.book(she, young, sunday) })
			}
			wg.Go(func() {
				if err := p.isYoung(young); err != nil {
					t.Error(err)
				}
			})
			wg.Wait()
			if p.booked() != before {
				t.Error("somebody waits for her")
			}
		}
		p.holds()
	})
}
