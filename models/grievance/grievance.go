// Package grievance is how anybody speaks up, and how it is answered.
//
// A grievance comes without an account, phone or name, and whoever sent it
// comes back with a receipt. It goes to one reader at a time, never to somebody
// who is named in it, and climbs when time runs out. What belongs here: the
// form, the receipt, who reads what, the time limits, the moves from received
// to closed, and the thread between sender and readers. What doesn't: figures
// for reports, and anything that could tell who sent it: no account, session,
// address, language or instant is kept, days only.
package grievance

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// State is where a grievance stands.
type State string

// The states, in their order.
const (
	Received State = "received"
	Reading  State = "reading" // a reader has answered
	Decided  State = "decided"
	Closed   State = "closed"
)

// Wishes tells how far the end is what the sender wished for.
type Wishes string

// The answers; NotGiven where she said nothing of it.
const (
	Met       Wishes = "met"
	PartlyMet Wishes = "partly"
	NotMet    Wishes = "not_met"
	NotGiven  Wishes = "not_given"
)

// By tells what sort of entry a line of the thread is.
type By string

// The sorts. Only what sender and reader wrote is ever shown to the sender.
const (
	BySender By = "sender"
	ByReader By = "reader"
	ByNote   By = "note" // among readers
	ByMove   By = "move" // it went on to another reader
)

// Entry is one line of the thread. Entries are added; only the sender can have
// the readers' words removed.
type Entry struct {
	ID       string        `bson:"id"`
	By       By            `bson:"by"`
	Day      calendar.Date `bson:"day"`
	Text     seal.Sealed   `bson:"text,omitempty"`
	Decision bool          `bson:"decision,omitempty"`
	Person   string        `bson:"person,omitempty"` // the reader who wrote, or to whom it went
}

// Grievance is what somebody sent and what became of it. It is its own one
// document, so that its state, its reader and its thread never disagree.
type Grievance struct {
	store.Meta    `bson:",inline"`
	Receipt       string        `bson:"receipt"` // slow keyed hash
	Digest        string        `bson:"digest"`  // of what was sent, keyed by the form's secret
	Category      Category      `bson:"category"`
	State         State         `bson:"state"`
	Sent          calendar.Date `bson:"sent"`
	AcknowledgeBy calendar.Date `bson:"acknowledge_by"`
	DecideBy      calendar.Date `bson:"decide_by,omitempty"` // none for an idea
	OutcomeBy     calendar.Date `bson:"outcome_by"`
	Acknowledged  calendar.Date `bson:"acknowledged,omitempty"`
	Decided       calendar.Date `bson:"decided,omitempty"`
	Closed        calendar.Date `bson:"closed,omitempty"`
	Due           calendar.Date `bson:"due"` // of the next step; behind all others when it is closed
	Climbed       calendar.Date `bson:"climbed,omitempty"`

	Handler   string   `bson:"handler"`         // the person whose turn it is
	Was       []string `bson:"was,omitempty"`   // those whose turn it was
	Apart     []string `bson:"apart,omitempty"` // those who are named, or said that they are too close
	Named     []string `bson:"named,omitempty"` // those who are named: who is too close to one of them never reads it
	Described bool     `bson:"described,omitempty"`
	Held      bool     `bson:"held,omitempty"` // one of very many from one network
	Linked    string   `bson:"linked,omitempty"`

	Text    seal.Sealed `bson:"text"`
	Name    seal.Sealed `bson:"name,omitempty"`
	Outcome seal.Sealed `bson:"outcome,omitempty"`
	Wishes  Wishes      `bson:"wishes,omitempty"`
	Entries []Entry     `bson:"entries,omitempty"`
}

var grievances = store.Declare[Grievance]("grievances",
	store.Index{Name: "receipt", Fields: []string{"receipt"}, Unique: true},
	store.Index{Name: "handler", Fields: []string{"handler", "due"}},
	store.Index{Name: "due", Fields: []string{"due"}},
	store.Index{Name: "sent", Fields: []string{"sent"}},
	store.Index{Name: "linked", Fields: []string{"linked"}},
).Daily().Guarded()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{grievances.Spec()} }

// Unread tells that the newest words are the sender's.
func (g *Grievance) Unread() bool {
	for _, e := range slices.Backward(g.Entries) {
		if e.By == BySender || e.By == ByReader {
			return e.By == BySender
		}
	}
	return true
}

// Anonymous tells that the sender gave no name.
func (g *Grievance) Anonymous() bool { return g.Name.Empty() }

// Grievances are the use cases around what people send.
type Grievances struct {
	store    *store.Store
	keys     *seal.Keys
	orgs     *organisation.Organisations
	accounts *account.Accounts
	members  *member.Members
	audit    audit.Log
	clock    clock.Clock
	forms    forms
	receipts receipts
}

// New serves the grievances of a store.
func New(s *store.Store, keys *seal.Keys, master *seal.Master, orgs *organisation.Organisations, accounts *account.Accounts, members *member.Members, c clock.Clock) *Grievances {
	return &Grievances{
		store: s, keys: keys, orgs: orgs, accounts: accounts, members: members,
		audit: orgs.Log(), clock: c, forms: newForms(master, keys), receipts: newReceipts(keys),
	}
}

func (g *Grievances) today() calendar.Date { return calendar.Of(g.clock.Now()) }

// Today is the day in Nepal from which what is left of a time limit is counted.
func (g *Grievances) Today() calendar.Date { return g.today() }

// facts are what the decider is told about a grievance and a reader. It lies in
// her hands while she is what a reader of it must be: a coordinator, over the root.
func facts(a access.Actor, root string, doc *Grievance, t *ties) access.Facts {
	known := a.Person != ""
	roles := slices.DeleteFunc(slices.Clone(a.Roles), func(r access.Role) bool {
		return r == access.Coordinator && !a.Coordinates(root)
	})
	reads := len(route([]candidate{{a.Person, roles}}, matter{category: doc.Category, described: doc.Described})) > 0
	return access.Facts{
		Org: a.Org, Assigned: known && reads && doc.Handler == a.Person,
		Apart: known && !slices.Contains(doc.Apart, a.Person) && !t.close(a.Person, doc.Named),
	}
}

// EachSent hands over what was sent from one day until before another, for
// those who count. Nothing is opened.
func EachSent(ctx context.Context, v store.View, from, until calendar.Date, fn func(*Grievance) error) error {
	return grievances.Each(ctx, v, store.Query{Index: "sent", From: from.String(), Until: until.String()}, fn)
}
