package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/factor"
	"chautari/models/lease"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/steady"
	"chautari/models/store"
)

const (
	// sweepEvery is how often what is over is removed.
	sweepEvery = 10 * time.Minute
	// sweepLease is held by the one instance that sweeps.
	sweepLease = "sweep"
	// importLease and an organisation's id are held by who works on its imports.
	importLease = "register_imports/"
)

// jobs runs what happens by itself until ctx ends, and returns when all of it
// has ended: sign-ins, remembered acts and requests whose time is over go, grievances
// that wait too long climb, decoy tenants live on, marks are looked after, and register
// imports that were cut short go on. Of several instances one does each, and another
// goes on when it dies.
func (h *house) jobs(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { h.nouns.Registers.Run(ctx) })
	running.Go(func() { h.warm(ctx) })
	running.Go(func() { h.hold(ctx) })
	running.Go(func() { h.sealing(ctx) })
	running.Go(func() {
		h.leases.While(ctx, deliveryLease, func(err error) { h.log.Error("lease", "job", deliveryLease, "err", err) }, h.deliveries)
	})
	running.Go(func() {
		h.leases.While(ctx, sweepLease, func(err error) { h.log.Error("lease", "job", sweepLease, "err", err) }, h.sweeps)
	})
	running.Go(func() {
		h.leases.While(ctx, decoyLease, func(err error) { h.log.Error("lease", "job", decoyLease, "err", err) }, h.tendDecoys)
	})
	running.Go(func() {
		h.leases.While(ctx, guardLease, func(err error) { h.log.Error("lease", "job", guardLease, "err", err) }, h.tendGuards)
	})
	running.Wait()
}

// importsAlone lets one instance at a time work on an organisation's imports.
// Another that finds it at work leaves it to that one, and looks again later.
func (h *house) importsAlone(ctx context.Context, org string, work func(context.Context) error) error {
	err := h.leases.Alone(ctx, importLease+org, work)
	if errors.Is(err, lease.ErrTaken) {
		return nil
	}
	return err
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
	orgs, err := h.nouns.Organisations.Spaces(ctx)
	for _, org := range orgs {
		err = errors.Join(err, h.nouns.Members.Warm(ctx, org))
	}
	if err != nil && ctx.Err() == nil {
		h.log.Error("warm", "err", err)
	}
}

// errLeapt is said where nothing is swept.
var errLeapt = errors.New("the clock leapt ahead by days; nothing is removed and nothing climbs for a day, in which it can be set right")

// sweep empties the space of each organisation, and of its decoy tenant, of what is over, if the clock that says so
// can be believed. One that fails doesn't keep the others waiting.
func (h *house) sweep(ctx context.Context) error {
	believed, err := steady.Look(ctx, h.data, h.clock.Now())
	if err != nil {
		return err
	}
	if !believed {
		return errLeapt
	}
	orgs, err := h.nouns.Organisations.Spaces(ctx)
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
		func() (int, error) { return h.nouns.Rights.Resume(ctx, org, store.MaxLimit) },
		func() (int, error) { return 0, h.nouns.Rights.Purge(ctx, org) },
		func() (int, error) { return h.nouns.Members.ForgetOverdue(ctx, org, store.MaxLimit) },
		func() (int, error) { return h.nouns.Grievances.Climb(ctx, org, store.MaxLimit) },
		func() (int, error) { return h.seals.KeepRetracted(ctx, h.data.Org(org), store.MaxLimit) },
		func() (int, error) { return h.seals.DestroyDoomed(ctx, h.data.Org(org), store.MaxLimit) },
		inTx(account.SweepSessions),
		inTx(factor.ForgetCeremonies),
		inTx(once.Forget),
		inTx(audit.ForgetTallies),
		inTx(audit.ForgetAlerts),
		inTx(approval.Lapse),
		inTx(approval.Forget),
		inTx(member.ForgetDepartures),
		func() (int, error) { return 0, h.nouns.Registers.Expire(ctx, org) },
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
