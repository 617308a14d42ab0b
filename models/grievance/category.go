package grievance

import (
	"slices"

	"chautari/models/access"
)

// Category is what a grievance is about, in the sender's own choice.
type Category string

// The categories, in the order in which they are offered.
const (
	Danger         Category = "danger"
	Harm           Category = "harm" // sexual exploitation, abuse, harassment, of a child too
	Retaliation    Category = "retaliation"
	Privacy        Category = "privacy"
	Money          Category = "money"
	Discrimination Category = "discrimination"
	Service        Category = "service"
	Idea           Category = "idea"
)

// Categories lists them all.
var Categories = []Category{Danger, Harm, Retaliation, Privacy, Money, Discrimination, Service, Idea}

// rule is how a category is treated: its time limits in days, and the roles
// through which it goes, first reader first.
type rule struct {
	acknowledge int
	decide      int // 0: nothing is to be decided
	working     bool
	outcome     int
	order       []access.Role
}

var (
	safeguarding = []access.Role{access.FocalPoint, access.Deputy, access.Board}
	accounting   = []access.Role{access.Board, access.FocalPoint, access.Deputy}
	everyday     = []access.Role{access.Coordinator, access.FocalPoint, access.Deputy, access.Board}
)

// rules has the time limits of the sector: the European directive on
// whistleblowers (7 days, 3 months) and the safeguarding guides (24 and 72
// hours) as far as they go. Hours become the end of a Nepali day.
var rules = map[Category]rule{
	Danger:         {acknowledge: 1, decide: 1, outcome: 30, order: safeguarding},
	Harm:           {acknowledge: 1, decide: 3, outcome: 30, order: safeguarding},
	Retaliation:    {acknowledge: 1, decide: 3, outcome: 30, order: safeguarding},
	Privacy:        {acknowledge: 1, decide: 3, outcome: 30, order: safeguarding},
	Money:          {acknowledge: 3, decide: 7, outcome: 90, order: accounting},
	Discrimination: {acknowledge: 3, decide: 7, outcome: 30, order: safeguarding},
	Service:        {acknowledge: 7, decide: 10, working: true, outcome: 30, order: everyday},
	Idea:           {acknowledge: 7, outcome: 30, order: everyday},
}

// known tells whether it is one of the categories.
func (c Category) known() bool { return slices.Contains(Categories, c) }

// Sensitive tells that a coordinator never reads it.
func (c Category) Sensitive() bool { return !slices.Contains(rules[c].order, access.Coordinator) }

// act is the right that handling it takes.
func (c Category) act() access.Action {
	if c.Sensitive() {
		return access.HandleSensitive
	}
	return access.HandleOrdinary
}

// Everyday tells that it may be closed after an answer, without a decision.
func (c Category) Everyday() bool { return !c.Sensitive() }
