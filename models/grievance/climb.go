package grievance

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/id"
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
	var stuck []string
	err = grievances.Each(ctx, space, store.Query{Index: "due", Until: ended.String()}, func(doc *Grievance) error {
		if g.stuck(pool, doc) && len(doc.onwards(pool, nil, nil)) > 0 {
			stuck = append(stuck, doc.ID)
		}
		return nil
	})
	if err != nil {
		return 0, err
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
func (g *Grievances) stuck(pool []candidate, doc *Grievance) bool {
	if doc.State == Closed {
		return false
	}
	here := slices.ContainsFunc(route(pool, matter{category: doc.Category, described: doc.Described}), func(p place) bool {
		return p.person == doc.Handler
	})
	return !here || doc.overdue(g.today()) && doc.Climbed != g.today()
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
		if err != nil || !g.stuck(pool, doc) {
			return err
		}
		next, err := g.onwards(ctx, tx, root, doc)
		if err != nil || len(next) == 0 {
			return err
		}
		if err := doc.advance(passes, g.today()); err != nil {
			return err
		}
		doc.handOn(next[0].person)
		doc.Climbed = g.today()
		doc.Entries = append(doc.Entries, Entry{ID: id.New("ent"), By: ByMove, Day: g.today(), Person: doc.Handler})
		if err := grievances.Replace(ctx, tx, doc); err != nil {
			return err
		}
		moved = true
		// The clock has no account: the entry has the day and nobody.
		return g.audit.Did(ctx, tx, access.Actor{Org: org}, doc.Category.act(), []string{grievance}, "handler")
	})
	return moved, err
}
