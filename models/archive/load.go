package archive

import (
	"context"
	"fmt"
	"io"
	"slices"

	"filippo.io/age"

	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// File is a file that is read, more than once: to its end first, so that a
// damaged one changes nothing, and then again.
type File struct {
	Name       string // stands before what is wrong with it; may be empty
	Open       func() (io.ReadCloser, error)
	Identities []age.Identity
}

// each reads the file to its end, without the documents in it that are void,
// and refuses another content than is wanted. A file of parts says only behind
// them what of them is void, so it is read twice.
func (f File) each(ctx context.Context, want What, fn func(Entry) error) (Head, error) {
	var void []int64
	h, err := f.once(ctx, want, func(h Head, e Entry) error {
		if h.Format < inParts {
			return fn(e)
		}
		void = append(void, e.Void...)
		return nil
	})
	if err != nil || h.Format < inParts {
		return h, err
	}
	slices.Sort(void)
	number := int64(0)
	h, err = f.once(ctx, want, func(_ Head, e Entry) error {
		switch e.Kind {
		case Void:
			return nil
		case Document:
			number++
			if len(void) > 0 && void[0] == number-1 {
				void = void[1:]
				return nil
			}
		}
		return fn(e)
	})
	if err == nil && len(void) > 0 { // one of them twice
		err = ErrDamaged
	}
	return h, err
}

func (f File) once(ctx context.Context, want What, fn func(Head, Entry) error) (Head, error) {
	in, err := f.Open()
	if err != nil {
		return Head{}, err
	}
	defer func() { _ = in.Close() }()
	h, err := Each(ctx, in, f.Identities, func(h Head, e Entry) error {
		if h.What != want {
			return &ContentError{Has: h.What, Want: want}
		}
		return fn(h, e)
	})
	if err == nil && h.What != want { // it holds nothing
		err = &ContentError{Has: h.What, Want: want}
	}
	if err != nil && f.Name != "" {
		err = fmt.Errorf("%s: %w", f.Name, err)
	}
	return h, err
}

// Known is what this program can read: the collections that it has, and what
// its key file opens.
type Known struct {
	DataSpecs, KeySpecs []*store.Spec
	Master              *seal.Master
}

// Target is an installation that something is brought into.
type Target struct {
	Known
	Data, Keys *store.Store
	Seals      *seal.Keys
	Step       func(docs int) // is told how many documents are written; may be nil

	// BeforeMarks lets what gives rights and has no mark count, which is right only
	// where the data is from before there were marks.
	BeforeMarks bool
}

// Documents are written together up to one of these bounds, so that memory stays
// the same whatever is restored.
const (
	batch     = 500
	batchSize = 4 << 20 // bytes
)

// loader gathers documents of one collection and space and writes them together.
type loader struct {
	to    *store.Store
	specs map[string]*store.Spec
	step  func(int)

	spec *store.Spec
	org  string
	held []store.Record
	size int // of what is held, in bytes
	done int
}

func newLoader(to *store.Store, specs []*store.Spec, step func(int)) *loader {
	l := &loader{to: to, specs: map[string]*store.Spec{}, step: step}
	for _, s := range specs {
		if !s.Passing {
			l.specs[s.Name] = s
		}
	}
	return l
}

// knows refuses a document of a collection that this program doesn't have: only
// a newer one can have written it.
func (l *loader) knows(e Entry) error {
	if l.specs[e.Collection] == nil {
		return ErrNewer
	}
	return nil
}

func (l *loader) put(ctx context.Context, e Entry) error {
	spec := l.specs[e.Collection]
	if spec != l.spec || e.Org != l.org || len(l.held) == batch || l.size > batchSize {
		if err := l.flush(ctx); err != nil {
			return err
		}
		l.spec, l.org = spec, e.Org
	}
	l.held = append(l.held, e.Record)
	l.size += len(e.Record.Body)
	return nil
}

func (l *loader) flush(ctx context.Context) error {
	if len(l.held) == 0 {
		return nil
	}
	if _, err := l.to.Load(ctx, l.spec, l.org, l.held); err != nil {
		return fmt.Errorf("archive: %s: %w", l.spec.Name, err)
	}
	l.done += len(l.held)
	clear(l.held)
	l.held, l.size = l.held[:0], 0
	if l.step != nil {
		l.step(l.done)
	}
	return nil
}

// organisationsIn lists the organisations of a data store.
func organisationsIn(ctx context.Context, s *store.Store, specs []*store.Spec) ([]string, error) {
	index, err := named(specs, organisation.Collection)
	if err != nil {
		return nil, err
	}
	var all []string
	err = walk(ctx, s.Engine().Reader(), index, store.SystemSpace, func(found []store.Record) error {
		for _, f := range found {
			all = append(all, f.ID)
		}
		return nil
	})
	slices.Sort(all)
	return slices.Compact(all), err
}

// clearSpace removes everything of one space but what speaks of the running server.
func clearSpace(ctx context.Context, s *store.Store, specs []*store.Spec, org string) error {
	for _, spec := range specs {
		if spec.Passing {
			continue
		}
		if err := s.Empty(ctx, spec, org); err != nil {
			return err
		}
	}
	return nil
}
