package report

import (
	"chautari/models/disclose"
	"chautari/models/organisation"
)

// Definitions is the version of how the figures are counted. A change to what
// any of them means makes a new one; older releases keep theirs.
const Definitions = 1

// hiddenBelow is the least count of people above zero that leaves the organisation.
var hiddenBelow = organisation.Declare(organisation.Number{
	Key: "hiddenBelow", Unit: organisation.People, Usual: disclose.Usual, Least: disclose.Least, Most: 20,
})

// Figures are what is given out: tables that passed disclosure control.
type Figures struct {
	Definitions int       `bson:"definitions"`
	HiddenBelow int       `bson:"hidden_below"` // as it was when they were drafted
	Tables      []Table   `bson:"tables"`
	Percentages []Percent `bson:"percentages"`
}

// What the tables count, by what they are broken down. A table of the same Key
// counts the same people, each once in a quarter.
const (
	OfMembers    = "members"    // people who are active members at the quarter's end
	OfSupport    = "support"    // people who had at least one session of peer support
	OfSessions   = "sessions"   // sessions of peer support that were held
	OfTraining   = "training"   // people who finished a course
	OfGrievances = "grievances" // grievances that were sent

	ByStanding = "standing"       // new in the quarter, or continuing
	ByProvince = "province"       // of the group that the person belongs to
	ByPicture  = "course_picture" // the kind of course, by its picture
	ByClass    = "category_class" // sensitive or ordinary
	Whole      = "total"          // not broken down
)

// Keys of rows, and of the classes that percentages are of.
const (
	RowNew        = "new"
	RowContinuing = "continuing"
	RowSensitive  = "sensitive"
	RowOrdinary   = "ordinary"
	RowOther      = "other"
	All           = "all"
)

// Keys of percentages: in time by the clock of each grievance's category.
const (
	AcknowledgedInTime = "acknowledged_in_time"
	DecidedInTime      = "decided_in_time"
)

// Table is one table as it shows.
type Table struct {
	Key       string `bson:"key"`
	Breakdown string `bson:"breakdown"`
	Total     Cell   `bson:"total"`
	Rows      []Row  `bson:"rows"`
}

// Row is one line of a table. The row of a province has the province's English
// name in lower case for key.
type Row struct {
	Key  string `bson:"key"`
	Cell Cell   `bson:"cell"`
}

// Cell is a count as it shows.
type Cell struct {
	Value  int  `bson:"value"`
	Hidden bool `bson:"hidden"`
}

// Percent is a share of the grievances of a class, in whole per cent to the
// nearest 5; Hidden where they are too few.
type Percent struct {
	Key    string `bson:"key"`
	Of     string `bson:"of"` // All, or the key of a row
	Value  int    `bson:"value"`
	Hidden bool   `bson:"hidden"`
}

// Table finds a table; nil where there is none.
func (f Figures) Table(key, breakdown string) *Table {
	for i, t := range f.Tables {
		if t.Key == key && t.Breakdown == breakdown {
			return &f.Tables[i]
		}
	}
	return nil
}

// check looks once more at what is about to leave. Fault: disclose.unsafe.
func (f Figures) check() error {
	shown := make([]disclose.Shown, len(f.Tables))
	for i, t := range f.Tables {
		shown[i] = disclose.Shown{Key: t.Key + "." + t.Breakdown, Of: t.Key, Total: disclose.Cell(t.Total)}
		for _, r := range t.Rows {
			shown[i].Rows = append(shown[i].Rows, disclose.Cell(r.Cell))
		}
	}
	return f.rule().Check(shown)
}

// rule is that by which the figures were made safe.
func (f Figures) rule() disclose.Rule { return disclose.Rule{HiddenBelow: f.HiddenBelow} }

// counts is a table of true counts under way: never stored, never handed out.
type counts struct {
	key, breakdown string
	rows           []string
	of             map[string]int
}

func counting(key, breakdown string, rows ...string) *counts {
	return &counts{key: key, breakdown: breakdown, rows: rows, of: map[string]int{}}
}

// add counts one more in a row.
func (c *counts) add(row string) { c.of[row]++ }

// disclosed makes figures of counts, safe together.
func disclosed(by disclose.Rule, all ...*counts) Figures {
	tables := make([]disclose.Table, len(all))
	for i, c := range all {
		tables[i] = disclose.Table{Key: c.key + "." + c.breakdown, Of: c.key, TotalOnly: c.breakdown == Whole}
		for _, row := range c.rows {
			tables[i].Rows = append(tables[i].Rows, c.of[row])
		}
	}
	f := Figures{Definitions: Definitions, HiddenBelow: by.HiddenBelow}
	for i, s := range by.Publish(tables) {
		t := Table{Key: all[i].key, Breakdown: all[i].breakdown, Total: Cell(s.Total), Rows: []Row{}}
		for j, c := range s.Rows {
			t.Rows = append(t.Rows, Row{Key: all[i].rows[j], Cell: Cell(c)})
		}
		f.Tables = append(f.Tables, t)
	}
	return f
}
