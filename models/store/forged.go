package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

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
