package storetest

import (
	"context"
	"sync"

	"chautari/models/store"
)

// Faulty is an engine that fails when it is told to, and otherwise is the one
// under it.
type Faulty struct {
	store.Engine

	mu    sync.Mutex
	trial trial
}

// trial is how an engine fails at the moment.
type trial struct {
	err    error
	writes bool // only transactions that wrote
	done   bool // they are committed all the same
}

// Failing puts a Faulty over an engine.
func Failing(e store.Engine) *Faulty { return &Faulty{Engine: e} }

// Fail has every call answer err, and do nothing.
func (f *Faulty) Fail(err error) { f.set(trial{err: err}) }

// FailWrites has every transaction that wrote answer err, and do nothing.
func (f *Faulty) FailWrites(err error) { f.set(trial{err: err, writes: true}) }

// LoseAnswers has every transaction that wrote be committed, and answer
// store.ErrUnknown.
func (f *Faulty) LoseAnswers() { f.set(trial{err: store.ErrUnknown, writes: true, done: true}) }

// Heal ends the trial.
func (f *Faulty) Heal() { f.set(trial{}) }

func (f *Faulty) set(t trial) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.trial = t
}

func (f *Faulty) now() trial {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.trial
}

// reads is what a call that only reads answers before anything is read.
func (f *Faulty) reads() error {
	if t := f.now(); !t.writes {
		return t.err
	}
	return nil
}

// Reader reads what is committed, unless it fails.
func (f *Faulty) Reader() store.Reader { return faultyReader{f.Engine.Reader(), f} }

// Tx fails before anything is done, or once the body wrote, or once it is committed.
func (f *Faulty) Tx(ctx context.Context, body func(store.Writer) error) error {
	t := f.now()
	if t.err != nil && !t.writes {
		return t.err
	}
	wrote := false
	err := f.Engine.Tx(ctx, func(w store.Writer) error {
		noted := &noting{Writer: w}
		err := body(noted)
		if wrote = noted.wrote; err == nil && wrote && !t.done {
			return t.err
		}
		return err
	})
	if err == nil && wrote {
		return t.err
	}
	return err
}

// Snapshot fails before its body is run.
func (f *Faulty) Snapshot(ctx context.Context, body func(store.Reader) error) error {
	if err := f.reads(); err != nil {
		return err
	}
	return f.Engine.Snapshot(ctx, body)
}

// Ready tells of the trial.
func (f *Faulty) Ready(ctx context.Context) error {
	if t := f.now(); t.err != nil {
		return t.err
	}
	return f.Engine.Ready(ctx)
}

// Checkpoint is the engine's, where it has one.
func (f *Faulty) Checkpoint(ctx context.Context) error {
	if e, ok := f.Engine.(interface{ Checkpoint(context.Context) error }); ok {
		return e.Checkpoint(ctx)
	}
	return nil
}

// Borrowed is an engine that several servers share: closing it closes nothing.
func Borrowed(e store.Engine) store.Engine { return borrowed{Failing(e)} }

type borrowed struct{ *Faulty }

func (borrowed) Close() error { return nil }

type faultyReader struct {
	store.Reader
	of *Faulty
}

func (r faultyReader) Get(ctx context.Context, c *store.Spec, org, id string) (store.Record, error) {
	if err := r.of.reads(); err != nil {
		return store.Record{}, err
	}
	return r.Reader.Get(ctx, c, org, id)
}

func (r faultyReader) GetMany(ctx context.Context, c *store.Spec, org string, ids []string) ([]store.Record, error) {
	if err := r.of.reads(); err != nil {
		return nil, err
	}
	return r.Reader.GetMany(ctx, c, org, ids)
}

func (r faultyReader) Find(ctx context.Context, c *store.Spec, org string, q store.Query) (store.Page, error) {
	if err := r.of.reads(); err != nil {
		return store.Page{}, err
	}
	return r.Reader.Find(ctx, c, org, q)
}

func (r faultyReader) Count(ctx context.Context, c *store.Spec, org string, q store.Query, limit int) (int, error) {
	if err := r.of.reads(); err != nil {
		return 0, err
	}
	return r.Reader.Count(ctx, c, org, q, limit)
}

// noting notes whether anything was written.
type noting struct {
	store.Writer
	wrote bool
}

func (n *noting) Insert(ctx context.Context, c *store.Spec, org string, r store.Record) error {
	n.wrote = true
	return n.Writer.Insert(ctx, c, org, r)
}

func (n *noting) Replace(ctx context.Context, c *store.Spec, org string, r store.Record) error {
	n.wrote = true
	return n.Writer.Replace(ctx, c, org, r)
}

func (n *noting) Delete(ctx context.Context, c *store.Spec, org, id string, version int64) error {
	n.wrote = true
	return n.Writer.Delete(ctx, c, org, id, version)
}

func (n *noting) DeleteRange(ctx context.Context, c *store.Spec, org string, q store.Query, limit int) (int, error) {
	n.wrote = true
	return n.Writer.DeleteRange(ctx, c, org, q, limit)
}
