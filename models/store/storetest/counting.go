package storetest

import (
	"context"
	"maps"
	"slices"
	"sync"

	"chautari/models/store"
)

// Counting wraps an engine and notes what it is asked, so that a test can show
// that two requests ask the same.
func Counting(e store.Engine) *Counted { return &Counted{Engine: e} }

// Counted is an engine that notes each call by its kind and collection.
type Counted struct {
	store.Engine

	mu    sync.Mutex
	calls []string
	where map[string]bool
}

// Asked is what it was asked since it was asked for this last: the calls in their
// order, as "get sessions", and each once with its space before it, in their order
// as texts.
func (c *Counted) Asked() (calls, where []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	calls, where = c.calls, slices.Sorted(maps.Keys(c.where))
	c.calls, c.where = nil, nil
	return calls, where
}

func (c *Counted) note(kind string, s *store.Spec, org string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.where == nil {
		c.where = map[string]bool{}
	}
	call := kind + " " + s.Name
	c.calls, c.where[org+" "+call] = append(c.calls, call), true
}

// Reader notes each read.
func (c *Counted) Reader() store.Reader { return countedReader{c.Engine.Reader(), c} }

// Tx notes each call of the transaction's body.
func (c *Counted) Tx(ctx context.Context, body func(store.Writer) error) error {
	return c.Engine.Tx(ctx, func(w store.Writer) error { return body(countedWriter{w, countedReader{w, c}}) })
}

// Snapshot notes each read of the moment.
func (c *Counted) Snapshot(ctx context.Context, body func(store.Reader) error) error {
	return c.Engine.Snapshot(ctx, func(r store.Reader) error {
		if b, ok := r.(store.Brief); ok {
			return body(b)
		}
		return body(countedReader{r, c})
	})
}

// Checkpoint is passed on to an engine that has one.
func (c *Counted) Checkpoint(ctx context.Context) error {
	if e, ok := c.Engine.(interface{ Checkpoint(context.Context) error }); ok {
		return e.Checkpoint(ctx)
	}
	return nil
}

type countedReader struct {
	store.Reader
	c *Counted
}

func (r countedReader) Get(ctx context.Context, s *store.Spec, org, id string) (store.Record, error) {
	r.c.note("get", s, org)
	return r.Reader.Get(ctx, s, org, id)
}

func (r countedReader) GetMany(ctx context.Context, s *store.Spec, org string, ids []string) ([]store.Record, error) {
	r.c.note("get many", s, org)
	return r.Reader.GetMany(ctx, s, org, ids)
}

func (r countedReader) Find(ctx context.Context, s *store.Spec, org string, q store.Query) (store.Page, error) {
	r.c.note("find", s, org)
	return r.Reader.Find(ctx, s, org, q)
}

func (r countedReader) Count(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (int, error) {
	r.c.note("count", s, org)
	return r.Reader.Count(ctx, s, org, q, limit)
}

type countedWriter struct {
	store.Writer
	read countedReader
}

func (w countedWriter) Get(ctx context.Context, s *store.Spec, org, id string) (store.Record, error) {
	return w.read.Get(ctx, s, org, id)
}

func (w countedWriter) GetMany(ctx context.Context, s *store.Spec, org string, ids []string) ([]store.Record, error) {
	return w.read.GetMany(ctx, s, org, ids)
}

func (w countedWriter) Find(ctx context.Context, s *store.Spec, org string, q store.Query) (store.Page, error) {
	return w.read.Find(ctx, s, org, q)
}

func (w countedWriter) Count(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (int, error) {
	return w.read.Count(ctx, s, org, q, limit)
}

func (w countedWriter) Insert(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	w.read.c.note("insert", s, org)
	return w.Writer.Insert(ctx, s, org, r)
}

func (w countedWriter) Replace(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	w.read.c.note("replace", s, org)
	return w.Writer.Replace(ctx, s, org, r)
}

func (w countedWriter) Delete(ctx context.Context, s *store.Spec, org, id string, version int64) error {
	w.read.c.note("delete", s, org)
	return w.Writer.Delete(ctx, s, org, id, version)
}

func (w countedWriter) Require(ctx context.Context, s *store.Spec, org, id string, version int64) error {
	w.read.c.note("require", s, org)
	return w.Writer.Require(ctx, s, org, id, version)
}

func (w countedWriter) DeleteRange(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (int, error) {
	w.read.c.note("delete range", s, org)
	return w.Writer.DeleteRange(ctx, s, org, q, limit)
}
