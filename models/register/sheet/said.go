package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"chautari/models/calendar"
	"chautari/models/script"
)

// Where the calendar of a sheet is from.
const (
	FromHeading = "heading"
	FromTitle   = "title"
	FromColumn  = "column" // each row says its own
	FromChosen  = "chosen"
	FromNone    = "none"
)

var (
	saysSaal = regexp.MustCompile(`(?:^|\D)20\d\d\s*साल|साल\s*20\d\d(?:\D|$)|20\d\d.*गते`)
	years    = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)(?:\D|$)`)
)

// titled reads the calendar that a title names: "सदस्य विवरण (वि.सं. २०८३)".
func titled(text string) calendar.Calendar {
	if named := calendarNamed(text); named != calendar.AnyCalendar {
		return named
	}
	if saysSaal.MatchString(script.FoldDigits(script.Clean(text))) {
		return calendar.Bikram
	}
	return calendar.AnyCalendar
}

// speaksOfDates tells whether a note or another sheet means the dates when it
// names a calendar.
func speaksOfDates(text string) bool {
	for _, w := range headingWordsOf(strings.ToLower(script.Clean(text))) {
		for _, c := range conceptsOf(w) {
			if c == cDate || c == cBirth {
				return true
			}
		}
	}
	return false
}

// settleCalendar finds the calendar of the birth cells that don't say it
// themselves: what the coordinator chose, the heading, the title, the sheet's
// name, a note about dates. notes come last.
func (d *draft) settleCalendar(ch Choices, notes []string) {
	l := &d.layout
	l.Calendar, l.CalendarFrom = calendar.AnyCalendar, FromNone
	if l.column(CalendarField).Index >= 0 {
		l.CalendarFrom = FromColumn
	}
	births := 0
	for _, c := range l.Columns {
		if c.Field == Birth || c.Field == OtherBirth || c.Field == BirthYear {
			births++
		}
	}
	if ch.Calendar == calendar.Bikram || ch.Calendar == calendar.Gregorian {
		l.Calendar, l.CalendarFrom = ch.Calendar, FromChosen
		for i := range l.Columns {
			if births == 1 {
				l.Columns[i].Calendar = ""
			}
		}
		return
	}
	for i := range l.Columns {
		c := &l.Columns[i]
		if (c.Field == Birth || c.Field == BirthYear) && c.Calendar != "" {
			l.Calendar, l.CalendarFrom = c.Calendar, FromHeading
			return
		}
		// A column of गते counts the days of Bikram Sambat.
		if c.Field == BirthDay && strings.Contains(c.Heading, "गते") {
			l.Calendar, l.CalendarFrom = calendar.Bikram, FromHeading
			return
		}
	}
	found := calendar.AnyCalendar
	for _, text := range append(append([]string(nil), d.titles...), d.sheet.Name) {
		if named := titled(text); named != calendar.AnyCalendar {
			if found != calendar.AnyCalendar && found != named {
				return
			}
			found = named
		}
	}
	if found == calendar.AnyCalendar {
		for _, text := range notes {
			if named := titled(text); named != calendar.AnyCalendar && speaksOfDates(text) {
				if found != calendar.AnyCalendar && found != named {
					return
				}
				found = named
			}
		}
	}
	if found == calendar.AnyCalendar || d.likely != calendar.AnyCalendar && d.likely != found {
		return // nothing said, or the dates themselves belie it
	}
	l.Calendar = found
	if l.CalendarFrom == FromNone {
		l.CalendarFrom = FromTitle
	}
}

// likelyCalendar tells which calendar the years of the birth cells could be in.
// It is never used to read a date, only to doubt a title and to offer a choice.
func likelyCalendar(cells []Cell, today calendar.Date) calendar.Calendar {
	thisYear := today.Year
	if thisYear == 0 {
		return calendar.AnyCalendar
	}
	total, bs, ad := 0, 0, 0
	for _, c := range cells {
		m := years.FindStringSubmatch(script.FoldDigits(c.Text))
		if c.Kind == Date || m == nil {
			continue
		}
		year, _ := strconv.Atoi(m[1])
		total++
		if year > thisYear {
			bs++
		}
		if year < calendar.FirstBSYear {
			ad++
		}
	}
	switch {
	case total == 0 || bs*5 >= total && ad*5 >= total:
		return calendar.AnyCalendar
	case bs*2 > total:
		return calendar.Bikram
	case ad*2 > total:
		return calendar.Gregorian
	}
	return calendar.AnyCalendar
}
