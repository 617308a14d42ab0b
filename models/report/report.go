// Package report makes the figures that an organisation gives to those who
// support it: counted over a quarter, made safe by disclose, drafted by one
// person, released by another, and copied into the supporting bodies' own spaces.
//
// A release is a snapshot: once drafted it never changes, and there is one for a
// quarter. What belongs here: what is counted and how, the two steps, and what a
// supporting body reads. What doesn't: which numbers may show (disclose), and
// any person. Nothing that is sealed is opened, and no id of a person is kept.
package report

import (
	"context"
	"time"

	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/store"
)

// State is where a release stands.
type State string

// The states of a release. Undrafted is one that is only looked at and not stored.
const (
	Undrafted State = "undrafted"
	Drafted   State = "drafted"
	Released  State = "released"
)

// Release is the figures of one quarter, in the organisation they are of.
type Release struct {
	store.Meta `bson:",inline"`
	Quarter    string        `bson:"quarter"`
	State      State         `bson:"state"`
	DraftedBy  string        `bson:"drafted_by"` // account
	DraftedOn  calendar.Date `bson:"drafted_on"`
	ReleasedBy string        `bson:"released_by,omitempty"` // account
	ReleasedOn calendar.Date `bson:"released_on"`
	To         []string      `bson:"to,omitempty"` // supporting bodies that stood there when it was let go
	Figures    Figures       `bson:"figures"`
}

// Named is a release with what its organisation is called.
type Named struct {
	*Release
	Name organisation.Name
}

// Result is the copy of a release in the space of a body that supports the
// organisation. It is all that this body holds of it.
type Result struct {
	store.Meta   `bson:",inline"`
	Organisation string            `bson:"organisation"` // whose figures they are
	Name         organisation.Name `bson:"name"`         // as it was called then
	Quarter      string            `bson:"quarter"`
	DraftedOn    calendar.Date     `bson:"drafted_on"`
	ReleasedOn   calendar.Date     `bson:"released_on"`
	Figures      Figures           `bson:"figures"`
}

var (
	releases = store.Declare[Release]("releases",
		store.Index{Name: "quarter", Fields: []string{"quarter"}, Unique: true},
	)
	results = store.Declare[Result]("results",
		store.Index{Name: "source", Fields: []string{"organisation", "quarter"}, Unique: true},
		store.Index{Name: "quarter", Fields: []string{"quarter", "organisation"}},
	)
)

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{releases.Spec(), results.Spec()} }

// Support tells of peer support. Each hands over every session that began at or
// after from and before until: ids of the member, the supporter and the member's
// group, and whether it was held.
type Support interface {
	Each(ctx context.Context, v store.View, from, until time.Time,
		fn func(member, supporter, group string, start time.Time, held bool) error) error
}

// Training tells of courses. EachFinished hands over every intake that ended on
// or after from and before until: the picture of its course and the ids of those
// who finished.
type Training interface {
	EachFinished(ctx context.Context, v store.View, from, until calendar.Date,
		fn func(picture string, persons []string) error) error
}

// Grievances tells of grievances. EachSent hands over every one sent on or after
// from and before until: whether its category is a sensitive one, whether it was
// acknowledged and decided in time, and whether the times for that have come.
type Grievances interface {
	EachSent(ctx context.Context, v store.View, from, until calendar.Date,
		fn func(sensitive, acknowledgedInTime, decidedInTime, due bool) error) error
}

// People tells who of the members is counted nowhere, since only those who protect
// may know of her.
type People interface {
	UnlistedYoung(ctx context.Context, org string) (map[string]bool, error)
}

// Sources are the nouns whose figures are counted, beside the members.
type Sources struct {
	People     People
	Support    Support
	Training   Training
	Grievances Grievances
}

// Reports are the use cases around figures.
type Reports struct {
	store   *store.Store
	orgs    *organisation.Organisations
	sources Sources
	audit   audit.Log
	clock   clock.Clock
}

// New serves the releases of a store.
func New(s *store.Store, orgs *organisation.Organisations, sources Sources, c clock.Clock) *Reports {
	return &Reports{store: s, orgs: orgs, sources: sources, audit: orgs.Log(), clock: c}
}

// today is the day in Nepal.
func (r *Reports) today() calendar.Date { return calendar.Of(r.clock.Now()) }
