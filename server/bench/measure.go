package main

import (
	"context"
	"slices"
	"sync"
	"time"
)

// work is one unit of what is measured, done by one client over and over.
type work func() error

// speed is how fast a work went with several clients at once.
type speed struct {
	work   string
	size   int // members
	thin   bool
	rate   float64 // units a second, of all clients together
	p50    time.Duration
	p99    time.Duration
	cpu    time.Duration // the server's, for one unit
	done   int           // units, with those of the warm-up
	errors int
	first  error // what the first failure was
	// parts are the steps that a client takes in turn, where a work has several.
	parts []speed
}

// measure has every client repeat its work, for a moment that doesn't count
// and then for a while that does. A unit counts if it ended in that while. A
// client whose work fails stops. Of a work that takes steps in turn, each unit
// is one step.
func measure(ctx context.Context, warm, length time.Duration, steps int, clients []work) speed {
	from := time.Now().Add(warm)
	until := from.Add(length)
	took := make([][][]time.Duration, len(clients)) // by client and step
	done := make([]int, len(clients))
	failed := make([]error, len(clients))
	var all sync.WaitGroup
	for i, do := range clients {
		took[i] = make([][]time.Duration, steps)
		all.Go(func() {
			for ctx.Err() == nil {
				began := time.Now()
				if began.After(until) {
					return
				}
				if failed[i] = do(); failed[i] != nil {
					return
				}
				step := done[i] % steps
				done[i]++
				if ended := time.Now(); ended.After(from) && ended.Before(until) {
					took[i][step] = append(took[i][step], ended.Sub(began))
				}
			}
			failed[i] = ctx.Err()
		})
	}
	all.Wait()
	var each []time.Duration
	var parts []speed
	for step := range steps {
		var of []time.Duration
		for i := range clients {
			of = append(of, took[i][step]...)
		}
		parts = append(parts, speedOf(of, length))
		each = append(each, of...)
	}
	s := speedOf(each, length)
	if steps > 1 {
		s.parts = parts
	}
	for i, err := range failed {
		s.done += done[i]
		if err == nil {
			continue
		}
		s.errors++
		if s.first == nil {
			s.first = err
		}
	}
	return s
}

func speedOf(took []time.Duration, length time.Duration) speed {
	slices.Sort(took)
	return speed{rate: float64(len(took)) / length.Seconds(), p50: quantile(took, 50), p99: quantile(took, 99)}
}

// quantile is the smallest value that at least percent of the ordered ones don't exceed.
func quantile(ordered []time.Duration, percent int) time.Duration {
	if len(ordered) == 0 {
		return 0
	}
	return ordered[(len(ordered)*percent+99)/100-1]
}
