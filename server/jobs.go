package main

import (
	"context"
	"errors"
	"time"

	"chautari/models/account"
	"chautari/models/once"
	"chautari/models/store"
)

// sweepEvery is how often what is over is removed.
const sweepEvery = 10 * time.Minute

// jobs runs what happens by itself until ctx ends: sign-ins and remembered
// acts whose time is over go, and register imports that were cut short go on.
func (h *house) jobs(ctx context.Context) {
	go h.nouns.Registers.Run(ctx)
	go h.warm(ctx)
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := h.sweep(ctx); err != nil && ctx.Err() == nil {
			h.log.Error("sweep", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// warm fills what is looked things up in, before anybody waits for it.
func (h *house) warm(ctx context.Context) {
	orgs, err := h.nouns.Organisations.All(ctx)
	for _, org := range orgs {
		err = errors.Join(err, h.nouns.Members.Warm(ctx, org))
	}
	if err != nil && ctx.Err() == nil {
		h.log.Error("warm", "err", err)
	}
}

// sweep empties each organisation of what is over, a page at a time, so that
// no transaction is long.
func (h *house) sweep(ctx context.Context) error {
	orgs, err := h.nouns.Organisations.All(ctx)
	if err != nil {
		return err
	}
	for _, org := range orgs {
		for more := true; more; {
			n, err := h.nouns.Members.ForgetOverdue(ctx, org, store.MaxLimit)
			if err != nil {
				return err
			}
			more = n == store.MaxLimit
		}
		for _, part := range []func(context.Context, *store.Tx, time.Time, int) (int, error){
			account.SweepSessions, once.Forget,
		} {
			for more := true; more; {
				err := h.data.Org(org).Tx(ctx, func(tx *store.Tx) error {
					n, err := part(ctx, tx, h.clock.Now(), store.MaxLimit)
					more = n == store.MaxLimit
					return err
				})
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}
