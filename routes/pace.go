package routes

import (
	"sync"
	"time"

	"chautari/models/clock"
	"chautari/models/fault"
)

// Pace slows down a network that keeps trying, and never locks it out: behind
// one address there may be a whole village.
//
// The first Free tries go through at once. After each further one the next has
// to wait, First at the beginning and twice as long every time, at most Most.
// A network that was quiet for Forget begins anew. Counters live in memory.
type Pace struct {
	Code   string // of the refusal, as "session.slow_down"
	Free   int
	First  time.Duration
	Most   time.Duration
	Forget time.Duration
	// OnlyFailures doesn't count tries that succeeded (signing in).
	OnlyFailures bool

	clock clock.Clock

	mu sync.Mutex
	// Two generations bound the memory: when the young one is full it becomes the old one.
	young, old map[Network]tries
}

type tries struct {
	n     int
	last  time.Time
	until time.Time
}

// paceSize bounds each generation of counters, at about 100 bytes each.
const paceSize = 1 << 14

func (p *Pace) code() string {
	if p == nil {
		return ""
	}
	return p.Code
}

// Take counts a try, or refuses it with the time to wait. Many at once count
// one by one.
func (p *Pace) Take(n Network) error {
	now := p.clock.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.find(n)
	if now.Sub(t.last) >= p.Forget {
		t = tries{}
	}
	// More than the longest wait is left only where the clock was set back.
	if wait := t.until.Sub(now); wait > 0 && wait <= p.Most {
		return &fault.Error{Kind: fault.TooMany, Code: p.Code, Retry: wait}
	}
	t.n++
	t.last = now
	if over := t.n - p.Free; over >= 0 {
		delay := p.Most
		if over < 30 {
			delay = min(p.First<<over, p.Most)
		}
		t.until = now.Add(delay)
	}
	p.keep(n, t)
	return nil
}

// Succeeded tells that the try was a good one: it doesn't count, but those
// before it do, or whoever has an account could guess at others between.
func (p *Pace) Succeeded(n Network) {
	if !p.OnlyFailures {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.find(n)
	if t.n > 0 {
		t.n--
		t.until = time.Time{}
		p.keep(n, t)
	}
}

func (p *Pace) find(n Network) tries {
	if t, ok := p.young[n]; ok {
		return t
	}
	return p.old[n]
}

func (p *Pace) keep(n Network, t tries) {
	if p.young == nil || len(p.young) >= paceSize {
		p.old, p.young = p.young, make(map[Network]tries)
	}
	p.young[n] = t
}
