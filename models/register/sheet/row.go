package sheet

import (
	"regexp"
	"strings"
	"unicode"

	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/phone"
	"chautari/models/script"
)

// Known is what the organisation knows already.
type Known struct {
	Groups []KnownGroup
	// Today decides which births lie in the future.
	Today calendar.Date
}

// Place is where a row stands. Sheet is empty unless several sheets are read.
type Place struct {
	Sheet string `json:"sheet,omitempty"`
	Line  int    `json:"line"`
}

// Cells are a row's cells as written, by field.
type Cells map[Field]Cell

// Fault is something wrong with one cell. Column is its letter, Value what is
// written there; a value that is too long is cut.
type Fault struct {
	Field  Field             `json:"field"`
	Column string            `json:"column,omitempty"`
	Code   string            `json:"code"`
	Value  string            `json:"value"`
	Params map[string]string `json:"params,omitempty"`
}

// What a row gives reason to look at, without being wrong.
const (
	HintSamePhone      = "same_phone"
	HintSameName       = "same_name"
	HintConsentIgnored = "consent_ignored"
	HintLooksOld       = "looks_old"
	HintHiddenLine     = "hidden_line"
)

// Row is one person as the register has her. What could be read stands in its
// field even where another cell has a fault; what couldn't is empty.
type Row struct {
	// Key is one number for the place: the line, in further sheets more.
	Key int `json:"key"`
	Place
	Name     string         `json:"name"`
	Alias    string         `json:"alias,omitempty"`
	Phone    string         `json:"phone,omitempty"` // E.164
	Birth    calendar.Birth `json:"birth"`
	GroupID  string         `json:"groupId,omitempty"`
	District string         `json:"district,omitempty"` // its English name
	Cells    Cells          `json:"cells"`
	Faults   []Fault        `json:"faults,omitempty"`
	Hints    []string       `json:"hints,omitempty"`
	// SameAs is the first row of the same person in this file.
	SameAs *Place `json:"sameAs,omitempty"`
	Hidden bool   `json:"hidden,omitempty"`
}

// Layout is how one sheet is laid out: all that is needed to read one of its
// rows again after a cell was mended. It can be kept as JSON.
type Layout struct {
	Sheet        string            `json:"sheet"`
	HeadingLine  int               `json:"headingLine"` // 0 when there is none
	Columns      []Column          `json:"columns"`
	Calendar     calendar.Calendar `json:"calendar"`
	CalendarFrom string            `json:"calendarFrom"` // heading, title, column, chosen or none
	// KeyOffset makes the keys of rows unique where several sheets are read.
	KeyOffset int `json:"keyOffset,omitempty"`
}

func (l *Layout) column(f Field) Column {
	for _, c := range l.Columns {
		if c.Field == f {
			return c
		}
	}
	return Column{Index: -1}
}

// Reader turns cells into rows.
type Reader struct {
	today  calendar.Date
	groups *groups
	only   string // the one group there is
}

// NewReader makes a reader; chosenGroups maps values of the group column, or ""
// for rows that name no group, to group ids.
func NewReader(known Known, chosenGroups map[string]string) *Reader {
	r := &Reader{today: known.Today, groups: newGroups(known.Groups, chosenGroups)}
	if len(known.Groups) == 1 {
		r.only = known.Groups[0].ID
	}
	return r
}

// Read reads one row. It is what Understand does with each line and is used
// again after a cell was mended: then the mended cell is one of kind Text.
func (r *Reader) Read(l *Layout, at Place, cells Cells) Row {
	row := Row{Key: l.KeyOffset + at.Line, Place: at, Cells: cells}
	check := checker{row: &row, layout: l}
	row.Name = check.name()
	row.Alias = check.text(Alias)
	row.Phone = check.phone()
	row.Birth = check.birth(r.today)
	row.GroupID, row.District = check.group(r)
	if !empty(cells[Consent]) {
		row.Hints = append(row.Hints, HintConsentIgnored)
	}
	if !r.today.IsZero() && row.Birth.LooksOld(r.today) {
		row.Hints = append(row.Hints, HintLooksOld)
	}
	return row
}

type checker struct {
	row    *Row
	layout *Layout
}

const valueShown = 100

func (c *checker) fault(f Field, code string, params ...string) {
	one := Fault{Field: f, Column: c.layout.column(f).Letter, Code: code, Value: firstRunes(c.row.Cells[f].Text, valueShown)}
	if code == "cell.too_long" {
		one.Value = firstRunes(one.Value, 40)
	}
	one.Params = fault.At("", "", params...).Params
	c.row.Faults = append(c.row.Faults, one)
}

func (c *checker) faultOf(f Field, err error) {
	code := "cell.error"
	if told, ok := fault.As(err); ok {
		code = told.Code
	}
	c.fault(f, code)
}

// text gives a cell's cleaned text, empty after telling what is wrong with it.
func (c *checker) text(f Field) string {
	cell := c.row.Cells[f]
	if empty(cell) {
		return ""
	}
	switch {
	case cell.Kind == Error || errorText[strings.ToUpper(strings.TrimSpace(cell.Text))]:
		c.fault(f, "cell.error")
		return ""
	case len([]rune(cell.Text)) > MaxCell:
		c.fault(f, "cell.too_long")
		return ""
	}
	return script.Clean(cell.Text)
}

var errorText = map[string]bool{"#REF!": true, "#N/A": true, "#VALUE!": true, "#NAME?": true, "#DIV/0!": true, "#NULL!": true, "#NUM!": true}

var blanks = map[string]bool{
	"n/a": true, "na": true, "n.a.": true, "nil": true, "null": true, "none": true, "unknown": true, "not available": true,
	"छैन": true, "थाहा छैन": true, "नभएको": true, "अज्ञात": true, "ukjent": true, "ingen": true,
}

// empty tells whether a cell says nothing: only dashes or dots, or a word for it.
func empty(c Cell) bool {
	text := script.Clean(c.Text)
	return strings.Trim(text, "-–—_. ") == "" || blanks[strings.ToLower(text)]
}

var leadingNumber = regexp.MustCompile(`^\d{1,4}\s*[.)।]\s*(\p{L})`)

// name joins what stands in the name columns; one name is enough.
func (c *checker) name() string {
	before := len(c.row.Faults)
	full, given, family := c.text(Name), c.text(GivenName), c.text(FamilyName)
	name := full
	if name == "" {
		name = given
	}
	if family != "" && (full == "" || c.layout.column(GivenName).Index < 0) && !endsWith(name, family) {
		name = strings.TrimSpace(name + " " + family)
	}
	at := Name
	for _, f := range []Field{FamilyName, GivenName, Name} {
		if c.row.Cells[f].Text != "" {
			at = f
		}
	}
	if m := leadingNumber.FindStringSubmatchIndex(script.FoldDigits(name)); m != nil {
		folded := script.FoldDigits(name)
		name = string([]rune(name)[len([]rune(folded[:m[2]])):])
	}
	switch {
	case len(c.row.Faults) > before:
		return ""
	case name == "":
		c.fault(at, "name.missing")
		return ""
	case !readable(name):
		c.fault(at, "name.unreadable")
		return ""
	}
	return name
}

// endsWith tells whether a name has the family name already.
func endsWith(name, family string) bool {
	key, end := script.NameKey(name), script.NameKey(family)
	return end != "" && (key == end || strings.HasSuffix(key, " "+end))
}

// readable refuses text that went through a wrong encoding and bare numbers.
func readable(text string) bool {
	if strings.ContainsAny(text, "\uFFFD\x00Ã") || strings.Contains(text, "à¤") || strings.Contains(text, "à¥") {
		return false
	}
	digits := false
	for _, r := range text {
		switch {
		case r >= 0x80 && r < 0xA0:
			return false
		case unicode.IsDigit(r):
			digits = true
		case !unicode.IsSpace(r) && !strings.ContainsRune(".,-/", r):
			return true
		}
	}
	return !digits
}

// noPhone are the ways to say in a column of phones that she has none. An x is
// no blank elsewhere: in a column of consent it means yes.
var noPhone = func() map[string]bool {
	set := map[string]bool{}
	for _, none := range []string{"x", "xx", "xxx", "×", "✗", "✘", "no", "nope", "nei", "not have", "doesn't have", "har ikke", "नाई", "नभएको", "नहुने"} {
		set[none] = true
	}
	for _, device := range []string{"phone", "phone no", "phone number", "mobile", "mobile no", "mobile number", "contact", "contact no", "number", "cell", "sim"} {
		for _, say := range []string{"no %", "no % yet", "without %", "% none", "% nil", "% n/a", "has no %", "% not available"} {
			set[strings.ReplaceAll(say, "%", device)] = true
		}
	}
	for _, device := range []string{"telefon", "mobil", "nummer", "telefonnummer", "mobilnummer"} {
		set["ingen "+device], set["ikke "+device], set["har ikke "+device], set["uten "+device] = true, true, true, true
	}
	for _, device := range []string{"फोन", "मोबाइल", "मोबाईल", "मोवाइल", "नम्बर", "फोन नं", "फोन नम्बर", "मोबाइल नं", "मोबाइल नम्बर", "सम्पर्क", "सम्पर्क नं", "सम्पर्क नम्बर"} {
		for _, say := range []string{"छैन", "नभएको", "नै छैन", "छैन भन्ने", "राखेको छैन"} {
			set[device+" "+say] = true
		}
	}
	return set
}()

func (c *checker) phone() string {
	text := c.text(Phone)
	if text == "" || noPhone[strings.TrimRight(strings.ToLower(strings.ReplaceAll(text, ".", "")), " ।")] {
		return ""
	}
	number, err := phone.Read(text)
	if err != nil {
		c.faultOf(Phone, err)
		return ""
	}
	return number
}

// group finds the row's group by its group cell, or else by its district.
func (c *checker) group(r *Reader) (id, district string) {
	known := r.groups
	before := len(c.row.Faults)
	group, where := c.text(Group), c.text(District)
	if d, ok := districtIn(where); ok && where != "" {
		district = d.EN
	}
	if len(c.row.Faults) > before {
		return "", district
	}
	at, value := Group, group
	if group == "" {
		at, value = District, where
	}
	if value == "" {
		if id := known.otherwise(); id != "" {
			return id, district
		}
		columns := c.layout.column(Group).Index >= 0 || c.layout.column(District).Index >= 0
		if !columns && r.only != "" {
			return r.only, district
		}
		if c.layout.column(Group).Index >= 0 || !columns {
			at = Group
		}
		c.fault(at, "group.missing")
		return "", district
	}
	if id, ok := known.find(value); ok {
		return id, district
	}
	if at == District && district != "" {
		if id, ok := known.find(district); ok {
			return id, district
		}
	}
	c.fault(at, "group.unknown")
	return "", district
}
