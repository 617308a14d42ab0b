package sheet

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"chautari/models/calendar"
)

func TestSamePersonTwiceIsHeldAndLikenessIsHinted(t *testing.T) {
	day := func(text string) calendar.Birth {
		d, err := calendar.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return calendar.OnDay(d)
	}
	a, b := "+9779841000001", "+9779841000002"
	born := day("1988-05-28")
	for _, c := range []struct {
		what          string
		first, second Row
		want          string // of the second: same, or its hint
	}{
		{"one phone and birth, another script", Row{Name: "बिनिता थापा", Phone: a, Birth: born}, Row{Name: "Binita Thapa", Phone: a, Birth: born}, "same"},
		{"one phone, no birth on one side", Row{Name: "Gita", Phone: a, Birth: born}, Row{Name: "गीता", Phone: a}, "same"},
		{"one phone, the year agrees", Row{Name: "Gita", Phone: a, Birth: born}, Row{Name: "Gita", Phone: a, Birth: calendar.InYear(2045)}, "same"},
		{"one phone, another birth", Row{Name: "Gita", Phone: a, Birth: born}, Row{Name: "Gita", Phone: a, Birth: day("1990-01-01")}, "same_name,same_phone"},
		{"one day of birth, one phone missing", Row{Name: "Gita", Phone: a, Birth: born}, Row{Name: "Gita", Birth: born}, "same"},
		{"one day of birth, two phones", Row{Name: "Gita", Phone: a, Birth: born}, Row{Name: "Gita", Phone: b, Birth: born}, "same_name"},
		{"one year of birth, no phones", Row{Name: "Gita", Birth: calendar.InYear(2045)}, Row{Name: "Gita", Birth: calendar.InYear(2045)}, "same_name"},
		{"mother and daughter", Row{Name: "Gita", Phone: a, Birth: born}, Row{Name: "Maya", Phone: a}, "same_phone"},
		{"the name alone", Row{Name: "Gita", Phone: a}, Row{Name: "Gita", Phone: b}, ""},
		{"nobody's name", Row{Phone: a}, Row{Phone: b}, ""},
	} {
		c.first.Line, c.second.Line = 3, 7
		rows := []Row{c.first, c.second}
		for range 2 { // the second call must find what the first did
			Compare(rows)
			got := strings.Join(rows[1].Hints, ",")
			if rows[1].SameAs != nil {
				got = "same"
				if rows[1].SameAs.Line != 3 {
					t.Errorf("%s: held as line %d", c.what, rows[1].SameAs.Line)
				}
			}
			if got != c.want || rows[0].SameAs != nil {
				t.Errorf("%s: %q, want %q", c.what, got, c.want)
			}
		}
	}
}

// A row with a fault never keeps a right one out.
func TestRowWithoutFaultStandsForThePerson(t *testing.T) {
	rows := []Row{{Place: Place{Line: 2}, Name: "Gita", Phone: "+9779841000001", Faults: []Fault{{Code: "group.unknown"}}}, {Place: Place{Line: 3}, Name: "गीता", Phone: "+9779841000001"}}
	Compare(rows)
	if rows[1].SameAs != nil || rows[0].SameAs == nil || rows[0].SameAs.Line != 3 {
		t.Errorf("%+v", rows)
	}
}

func TestMendedRowIsReadAgainFromWhatWasKept(t *testing.T) {
	r := understand(t, "C10_excel_dates.xlsx", testFile(t, "C10_excel_dates.xlsx"), valley(), Choices{})
	kept, err := json.Marshal(struct {
		Layout Layout
		Rows   []Row
	}{r.Layouts[0], r.Rows})
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Layout Layout
		Rows   []Row
	}
	if err := json.Unmarshal(kept, &back); err != nil {
		t.Fatal(err)
	}
	reader := NewReader(valley(), nil)
	for _, row := range back.Rows {
		again := reader.Read(&back.Layout, row.Place, row.Cells)
		if fmt.Sprint(again.Faults, again.Name, again.Phone, again.Birth, again.GroupID) != fmt.Sprint(row.Faults, row.Name, row.Phone, row.Birth, row.GroupID) {
			t.Errorf("read again %+v, was %+v", again, row)
		}
	}
	row := back.Rows[3]
	row.Cells[Birth] = Cell{Text: "2045 साल"}
	if again := reader.Read(&back.Layout, row.Place, row.Cells); again.Birth.String() != "BS 2045" || len(again.Faults) != 0 {
		t.Errorf("mended %+v", again)
	}
}

func TestChoicesOfTheCoordinatorHold(t *testing.T) {
	text := "Favourite,Who,Number,Where,DOB\nblue,Sita Rai,9841000001,Old town,28/05/1988\nred,Maya Rai,9841000002,,01/02/1990\n"
	table := opened(t, "a.csv", []byte(text))
	r, err := Understand(table, valley(), Choices{
		Calendar: calendar.Gregorian,
		Columns:  map[int]Field{1: Name, 3: Group, 0: Ignored},
		Groups:   map[string]string{"old  Town": "grp_kathmandu", "": "grp_lalitpur"},
	})
	if err != nil {
		t.Fatal(err)
	}
	checkRows(t, valley(), r, []oneRow{
		{name: "Sita Rai", phone: "+9779841000001", birth: "1988-05-28", group: "Kathmandu"},
		{name: "Maya Rai", phone: "+9779841000002", birth: "1990-02-01", group: "Lalitpur"},
	})
	if c := r.Layouts[0].Columns[0]; c.Field != Ignored || c.Reason != ReasonChosen {
		t.Errorf("%+v", c)
	}
}

func TestUnknownHeadingsAreNamed(t *testing.T) {
	r := understand(t, "a.csv", []byte("Name,Phone,District,Favourite colour,Husband's name\nSita Rai,9841000001,Kathmandu,blue,Hari\n"), valley(), Choices{})
	columns := r.Layouts[0].Columns
	if columns[3].Field != "" || columns[3].Heading != "Favourite colour" || columns[4].Field != Ignored || columns[4].Reason != ReasonRelative {
		t.Errorf("%+v", columns)
	}
}

func TestHiddenLinesAndSheetsAreReadAndSaid(t *testing.T) {
	line := func(n int, hidden, name string) string {
		return fmt.Sprintf(`<x:row r="%d"%s><x:c t="inlineStr"><x:is><x:t>%s</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>Kathmandu</x:t></x:is></x:c></x:row>`, n, hidden, name)
	}
	head := `<x:row r="1"><x:c t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>District</x:t></x:is></x:c></x:row>`
	data := workbookOf(t, "", "", "", `<x:sheetData>`+head+line(2, "", "Sita Rai")+line(3, ` hidden="1"`, "Gita Lama")+`</x:sheetData>`,
		`<!--hidden--><x:sheetData>`+head+line(2, "", "Maya Magar")+`</x:sheetData>`)
	r := understand(t, "a.xlsx", data, valley(), Choices{})
	if len(r.Rows) != 3 || !contains(r.Rows[1].Hints, HintHiddenLine) || r.Sheets[0].HiddenLines != 1 || !r.Sheets[1].Hidden || r.Sheets[1].Rows != 1 {
		t.Fatalf("%+v %+v", r.Rows, r.Sheets)
	}
	if a, b := r.Rows[0], r.Rows[2]; a.Sheet != "S1" || b.Sheet != "S2" || a.Line != b.Line || a.Key == b.Key || r.Layout(b.Place).Sheet != "S2" {
		t.Errorf("places %+v %+v", a, b)
	}
}

func TestYearsAsNumbersAreYearsOnlyWhereTheyAreAHabit(t *testing.T) {
	book := func(heading string, years ...int) []byte {
		inside := fmt.Sprintf(`<x:sheetData><x:row r="1"><x:c t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>%s (BS)</x:t></x:is></x:c></x:row>`, heading)
		for i, year := range years {
			inside += fmt.Sprintf(`<x:row r="%d"><x:c t="inlineStr"><x:is><x:t>Maya %c</x:t></x:is></x:c><x:c><x:v>%d</x:v></x:c></x:row>`, i+2, 'a'+i, year)
		}
		return workbookOf(t, "", "", "", inside+`</x:sheetData>`)
	}
	choices := Choices{Groups: map[string]string{"": "grp_kathmandu"}}
	if row := understand(t, "a.xlsx", book("DOB", 2045), valley(), choices).Rows[0]; faultsOf(row) != "B birth.serial_number" {
		t.Errorf("one number: %+v", row)
	}
	if row := understand(t, "a.xlsx", book("Birth year", 2045), valley(), choices).Rows[0]; row.Birth.String() != "BS 2045" {
		t.Errorf("under a year's heading: %+v", row)
	}
	if row := understand(t, "a.xlsx", book("DOB", 2045, 2046, 2047), valley(), choices).Rows[0]; row.Birth.String() != "BS 2045" {
		t.Errorf("a column of years: %+v", row)
	}
	if row := understand(t, "a.xlsx", book("DOB", 2045, 2046, 2047, 32904), valley(), choices).Rows[0]; faultsOf(row) != "B birth.serial_number" {
		t.Errorf("years among day counts: %+v", row)
	}
}

// A title's word is about the sheet. Days that the spreadsheet holds as such are
// taken under it only where they can't be Bikram Sambat typed into a date cell.
func TestDaysOfTheSpreadsheetUnderATitleOfBikramSambat(t *testing.T) {
	book := func(heading string, counts ...int) []byte {
		text := func(s string) string { return `<x:c t="inlineStr"><x:is><x:t>` + s + `</x:t></x:is></x:c>` }
		inside := `<x:sheetData><x:row r="1">` + text("सदस्य विवरण (वि.सं. २०८३)") + `</x:row><x:row r="2">` + text("Name") + text(heading) + text("District") + `</x:row>`
		for i, n := range counts {
			inside += fmt.Sprintf(`<x:row r="%d">%s<x:c s="1"><x:v>%d</x:v></x:c>%s</x:row>`, i+3, text(fmt.Sprintf("Maya %c", 'a'+i)), n, text("Kathmandu"))
		}
		return workbookOf(t, "", `<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>`, "", inside+`</x:sheetData>`)
	}
	for _, c := range []struct {
		heading string
		counts  []int
		want    string
	}{
		{"DOB", []int{32904, 37500}, "[1990-01-31 2002-09-01]"},
		{"DOB", []int{44000, 37500}, "[birth.date_cell_marked_bs birth.date_cell_marked_bs]"},
		{"DOB", []int{32904, 53000, 37500}, "[1990-01-31 birth.date_cell_marked_bs birth.date_cell_marked_bs]"},
		{"DOB (BS)", []int{32904}, "[birth.date_cell_marked_bs]"},
	} {
		var got []string
		for _, row := range understand(t, "a.xlsx", book(c.heading, c.counts...), valley(), Choices{}).Rows {
			if len(row.Faults) > 0 {
				got = append(got, row.Faults[0].Code)
			} else {
				got = append(got, row.Birth.String())
			}
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s %v: %v, want %s", c.heading, c.counts, got, c.want)
		}
	}
}
