package organisation

import (
	"context"
	"time"

	"chautari/models/access"
	"chautari/models/id"
	"chautari/models/store"
)

// written is one line of the history of an organisation's settings: which role
// changed what from what to what. Who it was stands in the trail.
type written struct {
	store.Meta `bson:",inline"`
	Role       access.Role `bson:"role"`
	Field      string      `bson:"field"`
	From       string      `bson:"from"`
	To         string      `bson:"to"`
}

var history = store.Declare[written]("settings_history")

// move is one change under way; From is empty for what is new, To for what goes.
type move struct{ Field, From, To string }

// Moved is a line of the history as it is shown.
type Moved struct {
	At       time.Time
	Role     access.Role
	Field    string // as "name", "helplines", "limits.memberIdle"
	From, To string
}

// note writes changes into the history and the trail, in their own transaction.
func (o *Organisations) note(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, subject string, moves ...move) error {
	fields := make([]string, len(moves))
	for i, m := range moves {
		fields[i] = m.Field
		line := &written{Meta: store.Meta{ID: id.New("chg")}, Role: access.Administrator, Field: m.Field, From: m.From, To: m.To}
		if err := history.Insert(ctx, tx, line); err != nil {
			return err
		}
	}
	return o.audit.Did(ctx, tx, a, act, []string{subject}, fields...)
}

// History is what was changed in the settings, the latest first.
func (o *Organisations) History(ctx context.Context, a access.Actor, limit int, after store.Cursor) ([]Moved, store.Cursor, error) {
	if err := access.Decide(a, access.ReadSettings, access.Facts{Org: a.Org}); err != nil {
		return nil, "", o.refuse(ctx, a, access.ReadSettings, "", err)
	}
	docs, next, err := history.Find(ctx, o.store.Org(a.Org), store.Query{Index: store.ChangedIndex, Down: true, Limit: limit, After: after})
	if err != nil {
		return nil, "", err
	}
	lines := make([]Moved, len(docs))
	for i, d := range docs {
		lines[i] = Moved{At: d.Changed, Role: d.Role, Field: d.Field, From: d.From, To: d.To}
	}
	return lines, next, nil
}
