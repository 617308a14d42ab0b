package grievance

import (
	"time"

	"chautari/models/calendar"
	"chautari/models/organisation"
)

// Limits are the days by whose end, in Nepal, each step is due. Decide is zero
// where nothing is to be decided.
type Limits struct{ Acknowledge, Decide, Outcome calendar.Date }

// clocks are the limits of a category as an organisation may choose them: never
// longer than those of the rules, which are the sector's.
type clocks struct{ acknowledge, decide, outcome organisation.Number }

var clocksOf = func() map[Category]clocks {
	all := make(map[Category]clocks, len(Categories))
	for _, c := range Categories {
		r := rules[c]
		number := func(step string, unit organisation.Unit, days int) organisation.Number {
			if days == 0 {
				return organisation.Number{} // there is no such step
			}
			return organisation.Declare(organisation.Number{
				Key: "clock." + string(c) + "." + step, Unit: unit, Usual: days, Least: 1, Most: days,
			})
		}
		unit := organisation.Days
		if r.working {
			unit = organisation.WorkingDays
		}
		all[c] = clocks{
			acknowledge: number("acknowledge", organisation.Days, r.acknowledge),
			decide:      number("decide", unit, r.decide),
			outcome:     number("tell", organisation.Days, r.outcome),
		}
	}
	return all
}()

// LimitsFrom gives the limits of what is sent on a day, as the organisation has
// them then; without settings the usual ones. They are told to her when she
// sends and stay: whatever of the settings is changed later, holidays too, acts
// on what is sent later.
func LimitsFrom(c Category, sent calendar.Date, by *organisation.Settings) Limits {
	of := clocksOf[c]
	l := Limits{Acknowledge: sent.AddDays(of.acknowledge.Of(by)), Outcome: sent.AddDays(of.outcome.Of(by))}
	switch days := of.decide.Of(by); {
	case of.decide.Unit == organisation.WorkingDays:
		l.Decide = by.AfterWorkingDays(sent, days)
	case days > 0:
		l.Decide = sent.AddDays(days)
	}
	return l
}

func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// DaysBetween counts the days from one day to another, below zero when it lies before.
func DaysBetween(from, to calendar.Date) int {
	return int(midnight(to).Sub(midnight(from)) / (24 * time.Hour))
}

// Step is what is due next.
type Step string

// The steps, in their order; a closed one has none.
const (
	Acknowledge Step = "acknowledge"
	Decide      Step = "decide"
	Outcome     Step = "outcome"
)

// Next is the next step, the day by whose end it is due, and the days until
// then, below zero when it is late. The zero Next is that of a closed one.
type Next struct {
	Step     Step
	By       calendar.Date
	DaysLeft int
	Late     bool
}

// Next tells what is due, seen from a day.
func (g *Grievance) Next(today calendar.Date) Next {
	var n Next
	switch {
	case g.State == Closed:
		return n
	case g.Acknowledged.IsZero():
		n.Step, n.By = Acknowledge, g.AcknowledgeBy
	case !g.DecideBy.IsZero() && g.Decided.IsZero():
		n.Step, n.By = Decide, g.DecideBy
	default:
		n.Step, n.By = Outcome, g.OutcomeBy
	}
	n.DaysLeft = DaysBetween(today, n.By)
	n.Late = n.DaysLeft < 0
	return n
}

// ended is where the due days of what is closed begin, behind every real one.
// They run backwards, so that what was closed last stands first among them.
var ended = calendar.Date{Year: 9000, Month: time.January, Day: 1}

// dueClosed is the due day of what was closed on a day.
func dueClosed(on calendar.Date) calendar.Date {
	return ended.AddDays(DaysBetween(on, calendar.Date{Year: 2200, Month: time.January, Day: 1}))
}

// schedule writes the day by which lists and climbing go.
func (g *Grievance) schedule() {
	g.Due = g.Next(g.Sent).By
	if g.State == Closed {
		g.Due = dueClosed(g.Closed)
	}
}

// overdue tells that nobody has acknowledged or decided in time. A late outcome
// stays with the one who decided.
func (g *Grievance) overdue(today calendar.Date) bool {
	n := g.Next(today)
	return n.Late && n.Step != Outcome
}
