package sqlite

import (
	"context"
	"errors"
	"time"
)

// Checkpoint moves the whole log into the file and empties it, so that nothing
// overwritten is left beside the file. It waits for readers that still need
// the log; an error when the context ends before they do.
func (e *Engine) Checkpoint(ctx context.Context) error {
	if e.writer == nil {
		return ErrReadOnly
	}
	for {
		var busy int64
		err := e.writer.exclusive(ctx, func(c *conn) (err error) {
			// While it waits nobody can write: give way soon and come again.
			if err := c.exec("PRAGMA busy_timeout = 50"); err != nil {
				return err
			}
			busy, err = c.integer("PRAGMA wal_checkpoint(TRUNCATE)")
			return errors.Join(err, c.exec("PRAGMA busy_timeout = 5000"))
		})
		if err != nil || busy == 0 {
			return err
		}
		pause := time.NewTimer(20 * time.Millisecond)
		select {
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		case <-pause.C:
		}
	}
}
