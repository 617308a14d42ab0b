package calendar

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"
)

// BS is a day of the Bikram Sambat calendar. It is for showing and typing;
// what is stored is the Date.
type BS struct{ Year, Month, Day int }

// The table covers whole years; from the forecast year on no almanac has been
// published and the lengths are computed.
const (
	FirstBSYear  = 2000
	LastBSYear   = 2090
	forecastFrom = 2084
)

//go:embed bs_month_lengths.csv
var monthLengthsCSV []byte

// bsTable has, for each year, the number of days from the epoch to each month
// start; index 12 is the next year's start.
var bsTable = mustTable(monthLengthsCSV)

// epoch is the day of 2000-01-01 BS.
var epoch = Date{1943, time.April, 14}.number()

// ToBS gives the Bikram Sambat day. A fault birth.out_of_table tells that d
// lies outside 1943-04-14 to the end of 2090 BS.
func ToBS(d Date) (BS, error) {
	n := d.number() - epoch
	if n < 0 || n >= bsTable[LastBSYear-FirstBSYear][12] {
		return BS{}, outOfTable()
	}
	// A year has 365 or 366 days, so the guess is right or one too late.
	y := min(n/365, LastBSYear-FirstBSYear)
	if n < bsTable[y][0] {
		y--
	}
	m := min((n-bsTable[y][0])/29, 11) // a month has 29 to 32 days
	for n < bsTable[y][m] {
		m--
	}
	return BS{FirstBSYear + y, m + 1, n - bsTable[y][m] + 1}, nil
}

// Date gives the Gregorian day. The faults are birth.out_of_table for a year
// outside the table and birth.no_such_day for a month or day that the year
// does not have; nothing rolls over.
func (b BS) Date() (Date, error) {
	if b.Month < 1 || b.Month > 12 || b.Day < 1 || b.Day > 32 {
		return Date{}, noSuchDay()
	}
	if b.Year < FirstBSYear || b.Year > LastBSYear {
		return Date{}, outOfTable()
	}
	year := &bsTable[b.Year-FirstBSYear]
	n := year[b.Month-1] + b.Day - 1
	if n >= year[b.Month] {
		return Date{}, noSuchDay()
	}
	return Date{1970, time.January, 1}.AddDays(epoch + n), nil
}

// String gives "2083-08-10".
func (b BS) String() string { return fmt.Sprintf("%04d-%02d-%02d", b.Year, b.Month, b.Day) }

// Forecast tells whether the month lengths of a BS year are computed and not
// from a published almanac, so that its days may still move by one.
func Forecast(bsYear int) bool { return bsYear >= forecastFrom }

// bsYearOf gives the BS year of any day, inside the table exactly. Outside it
// the year is taken to begin on 14 April, as it does give or take a day.
func bsYearOf(d Date) int {
	if b, err := ToBS(d); err == nil {
		return b.Year
	}
	if d.Month < time.April || d.Month == time.April && d.Day < 14 {
		return d.Year + 56
	}
	return d.Year + 57
}

// ADYear gives the Gregorian year in which a BS year begins: 1995 → 1938.
func ADYear(bsYear int) int { return bsYear - 57 }

func mustTable(data []byte) *[LastBSYear - FirstBSYear + 1][13]int {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		panic(err)
	}
	var table [LastBSYear - FirstBSYear + 1][13]int
	if len(rows) != len(table)+1 {
		panic(fmt.Sprintf("bs_month_lengths.csv has %d years, not %d", len(rows)-1, len(table)))
	}
	n := 0
	for y, row := range rows[1:] {
		if row[0] != strconv.Itoa(FirstBSYear+y) {
			panic("bs_month_lengths.csv skips the year " + strconv.Itoa(FirstBSYear+y))
		}
		for m := range 12 {
			days, err := strconv.Atoi(row[m+1])
			if err != nil || days < 29 || days > 32 {
				panic("bs_month_lengths.csv: month length " + row[m+1])
			}
			table[y][m] = n
			n += days
		}
		table[y][12] = n
	}
	return &table
}
