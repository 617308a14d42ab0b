package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/store"
)

// batchSize is how many rows come in with one transaction.
const batchSize = 100

// Commit lets a draft in. It is done in the background, and goes on after a restart.
func (r *Registers) Commit(ctx context.Context, a access.Actor, k once.Key, importID string) (*Import, error) {
	return r.start(ctx, a, k, importID, Draft, Committing)
}

// Undo takes back whatever an import made and nobody has touched since.
func (r *Registers) Undo(ctx context.Context, a access.Actor, k once.Key, importID string) (*Import, error) {
	return r.start(ctx, a, k, importID, Committed, Undoing)
}

func (r *Registers) start(ctx context.Context, a access.Actor, k once.Key, importID string, from, to State) (*Import, error) {
	if from == Draft {
		// A file that can't be read any more is told now, not in the background.
		imp, err := r.find(ctx, a, importID)
		if err != nil {
			return nil, err
		}
		if _, err := r.read(ctx, a, imp); err != nil {
			return nil, err
		}
	}
	var started *Import
	err := r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		imp, err := r.get(ctx, tx, a, importID)
		if err != nil {
			return err
		}
		started = imp
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if imp.State != from && !(imp.State == Stopped && to == Undoing) {
			return errWrongState(to)
		}
		imp.enter(to, r.clock.Now())
		if to == Undoing {
			imp.Done = 0
		}
		if err := imports.Replace(ctx, tx, imp); err != nil {
			return err
		}
		if err := r.audit.Did(ctx, tx, a, access.ImportRegister, []string{imp.ID}, string(to)); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, r.clock.Now(), imp.ID)
	})
	if err != nil {
		return nil, r.refuse(ctx, a, access.ImportRegister, importID, err)
	}
	select {
	case r.wake <- struct{}{}:
	default: // it is awake already
	}
	return started, nil
}

func errWrongState(to State) error {
	if to == Undoing {
		return errNotCommitted
	}
	return errNotDraft
}

// lookEvery is how often Run looks for work that it was not woken for.
const lookEvery = time.Minute

// Run does what was started, until ctx ends. Work that was cut short by a stop
// of the server goes on where its last transaction ended.
func (r *Registers) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := r.work(ctx); err != nil && ctx.Err() == nil {
			r.log.Error("register import", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		case <-tick.C:
		}
	}
}

// work finishes all that is started in every organisation. One that fails
// doesn't keep the others waiting.
func (r *Registers) work(ctx context.Context) error {
	orgs, err := r.orgs.All(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, org := range orgs {
		waits, err := r.waits(ctx, org)
		if err == nil && waits {
			err = r.alone(ctx, org, func(ctx context.Context) error { return r.workOn(ctx, org) })
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// waits tells whether an organisation has an import to work on.
func (r *Registers) waits(ctx context.Context, org string) (bool, error) {
	for _, state := range []State{Committing, Undoing} {
		n, err := imports.Count(ctx, r.store.Org(org), store.Query{Index: "state", Equal: []any{string(state)}}, 1)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// workOn finishes what is started in one organisation.
func (r *Registers) workOn(ctx context.Context, org string) (failed error) {
	for _, job := range []struct {
		state State
		step  func(context.Context, string, *Import) error
	}{{Committing, r.commit}, {Undoing, r.undo}} {
		started, _, err := imports.Find(ctx, r.store.Org(org), store.Query{
			Index: "state", Equal: []any{string(job.state)}, Limit: store.MaxLimit,
		})
		if err != nil {
			return errors.Join(failed, err)
		}
		for _, imp := range started {
			err := job.step(ctx, org, imp)
			if _, told := fault.As(err); told {
				// It won't go better next time; what came in can still be undone.
				err = errors.Join(err, r.stop(ctx, org, imp.ID))
			}
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", job.state, err))
			}
		}
	}
	return failed
}
