package archive_test

import (
	"context"
	"slices"
	"strings"

	"chautari/models/store"
)

// fleeting is an engine whose snapshots outlive after some reads, while others
// write.
type fleeting struct {
	store.Engine
	reads     func() int // how many the next snapshot lasts; is asked before it begins
	meanwhile func()     // is done before each read
	opened    func(store.Reader)
	snapshots int
}

func (f *fleeting) Snapshot(ctx context.Context, body func(store.Reader) error) error {
	f.snapshots++
	left := f.reads()
	return f.Engine.Snapshot(ctx, func(r store.Reader) error {
		if f.opened != nil {
			f.opened(r)
		}
		return body(&passing{Reader: r, of: f, left: left})
	})
}

// passing is the reader of one of them.
type passing struct {
	store.Reader
	of   *fleeting
	left int
}

func (p *passing) read() error {
	if p.of.meanwhile != nil {
		p.of.meanwhile()
	}
	if p.left--; p.left < 0 {
		return store.ErrOutlived
	}
	return nil
}

func (p *passing) GetMany(ctx context.Context, c *store.Spec, org string, ids []string) ([]store.Record, error) {
	if err := p.read(); err != nil {
		return nil, err
	}
	return p.Reader.GetMany(ctx, c, org, ids)
}

func (p *passing) Find(ctx context.Context, c *store.Spec, org string, q store.Query) (store.Page, error) {
	if err := p.read(); err != nil {
		return store.Page{}, err
	}
	return p.Reader.Find(ctx, c, org, q)
}

// Stamps are those of the engine, or are found by going over the collection.
func (p *passing) Stamps(ctx context.Context, c *store.Spec, org, after string, limit int) ([]store.Stamp, error) {
	if err := p.read(); err != nil {
		return nil, err
	}
	if b, ok := p.Reader.(store.Brief); ok {
		return b.Stamps(ctx, c, org, after, limit)
	}
	var all []store.Stamp
	q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
	for more := true; more; more = q.After != "" {
		page, err := p.Reader.Find(ctx, c, org, q)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Records {
			if r.ID > after {
				all = append(all, r.Stamp())
			}
		}
		q.After = page.Next
	}
	slices.SortFunc(all, func(a, b store.Stamp) int { return strings.Compare(a.ID, b.ID) })
	return all[:min(limit, len(all))], nil
}
