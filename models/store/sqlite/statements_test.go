package sqlite

import (
	"database/sql/driver"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What an operation costs must not grow with the file.
func TestEveryStatementSearchesAndNoneSortsOrScans(t *testing.T) {
	e, _ := open(t, somewhere(t), Options{})
	col := e.collections["note"]
	statements := []string{col.get, col.many, col.replace, col.remove}
	for _, ix := range col.indexes {
		statements = append(statements, ix.up, ix.down, ix.count, ix.drop, ix.taken)
	}
	require.NoError(t, e.readers.use(ctx, func(c *conn) error {
		for _, sql := range statements {
			args := []any{"a", "b", "c", "d", "e"}[:strings.Count(sql, "?")]
			searches := 0
			require.NoError(t, c.query(func(row []driver.Value) error {
				step, _ := row[3].(string)
				switch {
				case strings.HasPrefix(step, "SEARCH") && strings.Contains(step, "USING PRIMARY KEY (org=?"):
					searches++
				case strings.HasPrefix(step, "SCAN (subquery"), strings.HasPrefix(step, "SCAN j VIRTUAL"), strings.HasPrefix(step, "CO-ROUTINE"):
				default:
					t.Errorf("%s\n  %s", sql, step)
				}
				return nil
			}, "EXPLAIN QUERY PLAN "+sql, args...))
			require.Positive(t, searches, sql)
		}
		return nil
	}))
}

func TestTablesHaveNoRowidThatTellsTheOrderOfArrival(t *testing.T) {
	e, _ := open(t, somewhere(t), Options{})
	require.NoError(t, e.readers.use(ctx, func(c *conn) error {
		n, err := c.integer(`SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND NOT wr`)
		require.Zero(t, n)
		return err
	}))
}
