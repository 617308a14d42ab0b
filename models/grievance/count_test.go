package grievance_test

import (
	"context"

	"chautari/models/grievance"
	"chautari/models/store"
)

// countReads lets the hall's grievances read through an engine that counts, and
// returns the count.
func countReads(h *hall) *int {
	n := new(int)
	st := store.New(counting{h.Store.Engine(), n}, h.Clock)
	h.Grievances = grievance.New(st, h.Keys, h.Master, h.Orgs, h.Accounts, h.Members, h.Clock)
	return n
}

type counting struct {
	store.Engine
	n *int
}

func (c counting) Reader() store.Reader { return countingReader{c.Engine.Reader(), c.n} }

func (c counting) Tx(ctx context.Context, body func(store.Writer) error) error {
	*c.n++
	return c.Engine.Tx(ctx, body)
}

type countingReader struct {
	store.Reader
	n *int
}

func (r countingReader) Get(ctx context.Context, c *store.Spec, org, id string) (store.Record, error) {
	*r.n++
	return r.Reader.Get(ctx, c, org, id)
}

func (r countingReader) GetMany(ctx context.Context, c *store.Spec, org string, ids []string) ([]store.Record, error) {
	*r.n++
	return r.Reader.GetMany(ctx, c, org, ids)
}

func (r countingReader) Find(ctx context.Context, c *store.Spec, org string, q store.Query) (store.Page, error) {
	*r.n++
	return r.Reader.Find(ctx, c, org, q)
}
