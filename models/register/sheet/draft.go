package sheet

import (
	"maps"
	"slices"

	"chautari/models/calendar"
	"chautari/models/script"
)

// draft is a sheet that may be the register, or a part of it.
type draft struct {
	sheet  *Sheet
	index  int
	layout Layout
	lines  *classifier
	from   int      // index of the first line under the heading
	judged []judged // the lines from there
	titles []string // texts above the heading
	people int
	score  int
	likely calendar.Calendar
	seen   string // the headings as a key
}

type judged struct {
	why   string
	cells Cells
}

// sketch lays a sheet out; nil when it has no column that a register has.
func sketch(s *Sheet, index int, known Known, reader *Reader, ch Choices) *draft {
	if len(s.Lines) == 0 {
		return nil
	}
	d := &draft{sheet: s, index: index, likely: calendar.AnyCalendar}
	width := 0
	for _, l := range s.Lines {
		width = max(width, len(l.Cells))
	}
	h, headed := findHeading(s)
	if !headed {
		h = heading{first: -1, last: -1}
	} else {
		d.layout.HeadingLine = s.Lines[h.first].Number
		for _, l := range s.Lines[:h.first] {
			d.titles = append(d.titles, lineText(l))
		}
	}
	d.from = h.last + 1
	d.layout.Sheet = s.Name
	d.layout.Columns = h.columns(width)
	d.choose(ch)
	addresses := map[int]bool{}
	for i, m := range h.meanings {
		addresses[i] = m.address
	}
	doubt(d.layout.Columns)
	settle(d.layout.Columns, addresses)
	byContent(d.layout.Columns, s.Lines[d.from:], reader.groups, headed)
	d.lines = newClassifier(s, h, d.layout.Columns, reader.groups)
	if !headed {
		d.skipTitles()
	}
	var births []Cell
	for i := d.from; i < len(s.Lines); i++ {
		why, cells := d.lines.of(i)
		d.judged = append(d.judged, judged{why, cells})
		if why == linePerson {
			d.people++
			births = append(births, cells[Birth], cells[BirthYear])
		}
	}
	d.likely = likelyCalendar(births, known.Today)
	for _, c := range d.layout.Columns {
		d.score += map[Field]int{Name: 4, GivenName: 4, FamilyName: 1, Phone: 2, Birth: 2, BirthYear: 2, Group: 2, District: 2, Alias: 1, CalendarField: 1, Consent: 1}[c.Field]
		if c.Field != "" && c.Heading != "" {
			d.seen += script.NameKey(c.Heading) + "|"
		}
	}
	if d.score == 0 {
		return nil
	}
	return d
}

// choose lets the coordinator's word stand over the headings.
func (d *draft) choose(ch Choices) {
	for index, field := range ch.Columns {
		if index < 0 || index >= len(d.layout.Columns) {
			continue
		}
		c := &d.layout.Columns[index]
		c.Field, c.From, c.Reason = field, "chosen", ""
		if field == Ignored || field == "" {
			c.Field, c.Reason = Ignored, ReasonChosen
		}
		c.Years = field == BirthYear
	}
}

// skipTitles leaves out single texts above a table without headings.
func (d *draft) skipTitles() {
	for d.from < len(d.sheet.Lines) {
		l := d.sheet.Lines[d.from]
		if firstText(l) != l.Cells[len(l.Cells)-1].Text || len(d.layout.Columns) == 1 {
			return
		}
		d.titles = append(d.titles, lineText(l))
		d.from++
	}
}

// choose picks the sheets to read: the one that looks most like the register,
// first, and all others that hold the same. A sheet of no people is never picked.
func choose(drafts []*draft, known *groups, ch Choices) (chosen []*draft) {
	var able []*draft
	for _, d := range drafts {
		if d.people > 0 && (len(ch.Sheets) == 0 || slices.Contains(ch.Sheets, d.sheet.Name)) {
			able = append(able, d)
		}
	}
	if len(able) == 0 {
		return nil
	}
	main := able[0]
	for _, d := range able[1:] {
		if d.better(main) {
			main = d
		}
	}
	chosen = []*draft{main}
	for _, d := range able {
		if d != main && (len(ch.Sheets) > 0 || d.like(main, known)) {
			chosen = append(chosen, d)
		}
	}
	slices.SortFunc(chosen, func(a, b *draft) int { return a.index - b.index })
	return chosen
}

func (d *draft) better(than *draft) bool {
	if d.sheet.Hidden != than.sheet.Hidden && min(d.score, than.score) >= 6 {
		return than.sheet.Hidden
	}
	if d.score != than.score {
		return d.score > than.score
	}
	return d.people > than.people
}

// like tells whether a sheet is a further part of the same register: it holds
// the same, or all but the group where the sheet's name says it. With less than
// three things held, the headings must be the same too.
func (d *draft) like(main *draft, known *groups) bool {
	a, b := d.holds(), main.holds()
	if _, named := known.find(sectionName(d.sheet.Name)); named {
		delete(a, Group)
		delete(b, Group)
	}
	return maps.Equal(a, b) && (len(b) >= 3 || d.seen == main.seen)
}

// holds are the kinds of things that a sheet tells of people.
func (d *draft) holds() map[Field]bool {
	set := map[Field]bool{}
	for _, c := range d.layout.Columns {
		switch c.Field {
		case Name, GivenName, FamilyName:
			set[Name] = true
		case Birth, BirthYear:
			set[Birth] = true
		case Group, District:
			set[Group] = true
		case Phone:
			set[Phone] = true
		}
	}
	return set
}

// choicesFor carries choices about columns, which mean the first sheet that is
// read, over to another by the headings.
func (d *draft) choicesFor(first *draft, ch Choices) Choices {
	if d == first {
		return ch
	}
	columns := map[int]Field{}
	for index, field := range ch.Columns {
		if index < 0 || index >= len(first.layout.Columns) {
			continue
		}
		heading := first.layout.Columns[index].Heading
		for _, c := range d.layout.Columns {
			if heading != "" && script.NameKey(c.Heading) == script.NameKey(heading) || heading == "" && c.Heading == "" && c.Index == index {
				columns[c.Index] = field
			}
		}
	}
	ch.Columns = columns
	return ch
}
