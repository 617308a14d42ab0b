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

// reader is a store.Reader on whatever connection use lends.
type reader struct {
	find func(*store.Spec) (*collection, error)
	use  func(context.Context, func(*conn) error) error
}

// at finds the collection, checks the organisation and borrows a connection.
func (r reader) at(ctx context.Context, s *store.Spec, org string, fn func(*conn, *collection) error) error {
	col, err := r.find(s)
	if err != nil {
		return err
	}
	if err := ordered.Org(org); err != nil {
		return err
	}
	return r.use(ctx, func(c *conn) error { return fn(c, col) })
}

func (r reader) Get(ctx context.Context, s *store.Spec, org, id string) (rec store.Record, err error) {
	err = r.at(ctx, s, org, func(c *conn, col *collection) (err error) {
		rec, err = col.load(c, org, id)
		return err
	})
	return rec, err
}

func (r reader) GetMany(ctx context.Context, s *store.Spec, org string, ids []string) (recs []store.Record, err error) {
	if err := ordered.IDs(len(ids)); err != nil {
		return nil, err
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	err = r.at(ctx, s, org, func(c *conn, col *collection) error {
		// One statement, so that all are of one moment; key is the place in the list.
		found := make([]*store.Record, len(ids))
		err := c.query(func(row []driver.Value) error {
			place, _ := row[4].(int64)
			rec, err := record(row)
			found[place] = &rec
			return err
		}, col.many, org, string(list))
		for _, rec := range found {
			if rec != nil {
				recs = append(recs, *rec)
			}
		}
		return err
	})
	return recs, err
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

// load reads one document.
func (col *collection) load(c *conn, org, id string) (rec store.Record, err error) {
	found := false
	err = c.query(func(row []driver.Value) (err error) {
		found = true
		rec, err = record(row)
		return err
	}, col.get, org, id)
	if err == nil && !found {
		err = store.ErrAbsent
	}
	return rec, err
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
