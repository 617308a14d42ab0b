package sheet

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAFileOfOursIsReadInEachLanguage(t *testing.T) {
	people := []Person{{"सीता तामाङ", "+9779841000001", "Kathmandu"}, {"=1+1", "", "ललितपुर"}, {"'=already quoted", "", "Kathmandu"}}
	for language := range ownHeadings {
		file, err := Write(language, people)
		if err != nil {
			t.Fatal(err)
		}
		checkRows(t, valley(), understand(t, "list.csv", file, valley(), Choices{}), []oneRow{
			{line: 2, name: "सीता तामाङ", phone: "+9779841000001", group: "Kathmandu"},
			{line: 3, name: "=1+1", group: "Lalitpur"},
			{line: 4, name: "'=already quoted", group: "Kathmandu"},
		})
	}
}

// What a spreadsheet has saved again is still known: its mark and line ends may go.
func TestAFileOfOursIsKnownAfterASpreadsheetSavedIt(t *testing.T) {
	file, err := Write("en", []Person{{"=1+1", "+9779841000001", "Kathmandu"}})
	if err != nil {
		t.Fatal(err)
	}
	saved := strings.NewReplacer("\uFEFF", "", "\r\n", "\n", ",", ";").Replace(string(file))
	checkRows(t, valley(), understand(t, "list.csv", []byte(saved), valley(), Choices{}), []oneRow{
		{line: 2, name: "=1+1", phone: "+9779841000001", group: "Kathmandu"},
	})
}

func TestNoCellOfOursCanRunAndEachComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching("['=+@\t\r-]{0,4}[a-zअ=+' -]{0,6}").Draw(t, "text")
		cell := neutral(text)
		if cell != "" && strings.ContainsRune(formulaSigns, rune(cell[0])) {
			t.Fatalf("%q would run", cell)
		}
		if back := unneutral(cell); back != text {
			t.Fatalf("%q became %q and %q", text, cell, back)
		}
	})
}
