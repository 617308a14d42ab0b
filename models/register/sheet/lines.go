package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"chautari/models/script"
)

// Why a line under the heading is not a person.
const (
	LineHeading   = "heading"   // the headings again, or their numbers
	LineTitle     = "title"     // a title again
	LineTotal     = "total"     // जम्मा, Total
	LineNote      = "note"      // a remark, a signature
	LineSection   = "section"   // the name of the group that follows
	LineSerial    = "serial"    // nothing but a serial number
	LineContinued = "continued" // belongs to the person above
	LineNobody    = "nobody"    // nothing that tells of a person
)

const linePerson = ""

var totals = keySet(`जम्मा|कुल|कुल जम्मा|जम्मा कुल|जम्मा संख्या|कुल संख्या|जम्मा सदस्य|कुल सदस्य|जम्मा सदस्य संख्या|कुल सदस्य संख्या|जम्मा जना|कुल जना|जोड|कुल जोड|जम्मा महिला|उपजम्मा
	total|grand total|sub total|subtotal|total members|total member|total women|total number|total no|total persons|sum|count|totalt|sum totalt|i alt|antall|antall medlemmer|totals`)

// noteStarts are how signatures and remarks begin.
var noteStarts = noteKeys(`तयार गर्ने|तयार पार्ने|पेश गर्ने|पेस गर्ने|प्रमाणित|स्वीकृत|रुजु|सदर गर्ने|हस्ताक्षर|दस्तखत|सही|मिति|नोट|द्रष्टव्य|टिप्पणी|स्रोत|श्रोत|बोधार्थ|कार्यालयको छाप|छाप|पृष्ठ|पाना|पुनश्च
	prepared by|checked by|verified by|approved by|submitted by|entered by|compiled by|signature|signed|note|notes|nb|source|date|page|printed|updated|last updated|stamp|end of list|end
	utarbeidet|kilde|merk|merknad|side|underskrift|dato`)

func keySet(list string) map[string]bool {
	set := map[string]bool{}
	for _, text := range strings.FieldsFunc(list, func(r rune) bool { return r == '|' || r == '\n' }) {
		set[script.NameKey(text)] = true
	}
	return set
}

func noteKeys(list string) []string {
	var keys []string
	for key := range keySet(list) {
		keys = append(keys, key)
	}
	return keys
}

// classifier tells people from everything else under one heading.
type classifier struct {
	sheet   *Sheet
	head    heading
	columns []Column
	groups  *groups
	titles  map[string]bool   // keys of the lines above the heading
	heads   []map[string]bool // the texts of the heading, by column
	merged  map[int]Merge     // by line: the area in which a name continues
	placed  bool              // a column tells the group
	tail    int               // index of the last line that is surely a person
}

func newClassifier(s *Sheet, h heading, columns []Column, known *groups) *classifier {
	c := &classifier{sheet: s, head: h, columns: columns, groups: known, titles: map[string]bool{}, merged: map[int]Merge{}}
	for _, l := range s.Lines[:max(h.first, 0)] {
		c.titles[lineKey(l)] = true
	}
	for at := max(h.first, 0); at <= h.last; at++ {
		for i, cell := range s.Lines[at].Cells {
			for len(c.heads) <= i {
				c.heads = append(c.heads, map[string]bool{})
			}
			if cell.Text != "" {
				c.heads[i][plainKey(cell.Text)] = true
			}
		}
	}
	names := map[int]bool{}
	for _, column := range columns {
		switch column.Field {
		case Name, GivenName:
			names[column.Index] = true
		case Group, District:
			c.placed = true
		}
	}
	for _, m := range s.Merges {
		if names[m.FirstColumn] && m.FirstColumn == m.LastColumn && m.LastLine-m.FirstLine < 50 {
			for line := m.FirstLine + 1; line <= m.LastLine; line++ {
				c.merged[line] = m
			}
		}
	}
	c.tail = -1
	for i := len(s.Lines) - 1; i > h.last; i-- {
		if c.sure(s.Lines[i]) {
			c.tail = i
			break
		}
	}
	return c
}

func lineKey(l Line) string {
	var parts []string
	for _, c := range l.Cells {
		if c.Text != "" {
			parts = append(parts, plainKey(c.Text))
		}
	}
	return strings.Join(parts, "|")
}

func plainKey(text string) string { return strings.ToLower(script.Clean(text)) }

// cells picks what is taken from a line.
func (c *classifier) cells(l Line) Cells {
	taken := make(Cells, 6)
	for _, column := range c.columns {
		cell := l.at(column.Index)
		if column.Field == "" || column.Field == Ignored || cell.Text == "" {
			continue
		}
		have, double := taken[column.Field]
		switch {
		case !double || empty(have):
			taken[column.Field] = cell
		case column.Field == GivenName:
			taken[GivenName] = Cell{Text: have.Text + " " + cell.Text}
		}
	}
	return taken
}

// sure tells whether a line has a name, and a serial number, a phone or a date.
func (c *classifier) sure(l Line) bool {
	cells := c.cells(l)
	named := !empty(cells[Name]) || !empty(cells[GivenName]) || !empty(cells[FamilyName])
	return named && c.kind(l, cells) == linePerson && (isSerial(cells[Serial]) || digitsIn(cells[Phone].Text) >= 7 || digitsIn(cells[Birth].Text) >= 4)
}

func isSerial(c Cell) bool {
	_, err := strconv.Atoi(strings.Trim(script.FoldDigits(script.Clean(c.Text)), ".)( "))
	return err == nil
}

func digitsIn(text string) int {
	n := 0
	for _, r := range script.FoldDigits(text) {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// of tells what a line is: linePerson or one of the other words.
func (c *classifier) of(i int) (string, Cells) {
	l := c.sheet.Lines[i]
	cells := c.cells(l)
	kind := c.kind(l, cells)
	if kind == linePerson && c.tail >= 0 && i > c.tail && c.afterEnd(i) && !c.grouped(cells) {
		kind = LineNote
	}
	return kind, cells
}

// grouped tells whether a line names a known group, as no signature does.
func (c *classifier) grouped(cells Cells) bool {
	for _, f := range []Field{Group, District} {
		if _, ok := c.groups.find(cells[f].Text); ok && cells[f].Text != "" {
			return true
		}
	}
	return false
}

// kind judges a line by itself.
func (c *classifier) kind(l Line, cells Cells) string {
	first, filled := -1, 0
	for i, cell := range l.Cells {
		if cell.Text != "" {
			if first < 0 {
				first = i
			}
			filled++
		}
	}
	if _, ok := c.merged[l.Number]; ok {
		return LineContinued
	}
	switch {
	case c.headingAgain(l), numbering(l, filled):
		return LineHeading
	case filled < 4 && c.titles[lineKey(l)]:
		return LineTitle
	case c.total(l, cells):
		return LineTotal
	case c.note(l, first, filled):
		return LineNote
	}
	person := false
	for _, f := range []Field{Name, GivenName, FamilyName, Phone, Birth, OtherBirth, BirthYear, Alias} {
		person = person || !empty(cells[f])
	}
	text := script.Clean(l.at(first).Text)
	if filled == 1 && cells[Serial].Text == "" || filled == 1 && !isSerial(cells[Serial]) {
		if id, ok := c.groups.find(sectionName(text)); ok && id != "" || !c.placed && !sentence(sectionName(text)) && namesAGroup(text) {
			return LineSection
		}
		if person && sentence(text) {
			return LineNote
		}
	}
	switch {
	case person:
		return linePerson
	case filled == 1 && isSerial(cells[Serial]):
		return LineSerial
	case filled == 1:
		return LineNote
	}
	return LineNobody
}

// namesAGroup tells whether a text says that it is a group's or a district's
// name, known or not: "इटहरी समूह".
func namesAGroup(text string) bool {
	for _, w := range headingWordsOf(plainKey(text)) {
		if found := lookUp(w); hasConcept(found, cGroup) || hasConcept(found, cDistrict) {
			return true
		}
	}
	return false
}

// sectionName takes the name out of "समूह: झापा".
func sectionName(text string) string {
	if before, after, ok := strings.Cut(text, ":"); ok && bare(before) == "" {
		return after
	}
	return text
}

// headingAgain finds the headings repeated at the top of a printed page.
func (c *classifier) headingAgain(l Line) bool {
	same, filled := 0, 0
	for i, cell := range l.Cells {
		if cell.Text == "" {
			continue
		}
		filled++
		if i < len(c.heads) && c.heads[i][plainKey(cell.Text)] {
			same++
		}
	}
	return same >= 2 && same*2 > filled || same == 1 && filled == 1 && meaningOf(firstText(l)).known()
}

func firstText(l Line) string {
	for _, c := range l.Cells {
		if c.Text != "" {
			return c.Text
		}
	}
	return ""
}

// numbering is the line "१ २ ३ …" that forms put under their headings.
func numbering(l Line, filled int) bool {
	if filled < 3 {
		return false
	}
	want := 0
	for _, c := range l.Cells {
		if c.Text == "" {
			continue
		}
		want++
		n, err := strconv.Atoi(strings.Trim(script.FoldDigits(script.Clean(c.Text)), ".)( "))
		if err != nil || n != want {
			return false
		}
	}
	return true
}

var noDigits = regexp.MustCompile(`[\d:=.,\-–/()]+`)

// total finds a line of sums: one of its first cells says so, and nobody's
// phone stands in it.
func (c *classifier) total(l Line, cells Cells) bool {
	if digitsIn(cells[Phone].Text) >= 9 {
		return false
	}
	looked := 0
	for _, cell := range l.Cells {
		if cell.Text == "" || digitsIn(cell.Text) > 6 {
			continue
		}
		key := script.NameKey(noDigits.ReplaceAllString(script.FoldDigits(cell.Text), " "))
		key = strings.TrimSuffix(strings.TrimSuffix(key, " jana"), " jan")
		if totals[key] || !isSerial(cells[Serial]) && sums(key) {
			return true
		}
		if looked++; looked == 3 {
			return false
		}
	}
	return false
}

// sums tells whether a text such as "झापा जम्मा" ends or begins with the word.
func sums(key string) bool {
	words := strings.Fields(key)
	if n := len(words); n > 1 && n < 6 {
		return sumWords[words[0]] || sumWords[words[n-1]]
	}
	return false
}

var sumWords = keySet("जम्मा|total|subtotal|totalt")

// note finds remarks and signatures by how they begin. A line with a serial
// number is never one.
func (c *classifier) note(l Line, first, filled int) bool {
	if first < 0 || filled > 4 {
		return false
	}
	for _, column := range c.columns {
		if column.Field == Serial && isSerial(l.at(column.Index)) {
			return false
		}
	}
	text := script.Clean(l.at(first).Text)
	key := script.NameKey(text)
	for _, start := range noteStarts {
		if key == start || strings.HasPrefix(key, start+" ") {
			// "Sahi Tamang" may be a person; "सही:" and "Note: …" aren't.
			return filled == 1 || strings.ContainsAny(text, ":।…_") || strings.Contains(start, " ") || key == start
		}
	}
	return strings.Contains(text, "....") || strings.Contains(text, "____")
}

// sentence tells a remark from a name.
func sentence(text string) bool {
	return strings.ContainsAny(text, ":।;*") || strings.HasSuffix(text, ".") && strings.Count(text, " ") >= 3 ||
		digitsIn(text) >= 3 || len(strings.Fields(text)) > 5
}

// afterEnd tells whether a line that might be a name stands below the table:
// everything after the last sure person is weak, and there was a gap, a total
// or a note in between, or the line lacks what all people above have.
func (c *classifier) afterEnd(i int) bool {
	for at := c.tail + 1; at <= i; at++ {
		l, before := c.sheet.Lines[at], c.sheet.Lines[at-1]
		if l.Number-before.Number > 1 {
			return true
		}
		if at < i {
			switch c.kind(l, c.cells(l)) {
			case LineTotal, LineNote:
				return true
			}
		}
	}
	return false
}
