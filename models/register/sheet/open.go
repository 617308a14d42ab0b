package sheet

import (
	"bytes"
	"path"
	"strings"

	"chautari/models/fault"
)

// Options steer the opening of a file.
type Options struct {
	// Encoding overrides what is found in a CSV file: "utf-8", "utf-16le",
	// "utf-16be" or "windows-1252"; empty to find it.
	Encoding string
}

// Open reads a file as a table. What the file is follows from its bytes; its
// name only adds what it claims to be. The faults are file.empty,
// file.too_large, file.too_large_unpacked, file.too_many_rows,
// file.too_many_columns, file.old_excel, file.open_document, file.locked,
// file.damaged and file.not_a_table.
func Open(name string, data []byte, o Options) (*Table, error) {
	switch {
	case len(data) > MaxBytes:
		return nil, fault.New(fault.TooLarge, "file.too_large")
	case len(bytes.TrimSpace(data)) == 0:
		return nil, fault.New(fault.Invalid, "file.empty")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return openWorkbook(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		// Excel wraps an encrypted workbook in the container of its old format.
		if bytes.Contains(data, utf16le("EncryptedPackage")) {
			return nil, fault.New(fault.WrongMedia, "file.locked")
		}
		return nil, fault.New(fault.WrongMedia, "file.old_excel")
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm", ".xls", ".ods":
		return nil, notATable()
	}
	return openText(data, o)
}

func notATable() error { return fault.New(fault.WrongMedia, "file.not_a_table") }

func damaged() error { return fault.New(fault.Malformed, "file.damaged") }

func utf16le(ascii string) []byte {
	out := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		out = append(out, ascii[i], 0)
	}
	return out
}

// gather collects the cells of one sheet and holds the limits. A line is begun
// with its number; trailing empty cells and empty lines leave no trace.
type gather struct {
	sheet Sheet
	cells []Cell
}

func (g *gather) cell(column int, c Cell) error {
	c.Text = strings.TrimSpace(c.Text)
	if c.Text == "" {
		return nil
	}
	if column >= MaxColumns {
		return fault.New(fault.TooLarge, "file.too_many_columns")
	}
	for len(g.cells) <= column {
		g.cells = append(g.cells, Cell{})
	}
	c.Text = firstRunes(c.Text, maxCellStored)
	g.cells[column] = c
	return nil
}

func (g *gather) endLine(number int, hidden bool) error {
	if len(g.cells) == 0 {
		return nil
	}
	if len(g.sheet.Lines) == maxLines {
		return fault.New(fault.TooLarge, "file.too_many_rows")
	}
	g.sheet.Lines = append(g.sheet.Lines, Line{Number: number, Hidden: hidden, Cells: append([]Cell(nil), g.cells...)})
	g.cells = g.cells[:0]
	return nil
}

func firstRunes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}
