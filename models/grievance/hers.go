package grievance

import (
	"context"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/seal"
	"chautari/models/store"
)

// Holds names the collections that grievances answer for before her rights.
func (g *Grievances) Holds() []string { return []string{grievances.Spec().Name} }

// Hers is nothing: what somebody sent can't be told to be hers, and what is said
// of somebody is of who said it. Whoever is named must learn nothing here.
func (g *Grievances) Hers(context.Context, store.View, *seal.Key, access.Actor) (any, error) {
	return nil, nil
}

// errInHand: something that she reads is not finished.
var errInHand = fault.New(fault.Conflict, "rights.matters_in_hand")

// Leave lets nobody go in whose hands something is open: she passes it on
// first. Fault: rights.matters_in_hand.
func (g *Grievances) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return err
	}
	q := store.Query{Index: "handler", Equal: []any{a.Person}, Until: ended.String()}
	return grievances.Each(ctx, tx, q, func(doc *Grievance) error {
		kept, err := g.readable(ctx, tx, a, root, []*Grievance{doc})
		if err == nil && len(kept) > 0 {
			return errInHand
		}
		return err
	})
}

// Erase removes nothing: of her there are ids at the most.
func (g *Grievances) Erase(context.Context, *store.Tx, access.Actor, int) (int, error) {
	return 0, nil
}

// Stays says the same to everybody: that something was said of her, or that she
// sent something, is told by no difference.
func (g *Grievances) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return map[string]calendar.Date{"grievances": {}}, nil
}
