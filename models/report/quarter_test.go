package report_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/report"
)

func TestAQuarterIsThreeGregorianMonths(t *testing.T) {
	for text, days := range map[string][2]string{
		"2026-1": {"2026-01-01", "2026-03-31"},
		"2026-3": {"2026-07-01", "2026-09-30"},
		"2027-4": {"2027-10-01", "2027-12-31"},
	} {
		q, err := report.ParseQuarter(text)
		if err != nil || q.String() != text || q.From().String() != days[0] || q.To().String() != days[1] {
			t.Errorf("%s: %s to %s, %v", text, q.From(), q.To(), err)
		}
	}
	for _, text := range []string{"", "2026", "2026-0", "2026-5", "2026-03", "26-3", "2026-3 ", "+026-3", "1999-4", "20260-1", "2026-x", "x-1"} {
		if _, err := report.ParseQuarter(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is read: %v", text, err)
		}
	}
}

func TestEachDayLiesInOneQuarter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Of(time.Unix(rapid.Int64Range(1_000_000_000, 4_000_000_000).Draw(t, "instant"), 0))
		q := report.QuarterOf(d)
		if d.Before(q.From()) || d.After(q.To()) {
			t.Fatalf("%s is not from %s to %s", d, q.From(), q.To())
		}
		if report.QuarterOf(q.Until()) == q || q.To().AddDays(1) != q.Until() {
			t.Fatalf("%s doesn't end at %s", q, q.Until())
		}
	})
}
