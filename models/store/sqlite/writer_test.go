package sqlite

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

// together runs the bodies in one group: the first holds the writer until all
// others wait. It returns each one's answer.
func together(t *testing.T, e *Engine, bodies ...func(store.Writer) error) []error {
	t.Helper()
	answers := make([]error, len(bodies))
	var wg sync.WaitGroup
	begun := make(chan struct{})
	for i, body := range bodies {
		if i == 1 {
			<-begun
		}
		wg.Go(func() {
			answers[i] = e.Tx(ctx, func(w store.Writer) error {
				if i == 0 {
					close(begun)
					for len(e.writer.queue) < len(bodies)-1 {
						runtime.Gosched()
					}
				}
				return body(w)
			})
		})
	}
	wg.Wait()
	return answers
}

func inserting(t *testing.T, id string, then error) func(store.Writer) error {
	t.Helper()
	return func(w store.Writer) error {
		if err := w.Insert(ctx, notes.Spec(), "org_a", recorded(t, id)); err != nil {
			return err
		}
		return then
	}
}

func TestAFailedBodyLeavesItsGroupWhole(t *testing.T) {
	e, space := open(t, somewhere(t), Options{})
	no := errors.New("no")
	answers := together(t, e,
		inserting(t, "a", nil),
		inserting(t, "b", no),
		inserting(t, "a", nil), // a duplicate, perhaps before "c"
		inserting(t, "c", nil),
	)
	require.NoError(t, answers[0])
	require.ErrorIs(t, answers[1], no)
	require.True(t, store.IsDuplicate(answers[2], "id"))
	require.NoError(t, answers[3])
	require.Equal(t, 2, count(t, space, store.Query{Index: store.ChangedIndex}))
	require.NoError(t, e.Verify(ctx))
}

func TestAFailedCommitFailsTheWholeGroup(t *testing.T) {
	e, space := open(t, somewhere(t), Options{})
	// A deferred foreign key is what SQLite checks only at the commit.
	require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error {
		return errors.Join(
			c.exec("PRAGMA foreign_keys = 1"),
			c.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)"),
			c.exec("CREATE TABLE child (parent REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"))
	}))
	answers := together(t, e,
		inserting(t, "a", nil),
		func(w store.Writer) error {
			if err := inserting(t, "b", nil)(w); err != nil {
				return err
			}
			return w.(*transaction).conn.exec("INSERT INTO child VALUES (1)")
		},
		inserting(t, "c", nil),
	)
	for i, err := range answers {
		require.ErrorContains(t, err, "commit", "body %d", i)
	}
	require.Zero(t, count(t, space, store.Query{Index: store.ChangedIndex}))
	require.NoError(t, insert(space, &note{}), "the writer goes on")
	require.NoError(t, e.Ready(ctx))
}

func TestAFullDiskNeverAcknowledgesWhatIsLost(t *testing.T) {
	e, space := open(t, somewhere(t), Options{})
	require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error {
		_, err := c.integer("PRAGMA max_page_count = 60")
		return err
	}))
	acknowledged, refused := 0, 0
	for round := range 30 {
		var bodies []func(store.Writer) error
		for i := range 5 {
			r := recorded(t, fmt.Sprint(round, "-", i), make([]byte, 3000*i)...)
			bodies = append(bodies, func(w store.Writer) error { return w.Insert(ctx, notes.Spec(), "org_a", r) })
		}
		for _, err := range together(t, e, bodies...) {
			if err == nil {
				acknowledged++
			} else {
				refused++
			}
		}
	}
	require.Positive(t, acknowledged)
	require.Positive(t, refused)
	require.Equal(t, acknowledged, count(t, space, store.Query{Index: store.ChangedIndex}))
	require.NoError(t, e.Verify(ctx))
}

func TestABodyThatEndsItsGoroutineRollsBackAlone(t *testing.T) {
	e, space := open(t, somewhere(t), Options{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = e.Tx(ctx, func(w store.Writer) error {
			_ = inserting(t, "a", nil)(w)
			runtime.Goexit() // as a test's FailNow does
			return nil
		})
	})
	wg.Wait()
	require.NoError(t, insert(space, &note{}))
	require.Equal(t, 1, count(t, space, store.Query{Index: store.ChangedIndex}))
}

func TestWhoGivesUpWaitingIsNotRun(t *testing.T) {
	e, space := open(t, somewhere(t), Options{})
	mine, cancel := context.WithCancel(ctx)
	var late error
	require.NoError(t, e.Tx(ctx, func(store.Writer) error {
		var wg sync.WaitGroup
		wg.Go(func() { late = e.Tx(mine, inserting(t, "late", nil)) })
		for len(e.writer.queue) == 0 {
			runtime.Gosched()
		}
		cancel()
		wg.Wait()
		return nil
	}))
	require.ErrorIs(t, late, context.Canceled)
	require.NoError(t, e.Ready(ctx))
	require.Zero(t, count(t, space, store.Query{Index: store.ChangedIndex}))
}

func TestCloseLetsTheQueueEnd(t *testing.T) {
	path := somewhere(t)
	e, _ := open(t, path, Options{})
	var wg sync.WaitGroup
	var bodies []func(store.Writer) error
	for i := range 20 {
		bodies = append(bodies, func(w store.Writer) error {
			if i == 0 {
				wg.Go(func() { _ = e.Close() })
			}
			return inserting(t, fmt.Sprint(i), nil)(w)
		})
	}
	for _, err := range together(t, e, bodies...) {
		require.NoError(t, err)
	}
	wg.Wait()
	_, space := open(t, path, Options{})
	require.Equal(t, 20, count(t, space, store.Query{Index: store.ChangedIndex}))
}

func TestManySnapshotsDontKeepReadersWaiting(t *testing.T) {
	e, space := open(t, somewhere(t), Options{Readers: 1})
	var nest func(n int) error
	nest = func(n int) error {
		if n == 0 {
			return insert(space, &note{Meta: store.Meta{ID: "a"}})
		}
		return space.Snapshot(ctx, func(*store.Snapshot) error { return nest(n - 1) })
	}
	require.NoError(t, nest(snapshots))
	_, err := e.Reader().Get(ctx, notes.Spec(), "org_a", "a")
	require.NoError(t, err)
}
