// Package calendar holds days as the product knows them: a Gregorian Date
// without a time, its Bikram Sambat twin, the day it is in Nepal, and birth
// dates of which only the year may be known. It reads dates as people write
// them. It does not hold instants, office hours or recurrence, and it puts no
// date into words: that is for the pages.
package calendar

import (
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/bsontype"

	"chautari/models/fault"
)

// Date is a day of the Gregorian calendar. The zero Date means unknown.
// Dates can be compared with == and be keys of maps. In text, JSON and BSON a
// Date is "2006-01-02"; an unknown one is "" in text and JSON, null in BSON.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// isoDay is the one form of a day on the wire and in the store.
const isoDay = "2006-01-02"

// NewDate gives the day, or a fault birth.no_such_day when the month has no
// such day or the year is not in 1..9999.
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date{year, month, day}
	if year < 1 || year > 9999 || fromTime(d.midnight()) != d {
		return Date{}, noSuchDay()
	}
	return d, nil
}

// Parse reads "2006-01-02" and nothing else. An impossible day is a fault
// birth.no_such_day, another writing birth.unreadable.
func Parse(s string) (Date, error) {
	t, err := time.Parse(isoDay, s)
	if err != nil {
		var y, m, d int
		if n, _ := fmt.Sscanf(s, "%04d-%02d-%02d", &y, &m, &d); n == 3 && len(s) == len(isoDay) {
			return Date{}, noSuchDay()
		}
		return Date{}, unreadable()
	}
	if t.Year() < 1 {
		return Date{}, noSuchDay()
	}
	return fromTime(t), nil
}

// Of gives the day it is in Nepal at an instant.
func Of(t time.Time) Date { return fromTime(t.In(Kathmandu)) }

func fromTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Begins is the instant, in UTC, at which the day begins in Nepal.
func (d Date) Begins() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Kathmandu).UTC()
}

func (d Date) midnight() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// number counts days from 1970-01-01.
func (d Date) number() int {
	const day = 24 * 60 * 60
	s := d.midnight().Unix()
	return int(s / day) // midnights divide without a rest
}

// IsZero tells whether the day is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// String gives "2006-01-02", or "" when unknown.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// AddDays gives the day n days on, or back when n is negative.
func (d Date) AddDays(n int) Date {
	return fromTime(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// Compare is -1, 0 or +1 as d is before, equal to or after e.
func (d Date) Compare(e Date) int {
	switch {
	case d == e:
		return 0
	case d.Year != e.Year && d.Year < e.Year,
		d.Year == e.Year && d.Month < e.Month,
		d.Year == e.Year && d.Month == e.Month && d.Day < e.Day:
		return -1
	}
	return 1
}

// Before tells whether d comes before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After tells whether d comes after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Age gives the whole years from d to on: one more on each birthday. Who was
// born on 29 February has hers on 1 March in a common year. It is negative
// when on comes before d.
func (d Date) Age(on Date) int {
	years := on.Year - d.Year
	if on.Month < d.Month || on.Month == d.Month && on.Day < d.Day {
		years--
	}
	return years
}

// MarshalText gives the day as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText gives.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}

// MarshalBSONValue gives the day as a string, or null when unknown.
func (d Date) MarshalBSONValue() (bsontype.Type, []byte, error) {
	if d.IsZero() {
		return bson.TypeNull, nil, nil
	}
	return bson.MarshalValue(d.String())
}

// UnmarshalBSONValue reads what MarshalBSONValue gives.
func (d *Date) UnmarshalBSONValue(t bsontype.Type, data []byte) error {
	if t == bson.TypeNull || t == bson.TypeUndefined {
		*d = Date{}
		return nil
	}
	var s string
	if err := bson.UnmarshalValue(t, data, &s); err != nil {
		return fmt.Errorf("a day must be a string: %w", err)
	}
	return d.UnmarshalText([]byte(s))
}

func noSuchDay() error  { return fault.New(fault.Invalid, "birth.no_such_day") }
func outOfTable() error { return fault.New(fault.Invalid, "birth.out_of_table") }
func unreadable() error { return fault.New(fault.Invalid, "birth.unreadable") }
