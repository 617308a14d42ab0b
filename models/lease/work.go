package lease

import (
	"context"
	"errors"
	"time"
)

// releaseTime bounds letting go, which also happens while the server stops.
const releaseTime = 5 * time.Second

// Alone runs a piece of work if the lease can be had, and is ErrTaken if not.
// The work's context is fenced, and ends as soon as the lease is lost.
func (k *Keeper) Alone(ctx context.Context, name string, work func(context.Context) error) error {
	h, err := k.Take(ctx, name)
	if err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		defer stop()
		h.renew(working)
	}()
	err = work(h.Fence(working))
	stop()
	<-renewed
	release, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTime)
	defer cancel()
	return errors.Join(err, h.Release(release))
}

// renew keeps the lease until ctx ends or it is lost. A store that doesn't
// answer for a moment loses nothing; the lease's time goes on meanwhile.
func (h *Held) renew(ctx context.Context) {
	tick := time.NewTicker(Beat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		try, cancel := context.WithTimeout(ctx, Beat)
		err := h.Renew(try)
		cancel()
		if errors.Is(err, ErrLost) || !h.current() {
			return
		}
	}
}

// While runs a job that goes on for as long as it is let, on one instance at a
// time, until ctx ends: it waits for the lease, and after losing it waits again.
// Errors other than waiting are handed to say, for the log.
func (k *Keeper) While(ctx context.Context, name string, say func(error), job func(context.Context)) {
	for ctx.Err() == nil {
		err := k.Alone(ctx, name, func(ctx context.Context) error {
			job(ctx)
			return nil
		})
		if err != nil && !errors.Is(err, ErrTaken) && ctx.Err() == nil {
			say(err)
		}
		wait := time.NewTimer(Beat)
		select {
		case <-ctx.Done():
		case <-wait.C:
		}
		wait.Stop()
	}
}
