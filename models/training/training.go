// Package training holds what is taught, the intakes of each course, and who
// has a place in them or waits for one.
//
// An intake is the one document that says who is enrolled and who waits, in
// which order; nothing else decides about a seat. An enrolment is a person's
// own side of it, with what she needs in order to come, under her key. What
// belongs here: the catalogue, the window for applying, seats, the waiting
// line, and what a coordinator and a trainer see of them. What doesn't:
// figures, and anything about a person beyond her place.
package training

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Picture says which drawing stands beside a course.
type Picture string

// The pictures.
const (
	Sewing   Picture = "sewing"
	Phone    Picture = "phone"
	Food     Picture = "food"
	Computer Picture = "computer"
	Farming  Picture = "farming"
	Beauty   Picture = "beauty"
	Reading  Picture = "reading"
	Driving  Picture = "driving"
	Other    Picture = "other"
)

// Pictures lists them all.
var Pictures = []Picture{Sewing, Phone, Food, Computer, Farming, Beauty, Reading, Driving, Other}

// Course is something that is taught, again and again.
type Course struct {
	store.Meta `bson:",inline"`
	Name       organisation.Name `bson:"name"`
	About      organisation.Name `bson:"about"` // one or two plain sentences
	Picture    Picture           `bson:"picture"`
	Created    time.Time         `bson:"created"` // their order in the catalogue
}

// ClassTime is when a class meets each week, in Nepal time.
type ClassTime struct {
	Weekday int    `bson:"weekday" json:"weekday"` // 0 is Sunday
	From    string `bson:"from" json:"from"`       // "07:00"
	To      string `bson:"to" json:"to"`           // after From
}

// Place is a seat in an intake, or a place in the line for one.
type Place struct {
	Enrolment string `bson:"enrolment"`
	Person    string `bson:"person"`
}

// Intake is one run of a course. It owns the seats and the line; of both the
// first stands first. All days are inclusive.
type Intake struct {
	store.Meta `bson:",inline"`
	Course     string        `bson:"course"`
	Group      string        `bson:"group,omitempty"` // for its people and those below it; empty is for all
	Seats      int           `bson:"seats"`
	Opens      calendar.Date `bson:"opens"`
	Closes     calendar.Date `bson:"closes"`
	Begins     calendar.Date `bson:"begins"`
	Ends       calendar.Date `bson:"ends"`
	Times      []ClassTime   `bson:"times"`
	Trainer    string        `bson:"trainer,omitempty"` // person
	Cancelled  bool          `bson:"cancelled,omitempty"`
	Enrolled   []Place       `bson:"enrolled"`
	Waiting    []Place       `bson:"waiting"`
}

// Standing is where a person stands with an intake.
type Standing string

// The standings.
const (
	Enrolled  Standing = "enrolled"
	Waiting   Standing = "waiting"
	Withdrawn Standing = "withdrawn"
)

// Need is something that lets her come.
type Need string

// The needs.
const (
	Childcare Need = "childcare"
	Travel    Need = "travel"
	SafeRoute Need = "safe_route"
	Companion Need = "companion"
)

// Needs lists them in the order in which they are shown.
var Needs = []Need{Childcare, Travel, SafeRoute, Companion}

// Enrolment is one application of a person to an intake and what became of it.
type Enrolment struct {
	store.Meta `bson:",inline"`
	Person     string        `bson:"person"`
	Intake     string        `bson:"intake"`
	Course     string        `bson:"course"`
	Standing   Standing      `bson:"state"`
	Needs      seal.Sealed   `bson:"needs,omitempty"` // a JSON list of Need
	Note       seal.Sealed   `bson:"note,omitempty"`
	On         calendar.Date `bson:"on"`                 // she applied
	MovedUp    calendar.Date `bson:"moved_up,omitempty"` // a seat became free for her
	// Active holds her one place in the course; it is let go of when she
	// withdraws, and when she applies anew after the intake has finished.
	Active bool `bson:"active,omitempty"`
}

var (
	courses = store.Declare[Course]("courses", store.Index{Name: "created", Fields: []string{"created"}})
	intakes = store.Declare[Intake]("intakes",
		store.Index{Name: "ends", Fields: []string{"ends"}},
		store.Index{Name: "trainer", Fields: []string{"trainer", "ends"}},
	)
	enrolments = store.Declare[Enrolment]("enrolments",
		store.Index{Name: "place", Fields: []string{"person", "course", "active"}, Unique: true},
		store.Index{Name: "person", Fields: []string{"person", "on"}},
		store.Index{Name: "moved_up", Fields: []string{"moved_up"}},
		store.Index{Name: "intake", Fields: []string{"intake"}},
	)
)

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{courses.Spec(), intakes.Spec(), enrolments.Spec()} }

// Courses are the use cases around training.
type Courses struct {
	store   *store.Store
	keys    *seal.Keys
	orgs    *organisation.Organisations
	members *member.Members
	audit   audit.Log
	clock   clock.Clock
	queues  store.Queues
	got     []Told
	lost    []Told
}

// New serves the courses of a store.
func New(s *store.Store, keys *seal.Keys, orgs *organisation.Organisations, members *member.Members, c clock.Clock) *Courses {
	return &Courses{store: s, keys: keys, orgs: orgs, members: members, audit: orgs.Log(), clock: c}
}

// today is the day in Nepal.
func (c *Courses) today() calendar.Date { return calendar.Of(c.clock.Now()) }

// facts are what is known of an intake towards an actor. One for all groups
// lies with whoever looks after the root.
func facts(a access.Actor, tree *organisation.Tree, in *Intake) access.Facts {
	group := in.Group
	if group == "" {
		group = tree.Root().ID
	}
	return access.Facts{
		Org: a.Org, Group: a.Coordinates(group),
		Assigned: a.Person != "" && in.Trainer == a.Person,
	}
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (c *Courses) refuse(ctx context.Context, a access.Actor, act access.Action, subject string, err error) error {
	return c.audit.Refusal(ctx, c.store.Org(a.Org), a, act, subject, err)
}

// notFound makes what is absent look like what is refused.
func notFound(err error) error {
	absent := []error{store.ErrAbsent, consent.ErrNone, seal.ErrNoKey}
	if slices.ContainsFunc(absent, func(e error) bool { return errors.Is(err, e) }) {
		return access.Refused
	}
	return err
}

var (
	errNotOpen    = fault.New(fault.Conflict, "training.window_not_open")
	errClosed     = fault.New(fault.Conflict, "training.window_closed")
	errApplied    = fault.New(fault.Conflict, "training.already_applied")
	errOtherGroup = fault.New(fault.Conflict, "training.other_group")
	errCancelled  = fault.New(fault.Conflict, "training.cancelled")
	errFinished   = fault.New(fault.Conflict, "training.finished")
)
