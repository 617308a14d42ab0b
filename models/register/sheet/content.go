package sheet

import (
	"regexp"
	"strings"
	"unicode"

	"chautari/models/calendar"
	"chautari/models/phone"
	"chautari/models/script"
)

// sampled is how many lines are looked at to tell what a column holds.
const sampled = 100

// byContent gives fields to columns whose heading is missing or unknown, where
// most of their cells are phones, dates or groups. A name, a phone or a birth is
// taken only where no heading stands above it: under one that nobody knows it
// might be a father's.
func byContent(columns []Column, lines []Line, known *groups, headed bool) {
	have := map[Field]bool{}
	for _, c := range columns {
		have[c.Field] = true
	}
	give := func(c *Column, f Field) {
		c.Field, c.From, have[f] = f, "content", true
	}
	for i := range columns {
		c := &columns[i]
		if c.Field != "" && c.Field != Serial {
			continue
		}
		t := tally(lines, i, known)
		if c.Field == Serial { // "Number" over phones
			if !have[Phone] && !c.doubtful && t.filled > 0 && t.most(t.phones) {
				give(c, Phone)
			}
			continue
		}
		switch {
		case t.filled < 2:
		case c.Heading == "" && !have[Phone] && t.most(t.phones):
			give(c, Phone)
		case c.Heading == "" && !have[Birth] && !have[BirthYear] && t.most(t.births):
			give(c, Birth)
		case !have[Group] && !have[District] && t.most(t.groups):
			give(c, Group)
		case !headed && !have[Serial] && t.most(t.serials):
			give(c, Serial)
		}
	}
	if have[Name] || have[GivenName] || have[FamilyName] || !headed && !have[Phone] && !have[Birth] && !have[Group] {
		return
	}
	for i := range columns {
		c := &columns[i]
		if t := tally(lines, i, known); c.Field == "" && c.Heading == "" && t.filled > 0 && t.most(t.names) {
			give(c, Name)
			return
		}
	}
}

// tallied counts what the cells of one column look like.
type tallied struct{ filled, phones, births, groups, serials, names int }

func (t tallied) most(n int) bool { return n*10 >= t.filled*7 }

var dateShape = regexp.MustCompile(`^\d{4}\s*[-/.।]\s*\d{1,2}\s*[-/.।]\s*\d{1,2}$|^\d{1,2}\s*[-/.।]\s*\d{1,2}\s*[-/.।]\s*\d{4}$`)

func tally(lines []Line, column int, known *groups) tallied {
	var t tallied
	last := 0
	for _, l := range lines {
		cell := l.at(column)
		if empty(cell) {
			continue
		}
		if t.filled++; t.filled > sampled {
			t.filled--
			break
		}
		text := script.FoldDigits(script.Clean(cell.Text))
		if _, ok := known.find(text); ok {
			t.groups++
			continue
		}
		if cell.Kind == Date || dateShape.MatchString(text) || digitsIn(text) >= 6 && marksItself(text) {
			if birthLike(cell, text) {
				t.births++
			}
			continue
		}
		if n := digitsIn(text); n >= 8 {
			if _, err := phone.Read(text); err == nil {
				t.phones++
			}
			continue
		} else if isSerial(cell) {
			if n, _, _ := reference("A" + text); n == 0 && len(text) <= 5 {
				if at := leading(text); at > last && at <= last+3 {
					t.serials++
					last = at
				}
			}
			continue
		}
		if strings.IndexFunc(text, unicode.IsLetter) >= 0 && digitsIn(text) == 0 && len(strings.Fields(text)) <= 5 && !sentence(text) {
			t.names++
		}
	}
	return t
}

func leading(text string) int {
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}

func marksItself(text string) bool {
	b, err := calendar.ReadDate(text, calendar.AnyCalendar)
	return err == nil && b.Precision == calendar.ToDay
}

// birthLike leaves out days that are too late to be a woman's birth, such as
// the day she joined: in both calendars they end at the year of a child.
func birthLike(c Cell, text string) bool {
	if c.Kind == Date {
		day, err := calendar.Parse(c.Text)
		return err == nil && day.Year < 2015
	}
	for _, cal := range []calendar.Calendar{calendar.Bikram, calendar.Gregorian} {
		if b, err := calendar.ReadDate(text, cal); err == nil && !b.Day.IsZero() && b.Day.Year < 2015 {
			return true
		}
	}
	return false
}
