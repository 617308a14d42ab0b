package organisation_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/calendar"
	"chautari/models/organisation"
)

// someHolidays are holidays around a day, Saturdays among them, some entered twice.
func someHolidays(rt *rapid.T, around calendar.Date) []organisation.Holiday {
	offsets := rapid.SliceOfN(rapid.IntRange(-5, 40), 0, 30).Draw(rt, "holidays")
	list := make([]organisation.Holiday, len(offsets))
	for i, n := range offsets {
		list[i] = organisation.Holiday{Day: around.AddDays(n)}
	}
	return list
}

func TestWorkingDaysSkipSaturdaysAndHolidays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		from := calendar.Date{Year: 2026, Month: time.November, Day: 26}.AddDays(rapid.IntRange(0, 2000).Draw(rt, "from"))
		n := rapid.IntRange(1, 15).Draw(rt, "working days")
		with := &organisation.Settings{Holidays: someHolidays(rt, from)}
		due := with.AfterWorkingDays(from, n)

		off := map[calendar.Date]bool{}
		for _, h := range with.Holidays {
			off[h.Day] = true
		}
		isOff := func(d calendar.Date) bool {
			return off[d] || time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday() == time.Saturday
		}
		if isOff(due) {
			rt.Fatalf("%s is a day off", due)
		}
		worked := 0
		for d := from; d != due; {
			if d = d.AddDays(1); !isOff(d) {
				worked++
			}
		}
		if worked != n {
			rt.Fatalf("from %s to %s there are %d working days, not %d", from, due, worked, n)
		}

		if usual := (*organisation.Settings)(nil).AfterWorkingDays(from, n); due.Before(usual) {
			rt.Fatalf("due on %s, without holidays on %s", due, usual)
		}
		another := from.AddDays(rapid.IntRange(-5, 40).Draw(rt, "another"))
		more := &organisation.Settings{Holidays: append(with.Holidays, organisation.Holiday{Day: another})}
		later := more.AfterWorkingDays(from, n)
		if later.Before(due) {
			rt.Fatalf("a holiday on %s makes it due on %s, before %s", another, later, due)
		}
		if (another.Weekday() == time.Saturday || off[another]) && later != due {
			rt.Fatalf("%s, off anyway, counts twice: due on %s, not on %s", another, later, due)
		}
	})
}
