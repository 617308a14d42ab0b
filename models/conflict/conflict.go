// Package conflict keeps what people who work with the matters of others declare
// about themselves: to whom they stand too close.
//
// A declaration names somebody by her sign-in name, or in words only until the
// focal point says who that is. What is declared counts in both directions and
// for whatever one of the two would decide, handle or hear of the other. Whoever
// is declared about never learns of it. One that has no ground is ended by who
// reads it, with a reason that its declarer is told. What belongs here: declarations, who
// reads them, and the answer whether two people are apart. What doesn't: what a
// noun makes of that answer.
package conflict

import (
	"context"
	"slices"

	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
)

// Kind is how she stands to the other.
type Kind string

// The kinds.
const (
	Named     Kind = "named"     // both are named in one matter
	Line      Kind = "line"      // one answers to the other at work
	Relative  Kind = "relative"  // family, by blood or marriage
	Household Kind = "household" // they live together
	Business  Kind = "business"  // they earn or owe money together
)

// State is where a declaration stands.
type State string

// The states.
const (
	Open    State = "open"    // in words only: nobody has said yet who it is
	Settled State = "settled" // it is known who it is, and it counts
	Ended   State = "ended"   // she took it back, or it was found to have no ground; it counts no more
)

// Declaration is one that she made. Nothing is taken off her sheet.
type Declaration struct {
	ID     string        `bson:"id"`
	Kind   Kind          `bson:"kind"`
	About  string        `bson:"about,omitempty"`  // person; none while nobody has said who it is
	Handle seal.Sealed   `bson:"handle,omitempty"` // the sign-in name as she typed it
	Words  seal.Sealed   `bson:"words,omitempty"`
	Since  calendar.Date `bson:"since"`
	Ended  calendar.Date `bson:"ended,omitempty"`
	Picked bool          `bson:"picked,omitempty"` // she took About from the readers who are named to everybody
	Why    seal.Sealed   `bson:"why,omitempty"`    // why somebody else ended it
}

// State tells where it stands.
func (d Declaration) State() State {
	switch {
	case !d.Ended.IsZero():
		return Ended
	case d.About == "":
		return Open
	}
	return Settled
}

// Mirror is a declaration of somebody else about the person whose sheet it is on.
type Mirror struct {
	Declaration string `bson:"declaration"`
	By          string `bson:"by"` // person
}

// Sheet is all that one person declared, and who stands too close to her by a
// declaration of her own; its id is hers. Both sheets change with a declaration,
// so that either alone says whether two people are apart.
type Sheet struct {
	store.Meta `bson:",inline"`
	Declared   []Declaration   `bson:"declared,omitempty"`
	First      calendar.Date   `bson:"first,omitempty"` // day of the first declaration
	None       []calendar.Date `bson:"none,omitempty"`  // days on which she said that there is nothing
	Asked      calendar.Date   `bson:"asked,omitempty"` // day of her latest word
	By         []Mirror        `bson:"by,omitempty"`
}

var sheets = store.Declare[Sheet]("conflicts",
	store.Index{Name: "first", Fields: []string{"first"}},
	store.Index{Name: "declared", Fields: []string{"declared.id"}},
)

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{sheets.Spec()} }

// close lists who is not apart from the person whose sheet it is.
func (s *Sheet) close() []string {
	persons := s.chosen()
	for _, m := range s.By {
		persons = append(persons, m.By)
	}
	return persons
}

// chosen lists those about whom she herself declared something that counts.
func (s *Sheet) chosen() []string {
	var persons []string
	for _, d := range s.Declared {
		if d.State() == Settled {
			persons = append(persons, d.About)
		}
	}
	return persons
}

// find is a declaration on the sheet, or nil.
func (s *Sheet) find(declaration string) *Declaration {
	i := slices.IndexFunc(s.Declared, func(d Declaration) bool { return d.ID == declaration })
	if i < 0 {
		return nil
	}
	return &s.Declared[i]
}

// Names tells what people are called, in a view; who is not known any more is
// left out.
type Names func(ctx context.Context, v store.View, org string, persons []string) (map[string]seal.Clear, error)

// Conflicts are the use cases around declarations.
type Conflicts struct {
	store    *store.Store
	keys     *seal.Keys
	accounts *account.Accounts
	audit    audit.Log
	clock    clock.Clock
	names    Names
}

// New serves the declarations of a store.
func New(s *store.Store, keys *seal.Keys, accounts *account.Accounts, c clock.Clock) *Conflicts {
	return &Conflicts{store: s, keys: keys, accounts: accounts, audit: audit.Log{Clock: c}, clock: c}
}

// NamesBy sets who tells what people are called. It belongs to putting the house
// together, before anything is served.
func (c *Conflicts) NamesBy(names Names) { c.names = names }

func (c *Conflicts) today() calendar.Date { return calendar.Of(c.clock.Now()) }
