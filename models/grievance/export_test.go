package grievance

import (
	"context"

	"chautari/models/store"
)

// counted counts the slow hashes that it lets through.
type counted struct {
	slowHash
	n *int
}

func (c counted) Hash(ctx context.Context, org, text string, salt []byte) ([]byte, error) {
	*c.n++
	return c.slowHash.Hash(ctx, org, text, salt)
}

// CountSlow counts the slow hashes from now on.
func (g *Grievances) CountSlow() *int {
	n := new(int)
	g.receipts.slow = counted{g.receipts.slow, n}
	return n
}

// Get reads a grievance as it is stored.
func Get(ctx context.Context, v store.View, id string) (*Grievance, error) {
	return grievances.Get(ctx, v, id)
}

// All lists what is stored.
func All(ctx context.Context, v store.View) (all []*Grievance, err error) {
	err = grievances.Each(ctx, v, store.Query{Index: store.ChangedIndex}, func(g *Grievance) error {
		all = append(all, g)
		return nil
	})
	return all, err
}

// ByReceipt reads the grievance behind a receipt as it is stored.
func (g *Grievances) ByReceipt(ctx context.Context, org, receipt string) (*Grievance, error) {
	hash, err := g.receipts.hash(ctx, org, receipt)
	if err != nil {
		return nil, err
	}
	return byReceipt(ctx, g.store.Org(org), hash)
}
