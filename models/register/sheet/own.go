package sheet

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
)

// Person is one line of a file that the product itself writes.
type Person struct {
	Name  string
	Phone string // E.164; empty where it isn't to be told
	Group string
}

// ownHeadings are the headings of such files, by language. A file with exactly
// one of these lines on top is known as one of them.
var ownHeadings = map[string][]string{
	"ne": {"नाम", "फोन", "समूह"},
	"en": {"Name", "Phone", "Group"},
	"nb": {"Navn", "Telefon", "Gruppe"},
}

// Write makes a file of people with headings of a language, as UTF-8 with the
// mark by which spreadsheets know it. No cell can be taken for a formula, and
// opened here again every cell is what it was.
func Write(language string, people []Person) ([]byte, error) {
	heading, ok := ownHeadings[language]
	if !ok {
		heading = ownHeadings["en"]
	}
	var file bytes.Buffer
	file.WriteString("\uFEFF")
	w := csv.NewWriter(&file)
	w.UseCRLF = true
	_ = w.Write(heading) // a Buffer takes all
	for _, p := range people {
		_ = w.Write([]string{neutral(p.Name), neutral(p.Phone), neutral(p.Group)})
	}
	w.Flush()
	return file.Bytes(), w.Error()
}

// formulaSigns begin what a spreadsheet runs when it opens a file (OWASP, CSV injection).
const formulaSigns = "=+-@\t\r"

// isFormula tells whether a text begins with a sign of a formula, behind as many
// apostrophes as there are: they are counted so that neutral can be undone.
func isFormula(text string) bool {
	bare := strings.TrimLeft(text, "'")
	return bare != "" && strings.ContainsRune(formulaSigns, rune(bare[0]))
}

// neutral puts an apostrophe before what could be taken for a formula.
func neutral(text string) string {
	if isFormula(text) {
		return "'" + text
	}
	return text
}

// unneutral takes the apostrophe away again.
func unneutral(text string) string {
	if bare, ok := strings.CutPrefix(text, "'"); ok && isFormula(bare) {
		return bare
	}
	return text
}

// own tells whether a record is the heading of a file that Write made. In any
// other file an apostrophe is what somebody wrote.
func own(record []string) bool {
	for _, heading := range ownHeadings {
		if slices.Equal(record, heading) {
			return true
		}
	}
	return false
}
