package sheet

import (
	"errors"
	"io"
	"strings"

	"chautari/models/fault"
)

var separators = []rune{',', ';', '\t', '|'}

// longestLine bounds a line of the file, in bytes, before it is cut into cells.
const longestLine = MaxColumns * maxCellStored

// openText reads a CSV file.
func openText(data []byte, o Options) (*Table, error) {
	text, name, guessed, err := decode(data, o.Encoding)
	if err != nil {
		return nil, err
	}
	if strings.ContainsRune(text, 0) || looksLikeDocument(text) {
		return nil, notATable()
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	for line := range strings.Lines(text) {
		if len(line) > longestLine {
			return nil, fault.New(fault.TooLarge, "file.too_many_columns")
		}
	}
	separator, hinted := hintedSeparator(text)
	if !hinted {
		separator = findSeparator(text)
	}
	t := &Table{Kind: "csv", Encoding: name, EncodingGuessed: guessed, Separator: string(separator)}
	var g gather
	ours := false
	err = eachRecord(text, separator, func(line int, record []string) error {
		if hinted && line == 1 {
			return nil
		}
		ours = ours || line == 1 && own(record)
		for i, value := range record {
			if ours {
				value = unneutral(value)
			}
			if err := g.cell(i, Cell{Text: value}); err != nil {
				return err
			}
		}
		return g.endLine(line, false)
	})
	if err != nil {
		return nil, err
	}
	if len(g.sheet.Lines) == 0 {
		return nil, fault.New(fault.Invalid, "file.empty")
	}
	t.Sheets = []Sheet{g.sheet}
	return t, nil
}

// looksLikeDocument tells pages, pictures and documents from a table, whatever
// their name says.
func looksLikeDocument(text string) bool {
	start := strings.ToLower(strings.TrimSpace(text[:min(len(text), 512)]))
	for _, sign := range []string{
		"<!doctype", "<html", "<head", "<body", "<table", "<?xml", "<svg", "<script", "<!--", "mime-version:",
		"%pdf", "{\\rtf", "gif8", "‰png", "ÿøÿ", "{\"", "[{",
	} {
		if strings.HasPrefix(start, sign) {
			return true
		}
	}
	controls := 0
	for _, r := range start {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' {
			controls++
		}
	}
	return controls > 2
}

// hintedSeparator reads the line "sep=;" that Excel writes and obeys.
func hintedSeparator(text string) (rune, bool) {
	first, _, _ := strings.Cut(text, "\n")
	first = strings.ToLower(strings.Trim(first, "\" "))
	hint, ok := strings.CutPrefix(first, "sep=")
	if !ok {
		return 0, false
	}
	if hint == "" { // a tab was trimmed, or the comma ended the cell
		return '\t', true
	}
	separator := []rune(hint)[0]
	for _, s := range separators {
		if s == separator {
			return s, true
		}
	}
	return 0, false
}

// findSeparator tries each separator on the first lines. One that makes the
// most known headings stand alone in one line wins; else the one that splits
// the most lines into the same number of cells.
func findSeparator(text string) rune {
	best, bestHeadings, bestEven := ',', -1, -1
	for _, separator := range separators {
		widths := map[int]int{}
		headings, lines := 0, 0
		_ = eachRecord(text, separator, func(_ int, record []string) error {
			if lines++; lines > 40 {
				return io.EOF
			}
			if len(record) > 1 {
				widths[len(record)]++
			}
			known := 0
			for _, value := range record {
				if len(record) > 1 && meaningOf(value).known() {
					known++
				}
			}
			headings = max(headings, known)
			return nil
		})
		even := 0
		for width, n := range widths {
			even = max(even, n*100+min(width, 50))
		}
		if headings > bestHeadings || headings == bestHeadings && even > bestEven {
			best, bestHeadings, bestEven = separator, headings, even
		}
	}
	return best
}

// eachRecord hands on the records with the number of their first line, until f
// returns an error; io.EOF ends without one.
func eachRecord(text string, separator rune, f func(line int, record []string) error) error {
	r := quotedReader(settleQuotes(text, separator), separator)
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged()
		}
		for i := range record {
			record[i] = strings.ReplaceAll(record[i], plainQuote, `"`)
		}
		line, _ := r.FieldPos(0)
		if err := f(line, record); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
