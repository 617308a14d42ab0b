package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

const (
	// application marks the file as a store; schema is the version of its tables and
	// of what stands in them, so that an older program refuses a file in words: since
	// 2 what gives rights has marks, and the secrets say so.
	application = 0x43485452
	schema      = 2
)

// migrate brings the file to what the declarations say, or leaves it as it was.
func migrate(ctx context.Context, c *conn, collections map[string]*collection) (err error) {
	fresh, err := recognise(c)
	if err != nil {
		return err
	}
	if fresh {
		// The log is a property of the file; it can't be changed inside a transaction.
		if err := c.exec("PRAGMA journal_mode = WAL"); err != nil {
			return err
		}
	}
	if err := c.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.exec("ROLLBACK"))
		}
	}()
	for _, sql := range []string{
		`CREATE TABLE IF NOT EXISTS catalog (collection TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (collection, name)) WITHOUT ROWID`,
		fmt.Sprintf("PRAGMA application_id = %d", application),
		fmt.Sprintf("PRAGMA user_version = %d", schema),
	} {
		if err := c.exec(sql); err != nil {
			return err
		}
	}
	for _, col := range collections {
		if err := col.migrate(ctx, c); err != nil {
			return fmt.Errorf("collection %s: %w", col.spec.Name, err)
		}
	}
	return c.exec("COMMIT")
}

// recognise refuses what is no store of this version or an older one.
func recognise(c *conn) (fresh bool, err error) {
	app, err := c.integer("PRAGMA application_id")
	if err != nil {
		return false, err
	}
	version, err := c.integer("PRAGMA user_version")
	if err != nil {
		return false, err
	}
	tables, err := c.integer("SELECT count(*) FROM sqlite_schema")
	switch {
	case err != nil:
		return false, err
	case app == 0 && version == 0 && tables == 0:
		return true, nil
	case app != application:
		return false, errors.New("this file is a database of another program")
	case version > schema:
		return false, fmt.Errorf("this file was written by a newer version of the program (schema %d; this program knows %d): start the newer one", version, schema)
	}
	return false, nil
}

func (col *collection) migrate(ctx context.Context, c *conn) error {
	if err := c.exec(col.create()); err != nil {
		return err
	}
	stored, err := col.stored(c)
	if err != nil {
		return err
	}
	for name, definition := range stored {
		if ix := col.index(name); ix != nil && ix.definition() == definition {
			continue
		}
		if err := c.exec(`DROP TABLE "i_` + col.spec.Name + `.` + name + `"`); err != nil {
			return err
		}
		if err := c.exec(`DELETE FROM catalog WHERE collection = ?1 AND name = ?2`, col.spec.Name, name); err != nil {
			return err
		}
		delete(stored, name)
	}
	for i := range col.indexes {
		ix := &col.indexes[i]
		if _, ok := stored[ix.Name]; ok {
			continue
		}
		if err := c.exec(ix.create()); err != nil {
			return err
		}
		if err := ix.fill(ctx, c, col); err != nil {
			return fmt.Errorf("index %s: %w", ix.Name, err)
		}
		err := c.exec(`INSERT INTO catalog (collection, name, definition) VALUES (?1, ?2, ?3)`, col.spec.Name, ix.Name, ix.definition())
		if err != nil {
			return err
		}
	}
	return nil
}

// stored are the definitions of the indexes that the file has.
func (col *collection) stored(c *conn) (map[string]string, error) {
	stored := map[string]string{}
	err := c.query(func(row []driver.Value) error {
		name, _ := row[0].(string)
		stored[name], _ = row[1].(string)
		return nil
	}, `SELECT name, definition FROM catalog WHERE collection = ?1`, col.spec.Name)
	return stored, err
}

// fits refuses a file that would have to be changed before it is used.
func (e *Engine) fits(c *conn) error {
	fresh, err := recognise(c)
	if err != nil {
		return err
	}
	if fresh {
		return errOlder
	}
	for _, col := range e.collections {
		stored, err := col.stored(c)
		if err != nil {
			return err
		}
		for i := range col.indexes {
			if ix := &col.indexes[i]; stored[ix.Name] != ix.definition() {
				return errOlder
			}
		}
	}
	return nil
}

var errOlder = errors.New("this file was written by an older version of the program: start the server on it once, which brings it up to date")

// fill enters the documents that are there already.
func (ix *index) fill(ctx context.Context, c *conn, col *collection) error {
	return c.query(func(row []driver.Value) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		org, _ := row[0].(string)
		id, _ := row[1].(string)
		body, _ := row[2].([]byte)
		keys, err := ordered.Entries(ix.Index, body)
		if err != nil {
			return fmt.Errorf("document %s: %w", id, err)
		}
		for _, key := range keys {
			if err := ix.free(c, col, org, key); err != nil {
				return err
			}
		}
		return ix.enter(c, org, id, keys)
	}, `SELECT org, id, body FROM `+col.table)
}

// free returns a *store.DuplicateError if the index is unique and has the key.
func (ix *index) free(c *conn, col *collection, org string, key []byte) error {
	if !ix.Unique {
		return nil
	}
	n, err := c.integer(ix.taken, org, key)
	if err == nil && n > 0 {
		return &store.DuplicateError{Collection: col.spec.Name, Index: ix.Name}
	}
	return err
}
