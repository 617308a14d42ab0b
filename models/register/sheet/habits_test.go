package sheet

import (
	"fmt"
	"strings"
	"testing"
)

func TestYearsOfSheetsWithEqualHeadingsAreOneHabit(t *testing.T) {
	table := &Table{Kind: "xlsx"}
	for n, years := range []int{6, 1, 0, 2} {
		s := Sheet{Name: valley().Groups[n%3].Names[1] + strings.Repeat(" ", n/3), Lines: []Line{lineOf(1, "Name", "Phone", "DOB (BS)")}}
		for i := range 10 {
			l := lineOf(i+2, "Sita Rai", fmt.Sprintf("98410%d00%02d", n, i), "2045-02-15")
			if i < years {
				l.Cells[2] = Cell{Text: "2050", Kind: Number}
			}
			s.Lines = append(s.Lines, l)
		}
		table.Sheets = append(table.Sheets, s)
	}
	read := func() (births, faults int) {
		r, err := Understand(table, valley(), Choices{})
		if err != nil || len(r.Rows) != 40 {
			t.Fatalf("%v: %d rows", err, len(r.Rows))
		}
		for _, row := range r.Rows {
			faults += len(row.Faults)
			if row.Birth.String() == "BS 2050" {
				births++
			}
		}
		return births, faults
	}
	if births, faults := read(); births != 9 || faults != 0 {
		t.Errorf("%d years, %d faults", births, faults)
	}
	// One day count among them, and none is a year.
	table.Sheets[2].Lines[4].Cells[2] = Cell{Text: "32904", Kind: Number}
	if births, faults := read(); births != 0 || faults != 10 {
		t.Errorf("%d years, %d faults beside a day count", births, faults)
	}
}
