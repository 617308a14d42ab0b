package store

import (
	"context"
	"slices"
)

// Load writes records as another store had them, with their ids, versions and
// instants, in one transaction of the organisation's space, and says how many.
// Those whose id is there already are left out, so it may be done again where it
// is not known whether it was. It is for restoring and moving;
// nouns insert.
func (s *Store) Load(ctx context.Context, c *Spec, org string, records []Record) (loaded int, err error) {
	err = s.run(ctx, func(w Writer) error {
		loaded = 0
		for page := range slices.Chunk(records, MaxIDs) {
			ids := make([]string, len(page))
			for i, r := range page {
				ids[i] = r.ID
			}
			found, err := w.GetMany(ctx, c, org, ids)
			if err != nil {
				return err
			}
			there := make(map[string]bool, len(found))
			for _, r := range found {
				there[r.ID] = true
			}
			missing := slices.DeleteFunc(slices.Clone(page), func(r Record) bool { return there[r.ID] })
			if err := insertAll(ctx, w, c, org, missing); err != nil {
				return err
			}
			loaded += len(missing)
		}
		return nil
	})
	return loaded, err
}

// insertAll inserts in one command where the engine can: over a wire that is
// most of what it costs.
func insertAll(ctx context.Context, w Writer, c *Spec, org string, records []Record) error {
	if many, ok := w.(interface {
		InsertMany(ctx context.Context, c *Spec, org string, records []Record) error
	}); ok {
		return many.InsertMany(ctx, c, org, records)
	}
	for _, r := range records {
		if err := w.Insert(ctx, c, org, r); err != nil {
			return err
		}
	}
	return nil
}

// Empty removes every document of a collection in an organisation's space, a
// page at a time.
func (s *Store) Empty(ctx context.Context, c *Spec, org string) error {
	for {
		var n int
		err := s.run(ctx, func(w Writer) (err error) {
			n, err = w.DeleteRange(ctx, c, org, Query{Index: ChangedIndex}, MaxLimit)
			return err
		})
		if err != nil || n < MaxLimit {
			return err
		}
	}
}

// SystemSpace is the organisation of the server's own space, for what goes over
// all spaces of a store.
const SystemSpace = systemOrg
