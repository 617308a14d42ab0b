package sqlite

import (
	"context"
	"errors"
	"slices"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// transaction is one body's part of the writer's group. Its savepoint is set at
// the first write, since many bodies only read.
type transaction struct {
	reader
	session
	savepoint bool
	doomed    error // the write after which nothing can be committed
}

var _ store.Writer = (*transaction)(nil)

func newTransaction(c *conn, find func(*store.Spec) (*collection, error)) *transaction {
	t := &transaction{session: session{conn: c}}
	t.reader = reader{find, t.session.use}
	return t
}

// write runs a write. Each checks before it changes anything, so one that is
// refused has changed nothing.
func (t *transaction) write(ctx context.Context, s *store.Spec, org string, fn func(*conn, *collection) error) error {
	return t.at(ctx, s, org, func(c *conn, col *collection) error {
		if t.doomed != nil {
			return t.doomed
		}
		if !t.savepoint {
			if err := c.exec("SAVEPOINT body"); err != nil {
				return err
			}
			t.savepoint = true
		}
		err := fn(c, col)
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			t.doomed = err
		}
		return err
	})
}

func (t *transaction) Insert(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	return t.write(ctx, s, org, func(c *conn, col *collection) error {
		if err := ordered.Record(org, r, 1); err != nil {
			return err
		}
		switch _, err := col.load(c, org, r.ID); {
		case err == nil:
			return &store.DuplicateError{Collection: col.spec.Name, Index: "id"}
		case !errors.Is(err, store.ErrAbsent):
			return err
		}
		if err := col.reindex(c, org, r.ID, nil, r.Body); err != nil {
			return err
		}
		return c.exec(col.insert, org, r.ID, r.Version, r.Changed.UnixMilli(), []byte(r.Body))
	})
}

func (t *transaction) Replace(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	return t.write(ctx, s, org, func(c *conn, col *collection) error {
		if err := ordered.Record(org, r, 2); err != nil {
			return err
		}
		old, err := col.expect(c, org, r.ID, r.Version-1)
		if err != nil {
			return err
		}
		if err := col.reindex(c, org, r.ID, old.Body, r.Body); err != nil {
			return err
		}
		return c.exec(col.replace, org, r.ID, r.Version, r.Changed.UnixMilli(), []byte(r.Body))
	})
}

func (t *transaction) Delete(ctx context.Context, s *store.Spec, org, id string, version int64) error {
	return t.write(ctx, s, org, func(c *conn, col *collection) error {
		old, err := col.expect(c, org, id, version)
		if err != nil {
			return err
		}
		return col.erase(c, org, old)
	})
}

// Require needs no more than a look: no other transaction commits between now and this one's end.
func (t *transaction) Require(ctx context.Context, s *store.Spec, org, id string, version int64) error {
	return t.write(ctx, s, org, func(c *conn, col *collection) error {
		_, err := col.expect(c, org, id, version)
		if errors.Is(err, store.ErrAbsent) {
			return store.ErrConflict
		}
		return err
	})
}

func (t *transaction) DeleteRange(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (n int, err error) {
	q.After = ""
	err = t.write(ctx, s, org, func(c *conn, col *collection) error {
		if err := ordered.Batch(limit); err != nil {
			return err
		}
		w, err := ordered.Plan(col.spec, q)
		if err != nil {
			return err
		}
		recs, _, err := col.walk(c, org, w, limit)
		if err != nil {
			return err
		}
		gone := map[string]bool{}
		for _, r := range recs {
			if gone[r.ID] { // it stands in the range with several elements
				continue
			}
			if err := col.erase(c, org, r); err != nil {
				return err
			}
			gone[r.ID] = true
		}
		n = len(gone)
		return nil
	})
	return n, err
}

// expect loads a document that must have this version.
func (col *collection) expect(c *conn, org, id string, version int64) (store.Record, error) {
	r, err := col.load(c, org, id)
	if err == nil && r.Version != version {
		err = store.ErrConflict
	}
	return r, err
}

// erase removes a document and its index entries.
func (col *collection) erase(c *conn, org string, r store.Record) error {
	if err := col.reindex(c, org, r.ID, r.Body, nil); err != nil {
		return err
	}
	return c.exec(col.remove, org, r.ID)
}

// reindex turns the index entries of one body into those of another; nil stands for none.
func (col *collection) reindex(c *conn, org, id string, before, after []byte) error {
	type change struct {
		ix        *index
		drop, add [][]byte
	}
	changes := make([]change, 0, len(col.indexes))
	for i := range col.indexes {
		ix := &col.indexes[i]
		was, err := entries(ix, before)
		if err != nil {
			return err
		}
		is, err := entries(ix, after)
		if err != nil {
			return err
		}
		ch := change{ix, without(was, is), without(is, was)}
		for _, key := range ch.add {
			if err := ix.free(c, col, org, key); err != nil {
				return err
			}
		}
		changes = append(changes, ch)
	}
	for _, ch := range changes {
		for _, key := range ch.drop {
			if err := c.exec(ch.ix.drop, org, key, id); err != nil {
				return err
			}
		}
		for _, key := range ch.add {
			if err := c.exec(ch.ix.add, org, key, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func entries(ix *index, body []byte) ([][]byte, error) {
	if body == nil {
		return nil, nil
	}
	return ordered.Entries(ix.Index, body)
}

// without returns the keys of a that b has not.
func without(a, b [][]byte) [][]byte {
	return slices.DeleteFunc(slices.Clone(a), func(key []byte) bool {
		return slices.ContainsFunc(b, func(k []byte) bool { return string(k) == string(key) })
	})
}
