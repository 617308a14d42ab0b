package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/store"
)

const (
	// guardEvery is how often what has no mark is looked for, while there may be any.
	guardEvery = 10 * time.Minute
	// guardLease is held by the one instance that looks after the marks.
	guardLease = "marks"
)

// guarded puts marks on what gives rights in the data, and tells in the log of
// what isn't as this product wrote it: once of each, since it is met again with
// every list.
func (h *house) guarded(data store.Engine) *store.Store {
	var told sync.Map
	return store.New(data, h.clock).GuardedBy(h.seals.Guard(organisation.Shown, func(collection, id string) {
		if _, was := told.LoadOrStore(collection+"/"+id, nil); !was {
			h.log.Error("a document that gives rights was changed by something else than this server, and counts as absent; `server audit verify` names it", "collection", collection)
		}
	}))
}

// tendGuards looks after the marks until ctx ends: what is from before there were
// any gets its own, and once a day all that gives rights is looked through.
func (h *house) tendGuards(ctx context.Context) {
	tick := time.NewTicker(guardEvery)
	defer tick.Stop()
	var looked calendar.Date
	for {
		err := h.settleGuards(ctx)
		if today := calendar.Of(h.clock.Now()); today != looked {
			err = errors.Join(err, h.eachOrganisation(ctx, h.tellForged))
			looked = today
		}
		if err != nil && ctx.Err() == nil {
			h.log.Error("marks", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// settleGuards gives marks to what is from before there were any. Once there is
// nothing left to mark, nothing counts any more that has none: not before, since
// an instance of an older program may still run, which makes none.
func (h *house) settleGuards(ctx context.Context) error {
	guard := h.seals.Guard(organisation.Shown, nil)
	return h.eachOrganisation(ctx, func(ctx context.Context, org string) error {
		if all, err := guard.All(ctx, org); all || err != nil {
			return err
		}
		own, err := h.data.MarkAll(ctx, specs(), org)
		if err != nil {
			return err
		}
		twins, err := h.data.MarkAll(ctx, specs(), organisation.Decoy(org))
		n := own + twins
		if n > 0 {
			h.log.Info("marks", "made", n)
		}
		if n > 0 || err != nil {
			return err
		}
		return h.seals.Guarded(ctx, org)
	})
}

// tellForged tells those who protect, once a day, how much there is in a space that
// gives rights and was written by something else than a server.
func (h *house) tellForged(ctx context.Context, org string) error {
	for _, space := range []string{org, organisation.Decoy(org)} {
		forged := 0
		if err := h.data.EachForged(ctx, specs(), space, func(string, string) { forged++ }); err != nil {
			return err
		}
		if forged == 0 {
			continue
		}
		err := h.data.Org(org).Tx(ctx, func(tx *store.Tx) error {
			return audit.Log{Clock: h.clock}.Alert(ctx, tx, audit.Forged, access.Actor{Roles: []access.Role{}}, forged)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
