package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"chautari/models/store"
)

// conn is one connection with its prepared statements. It uses the driver
// without database/sql, whose pool and conversions cost more than a look-up
// does. It serves one goroutine at a time. Statements run to their end
// whatever the caller's context does: they are short, and an interrupt would
// take the other transactions of the group with it.
type conn struct {
	raw        driver.Conn
	statements map[string]statement
	args       []driver.NamedValue
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

func (c *conn) prepare(sql string) (statement, error) {
	if s, ok := c.statements[sql]; ok {
		return s, nil
	}
	s, err := c.raw.Prepare(sql)
	if err != nil {
		return nil, err
	}
	st, ok := s.(statement)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver lacks contexts"), s.Close())
	}
	c.statements[sql] = st
	return st, nil
}

func (c *conn) bind(args []any) []driver.NamedValue {
	c.args = c.args[:0]
	for i, a := range args {
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return c.args
}

// exec runs a statement. Arguments are string, int64 and []byte.
func (c *conn) exec(sql string, args ...any) error {
	s, err := c.prepare(sql)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(context.Background(), c.bind(args))
	return told(err)
}

// told makes of the driver's error what the port has a name for.
func told(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_FULL || e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE) {
		return fmt.Errorf("%w (%d)", store.ErrFull, e.Code())
	}
	return err
}

// query hands each row to fn, until fn errs. The row is valid only meanwhile;
// its values are the caller's to keep.
func (c *conn) query(fn func(row []driver.Value) error, sql string, args ...any) (err error) {
	s, err := c.prepare(sql)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(context.Background(), c.bind(args))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([]driver.Value, len(rows.Columns()))
	for {
		switch err := rows.Next(row); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
	}
}

// integer reads the one number that a statement answers.
func (c *conn) integer(sql string, args ...any) (n int64, err error) {
	err = c.query(func(row []driver.Value) error {
		n, _ = row[0].(int64)
		return nil
	}, sql, args...)
	return n, err
}

// probe is the cheapest read of the file.
func (c *conn) probe() error {
	_, err := c.integer("SELECT count(*) FROM (SELECT 1 FROM catalog LIMIT 1)")
	return err
}

func (c *conn) close() error {
	var errs []error
	for _, s := range c.statements {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.raw.Close())...)
}
