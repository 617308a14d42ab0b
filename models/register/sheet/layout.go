package sheet

import (
	"strings"

	"chautari/models/calendar"
	"chautari/models/script"
)

// Column is one column of the register and what is taken from it.
type Column struct {
	Index   int    `json:"index"`
	Letter  string `json:"letter"`
	Heading string `json:"heading"`
	// Field is empty when nobody knows what the column holds.
	Field Field `json:"field"`
	// Reason says why the field is Ignored.
	Reason string `json:"reason,omitempty"`
	// Calendar is what the heading says of a birth column.
	Calendar calendar.Calendar `json:"calendar,omitempty"`
	// From says where Field is from: heading, content or chosen.
	From string `json:"from,omitempty"`
	// Years says that a bare number in a birth column is a year.
	Years bool `json:"years,omitempty"`
	// Days says that the cells which the spreadsheet holds as days are plainly
	// Gregorian: many lie before 2000, none in the future.
	Days bool `json:"days,omitempty"`

	doubtful bool // some words of the heading are not known
}

// searched is how many lines from the top a heading is looked for in.
const searched = 100

// heading is a heading line, or two that belong together, as indexes into the
// lines of a sheet.
type heading struct {
	first, last int
	texts       []string
	meanings    []meaning
	score       int
}

// findHeading looks for the line that speaks of most fields; of equals the
// first. ok is false when no line reads like headings.
func findHeading(s *Sheet) (heading, bool) {
	best := heading{score: 0}
	for i := range s.Lines[:min(len(s.Lines), searched)] {
		if score := headingScore(s.Lines[i]); score > best.score {
			best = heading{first: i, last: i, score: score}
		}
	}
	if best.score < 2 {
		return heading{}, false
	}
	if next := best.last + 1; next < len(s.Lines) && subHeading(s.Lines[next], s.Lines[best.first]) {
		best.last = next
	} else if above := best.first - 1; above >= 0 && superHeading(s.Lines[above], s.Lines[best.first]) {
		best.first = above
	}
	best.read(s)
	return best, true
}

// headingScore weighs the distinct fields that a line's cells name. A line that
// is mostly something else scores nothing.
func headingScore(l Line) int {
	score, known, filled := 0, 0, 0
	seen := map[meaning]bool{}
	for _, c := range l.Cells {
		if c.Text == "" {
			continue
		}
		filled++
		if c.Kind != Text {
			return 0
		}
		m := meaningOf(c.Text)
		if !m.known() {
			continue
		}
		known++
		if !seen[m] {
			seen[m] = true
			score += m.weight()
		}
	}
	if known == 1 && filled > 2 || known*3 < filled {
		return 0
	}
	return score
}

// subHeading tells whether a line belongs to the headings above it: it names
// parts ("साल", "महिना"), or the same in another language. A line of a person
// has digits, or words that no heading has.
func subHeading(l, above Line) bool {
	known := 0
	for i, c := range l.Cells {
		if c.Text == "" {
			continue
		}
		if c.Kind != Text || len([]rune(c.Text)) > longestHeading {
			return false
		}
		if m := meaningOf(c.Text); m.known() && !m.loose {
			known++
		} else if m.known() && above.at(i).Text == "" {
			return false
		} else if above.at(i).Text != "" || strings.ContainsAny(script.FoldDigits(c.Text), "0123456789") {
			return false
		}
	}
	return known > 0 && l.Number-above.Number <= 2
}

// superHeading tells whether a line groups the headings below it.
func superHeading(l, below Line) bool {
	known, filled := 0, 0
	for i, c := range l.Cells {
		if c.Text == "" {
			continue
		}
		filled++
		m := meaningOf(c.Text)
		if c.Kind != Text || !m.known() {
			return false
		}
		if m.field != "" && !m.loose {
			known++
		}
		if i >= len(below.Cells) {
			return false
		}
	}
	return known > 0 && (filled > 1 || l.Cells[0].Text == "") && below.Number-l.Number <= 2
}

// read puts the texts of the lines together, column by column, and reads each.
// A text above counts for all columns that it spans.
func (h *heading) read(s *Sheet) {
	top, bottom := s.Lines[h.first], s.Lines[h.last]
	width := max(len(top.Cells), len(bottom.Cells))
	h.texts = make([]string, width)
	h.meanings = make([]meaning, width)
	for i := range width {
		t := top.at(i).Text
		if h.first != h.last {
			low := bottom.at(i).Text
			if t == "" && low != "" {
				t = spanning(s, top, i, low)
			}
			h.meanings[i], h.texts[i] = together(t, low), strings.TrimSpace(t+" "+low)
			continue
		}
		h.texts[i], h.meanings[i] = t, meaningOf(t)
	}
}

// together reads two headings one above the other: the lower completes the
// upper ("जन्म मिति" and "साल"), is a part of it ("नाम" and "थर") or the same in
// another language.
func together(above, below string) meaning {
	up, low := meaningOf(above), meaningOf(below)
	if up.reason == ReasonRelative {
		return up
	}
	if up.field == Name && (low.field == GivenName || low.field == FamilyName) {
		return low
	}
	if above != "" && below != "" {
		if both := meaningOf(above + " " + below); both.field != "" {
			return both
		}
	}
	if low.weight() >= up.weight() {
		low.loose = low.loose || above != "" && !up.known() && low.field.personal()
		return low
	}
	return up
}

// spanning finds the text above that covers a column: by a merged area, or else
// the next to the left where the heading below is but a part of one.
func spanning(s *Sheet, top Line, column int, below string) string {
	for _, m := range s.Merges {
		if m.FirstLine == top.Number && column >= m.FirstColumn && column <= m.LastColumn {
			return top.at(m.FirstColumn).Text
		}
	}
	switch m := meaningOf(below); {
	case m.part, m.field == "" && m.marked(), m.field == GivenName, m.field == FamilyName:
		return leftOf(top, column)
	case m.field.personal():
		// "Guarantor" above "Name" and "Phone" covers both.
		t := leftOf(top, column)
		if m := meaningOf(t); m.reason == ReasonRelative || m.loose || !m.known() {
			return t
		}
	}
	return ""
}

func leftOf(l Line, column int) string {
	for i := column - 1; i >= 0; i-- {
		if t := l.at(i).Text; t != "" {
			return t
		}
	}
	return ""
}

// columns gives every column its field, by its heading alone.
func (h *heading) columns(width int) []Column {
	columns := make([]Column, width)
	for i := range columns {
		c := &columns[i]
		c.Index, c.Letter = i, Letter(i)
		if i >= len(h.texts) {
			continue
		}
		c.Heading = script.Clean(h.texts[i])
		m := h.meanings[i]
		if c.Field, c.Reason = m.field, m.reason; c.Field != "" {
			c.From = "heading"
		}
		c.doubtful = m.loose
		if c.Field == Birth || c.Field == BirthYear {
			if m.marked() {
				c.Calendar = m.calendar
			}
			c.Years = c.Field == BirthYear
		}
	}
	return columns
}

// settle resolves columns that claim the same: an address counts where nothing
// else tells the place, a year column with no month beside it is the birth, and
// of two births one is the other calendar's.
func settle(columns []Column, addresses map[int]bool) {
	count := map[Field]int{}
	for i, c := range columns {
		if !addresses[i] {
			count[c.Field]++
		}
	}
	placed := count[Group]+count[District] > 0
	births := 0
	for i := range columns {
		c := &columns[i]
		chosen := c.From == "chosen"
		switch c.Field {
		case District:
			if addresses[i] && !chosen {
				if placed {
					c.Field, c.Reason = Ignored, ReasonNotKept
				}
				placed = true
			}
		case BirthYear:
			if count[BirthMonth] == 0 || count[Birth] > 0 {
				c.Field = Birth
			}
		}
		if c.Field == BirthMonth && count[BirthYear] == 0 || c.Field == BirthDay && count[BirthYear] == 0 {
			c.Field, c.Reason = Ignored, ReasonNotKept
		}
		if c.Field == Birth {
			if births++; births == 2 {
				c.Field = OtherBirth
			} else if births > 2 {
				c.Field, c.Reason = Ignored, ReasonSecond
			}
		}
	}
}
