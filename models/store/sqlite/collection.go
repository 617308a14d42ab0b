package sqlite

import (
	"fmt"
	"strings"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// collection is a declaration with the statements that serve it.
type collection struct {
	spec    *store.Spec
	table   string
	indexes []index

	get, many, insert, replace, remove string
}

// index is one index table and its statements.
type index struct {
	store.Index
	table string

	up, down, count, add, addBlock, drop, taken string
}

// block is how many entries addBlock adds at once. Each statement costs about as
// much as the entry itself.
const block = 8

// Names may stand in SQL as they are: ordered.Spec lets only [a-z0-9_] pass.
// The dot keeps the parts of an index table's name apart.
func newCollection(spec *store.Spec) (*collection, error) {
	if err := ordered.Spec(spec); err != nil {
		return nil, err
	}
	t := `"d_` + spec.Name + `"`
	c := &collection{
		spec:    spec,
		table:   t,
		get:     `SELECT id, version, changed, body FROM ` + t + ` WHERE org = ?1 AND id = ?2`,
		many:    `SELECT d.id, d.version, d.changed, d.body, j.key FROM json_each(?2) AS j CROSS JOIN ` + t + ` AS d ON d.org = ?1 AND d.id = j.value`,
		insert:  `INSERT INTO ` + t + ` (org, id, version, changed, body) VALUES (?1, ?2, ?3, ?4, ?5)`,
		replace: `UPDATE ` + t + ` SET version = ?3, changed = ?4, body = ?5 WHERE org = ?1 AND id = ?2`,
		remove:  `DELETE FROM ` + t + ` WHERE org = ?1 AND id = ?2`,
	}
	for _, ix := range ordered.Indexes(spec) {
		c.indexes = append(c.indexes, newIndex(c, ix))
	}
	return c, nil
}

func newIndex(c *collection, ix store.Index) index {
	t := `"i_` + c.spec.Name + `.` + ix.Name + `"`
	walk := `SELECT d.id, d.version, d.changed, d.body, i.key FROM ` + t + ` AS i CROSS JOIN ` + c.table +
		` AS d ON d.org = i.org AND d.id = i.id WHERE i.org = ?1 AND `
	return index{
		Index: ix,
		table: t,
		up:    walk + `(i.key, i.id) > (?2, ?3) AND i.key < ?4 ORDER BY i.key, i.id LIMIT ?5`,
		down:  walk + `(i.key, i.id) < (?2, ?3) AND i.key >= ?4 ORDER BY i.key DESC, i.id DESC LIMIT ?5`,
		count: `SELECT count(*) FROM (SELECT 1 FROM ` + t + ` WHERE org = ?1 AND key >= ?2 AND key < ?3 LIMIT ?4)`,
		add:   `INSERT INTO ` + t + ` (org, id, key) VALUES (?1, ?2, ?3)`,
		// With FAIL it needs no journal of its own; what it leaves is taken back with the group.
		addBlock: `INSERT OR FAIL INTO ` + t + ` (org, id, key) VALUES ` + rows(block),
		drop:     `DELETE FROM ` + t + ` WHERE org = ?1 AND key = ?2 AND id = ?3`,
		taken:    `SELECT count(*) FROM (SELECT 1 FROM ` + t + ` WHERE org = ?1 AND key = ?2 LIMIT 1)`,
	}
}

// rows are the rows (?1, ?2, ?3), (?1, ?2, ?4) and so on, n of them.
func rows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ", (?1, ?2, ?%d)", i+3)
	}
	return b.String()[2:]
}

func (c *collection) index(name string) *index {
	for i := range c.indexes {
		if c.indexes[i].Name == name {
			return &c.indexes[i]
		}
	}
	return nil
}

// create makes the table of documents.
func (c *collection) create() string {
	return `CREATE TABLE IF NOT EXISTS ` + c.table +
		` (org TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, changed INTEGER NOT NULL, body BLOB NOT NULL,` +
		` PRIMARY KEY (org, id)) WITHOUT ROWID`
}

// create makes the table of entries; of a unique index SQLite itself guards that no key stands twice.
func (ix *index) create() string {
	primary := `org, key, id`
	if ix.Unique {
		primary = `org, key`
	}
	return `CREATE TABLE ` + ix.table +
		` (org TEXT NOT NULL, key BLOB NOT NULL, id TEXT NOT NULL, PRIMARY KEY (` + primary + `)) WITHOUT ROWID`
}

// definition tells one shape of an index from another. Its first word is the
// encoding of the entries.
func (ix *index) definition() string {
	kind := "plain"
	if ix.Unique {
		kind = "unique"
	}
	return "ordered1 " + kind + " " + strings.Join(ix.Fields, ",")
}
