package rights

import (
	"context"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// own answers for this package's own collection: an erasure ends with itself.
type own struct{}

func (own) Holds() []string { return []string{erasures.Spec().Name} }

func (own) Hers(context.Context, store.View, *seal.Key, access.Actor) (any, error) { return nil, nil }

func (own) Leave(context.Context, *store.Tx, access.Actor) error { return nil }

func (own) Erase(context.Context, *store.Tx, access.Actor, int) (int, error) { return 0, nil }

func (own) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
