package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

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

// VerifyCollections is Verify for some collections alone, without the soundness of
// the file, and lists what is wrong in words; err is for what kept it from looking.
func (e *Engine) VerifyCollections(ctx context.Context, of ...*store.Spec) (wrong []string, err error) {
	faults := &faults{ctx: ctx}
	err = e.Snapshot(ctx, func(r store.Reader) error {
		return r.(reader).use(ctx, func(c *conn) error {
			for _, spec := range of {
				col, err := e.find(spec)
				if err != nil {
					return err
				}
				if err := col.verify(c, faults); err != nil {
					return err
				}
			}
			return nil
		})
	})
	for _, f := range faults.found {
		wrong = append(wrong, strings.TrimPrefix(f.Error(), "store: "))
	}
	if errors.Is(err, errEnough) {
		return append(wrong, "and perhaps more"), nil
	}
	return wrong, err
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
	broken := 0
	err := c.query(func(row []driver.Value) error {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		rec, err := record(row)
		if err != nil || !store.WellFormed(rec.Body) {
			broken++
			id, _ := row[0].(string)
			return f.add("%s %s: it is no document", name, id)
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
	// All entries of the documents were found, so more than those are strangers; of
	// what is no document nobody knows which it has.
	for i := range col.indexes {
		ix := &col.indexes[i]
		n, err := c.integer(`SELECT count(*) FROM ` + ix.table)
		if err != nil {
			return err
		}
		if n != expected[i] && broken == 0 {
			if err := f.add("%s: index %s has %d entries, its documents %d", name, ix.Name, n, expected[i]); err != nil {
				return err
			}
			if err := col.strangers(c, ix, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// strangers names the documents that stand in an index more often than they say,
// and what stands there and is no document.
func (col *collection) strangers(c *conn, ix *index, f *faults) error {
	says := map[string]int64{}
	err := c.query(func(row []driver.Value) error {
		rec, err := record(row)
		if err != nil || !store.WellFormed(rec.Body) {
			return nil // told already
		}
		org, _ := row[4].(string)
		keys, err := ordered.Entries(ix.Index, rec.Body)
		says[org+"\x00"+rec.ID] = int64(len(keys))
		return err
	}, `SELECT id, version, changed, body, org FROM `+col.table)
	if err != nil {
		return err
	}
	return c.query(func(row []driver.Value) error {
		org, _ := row[0].(string)
		id, _ := row[1].(string)
		n, _ := row[2].(int64)
		if n <= says[org+"\x00"+id] {
			return nil
		}
		return f.add("%s %s: index %s shows it in %d places too many", col.spec.Name, id, ix.Name, n-says[org+"\x00"+id])
	}, `SELECT org, id, count(*) FROM `+ix.table+` GROUP BY org, id`)
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
