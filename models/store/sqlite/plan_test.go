package sqlite

import (
	"context"
	"database/sql/driver"
	"path/filepath"
	"strings"
	"testing"

	"chautari/models/store"
)

func TestPlanPrint(t *testing.T) {
	spec := &store.Spec{Name: "thing", Indexes: []store.Index{{Name: "a", Fields: []string{"a"}}, {Name: "u", Fields: []string{"u"}, Unique: true}}}
	e, err := Open(context.Background(), filepath.Join(t.TempDir(), "x.db"), Options{}, spec)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	col := e.collections["thing"]
	sqls := []string{col.get, col.many, col.replace, col.remove}
	for _, ix := range col.indexes {
		sqls = append(sqls, ix.up, ix.down, ix.count, ix.drop, ix.taken)
	}
	_ = e.readers.use(context.Background(), func(c *conn) error {
		for _, s := range sqls {
			t.Log(s)
			err := c.query(func(row []driver.Value) error { t.Log("   ", row[3]); return nil }, "EXPLAIN QUERY PLAN "+s, []any{"a", "b", "c", "d", "e"}[:strings.Count(s, "?")]...)
			if err != nil {
				t.Error(err)
			}
		}
		return nil
	})
}
