package main

import (
	"context"
	"errors"
	"fmt"

	"chautari/models/store"
	"chautari/routes"
)

// ready tells of each part whether it is well. What an engine says about its
// trouble goes to the log; who asks from outside gets fixed words.
func (h *house) ready(ctx context.Context) []routes.Part {
	parts := []routes.Part{
		h.answers(ctx, "store", h.data),
		h.answers(ctx, "keys", h.keys),
		h.working(ctx),
		h.trail(),
	}
	if h.passedBy.Load() {
		parts = append(parts, routes.Part{Name: "key file", Wrong: "is from before the keys were rotated"})
	}
	if h.stopping.Load() {
		parts = append(parts, routes.Part{Name: "server", Wrong: "stops"})
	}
	return parts
}

// working tells how long ago whichever instance does the timed jobs was last
// heard of. It is never a reason to send requests elsewhere: no instance is
// less fit for them because none of them sweeps.
func (h *house) working(ctx context.Context) routes.Part {
	jobs := routes.Part{Name: "jobs", Says: "nobody does them now"}
	standing, err := h.leases.Standing(ctx, sweepLease)
	switch {
	case err != nil:
		jobs.Says = "not known"
	case standing.Held:
		jobs.Says = fmt.Sprintf("last heard of %d s ago", int(standing.Age.Seconds()))
	}
	return jobs
}

func (h *house) answers(ctx context.Context, name string, of *store.Store) routes.Part {
	err := of.Engine().Ready(ctx)
	if err == nil {
		return routes.Part{Name: name}
	}
	h.log.Warn("not ready", "part", name, "error", err.Error())
	if errors.Is(err, store.ErrFull) {
		return routes.Part{Name: name, Wrong: "has no room left"}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return routes.Part{Name: name, Wrong: "does not answer in time"}
	}
	return routes.Part{Name: name, Wrong: "does not answer"}
}

// trail tells how this instance last sealed and copied the trail, or that another
// does. It is no reason to send requests elsewhere either.
func (h *house) trail() routes.Part {
	h.sealer.mu.Lock()
	defer h.sealer.mu.Unlock()
	says := h.sealer.says
	if says == "" {
		says = trailUnknown
	}
	return routes.Part{Name: "trail", Says: says}
}
