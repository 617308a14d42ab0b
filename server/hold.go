package main

import (
	"context"
	"errors"
	"time"

	"chautari/models/id"
	"chautari/models/seal"
)

// holdEvery is how often a server says that it runs and which wrapping keys it
// has; much more often than seal.Alive.
const holdEvery = time.Minute

// hold tells rotate-keys and restore, which may run on another machine, that
// this server runs, until ctx ends.
func (h *house) hold(ctx context.Context) {
	instance := id.New("srv")
	tick := time.NewTicker(holdEvery)
	defer tick.Stop()
	for {
		h.holdOnce(ctx, instance)
		select {
		case <-ctx.Done():
			last, stop := context.WithTimeout(context.WithoutCancel(ctx), grace)
			defer stop()
			if err := h.seals.Release(last, instance); err != nil {
				h.log.Error("release", "err", err)
			}
			return
		case <-tick.C:
		}
	}
}

func (h *house) holdOnce(ctx context.Context, instance string) {
	err := h.seals.Hold(ctx, instance)
	h.passedBy.Store(errors.Is(err, seal.ErrOtherKey))
	switch {
	case h.passedBy.Load():
		h.log.Error("the keys were rotated, and this server's key file is from before: put the new one in its place and restart it")
	case err != nil && ctx.Err() == nil:
		h.log.Error("hold", "err", err)
	}
}
