package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"chautari/models/calendar"
	"chautari/models/fault"
)

// Quarter is three months of the Gregorian calendar, as donors count them. Its
// days are those of Nepal. In text it is "2026-3". The zero Quarter is none.
type Quarter struct {
	Year   int
	Number int // 1 to 4
}

// firstYear is older than anything that could be counted here.
const firstYear = 2000

var errNoSuchQuarter = fault.Of("request.invalid", fault.At("quarter", "report.no_such_quarter"))

// ParseQuarter reads "2026-3" and nothing else. Fault: report.no_such_quarter.
func ParseQuarter(text string) (Quarter, error) {
	year, number, _ := strings.Cut(text, "-")
	var q Quarter
	var err error
	if q.Year, err = strconv.Atoi(year); err != nil {
		return Quarter{}, errNoSuchQuarter
	}
	if q.Number, err = strconv.Atoi(number); err != nil {
		return Quarter{}, errNoSuchQuarter
	}
	if q.String() != text || q.Year < firstYear || q.Year > 9999 || q.Number < 1 || q.Number > 4 {
		return Quarter{}, errNoSuchQuarter
	}
	return q, nil
}

// QuarterOf is the quarter that a day lies in.
func QuarterOf(d calendar.Date) Quarter {
	return Quarter{Year: d.Year, Number: (int(d.Month)-1)/3 + 1}
}

func (q Quarter) String() string { return fmt.Sprintf("%04d-%d", q.Year, q.Number) }

// From is its first day.
func (q Quarter) From() calendar.Date {
	return calendar.Date{Year: q.Year, Month: time.Month(3*q.Number - 2), Day: 1}
}

// Until is the first day after it.
func (q Quarter) Until() calendar.Date {
	if q.Number == 4 {
		return Quarter{q.Year + 1, 1}.From()
	}
	return Quarter{q.Year, q.Number + 1}.From()
}

// To is its last day.
func (q Quarter) To() calendar.Date { return q.Until().AddDays(-1) }

// over tells whether its last day has passed.
func (q Quarter) over(today calendar.Date) bool { return !today.Before(q.Until()) }

// midnight is the instant in Nepal at which a day begins.
func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, calendar.Kathmandu).UTC()
}
