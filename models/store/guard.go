package store

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/bson"
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

const markField = "mark"

// markElement is what stands at the end of a marked document before its mark: a
// binary value of the length of a mark.
var markElement = append(append([]byte{byte(bson.TypeBinary)}, markField+"\x00"...), MarkLen, 0, 0, 0, 0)

// marked is the body with its mark at the end.
func marked(body bson.Raw, mark []byte) bson.Raw {
	return document(body[4:len(body)-1], append(slices.Clip(markElement), mark...))
}

// document is a document of elements.
func document(elements ...[]byte) bson.Raw {
	whole := bytes.Join(append(append([][]byte{make([]byte, 4)}, elements...), []byte{0}), nil)
	binary.LittleEndian.PutUint32(whole, uint32(len(whole)))
	return whole
}

// split tells the elements of a document before its mark, and the mark, which is
// nil where it has none. What isn't long enough for a document has neither.
func split(whole bson.Raw) (elements, mark []byte) {
	end := len(whole) - 1
	if end < 4 {
		return nil, nil
	}
	at := end - MarkLen - len(markElement)
	if at < 4 || !bytes.Equal(whole[at:at+len(markElement)], markElement) {
		return whole[4:end], nil
	}
	return whole[4:at], whole[at+len(markElement) : end]
}

func isMarked(whole bson.Raw) bool {
	_, mark := split(whole)
	return mark != nil
}

// lacksMark tells that a document could get a mark and has none.
func lacksMark(r Record) bool { return r.Body.Validate() == nil && !isMarked(r.Body) }

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

// MarkAll gives every guarded document of an organisation's space that has no
// mark its own, as it stands, a page at a time, and says how many. It may be done
// again wherever it was cut short. It is for a store from before there were marks.
func (s *Store) MarkAll(ctx context.Context, specs []*Spec, org string) (n int, err error) {
	err = s.eachGuarded(ctx, specs, org, func(c *Spec, page []Record) error {
		bare := slices.DeleteFunc(page, func(r Record) bool { return !lacksMark(r) })
		if len(bare) == 0 {
			return nil
		}
		var done int
		err := s.run(ctx, func(w Writer) (err error) {
			done, err = guard{s.marker}.markEach(ctx, w, c, org, bare)
			return err
		})
		n += done
		return err
	})
	return n, err
}

// markEach passes over what was removed or written meanwhile.
func (g guard) markEach(ctx context.Context, w Writer, c *Spec, org string, bare []Record) (n int, err error) {
	for _, r := range bare {
		r, err := w.Get(ctx, c, org, r.ID)
		if errors.Is(err, ErrAbsent) || err == nil && !lacksMark(r) {
			continue
		}
		if err == nil {
			r, err = g.mark(ctx, c, org, next(r))
		}
		if err != nil {
			return n, err
		}
		if err := w.Replace(ctx, c, org, r); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// AnyUnmarked tells whether a guarded document of an organisation's space has no mark.
func (s *Store) AnyUnmarked(ctx context.Context, specs []*Spec, org string) (bool, error) {
	errFound := errors.New("one is found")
	err := s.eachGuarded(ctx, specs, org, func(_ *Spec, page []Record) error {
		if slices.ContainsFunc(page, lacksMark) {
			return errFound
		}
		return nil
	})
	if errors.Is(err, errFound) {
		return true, nil
	}
	return false, err
}

// EachForged hands over every guarded document of an organisation's space that is
// not as it was written.
func (s *Store) EachForged(ctx context.Context, specs []*Spec, org string, fn func(collection, id string)) error {
	g := guard{s.marker}
	return s.eachGuarded(ctx, specs, org, func(c *Spec, page []Record) error {
		for _, r := range page {
			ok, err := g.sound(ctx, c, org, r)
			if err != nil {
				return err
			}
			if !ok {
				fn(c.Name, r.ID)
			}
		}
		return nil
	})
}

// eachGuarded reads the guarded collections of a space as they stand.
func (s *Store) eachGuarded(ctx context.Context, specs []*Spec, org string, fn func(*Spec, []Record) error) error {
	for _, c := range specs {
		if !c.Guarded {
			continue
		}
		q := Query{Index: ChangedIndex, Limit: MaxLimit}
		for {
			page, err := s.engine.Reader().Find(ctx, c, org, q)
			if err == nil {
				err = fn(c, page.Records)
			}
			if err != nil {
				return err
			}
			if page.Next == "" {
				break
			}
			q.After = page.Next
		}
	}
	return nil
}

// MarkAnew gives a guarded document its mark as it stands, whatever mark it had:
// somebody who may has looked at it and takes it for right. ErrAbsent when there is none.
func (t *Tx) MarkAnew(ctx context.Context, c *Spec, id string) error {
	m, ok := t.w.(marking)
	if !ok {
		return errors.New("store: this store makes no marks")
	}
	r, err := m.Writer.Get(ctx, c, t.org, id)
	if err != nil {
		return err
	}
	if err := r.Body.Validate(); err != nil {
		return fmt.Errorf("store: it is no document: %w", err)
	}
	return m.Replace(ctx, c, t.org, next(r))
}

// next is a document as it stands, without a mark, as its next version.
func next(r Record) Record {
	r.Version++
	elements, _ := split(r.Body)
	r.Body = document(elements)
	if at, err := r.Body.LookupErr("version"); err == nil && at.Type == bson.TypeInt64 {
		binary.LittleEndian.PutUint64(at.Value, uint64(r.Version)) // the bytes are the new document's own
	}
	return r
}

// IsForged tells whether a guarded document stands there that counts for nothing.
func (t *Tx) IsForged(ctx context.Context, c *Spec, id string) (bool, error) {
	m, ok := t.w.(marking)
	if !ok {
		return false, errors.New("store: this store makes no marks")
	}
	r, err := m.Writer.Get(ctx, c, t.org, id)
	if errors.Is(err, ErrAbsent) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	sound, err := m.reads.guard.sound(ctx, c, t.org, r)
	return err == nil && !sound, err
}

// Wipe removes what stands under an id, sound or forged, and tells whether there
// was anything: of somebody who is erased nothing is to stay because it was damaged.
func (c Collection[T, P]) Wipe(ctx context.Context, tx *Tx, id string) (bool, error) {
	w := tx.w
	if m, ok := w.(marking); ok {
		w = m.Writer
	}
	r, err := w.Get(ctx, c.spec, tx.org, id)
	if errors.Is(err, ErrAbsent) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, w.Delete(ctx, c.spec, tx.org, id, r.Version)
}

// InsertOver is Insert where what stands under the id, if anything, counts for
// nothing: it keeps nobody from what she does.
func (c Collection[T, P]) InsertOver(ctx context.Context, tx *Tx, doc P) error {
	if _, ok := tx.w.(marking); ok {
		forged, err := tx.IsForged(ctx, c.spec, doc.meta().ID)
		if err == nil && forged {
			_, err = c.Wipe(ctx, tx, doc.meta().ID)
		}
		if err != nil {
			return err
		}
	}
	return c.Insert(ctx, tx, doc)
}
