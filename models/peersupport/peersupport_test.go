package peersupport_test

import (
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/peersupport"
	"chautari/models/stage"
)

func TestASlotStartsOnARoundTimeInNepal(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.supporter(p.First, "Maina", 45, 5, span(0, "10:00", "12:15"), span(4, "14:00", "16:00"))
		she := p.member("Junkiri")
		got := starts(p.slots(she, peersupport.SlotQuery{}), true)
		// It is Thursday 13:45: 14:00 is too soon, 14:45 isn't.
		want := []string{"11-26 09:00Z", "11-29 04:15Z", "11-29 05:00Z", "11-29 05:45Z", "12-03 08:15Z", "12-03 09:00Z", "12-06 04:15Z", "12-06 05:00Z", "12-06 05:45Z"}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if o := p.slots(she, peersupport.SlotQuery{From: calendar.Date{Year: 2026, Month: 11, Day: 28}, Days: 2}); len(o.Days) != 2 || len(o.Days[0].Slots) != 0 || len(o.Days[1].Slots) != 3 {
			t.Errorf("two days from Saturday are %+v", o.Days)
		}
	})
}

func TestAMeetingIsBookedAndCancelledWithoutAReason(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		she, another := p.member("Junkiri"), p.member("Tara")
		if got := starts(p.slots(another, peersupport.SlotQuery{Days: 7}), false); len(got) != 0 {
			t.Errorf("taken are %v", got)
		}
		b := p.mustBook(she, maina, sunday)
		if b.As != peersupport.AsMember || b.With.Reveal() != "Maina" || !b.Start.Equal(sunday) || b.End.Sub(b.Start) != time.Hour {
			t.Errorf("booked %+v with %s", b.Session, b.With.Reveal())
		}
		if got := starts(p.slots(another, peersupport.SlotQuery{Days: 7}), false); !slices.Equal(got, []string{"11-29 04:15Z"}) {
			t.Errorf("taken are %v", got)
		}
		hers := p.own(maina, false)
		if len(hers) != 1 || hers[0].As != peersupport.AsSupporter || !hers[0].With.Empty() {
			t.Errorf("the supporter sees %+v", hers)
		}
		p.holds()

		_, err := p.Cancel(ctx, maina, once.Key{}, b.ID)
		p.wants(err, "")
		again, err := p.Cancel(ctx, she, once.Key{}, b.ID)
		p.wants(err, "")
		if again.State != peersupport.Cancelled || again.CancelledBy != peersupport.AsSupporter {
			t.Errorf("it is %+v", again.Session)
		}
		if n := p.holds(); n != 0 {
			t.Errorf("%d are booked", n)
		}
		if got := starts(p.slots(another, peersupport.SlotQuery{Days: 7}), false); len(got) != 0 {
			t.Errorf("taken are %v", got)
		}
		p.mustBook(p.member("Kopila"), maina, sunday)
	})
}

func TestWhatCannotBeBookedIsToldByACode(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 2, morning...)
		other := p.supporter(p.First, "Sunkesari", 45, 5, span(0, "10:00", "13:00"), span(1, "10:00", "13:00"))
		resting := p.supporter(p.First, "Bela", 60, 5, morning...)
		yes := true
		if _, err := p.SetHours(ctx, resting, 2, peersupport.HoursChange{Paused: &yes}); err != nil {
			t.Fatal(err)
		}
		she, second := p.member("Junkiri"), p.member("Kopila")
		try := func(a, with access.Actor, start time.Time, want string) {
			t.Helper()
			_, err := p.book(a, with, start)
			p.wants(err, want)
		}
		now := p.Clock.Now()
		try(she, maina, now.Add(-time.Hour), "start: support.slot_past")
		try(she, maina, now.Add(59*time.Minute), "start: support.slot_past")
		try(she, maina, time.Time{}, "start: support.slot_past")
		try(she, maina, sunday.AddDate(0, 0, 14), "start: support.no_such_slot")
		try(she, maina, sunday.AddDate(9000, 0, 0), "start: support.no_such_slot")
		try(she, maina, sunday.Add(time.Minute), "start: support.no_such_slot")
		try(she, maina, sunday.Add(time.Millisecond), "start: support.no_such_slot")
		try(she, maina, sunday.Add(15*time.Minute), "start: support.no_such_slot")
		try(she, maina, sunday.Add(3*time.Hour), "start: support.no_such_slot")
		try(she, resting, sunday, "start: support.no_such_slot")
		try(she, second, sunday, "start: support.no_such_slot")
		try(she, access.Actor{Person: "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa"}, sunday, "start: support.no_such_slot")
		try(maina, maina, sunday, "supporter: support.self")
		try(she, access.Actor{}, sunday.Add(time.Minute), "start: support.no_such_slot")

		p.mustBook(she, maina, sunday)
		try(second, maina, sunday, "support.slot_taken")
		try(she, other, sunday, "support.own_overlap")
		try(she, other, sunday.Add(45*time.Minute), "support.own_overlap")
		try(maina, other, sunday, "support.own_overlap") // she is with somebody then
		p.mustBook(second, maina, sunday.Add(time.Hour))
		try(p.member("Tara"), maina, sunday.Add(2*time.Hour), "support.week_full")
		p.mustBook(she, maina, sunday.AddDate(0, 0, 7)) // another week
		p.mustBook(she, other, sunday.AddDate(0, 0, 1))
		try(she, other, sunday.AddDate(0, 0, 8), "support.own_limit")
		p.holds()

		_, err := p.Book(ctx, second, once.Key{}, peersupport.Booking{Start: sunday, Consents: stage.Yes(consent.Membership)})
		p.wants(err, "consents[0]: consent.text_unknown")
	})
}

// What somebody does over and over stands once on the pages of the others.
func TestBookingAndCancellingOverAndOverFillsNobodysPages(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina, she := p.supporter(p.First, "Maina", 60, 5, morning...), p.member("Junkiri")
		first := p.mustBook(she, maina, sunday)
		for _, who := range []access.Actor{she, maina, she} {
			b := p.mustBookAgain(she, maina, first, who)
			if b.ID != first.ID || b.State != peersupport.Booked || b.CancelledBy != "" {
				t.Errorf("it is %+v", b.Session)
			}
		}
		if n := len(p.own(maina, false)); n != 1 {
			t.Errorf("the supporter sees %d meetings", n)
		}
		w, err := p.Week(ctx, p.OfFirst, calendar.Of(sunday))
		if err != nil || len(w.Days[0].Sessions) != 1 {
			t.Errorf("the coordinator sees %+v %v", w, err)
		}
		// Somebody else's meeting at that time is another one.
		_, err = p.Cancel(ctx, she, once.Key{}, first.ID)
		p.wants(err, "")
		if other := p.mustBook(p.member("Kopila"), maina, sunday); other.ID == first.ID {
			t.Error("two people have one meeting")
		}
		if n := p.holds(); n != 1 {
			t.Errorf("%d are booked", n)
		}
	})
}

func TestWhatIsOverCannotBeCancelled(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina, she := p.supporter(p.First, "Maina", 60, 5, morning...), p.member("Junkiri")
		b := p.mustBook(she, maina, sunday)
		p.Clock.Set(sunday)
		_, err := p.Cancel(ctx, she, once.Key{}, b.ID)
		p.wants(err, "support.session_over")
		if len(p.own(she, false)) != 1 {
			t.Error("today's meeting is not among those from today on")
		}
		p.Clock.Set(sunday.AddDate(0, 0, 1))
		if len(p.own(she, false)) != 0 || len(p.own(she, true)) != 1 {
			t.Error("yesterday's meeting is not among the past ones")
		}
		p.Clock.Set(sunday.AddDate(0, 0, 7).Add(-2 * time.Hour))
		p.mustBook(she, maina, sunday.AddDate(0, 0, 7))
		d, err := peersupport.Diaries.Get(ctx, p.Store.Org(p.Org), she.Person)
		if err != nil || len(d.Held) != 1 {
			t.Errorf("the diary holds last week still: %v %v", d, err)
		}
	})
}

func TestWhoeverChoosesAnyoneGetsTheNearestLeastLoaded(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		far := p.supporter(p.Second, "Sunkesari", 60, 5, morning...)
		first := p.supporter(p.First, "Maina", 60, 5, morning...)
		second := p.supporter(p.First, "Bela", 60, 1, morning...)
		p.mustBook(p.member("Tara"), first, sunday.Add(time.Hour))
		with := func(start time.Time) string {
			t.Helper()
			b, err := p.Book(ctx, p.member("Junkiri"), once.Key{}, peersupport.Booking{Start: start})
			if err != nil {
				return code(err)
			}
			return b.Supporter()
		}
		for i, want := range []string{second.Person, first.Person, far.Person, "support.slot_taken"} {
			if got := with(sunday); got != want {
				t.Errorf("the choice of number %d is %s, want %s", i, got, want)
			}
		}
		if got := with(sunday.Add(2 * time.Hour)); got != first.Person { // the other's week is full
			t.Errorf("got %s", got)
		}
		// A supporter who wants to meet somebody doesn't get herself.
		b, err := p.Book(ctx, first, once.Key{}, peersupport.Booking{Start: sunday.AddDate(0, 0, 7)})
		if err != nil || b.Supporter() == first.Person {
			t.Errorf("she meets herself: %v %v", b, err)
		}
		p.holds()
	})
}

func TestHoursAreCheckedAndChangedOnlyAtTheVersionThatWasSeen(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.Person(access.PeerSupporter, p.First, "Maina")
		h, err := p.OwnHours(ctx, maina)
		if err != nil || h.Version != 1 || h.Agreed || h.Length != 60 || len(h.Spans) != 0 {
			t.Fatalf("before any: %+v %v", h, err)
		}
		yes := stage.Yes(consent.SupporterName)
		for want, spans := range map[string][]peersupport.SpanInput{
			"spans[0]: support.span_invalid": {span(0, "13:00", "10:00")},
			"spans[1]: support.span_invalid": {span(0, "10:00", "11:00"), span(0, "11:00", "11:10")},
			"spans[2]: support.span_overlap": {span(0, "10:00", "11:00"), span(1, "10:00", "11:00"), span(0, "10:45", "12:00")},
			"spans[3]: support.span_invalid": {span(0, "10:00", "11:00"), span(0, "11:00", "12:00"), span(2, "00:00", "24:00"), span(3, "23:00", "24:15")},
		} {
			_, err := p.SetHours(ctx, maina, 1, peersupport.HoursChange{Spans: spans, Consents: yes})
			p.wants(err, want)
		}
		_, err = p.SetHours(ctx, maina, 1, peersupport.HoursChange{Spans: []peersupport.SpanInput{{From: "10:00", To: "11:00"}}, Consents: yes})
		p.wants(err, "spans[0]: support.span_invalid")
		_, err = p.SetHours(ctx, maina, 1, peersupport.HoursChange{Spans: morning, Consents: stage.Yes(consent.PeerName)})
		p.wants(err, "consents[0]: consent.text_unknown")
		codes := together(6, func(int) error {
			_, err := p.SetHours(ctx, maina, 1, peersupport.HoursChange{Spans: morning, Consents: yes})
			return err
		})
		if codes[""] != 1 || codes["request.stale"] != 5 {
			t.Errorf("answers %v", codes)
		}
		most, paused := 1, true
		h, err = p.SetHours(ctx, maina, 2, peersupport.HoursChange{Cap: &most, Paused: &paused})
		if err != nil || h.Version != 3 || h.Cap != 1 || !h.Paused || len(h.Spans) != 1 || !h.Agreed {
			t.Errorf("it is %+v %v", h, err)
		}
		h, err = p.SetHours(ctx, maina, 3, peersupport.HoursChange{Spans: []peersupport.SpanInput{}})
		if err != nil || len(h.Spans) != 0 {
			t.Errorf("it is %+v %v", h, err)
		}
	})
}

func TestChangedHoursCancelNothing(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina, she := p.supporter(p.First, "Maina", 60, 5, morning...), p.member("Junkiri")
		p.mustBook(she, maina, sunday.Add(time.Hour))
		length := 45
		_, err := p.SetHours(ctx, maina, 2, peersupport.HoursChange{Length: &length})
		p.wants(err, "")
		if p.holds() != 1 {
			t.Error("it went")
		}
		o := p.slots(p.member("Kopila"), peersupport.SlotQuery{Days: 4})
		if got := starts(o, true); !slices.Equal(got, []string{"11-29 04:15Z", "11-29 06:30Z"}) {
			t.Errorf("free are %v", got)
		}
	})
}

// Requirement 38: nobody under 18 is matched or listed without the focal point.
func TestWhoIsUnderEighteenMeetsNobodyAndIsNoSupporter(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		supporter := p.supporter(p.First, "Maina", 60, 4, morning...)
		girl := p.member("Kopila")
		mine, err := p.Members.Mine(ctx, girl)
		if err != nil {
			t.Fatal(err)
		}
		day, err := calendar.Parse("2010-05-17")
		if err != nil {
			t.Fatal(err)
		}
		born := calendar.OnDay(day)
		if _, err := p.Members.ChangeOwn(ctx, girl, mine.Version, member.OwnChange{Birth: &born}); err != nil {
			t.Fatal(err)
		}
		if _, err := p.book(girl, supporter, sunday); code(err) != "support.too_young" {
			t.Errorf("she books: %v", err)
		}
		helps := p.supporter(p.First, "Tara", 60, 4, morning...)
		if mine, err = p.Members.Mine(ctx, helps); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Members.ChangeOwn(ctx, helps, mine.Version, member.OwnChange{Birth: &born}); err != nil {
			t.Fatal(err)
		}
		if _, err = p.SetHours(ctx, helps, 2, peersupport.HoursChange{Spans: morning[:1]}); code(err) != "support.too_young" {
			t.Errorf("she gives hours: %v", err)
		}
	})
}
