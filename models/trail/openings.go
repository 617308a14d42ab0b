package trail

import (
	"context"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/store"
)

// Opening is one time when somebody saw what is hers: in which role, on which
// day. Among few people an hour would name the person.
type Opening struct {
	Role      access.Role
	Day       calendar.Date
	Action    access.Action
	Emergency bool
}

// emergencyHidden is how long an opening in an emergency isn't shown, so that
// whoever is the reason for it, and may hold her phone, doesn't see help coming.
const emergencyHidden = 24 * time.Hour

// Openings shows her who opened what is hers, the latest first.
func (t *Trails) Openings(ctx context.Context, a access.Actor, limit int, after store.Cursor) ([]Opening, store.Cursor, error) {
	if err := access.Decide(a, access.SeeOpenings, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, "", t.refuse(ctx, a, access.SeeOpenings, "", err)
	}
	after, err := t.opened(a, "openings", after)
	if err != nil {
		return nil, "", err
	}
	now := t.clock.Now()
	keep := func(e *audit.Entry) (bool, error) {
		hidden := e.Action == access.UseEmergency && (e.At == nil || now.Sub(*e.At) < emergencyHidden)
		return e.TellsHer(a.Account) && !hidden, nil
	}
	place := func(e *audit.Entry) (store.Cursor, error) {
		return store.NewCursor("subject", []any{a.Person, e.Day.String()}, e.ID)
	}
	q := store.Query{Index: "subject", Equal: []any{a.Person}, Down: true, After: after}
	entries, next, err := shown(ctx, t.store.Org(a.Org), q, limit, audit.Entries.Find, keep, place)
	if err != nil {
		return nil, "", err
	}
	if next, err = t.closed(a, "openings", next); err != nil {
		return nil, "", err
	}
	openings := make([]Opening, len(entries))
	for i, e := range entries {
		openings[i] = Opening{e.Leading(), e.Day, e.Action, e.Action == access.UseEmergency}
	}
	return openings, next, nil
}
