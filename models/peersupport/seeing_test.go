package peersupport_test

import (
	"cmp"
	"errors"
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/once"
	"chautari/models/peersupport"
	"chautari/models/stage"
	"chautari/models/store"
)

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

func TestReadingAMembersNameLeavesOneEntryAndReadingNoneLeavesNone(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		maina := p.supporter(p.First, "Maina", 60, 5, morning...)
		she, shy := p.member("Junkiri"), p.member("Kopila")
		p.mustBook(shy, maina, sunday)
		p.mustBook(she, maina, sunday.Add(time.Hour), consent.PeerName)
		for range 2 {
			p.own(maina, false)
		}
		if n := len(p.Trail(she.Person, "read")); n != 2 {
			t.Errorf("reading her meetings twice left %d entries about the member", n)
		}
		if n := len(p.Trail(shy.Person, "read")); n != 0 {
			t.Errorf("%d entries tell of a name that was not shown", n)
		}
		// What a supporter shows to every member is no secret between the two.
		p.own(she, false)
		p.slots(she, peersupport.SlotQuery{})
		if n := len(p.Trail(maina.Person, "read")); n != 0 {
			t.Errorf("members looking for her left %d entries", n)
		}
		if n := len(p.Trail(she.Person, "done")); n < 2 {
			t.Errorf("the bookings left %d entries", n)
		}
		p.WantsNowhere("Maina", peersupport.Specs()...)
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

// Whoever took back her yes to being seen, or is no supporter any more, can't be
// told from somebody who never was one, whatever stands in her diary or in that
// of the one who asks.
func TestTheTimeOfWhomNobodyMaySeeIsNoTime(t *testing.T) {
	for name, hide := range map[string]func(*place, access.Actor){
		"her yes was taken back":  func(p *place, a access.Actor) { p.withdraw(a, consent.SupporterName) },
		"her role was taken away": func(p *place, a access.Actor) { p.TakeRole(a, access.PeerSupporter) },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, p *place) {
				maina, she := p.supporter(p.First, "Maina", 60, 2, morning...), p.member("Junkiri")
				p.mustBook(she, maina, sunday)
				p.mustBook(p.member("Tara"), maina, sunday.Add(time.Hour))
				hide(p, maina)
				p.Clock.Advance(2 * time.Second)
				for _, with := range []access.Actor{maina, {Person: "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa"}, {}} {
					_, err := p.book(p.member("Kopila"), with, sunday) // taken
					p.wants(err, "start: support.no_such_slot")
					_, err = p.book(p.member("Bela"), with, sunday.Add(2*time.Hour)) // her week is full
					p.wants(err, "start: support.no_such_slot")
					_, err = p.book(she, with, sunday) // she is with somebody then
					p.wants(err, "start: support.no_such_slot")
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
