// Package approval holds what nobody may do alone: somebody asks, somebody else
// decides, and neither is the one it is about. Roles are given and taken so,
// closed accounts opened again, closed records opened in an emergency, files of
// people handed out, and whoever lost her words let in again.
//
// What belongs here: asking, deciding, and what an approval allows while it
// lasts. What doesn't: what a role may do (access), what an account is (account),
// and what is known of a person (member).
package approval

import (
	"context"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// State is where a request stands. All but Waiting are ends.
type State string

// The states.
const (
	Waiting   State = "waiting"
	Approved  State = "approved"
	Refused   State = "refused"
	Withdrawn State = "withdrawn" // by who asked
	Over      State = "over"      // nobody decided in time
)

// Decided are the states that a request ends in.
var Decided = []State{Approved, Refused, Withdrawn, Over}

// Request is one question to a second person.
//
// Its reason lies sealed under the key of the person it is about, so that it is
// erased with her; a file of people is about nobody alone, and its reason lies
// under the key of who asked.
type Request struct {
	store.Meta `bson:",inline"`
	Kind       Kind        `bson:"kind"`
	State      State       `bson:"state"`
	Open       bool        `bson:"open"` // it is Waiting
	Same       string      `bson:"same"` // equal for two that would ask the same while they wait
	AskedBy    string      `bson:"asked_by"`
	Asker      string      `bson:"asker"` // the person behind AskedBy
	AskedAs    access.Role `bson:"asked_as"`
	Asked      time.Time   `bson:"asked"`
	Lapses     time.Time   `bson:"lapses"`
	KeepUntil  time.Time   `bson:"keep_until"`
	Reason     seal.Sealed `bson:"reason"`
	Account    string      `bson:"account,omitempty"` // whom it is about; empty for a file of people
	Person     string      `bson:"person,omitempty"`  // the person behind Account
	What       What        `bson:"what"`
	DecidedBy  string      `bson:"decided_by,omitempty"`
	Decided    *time.Time  `bson:"decided,omitempty"`
	Ends       *time.Time  `bson:"ends,omitempty"` // of what was opened for a time
	Losses     int64       `bson:"losses"`         // of who asked, when it was granted
	Lost       int64       `bson:"lost,omitempty"` // of who decided on a recovery, when she did
}

// What is asked for; each part is there for the kinds that have it.
type What struct {
	Role  access.Role `bson:"role,omitempty"`
	Give  bool        `bson:"give,omitempty"`  // the role is given, else taken
	Group string      `bson:"group,omitempty"` // of a coordinator, or of a file of people
	Hours int         `bson:"hours,omitempty"` // of an emergency
	Count int         `bson:"count,omitempty"` // active members of the group when it was asked
}

const (
	lapseDays  = 14
	keepMonths = 12
	fileHours  = 24
)

var requests = store.Declare[Request]("requests",
	store.Index{Name: "open", Fields: []string{"open", "lapses"}},
	store.Index{Name: "same", Fields: []string{"same"}, Unique: true},
	store.Index{Name: "keep_until", Fields: []string{"keep_until"}},
).Guarded()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{requests.Spec()} }

// Requests are the use cases around what takes two people.
type Requests struct {
	store    *store.Store
	keys     *seal.Keys
	orgs     *organisation.Organisations
	accounts *account.Accounts
	members  *member.Members
	audit    audit.Log
	places   seal.Box
	clock    clock.Clock
}

// New serves the requests of a store.
func New(s *store.Store, keys *seal.Keys, orgs *organisation.Organisations, accounts *account.Accounts, members *member.Members, c clock.Clock) *Requests {
	return &Requests{
		store: s, keys: keys, orgs: orgs, accounts: accounts, members: members, audit: orgs.Log(),
		places: keys.Box("place in the requests"), clock: c,
	}
}

// ErrOver: it was decided, taken back or used, or has lapsed.
var ErrOver = fault.New(fault.Conflict, "approval.over")

// waits tells whether it can still be decided on.
func (r *Request) waits(now time.Time) bool { return r.State == Waiting && now.Before(r.Lapses) }

// granted tells whether what it opened for a time is open.
func (r *Request) granted(now time.Time) bool {
	return r.State == Approved && r.Ends != nil && now.Before(*r.Ends)
}

// enter ends the waiting.
func (r *Request) enter(s State, by string, now time.Time) {
	r.State, r.Open, r.Same, r.DecidedBy, r.Decided = s, false, r.ID, by, &now
}

// subjects are whom an entry in the trail is about.
func (r *Request) subjects() []string {
	if r.Person == "" {
		return []string{r.ID}
	}
	return []string{r.ID, r.Person}
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (q *Requests) refuse(ctx context.Context, a access.Actor, act access.Action, request string, err error) error {
	return q.audit.Refusal(ctx, q.store.Org(a.Org), a, act, request, err)
}
