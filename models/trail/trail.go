// Package trail shows the trail to whoever may read a part of it: a member who
// opened what is hers; the focal point what was done about the matters in her
// hands; the board how much was done; who looks after the computer what
// happened; and alerts to whoever protects.
//
// What belongs here: which part of the trail somebody sees, and in which form.
// What doesn't: writing, sealing and verifying it (package audit).
package trail

import (
	"context"
	"strings"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/grievance"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Trails reads the trails of a store.
type Trails struct {
	store   *store.Store
	matters *grievance.Grievances
	audit   audit.Log
	places  seal.Box
	clock   clock.Clock
}

// New reads the trails of a store.
func New(s *store.Store, master *seal.Master, orgs *organisation.Organisations, matters *grievance.Grievances, c clock.Clock) *Trails {
	return &Trails{store: s, matters: matters, audit: orgs.Log(), places: master.Box("place in the trail"), clock: c}
}

func (t *Trails) refuse(ctx context.Context, a access.Actor, act access.Action, subject string, err error) error {
	return t.audit.Refusal(ctx, t.store.Org(a.Org), a, act, subject, err)
}

// closed makes the place in a list unreadable, of which the index holds the entry's
// id and its very instant. It is that account's alone, and of that list.
func (t *Trails) closed(a access.Actor, list string, next store.Cursor) (store.Cursor, error) {
	if next == "" {
		return "", nil
	}
	text, err := t.places.Close(a.Org, list+" "+a.Account+" "+string(next))
	return store.Cursor(text), err
}

// opened reads what closed made; store.ErrCursor for anything else.
func (t *Trails) opened(a access.Actor, list string, after store.Cursor) (store.Cursor, error) {
	if after == "" {
		return "", nil
	}
	text, ok := t.places.Open(a.Org, string(after))
	place, whose := strings.CutPrefix(text, list+" "+a.Account+" ")
	if !ok || !whose {
		return "", store.ErrCursor
	}
	return store.Cursor(place), nil
}

// shown pages through what a query finds and keep keeps, limit at a time. Next
// is the place behind the last one shown, and empty when nothing more would be:
// so neither a page nor its cursor tells that something was left out.
func shown[P any](
	ctx context.Context, v store.View, q store.Query, limit int,
	find func(context.Context, store.View, store.Query) ([]P, store.Cursor, error),
	keep func(P) (bool, error), place func(P) (store.Cursor, error),
) (page []P, next store.Cursor, err error) {
	q.Limit = store.MaxLimit
	for {
		docs, more, err := find(ctx, v, q)
		if err != nil {
			return nil, "", err
		}
		for _, d := range docs {
			ok, err := keep(d)
			if err != nil {
				return nil, "", err
			}
			if !ok {
				continue
			}
			if len(page) == limit {
				next, err = place(page[limit-1])
				return page, next, err
			}
			page = append(page, d)
		}
		if q.After = more; more == "" {
			return page, "", nil
		}
	}
}
