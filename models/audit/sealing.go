package audit

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/store"
)

const (
	// settled is how old an entry is when it is sealed: by then whatever was
	// dated before it is committed too, but for a transaction that took longer.
	settled = time.Second
	// laggards is how often such ones are looked for.
	laggards = time.Hour
	// morning is how long after midnight in Nepal anonymous acts of the day
	// before are sealed.
	morning = time.Hour
	// portion is how many entries a transaction seals at most.
	portion = 500
)

// Sealer puts entries into blocks. Nothing marks an entry as sealed, so writing
// one costs nothing more: the Sealer goes through them by their instants, and
// once an hour looks for any that were committed late. It keeps in memory how
// far it is, and begins anew when the chain isn't as it left it.
type Sealer struct {
	chain Chain
	clock clock.Clock

	mu   sync.Mutex
	orgs map[string]*sealing
}

// sealing is how far an organisation's trail is sealed.
type sealing struct {
	chain Chain
	head  Head
	until time.Time     // entries before this instant are sealed
	look  time.Time     // when laggards are looked for again
	days  calendar.Date // anonymous acts of days before this one are sealed
}

// NewSealer makes a sealer that hasn't looked at anything yet.
func NewSealer(chain Chain, c clock.Clock) *Sealer {
	return &Sealer{chain: chain, clock: c, orgs: map[string]*sealing{}}
}

// errMoved: somebody else added to the chain.
var errMoved = errors.New("audit: the chain grew meanwhile")

// Seal puts into blocks what is settled and in none, and says how many entries
// that were. Anonymous acts come once a day, all of the days before together, so
// that no block tells at what time one was done.
func (s *Sealer) Seal(ctx context.Context, space *store.Space) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	until := now.Add(-settled).Truncate(time.Millisecond)
	today := calendar.Of(now.Add(-morning))
	p := s.orgs[space.Org()]
	if p == nil || until.Before(p.until.Add(-time.Minute)) { // or the clock was set back
		p = &sealing{chain: s.chain}
		if p.head, err = headOf(ctx, space); err != nil {
			return 0, err
		}
		s.orgs[space.Org()] = p
	}
	if now.Before(p.look) && p.days == today {
		n, err = p.settle(ctx, space, until)
	} else {
		n, err = p.rest(ctx, space, now, until, today)
	}
	if err != nil {
		delete(s.orgs, space.Org())
	}
	if errors.Is(err, errMoved) {
		return n, nil
	}
	return n, err
}

// settle seals entries by their instants.
func (p *sealing) settle(ctx context.Context, space *store.Space, until time.Time) (int, error) {
	if !p.until.Before(until) {
		return 0, nil
	}
	b := batch{p: p, space: space}
	err := Entries.Each(ctx, space, store.Query{Index: "at", From: p.until, Until: until}, func(e *Entry) error {
		return b.take(ctx, e)
	})
	if err = errors.Join(err, b.seal(ctx)); err == nil {
		p.until = until
	}
	return b.sealed, err
}

// rest seals whatever is in no block, from openDays on. Further back
// nothing is left.
func (p *sealing) rest(ctx context.Context, space *store.Space, now, until time.Time, today calendar.Date) (int, error) {
	since, known, err := recent(ctx, space)
	if err != nil {
		return 0, err
	}
	b := batch{p: p, space: space}
	q := store.Query{Index: store.ChangedIndex}
	if !since.IsZero() {
		q.From = midnight(since)
	}
	err = Entries.Each(ctx, space, q, func(e *Entry) error {
		ripe := e.At != nil && e.At.Before(until) || e.At == nil && e.Day.Before(today) && p.days != today
		if known[e.ID] || !ripe {
			return nil
		}
		return b.take(ctx, e)
	})
	if err = errors.Join(err, b.seal(ctx)); err == nil {
		p.until, p.look, p.days = until, now.Add(laggards), today
	}
	return b.sealed, err
}

// openDays is the day from which on entries may be in no block, zero for the
// beginning: two days before the last that is sealed.
func openDays(ctx context.Context, v store.View) (calendar.Date, error) {
	q := store.Query{Index: "seq", Down: true, Limit: 1}
	for {
		last, next, err := Blocks.Find(ctx, v, q)
		switch {
		case err != nil || len(last) == 0:
			return calendar.Date{}, err
		case len(last[0].Entries) > 0:
			return last[0].Day.AddDays(-2), nil
		case next == "":
			return calendar.Date{}, nil
		}
		q.After = next
	}
}

// recent is openDays, and the entries from then on that are in a block.
func recent(ctx context.Context, v store.View) (since calendar.Date, known map[string]bool, err error) {
	known = map[string]bool{}
	if since, err = openDays(ctx, v); err != nil || since.IsZero() {
		return since, known, err
	}
	over := errors.New("that is all")
	err = Blocks.Each(ctx, v, store.Query{Index: "seq", Down: true}, func(b *Block) error {
		if len(b.Entries) > 0 && b.Day.Before(since.AddDays(-2)) { // days follow each other within one
			return over
		}
		for _, e := range b.Entries {
			known[e.ID] = true
		}
		return nil
	})
	if errors.Is(err, over) {
		err = nil
	}
	return since, known, err
}

// midnight is when a day began in UTC, by which entries are dated.
func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// batch gathers entries until there are enough for a transaction.
type batch struct {
	p      *sealing
	space  *store.Space
	held   []*Entry
	sealed int
}

func (b *batch) take(ctx context.Context, e *Entry) error {
	if b.held = append(b.held, e); len(b.held) < portion {
		return nil
	}
	return b.seal(ctx)
}

// kind of block: of one day, anonymous acts apart.
type kind struct {
	day       calendar.Date
	anonymous bool
}

// seal puts what is held into blocks at the end of the chain, if that is still
// where it was.
func (b *batch) seal(ctx context.Context) error {
	if len(b.held) == 0 {
		return nil
	}
	counted := map[month]sumOf{}
	blocks := map[kind][]Sealed{}
	for _, e := range b.held {
		d, err := e.digest()
		if err != nil {
			return err
		}
		k := kind{e.Day, e.At == nil}
		blocks[k] = append(blocks[k], Sealed{e.ID, d})
		counted[monthOf(e.Day)] = counted[monthOf(e.Day)].with(e)
	}
	kinds := make([]kind, 0, len(blocks))
	for k := range blocks {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(x, y kind) int {
		if c := x.day.Compare(y.day); c != 0 || x.anonymous == y.anonymous {
			return c
		}
		return map[bool]int{false: -1, true: 1}[x.anonymous]
	})
	var head Head
	err := b.space.Tx(ctx, func(tx *store.Tx) error {
		now, err := headOf(ctx, tx)
		if err != nil {
			return err
		}
		if now != b.p.head {
			return errMoved
		}
		for _, k := range kinds {
			block := &Block{Day: k.day, Entries: slices.Clone(blocks[k])}
			if err := b.p.chain.add(ctx, tx, block); err != nil {
				return err
			}
			head = Head{block.Seq, block.Hash}
		}
		return addSums(ctx, tx, counted)
	})
	if err != nil {
		return err
	}
	b.p.head = head
	b.sealed += len(b.held)
	b.held = nil
	return nil
}
