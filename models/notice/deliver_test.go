package notice

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/notice/gateway"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/store"
)

var nepal = calendar.Kathmandu

func (h *hall) purge(t testing.TB) {
	t.Helper()
	by := must[*organisation.Settings](t)(h.Orgs.Settings(ctx, h.Org))
	for {
		n := 0
		err := h.Store.Org(h.Org).Tx(ctx, func(tx *store.Tx) (err error) {
			n, err = h.Purge(ctx, tx, by, h.today(), 10)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// at is an instant in Nepal.
func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, nepal)
	if err != nil {
		panic(err)
	}
	return t
}

func TestHoursHoldOnTheirDaysAndOverMidnight(t *testing.T) {
	sundays := Hours{Days: []int{0}, From: "22:00", To: "02:00"} // until Monday at two
	for _, c := range []struct {
		hours Hours
		at    string
		open  bool
		next  string
	}{
		{daytime, "2026-11-26 09:59", false, "2026-11-26 10:00"},
		{daytime, "2026-11-26 10:00", true, "2026-11-26 10:00"},
		{daytime, "2026-11-26 14:45", true, "2026-11-26 14:45"},
		{daytime, "2026-11-26 14:46", false, "2026-11-27 10:00"}, // the company takes some minutes
		{daytime, "2026-11-26 15:00", false, "2026-11-27 10:00"},
		{sundays, "2026-11-29 21:59", false, "2026-11-29 22:00"},
		{sundays, "2026-11-29 23:50", true, "2026-11-29 23:50"},
		{sundays, "2026-11-30 00:00", true, "2026-11-30 00:00"},
		{sundays, "2026-11-30 01:45", true, "2026-11-30 01:45"},
		{sundays, "2026-11-30 01:46", false, "2026-12-06 22:00"},
		{sundays, "2026-11-29 01:00", false, "2026-11-29 22:00"}, // Saturday's night is not hers
		{Hours{Days: []int{6}, From: "00:00", To: "23:59"}, "2026-11-29 00:00", false, "2026-12-05 00:00"},
	} {
		now := at(c.at)
		if c.hours.Open(now) != c.open {
			t.Errorf("%v at %s: open is %v", c.hours, c.at, !c.open)
		}
		if next, ok := c.hours.Next(now); !ok || !next.Equal(at(c.next)) {
			t.Errorf("%v from %s: %s", c.hours, c.at, next.In(nepal))
		}
	}
	for _, h := range []Hours{{}, {Days: allDays}, {Days: allDays, From: "10:00", To: "10:00"}, {Days: []int{7}, From: "10:00", To: "12:00"}, {Days: allDays, From: "24:00", To: "12:00"}} {
		if _, ok := h.Next(at("2026-11-26 10:00")); ok || h.Open(at("2026-11-26 10:00")) {
			t.Errorf("%v is open", h)
		}
	}
}

// The same minute by minute, beside a reckoning that walks through the week.
func TestHoursAreWhatAWeekWalkedThroughIs(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := Hours{
			Days: rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 7, rapid.ID[int]).Draw(r, "days"),
			From: fmt.Sprintf("%02d:%02d", rapid.IntRange(0, 23).Draw(r, "h"), rapid.IntRange(0, 59).Draw(r, "m")),
			To:   fmt.Sprintf("%02d:%02d", rapid.IntRange(0, 23).Draw(r, "h2"), rapid.IntRange(0, 59).Draw(r, "m2")),
		}
		if h.check() != nil {
			return
		}
		inside := func(t time.Time) bool {
			t = t.In(nepal)
			text, yesterday := t.Format("15:04"), (int(t.Weekday())+6)%7
			over := h.To <= h.From
			if slices.Contains(h.Days, int(t.Weekday())) && text >= h.From && (over || text < h.To) {
				return true
			}
			return over && slices.Contains(h.Days, yesterday) && text < h.To
		}
		from := at("2026-11-26 00:00").Add(time.Duration(rapid.IntRange(0, 7*24*60-1).Draw(r, "minute")) * time.Minute)
		if h.Open(from) && (!inside(from) || !inside(from.Add(margin-time.Minute))) {
			r.Fatalf("%v is open at %s", h, from)
		}
		next, ok := h.Next(from)
		if !ok || !h.Open(next) || next.Before(from) {
			r.Fatalf("%v from %s is next at %s", h, from, next)
		}
		for m := from; m.Before(next); m = m.Add(time.Minute) {
			if h.Open(m) {
				r.Fatalf("%v is open at %s, before %s", h, m, next)
			}
		}
	})
}

// Whatever a woman, her organisation and the clock do, in any order: nothing
// leaves outside her hours, before she typed the digits (but these), after she
// stopped it, took her yes back or had all use stand still, when it was too long
// ago that she was asked, to a closed account or an ended membership, in the days
// after others let her in again, or to another number than hers. The test keeps its own account of that.
func TestNothingIsEverSentThatSheDoesNotWantNow(t *testing.T) {
	s := stage.New(t, Specs()...)
	h := newHall(s)
	began, woman := s.Clock.Now(), 0
	rapid.Check(t, func(r *rapid.T) {
		s.Clock.Set(began)
		h.sms.left, woman = nil, woman+1
		she := s.Person(access.Member, s.First, fmt.Sprintf("Junkiri%d", woman))
		var want struct {
			hours                      Hours
			number                     string
			held, checked              bool
			asked                      calendar.Date
			yes, still, closed, ended_ bool
			letIn                      time.Time // others did, whom she needs no more
		}
		last, ref := woman%90, 0
		checkAll := func() {
			for _, m := range h.sms.left {
				isCode := m.text != "यसपालि नहुने भयो।" && m.text != "पक्का भयो।"
				switch {
				case m.to != want.number && want.held, !want.held, !want.hours.Open(m.at), !want.yes, want.still, want.closed, want.ended_, m.at.Before(want.letIn.AddDate(0, 0, 7)) && !m.at.Before(want.letIn):
					r.Fatalf("left at %s: %q, where she has %+v", m.at.In(nepal), m.text, want)
				case !isCode && (!want.checked || !calendar.Of(m.at).Before(want.asked.AddMonths(6))):
					r.Fatalf("left at %s: %q, where she has %+v", m.at.In(nepal), m.text, want)
				}
			}
			h.sms.left = h.sms.left[:0]
		}
		steps := map[string]func(*rapid.T){
			"opt in": func(r *rapid.T) {
				from, length := rapid.IntRange(0, 23).Draw(r, "from"), rapid.IntRange(2, 20).Draw(r, "length")
				hours := Hours{Days: rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 7, rapid.ID[int]).Draw(r, "days"), From: fmt.Sprintf("%02d:00", from), To: fmt.Sprintf("%02d:00", (from+length)%24)}
				last = (last + 1) % 90
				if _, err := h.BeginSMS(ctx, she, once.Key{}, opting(last, hours)); err == nil {
					want.hours, want.number, want.held, want.checked, want.yes = hours, fmt.Sprintf("+97798410000%02d", last), true, false, true
					want.asked = h.today()
				}
			},
			"type digits": func(r *rapid.T) {
				if _, err := h.Deliver(ctx, h.Org); err != nil {
					r.Fatal(err)
				}
				typed := h.sms.codeOf(want.number)
				if typed == "" || rapid.Bool().Draw(r, "wrong") {
					typed = wrongOf("1" + typed)
				}
				checkAll()
				if _, err := h.Check(ctx, she, once.Key{}, SMS, typed); err == nil {
					want.checked, want.asked = true, h.today()
				}
			},
			"stop": func(r *rapid.T) {
				if _, err := h.Stop(ctx, she, once.Key{}, SMS); err == nil {
					want.held, want.checked, want.yes = false, false, false
				}
			},
			"take the yes back": func(r *rapid.T) {
				h.withdraw(t, she)
				want.held, want.checked, want.yes = false, false, false
			},
			"have all stand still or go on": func(r *rapid.T) {
				if _, err := s.Members.RestrictOwn(ctx, she, once.Key{}, !want.still); err == nil {
					want.still = !want.still
				}
			},
			"end her membership": func(r *rapid.T) {
				if rapid.IntRange(0, 9).Draw(r, "really") > 0 {
					return
				}
				sheet, _ := consent.Of(ctx, s.Store.Org(s.Org), she.Person)
				if _, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, sheet.Consents[0].ID); err == nil {
					want.ended_ = true
				}
			},
			"close her account": func(r *rapid.T) {
				if rapid.IntRange(0, 9).Draw(r, "really") > 0 {
					return
				}
				err := s.Store.Org(s.Org).Tx(ctx, func(tx *store.Tx) error { return s.Accounts.Leave(ctx, tx, she) })
				want.closed = want.closed || err == nil
			},
			"come back by others' help": func(r *rapid.T) {
				if rapid.IntRange(0, 3).Draw(r, "really") == 0 && h.letIn(t, she, 7) {
					want.letIn = s.Clock.Now()
				}
			},
			"happen": func(r *rapid.T) {
				ref++
				err := s.Store.Org(s.Org).Tx(ctx, func(tx *store.Tx) error {
					if ref%2 == 0 {
						return h.GotPlaces(ctx, tx, []string{she.Person}, fmt.Sprint(woman, ref))
					}
					return h.CalledOff(ctx, tx, []string{she.Person}, "", fmt.Sprint(woman, ref), s.Clock.Now().AddDate(0, 0, 3))
				})
				if err != nil {
					r.Fatal(err)
				}
			},
			"go on": func(r *rapid.T) {
				for range rapid.IntRange(1, 30).Draw(r, "hours") {
					s.Clock.Advance(time.Hour)
					if _, err := h.Deliver(ctx, h.Org); err != nil {
						r.Fatal(err)
					}
				}
			},
			"let months go by": func(r *rapid.T) {
				s.Clock.Set(s.Clock.Now().AddDate(0, rapid.IntRange(1, 7).Draw(r, "months"), 0))
			},
			"purge": func(r *rapid.T) { h.purge(t) },
			"deliver": func(r *rapid.T) {
				if _, err := h.Deliver(ctx, h.Org); err != nil {
					r.Fatal(err)
				}
			},
		}
		steps[""] = func(*rapid.T) { checkAll() }
		// All share one store: what waits for her still must not reach the next one's run.
		defer func() {
			if _, err := h.Stop(ctx, she, once.Key{}, SMS); err != nil && !want.closed {
				t.Fatal(err)
			}
		}()
		r.Repeat(steps)
	})
}

func TestWhatIsNotKnownToHaveGoneOutIsNeverSentAgain(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.on(t, she, 5, daytime)
		h.sms.left = nil
		h.sms.answer = gateway.Answer{Outcome: gateway.Unknown, Why: gateway.Unclear}
		h.tellOff(t, she, "ses_1.1")
		for range 5 {
			h.deliver(t)
			h.Clock.Advance(10 * time.Minute)
		}
		if got := h.states(t, SMS); len(h.sms.left) != 1 || got[Unclear] != 1 {
			t.Errorf("%d left, and there are %v", len(h.sms.left), got)
		}
		h.sms.answer = gateway.Answer{Outcome: gateway.Refused, Why: gateway.Receiver}
		h.tellOff(t, she, "ses_2.1")
		h.deliver(t)
		h.deliver(t)
		if got := h.states(t, SMS); len(h.sms.left) != 2 || got[Failed] != 1 {
			t.Errorf("%d left, and there are %v", len(h.sms.left), got)
		}
	})
}

func TestWhatSurelyDidNotGoOutIsTriedAgainMoreAndMoreSeldom(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.on(t, she, 5, Hours{Days: allDays, From: "00:00", To: "23:59"})
		h.sms.left = nil
		h.sms.answer = gateway.Answer{Outcome: gateway.NotSent, Why: gateway.Unreachable}
		h.tellOff(t, she, "ses_1.1")
		for range 120 {
			h.deliver(t)
			h.Clock.Advance(time.Minute)
		}
		if len(h.sms.left) != mostTries || h.states(t, SMS)[Failed] != 1 {
			t.Fatalf("tried %d times: %v", len(h.sms.left), h.states(t, SMS))
		}
		for i := 2; i < mostTries; i++ {
			before, after := h.sms.left[i-1].at.Sub(h.sms.left[i-2].at), h.sms.left[i].at.Sub(h.sms.left[i-1].at)
			if after < 2*before {
				t.Errorf("after %s it is tried in %s", before, after)
			}
		}
	})
}

func TestTwoInstancesSendOnceWhateverComesBetween(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.on(t, she, 5, daytime)
		h.sms.left = nil
		for i := range 10 {
			h.tellOff(t, she, fmt.Sprintf("ses_%d.1", i))
		}
		// One takes over while the other is handing something over, and holds it for gone.
		var busy sync.Mutex
		other := h.another()
		h.sms.before = func() {
			if !busy.TryLock() {
				return
			}
			defer busy.Unlock()
			if err := other.Abandoned(ctx, h.Org); err != nil {
				t.Error(err)
			}
			if _, err := other.Deliver(ctx, h.Org); err != nil {
				t.Error(err)
			}
		}
		for range 3 {
			h.deliver(t)
			if _, err := other.Deliver(ctx, h.Org); err != nil {
				t.Fatal(err)
			}
		}
		if len(h.sms.left) != 10 {
			t.Errorf("of 10 %d left", len(h.sms.left))
		}
		if got := h.states(t, SMS); got[Waiting]+got[Sending] != 0 {
			t.Errorf("there are %v", got)
		}
	})
}

func TestWhatIsStoppedWhileItIsHandedOverStops(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.on(t, she, 5, daytime)
		h.sms.left = nil
		for i := range 20 {
			h.tellOff(t, she, fmt.Sprintf("ses_%d.1", i))
		}
		var wg sync.WaitGroup
		wg.Go(func() { h.deliver(t) })
		wg.Go(func() {
			if _, err := h.Stop(ctx, she, once.Key{}, SMS); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		was := len(h.sms.left)
		h.deliver(t)
		if len(h.sms.left) != was {
			t.Error("something left after it was stopped")
		}
	})
}

func TestAReminderComesOnceAndGoesWithItsMeeting(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she, other := h.Person(access.Member, h.First, "Junkiri"), h.Person(access.PeerSupporter, h.First, "Maina")
		h.on(t, she, 5, daytime)
		h.sms.left = nil
		m := &arranged{people: []string{she.Person, other.Person}, ref: "ses_1.1", on: true}
		h.MeetingsFrom(m)
		for range 3 {
			if err := h.Remind(ctx, h.Org); err != nil {
				t.Fatal(err)
			}
		}
		for _, a := range []access.Actor{she, other} {
			if told := must[*Own](t)(h.Read(ctx, a)).InApp; len(told) != 1 || told[0].Sentence != "tomorrow" {
				t.Errorf("she is told %v", told)
			}
		}
		if h.deliver(t); len(h.sms.left) != 1 {
			t.Errorf("%v left", h.sms.left)
		}
		m.ref = "ses_1.2"
		if err := h.Remind(ctx, h.Org); err != nil {
			t.Fatal(err)
		}
		err := h.Store.Org(h.Org).Tx(ctx, func(tx *store.Tx) error {
			return h.CalledOff(ctx, tx, m.people, other.Person, m.ref, h.Clock.Now().Add(day))
		})
		if err != nil {
			t.Fatal(err)
		}
		if h.deliver(t); len(h.sms.left) != 2 || h.sms.left[1].text != "यसपालि नहुने भयो।" {
			t.Errorf("%v left", h.sms.left)
		}
		m.ref, m.on = "ses_1.3", false
		if err := h.Remind(ctx, h.Org); err != nil {
			t.Fatal(err)
		}
		if h.deliver(t); len(h.sms.left) != 2 {
			t.Error("she is reminded of what was called off meanwhile")
		}
	})
}

// arranged is one meeting of tomorrow.
type arranged struct {
	people []string
	ref    string
	on     bool
}

func (m *arranged) Ahead(_ context.Context, _ store.View, _, _ time.Time, fn func([]string, string) error) error {
	return fn(m.people, m.ref)
}

func (m *arranged) StillOn(context.Context, *store.Tx, string) (bool, error) { return m.on, nil }

func TestAfterSixMonthsSheIsAskedInsideAndTheNumberGoes(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.on(t, she, 5, daytime)
		h.Clock.Set(at("2027-05-25 12:00"))
		h.purge(t)
		if !must[*Own](t)(h.Read(ctx, she)).SMS.On {
			t.Error("it ends too soon")
		}
		h.Clock.Set(at("2027-05-26 12:00"))
		h.sms.left = nil
		h.tellOff(t, she, "ses_1.1")
		h.deliver(t)
		h.purge(t)
		own := must[*Own](t)(h.Read(ctx, she))
		if own.SMS.On || own.SMS.Held || len(h.sms.left) != 0 || !slices.ContainsFunc(own.InApp, func(m *Message) bool { return m.Sentence == "askAgain" }) {
			t.Errorf("she has %+v, %v left", own, h.sms.left)
		}
		h.on(t, she, 5, daytime)
	})
}

func TestRecordsGoAfterTheirDaysAndEverythingWithHer(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.on(t, she, 5, daytime)
		h.tellOff(t, she, "ses_1.1")
		h.deliver(t)
		h.Clock.Advance(7 * day)
		h.purge(t)
		if got := h.states(t, SMS); got[Sent] != 2 {
			t.Errorf("too soon: %v", got)
		}
		h.Clock.Advance(day)
		h.purge(t)
		if got := h.states(t, SMS); len(got) != 0 {
			t.Errorf("there are %v", got)
		}
		if got := h.states(t, App); got[Shown] != 1 {
			t.Errorf("what she hasn't seen is gone: %v", got)
		}
		space := h.Store.Org(h.Org)
		for n := 1; n > 0; {
			err := space.Tx(ctx, func(tx *store.Tx) (err error) {
				n, err = h.Erase(ctx, tx, she, 10)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, spec := range Specs() {
			err := h.Store.Engine().Snapshot(ctx, func(r store.Reader) error {
				page, err := r.Find(ctx, spec, h.Org, store.Query{Index: store.ChangedIndex, Limit: 10})
				if len(page.Records) > 0 {
					t.Errorf("%s holds %d", spec.Name, len(page.Records))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
