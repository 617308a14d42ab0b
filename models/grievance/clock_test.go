package grievance

import (
	"testing"
	"time"

	"chautari/models/calendar"
	"chautari/models/organisation"
)

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Requirement 89. 2026-11-26 is a Thursday.
func TestEveryCategoryHasItsLimits(t *testing.T) {
	for c, want := range map[Category][3]string{
		Danger:         {"2026-11-27", "2026-11-27", "2026-12-26"},
		Harm:           {"2026-11-27", "2026-11-29", "2026-12-26"},
		Retaliation:    {"2026-11-27", "2026-11-29", "2026-12-26"},
		Privacy:        {"2026-11-27", "2026-11-29", "2026-12-26"},
		Money:          {"2026-11-29", "2026-12-03", "2027-02-24"},
		Discrimination: {"2026-11-29", "2026-12-03", "2026-12-26"},
		Service:        {"2026-12-03", "2026-12-08", "2026-12-26"}, // Saturdays 28 November and 5 December are off
		Idea:           {"2026-12-03", "", "2026-12-26"},
	} {
		l := LimitsFrom(c, day(t, "2026-11-26"), nil)
		if got := [3]string{l.Acknowledge.String(), l.Decide.String(), l.Outcome.String()}; got != want {
			t.Errorf("%s: %v, want %v", c, got, want)
		}
	}
	// Sent on the eve of a Saturday: the first working day is Sunday.
	if got := (*organisation.Settings)(nil).AfterWorkingDays(day(t, "2026-11-27"), 1); got != day(t, "2026-11-29") {
		t.Errorf("one working day after a Friday is %s", got)
	}
}

// Nobody in danger waits for a feast to end: only what is due in working days does.
func TestHolidaysPutOffWhatIsDueInWorkingDaysAndNothingElse(t *testing.T) {
	sent := day(t, "2026-11-26")
	var feast organisation.Settings
	for _, d := range []string{"2026-11-28", "2026-11-29", "2026-11-30", "2026-12-03"} { // the first is a Saturday
		feast.Holidays = append(feast.Holidays, organisation.Holiday{Day: day(t, d)})
	}
	for _, c := range Categories {
		want := LimitsFrom(c, sent, nil)
		if c == Service {
			want.Decide = day(t, "2026-12-11") // three working days after the 8th
		}
		if got := LimitsFrom(c, sent, &feast); got != want {
			t.Errorf("%s: %+v, want %+v", c, got, want)
		}
	}
}

// A limit ends with the Nepali day, whichever zone the server counts in.
func TestALimitEndsWithTheDayInNepal(t *testing.T) {
	g := &Grievance{Category: Danger, State: Received}
	g.fill(Sending{Category: Danger}, day(t, "2026-11-26"), nil)
	for _, zone := range []*time.Location{time.UTC, calendar.Kathmandu} {
		last := time.Date(2026, 11, 27, 23, 59, 59, 999e6, calendar.Kathmandu).In(zone)
		if n := g.Next(calendar.Of(last)); n.Late || n.DaysLeft != 0 || n.Step != Acknowledge {
			t.Errorf("%s: the last instant is %+v", zone, n)
		}
		if n := g.Next(calendar.Of(last.Add(time.Millisecond))); !n.Late || n.DaysLeft != -1 || !g.overdue(calendar.Of(last.Add(time.Millisecond))) {
			t.Errorf("%s: the instant after is %+v", zone, n)
		}
		// Midnight in UTC is a quarter to six in Nepal, and changes nothing.
		utc := time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC).In(zone)
		if calendar.Of(utc) != calendar.Of(utc.Add(-time.Millisecond)) {
			t.Errorf("%s: the day changes at midnight in UTC", zone)
		}
	}
}

func TestStepsAreDueInTheirOrder(t *testing.T) {
	today := day(t, "2026-11-26")
	g := &Grievance{}
	g.fill(Sending{Category: Money}, today, nil)
	wants := func(step Step, by string, left int) {
		t.Helper()
		if n := g.Next(today); n.Step != step || n.By.String() != by || n.DaysLeft != left || g.Due.String() != by {
			t.Errorf("next is %+v, due %s; want %s by %s", n, g.Due, step, by)
		}
	}
	wants(Acknowledge, "2026-11-29", 3)
	if err := g.advance(answers, today); err != nil {
		t.Fatal(err)
	}
	wants(Decide, "2026-12-03", 7)
	if err := g.advance(decides, today); err != nil {
		t.Fatal(err)
	}
	wants(Outcome, "2027-02-24", 90)
	if err := g.advance(closes, today); err != nil {
		t.Fatal(err)
	}
	if n := g.Next(today); n != (Next{}) || g.Due.Before(ended) {
		t.Errorf("closed: %+v, due %s", n, g.Due)
	}
	if earlier := dueClosed(today.AddDays(-1)); !g.Due.Before(earlier) || earlier.Before(ended) {
		t.Errorf("what was closed today is listed at %s, what was closed yesterday at %s", g.Due, earlier)
	}
}
