package sheet

import (
	"strconv"
	"strings"
	"time"

	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/script"
)

// birth reads what the row says of her birth, in one column, in both calendars,
// or in three columns of its parts.
func (c *checker) birth(today calendar.Date) calendar.Birth {
	marked := c.rowCalendar()
	if _, parts := c.row.Cells[BirthYear]; parts {
		return c.checked(BirthYear, today, c.fromParts(marked))
	}
	first, second := c.reading(Birth, marked), c.reading(OtherBirth, calendar.AnyCalendar)
	if !first.written || !second.written {
		one := first
		if !first.written {
			one = second
		}
		if one.err != nil {
			c.tell(one)
			return calendar.Birth{}
		}
		return c.checked(one.field, today, one.birth)
	}
	return c.checked(Birth, today, c.agreed(first, second))
}

// rowCalendar reads the row's own calendar cell.
func (c *checker) rowCalendar() calendar.Calendar {
	text := c.text(CalendarField)
	named := calendarNamed(text)
	switch strings.ToLower(text) {
	case "":
		return calendar.AnyCalendar
	case "nepali", "नेपाली", "bikram", "विक्रम":
		named = calendar.Bikram
	case "english", "अंग्रेजी", "gregorian", "gregoriansk":
		named = calendar.Gregorian
	}
	if named == calendar.AnyCalendar {
		c.fault(CalendarField, "birth.calendar_unknown")
	}
	return named
}

// reading is one birth cell and what became of it.
type reading struct {
	field   Field
	text    string
	written bool
	birth   calendar.Birth
	err     error
	params  []string
}

func (c *checker) tell(r reading) {
	code := "birth.unreadable"
	if told, ok := fault.As(r.err); ok {
		code = told.Code
	}
	for _, f := range c.row.Faults {
		if f.Field == r.field || f.Field == CalendarField && code == f.Code {
			return
		}
	}
	c.fault(r.field, code, r.params...)
}

func invalid(code string) error { return fault.New(fault.Invalid, code) }

// reading reads one birth cell. A day that the spreadsheet holds as a day is
// Gregorian by nature; marked Bikram Sambat it contradicts itself. A bare day
// count is told and never taken.
func (c *checker) reading(f Field, marked calendar.Calendar) reading {
	cell := c.row.Cells[f]
	if empty(cell) {
		return reading{field: f}
	}
	r := reading{field: f, written: true}
	if r.text = c.text(f); r.text == "" {
		r.err = invalid("birth.unreadable") // told already
		return r
	}
	column := c.layout.column(f)
	cal := marked
	if cal == calendar.AnyCalendar && column.Calendar != "" {
		cal = column.Calendar
	}
	if cal == calendar.AnyCalendar && f == Birth {
		cal = c.layout.Calendar
	}
	if cal == "" {
		cal = calendar.AnyCalendar
	}
	if cell.Kind == Date {
		day, err := calendar.Parse(cell.Text)
		if err == nil && cal == calendar.Bikram && !c.onlyTitled(f, marked, day) {
			err = invalid("birth.date_cell_marked_bs")
		}
		r.birth, r.err = calendar.OnDay(day), err
		return r
	}
	if count, ok := dayCount(cell, column.Years); ok {
		r.err = invalid("birth.serial_number")
		if day, ok := dayOf(float64(count), false); ok {
			r.params = []string{"day", day}
		}
		return r
	}
	// What the cell itself says goes before what is said above it, but not
	// before what its row says.
	if marked == calendar.AnyCalendar {
		if birth, err := calendar.ReadDate(r.text, calendar.AnyCalendar); err == nil {
			r.birth = birth
			return r
		}
	}
	r.birth, r.err = calendar.ReadDate(r.text, cal)
	return r
}

// onlyTitled tells whether a day of the spreadsheet may be taken although the
// sheet's title speaks of Bikram Sambat: a title says it of the sheet and not of
// this cell. Before 2000 no day of that calendar can have been meant; later, the
// column as a whole must show it, since "2020-05-01" may be a day of 2020 BS that
// the spreadsheet took for one of its own.
func (c *checker) onlyTitled(f Field, marked calendar.Calendar, day calendar.Date) bool {
	column := c.layout.column(f)
	return marked == calendar.AnyCalendar && c.layout.CalendarFrom == FromTitle && column.Calendar == "" && (day.Year < calendar.FirstBSYear || column.Days)
}

// dayCount tells a spreadsheet's day count from a date: a number of four or five
// digits that is not a year. A year as a number is one only under a heading that
// asks for years, or in a column full of them.
func dayCount(c Cell, years bool) (int, bool) {
	n, err := strconv.Atoi(script.FoldDigits(strings.TrimSpace(c.Text)))
	if err != nil {
		return 0, false
	}
	if n >= 10_000 && n < 100_000 {
		return n, true
	}
	return n, c.Kind == Number && n >= 100 && n < 10_000 && !(years && plausibleYear(n))
}

func plausibleYear(n int) bool { return n >= 1900 && n <= 2100 }

// fromParts puts year, month and day together; without a month or a day it is
// the year that is known.
func (c *checker) fromParts(marked calendar.Calendar) calendar.Birth {
	year, month, day := c.text(BirthYear), c.text(BirthMonth), c.text(BirthDay)
	if year == "" && month == "" && day == "" {
		return calendar.Birth{}
	}
	text := year
	if year != "" && month != "" && day != "" {
		text = year + "-" + month + "-" + day
		if _, err := strconv.Atoi(script.FoldDigits(month)); err != nil {
			text = year + " " + month + " " + day
		}
	}
	cal := marked
	if own := c.layout.column(BirthYear).Calendar; cal == calendar.AnyCalendar && own != "" {
		cal = own
	}
	if cal == calendar.AnyCalendar && c.layout.Calendar != "" {
		cal = c.layout.Calendar
	}
	birth, err := calendar.ReadDate(text, cal)
	if err != nil {
		c.tell(reading{field: BirthYear, err: err})
		return calendar.Birth{}
	}
	return birth
}

// agreed takes what two birth columns say together. Where one calendar, or
// both, are not named, the pair itself proves them when exactly one way agrees.
func (c *checker) agreed(a, b reading) calendar.Birth {
	as, bs := c.ways(a), c.ways(b)
	var fits []calendar.Birth
	for _, x := range as {
		for _, y := range bs {
			if (len(as) == 1 || len(bs) == 1 || x.cal != y.cal) && !Contradict(x.birth, y.birth) {
				fits = append(fits, finer(x.birth, y.birth))
			}
		}
	}
	switch {
	case len(fits) == 1:
		return fits[0]
	case len(as) == 0 && len(bs) == 0:
		c.tell(a)
	case len(as) == 0:
		c.tell(a)
		if len(bs) == 1 {
			return bs[0].birth
		}
	case len(bs) == 0:
		c.tell(b)
		if len(as) == 1 {
			return as[0].birth
		}
	case len(fits) > 1:
		c.fault(a.field, "birth.calendar_unknown")
	default:
		c.fault(a.field, "birth.disagree", "other", firstRunes(b.text, 40))
	}
	return calendar.Birth{}
}

type way struct {
	cal   calendar.Calendar
	birth calendar.Birth
}

// ways are the readings that a cell allows.
func (c *checker) ways(r reading) []way {
	if r.err == nil {
		return []way{{"", r.birth}}
	}
	if told, ok := fault.As(r.err); !ok || told.Code != "birth.calendar_unknown" {
		return nil
	}
	var ways []way
	for _, cal := range []calendar.Calendar{calendar.Bikram, calendar.Gregorian} {
		if birth, err := calendar.ReadDate(r.text, cal); err == nil {
			ways = append(ways, way{cal, birth})
		}
	}
	return ways
}

// checked refuses a birth that can't be.
func (c *checker) checked(f Field, today calendar.Date, b calendar.Birth) calendar.Birth {
	if b.IsZero() || today.IsZero() {
		return b
	}
	if err := b.Check(today); err != nil {
		c.tell(reading{field: f, err: err})
		return calendar.Birth{}
	}
	return b
}

// Contradict tells whether two births can't be one person's.
func Contradict(a, b calendar.Birth) bool {
	switch {
	case a.IsZero() || b.IsZero():
		return false
	case a.Precision == calendar.ToDay && b.Precision == calendar.ToDay:
		return a.Day != b.Day
	}
	return bsYear(a) != bsYear(b)
}

func bsYear(b calendar.Birth) int {
	if b.Precision == calendar.ToYear {
		return b.BSYear
	}
	if bs, err := calendar.ToBS(b.Day); err == nil {
		return bs.Year
	}
	// Before the table a BS year begins near 14 April.
	if b.Day.Month < time.April || b.Day.Month == time.April && b.Day.Day < 14 {
		return b.Day.Year + 56
	}
	return b.Day.Year + 57
}

func finer(a, b calendar.Birth) calendar.Birth {
	if a.Precision == calendar.ToDay {
		return a
	}
	if b.IsZero() {
		return a
	}
	return b
}
