package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// maxFaults bounds what Verify reports.
const maxFaults = 20

// Verify checks, at one moment, that the file is sound, that each document's
// columns say what its body says, and that the index entries are exactly those
// of the documents. The error lists what is wrong, by collection, index and id.
func (e *Engine) Verify(ctx context.Context) error {
	return e.Snapshot(ctx, func(r store.Reader) error {
		return r.(reader).use(ctx, func(c *conn) error {
			faults := &faults{ctx: ctx}
			err := c.query(func(row []driver.Value) error {
				if s, _ := row[0].(string); s != "ok" {
					return faults.add("file: %s", s)
				}
				return nil
			}, "PRAGMA integrity_check(10)")
			if err != nil {
				return err
			}
			for _, col := range e.collections {
				if err := col.verify(c, faults); err != nil {
					return err
				}
			}
			return errors.Join(faults.found...)
		})
	})
}

type faults struct {
	ctx   context.Context
	found []error
}

var errEnough = errors.New("store: and perhaps more")

func (f *faults) add(format string, args ...any) error {
	f.found = append(f.found, fmt.Errorf("store: "+format, args...))
	if len(f.found) >= maxFaults {
		return errors.Join(append(f.found, errEnough)...)
	}
	return nil
}

func (col *collection) verify(c *conn, f *faults) error {
	name := col.spec.Name
	expected := make([]int64, len(col.indexes))
	err := c.query(func(row []driver.Value) error {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		rec, err := record(row)
		if err != nil {
			return err
		}
		org, _ := row[4].(string)
		if !agrees(rec) {
			if err := f.add("%s %s: body and columns differ", name, rec.ID); err != nil {
				return err
			}
		}
		for i := range col.indexes {
			ix := &col.indexes[i]
			keys, err := ordered.Entries(ix.Index, rec.Body)
			if err != nil {
				return f.add("%s %s: %w", name, rec.ID, err)
			}
			stored, err := ix.of(c, org, keys, rec.ID)
			if err != nil {
				return err
			}
			expected[i] += int64(len(keys))
			if stored != len(keys) {
				if err := f.add("%s %s: index %s lacks %d entries", name, rec.ID, ix.Name, len(keys)-stored); err != nil {
					return err
				}
			}
		}
		return nil
	}, `SELECT id, version, changed, body, org FROM `+col.table)
	if err != nil {
		return err
	}
	// All entries of the documents were found, so more than those are strangers.
	for i := range col.indexes {
		ix := &col.indexes[i]
		n, err := c.integer(`SELECT count(*) FROM ` + ix.table)
		if err != nil {
			return err
		}
		if n != expected[i] {
			if err := f.add("%s: index %s has %d entries, its documents %d", name, ix.Name, n, expected[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// of counts which of the keys stand in the index for this document.
func (ix *index) of(c *conn, org string, keys [][]byte, id string) (n int, err error) {
	for _, key := range keys {
		found, err := c.integer(`SELECT count(*) FROM `+ix.table+` WHERE org = ?1 AND key = ?2 AND id = ?3`, org, key, id)
		if err != nil {
			return 0, err
		}
		n += int(found)
	}
	return n, nil
}

// agrees tells whether the body holds the id, version and instant of its columns.
func agrees(r store.Record) bool {
	var m store.Meta
	if err := bson.Unmarshal(r.Body, &m); err != nil {
		return false
	}
	return m.ID == r.ID && m.Version == r.Version && m.Changed.Equal(r.Changed)
}
