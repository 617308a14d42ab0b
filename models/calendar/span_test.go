package calendar

import (
	"testing"
	"time"
)

func TestMonthsOnAndBackEndWithTheMonth(t *testing.T) {
	for _, c := range []struct {
		from   Date
		months int
		want   Date
	}{
		{Date{2026, time.January, 31}, 1, Date{2026, time.February, 28}},
		{Date{2024, time.January, 31}, 1, Date{2024, time.February, 29}},
		{Date{2026, time.March, 31}, -1, Date{2026, time.February, 28}},
		{Date{2026, time.January, 15}, -13, Date{2024, time.December, 15}},
		{Date{2026, time.November, 26}, 84, Date{2033, time.November, 26}},
		{Date{2026, time.November, 26}, 0, Date{2026, time.November, 26}},
	} {
		if got := c.from.AddMonths(c.months); got != c.want {
			t.Errorf("%v and %d months: %v, want %v", c.from, c.months, got, c.want)
		}
	}
}
