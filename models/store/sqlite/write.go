package sqlite

import (
	"context"
	"errors"
	"slices"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// transaction is one body's part of the writer's group. It notes its changes
// and undoes them one by one if the body fails. Savepoints of SQLite would do
// that too, but copy each page that is written, for bodies that seldom fail.
type transaction struct {
	reader
	session
	group   *group
	changes []change
	doomed  error // the write after which nothing can be committed
}

// change turns one record into another; nil stands for none.
type change struct {
	place
	before, after *store.Record
}

var _ store.Writer = (*transaction)(nil)

func newTransaction(c *conn, find func(*store.Spec) (*collection, error), g *group) *transaction {
	t := &transaction{session: session{conn: c}, group: g}
	t.reader = reader{find: find, use: t.session.use}
	return t
}

func (t *transaction) Get(ctx context.Context, s *store.Spec, org, id string) (rec store.Record, err error) {
	err = t.at(ctx, s, org, func(c *conn, col *collection) (err error) {
		rec, err = t.load(c, place{col, org, id})
		return err
	})
	return rec, err
}

func (t *transaction) GetMany(ctx context.Context, s *store.Spec, org string, ids []string) (recs []store.Record, err error) {
	if err := ordered.IDs(len(ids)); err != nil {
		return nil, err
	}
	err = t.at(ctx, s, org, func(c *conn, col *collection) error {
		found, err := t.group.read(c, col.places(org, ids), col.several(org, ids))
		recs = those(found)
		return err
	})
	return recs, err
}

// load reads one document, or store.ErrAbsent.
func (t *transaction) load(c *conn, p place) (store.Record, error) {
	found, err := t.group.read(c, []place{p}, p.col.one(p.org, p.id))
	if err != nil {
		return store.Record{}, err
	}
	return present(found[0])
}

// write runs a write. Each checks before it changes anything, so one that is
// refused has changed nothing.
func (t *transaction) write(ctx context.Context, s *store.Spec, org string, fn func(*conn, *collection) error) error {
	return t.at(ctx, s, org, func(c *conn, col *collection) error {
		if t.doomed != nil {
			return t.doomed
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
		p := place{col, org, r.ID}
		switch _, err := t.load(c, p); {
		case err == nil:
			return &store.DuplicateError{Collection: col.spec.Name, Index: "id"}
		case !errors.Is(err, store.ErrAbsent):
			return err
		}
		return t.change(c, change{p, nil, &r})
	})
}

func (t *transaction) Replace(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	return t.write(ctx, s, org, func(c *conn, col *collection) error {
		if err := ordered.Record(org, r, 2); err != nil {
			return err
		}
		p := place{col, org, r.ID}
		old, err := t.expect(c, p, r.Version-1)
		if err != nil {
			return err
		}
		return t.change(c, change{p, &old, &r})
	})
}

func (t *transaction) Delete(ctx context.Context, s *store.Spec, org, id string, version int64) error {
	return t.write(ctx, s, org, func(c *conn, col *collection) error {
		p := place{col, org, id}
		old, err := t.expect(c, p, version)
		if err != nil {
			return err
		}
		return t.change(c, change{p, &old, nil})
	})
}

// Require needs no more than a look: no other transaction commits between now and this one's end.
func (t *transaction) Require(ctx context.Context, s *store.Spec, org, id string, version int64) error {
	return t.write(ctx, s, org, func(c *conn, col *collection) error {
		_, err := t.expect(c, place{col, org, id}, version)
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
			if err := t.change(c, change{place{col, org, r.ID}, &r, nil}); err != nil {
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
func (t *transaction) expect(c *conn, p place, version int64) (store.Record, error) {
	r, err := t.load(c, p)
	if err == nil && r.Version != version {
		err = store.ErrConflict
	}
	return r, err
}

// change makes a change and notes it.
func (t *transaction) change(c *conn, ch change) error {
	moves, err := ch.moves(c)
	if err != nil {
		return err
	}
	if err := t.group.apply(c, ch, moves); err != nil {
		return err
	}
	t.changes = append(t.changes, ch)
	return nil
}

// undo takes the changes back, the last one first.
func (t *transaction) undo(c *conn) error {
	for _, ch := range slices.Backward(t.changes) {
		ch.before, ch.after = ch.after, ch.before
		moves, err := ch.moves(c)
		if err != nil {
			return err
		}
		if err := t.group.apply(c, ch, moves); err != nil {
			return err
		}
	}
	return nil
}

// write writes the document alone.
func (ch change) write(c *conn) error {
	r := ch.after
	switch {
	case r == nil:
		return c.exec(ch.col.remove, ch.org, ch.id)
	case ch.before == nil:
		return c.exec(ch.col.insert, ch.org, ch.id, r.Version, r.Changed.UnixMilli(), []byte(r.Body))
	default:
		return c.exec(ch.col.replace, ch.org, ch.id, r.Version, r.Changed.UnixMilli(), []byte(r.Body))
	}
}
