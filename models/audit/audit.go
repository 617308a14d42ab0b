// Package audit records what was done and what was read.
//
// An entry is written in the same transaction as the change it tells of, or
// before a sealed field of somebody else is handed out. It holds ids and field
// names, never a value. Entries are only added. A page of a list is one entry
// with the ids on it; her own reading of what is hers leaves none.
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

// Entries is the trail of an organisation: by day, by subject and by account.
var Entries = store.Declare[Entry]("audit",
	store.Index{Name: "day", Fields: []string{"day"}},
	store.Index{Name: "subject", Fields: []string{"subjects", "day"}},
	store.Index{Name: "account", Fields: []string{"account", "day"}},
).Daily()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{Entries.Spec()} }

// Log writes entries at the instants of its clock.
type Log struct{ Clock clock.Clock }

// Did records a change in the change's own transaction.
func (l Log) Did(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, subjects []string, fields ...string) error {
	return l.write(ctx, tx, a, act, Done, subjects, fields)
}

// Saw records that sealed fields of these persons are about to be handed out, in
// the transaction that looked whether they may be.
func (l Log) Saw(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, subjects []string) error {
	if len(subjects) == 0 {
		return nil
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
	return s.Tx(ctx, func(tx *store.Tx) error { return l.write(ctx, tx, a, act, Refused, subjects, nil) })
}

// Refusal passes an error on; of access.Refused it first notes that it was, as
// WasRefused does.
func (l Log) Refusal(ctx context.Context, s *store.Space, a access.Actor, act access.Action, subject string, err error) error {
	if !errors.Is(err, access.Refused) {
		return err
	}
	return errors.Join(err, l.WasRefused(ctx, s, a, act, subject))
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
