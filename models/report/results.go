package report

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/store"
)

// Results lists what the organisations that the actor's own supports have
// released, the latest quarter first.
func (r *Reports) Results(ctx context.Context, a access.Actor, limit int, after store.Cursor) ([]*Result, store.Cursor, error) {
	if err := access.Decide(a, access.ReadResults, access.Facts{Org: a.Org}); err != nil {
		return nil, "", err
	}
	return results.Find(ctx, r.store.Org(a.Org), store.Query{Index: "quarter", Down: true, Limit: limit, After: after})
}

// Result shows one of them.
func (r *Reports) Result(ctx context.Context, a access.Actor, result string) (*Result, error) {
	if err := access.Decide(a, access.ReadResults, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	doc, err := results.Get(ctx, r.store.Org(a.Org), result)
	if errors.Is(err, store.ErrAbsent) {
		return nil, access.Refused
	}
	return doc, err
}
