package routes

import (
	"sync"
	"time"

	"chautari/models/clock"
)

// Crowd notices when very much comes from one network at once. It refuses
// nothing: what it tells is for marking what came, so that somebody looks at
// it later. Counters live in memory.
type Crowd struct {
	Most   int           // so many are nothing unusual
	Within time.Duration // in this time

	clock clock.Clock

	mu sync.Mutex
	// Two generations bound the memory, as in a Pace.
	young, old map[Network]burst
}

type burst struct {
	n     int
	since time.Time
}

// Beyond counts one more from a network and tells whether it is beyond Most.
func (c *Crowd) Beyond(n Network) bool {
	now := c.clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	b, ok := c.young[n]
	if !ok {
		b = c.old[n]
	}
	if now.Sub(b.since).Abs() >= c.Within {
		b = burst{since: now}
	}
	b.n++
	if c.young == nil || len(c.young) >= paceSize {
		c.old, c.young = c.young, make(map[Network]burst)
	}
	c.young[n] = b
	return b.n > c.Most
}
