package sqlite

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// reader is a store.Reader on whatever connection use lends, and on a cache
// where what is committed last may be read.
type reader struct {
	find  func(*store.Spec) (*collection, error)
	use   func(context.Context, func(*conn) error) error
	cache *cache
}

// in finds the collection and checks the organisation.
func (r reader) in(s *store.Spec, org string) (*collection, error) {
	col, err := r.find(s)
	if err != nil {
		return nil, err
	}
	return col, ordered.Org(org)
}

// at also borrows a connection.
func (r reader) at(ctx context.Context, s *store.Spec, org string, fn func(*conn, *collection) error) error {
	col, err := r.in(s, org)
	if err != nil {
		return err
	}
	return r.use(ctx, func(c *conn) error { return fn(c, col) })
}

func (r reader) Get(ctx context.Context, s *store.Spec, org, id string) (store.Record, error) {
	col, err := r.in(s, org)
	if err != nil {
		return store.Record{}, err
	}
	found, err := r.read(ctx, []place{{col, org, id}}, col.one(org, id))
	if err != nil {
		return store.Record{}, err
	}
	return present(found[0])
}

func (r reader) GetMany(ctx context.Context, s *store.Spec, org string, ids []string) ([]store.Record, error) {
	if err := ordered.IDs(len(ids)); err != nil {
		return nil, err
	}
	col, err := r.in(s, org)
	if err != nil {
		return nil, err
	}
	found, err := r.read(ctx, col.places(org, ids), col.several(org, ids))
	return those(found), err
}

// read takes what it can from the cache.
func (r reader) read(ctx context.Context, places []place, load load) (found []*store.Record, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if found, ok := r.cache.get(places...); ok {
		return found, nil
	}
	err = r.use(ctx, func(c *conn) (err error) {
		epoch := r.cache.now()
		if found, err = load(c); err == nil {
			r.cache.put(epoch, places, found)
		}
		return err
	})
	return found, err
}

func (r reader) Find(ctx context.Context, s *store.Spec, org string, q store.Query) (page store.Page, err error) {
	if err := ordered.Page(q.Limit); err != nil {
		return page, err
	}
	err = r.at(ctx, s, org, func(c *conn, col *collection) error {
		w, err := ordered.Plan(col.spec, q)
		if err != nil {
			return err
		}
		recs, places, err := col.walk(c, org, w, q.Limit+1)
		if err != nil {
			return err
		}
		if len(recs) > q.Limit {
			recs = recs[:q.Limit]
			page.Next, err = w.Cursor(places[q.Limit-1])
		}
		page.Records = recs
		return err
	})
	return page, err
}

func (r reader) Count(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (n int, err error) {
	if limit < 1 {
		return 0, fmt.Errorf("store: a count up to %d", limit)
	}
	q.After = ""
	err = r.at(ctx, s, org, func(c *conn, col *collection) error {
		w, err := ordered.Plan(col.spec, q)
		if err != nil {
			return err
		}
		counted, err := c.integer(col.index(w.Index.Name).count, org, w.Lo, w.Hi, int64(limit))
		n = int(counted)
		return err
	})
	return n, err
}

// load reads documents from the file, in the order of their ids; nil for each
// that there is none of.
type load func(*conn) ([]*store.Record, error)

func (col *collection) one(org, id string) load {
	return func(c *conn) ([]*store.Record, error) {
		found := make([]*store.Record, 1)
		err := c.query(func(row []driver.Value) error {
			r, err := record(row)
			found[0] = &r
			return err
		}, col.get, org, id)
		return found, err
	}
}

func (col *collection) several(org string, ids []string) load {
	return func(c *conn) ([]*store.Record, error) {
		list, err := json.Marshal(ids)
		if err != nil {
			return nil, err
		}
		// One statement, so that all are of one moment; key is the place in the list.
		found := make([]*store.Record, len(ids))
		err = c.query(func(row []driver.Value) error {
			i, _ := row[4].(int64)
			r, err := record(row)
			found[i] = &r
			return err
		}, col.many, org, string(list))
		return found, err
	}
}

func (col *collection) places(org string, ids []string) []place {
	places := make([]place, len(ids))
	for i, id := range ids {
		places[i] = place{col, org, id}
	}
	return places
}

// present is the record, or store.ErrAbsent for nil.
func present(r *store.Record) (store.Record, error) {
	if r == nil {
		return store.Record{}, store.ErrAbsent
	}
	return *r, nil
}

// those are the records that are there.
func those(found []*store.Record) []store.Record {
	recs := make([]store.Record, 0, len(found))
	for _, r := range found {
		if r != nil {
			recs = append(recs, *r)
		}
	}
	return recs
}

// walk reads at most limit documents on a way through an index, and where they stand in it.
func (col *collection) walk(c *conn, org string, w ordered.Walk, limit int) (recs []store.Record, places []ordered.Place, err error) {
	ix := col.index(w.Index.Name)
	sql, end := ix.up, w.Hi
	if w.Down {
		sql, end = ix.down, w.Lo
	}
	err = c.query(func(row []driver.Value) error {
		rec, err := record(row)
		key, _ := row[4].([]byte)
		recs, places = append(recs, rec), append(places, ordered.Place{Key: key, ID: rec.ID})
		return err
	}, sql, org, w.Start.Key, w.Start.ID, end, int64(limit))
	return recs, places, err
}

// record reads the columns id, version, changed, body.
func record(row []driver.Value) (store.Record, error) {
	id, ok1 := row[0].(string)
	version, ok2 := row[1].(int64)
	changed, ok3 := row[2].(int64)
	body, ok4 := row[3].([]byte)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return store.Record{}, errors.New("store: a row of another shape")
	}
	return store.Record{ID: id, Version: version, Changed: time.UnixMilli(changed).UTC(), Body: body}, nil
}

// session lends one connection until it ends: to the body of a snapshot or a transaction.
type session struct {
	mu   sync.Mutex
	conn *conn
	over bool
}

var errOver = errors.New("store: used after its transaction or snapshot ended")

func (s *session) use(ctx context.Context, fn func(*conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return errOver
	}
	return fn(s.conn)
}

func (s *session) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
}
