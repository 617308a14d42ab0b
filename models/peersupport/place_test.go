package peersupport_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"chautari/models/access"
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

func (p *place) book(a, with access.Actor, start time.Time, agreed ...consent.Purpose) (*peersupport.OwnSession, error) {
	return p.Book(ctx, a, once.Key{}, peersupport.Booking{Start: start, Supporter: with.Person, Consents: stage.Yes(agreed...)})
}

func (p *place) mustBook(a, with access.Actor, start time.Time, agreed ...consent.Purpose) *peersupport.OwnSession {
	p.t.Helper()
	b, err := p.book(a, with, start, agreed...)
	if err != nil {
		p.t.Fatal(err)
	}
	return b
}

// mustBookAgain has one of the two call a meeting off, and books it once more.
func (p *place) mustBookAgain(a, with access.Actor, b *peersupport.OwnSession, canceller access.Actor) *peersupport.OwnSession {
	p.t.Helper()
	if _, err := p.Cancel(ctx, canceller, once.Key{}, b.ID); err != nil {
		p.t.Fatal(err)
	}
	return p.mustBook(a, with, b.Start)
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

// actor is what somebody may act as now.
func (p *place) actor(a access.Actor) access.Actor {
	p.t.Helper()
	now, err := p.Accounts.ActorOf(ctx, p.Org, a.Account)
	if err != nil {
		p.t.Fatal(err)
	}
	return now
}
