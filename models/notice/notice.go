// Package notice tells people that something has changed, in fixed sentences
// that say nothing else: inside the application always, by SMS to who asked for
// it, by e-mail to who works here and asked for it.
//
// What belongs here: who may be sent what and when, what waits to be sent, and
// what became of it. What doesn't: the sentences (package sentence), the
// companies that carry them (gateway, mail), and what happened, which is told to
// this package by functions that it hands out. Nothing can be said to somebody
// who speaks up without a name: a recipient is an open account, and a grievance
// knows of none.
package notice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/notice/gateway"
	"chautari/models/notice/sentence"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Channel is a way by which something is said.
type Channel string

// The channels.
const (
	App  Channel = "app"
	SMS  Channel = "sms"
	Mail Channel = "mail"
)

// State is where a message stands.
type State string

// The states of a message. One that is being handed over never waits again
// unless it surely did not go out.
const (
	Waiting State = "waiting"
	Sending State = "sending" // being handed over at this moment
	Sent    State = "sent"    // taken for delivery
	Unclear State = "unclear" // handed over, and it is not known whether it went out
	Failed  State = "failed"  // not taken
	Dropped State = "dropped" // it may not be sent, or not any more
	Shown   State = "shown"   // in the application, until she has seen it
	Seen    State = "seen"
)

// Message is one sentence for one person by one channel. Its text is nowhere:
// the sentence is a key, the number a keyed hash.
type Message struct {
	store.Meta `bson:",inline"`
	Person     string        `bson:"person"`
	Sentence   sentence.Key  `bson:"sentence"`
	Channel    Channel       `bson:"channel"`
	State      State         `bson:"state"`
	NotBefore  time.Time     `bson:"not_before"`
	Until      time.Time     `bson:"until"` // worth nothing from then on
	Tries      int           `bson:"tries,omitempty"`
	To         string        `bson:"to,omitempty"` // keyed hash of number or address
	Day        calendar.Date `bson:"day"`          // it was made
	Over       calendar.Date `bson:"over,omitempty"`
}

// Choice is what somebody chose about being sent messages. Its id is hers.
type Choice struct {
	store.Meta `bson:",inline"`
	SMS        Line        `bson:"sms,omitempty"`
	Mail       Line        `bson:"mail,omitempty"`
	Codes      []time.Time `bson:"codes,omitempty"` // when digits were asked for, in the last day
}

// Line is one number or address of hers.
type Line struct {
	To        seal.Sealed   `bson:"to,omitempty"`
	Hash      string        `bson:"hash,omitempty"` // keyed hash of it
	Hours     *Hours        `bson:"hours,omitempty"`
	Checked   bool          `bson:"checked,omitempty"`
	Asked     calendar.Date `bson:"asked,omitempty"` // she said yes
	Code      seal.Sealed   `bson:"code,omitempty"`  // the digits that show that she has it at hand
	CodeUntil time.Time     `bson:"code_until,omitempty"`
	Wrong     int           `bson:"wrong,omitempty"` // digits typed that were others
	Next      time.Time     `bson:"next,omitempty"`  // e-mail: nothing is looked for before
}

// held tells whether there is a number or address at all.
func (l Line) held() bool { return !l.To.Empty() }

var (
	// Messages are of the running server and in no backup: one that was sent since
	// must not be sent again by what is restored.
	messages = store.Declare[Message]("messages",
		store.Index{Name: "due", Fields: []string{"state", "not_before"}},
		store.Index{Name: "person", Fields: []string{"person", "day"}},
		store.Index{Name: "to", Fields: []string{"to", "not_before"}},
		store.Index{Name: "over", Fields: []string{"over"}},
	).Passing()
	choices = store.Declare[Choice]("message_choices",
		store.Index{Name: "sms_asked", Fields: []string{"sms.asked"}},
		store.Index{Name: "sms_code", Fields: []string{"sms.code_until"}},
		store.Index{Name: "mail_code", Fields: []string{"mail.code_until"}},
		store.Index{Name: "mail_next", Fields: []string{"mail.next"}},
	)
)

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{messages.Spec(), choices.Spec()} }

// Numbers that an organisation may choose.
var (
	// askAgain is after how long she is asked again whether messages shall come.
	askAgain = organisation.Declare(organisation.Number{Key: "messagesAskAgain", Unit: organisation.Months, Usual: 6, Least: 1, Most: 6})
	// recordsKept is how long it is kept that something was sent.
	recordsKept = organisation.Declare(organisation.Number{Key: "deliveryDays", Unit: organisation.Days, Usual: 7, Least: 2, Most: 14})
)

// Postman carries sentences to addresses.
type Postman interface {
	Send(ctx context.Context, to string, text sentence.Text) gateway.Answer
}

// Outside is what carries sentences out of the server. Where one is nil nothing
// leaves by that way: it is a dry run.
type Outside struct {
	SMS  gateway.Gateway
	Mail Postman
	// Told is told how each handing over ended, for metrics and the log.
	Told func(c Channel, a gateway.Answer)
}

// Notices are the use cases.
type Notices struct {
	store    *store.Store
	keys     *seal.Keys
	orgs     *organisation.Organisations
	accounts *account.Accounts
	members  *member.Members
	audit    audit.Log
	clock    clock.Clock
	hashes   seal.Hashes
	outside  Outside
	looks    Looks
	meetings Meetings
}

// New serves the notices of a store.
func New(s *store.Store, keys *seal.Keys, orgs *organisation.Organisations, accounts *account.Accounts, members *member.Members, out Outside, c clock.Clock) *Notices {
	if out.Told == nil {
		out.Told = func(Channel, gateway.Answer) {}
	}
	return &Notices{
		store: s, keys: keys, orgs: orgs, accounts: accounts, members: members, audit: orgs.Log(), clock: c,
		hashes: keys.Hashes("number or address of messages"), outside: out,
		looks: func(context.Context, access.Actor) (bool, error) { return false, nil },
	}
}

// carries tells whether there is somebody to carry sentences by a channel.
func (n *Notices) carries(c Channel) bool {
	return c == SMS && n.outside.SMS != nil || c == Mail && n.outside.Mail != nil
}

func (n *Notices) today() calendar.Date { return calendar.Of(n.clock.Now()) }

// sealedAs names the document and field to which a number or address is bound.
func sealedAs(person string, c Channel) (doc, field string) { return "messages/" + person, string(c) }

// codeAs names those of the digits.
func codeAs(person string, c Channel) (doc, field string) {
	return "messages/" + person, string(c) + "_code"
}

// named is the id of a message: the same thing that happened is told to the same
// person by the same way once. It is a hash, since what happened has an id of its own.
func named(c Channel, k sentence.Key, person, ref string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(c), string(k), person, ref}, "\x00")))
	return "msg_" + hex.EncodeToString(sum[:16])
}

// choiceOf reads what somebody chose; somebody who never did has an empty one.
func choiceOf(ctx context.Context, v store.View, person string) (*Choice, error) {
	c, err := choices.Get(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		return &Choice{Meta: store.Meta{ID: person}}, nil
	}
	return c, err
}

// keep stores a choice; one who began it meanwhile is a conflict.
func keep(ctx context.Context, tx *store.Tx, c *Choice) error {
	if c.Version > 0 {
		return choices.Replace(ctx, tx, c)
	}
	err := choices.Insert(ctx, tx, c)
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}

// notFound makes what is absent look like what is refused.
func notFound(err error) error {
	absent := []error{store.ErrAbsent, consent.ErrNone, seal.ErrNoKey}
	if slices.ContainsFunc(absent, func(e error) bool { return errors.Is(err, e) }) {
		return access.Refused
	}
	return err
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (n *Notices) refuse(ctx context.Context, a access.Actor, act access.Action, err error) error {
	return n.audit.Refusal(ctx, n.store.Org(a.Org), a, act, a.Person, err)
}

// The faults of this noun.
var (
	errNotHere = fault.New(fault.Conflict, "notice.not_here")       // nothing leaves by that way
	errOften   = fault.New(fault.TooMany, "notice.codes_too_often") // too many digits asked for in a day
	errCode    = fault.Of("request.invalid", fault.At("code", "notice.code_wrong"))
)
