package routes

import (
	"crypto/sha256"
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
//
// Where a try is at something that has a name (a sign-in name), how many failed
// is counted for the network, and the wait is for that name: whoever tries at
// others' names behind the same address makes nobody else wait, and who was
// wrong once waits Most at the longest, whatever others do meanwhile.
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
	young, old    map[Network]tries
	waits, before map[aim]time.Time
}

// aim is something that a network tries at; the name is hashed with its network,
// so that no name stands in memory.
type aim [sha256.Size]byte

func aimOf(n Network, at string) aim { return sha256.Sum256(append(n[:], at...)) }

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
	t.until = p.count(&t, now)
	p.keep(n, t)
	return nil
}

// count counts a try and says until when the next has to wait.
func (p *Pace) count(t *tries, now time.Time) (until time.Time) {
	t.n++
	t.last = now
	over := t.n - p.Free
	if over < 0 {
		return time.Time{}
	}
	delay := p.Most
	if over < 30 {
		delay = min(p.First<<over, p.Most)
	}
	return now.Add(delay)
}

// TakeAt is Take for a try at something that has a name.
func (p *Pace) TakeAt(n Network, at string) error {
	now := p.clock.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	it := aimOf(n, at)
	until, ok := p.waits[it]
	if !ok {
		until = p.before[it]
	}
	if wait := until.Sub(now); wait > 0 && wait <= p.Most {
		return &fault.Error{Kind: fault.TooMany, Code: p.Code, Retry: wait}
	}
	t := p.find(n)
	if now.Sub(t.last) >= p.Forget {
		t = tries{}
	}
	if until = p.count(&t, now); !until.IsZero() {
		if p.waits == nil || len(p.waits) >= paceSize {
			p.before, p.waits = p.waits, make(map[aim]time.Time)
		}
		p.waits[it] = until
	}
	p.keep(n, t)
	return nil
}

// SucceededAt is Succeeded for what TakeAt counted.
func (p *Pace) SucceededAt(n Network, at string) {
	p.Succeeded(n)
	p.mu.Lock()
	defer p.mu.Unlock()
	it := aimOf(n, at)
	delete(p.waits, it)
	delete(p.before, it)
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
