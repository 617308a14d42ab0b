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
}

// measure has every client repeat its work, for a moment that doesn't count
// and then for a while that does. A unit counts if it ended in that while. A
// client whose work fails stops.
func measure(ctx context.Context, warm, length time.Duration, clients []work) speed {
	from := time.Now().Add(warm)
	until := from.Add(length)
	took := make([][]time.Duration, len(clients))
	done := make([]int, len(clients))
	failed := make([]error, len(clients))
	var all sync.WaitGroup
	for i, do := range clients {
		all.Go(func() {
			for ctx.Err() == nil {
				began := time.Now()
				if began.After(until) {
					return
				}
				if failed[i] = do(); failed[i] != nil {
					return
				}
				done[i]++
				if ended := time.Now(); ended.After(from) && ended.Before(until) {
					took[i] = append(took[i], ended.Sub(began))
				}
			}
			failed[i] = ctx.Err()
		})
	}
	all.Wait()
	var s speed
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
	each := slices.Concat(took...)
	slices.Sort(each)
	s.rate = float64(len(each)) / length.Seconds()
	s.p50, s.p99 = quantile(each, 50), quantile(each, 99)
	return s
}

// quantile is the smallest value that at least percent of the ordered ones don't exceed.
func quantile(ordered []time.Duration, percent int) time.Duration {
	if len(ordered) == 0 {
		return 0
	}
	return ordered[(len(ordered)*percent+99)/100-1]
}
