//go:build !production

package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/peersupport"
)

// year lets the organisations live through the past year, a week at a time, by
// the same use cases as everybody else.
func (d *demo) year(ctx context.Context) error {
	for _, p := range []*demoPlace{d.main, d.small} {
		if err := d.hours(ctx, p); err != nil {
			return err
		}
	}
	courses, err := d.courses(ctx)
	if err != nil {
		return err
	}
	begin := d.clock.past.Now()
	for week := range demoWeeks {
		d.clock.past.Set(begin.Add(time.Duration(week) * 7 * 24 * time.Hour))
		for _, part := range []func(context.Context, int) error{d.newcomers, d.renewals, d.declarations, d.stories, d.meetings, courses.week, d.grievances, d.figures} {
			if err := part(ctx, week); err != nil {
				return err
			}
		}
	}
	return nil
}

// today is the day in Nepal where the demo's clock stands.
func (d *demo) today() calendar.Date { return calendar.Of(d.clock.past.Now()) }

// newcomers lets those who are missing yet come in over the year.
func (d *demo) newcomers(ctx context.Context, week int) error {
	for _, p := range []struct {
		*demoPlace
		most int
	}{{d.main, demoMembers}, {d.small, demoSmall}} {
		missing := p.most - p.everybody()
		if now := missing - missing*(51-min(week, 51))/52; now > 0 {
			if err := d.joinAll(ctx, p.demoPlace, now, access.Member); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoSpans are the hours that supporters give, turn and turn about.
var demoSpans = [][]peersupport.SpanInput{
	{{Weekday: day(0), From: "10:00", To: "13:00"}, {Weekday: day(3), From: "14:00", To: "16:00"}, {Weekday: day(5), From: "10:00", To: "12:00"}},
	{{Weekday: day(1), From: "11:30", To: "14:30"}, {Weekday: day(4), From: "07:00", To: "09:00"}},
	{{Weekday: day(2), From: "10:15", To: "12:30"}, {Weekday: day(5), From: "15:00", To: "17:00"}},
	{{Weekday: day(0), From: "16:00", To: "18:00"}, {Weekday: day(4), From: "12:00", To: "15:00"}},
}

func day(n int) *int { return &n }

// hours lets every supporter give her weekly hours.
func (d *demo) hours(ctx context.Context, p *demoPlace) error {
	lengths := []int{60, 60, 45, 30}
	languages := [][]string{{"ne"}, {"ne", "mai"}, {"ne", "thl"}, {"ne", "taj", "new"}}
	for i, she := range p.supporters {
		most := 3 + i%4
		_, err := d.nouns.Support.SetHours(ctx, she, 1, peersupport.HoursChange{
			Spans: demoSpans[i%len(demoSpans)], Length: &lengths[i%len(lengths)], Cap: &most,
			Languages: languages[i%len(languages)], Consents: demoOnly(consent.SupporterName),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// renewWeek is when supporters are asked anew: a yes holds for a year, and the
// demo is to be tried for longer than the rest of its first.
const renewWeek = 40

// renewals lets each supporter take her yes back and give it anew.
func (d *demo) renewals(ctx context.Context, week int) error {
	if week != renewWeek {
		return nil
	}
	for _, she := range slices.Concat(d.main.supporters, d.small.supporters) {
		sheet, err := consent.Of(ctx, d.data.Org(she.Org), she.Person)
		if err != nil {
			return err
		}
		for _, c := range sheet.Consents {
			if c.Purpose != consent.SupporterName {
				continue
			}
			if _, err := d.nouns.Members.WithdrawConsent(ctx, she, once.Key{}, c.ID); err != nil {
				return err
			}
		}
		hours, err := d.nouns.Support.OwnHours(ctx, she)
		if err != nil {
			return err
		}
		_, err = d.nouns.Support.SetHours(ctx, she, hours.Version, peersupport.HoursChange{Consents: demoOnly(consent.SupporterName)})
		if err != nil {
			return err
		}
	}
	return nil
}

// demoOnly is a yes to one purpose.
func demoOnly(p consent.Purpose) []consent.Given {
	return []consent.Given{{Purpose: p, Version: "1", Language: "ne"}}
}

// meetings lets members book for the week to come. Some agree that the
// supporter sees their name, some cancel, and now and then two want the same time.
func (d *demo) meetings(ctx context.Context, week int) error {
	if err := d.meet(ctx, d.main, 26); err != nil {
		return err
	}
	if week >= 51 {
		// The one who is printed has a meeting ahead of her.
		if err := d.meet(ctx, &demoPlace{members: d.main.members[:1], supporters: d.main.supporters}, 1); err != nil {
			return err
		}
	}
	return d.meet(ctx, d.small, 2)
}

func (d *demo) meet(ctx context.Context, p *demoPlace, count int) error {
	asker := p.members[0]
	offer, err := d.nouns.Support.Slots(ctx, asker, peersupport.SlotQuery{Days: 8})
	if err != nil {
		return err
	}
	var free []time.Time
	for _, day := range offer.Days {
		for _, s := range day.Slots {
			if s.Free {
				free = append(free, s.Start)
			}
		}
	}
	if len(free) == 0 {
		return nil
	}
	together, ctx := errgroup.WithContext(ctx)
	together.SetLimit(demoAtOnce)
	for range count {
		she := p.members[d.dice.IntN(len(p.members))]
		start := free[d.dice.IntN(len(free))]
		chance := d.dice.IntN(100)
		together.Go(func() error {
			booking := peersupport.Booking{Start: start}
			if chance < 70 {
				booking.Consents = demoOnly(consent.PeerName)
			}
			made, err := d.nouns.Support.Book(ctx, she, once.Key{}, booking)
			if told(err) {
				return nil
			}
			if err != nil || chance%10 != 0 {
				return err
			}
			_, err = d.nouns.Support.Cancel(ctx, she, once.Key{}, made.ID)
			return err
		})
	}
	return together.Wait()
}

// told tells whether an act was answered with a fault that people meet on any
// day: a time that is gone, a seat that is taken.
func told(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && (f.Kind == fault.Conflict || f.Kind == fault.Invalid)
}
