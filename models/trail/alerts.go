package trail

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/conflict"
	"chautari/models/once"
	"chautari/models/store"
)

// mayRead tells whether an alert is hers to see: never one about herself, or
// about somebody to whom she said that she stands too close. What that one said
// of her hides nothing: nobody escapes those who protect by declaring them close.
func mayRead(ctx context.Context, v store.View, a access.Actor, alert *audit.Alert) error {
	apart := alert.Account == "" || alert.Account != a.Account
	if apart && alert.Person != "" {
		var err error
		if apart, err = conflict.ApartByOwn(ctx, v, a.Person, alert.Person); err != nil {
			return err
		}
	}
	return access.Decide(a, access.ReadAlerts, access.Facts{Org: a.Org, Apart: apart})
}

// keepReadable leaves out what she may not see.
func keepReadable(ctx context.Context, v store.View, a access.Actor) func(*audit.Alert) (bool, error) {
	return func(alert *audit.Alert) (bool, error) {
		err := mayRead(ctx, v, a, alert)
		if errors.Is(err, access.Refused) {
			return false, nil
		}
		return err == nil, err
	}
}

// Alerts shows what somebody should look at, the latest first.
func (t *Trails) Alerts(ctx context.Context, a access.Actor, limit int, after store.Cursor) ([]*audit.Alert, store.Cursor, error) {
	if err := access.Decide(a, access.ReadAlerts, access.Facts{Org: a.Org, Apart: true}); err != nil {
		return nil, "", t.refuse(ctx, a, access.ReadAlerts, "", err)
	}
	after, err := t.opened(a, "alerts", after)
	if err != nil {
		return nil, "", err
	}
	space := t.store.Org(a.Org)
	place := func(alert *audit.Alert) (store.Cursor, error) {
		return store.NewCursor("day", []any{alert.Day.String()}, alert.ID)
	}
	q := store.Query{Index: "day", Down: true, After: after}
	page, next, err := shown(ctx, space, q, limit, audit.Alerts.Find, keepReadable(ctx, space, a), place)
	if err != nil {
		return nil, "", err
	}
	next, err = t.closed(a, "alerts", next)
	return page, next, err
}

// CountAlerts counts those that she may see and hasn't seen, for her desk. Who
// may see none has none.
func (t *Trails) CountAlerts(ctx context.Context, a access.Actor) (n int, err error) {
	if access.Decide(a, access.ReadAlerts, access.Facts{Org: a.Org, Apart: true}) != nil {
		return 0, nil
	}
	space := t.store.Org(a.Org)
	keep := keepReadable(ctx, space, a)
	return n, audit.Alerts.Each(ctx, space, store.Query{Index: "day", Down: true}, func(alert *audit.Alert) error {
		if slices.Contains(alert.SeenBy, a.Account) {
			return nil
		}
		ok, err := keep(alert)
		if ok {
			n++
		}
		return err
	})
}

// SeeAlert notes that she has looked at one.
func (t *Trails) SeeAlert(ctx context.Context, a access.Actor, k once.Key, id string) (*audit.Alert, error) {
	var alert *audit.Alert
	err := t.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		_, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if alert, err = audit.Alerts.Get(ctx, tx, id); errors.Is(err, store.ErrAbsent) {
			return access.Refused
		} else if err != nil {
			return err
		}
		if err := mayRead(ctx, tx, a, alert); err != nil || done {
			return err
		}
		if !slices.Contains(alert.SeenBy, a.Account) {
			alert.SeenBy = append(alert.SeenBy, a.Account)
			if err := audit.Alerts.Replace(ctx, tx, alert); err != nil {
				return err
			}
		}
		if err := t.audit.Did(ctx, tx, a, access.ReadAlerts, []string{id}, "seen_by"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, t.clock.Now(), id)
	})
	if err != nil {
		return nil, t.refuse(ctx, a, access.ReadAlerts, id, err)
	}
	return alert, nil
}
