package grievance

import (
	"context"

	"chautari/models/access"
	"chautari/models/store"
)

// Climb moves what nobody acknowledged or decided in time, and what lies with
// somebody who may not read it any more, to the next reader, and says how many:
// limit at most. Something late climbs once a day; its days stay as they are.
// Where nobody is next it stays where it is.
func (g *Grievances) Climb(ctx context.Context, org string, limit int) (int, error) {
	root, err := g.root(ctx, org)
	if err != nil {
		return 0, err
	}
	space := g.store.Org(org)
	pool, err := g.pool(ctx, space, root)
	if err != nil {
		return 0, err
	}
	var open []*Grievance
	err = grievances.Each(ctx, space, store.Query{Index: "due", Until: ended.String()}, func(doc *Grievance) error {
		doc.Text, doc.Name, doc.Outcome, doc.Entries = nil, nil, nil, nil // only who reads it is asked
		open = append(open, doc)
		return nil
	})
	if err != nil {
		return 0, err
	}
	t, err := g.ties(ctx, space, org, open...)
	if err != nil {
		return 0, err
	}
	var stuck []string
	for _, doc := range open {
		if g.stuck(pool, t, doc) && len(doc.onwards(pool, t, nil, nil)) > 0 {
			stuck = append(stuck, doc.ID)
		}
	}
	climbed := 0
	for _, doc := range stuck {
		if climbed == limit {
			break
		}
		moved, err := g.climb(ctx, org, root, doc)
		if err != nil {
			return climbed, err
		}
		if moved {
			climbed++
		}
	}
	return climbed, nil
}

// stuck tells that a grievance should not stay where it is.
func (g *Grievances) stuck(pool []candidate, t *ties, doc *Grievance) bool {
	if doc.State == Closed {
		return false
	}
	return !doc.stays(pool, t) || doc.overdue(g.today()) && doc.Climbed != g.today()
}

// climb moves one, if it is still stuck and there is somebody next.
func (g *Grievances) climb(ctx context.Context, org, root, grievance string) (moved bool, err error) {
	err = g.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		moved = false
		doc, err := grievances.Get(ctx, tx, grievance)
		if err != nil {
			return err
		}
		pool, err := g.pool(ctx, tx, root)
		if err != nil {
			return err
		}
		t, err := g.ties(ctx, tx, org, doc)
		if err != nil || !g.stuck(pool, t, doc) {
			return err
		}
		next, err := g.onwards(ctx, tx, org, root, doc)
		if err != nil || len(next) == 0 {
			return err
		}
		if err := doc.advance(passes, g.today()); err != nil {
			return err
		}
		doc.Climbed = g.today()
		if err := g.move(ctx, tx, doc, next[0].person); err != nil {
			return err
		}
		if err := grievances.Replace(ctx, tx, doc); err != nil {
			return err
		}
		moved = true
		// The clock has no account: the entry has the day and nobody.
		return g.audit.Did(ctx, tx, access.Actor{Org: org}, doc.Category.act(), []string{grievance}, "handler")
	})
	return moved, err
}
