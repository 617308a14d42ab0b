package audit

import (
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"chautari/models/calendar"
	"chautari/models/store"
)

// What verifying finds.
const (
	EntryChanged  = "entry_changed"  // it differs from what was sealed
	EntryRemoved  = "entry_removed"  // it was sealed, is gone, and its time isn't over
	EntryAdded    = "entry_added"    // it is in no block, and older than what may wait for one
	EntryRepeated = "entry_repeated" // it is in two blocks
	EntryWaits    = "entry_waits"    // it is in no block, and the server seals others that came long after it
	PrunedEarly   = "pruned_early"   // the block says that the time of entries is over, and it can't be
	Reordered     = "reordered"      // entries of a block, or blocks, in another order
	BlockChanged  = "block_changed"  // it isn't what its hash was made of
	BlockMissing  = "block_missing"  // there is a gap in the chain
	BlockUnlinked = "block_unlinked" // it names another block as the one before
	TailCut       = "tail_cut"       // the chain ends before a block that is known
	CopyDiffers   = "copy_differs"   // the copy has another block in this place
	CopyLacks     = "copy_lacks"     // the copy lacks a block, and has later ones
	CopyChanged   = "copy_changed"   // a block of the copy isn't what its hash was made of
	CopyBroken    = "copy_broken"    // a place in the copy can't be read
)

// Finding is one thing that isn't as it was sealed: in which block, which entry.
type Finding struct {
	Kind  string
	Seq   int64  // 0 where it is in no block
	Until int64  // of a gap, its last; 0 otherwise
	Entry string // empty where it is a whole block
	Where string // a place in the copy
	Day   string // before which entries are said to be over
}

// Verified is what verifying an organisation's trail gave.
type Verified struct {
	Head     Head
	Blocks   int64
	Entries  int // that are as they were sealed
	Unsealed int // that wait for their block
	Pruned   int // that were sealed, and whose time is over
	Before   string
	Lost     []Lost // blocks given up when a backup was brought back
	Uncopied int64  // blocks that the copy doesn't have yet
	Findings []Finding
}

// Against is what the chain is compared with, as far as there is something.
type Against struct {
	Copy Copy
	Head Head // where it ended when it was last looked at
	Now  time.Time
	// Sealing: a server seals this trail now, so that nothing waits for long.
	Sealing bool
}

// verifier goes through one organisation's trail.
type verifier struct {
	v        store.View
	chained  Chain
	org      string
	today    calendar.Date
	progress func(done int)
	done     int
	Verified

	seed   maphash.Seed
	sealed map[uint64]bool  // hashes of ids of entries that are in a block
	hashes map[int64]string // of blocks, by seq
	amiss  []*Block         // that aren't what their hash was made of
	gone   []missing
	latest time.Time // of the entries that are in a block
	told   map[Finding]bool
}

// missing is an entry that is gone, and of which day.
type missing struct {
	Finding
	day string
}

// Verify recomputes the trail of an organisation and compares it. It needs
// memory for hashes alone, and may run beside a server that goes on writing.
// progress is told how many entries were looked at.
func (c Chain) Verify(ctx context.Context, s *store.Space, against Against, progress func(done int)) (*Verified, error) {
	w := &verifier{
		v: s, chained: c, org: s.Org(), today: calendar.Of(against.Now), progress: progress, seed: maphash.MakeSeed(),
		sealed: map[uint64]bool{}, hashes: map[int64]string{}, told: map[Finding]bool{},
	}
	if err := w.chain(ctx); err != nil {
		return nil, err
	}
	if against.Sealing {
		w.latest = against.Now
	}
	if err := w.strangers(ctx); err != nil {
		return nil, err
	}
	if err := w.excuse(ctx); err != nil {
		return nil, err
	}
	w.known(against.Head)
	if against.Copy != nil {
		if err := w.copies(ctx, against.Copy); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(w.Findings, func(a, b Finding) int { return cmp.Compare(a.Seq, b.Seq) })
	return &w.Verified, nil
}

// found notes a finding, each once.
func (w *verifier) found(kind string, seq int64, entry string) {
	w.note(Finding{Kind: kind, Seq: seq, Entry: entry})
}

func (w *verifier) note(f Finding) {
	one := f
	if f.Entry != "" {
		one.Seq = 0 // the copy may have it in another block
	}
	if !w.told[one] {
		w.told[one] = true
		w.Findings = append(w.Findings, f)
	}
}

func (w *verifier) tell(n int) {
	w.done += n
	if w.progress != nil {
		w.progress(w.done)
	}
}

// chain goes through the blocks that are behind the last one looked at.
func (w *verifier) chain(ctx context.Context) error {
	return Blocks.Each(ctx, w.v, store.Query{Index: "seq", From: w.Head.Seq + 1}, func(b *Block) error {
		switch gap := b.Seq - w.Head.Seq - 1; {
		case gap > 0: // nothing can be said about the link
			w.note(Finding{Kind: BlockMissing, Seq: w.Head.Seq + 1, Until: b.Seq - 1})
		case b.Before != w.Head.Hash:
			w.found(BlockUnlinked, b.Seq, "")
		}
		sum, err := w.chained.sum(ctx, w.org, b)
		if err != nil {
			return err
		}
		if sum != b.Hash {
			w.amiss = append(w.amiss, b)
		} else {
			w.notes(b)
		}
		if !slices.IsSortedFunc(b.Entries, func(x, y Sealed) int { return strings.Compare(x.ID, y.ID) }) {
			w.found(Reordered, b.Seq, "")
		}
		w.Head = Head{b.Seq, b.Hash}
		w.hashes[b.Seq] = b.Hash
		w.Blocks++
		return w.entries(ctx, b.Seq, b.Day.String(), b.Entries)
	})
}

// notes takes in what a block says that isn't about entries of its own. What is
// kept for a year at least can't be over sooner, whoever made the block.
func (w *verifier) notes(b *Block) {
	made := b.Day
	if made.After(w.today) {
		made = w.today
	}
	if over := made.AddMonths(-KeptLeast).String(); b.Pruned > over {
		w.note(Finding{Kind: PrunedEarly, Seq: b.Seq, Day: b.Pruned})
	} else {
		w.Before = max(w.Before, b.Pruned)
	}
	if b.Lost != nil {
		w.Lost = append(w.Lost, *b.Lost)
	}
}

// entries looks at what a block sealed.
func (w *verifier) entries(ctx context.Context, seq int64, day string, sealed []Sealed) error {
	for chunk := range slices.Chunk(sealed, store.MaxIDs) {
		now, latest, err := digests(ctx, w.v, chunk)
		if err != nil {
			return err
		}
		if latest.After(w.latest) {
			w.latest = latest
		}
		for _, e := range chunk {
			place := maphash.String(w.seed, e.ID)
			if w.sealed[place] {
				w.found(EntryRepeated, seq, e.ID)
			}
			w.sealed[place] = true
			switch d, there := now[e.ID]; {
			case !there:
				w.gone = append(w.gone, missing{Finding{Kind: EntryRemoved, Seq: seq, Entry: e.ID}, day})
			case d != e.Digest:
				w.found(EntryChanged, seq, e.ID)
			default:
				w.Entries++
			}
		}
		w.tell(len(chunk))
	}
	return nil
}

// digests are those of entries that are there, and the instant of the latest.
func digests(ctx context.Context, v store.View, of []Sealed) (now map[string]string, latest time.Time, err error) {
	ids := make([]string, len(of))
	for i, e := range of {
		ids[i] = e.ID
	}
	found, err := Entries.GetMany(ctx, v, ids)
	if err != nil {
		return nil, latest, err
	}
	now = map[string]string{}
	for _, e := range found {
		if now[e.ID], err = e.digest(); err != nil {
			return nil, latest, err
		}
		if e.At != nil && e.At.After(latest) {
			latest = *e.At
		}
	}
	return now, latest, nil
}

// strangers looks for entries that are in no block. The last days' may wait for one.
func (w *verifier) strangers(ctx context.Context) error {
	var strange []*Entry
	err := Entries.Each(ctx, w.v, store.Query{Index: store.ChangedIndex}, func(e *Entry) error {
		w.tell(1)
		if !w.sealed[maphash.String(w.seed, e.ID)] {
			strange = append(strange, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	// What was sealed while this looked is in a later block.
	if len(strange) > 0 {
		if err := w.chain(ctx); err != nil {
			return err
		}
	}
	since, err := openDays(ctx, w.v)
	if err != nil {
		return err
	}
	for _, e := range strange {
		switch {
		case w.sealed[maphash.String(w.seed, e.ID)]:
		case e.Day.Before(since):
			w.found(EntryAdded, 0, e.ID)
		case e.overdue(w.latest):
			w.found(EntryWaits, 0, e.ID)
		default:
			w.Unsealed++
		}
	}
	return nil
}

// slow is how long a transaction may last before its entry is looked for.
const slow = 5 * time.Minute

// overdue tells whether an entry would be in a block, had it come the usual way: the
// server was sealing at this instant.
func (e *Entry) overdue(sealing time.Time) bool {
	if e.At != nil {
		return e.At.Before(sealing.Add(-laggards - slow))
	}
	return e.Day.Before(calendar.Of(sealing.Add(-morning - laggards - slow)))
}

// excuse forgives what is gone because its time is over, and tells blocks that
// changed places from others that were changed.
func (w *verifier) excuse(ctx context.Context) error {
	for _, f := range w.gone {
		if f.day < w.Before {
			w.Pruned++
		} else {
			w.note(f.Finding)
		}
	}
	for _, b := range w.amiss {
		kind, stands := BlockChanged, b.Seq
		for _, other := range w.amiss[:min(len(w.amiss), 100)] {
			b.Seq = other.Seq
			sum, err := w.chained.sum(ctx, w.org, b)
			if err != nil {
				return err
			}
			if sum == b.Hash {
				kind = Reordered
			}
		}
		b.Seq = stands
		w.found(kind, b.Seq, "")
	}
	return nil
}

// known looks for the block that somebody wrote down.
func (w *verifier) known(h Head) {
	switch {
	case h.Seq == 0:
	case h.Seq > w.Head.Seq:
		if !w.givenUp(h.Seq) {
			w.found(TailCut, h.Seq, "")
		}
	case w.hashes[h.Seq] != h.Hash && w.hashes[h.Seq] != "" && !w.givenUp(h.Seq):
		w.found(BlockChanged, h.Seq, "")
	}
}

func (w *verifier) givenUp(seq int64) bool {
	return slices.ContainsFunc(w.Lost, func(l Lost) bool { return l.From <= seq && seq <= l.Until })
}
