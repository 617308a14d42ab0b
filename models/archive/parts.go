package archive

import (
	"context"
	"fmt"
	"hash/maphash"
	"slices"
	"time"

	"chautari/models/store"
)

// parts copies extents in the order of their ids, so that what changes
// meanwhile changes no place, and remembers of each document the mark of the
// state in which it was copied: eight bytes, whatever it holds.
type parts struct {
	order Order
	w     *Writer
	seed  maphash.Seed
	sure  time.Time // a daily state of this day or later is not sure to be what was copied
	all   []*copied
	at    int     // the extent that is being copied
	steps int     // pages and extents that were copied
	void  []int64 // numbers that are not yet written
}

// copied is what a file holds of an extent.
type copied struct {
	extent
	pages []page // in the order of their ids
}

// page is what was copied of the ids behind the last one of the page before.
type page struct {
	last  string
	first int64 // the number of its first document in the file
	marks []uint64
}

// met is the mark of a document that was found as it had been copied.
const met = 0

func newParts(o Order, w *Writer, all []extent) (*parts, error) {
	day, err := time.Parse(time.DateOnly, o.Day)
	if err != nil {
		return nil, fmt.Errorf("archive: %q is no day", o.Day)
	}
	// A day in Nepal begins on the evening of the one before in UTC.
	p := &parts{order: o, w: w, seed: maphash.MakeSeed(), sure: day.AddDate(0, 0, -1)}
	for _, x := range all {
		p.all = append(p.all, &copied{extent: x})
	}
	return p, nil
}

// copy goes on where it ended. After store.ErrOutlived it may be called again,
// on another snapshot.
func (p *parts) copy(ctx context.Context, r store.Brief) error {
	for ; p.at < len(p.all); p.at++ {
		c, after := p.all[p.at], ""
		if n := len(c.pages); n > 0 {
			after = c.pages[n-1].last
		}
		err := states(ctx, r, c.extent, after, func(some []store.Stamp) error {
			found, err := r.GetMany(ctx, c.spec, c.org, ids(some))
			if err != nil {
				return err
			}
			pg := page{last: some[len(some)-1].ID, first: p.w.Documents(), marks: make([]uint64, 0, len(found))}
			for _, f := range found {
				wrote, err := p.write(c.extent, f)
				if err != nil {
					return err
				}
				if wrote {
					pg.marks = append(pg.marks, p.mark(f.Stamp()))
				}
			}
			c.pages = append(c.pages, pg)
			p.steps++
			p.order.step(p.w)
			return nil
		})
		if err != nil {
			return err
		}
		p.steps++
	}
	return nil
}

// mend makes the file what the snapshot is: it voids what was copied and is no
// longer so, and writes what is otherwise or new.
func (p *parts) mend(ctx context.Context, r store.Brief, now []extent) error {
	for _, x := range now {
		c := &copied{extent: x}
		at := slices.IndexFunc(p.all, func(c *copied) bool { return c.spec == x.spec && c.org == x.org })
		if at >= 0 {
			c = p.all[at]
			p.all = slices.Delete(p.all, at, at+1)
		}
		if err := p.compare(ctx, r, c); err != nil {
			return err
		}
	}
	for _, c := range p.all { // of spaces that are gone
		if err := p.end(c.pages...); err != nil {
			return err
		}
	}
	return p.flush(1)
}

// compare mends one extent.
func (p *parts) compare(ctx context.Context, r store.Brief, c *copied) error {
	left := c.pages
	var other []string // ids of what is not as it was copied
	err := states(ctx, r, c.extent, "", func(some []store.Stamp) error {
		for _, s := range some {
			n := 0
			for n < len(left) && left[n].last < s.ID {
				n++
			}
			if err := p.end(left[:n]...); err != nil {
				return err
			}
			left = left[n:]
			if len(left) > 0 && p.meets(c.spec, left[0], s) {
				continue
			}
			if other = append(other, s.ID); len(other) < store.MaxIDs {
				continue
			}
			if err := p.anew(ctx, r, c.extent, other); err != nil {
				return err
			}
			other = other[:0]
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := p.anew(ctx, r, c.extent, other); err != nil {
		return err
	}
	return p.end(left...)
}

// anew writes documents as they are in the last snapshot.
func (p *parts) anew(ctx context.Context, r store.Brief, x extent, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := r.GetMany(ctx, x.spec, x.org, ids)
	if err != nil {
		return err
	}
	for _, f := range found {
		if _, err := p.write(x, f); err != nil {
			return err
		}
	}
	p.order.step(p.w)
	return nil
}

// meets finds a document in its page in the very state.
func (p *parts) meets(spec *store.Spec, pg page, s store.Stamp) bool {
	if spec.Daily && !s.Changed.Before(p.sure) {
		return false
	}
	at := slices.Index(pg.marks, p.mark(s))
	if at >= 0 {
		pg.marks[at] = met
	}
	return at >= 0
}

// end voids what was not met of pages that are passed.
func (p *parts) end(pages ...page) error {
	for _, pg := range pages {
		for i, m := range pg.marks {
			if m != met {
				p.void = append(p.void, pg.first+int64(i))
			}
		}
		if err := p.flush(store.MaxStamps); err != nil {
			return err
		}
	}
	return nil
}

// flush writes what is void, if it is so much.
func (p *parts) flush(least int) error {
	if len(p.void) < least {
		return nil
	}
	defer func() { p.void = p.void[:0] }()
	return p.w.Void(p.void)
}

func (p *parts) write(x extent, r store.Record) (wrote bool, err error) {
	if x.lets != nil && !x.lets(r) {
		return false, nil
	}
	return true, p.w.Document(x.spec.Name, x.org, r)
}

// mark tells a state from the others of its page.
func (p *parts) mark(s store.Stamp) uint64 {
	m := maphash.Comparable(p.seed, struct {
		id               string
		version, changed int64
	}{s.ID, s.Version, s.Changed.UnixMilli()})
	return max(m, met+1)
}

// states hands over the stamps behind an id, as many at a time as documents can
// be asked for.
func states(ctx context.Context, r store.Brief, x extent, after string, fn func([]store.Stamp) error) error {
	for {
		list, err := r.Stamps(ctx, x.spec, x.org, after, store.MaxStamps)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(list, store.MaxIDs) {
			if err := fn(some); err != nil {
				return err
			}
		}
		if len(list) < store.MaxStamps {
			return nil
		}
		after = list[len(list)-1].ID
	}
}

func ids(stamps []store.Stamp) []string {
	all := make([]string, len(stamps))
	for i, s := range stamps {
		all[i] = s.ID
	}
	return all
}
