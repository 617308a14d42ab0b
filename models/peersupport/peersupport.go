// Package peersupport holds what members and peer supporters arrange with each
// other: a supporter's weekly hours, the open slots that follow from them, and
// the meetings that are booked and cancelled.
//
// That two people meet, and when, stands here; what they talk about does not,
// nor any reason for booking or cancelling. Names stay with member, and the yes
// to showing them with consent.
package peersupport

import (
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

// State is where a meeting stands.
type State string

// The states of a meeting.
const (
	Booked    State = "booked"
	Cancelled State = "cancelled"
)

// Side is which of the two somebody is in a meeting.
type Side string

// The sides.
const (
	AsMember    Side = "member"
	AsSupporter Side = "supporter"
)

// Session is one meeting of a member with a supporter. It is never removed by
// being cancelled.
type Session struct {
	store.Meta  `bson:",inline"`
	People      []string  `bson:"people"` // the member, then the supporter
	Group       string    `bson:"group"`  // the member's, when it was booked
	Start       time.Time `bson:"start"`
	End         time.Time `bson:"end"`
	State       State     `bson:"state"`
	CancelledBy Side      `bson:"cancelled_by,omitempty"`
}

// Member is the one who booked.
func (s *Session) Member() string { return s.People[0] }

// Supporter is whom she meets.
func (s *Session) Supporter() string { return s.People[1] }

// side tells which of the two somebody is; ok is false for anybody else.
func (s *Session) side(person string) (side Side, other string, ok bool) {
	switch person {
	case "":
		return "", "", false
	case s.Member():
		return AsMember, s.Supporter(), true
	case s.Supporter():
		return AsSupporter, s.Member(), true
	}
	return "", "", false
}

var (
	hours    = store.Declare[Hours]("support_hours")
	diaries  = store.Declare[Diary]("support_diaries")
	sessions = store.Declare[Session]("support_sessions",
		store.Index{Name: "person", Fields: []string{"people", "start"}},
		store.Index{Name: "group", Fields: []string{"group", "start"}},
		store.Index{Name: "start", Fields: []string{"start"}},
	)
)

// Specs are the collections of this package.
func Specs() []*store.Spec {
	return []*store.Spec{hours.Spec(), diaries.Spec(), sessions.Spec()}
}

// Support is the use cases around meetings.
type Support struct {
	store   *store.Store
	orgs    *organisation.Organisations
	members *member.Members
	audit   audit.Log
	clock   clock.Clock
	lines   store.Queues // of diaries
	kept    kept
	off     []CalledOff
}

// New serves the meetings of a store.
func New(s *store.Store, orgs *organisation.Organisations, members *member.Members, c clock.Clock) *Support {
	return &Support{
		store: s, orgs: orgs, members: members, audit: orgs.Log(), clock: c,
		kept: kept{lists: map[string]*supporters{}, diaries: map[string]map[string]*Diary{}},
	}
}

// today is the day in Nepal.
func (s *Support) today() calendar.Date { return calendar.Of(s.clock.Now()) }

// The faults of this noun that carry no field.
var (
	errSlotTaken  = fault.New(fault.Conflict, "support.slot_taken")
	errWeekFull   = fault.New(fault.Conflict, "support.week_full")
	errOwnOverlap = fault.New(fault.Conflict, "support.own_overlap")
	errOwnLimit   = fault.New(fault.Conflict, "support.own_limit")
	errOver       = fault.New(fault.Conflict, "support.session_over")
	errYoung      = fault.New(fault.Conflict, "support.too_young")

	errNoSlot = fault.Of("request.invalid", fault.At("start", "support.no_such_slot"))
)

// notFound makes what is absent look like what is refused.
func notFound(err error) error {
	absent := []error{store.ErrAbsent, consent.ErrNone, seal.ErrNoKey}
	if slices.ContainsFunc(absent, func(e error) bool { return errors.Is(err, e) }) {
		return access.Refused
	}
	return err
}

// only refuses a yes to anything but what is asked here.
func only(p consent.Purpose, given []consent.Given) []fault.Field {
	faults := consent.Check(given)
	for i, g := range given {
		if g.Purpose != p && len(faults) == 0 {
			faults = append(faults, fault.At(at("consents", i), "consent.text_unknown"))
		}
	}
	return faults
}
