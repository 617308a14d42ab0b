// Package sheet reads spreadsheets of people: an organisation's old register,
// kept as CSV or XLSX by many hands.
//
// It has two halves. Open turns a file into a Table, lines of cells in which
// nothing is understood yet, and refuses what is no table or would be too much.
// Understand finds the register in a Table, gives each column its meaning and
// turns the lines that are people into Rows with values, faults and hints.
//
// Who is already a member, what becomes of a row and where it is kept are not
// decided here: the package knows no store and no request.
package sheet

import "strconv"

// The limits of one file. The register of a group is far below them.
const (
	MaxRows       = 10_000   // lines that are people
	MaxColumns    = 100      // columns with something in them
	MaxCell       = 500      // characters of a cell that is taken
	MaxBytes      = 5 << 20  // of the file as sent
	MaxUnpacked   = 20 << 20 // of all parts of a workbook together
	maxLines      = MaxRows + 2_000
	maxCellStored = 4 * MaxCell // characters kept of a cell, enough to tell its fault
)

// Kind is what a spreadsheet says of a cell besides its text. CSV has Text only.
type Kind string

// The kinds of cells.
const (
	Text   Kind = ""
	Number Kind = "number"
	Date   Kind = "date"  // Text is the Gregorian day as 2006-01-02
	Error  Kind = "error" // #REF! and its like, or a formula without a result
)

// Cell is one value as written.
type Cell struct {
	Text string `json:"text"`
	Kind Kind   `json:"kind,omitempty"`
}

// Line is a line with something in it. Number counts from 1 as the spreadsheet
// program shows it; in CSV it is the line of the text.
type Line struct {
	Number int
	Hidden bool
	Cells  []Cell
}

// Merge is an area whose value stands in its first cell; bounds are inclusive,
// columns count from 0, lines from 1.
type Merge struct {
	FirstLine, LastLine     int
	FirstColumn, LastColumn int
}

// Sheet is one sheet of a workbook, or all of a CSV file.
type Sheet struct {
	Name   string
	Hidden bool
	Lines  []Line
	Merges []Merge
}

// Table is an opened file.
type Table struct {
	Kind            string // "csv" or "xlsx"
	Encoding        string // CSV: "utf-8", "utf-16le", "utf-16be" or "windows-1252"
	EncodingGuessed bool   // nothing in the file proves the encoding
	Separator       string // CSV: one of , ; | and tab
	Sheets          []Sheet
}

// at gives the cell in a column, empty where the line is shorter.
func (l Line) at(column int) Cell {
	if column < 0 || column >= len(l.Cells) {
		return Cell{}
	}
	return l.Cells[column]
}

// Letter names a column as spreadsheets do: 0 is A, 26 is AA.
func Letter(column int) string {
	if column < 0 {
		return ""
	}
	var letters []byte
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = append([]byte{byte('A' + (n-1)%26)}, letters...)
	}
	return string(letters)
}

// reference reads a cell's address such as AB12; ok is false for anything else.
func reference(text string) (column, line int, ok bool) {
	i := 0
	for ; i < len(text) && i < 4; i++ {
		c := text[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	line, err := strconv.Atoi(text[i:])
	return column - 1, line, i > 0 && err == nil && line > 0
}
