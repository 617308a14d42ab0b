// Package storetest gives nouns stores to test on, and engines one suite that
// says what store.Engine promises.
//
// What belongs here: Run, the suite; Hostile, an engine that is as unkind as
// the port allows; New and Each, stores for the tests of nouns. Only tests
// import it.
package storetest

import (
	"path/filepath"
	"testing"

	"chautari/models/store"
	"chautari/models/store/sqlite"
)

// New opens a store on SQLite in a directory that goes with the test.
func New(tb testing.TB, specs []*store.Spec, clk store.Clock) *store.Store {
	tb.Helper()
	return store.New(SQLite(tb, specs...), clk)
}

// SQLite opens the engine of New.
func SQLite(tb testing.TB, specs ...*store.Spec) store.Engine {
	tb.Helper()
	e, err := sqlite.Open(tb.Context(), filepath.Join(tb.TempDir(), "test.db"), sqlite.Options{}, specs...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := e.Close(); err != nil {
			tb.Error(err)
		}
	})
	return e
}

// Each runs a noun's test on every engine, as the subtests "sqlite" and
// "hostile", each with a store of its own.
func Each(t *testing.T, specs []*store.Spec, clk store.Clock, fn func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, New(t, specs, clk)) })
	t.Run("hostile", func(t *testing.T) { fn(t, store.New(Hostile(t, specs...), clk)) })
}
