package audit

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/id"
	"chautari/models/store"
)

// AlertKind is why somebody should look.
type AlertKind string

// The kinds.
const (
	ManyOpenings AlertKind = "many_openings" // an account opened very many records
	ManyRefusals AlertKind = "many_refusals" // an account asked very often for what isn't hers
	Guesses      AlertKind = "guesses"       // somebody tried very many passphrases of an account
	LetBackIn    AlertKind = "let_back_in"   // two people let somebody in again who had lost her words
	ChainBroken  AlertKind = "chain_broken"  // the copy knows another trail than the store
	Forged       AlertKind = "forged"        // something that gives rights was written by something else than the server
)

// Alert is one thing of a day that somebody should look at, about an account.
type Alert struct {
	store.Meta `bson:",inline"`
	Kind       AlertKind     `bson:"kind"`
	Day        calendar.Date `bson:"day"`
	Account    string        `bson:"account"` // empty where it is about nobody
	Person     string        `bson:"person,omitempty"`
	Roles      []access.Role `bson:"roles"`
	Count      int           `bson:"count"`   // the most within an hour, or how often
	SeenBy     []string      `bson:"seen_by"` // accounts
}

// Alerts are those of an organisation, by day; one of each kind for an account and day.
var Alerts = store.Declare[Alert]("alerts",
	store.Index{Name: "day", Fields: []string{"day"}},
	store.Index{Name: "one", Fields: []string{"kind", "account", "day"}, Unique: true},
).Daily()

// Alert tells that somebody should look at an account. What was told of it today
// already gets the higher count, and is to be looked at anew. The actor is whom
// it is about; her account, person and roles are noted.
func (l Log) Alert(ctx context.Context, tx *store.Tx, kind AlertKind, about access.Actor, count int) error {
	today := calendar.Of(l.Clock.Now())
	found, err := Alerts.First(ctx, tx, store.Query{Index: "one", Equal: []any{string(kind), about.Account, today.String()}})
	switch {
	case errors.Is(err, store.ErrAbsent):
		err = Alerts.Insert(ctx, tx, &Alert{
			Meta: store.Meta{ID: id.New("alt")}, Kind: kind, Day: today, Account: about.Account,
			Person: about.Person, Roles: about.Roles, Count: count, SeenBy: []string{},
		})
		if store.IsDuplicate(err, "one") {
			return store.ErrConflict
		}
		return err
	case err != nil:
		return err
	case found.Count >= count && len(found.SeenBy) == 0:
		return nil
	}
	found.Count, found.SeenBy = max(found.Count, count), []string{}
	return Alerts.Replace(ctx, tx, found)
}

// recount raises the number of what was told of today, and leaves who has seen it.
func (l Log) recount(ctx context.Context, tx *store.Tx, kind AlertKind, about access.Actor, count int) error {
	today := calendar.Of(l.Clock.Now())
	found, err := Alerts.First(ctx, tx, store.Query{Index: "one", Equal: []any{string(kind), about.Account, today.String()}})
	switch {
	case errors.Is(err, store.ErrAbsent): // another day began meanwhile
		return l.Alert(ctx, tx, kind, about, count)
	case err != nil || found.Count >= count:
		return err
	}
	found.Count = count
	return Alerts.Replace(ctx, tx, found)
}

// ForgetAlerts removes at most limit of those that are more than a year old.
func ForgetAlerts(ctx context.Context, tx *store.Tx, now time.Time, limit int) (int, error) {
	return Alerts.DeleteRange(ctx, tx, store.Query{Index: "day", Until: calendar.Of(now).AddDays(-365).String()}, limit)
}
