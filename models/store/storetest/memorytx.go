package storetest

import (
	"bytes"
	"context"
	"errors"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// memoryTx buffers what a body writes. It serves one goroutine.
type memoryTx struct {
	memoryReader
	engine  *hostile
	lease   lease
	view    state // what the body sees: its snapshot and its own writes
	began   int
	wrote   map[string]bool
	changes []func(*state)
	doomed  error
	strikes int // writes until a conflict is invented; 0 for none
}

func newMemoryTx(h *hostile, s state, began int) *memoryTx {
	t := &memoryTx{engine: h, view: s, began: began, wrote: map[string]bool{}, strikes: h.strikes()}
	t.memoryReader = memoryReader{h.collection, func() (state, error) { return t.view, t.lease.check() }}
	return t
}

func (t *memoryTx) change(fn func(*state)) {
	fn(&t.view)
	t.changes = append(t.changes, fn)
}

// write runs a write, of which nothing stays if it errs.
func (t *memoryTx) write(ctx context.Context, s *store.Spec, org string, fn func(*store.Spec) error) error {
	c, _, err := t.at(ctx, s, org)
	switch {
	case err != nil:
		return err
	case t.doomed != nil:
		return t.doomed
	case t.strikes == 1:
		t.doomed = store.ErrConflict
		return t.doomed
	}
	t.strikes--
	view, changes := t.view, len(t.changes)
	err = fn(c)
	if err != nil {
		t.view, t.changes = view, t.changes[:changes]
		if !errors.Is(err, store.ErrAbsent) {
			t.doomed = err
		}
	}
	return err
}

func (t *memoryTx) Insert(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	return t.write(ctx, s, org, func(c *store.Spec) error {
		if err := ordered.Record(org, r, 1); err != nil {
			return err
		}
		t.wrote[docKey(c, org, r.ID)] = true
		if _, err := t.view.load(c, org, r.ID); err == nil {
			return &store.DuplicateError{Collection: c.Name, Index: "id"}
		}
		return t.put(c, org, nil, r)
	})
}

func (t *memoryTx) Replace(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	return t.write(ctx, s, org, func(c *store.Spec) error {
		if err := ordered.Record(org, r, 2); err != nil {
			return err
		}
		old, err := t.expect(c, org, r.ID, r.Version-1)
		if err != nil {
			return err
		}
		return t.put(c, org, old.Body, r)
	})
}

func (t *memoryTx) Delete(ctx context.Context, s *store.Spec, org, id string, version int64) error {
	return t.write(ctx, s, org, func(c *store.Spec) error {
		old, err := t.expect(c, org, id, version)
		if err != nil {
			return err
		}
		return t.erase(c, org, old)
	})
}

func (t *memoryTx) Require(ctx context.Context, s *store.Spec, org, id string, version int64) error {
	return t.write(ctx, s, org, func(c *store.Spec) error {
		_, err := t.expect(c, org, id, version)
		if errors.Is(err, store.ErrAbsent) {
			return store.ErrConflict
		}
		return err
	})
}

func (t *memoryTx) DeleteRange(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (n int, err error) {
	q.After = ""
	err = t.write(ctx, s, org, func(c *store.Spec) error {
		if err := ordered.Batch(limit); err != nil {
			return err
		}
		w, err := ordered.Plan(c, q)
		if err != nil {
			return err
		}
		for _, p := range t.view.walk(c, org, w, limit) {
			r, err := t.view.load(c, org, p.ID)
			if errors.Is(err, store.ErrAbsent) { // it stood in the range with several elements
				continue
			}
			if err := t.erase(c, org, r); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// expect loads a document that must have this version, and counts it as written.
func (t *memoryTx) expect(c *store.Spec, org, id string, version int64) (store.Record, error) {
	r, err := t.view.load(c, org, id)
	if err == nil && r.Version != version {
		err = store.ErrConflict
	}
	t.wrote[docKey(c, org, id)] = true
	return r, err
}

func (t *memoryTx) put(c *store.Spec, org string, before []byte, r store.Record) error {
	if err := t.reindex(c, org, r.ID, before, r.Body); err != nil {
		return err
	}
	r.Body = bytes.Clone(r.Body)
	t.change(func(s *state) { s.docs = s.docs.put(docKey(c, org, r.ID), r) })
	return nil
}

func (t *memoryTx) erase(c *store.Spec, org string, r store.Record) error {
	t.wrote[docKey(c, org, r.ID)] = true
	if err := t.reindex(c, org, r.ID, r.Body, nil); err != nil {
		return err
	}
	t.change(func(s *state) { s.docs = s.docs.remove(docKey(c, org, r.ID)) })
	return nil
}

// reindex takes the entries of one body away and adds those of another; nil stands for none.
func (t *memoryTx) reindex(c *store.Spec, org, id string, before, after []byte) error {
	for _, ix := range ordered.Indexes(c) {
		old, err := entries(ix, before)
		if err != nil {
			return err
		}
		for _, key := range old {
			at := entryKey(c, ix.Name, org, key)
			if ix.Unique {
				t.wrote[at] = true
			}
			t.change(func(s *state) { s.entries = s.entries.remove(at + id) })
		}
		fresh, err := entries(ix, after)
		if err != nil {
			return err
		}
		for _, key := range fresh {
			at, place := entryKey(c, ix.Name, org, key), ordered.Place{Key: key, ID: id}
			if ix.Unique {
				t.wrote[at] = true
				if t.view.taken(c, ix.Name, org, key) {
					return &store.DuplicateError{Collection: c.Name, Index: ix.Name}
				}
			}
			t.change(func(s *state) { s.entries = s.entries.put(at+id, place) })
		}
	}
	return nil
}

func entries(ix store.Index, body []byte) ([][]byte, error) {
	if body == nil {
		return nil, nil
	}
	return ordered.Entries(ix, body)
}
