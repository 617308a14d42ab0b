package sheet

import (
	"slices"
	"strings"

	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/script"
)

// Choices are what the coordinator has settled in the dry run.
type Choices struct {
	Calendar calendar.Calendar `json:"calendar,omitempty"`
	// Columns gives fields to columns, by index; Ignored leaves one out.
	Columns map[int]Field `json:"columns,omitempty"`
	// Groups maps a value of the group or district column to a group's id; the
	// value "" is for rows that name none.
	Groups map[string]string `json:"groups,omitempty"`
	// Sheets limits which sheets are read; empty leaves it to Understand.
	Sheets []string `json:"sheets,omitempty"`
}

// SheetReport tells of one sheet of the file whether it was read.
type SheetReport struct {
	Name        string `json:"name"`
	Hidden      bool   `json:"hidden"`
	Read        bool   `json:"read"`
	Rows        int    `json:"rows"`        // people in it, when read
	Lines       int    `json:"lines"`       // lines with something in them
	HiddenLines int    `json:"hiddenLines"` // of the people, when read
}

// OtherLine is a line under a heading that is no person.
type OtherLine struct {
	Place
	Why  string `json:"why"`
	Text string `json:"text"`
}

// UnknownGroup is a value that names no known group, "" for none at all.
type UnknownGroup struct {
	Value string `json:"value"`
	Rows  int    `json:"rows"`
}

// Reading is a table understood.
type Reading struct {
	// Layouts are those of the sheets that were read, in their order.
	Layouts       []Layout       `json:"layouts"`
	Sheets        []SheetReport  `json:"sheets"`
	Rows          []Row          `json:"-"`
	Others        []OtherLine    `json:"others"`
	UnknownGroups []UnknownGroup `json:"unknownGroups"`
	// CalendarNeeded says that rows wait for the calendar to be chosen;
	// CalendarLikely is what their years look like, to be offered and no more.
	CalendarNeeded bool              `json:"calendarNeeded"`
	CalendarLikely calendar.Calendar `json:"calendarLikely"`
}

// Layout gives the layout that rows of a place were read with.
func (r *Reading) Layout(at Place) *Layout {
	for i := range r.Layouts {
		if at.Sheet == "" || r.Layouts[i].Sheet == at.Sheet {
			return &r.Layouts[i]
		}
	}
	return nil
}

const keyStep = 10_000_000 // above any line number

// Understand finds the register in a table and reads its people. The faults
// are register.not_found when no sheet looks like one, register.no_rows when it
// has no people, register.legacy_font when its Nepali was typed for a font and
// not in Unicode, and file.too_many_rows.
func Understand(t *Table, known Known, ch Choices) (*Reading, error) {
	reader := NewReader(known, ch.Groups)
	var drafts []*draft
	for i := range t.Sheets {
		if d := sketch(&t.Sheets[i], i, known, reader, Choices{}); d != nil {
			drafts = append(drafts, d)
		}
	}
	chosen := choose(drafts, reader.groups, ch)
	if len(ch.Columns) > 0 {
		again := make([]*draft, 0, len(chosen))
		for _, d := range chosen {
			if d := sketch(d.sheet, d.index, known, reader, d.choicesFor(chosen[0], ch)); d != nil {
				again = append(again, d)
			}
		}
		chosen = again
	}
	if len(chosen) == 0 {
		if typedForFont(t) {
			return nil, fault.New(fault.Invalid, "register.legacy_font")
		}
		if len(drafts) > 0 {
			return nil, fault.New(fault.Invalid, "register.no_rows")
		}
		return nil, fault.New(fault.Invalid, "register.not_found")
	}
	birthHabits(chosen, known.Today)
	return read(t, chosen, reader, known, ch)
}

// read turns the chosen sheets into rows.
func read(t *Table, chosen []*draft, reader *Reader, known Known, ch Choices) (*Reading, error) {
	r := &Reading{CalendarLikely: chosen[0].likely, UnknownGroups: []UnknownGroup{}, Others: []OtherLine{}}
	notes := otherTexts(t, chosen)
	for n, d := range chosen {
		d.layout.KeyOffset = n * keyStep
		d.settleCalendar(ch, notes)
		d.rows(r, reader, len(chosen) > 1)
		if len(r.Rows) > MaxRows {
			return nil, fault.New(fault.TooLarge, "file.too_many_rows")
		}
		r.Layouts = append(r.Layouts, d.layout)
	}
	if len(r.Rows) == 0 {
		return nil, fault.New(fault.Invalid, "register.no_rows")
	}
	Compare(r.Rows)
	r.Sheets = reports(t, chosen, r.Rows)
	r.count()
	return r, nil
}

// otherTexts gathers the short texts that may tell the calendar: notes below
// the tables, and sheets that are no register.
func otherTexts(t *Table, chosen []*draft) []string {
	var texts []string
	for i := range t.Sheets {
		read := slices.ContainsFunc(chosen, func(d *draft) bool { return d.index == i })
		if len(t.Sheets[i].Lines) > 50 && !read {
			continue
		}
		for _, l := range t.Sheets[i].Lines {
			if n := len(l.Cells); read && n > 0 && firstText(l) != l.Cells[n-1].Text {
				continue
			}
			texts = append(texts, firstText(l))
		}
	}
	return texts
}

func reports(t *Table, chosen []*draft, rows []Row) []SheetReport {
	list := make([]SheetReport, len(t.Sheets))
	for i, s := range t.Sheets {
		list[i] = SheetReport{Name: s.Name, Hidden: s.Hidden, Lines: len(s.Lines)}
		for n, d := range chosen {
			if d.index != i {
				continue
			}
			list[i].Read = true
			for _, row := range rows {
				if row.Key/keyStep == n {
					list[i].Rows++
					if row.Hidden {
						list[i].HiddenLines++
					}
				}
			}
		}
	}
	return list
}

// count sums up what the coordinator must settle.
func (r *Reading) count() {
	at := map[string]int{}
	for _, row := range r.Rows {
		for _, f := range row.Faults {
			switch f.Code {
			case "birth.calendar_unknown":
				r.CalendarNeeded = true
			case "group.unknown", "group.missing":
				key := choiceKey(f.Value)
				if f.Code == "group.missing" {
					key = ""
				}
				i, seen := at[key]
				if !seen {
					i = len(r.UnknownGroups)
					at[key] = i
					value := script.Clean(f.Value)
					if f.Code == "group.missing" {
						value = ""
					}
					r.UnknownGroups = append(r.UnknownGroups, UnknownGroup{Value: value})
				}
				r.UnknownGroups[i].Rows++
			}
		}
	}
	slices.SortStableFunc(r.UnknownGroups, func(a, b UnknownGroup) int { return b.Rows - a.Rows })
}

// rows reads the people of one sheet.
func (d *draft) rows(r *Reading, reader *Reader, several bool) {
	place := Place{}
	if several {
		place.Sheet = d.sheet.Name
	}
	fill := d.filler(several, reader.groups)
	for i := d.from; i < len(d.sheet.Lines); i++ {
		l := d.sheet.Lines[i]
		place.Line = l.Number
		why, cells := d.judged[i-d.from].why, d.judged[i-d.from].cells
		if why != linePerson {
			if why == LineSection || why == LineNote && fill.section != "" && d.heads(i) {
				why, fill.section = LineSection, sectionName(script.Clean(firstText(l)))
			}
			r.Others = append(r.Others, OtherLine{Place: place, Why: why, Text: firstRunes(lineText(l), 80)})
			continue
		}
		fill.group(l, cells)
		row := reader.Read(&d.layout, place, cells)
		if row.Hidden = l.Hidden; l.Hidden {
			row.Hints = append(row.Hints, HintHiddenLine)
		}
		r.Rows = append(r.Rows, row)
	}
}

// heads tells whether a lone text stands above people, as a section's name does.
func (d *draft) heads(i int) bool {
	next := i - d.from + 1
	text := firstText(d.sheet.Lines[i])
	return d.layout.column(Group).Index < 0 && d.layout.column(District).Index < 0 &&
		text == lineText(d.sheet.Lines[i]) && !sentence(text) &&
		next < len(d.judged) && (d.judged[next].why == linePerson || d.judged[next].why == LineHeading)
}

func lineText(l Line) string {
	var parts []string
	for _, c := range l.Cells {
		if c.Text != "" {
			parts = append(parts, script.Clean(c.Text))
		}
	}
	return strings.Join(parts, " · ")
}

// filler completes the group of a row from what stands around it.
type filler struct {
	draft   *draft
	section string // the last section line
	sheet   string // the sheet's name, where it names a group or several are read
	title   string
	above   map[Field]Cell
}

func (d *draft) filler(several bool, known *groups) *filler {
	f := &filler{draft: d, above: map[Field]Cell{}}
	name := sectionName(script.Clean(d.sheet.Name))
	placed := d.layout.column(Group).Index >= 0 || d.layout.column(District).Index >= 0
	if _, ok := known.find(name); ok && (several || !placed) || several && !placed {
		f.sheet = name
	}
	if !placed {
		f.title = titledGroup(d.titles, known)
	}
	return f
}

// group puts in what a merged area or a ditto mark repeats from above, the family
// name too, and where the row has no group of its own, that of its section, sheet or title.
func (f *filler) group(l Line, cells Cells) {
	for _, c := range f.draft.layout.Columns {
		switch c.Field {
		case Group, District, CalendarField, FamilyName:
		default:
			continue
		}
		switch cell := cells[c.Field]; {
		case isDitto(cell.Text):
			cells[c.Field] = f.above[c.Field]
		case cell.Text != "":
			f.above[c.Field] = cell
		default:
			for _, m := range f.draft.sheet.Merges {
				if c.Index >= m.FirstColumn && c.Index <= m.LastColumn && l.Number > m.FirstLine && l.Number <= m.LastLine {
					cells[c.Field] = f.above[c.Field]
				}
			}
		}
		if cells[c.Field].Text == "" {
			delete(cells, c.Field)
		}
	}
	if !empty(cells[Group]) || !empty(cells[District]) {
		return
	}
	for _, around := range []string{f.section, f.sheet, f.title} {
		if around != "" {
			cells[Group] = Cell{Text: around}
			return
		}
	}
}

// titledGroup finds the one group that the titles name: "समूह: झापा".
func titledGroup(titles []string, known *groups) string {
	found, id := "", ""
	for _, title := range titles {
		for _, part := range strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(":,;()-–|/", r) }) {
			if one, ok := known.find(part); ok {
				if id != "" && id != one {
					return ""
				}
				found, id = script.Clean(part), one
			}
		}
	}
	return found
}
