package store

import (
	"context"
	"crypto/hmac"
)

// MarkLen is the length of a mark in bytes.
const MarkLen = 32

// Marker makes the marks of guarded documents.
type Marker interface {
	// Mark is a keyed hash of MarkLen bytes over all parts, their lengths and their
	// order, under a key of the organisation that its database doesn't have.
	Mark(ctx context.Context, org string, parts ...[]byte) ([]byte, error)
	// All tells whether every guarded document of the organisation has its mark.
	// Until then one without counts as it stands.
	All(ctx context.Context, org string) (bool, error)
	// Forged hears of each one that is met.
	Forged(collection, id string)
}

// Guarded makes a collection whose documents carry a mark over what they say, so
// that whoever can write to the database gives nobody a right by it. What was once
// written under an id can be laid back there, or taken away; anything else counts
// as absent, asked for by its id and in lists.
func (c Collection[T, P]) Guarded() Collection[T, P] {
	spec := *c.spec
	spec.Guarded = true
	spec.Fields = append(spec.Fields[:len(spec.Fields):len(spec.Fields)], markField)
	return Collection[T, P]{spec: &spec}
}

// GuardedBy is the store with marks made and looked at. Without it, documents are
// read and written as they stand.
func (s *Store) GuardedBy(m Marker) *Store {
	return &Store{engine: s.engine, clock: s.clock, marker: m}
}

// guard makes and checks the marks of one store.
type guard struct{ Marker }

// of is the mark of elements that stand under an id.
func (g guard) of(ctx context.Context, c *Spec, org, id string, elements []byte) ([]byte, error) {
	return g.Mark(ctx, org, []byte(c.Name), []byte(org), []byte(id), elements)
}

// sound tells whether a record is as it was written.
func (g guard) sound(ctx context.Context, c *Spec, org string, r Record) (bool, error) {
	elements, mark := split(r.Body)
	if mark == nil {
		all, err := g.All(ctx, org)
		return !all, err
	}
	right, err := g.of(ctx, c, org, r.ID, elements)
	return err == nil && hmac.Equal(mark, right), err
}

// those leaves the forged ones out.
func (g guard) those(ctx context.Context, c *Spec, org string, all []Record) ([]Record, error) {
	if !c.Guarded {
		return all, nil
	}
	kept := make([]Record, 0, len(all))
	for _, r := range all {
		ok, err := g.sound(ctx, c, org, r)
		switch {
		case err != nil:
			return nil, err
		case ok:
			kept = append(kept, r)
		default:
			g.Forged(c.Name, r.ID)
		}
	}
	return kept, nil
}

func (g guard) mark(ctx context.Context, c *Spec, org string, r Record) (Record, error) {
	if !c.Guarded {
		return r, nil
	}
	elements, _ := split(r.Body)
	mark, err := g.of(ctx, c, org, r.ID, elements)
	if err == nil {
		r.Body = marked(r.Body, mark)
	}
	return r, err
}

// watched is a Reader that checks marks.
type watched struct {
	Reader
	guard guard
}

func (s *Store) watch(r Reader) Reader {
	if s.marker == nil {
		return r
	}
	return watched{r, guard{s.marker}}
}

func (w watched) Get(ctx context.Context, c *Spec, org, id string) (Record, error) {
	r, err := w.Reader.Get(ctx, c, org, id)
	if err != nil || !c.Guarded {
		return r, err
	}
	ok, err := w.guard.sound(ctx, c, org, r)
	if err == nil && !ok {
		w.guard.Forged(c.Name, id)
		err = ErrAbsent
	}
	return r, err
}

func (w watched) GetMany(ctx context.Context, c *Spec, org string, ids []string) ([]Record, error) {
	all, err := w.Reader.GetMany(ctx, c, org, ids)
	if err != nil {
		return nil, err
	}
	return w.guard.those(ctx, c, org, all)
}

func (w watched) Find(ctx context.Context, c *Spec, org string, q Query) (Page, error) {
	page, err := w.Reader.Find(ctx, c, org, q)
	if err == nil {
		page.Records, err = w.guard.those(ctx, c, org, page.Records)
	}
	return page, err
}

// marking is a Writer that makes marks, and checks them.
type marking struct {
	Writer
	reads watched
}

func (s *Store) marks(w Writer) Writer {
	if s.marker == nil {
		return w
	}
	return marking{w, watched{w, guard{s.marker}}}
}

func (m marking) Get(ctx context.Context, c *Spec, org, id string) (Record, error) {
	return m.reads.Get(ctx, c, org, id)
}

func (m marking) GetMany(ctx context.Context, c *Spec, org string, ids []string) ([]Record, error) {
	return m.reads.GetMany(ctx, c, org, ids)
}

func (m marking) Find(ctx context.Context, c *Spec, org string, q Query) (Page, error) {
	return m.reads.Find(ctx, c, org, q)
}

func (m marking) Insert(ctx context.Context, c *Spec, org string, r Record) error {
	r, err := m.reads.guard.mark(ctx, c, org, r)
	if err != nil {
		return err
	}
	return m.Writer.Insert(ctx, c, org, r)
}

func (m marking) Replace(ctx context.Context, c *Spec, org string, r Record) error {
	r, err := m.reads.guard.mark(ctx, c, org, r)
	if err != nil {
		return err
	}
	return m.Writer.Replace(ctx, c, org, r)
}
