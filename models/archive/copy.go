package archive

import (
	"context"
	"errors"

	"chautari/models/store"
)

// copy writes the head, and all documents of the extents as they are at one
// moment. Where the engine keeps a moment as long as it is read, that is the
// moment at which it begins.
//
// Elsewhere it is the one at which it ends: parts are copied, each from a
// snapshot that is read until the engine has forgotten its moment, and what has
// changed under them since is told and made good from a last one. If that too
// lasts too long, or none gets any further, the answer is store.ErrOutlived.
func (o Order) copy(ctx context.Context, from store.Engine, h Head, extents func(store.Reader) ([]extent, error)) (w *Writer, err error) {
	var p *parts
	err = from.Snapshot(ctx, func(r store.Reader) error {
		all, err := extents(r)
		if err != nil {
			return err
		}
		b, ok := r.(store.Brief)
		if ok {
			h.Format = inParts
		}
		if w, err = NewWriter(o.To, o.Recipients, h); err != nil {
			return err
		}
		if !ok {
			return o.whole(ctx, w, r, all)
		}
		if p, err = newParts(o, w, all); err != nil {
			return err
		}
		return p.copy(ctx, b)
	})
	if p == nil || !errors.Is(err, store.ErrOutlived) {
		return w, err
	}
	for before := 0; errors.Is(err, store.ErrOutlived) && p.steps > before; {
		before = p.steps
		err = brief(ctx, from, p.copy)
	}
	if err != nil {
		return w, err
	}
	return w, brief(ctx, from, func(ctx context.Context, r store.Brief) error {
		now, err := extents(r)
		if err != nil {
			return err
		}
		return p.mend(ctx, r, now)
	})
}

func brief(ctx context.Context, from store.Engine, body func(context.Context, store.Brief) error) error {
	return from.Snapshot(ctx, func(r store.Reader) error { return body(ctx, r.(store.Brief)) })
}

// whole writes extents from one snapshot.
func (o Order) whole(ctx context.Context, w *Writer, r store.Reader, all []extent) error {
	for _, x := range all {
		err := walk(ctx, r, x.spec, x.org, func(found []store.Record) error {
			for _, f := range found {
				if x.lets != nil && !x.lets(f) {
					continue
				}
				if err := w.Document(x.spec.Name, x.org, f); err != nil {
					return err
				}
			}
			o.step(w)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
