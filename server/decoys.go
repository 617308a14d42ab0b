package main

import (
	"context"
	"errors"
	"time"
)

const (
	// decoyEvery is how often a while goes by in every decoy tenant.
	decoyEvery = 10 * time.Minute
	// decoyLease is held by the one instance that looks after them.
	decoyLease = "decoys"
)

// tendDecoys looks after the decoy tenants until ctx ends. First those get theirs
// that are from before there were any.
func (h *house) tendDecoys(ctx context.Context) {
	if err := h.settleDecoys(ctx); err != nil && ctx.Err() == nil {
		h.log.Error("decoys", "err", err)
	}
	tick := time.NewTicker(decoyEvery)
	defer tick.Stop()
	for {
		if err := h.eachOrganisation(ctx, h.decoys.Tend); err != nil && ctx.Err() == nil {
			h.log.Error("decoys", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// settleDecoys gives every account its second slot and its twin, where a store
// from an earlier version has none.
func (h *house) settleDecoys(ctx context.Context) error {
	return h.eachOrganisation(ctx, func(ctx context.Context, org string) error {
		made, err := h.decoys.Settle(ctx, org)
		if made > 0 {
			h.log.Info("decoys", "made", made)
		}
		return err
	})
}

// eachOrganisation does something for every organisation. One where it fails
// doesn't keep the others waiting.
func (h *house) eachOrganisation(ctx context.Context, do func(context.Context, string) error) error {
	orgs, err := h.nouns.Organisations.All(ctx)
	for _, org := range orgs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err = errors.Join(err, do(ctx, org))
	}
	return err
}
