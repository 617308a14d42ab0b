package calendar

import (
	"fmt"

	"chautari/models/fault"
)

// Precision says how much of a birth date is known. Its zero value is Unknown,
// which is "unknown" on the wire.
type Precision string

// The precisions.
const (
	Unknown Precision = ""
	ToYear  Precision = "year"
	ToDay   Precision = "day"
)

// MarshalText gives the word of the wire.
func (p Precision) MarshalText() ([]byte, error) {
	if p == Unknown {
		return []byte("unknown"), nil
	}
	return []byte(p), nil
}

// UnmarshalText reads the word of the wire and refuses any other.
func (p *Precision) UnmarshalText(text []byte) error {
	switch s := Precision(text); s {
	case ToYear, ToDay, Unknown:
		*p = s
	case "unknown":
		*p = Unknown
	default:
		return unreadable()
	}
	return nil
}

// Enum lists the words for the API's description.
func (Precision) Enum() []any { return []any{"day", "year", "unknown"} }

// Birth is what is known of a birth date: a day, a BS year alone, or nothing.
// The zero Birth is unknown. A day is never made up from a year.
type Birth struct {
	Precision Precision `json:"precision" bson:"precision,omitempty"`
	Day       Date      `json:"day,omitzero" bson:"day,omitempty"`
	BSYear    int       `json:"bsYear,omitzero" bson:"bs_year,omitempty"`
}

// OnDay is a birth on a known day; an unknown day gives an unknown birth.
func OnDay(d Date) Birth {
	if d.IsZero() {
		return Birth{}
	}
	return Birth{Precision: ToDay, Day: d}
}

// InYear is a birth of which only the BS year is known.
func InYear(bsYear int) Birth { return Birth{Precision: ToYear, BSYear: bsYear} }

// IsZero tells whether nothing is known.
func (b Birth) IsZero() bool { return b.Precision == Unknown }

// String is for tests and logs of invented people only: "1988-05-28",
// "BS 2045" or "unknown".
func (b Birth) String() string {
	switch b.Precision {
	case ToDay:
		return b.Day.String()
	case ToYear:
		return fmt.Sprintf("BS %d", b.BSYear)
	}
	return "unknown"
}

// The years that anybody alive can have been born in begin here.
const (
	oldestBSYear = 1900
	oldestADYear = oldestBSYear - 57
)

// Check tells what is wrong with a birth as of today: birth.unreadable when
// the parts don't fit the precision, birth.no_such_day, birth.out_of_table
// when nobody alive is that old, birth.future.
func (b Birth) Check(today Date) error {
	switch b.Precision {
	case Unknown:
		if b != (Birth{}) {
			return unreadable()
		}
		return nil
	case ToDay:
		if b.BSYear != 0 || b.Day.IsZero() {
			return unreadable()
		}
		if _, err := NewDate(b.Day.Year, b.Day.Month, b.Day.Day); err != nil {
			return err
		}
		if b.Day.Year < oldestADYear {
			return outOfTable()
		}
		if b.Day.After(today) {
			return future()
		}
		return nil
	case ToYear:
		if !b.Day.IsZero() {
			return unreadable()
		}
		if b.BSYear < oldestBSYear {
			return outOfTable()
		}
		if b.BSYear > bsYearOf(today) {
			return future()
		}
		return nil
	}
	return unreadable()
}

// AgeAt gives her age in whole years on a day. With the year alone it is
// approximate: the true age is that or one less. known is false, and age 0,
// when nothing is known or the birth comes after the day.
func (b Birth) AgeAt(on Date) (age int, approximate, known bool) {
	switch b.Precision {
	case ToDay:
		age = b.Day.Age(on)
	case ToYear:
		age, approximate = bsYearOf(on)-b.BSYear, true
	default:
		return 0, false, false
	}
	if age < 0 {
		return 0, approximate, false
	}
	return age, approximate, true
}

// oldAge is where a birth date is as likely a slip of the calendar (1988
// written for 2045) as a long life.
const oldAge = 90

// LooksOld tells whether somebody should look at the birth again: it makes
// her 90 or older today. It is a hint, never a refusal.
func (b Birth) LooksOld(today Date) bool {
	age, _, known := b.AgeAt(today)
	return known && age >= oldAge
}

func future() error { return fault.New(fault.Invalid, "birth.future") }
