package report

import (
	"context"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Holds names the collections that figures answer for before her rights.
func (r *Reports) Holds() []string { return []string{releases.Spec().Name, results.Spec().Name} }

// Hers is nothing: figures hold no person, and of who drafted them an id.
func (r *Reports) Hers(context.Context, store.View, *seal.Key, access.Actor) (any, error) {
	return nil, nil
}

// Leave has nothing to give back.
func (r *Reports) Leave(context.Context, *store.Tx, access.Actor) error { return nil }

// Erase removes nothing: released figures are the same for everybody.
func (r *Reports) Erase(context.Context, *store.Tx, access.Actor, int) (int, error) { return 0, nil }

// Stays tells that released figures stay.
func (r *Reports) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return map[string]calendar.Date{"figures": {}}, nil
}
