package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"

	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Source is a store that is written into a file.
type Source struct {
	Engine store.Engine
	Specs  []*store.Spec
}

// Order says how a file is to be made.
type Order struct {
	To         io.Writer
	Recipients []age.Recipient
	Day        string         // the day on which it is made, 2026-11-26
	Step       func(docs int) // is told after each page how many documents are written; may be nil
}

func (o Order) step(w *Writer) {
	if o.Step != nil {
		o.Step(int(w.Documents()))
	}
}

// spaces is the collection in the server's own space that names every other
// space of a store.
var spaces = map[What]string{Data: organisation.Collection, Keys: seal.Secrets}

// Save writes a whole store, as it is at one moment, but for what speaks of the
// running server alone. After an error nothing of the file is of use.
func Save(ctx context.Context, o Order, what What, from Source) error {
	h := Head{What: what, Day: o.Day, Collections: names(from.Specs)}
	w, err := o.copy(ctx, from.Engine, h, func(r store.Reader) ([]extent, error) {
		index, err := named(from.Specs, spaces[what])
		if err != nil {
			return nil, err
		}
		all := spaceOf(from.Specs, store.SystemSpace)
		err = walk(ctx, r, index, store.SystemSpace, func(found []store.Record) error {
			for _, f := range found {
				if what == Keys { // there each space has a secret, and so is named, by itself
					all = append(all, spaceOf(from.Specs, f.ID)...)
					continue
				}
				for _, space := range bothOf(f.ID) {
					all = append(all, spaceOf(from.Specs, space)...)
				}
			}
			return nil
		})
		return all, err
	})
	if err != nil {
		return err
	}
	return w.Close()
}

// bothOf are the spaces of an organisation: its own and its decoy tenant's.
func bothOf(org string) []string { return []string{org, organisation.Decoy(org)} }

// SaveOrganisation writes one organisation: its own space and its decoy tenant's
// as they are at one moment, what the server's space holds of it, and then for
// each of the two its secret and its keys, unwrapped. Keys are read after the documents, so that whoever was erased
// meanwhile is unreadable in the file too.
func SaveOrganisation(ctx context.Context, o Order, org string, from Source, keys *seal.Keys) error {
	h := Head{What: Organisation, Day: o.Day, Organisation: org, Collections: names(from.Specs)}
	w, err := o.copy(ctx, from.Engine, h, func(store.Reader) ([]extent, error) {
		var all []extent
		for _, name := range []string{organisation.Collection, organisation.HostsCollection} {
			spec, err := named(from.Specs, name)
			if err != nil {
				return nil, err
			}
			all = append(all, extent{spec, store.SystemSpace, func(r store.Record) bool { return belongs(name, r, org) }})
		}
		for _, space := range bothOf(org) {
			all = append(all, spaceOf(from.Specs, space)...)
		}
		return all, nil
	})
	if err != nil {
		return err
	}
	for _, space := range bothOf(org) {
		err := saveKeys(ctx, w, space, keys)
		if errors.Is(err, seal.ErrNoSecret) && organisation.IsDecoy(space) {
			err = nil // nobody is there yet
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}

// guardedSecret is the id of a secret that says that all it guards has its mark.
const guardedSecret = "guarded"

// saveKeys writes the secret of one space, and behind it what else the keys
// store has of it.
func saveKeys(ctx context.Context, w *Writer, org string, keys *seal.Keys) error {
	secret, guarded, err := keys.SecretOf(ctx, org)
	if err != nil {
		return err
	}
	defer clear(secret)
	id := ""
	if guarded {
		id = guardedSecret
	}
	if err := w.Other(Secret, id, secret); err != nil {
		return err
	}
	err = keys.Tombstones(ctx, org, func(id string, _ time.Time) error { return w.Other(Tombstone, id, nil) })
	if err != nil {
		return err
	}
	err = keys.Retractions(ctx, org, func(raw []byte) error { return w.Other(Retracted, "", raw) })
	if err != nil {
		return err
	}
	return keys.EachRaw(ctx, org, func(id string, raw []byte) error { return w.Other(Key, id, raw) })
}

// belongs tells whether a document of the server's own space is an organisation's.
func belongs(collection string, r store.Record, org string) bool {
	switch collection {
	case organisation.Collection:
		return r.ID == org
	case organisation.HostsCollection:
		return organisation.Serves(r.Body) == org
	}
	return false
}

// extent is one collection of one space, of which a file holds every document
// that is let in; nil lets all in.
type extent struct {
	spec *store.Spec
	org  string
	lets func(store.Record) bool
}

// spaceOf is everything that stays of one space.
func spaceOf(specs []*store.Spec, org string) (all []extent) {
	for _, spec := range specs {
		if !spec.Passing {
			all = append(all, extent{spec: spec, org: org})
		}
	}
	return all
}

// walk hands over a collection of one space, a page at a time.
func walk(ctx context.Context, r store.Reader, spec *store.Spec, org string, fn func([]store.Record) error) error {
	q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
	for {
		page, err := r.Find(ctx, spec, org, q)
		if err != nil {
			return err
		}
		if err := fn(page.Records); err != nil {
			return err
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}

func names(specs []*store.Spec) []string {
	var all []string
	for _, s := range specs {
		if !s.Passing {
			all = append(all, s.Name)
		}
	}
	return all
}

func named(specs []*store.Spec, name string) (*store.Spec, error) {
	for _, s := range specs {
		if s.Name == name {
			return s, nil
		}
	}
	return nil, fmt.Errorf("archive: collection %s was not opened", name)
}
