package sheet

import "testing"

var dittoCells = []string{
	`"`, `""`, `"""`, `" "`, `" " "`, `''`, `' '`, `,,`, `, ,`, `-"-`, `- " -`, `."."`, "〃", "〃〃", "”", "“ ”", "’’", "„", "″", "ऐ", "ऐ.", "ऐ ऐ", "ऐ.ऐ.", "ऐ. ऐ.", "ऐऐ", "ऐजन", "सोही", "do", "Do.", "-do-", "ditto", "DITTO", "same as above", "samme",
}

func TestDittoMarksRepeatTheGroupAbove(t *testing.T) {
	for _, mark := range dittoCells {
		if !isDitto(mark) {
			t.Errorf("%q is none", mark)
		}
	}
	for _, text := range []string{"", " ", "-", "--", ".", "...", "— —", "n/a", "झापा", "Do Lakha", "ऐसेलु", `"Kaski"`, "4,5", "डोल्पा", "???"} {
		if isDitto(text) {
			t.Errorf("%q is one", text)
		}
	}
	for i := range dittoCells { // one after another of all kinds
		s := Sheet{Lines: []Line{
			lineOf(1, "Name", "Surname", "Phone", "District"), lineOf(2, "Sita", "Rai", "9841000001", "Kathmandu"),
			lineOf(3, "Gita", dittoCells[i], "9841000002", dittoCells[i]), lineOf(4, "Maya", "Lama", "9841000003", dittoCells[(i+1)%len(dittoCells)]),
			lineOf(5, "Rita", "Lama", "9841000004", "Lalitpur"), lineOf(6, "Nita", "Lama", "9841000005", dittoCells[i]),
		}}
		r, err := Understand(&Table{Kind: "xlsx", Sheets: []Sheet{s}}, valley(), Choices{})
		if err != nil {
			t.Fatal(err)
		}
		checkRows(t, valley(), r, []oneRow{
			{name: "Sita Rai", phone: "+9779841000001", group: "Kathmandu"},
			{name: "Gita Rai", phone: "+9779841000002", group: "Kathmandu"},
			{name: "Maya Lama", phone: "+9779841000003", group: "Kathmandu"},
			{name: "Rita Lama", phone: "+9779841000004", group: "Lalitpur"},
			{name: "Nita Lama", phone: "+9779841000005", group: "Lalitpur"},
		})
	}
}

func lineOf(number int, texts ...string) Line {
	l := Line{Number: number}
	for _, text := range texts {
		l.Cells = append(l.Cells, Cell{Text: text})
	}
	return l
}

func TestNoPhoneIsNoFault(t *testing.T) {
	for _, none := range []string{"x", "X", "No phone", "no mobile", "फोन छैन", "मोबाइल छैन", "फोन छैन ।", "n/a", "N.A.", "छैन", "-", "nil", "ingen telefon", "no"} {
		s := Sheet{Lines: []Line{lineOf(1, "Name", "Phone", "District"), lineOf(2, "Sita Rai", none, "Kathmandu")}}
		r, err := Understand(&Table{Kind: "xlsx", Sheets: []Sheet{s}}, valley(), Choices{})
		if err != nil {
			t.Fatal(err)
		}
		checkRows(t, valley(), r, []oneRow{{name: "Sita Rai", group: "Kathmandu"}})
	}
}
