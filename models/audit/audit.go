// Package audit records what was done and what was read, and makes what it
// recorded tamper-evident.
//
// An entry is written in the same transaction as the change it tells of, or
// before a sealed field of somebody else is handed out. It holds ids and field
// names, never a value. Entries are only added. A page of a list is one entry
// with the ids on it; her own reading of what is hers leaves none. A job seals
// what is new into blocks, each of which holds the hash of the one before, and
// copies them elsewhere.
//
// What belongs here: entries, blocks, copies, verifying, and counting how much
// somebody opens. What doesn't: who may read the trail (package trail).
package audit

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/store"
)

// Result is how it ended.
type Result string

// The results.
const (
	Done    Result = "done"    // something was changed
	Read    Result = "read"    // something sealed was opened
	Refused Result = "refused" // somebody asked for what she may not have
)

// Entry is one line of the trail. An anonymous act has no account and the day only.
type Entry struct {
	store.Meta `bson:",inline"`
	At         *time.Time    `bson:"at,omitempty"`
	Day        calendar.Date `bson:"day"`
	Account    string        `bson:"account,omitempty"`
	Roles      []access.Role `bson:"roles"`
	Action     access.Action `bson:"action"`
	Result     Result        `bson:"result"`
	Subjects   []string      `bson:"subjects,omitempty"`
	Fields     []string      `bson:"fields,omitempty"` // names of changed fields
}

// Entries is the trail of an organisation: by instant, by subject and by
// account. The days of all are the index that every collection has.
var Entries = store.Declare[Entry]("audit",
	store.Index{Name: "at", Fields: []string{"at"}},
	store.Index{Name: "subject", Fields: []string{"subjects", "day"}},
	store.Index{Name: "account", Fields: []string{"account", "day"}},
).Daily()

// Specs are the collections of this package.
func Specs() []*store.Spec {
	return []*store.Spec{Entries.Spec(), Blocks.Spec(), sums.Spec(), tallies.Spec(), Alerts.Spec()}
}

// Log writes entries at the instants of its clock, and looks how much each
// account opens. Without Bounds an organisation has the usual ones.
type Log struct {
	Clock  clock.Clock
	Bounds func(ctx context.Context, org string) (Bounds, error)
}

// Did records a change in the change's own transaction.
func (l Log) Did(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, subjects []string, fields ...string) error {
	return l.write(ctx, tx, a, act, Done, subjects, fields)
}

// Saw records that sealed fields of these persons are about to be handed out, in
// the transaction that looked whether they may be. Whoever opened very many
// within an hour gets a TooMany fault trail.too_many, and nothing is to be handed out.
func (l Log) Saw(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, subjects []string) error {
	if len(subjects) == 0 {
		return nil
	}
	if err := l.count(ctx, tx, a, act, subjects); err != nil {
		return err
	}
	return l.write(ctx, tx, a, act, Read, subjects, nil)
}

// WasRefused records that somebody asked for what she may not have. The id she
// asked for is noted as it is: it may be nobody's, and is empty for an operation
// that is not for her roles at all.
func (l Log) WasRefused(ctx context.Context, s *store.Space, a access.Actor, act access.Action, subject string) error {
	var subjects []string
	if subject != "" {
		subjects = []string{subject}
	}
	return s.Tx(ctx, func(tx *store.Tx) error {
		if err := l.countRefusal(ctx, tx, a); err != nil {
			return err
		}
		return l.write(ctx, tx, a, act, Refused, subjects, nil)
	})
}

// ErrNoted is joined to a refusal that stands in the trail.
var ErrNoted = errors.New("audit: it is in the trail")

// Noted tells whether a refusal was written into the trail already.
func Noted(err error) bool { return errors.Is(err, ErrNoted) }

// Refusal passes an error on; of access.Refused it first notes that it was, as
// WasRefused does, once.
func (l Log) Refusal(ctx context.Context, s *store.Space, a access.Actor, act access.Action, subject string, err error) error {
	if !errors.Is(err, access.Refused) || Noted(err) {
		return err
	}
	if failed := l.WasRefused(ctx, s, a, act, subject); failed != nil {
		return errors.Join(err, failed)
	}
	return errors.Join(err, ErrNoted)
}

func (l Log) write(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, result Result, subjects, fields []string) error {
	now := l.Clock.Now()
	e := &Entry{
		Meta: store.Meta{ID: id.New("aud")}, Day: calendar.Of(now), Account: a.Account,
		Roles: a.Roles, Action: act, Result: result, Subjects: subjects, Fields: fields,
	}
	if a.Account != "" || a.Has(access.Host) {
		e.At = &now
	}
	return Entries.Insert(ctx, tx, e)
}
