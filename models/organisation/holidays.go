package organisation

import (
	"slices"
	"time"

	"chautari/models/calendar"
)

// Holiday is a day on which the organisation is closed. What is due in days goes
// on over it, so that nobody in danger waits for a feast to end; what is due in
// working days skips it.
type Holiday struct {
	Day  calendar.Date `bson:"day"`
	Name Name          `bson:"name"`
}

// inOrder puts holidays in the order of their days.
func inOrder(list []Holiday) []Holiday {
	return slices.SortedFunc(slices.Values(list), func(a, b Holiday) int { return a.Day.Compare(b.Day) })
}

// IsWorkingDay tells whether the organisation works on a day: neither on a
// Saturday, Nepal's day off, nor on a holiday of its own. Without settings there
// are no holidays.
func (s *Settings) IsWorkingDay(d calendar.Date) bool {
	if d.Weekday() == time.Saturday {
		return false
	}
	return s == nil || !slices.ContainsFunc(s.Holidays, func(h Holiday) bool { return h.Day == d })
}

// AfterWorkingDays gives the nth working day after a day; the day itself for 0.
func (s *Settings) AfterWorkingDays(d calendar.Date, n int) calendar.Date {
	for n > 0 {
		if d = d.AddDays(1); s.IsWorkingDay(d) {
			n--
		}
	}
	return d
}
