package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// memoryReader reads a state.
type memoryReader struct {
	collection func(*store.Spec) (*store.Spec, error)
	state      func() (state, error)
}

func (r memoryReader) at(ctx context.Context, s *store.Spec, org string) (*store.Spec, state, error) {
	if err := errors.Join(ctx.Err(), ordered.Org(org)); err != nil {
		return nil, state{}, err
	}
	c, err := r.collection(s)
	if err != nil {
		return nil, state{}, err
	}
	st, err := r.state()
	return c, st, err
}

func (r memoryReader) Get(ctx context.Context, s *store.Spec, org, id string) (store.Record, error) {
	c, st, err := r.at(ctx, s, org)
	if err != nil {
		return store.Record{}, err
	}
	return st.load(c, org, id)
}

func (r memoryReader) GetMany(ctx context.Context, s *store.Spec, org string, ids []string) (recs []store.Record, err error) {
	if err := ordered.IDs(len(ids)); err != nil {
		return nil, err
	}
	c, st, err := r.at(ctx, s, org)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if rec, err := st.load(c, org, id); err == nil {
			recs = append(recs, rec)
		}
	}
	return recs, nil
}

func (r memoryReader) Find(ctx context.Context, s *store.Spec, org string, q store.Query) (page store.Page, err error) {
	if err := ordered.Page(q.Limit); err != nil {
		return page, err
	}
	c, st, err := r.at(ctx, s, org)
	if err != nil {
		return page, err
	}
	w, err := ordered.Plan(c, q)
	if err != nil {
		return page, err
	}
	places := st.walk(c, org, w, q.Limit+1)
	if len(places) > q.Limit {
		places = places[:q.Limit]
		if page.Next, err = w.Cursor(places[q.Limit-1]); err != nil {
			return page, err
		}
	}
	page.Records, err = st.loadAll(c, org, places)
	return page, err
}

func (r memoryReader) Count(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (int, error) {
	if limit < 1 {
		return 0, fmt.Errorf("store: a count up to %d", limit)
	}
	c, st, err := r.at(ctx, s, org)
	if err != nil {
		return 0, err
	}
	q.After = ""
	w, err := ordered.Plan(c, q)
	if err != nil {
		return 0, err
	}
	return len(st.walk(c, org, w, limit)), nil
}

// memoryMoment reads a state that a real engine would keep for a limited time.
type memoryMoment struct{ memoryReader }

var _ store.Brief = memoryMoment{}

func (m memoryMoment) Stamps(ctx context.Context, s *store.Spec, org, after string, limit int) (stamps []store.Stamp, err error) {
	if err := ordered.Stamps(limit); err != nil {
		return nil, err
	}
	c, st, err := m.at(ctx, s, org)
	if err != nil {
		return nil, err
	}
	space, start := docKey(c, org, ""), docKey(c, org, after)
	st.docs.up(start, func(key string, r store.Record) bool {
		switch {
		case !strings.HasPrefix(key, space):
			return false
		case key != start:
			stamps = append(stamps, r.Stamp())
		}
		return len(stamps) < limit
	})
	return stamps, nil
}

// docKey and entryKey: no part before the last holds NUL, and an entry's key is
// never the beginning of another, so the order is by organisation, key and id.
func docKey(c *store.Spec, org, id string) string { return c.Name + "\x00" + org + "\x00" + id }

func entryKey(c *store.Spec, index, org string, key []byte) string {
	return c.Name + "\x00" + index + "\x00" + org + "\x00" + string(key)
}

func (s state) load(c *store.Spec, org, id string) (store.Record, error) {
	r, ok := s.docs.get(docKey(c, org, id))
	if !ok {
		return r, store.ErrAbsent
	}
	r.Body = bytes.Clone(r.Body)
	return r, nil
}

func (s state) loadAll(c *store.Spec, org string, places []ordered.Place) ([]store.Record, error) {
	var recs []store.Record
	for _, p := range places {
		r, err := s.load(c, org, p.ID)
		if err != nil {
			return nil, fmt.Errorf("storetest: an entry without document: %w", err)
		}
		recs = append(recs, r)
	}
	return recs, nil
}

// walk finds at most limit places on a way through an index.
func (s state) walk(c *store.Spec, org string, w ordered.Walk, limit int) (places []ordered.Place) {
	start := entryKey(c, w.Index.Name, org, w.Start.Key) + w.Start.ID
	if w.Down {
		s.entries.down(start, func(key string, p ordered.Place) bool {
			if key < entryKey(c, w.Index.Name, org, w.Lo) {
				return false
			}
			places = append(places, p)
			return len(places) < limit
		})
		return places
	}
	s.entries.up(start, func(key string, p ordered.Place) bool {
		switch {
		case key >= entryKey(c, w.Index.Name, org, w.Hi):
			return false
		case key == start: // the place where the page before ended
			return true
		}
		places = append(places, p)
		return len(places) < limit
	})
	return places
}

// taken tells whether a document stands under a key.
func (s state) taken(c *store.Spec, index, org string, key []byte) (yes bool) {
	prefix := entryKey(c, index, org, key)
	s.entries.up(prefix, func(k string, _ ordered.Place) bool {
		yes = strings.HasPrefix(k, prefix)
		return false
	})
	return yes
}

// lease is what a body may use until it ends.
type lease struct {
	mu   sync.Mutex
	over bool
}

func (l *lease) check() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return errors.New("store: used after its transaction or snapshot ended")
	}
	return nil
}

func (l *lease) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
}
