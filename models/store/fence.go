package store

import "context"

// fence is a demand that transactions on one store must meet.
type fence struct {
	store  *Store
	demand func(context.Context, *Tx) error
}

type fenceKey struct{}

// Fenced makes a context under which every transaction on this store first
// meets a demand, in the same transaction: work that goes on under a lease
// writes nothing once the lease is another's. The demand reads and requires in
// the server's own space; it runs as often as the body does. Transactions on
// other stores don't meet it.
func (s *Store) Fenced(ctx context.Context, demand func(context.Context, *Tx) error) context.Context {
	return context.WithValue(ctx, fenceKey{}, &fence{store: s, demand: demand})
}

// fenced puts the context's demand before a body.
func (s *Store) fenced(ctx context.Context, body func(Writer) error) func(Writer) error {
	f, ok := ctx.Value(fenceKey{}).(*fence)
	if !ok || f.store != s {
		return body
	}
	return func(w Writer) error {
		if err := f.demand(ctx, &Tx{w: w, org: systemOrg, clock: s.clock}); err != nil {
			return err
		}
		return body(w)
	}
}
