package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode"
)

// plainQuote stands for a quote that means nothing while records are split.
const plainQuote = "\uE000"

// longestQuoted is how many line ends one quoted cell may have.
const longestQuoted = 8

// settleQuotes writes plainQuote for quotes that don't hold a cell together.
// Hands type a lone " for "as above", and forget to close one; by the rules of
// CSV both swallow the people that follow. Three ways to read are tried, and
// the next one is taken only where more lines come out as wide as the table:
// by the rules; with cells of nothing but quotes as marks; and, where a cell
// still runs away, with all quotes as ordinary characters.
func settleQuotes(text string, separator rune) string {
	if !strings.Contains(text, `"`) {
		return text
	}
	width := tableWidth(text, separator)
	best := judgeQuotes(text, separator, width)
	if marked := markLoneQuotes(text, separator); marked != text {
		if m := judgeQuotes(marked, separator, width); m.fitting > best.fitting {
			text, best = marked, m
		}
	}
	if best.runsAway {
		plain := strings.ReplaceAll(text, `"`, plainQuote)
		if judgeQuotes(plain, separator, width).fitting > best.fitting {
			return plain
		}
	}
	return text
}

// tableWidth is the commonest number of cells of a line, 0 where no line has
// more than one. Lines without quotes tell it by their separators alone.
func tableWidth(text string, separator rune) int {
	widths := map[int]int{}
	for line := range strings.Lines(text) {
		if n := strings.Count(line, string(separator)); n > 0 && !strings.Contains(line, `"`) {
			widths[n+1]++
		}
	}
	if len(widths) == 0 {
		r := quotedReader(text, separator)
		for {
			record, err := r.Read()
			if err != nil {
				break
			}
			if len(record) > 1 {
				widths[len(record)]++
			}
		}
	}
	commonest := 0
	for width, n := range widths {
		if n > widths[commonest] || n == widths[commonest] && width > commonest {
			commonest = width
		}
	}
	return commonest
}

// quoting is how well a text reads: how many records are as wide as the table,
// and whether a cell seems to hold further lines of it.
type quoting struct {
	fitting  int
	runsAway bool
}

func judgeQuotes(text string, separator rune, width int) quoting {
	var q quoting
	wide := false // some cell has lines and separators enough for a row
	r := quotedReader(text, separator)
	for {
		record, err := r.Read()
		if err != nil {
			q.runsAway = q.runsAway || !errors.Is(err, io.EOF)
			break
		}
		if len(record) == width {
			q.fitting++
		}
		for _, value := range record {
			lines := strings.Count(value, "\n")
			q.runsAway = q.runsAway || lines > longestQuoted
			wide = wide || lines > 0 && width > 1 && strings.Count(value, string(separator)) >= width-1
		}
	}
	// An address may have lines and commas enough; then its quotes are in order.
	q.runsAway = q.runsAway || wide && !wellQuoted(text, separator)
	return q
}

func wellQuoted(text string, separator rune) bool {
	r := quotedReader(text, separator)
	r.LazyQuotes = false
	for {
		if _, err := r.Read(); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// markLoneQuotes makes cells of nothing but quotes plain.
func markLoneQuotes(text string, separator rune) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if !strings.Contains(line, `"`) {
			out.WriteString(line)
			continue
		}
		body, ended := strings.CutSuffix(line, "\n")
		cells := strings.Split(body, string(separator))
		for i, cell := range cells {
			if onlyQuotes(cell) {
				cells[i] = strings.ReplaceAll(cell, `"`, plainQuote)
			}
		}
		out.WriteString(strings.Join(cells, string(separator)))
		if ended {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

func onlyQuotes(cell string) bool {
	return strings.Contains(cell, `"`) && strings.TrimFunc(cell, func(r rune) bool { return r == '"' || unicode.IsSpace(r) }) == ""
}

func quotedReader(text string, separator rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = separator, true, -1, true
	return r
}
