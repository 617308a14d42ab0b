package calendar

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"chautari/models/fault"
	"chautari/models/script"
)

// Calendar is the calendar that a sheet, a column or a form says its dates are in.
type Calendar string

// The calendars. AnyCalendar means that nothing was said.
const (
	AnyCalendar Calendar = "unknown"
	Bikram      Calendar = "bs"
	Gregorian   Calendar = "ad"
)

// ReadDate reads a birth date as people write it, in either script: with
// strokes, dots, dashes or dandas, with the month as a word, with the year
// alone. Empty text, a lone dash and words for "unknown" give an unknown
// birth. Whether it lies in the future is for Birth.Check.
//
// The calendar comes from cal or from the writing itself: वि.सं., B.S., साल,
// गते, a Nepali month; ई.सं., A.D., सन्, an English month. Where neither says
// it, the fault is birth.calendar_unknown, and also where they contradict
// each other: it is never guessed.
//
// The year stands first or last and has four digits (else
// birth.two_digit_year). Beside it the order is year-month-day or, as Nepal
// writes, day-month-year. A month-first date such as 05/28/1988 is
// birth.no_such_day and never turned round; 03/04/1990 is 3 April.
//
// A year with a month but no day gives the year. A Gregorian year alone gives
// the BS year that begins in it. A BS day before 2000 or after 2090 is
// birth.out_of_table, while the year alone is accepted. A five-digit number
// is a spreadsheet's day count: birth.serial_number. All else is
// birth.unreadable.
func ReadDate(text string, cal Calendar) (Birth, error) {
	s := strings.ToLower(script.FoldDigits(script.Clean(text)))
	s = strings.TrimLeft(s, "'")
	if s == "" || notKnown[s] {
		return Birth{}, nil
	}
	if dayCount.MatchString(s) {
		return Birth{}, fault.New(fault.Invalid, "birth.serial_number")
	}
	w, err := writingOf(midnightAtEnd.ReplaceAllString(s, ""))
	if err != nil {
		return Birth{}, err
	}
	p, err := w.parts()
	if err != nil {
		return Birth{}, err
	}
	p.calendar, err = agreed(w.calendars, cal)
	if err != nil {
		return Birth{}, err
	}
	return p.birth()
}

var (
	// dayCount is a spreadsheet's number of days, with a time behind the point.
	dayCount = regexp.MustCompile(`^\d{5}([.,]\d+)?$`)
	// midnightAtEnd is the time that programs add to a day.
	midnightAtEnd = regexp.MustCompile(`[ t]0?0:00(:00(\.0+)?)?( ?z)?$`)
	// pieces are a run of digits, a run of letters, or anything else.
	pieces = regexp.MustCompile(`\d+|[\p{L}\p{M}]+|[^\d\p{L}\p{M}]+`)
)

// writing is a date cut into what it is made of.
type writing struct {
	numbers   []string
	month     month      // zero when it is not a word
	calendars []Calendar // all that the words say, in order
}

func writingOf(s string) (writing, error) {
	var w writing
	var run []string // neighbouring words, between numbers
	flush := func() error {
		err := w.take(run)
		run = nil
		return err
	}
	for _, piece := range pieces.FindAllString(s, -1) {
		first := []rune(piece)[0]
		switch {
		case first >= '0' && first <= '9':
			if err := flush(); err != nil {
				return w, err
			}
			w.numbers = append(w.numbers, piece)
		case unicode.IsLetter(first) || unicode.IsMark(first):
			run = append(run, strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Cf, r) {
					return -1
				}
				return r
			}, piece))
		case strings.Trim(piece, " .,-–—/()[]:।॰'’\\") != "":
			return w, unreadable()
		}
	}
	return w, flush()
}

// take reads a run of words: markers of up to three pieces (वि.सं.), months,
// fillers.
func (w *writing) take(run []string) error {
next:
	for len(run) > 0 {
		for n := min(3, len(run)); n > 0; n-- {
			if c, ok := markers[strings.Join(run[:n], "")]; ok {
				w.calendars = append(w.calendars, c)
				run = run[n:]
				continue next
			}
		}
		word := run[0]
		run = run[1:]
		if fillers[word] {
			continue
		}
		m, ok := monthsByKey[script.NameKey(word)]
		if !ok || w.month != (month{}) {
			return unreadable()
		}
		w.month = m
		w.calendars = append(w.calendars, m.calendar)
	}
	return nil
}

// agreed is the one calendar that the words and the sheet say.
func agreed(said []Calendar, sheet Calendar) (Calendar, error) {
	found := AnyCalendar
	if sheet == Bikram || sheet == Gregorian {
		found = sheet
	}
	for _, c := range said {
		if found != AnyCalendar && found != c {
			return AnyCalendar, calendarUnknown()
		}
		found = c
	}
	if found == AnyCalendar {
		return AnyCalendar, calendarUnknown()
	}
	return found, nil
}

// parts are the numbers of a date; month and day are 0 where not written.
type parts struct {
	calendar         Calendar
	year, month, day int
	monthSaid        bool
}

// parts puts the numbers in their places, the year first or last.
func (w writing) parts() (parts, error) {
	named := w.month != (month{})
	p := parts{month: w.month.number, monthSaid: named}
	yearAt, last := -1, len(w.numbers)-1
	for i, n := range w.numbers {
		switch {
		case len(n) == 4 && yearAt < 0:
			yearAt = i
		case len(n) > 2:
			return parts{}, unreadable()
		}
	}
	switch {
	case last < 0, last > 2, named && last > 1:
		return parts{}, unreadable()
	case yearAt < 0:
		return parts{}, w.withoutYear(named)
	case yearAt != 0 && yearAt != last:
		return parts{}, unreadable()
	}
	p.year = number(w.numbers[yearAt])
	rest := slices.Delete(slices.Clone(w.numbers), yearAt, yearAt+1)
	if yearAt > 0 {
		slices.Reverse(rest)
	}
	if !named && len(rest) > 0 {
		p.month, p.monthSaid = number(rest[0]), true
		rest = rest[1:]
	}
	if p.monthSaid && (p.month < 1 || p.month > 12) {
		return parts{}, noSuchDay()
	}
	if len(rest) > 0 {
		if p.day = number(rest[0]); p.day == 0 {
			return parts{}, noSuchDay()
		}
	}
	return p, nil
}

// withoutYear says what is wrong with a writing that has no four-digit year.
func (w writing) withoutYear(named bool) error {
	if named && len(w.numbers) == 1 && number(w.numbers[0]) <= 32 {
		return unreadable() // a day and a month
	}
	return fault.New(fault.Invalid, "birth.two_digit_year")
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // at most four digits
	return n
}

// birth turns the numbers into a birth.
func (p parts) birth() (Birth, error) {
	if p.calendar == Bikram {
		if p.day == 0 {
			return yearAlone(p.year)
		}
		d, err := BS{p.year, p.month, p.day}.Date()
		if err != nil {
			return Birth{}, err
		}
		return OnDay(d), nil
	}
	switch {
	case p.year < oldestADYear:
		return Birth{}, outOfTable()
	case p.day > 0:
		d, err := NewDate(p.year, time.Month(p.month), p.day)
		if err != nil {
			return Birth{}, err
		}
		return OnDay(d), nil
	case p.monthSaid: // most of the month belongs to one BS year
		return yearAlone(bsYearOf(Date{p.year, time.Month(p.month), 20}))
	}
	return yearAlone(p.year + 57)
}

func yearAlone(bsYear int) (Birth, error) {
	if bsYear < oldestBSYear {
		return Birth{}, outOfTable()
	}
	return InYear(bsYear), nil
}

func calendarUnknown() error { return fault.New(fault.Invalid, "birth.calendar_unknown") }
