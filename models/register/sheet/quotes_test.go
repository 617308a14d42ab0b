package sheet

import (
	"fmt"
	"strings"
	"testing"
)

// Bare quotes as ditto marks, in every column, in pairs and alone, under titles
// of one cell, beside quotes that hold cells together.
func TestBareQuotesSwallowNobody(t *testing.T) {
	for _, separator := range []string{"\t", ",", ";", "|"} {
		for _, title := range []string{"", "सदस्य सूची\n", "सदस्य सूची" + strings.Repeat(separator, 4) + "\n"} {
			for _, mark := range []string{`"`, `"  `, ` "`, `"" `} {
				for at := 3; at < 5; at++ { // the column of further marks, 3 is the group's own
					for _, every := range []int{2, 5} {
						checkBareQuotes(t, separator, title, mark, at, every)
					}
				}
			}
		}
	}
}

func checkBareQuotes(t *testing.T, separator, title, mark string, at, every int) {
	t.Helper()
	text := title + strings.Join([]string{"S.N.", "Name", "Phone", "District", "Father's name", "Remarks"}, separator) + "\n"
	const people = 40
	for i := range people {
		cells := []string{fmt.Sprint(i + 1), "Sita Rai", fmt.Sprintf("98410000%02d", i), "Kathmandu", "Hari", "x"}
		if i%every != 0 {
			cells[3] = mark
			if i%4 == 1 {
				cells[at] = mark
			}
		}
		if i%10 == 4 {
			cells[5] = `"moved` + separator + "\nnot " + separator + ` to be called"`
		}
		text += strings.Join(cells, separator) + "\n"
	}
	r := understand(t, "a.csv", []byte(text), valley(), Choices{})
	if len(r.Rows) != people {
		t.Fatalf("%d people with %q between %q under %q", len(r.Rows), mark, separator, title)
	}
	for _, row := range r.Rows {
		if row.GroupID != "grp_kathmandu" || row.Name != "Sita Rai" || row.Phone == "" {
			t.Fatalf("line %d with %q between %q: %+v", row.Line, mark, separator, row)
		}
	}
}

func TestProperQuotesHoldACellTogether(t *testing.T) {
	for _, address := range []string{"Ward 4,\nKathmandu, Nepal", "Ward 4\nKathmandu, Nepal, 44600", "Ward 4, Kathmandu", ",Kathmandu,", "\nKathmandu", `the "blue" house, Kathmandu`, "a, b, c\nd, e, f\nKathmandu"} {
		for _, title := range []string{"", "Members\n"} {
			text := title + "Name,Phone,Address\n"
			for i := range 20 {
				text += fmt.Sprintf("Sita Rai,98410000%02d,\"%s\"\n", i, strings.ReplaceAll(address, `"`, `""`))
			}
			r := understand(t, "a.csv", []byte(text), valley(), Choices{})
			if len(r.Rows) != 20 {
				t.Fatalf("%q: %d people", address, len(r.Rows))
			}
			for _, row := range r.Rows {
				if row.GroupID != "grp_kathmandu" || row.Cells[District].Text != strings.TrimSpace(address) {
					t.Fatalf("%q became %q", address, row.Cells[District].Text)
				}
			}
		}
	}
}
