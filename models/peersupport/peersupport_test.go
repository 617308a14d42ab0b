package peersupport_test

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/peersupport"
	"chautari/models/stage"
	"chautari/models/store"
)

var ctx = context.Background()

// place is a stage with meetings on it.
type place struct {
	*stage.Stage
	t testing.TB
	*peersupport.Support
}

func newPlace(t testing.TB, s *stage.Stage) *place {
	return &place{s, t, peersupport.New(s.Store, s.Orgs, s.Members, s.Clock)}
}

func each(t *testing.T, fn func(t *testing.T, p *place)) {
	stage.Each(t, stage.Specs(peersupport.Specs()...), func(t *testing.T, s *stage.Stage) { fn(t, newPlace(t, s)) })
}

// sunday is the first slot of the tests: 10:00 on the Sunday after the stage's
// Thursday, in Nepal.
var sunday = time.Date(2026, 11, 29, 4, 15, 0, 0, time.UTC)

func span(weekday int, from, to string) peersupport.SpanInput {
	return peersupport.SpanInput{Weekday: &weekday, From: from, To: to}
}

var morning = []peersupport.SpanInput{span(0, "10:00", "13:00")}

// supporter makes a supporter whom members may see.
func (p *place) supporter(group, alias string, length, most int, spans ...peersupport.SpanInput) access.Actor {
	p.t.Helper()
	a := p.Person(access.PeerSupporter, group, alias)
	_, err := p.SetHours(ctx, a, 1, peersupport.HoursChange{
		Spans: spans, Length: &length, Cap: &most, Languages: []string{"ne"}, Consents: stage.Yes(consent.SupporterName),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return a
}

func (p *place) member(alias string) access.Actor {
	p.t.Helper()
	return p.Person(access.Member, p.First, alias)
}

func (p *place) book(a access.Actor, with access.Actor, start time.Time) (*peersupport.OwnSession, error) {
	return p.Book(ctx, a, once.Key{}, peersupport.Booking{Start: start, Supporter: with.Person})
}

func (p *place) mustBook(a access.Actor, with access.Actor, start time.Time) *peersupport.OwnSession {
	p.t.Helper()
	b, err := p.book(a, with, start)
	if err != nil {
		p.t.Fatal(err)
	}
	return b
}

func (p *place) withdraw(a access.Actor, purpose consent.Purpose) {
	p.t.Helper()
	sheet, err := consent.Of(ctx, p.Store.Org(p.Org), a.Person)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, c := range sheet.Consents {
		if c.Purpose == purpose {
			if _, err := p.Members.WithdrawConsent(ctx, a, once.Key{}, c.ID); err != nil {
				p.t.Fatal(err)
			}
		}
	}
}

func code(err error) string {
	e, ok := fault.As(err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return "unknown: " + err.Error()
	case len(e.Fields) > 0:
		return e.Fields[0].Field + ": " + e.Fields[0].Code
	}
	return e.Code
}

func (p *place) wants(err error, want string) {
	p.t.Helper()
	if got := code(err); got != want {
		p.t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

// holds reads everything again and demands what must be true of it.
func (p *place) holds() (booked int) {
	p.t.Helper()
	space := p.Store.Org(p.Org)
	diaries := map[string]*peersupport.Diary{}
	check := func(err error) {
		p.t.Helper()
		if err != nil {
			p.t.Fatal(err)
		}
	}
	check(peersupport.Diaries.Each(ctx, space, store.Query{Index: store.ChangedIndex}, func(d *peersupport.Diary) error {
		diaries[d.ID] = d
		held := slices.SortedFunc(slices.Values(d.Held), func(a, b peersupport.Held) int { return a.Start.Compare(b.Start) })
		for i, h := range held {
			if i > 0 && h.Start.Before(held[i-1].End) {
				p.t.Errorf("%s is in two meetings at once: %v and %v", d.ID, held[i-1], h)
			}
		}
		return nil
	}))
	entries := 0
	for _, d := range diaries {
		entries += len(d.Held)
	}
	check(peersupport.AllSessions.Each(ctx, space, store.Query{Index: store.ChangedIndex}, func(s *peersupport.Session) error {
		for i, person := range s.People {
			want := peersupport.Held{Session: s.ID, Start: s.Start, End: s.End, Supports: i == 1}
			in := diaries[person] != nil && slices.Contains(diaries[person].Held, want)
			if in != (s.State == peersupport.Booked) {
				p.t.Errorf("%s is %s; it stands in the diary of person %d: %v", s.ID, s.State, i, in)
			}
		}
		if s.State == peersupport.Booked {
			booked++
		}
		return nil
	}))
	if entries != 2*booked {
		p.t.Errorf("%d meetings are booked, and the diaries hold %d", booked, entries)
	}
	return booked
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

func (p *place) slots(a access.Actor, q peersupport.SlotQuery) *peersupport.Offer {
	p.t.Helper()
	if q.Days == 0 {
		q.Days = 14
	}
	o, err := p.Slots(ctx, a, q)
	if err != nil {
		p.t.Fatal(err)
	}
	return o
}

// starts lists the starts of an offer, free or not.
func starts(o *peersupport.Offer, free bool) (at []string) {
	for _, d := range o.Days {
		for _, s := range d.Slots {
			if s.Free == free {
				at = append(at, s.Start.Format("01-02 15:04Z"))
			}
		}
	}
	return at
}

func (p *place) own(a access.Actor, past bool) []peersupport.OwnSession {
	p.t.Helper()
	list, _, err := p.Sessions(ctx, a, peersupport.SessionQuery{Past: past, Limit: 100})
	if err != nil {
		p.t.Fatal(err)
	}
	return list
}

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
		she := p.member("Junkiri")
		if got := starts(p.slots(she, peersupport.SlotQuery{Days: 7}), false); len(got) != 0 {
			t.Errorf("taken are %v", got)
		}
		b := p.mustBook(she, maina, sunday)
		if b.As != peersupport.AsMember || b.With.Reveal() != "Maina" || !b.Start.Equal(sunday) || b.End.Sub(b.Start) != time.Hour {
			t.Errorf("booked %+v with %s", b.Session, b.With.Reveal())
		}
		if got := starts(p.slots(she, peersupport.SlotQuery{Days: 7}), false); !slices.Equal(got, []string{"11-29 04:15Z"}) {
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
		if got := starts(p.slots(she, peersupport.SlotQuery{Days: 7}), false); len(got) != 0 {
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

func TestWithoutTheOthersYesNoNameIsShown(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		shy := p.Person(access.PeerSupporter, p.First, "Lajwanti")
		_, err := p.SetHours(ctx, shy, 1, peersupport.HoursChange{Spans: morning})
		p.wants(err, "consents: support.name_needed")
		she := p.member("Junkiri")
		if o := p.slots(she, peersupport.SlotQuery{}); !o.AskName || len(o.Supporters) != 1 || o.Supporters[0].Name.Reveal() != "Maina" {
			t.Errorf("the offer is %+v", o)
		}
		_, err = p.Book(ctx, she, once.Key{}, peersupport.Booking{Start: sunday, Supporter: maina.Person, Consents: stage.Yes(consent.PeerName)})
		p.wants(err, "")
		if got := p.own(maina, false)[0].With.Reveal(); got != "Junkiri" {
			t.Errorf("the supporter sees %q", got)
		}
		if p.slots(she, peersupport.SlotQuery{}).AskName {
			t.Error("she is asked again for what she said yes to")
		}
		p.withdraw(she, consent.PeerName)
		if got := p.own(maina, false)[0].With; !got.Empty() {
			t.Error("the supporter still sees the name that was taken back")
		}
		p.withdraw(maina, consent.SupporterName)
		if got := p.own(she, false)[0].With; !got.Empty() {
			t.Error("the member still sees the supporter's name")
		}
		if o := p.slots(she, peersupport.SlotQuery{}); len(o.Supporters) != 0 || len(starts(o, true))+len(starts(o, false)) != 0 {
			t.Errorf("whoever doesn't wish to be seen is offered: %+v", o)
		}
		_, err = p.book(p.member("Kopila"), maina, sunday.Add(time.Hour))
		p.wants(err, "start: support.no_such_slot")
		h, err := p.OwnHours(ctx, maina)
		if err != nil || h.Agreed || len(h.Spans) != 1 {
			t.Errorf("her hours are %+v %v", h, err)
		}
	})
}

func TestReadingNamesLeavesOneEntryAndReadingNoneLeavesNone(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		she := p.member("Junkiri")
		p.mustBook(she, maina, sunday)
		p.mustBook(she, maina, sunday.Add(time.Hour))
		before := len(p.Trail(maina.Person, "read"))
		p.own(she, false)
		if n := len(p.Trail(maina.Person, "read")) - before; n != 1 {
			t.Errorf("reading her meetings left %d entries about the supporter", n)
		}
		p.own(maina, false)
		if n := len(p.Trail(she.Person, "read")); n != 0 {
			t.Errorf("%d entries tell of a name that was not shown", n)
		}
		if n := len(p.Trail(she.Person, "done")); n < 2 {
			t.Errorf("the bookings left %d entries", n)
		}
		p.WantsNowhere("Maina", peersupport.Specs()...)
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

func TestNothingIsDoneOnARightThatWasTakenAway(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina, she := p.supporter(p.First, "Maina", 60, 5, morning...), p.member("Junkiri")
		b := p.mustBook(she, maina, sunday)
		p.withdraw(she, consent.Membership) // she is no member now, but her request is on its way
		_, err := p.book(she, maina, sunday.Add(time.Hour))
		p.wants(err, "request.absent")
		_, err = p.Cancel(ctx, she, once.Key{}, b.ID)
		p.wants(err, "request.absent")
		_, _, err = p.Sessions(ctx, p.actor(she), peersupport.SessionQuery{Limit: 25})
		p.wants(err, "request.absent")

		p.TakeRole(maina, access.PeerSupporter)
		length := 45
		_, err = p.SetHours(ctx, maina, 2, peersupport.HoursChange{Length: &length})
		p.wants(err, "request.absent")
		_, err = p.book(p.member("Kopila"), maina, sunday.Add(time.Hour))
		p.wants(err, "start: support.no_such_slot")
		p.Clock.Advance(2 * time.Second)
		if o := p.slots(p.member("Tara"), peersupport.SlotQuery{}); len(o.Supporters) != 0 {
			t.Errorf("who is no supporter any more is offered: %+v", o.Supporters)
		}
		// She can still call off what was booked with her.
		_, err = p.Cancel(ctx, p.actor(maina), once.Key{}, b.ID)
		p.wants(err, "")
		p.holds()
	})
}

// actor is what somebody may act as now.
func (p *place) actor(a access.Actor) access.Actor {
	p.t.Helper()
	now, err := p.Accounts.ActorOf(ctx, p.Org, a.Account)
	if err != nil {
		p.t.Fatal(err)
	}
	return now
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
						acknowledged = p.holds()
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

func TestNobodyReachesTheMeetingsOfOthers(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina, she := p.supporter(p.First, "Maina", 60, 5, morning...), p.member("Junkiri")
		b := p.mustBook(she, maina, sunday)
		stranger := p.member("Kopila")
		elsewhere := stranger
		elsewhere.Org = "org_elsewhere"
		for _, a := range []access.Actor{stranger, p.Coordinator, elsewhere} {
			_, err := p.Cancel(ctx, a, once.Key{}, b.ID)
			if !errors.Is(err, access.Refused) {
				t.Errorf("got %v", err)
			}
		}
		if len(p.own(stranger, false)) != 0 {
			t.Error("a stranger sees it")
		}
		_, err := p.Cancel(ctx, stranger, once.Key{}, "ses_aaaaaaaaaaaaaaaaaaaaaaaaaa")
		p.wants(err, "request.absent")
		for _, a := range []access.Actor{access.AnonymousIn(p.Org), {}, p.Register("Tara", p.First)} {
			_, err := p.Slots(ctx, a, peersupport.SlotQuery{Days: 1})
			p.wants(err, "request.absent")
			_, err = p.Book(ctx, a, once.Key{}, peersupport.Booking{Start: sunday})
			p.wants(err, "request.absent")
			_, err = p.OwnHours(ctx, a)
			p.wants(err, "request.absent")
			_, err = p.Week(ctx, a, calendar.Date{})
			p.wants(err, "request.absent")
		}
		if n := p.holds(); n != 1 {
			t.Errorf("%d are booked", n)
		}
	})
}

func TestSomethingOfAnotherOrganisationIsNoSlot(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		abroad := newPlace(t, stage.New(t, peersupport.Specs()...))
		foreign := abroad.supporter(abroad.First, "Maina", 60, 5, morning...)
		_, err := p.book(p.member("Junkiri"), foreign, sunday)
		p.wants(err, "start: support.no_such_slot")
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

func TestACoordinatorSeesTheWeekOfHerGroupsAndNoMore(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		far := p.supporter(p.Second, "Sunkesari", 60, 5, morning...)
		she, elsewhere := p.member("Junkiri"), p.Person(access.Member, p.Second, "Kopila")
		p.mustBook(she, maina, sunday)
		p.mustBook(she, far, sunday.Add(time.Hour))
		other := p.mustBook(elsewhere, maina, sunday.Add(2*time.Hour))
		week := func(a access.Actor) *peersupport.Week {
			t.Helper()
			w, err := p.Week(ctx, a, calendar.Of(sunday))
			if err != nil {
				t.Fatal(err)
			}
			return w
		}
		w := week(p.OfFirst)
		if len(w.Days) != 7 || len(w.Days[0].Sessions) != 2 || len(w.Load) != 1 || w.Load[0].Booked != 2 || w.Load[0].Supporter.Reveal() != "Maina" {
			t.Fatalf("the week is %+v", w)
		}
		for i, want := range [][2]string{{"Junkiri", "Maina"}, {"Junkiri", "Sunkesari"}} {
			got := w.Days[0].Sessions[i]
			if got.Member.Reveal() != want[0] || got.Supporter.Reveal() != want[1] || got.Group.ID != p.First {
				t.Errorf("meeting %d is of %s with %s", i, got.Member.Reveal(), got.Supporter.Reveal())
			}
		}
		if n := len(week(p.Coordinator).Days[0].Sessions); n != 3 {
			t.Errorf("over the root there are %d", n)
		}
		if n := len(p.Trail(she.Person, "read")); n != 2 {
			t.Errorf("%d entries tell who saw her", n)
		}
		p.withdraw(far, consent.SupporterName)
		if got := week(p.OfFirst).Days[0].Sessions[1].Supporter; !got.Empty() {
			t.Error("a supporter of another group who doesn't wish to be seen is named")
		}
		p.withdraw(she, consent.Membership)
		if got := week(p.OfFirst).Days[0].Sessions[0].Member; !got.Empty() {
			t.Error("a member who took her yes back is named")
		}
		if _, err := p.Cancel(ctx, maina, once.Key{}, other.ID); err != nil {
			t.Fatal(err)
		}
		if got := week(p.Coordinator); got.Days[0].Sessions[2].State != peersupport.Cancelled || got.Load[0].Booked != 1 {
			t.Errorf("after cancelling: %+v %+v", got.Days[0].Sessions[2].Session, got.Load)
		}
		p.Clock.Set(sunday.Add(-3 * time.Hour))
		today, err := p.Today(ctx, p.OfFirst)
		if err != nil || len(today) != 2 {
			t.Errorf("today are %v %v", today, err)
		}
	})
}

func TestFiguresCountWhatWasHeld(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina, she := p.supporter(p.First, "Maina", 60, 5, morning...), p.member("Junkiri")
		p.mustBook(she, maina, sunday)
		b := p.mustBook(she, maina, sunday.Add(time.Hour))
		p.mustBook(she, maina, sunday.Add(2*time.Hour))
		if _, err := p.Cancel(ctx, she, once.Key{}, b.ID); err != nil {
			t.Fatal(err)
		}
		p.Clock.Set(sunday.Add(time.Hour))
		var held []bool
		err := p.Each(ctx, p.Store.Org(p.Org), sunday, sunday.AddDate(0, 0, 1), func(member, supporter, group string, start time.Time, h bool) error {
			if member != she.Person || supporter != maina.Person || group != p.First {
				t.Errorf("it is of %s with %s", member, supporter)
			}
			held = append(held, h)
			return nil
		})
		if err != nil || !slices.Equal(held, []bool{true, false, false}) {
			t.Errorf("held %v %v", held, err)
		}
	})
}

func TestManyMeetingsArePagedWithoutGaps(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 30, 20, span(0, "10:00", "16:00"))
		for i := range 7 {
			p.mustBook(p.member("Junkiri"), maina, sunday.Add(time.Duration(i)*30*time.Minute))
		}
		var got []time.Time
		var after store.Cursor
		for {
			page, next, err := p.Sessions(ctx, maina, peersupport.SessionQuery{Limit: 3, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range page {
				got = append(got, s.Start)
			}
			if after = next; next == "" {
				break
			}
		}
		if len(got) != 7 || !slices.IsSortedFunc(got, func(a, b time.Time) int { return cmp.Compare(a.Unix(), b.Unix()) }) {
			t.Errorf("got %v", got)
		}
	})
}
