package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"chautari/models/account"
	"chautari/models/once"
	"chautari/models/store"
)

// sweepEvery is how often what is over is removed.
const sweepEvery = 10 * time.Minute

// jobs runs what happens by itself until ctx ends, and returns when all of it
// has ended: sign-ins and remembered acts whose time is over go, grievances that
// wait too long climb, and register imports that were cut short go on.
func (h *house) jobs(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { h.nouns.Registers.Run(ctx) })
	running.Go(func() { h.warm(ctx) })
	running.Go(func() { h.sweeps(ctx) })
	running.Wait()
}

func (h *house) sweeps(ctx context.Context) {
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

// sweep empties each organisation of what is over. One that fails doesn't keep
// the others waiting.
func (h *house) sweep(ctx context.Context) error {
	orgs, err := h.nouns.Organisations.All(ctx)
	for _, org := range orgs {
		err = errors.Join(err, h.sweepOne(ctx, org))
	}
	return err
}

// sweepOne goes a page at a time, so that no transaction is long.
func (h *house) sweepOne(ctx context.Context, org string) error {
	inTx := func(part func(context.Context, *store.Tx, time.Time, int) (int, error)) func() (int, error) {
		return func() (n int, err error) {
			err = h.data.Org(org).Tx(ctx, func(tx *store.Tx) error {
				n, err = part(ctx, tx, h.clock.Now(), store.MaxLimit)
				return err
			})
			return n, err
		}
	}
	return inTurn(
		func() (int, error) { return h.nouns.Members.ForgetOverdue(ctx, org, store.MaxLimit) },
		func() (int, error) { return h.nouns.Grievances.Climb(ctx, org, store.MaxLimit) },
		inTx(account.SweepSessions),
		inTx(once.Forget),
	)
}

// inTurn runs each piece of work until it has less than a page to do. One that
// fails doesn't keep the others waiting: what is late climbs in any case.
func inTurn(pages ...func() (int, error)) (all error) {
	for _, page := range pages {
		for n := store.MaxLimit; n == store.MaxLimit; {
			var err error
			if n, err = page(); err != nil {
				all = errors.Join(all, err)
				break
			}
		}
	}
	return all
}
