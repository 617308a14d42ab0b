package trail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/store"
)

// few is the smallest number that is shown: fewer could point at somebody.
const few = 3

// monthsMost is how many months one summary is about.
const monthsMost = 12

// Counted is how often something was done in a month, in a role; Count is 0
// where it was fewer than three times.
type Counted struct {
	Month calendar.Date // its first day
	audit.Sum
}

// Summary shows the board how much was done from the month of one day to that
// of another. What is about grievances or stands between people isn't in it.
func (t *Trails) Summary(ctx context.Context, a access.Actor, from, to calendar.Date) ([]Counted, error) {
	if err := access.Decide(a, access.ReadTrailSummary, access.Facts{Org: a.Org}); err != nil {
		return nil, t.refuse(ctx, a, access.ReadTrailSummary, "", err)
	}
	last := calendar.Date{Year: to.Year, Month: to.Month, Day: 1}
	first := calendar.Date{Year: from.Year, Month: from.Month, Day: 1}
	if months := (last.Year-first.Year)*12 + int(last.Month-first.Month) + 1; months < 1 || months > monthsMost {
		return nil, fault.Of("request.invalid", fault.At("to", "trail.too_many_months"))
	}
	var all []Counted
	for m := last; !m.Before(first); m = before(m) {
		sums, err := audit.SumsOf(ctx, t.store.Org(a.Org), m)
		if err != nil {
			return nil, err
		}
		for _, s := range sums {
			if audit.BetweenPeople(s.Action) {
				continue
			}
			if s.Count < few {
				s.Count = 0
			}
			all = append(all, Counted{m, s})
		}
	}
	return all, nil
}

// before is the first day of the month before.
func before(m calendar.Date) calendar.Date {
	d := m.AddDays(-1)
	d.Day = 1
	return d
}

// Event is what happened, for who looks after the computer: no person and no id.
type Event struct {
	At     time.Time // to the minute
	Role   access.Role
	Action access.Action
	Result audit.Result
	Ref    string // tells two events apart, and leads nowhere
}

// Technical shows what happened, the latest first. What is about grievances or
// stands between people, and what was done by nobody in particular, isn't in it.
func (t *Trails) Technical(ctx context.Context, a access.Actor, limit int, after store.Cursor) ([]Event, store.Cursor, error) {
	if err := access.Decide(a, access.ReadTechnical, access.Facts{Org: a.Org}); err != nil {
		return nil, "", t.refuse(ctx, a, access.ReadTechnical, "", err)
	}
	keep := func(e *audit.Entry) (bool, error) {
		return !audit.AboutGrievances(e.Action) && !audit.BetweenPeople(e.Action), nil
	}
	place := func(e *audit.Entry) (store.Cursor, error) { return store.NewCursor("at", []any{*e.At}, e.ID) }
	after, err := t.opened(a, "technical", after)
	if err != nil {
		return nil, "", err
	}
	q := store.Query{Index: "at", Down: true, After: after}
	entries, next, err := shown(ctx, t.store.Org(a.Org), q, limit, audit.Entries.Find, keep, place)
	if err != nil {
		return nil, "", err
	}
	if next, err = t.closed(a, "technical", next); err != nil {
		return nil, "", err
	}
	events := make([]Event, len(entries))
	for i, e := range entries {
		ref := sha256.Sum256([]byte(e.ID))
		events[i] = Event{e.At.Truncate(time.Minute), e.Leading(), audit.Known(e.Action), e.Result, hex.EncodeToString(ref[:6])}
	}
	return events, next, nil
}
