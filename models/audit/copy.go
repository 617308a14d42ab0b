package audit

import (
	"context"
	"errors"
	"sync"

	"chautari/models/calendar"
	"chautari/models/store"
)

// Copied is a block as it stands in a copy: all that is hashed, ids and hashes alone.
type Copied struct {
	Seq     int64         `json:"seq" bson:"seq"`
	Day     calendar.Date `json:"day" bson:"day"`
	Entries []Sealed      `json:"entries,omitempty" bson:"entries,omitempty"`
	Pruned  string        `json:"pruned,omitempty" bson:"pruned,omitempty"`
	Lost    *Lost         `json:"lost,omitempty" bson:"lost,omitempty"`
	Before  string        `json:"before" bson:"before"`
	Hash    string        `json:"hash" bson:"hash"`
}

func (b *Block) copied() Copied {
	return Copied{b.Seq, b.Day, b.Entries, b.Pruned, b.Lost, b.Before, b.Hash}
}

func (c Copied) block() *Block {
	return &Block{Seq: c.Seq, Day: c.Day, Entries: c.Entries, Pruned: c.Pruned, Lost: c.Lost, Before: c.Before}
}

// Copy is where blocks are kept beside the store, to which they are only added.
// One that is added twice may stand there twice.
type Copy interface {
	// Last is a block from which on adding may go on: the last one added, or a
	// later one. The zero Head where there is none.
	Last(ctx context.Context, org string) (Head, error)
	Add(ctx context.Context, org string, blocks []Copied) error
	// Each hands over every block; unreadable tells of a place that can't be read.
	Each(ctx context.Context, org string, block func(Copied) error, unreadable func(where string) error) error
}

// ErrForked: the copy knows a block that the store doesn't have, or has another in its place.
var ErrForked = errors.New("audit: the copy knows another chain than the store")

// Copier brings a copy up to date, and remembers how far it is.
type Copier struct {
	to Copy

	mu    sync.Mutex
	heads map[string]Head
}

// NewCopier copies to a copy.
func NewCopier(to Copy) *Copier { return &Copier{to: to, heads: map[string]Head{}} }

// CatchUp adds to the copy what it doesn't have. What was interrupted goes on
// where the copy ends.
func (c *Copier) CatchUp(ctx context.Context, s *store.Space) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	head, err := headOf(ctx, s)
	if err != nil {
		return err
	}
	at, known := c.heads[s.Org()]
	if known && at == head {
		return nil
	}
	if !known {
		if at, err = c.to.Last(ctx, s.Org()); err != nil {
			return err
		}
	}
	from, err := goOn(ctx, s, at)
	if err != nil {
		return err
	}
	c.heads[s.Org()] = at
	q := store.Query{Index: "seq", From: from, Limit: store.MaxLimit}
	for {
		blocks, next, err := Blocks.Find(ctx, s, q)
		if err != nil {
			return err
		}
		if len(blocks) > 0 {
			more := make([]Copied, len(blocks))
			for i, b := range blocks {
				more[i] = b.copied()
			}
			if err := c.to.Add(ctx, s.Org(), more); err != nil {
				delete(c.heads, s.Org())
				return err
			}
			last := blocks[len(blocks)-1]
			c.heads[s.Org()] = Head{last.Seq, last.Hash}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

// goOn finds the seq of the first block that a copy which ends at a head lacks.
func goOn(ctx context.Context, v store.View, at Head) (int64, error) {
	if at.Seq == 0 {
		return 1, nil
	}
	b, err := blockAt(ctx, v, at.Seq)
	if err != nil {
		return 0, err
	}
	if b != nil && b.Hash == at.Hash {
		return at.Seq + 1, nil
	}
	lost, err := lostOf(ctx, v, at.Seq)
	if err != nil {
		return 0, err
	}
	if lost == nil {
		return 0, ErrForked
	}
	return lost.From, nil
}

// blockAt is the block of a seq, nil where there is none.
func blockAt(ctx context.Context, v store.View, seq int64) (*Block, error) {
	b, err := Blocks.First(ctx, v, store.Query{Index: "seq", Equal: []any{seq}})
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	return b, err
}

// lostOf is what gives up a block that a copy knows, nil for nothing.
func lostOf(ctx context.Context, v store.View, seq int64) (found *Lost, err error) {
	err = Blocks.Each(ctx, v, store.Query{Index: "lost", From: seq}, func(b *Block) error {
		if b.Lost.From <= seq && (found == nil || b.Lost.From < found.From) {
			found = b.Lost
		}
		return nil
	})
	return found, err
}

// Behind tells how many blocks of the chain a copy lacks, going by where it
// ends; ErrForked where it ends elsewhere.
func Behind(ctx context.Context, v store.View, c Copy, org string) (int64, error) {
	at, err := c.Last(ctx, org)
	if err != nil {
		return 0, err
	}
	from, err := goOn(ctx, v, at)
	if err != nil {
		return 0, err
	}
	head, err := headOf(ctx, v)
	return head.Seq + 1 - from, err
}

// GiveUp notes in the chain that an older backup was brought back, so that what
// the copy knows beyond it is no sign of tampering. It says what is given up;
// nil where the copy fits.
func (l Log) GiveUp(ctx context.Context, s *store.Space, chain Chain, c Copy) (*Lost, error) {
	var lost *Lost
	err := c.Each(ctx, s.Org(), func(b Copied) error {
		mine, err := blockAt(ctx, s, b.Seq)
		if err != nil || mine != nil && mine.Hash == b.Hash {
			return err
		}
		if given, err := lostOf(ctx, s, b.Seq); err != nil || given != nil {
			return err
		}
		if lost == nil {
			lost = &Lost{b.Seq, b.Seq}
		}
		lost.From, lost.Until = min(lost.From, b.Seq), max(lost.Until, b.Seq)
		return nil
	}, func(string) error { return nil })
	if err != nil || lost == nil {
		return nil, err
	}
	return lost, s.Tx(ctx, func(tx *store.Tx) error {
		return chain.add(ctx, tx, &Block{Day: calendar.Of(l.Clock.Now()), Lost: lost})
	})
}
