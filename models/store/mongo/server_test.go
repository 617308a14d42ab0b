package mongo

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/clock"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var databases atomic.Int64

// server is the replica set that the tests may make databases on, empty where
// there is none.
func server(t *testing.T) string {
	uri := os.Getenv("MONGODB_TEST_URI")
	if uri == "" {
		fmt.Printf("NOT RUN HERE: %s: MONGODB_TEST_URI names no MongoDB replica set\n", t.Name())
	}
	return uri
}

// fresh is a database that goes with the test.
func fresh(tb testing.TB, uri string) Options {
	o := Options{URI: uri, Database: fmt.Sprintf("chautari_test_%d_%d", time.Now().UnixNano(), databases.Add(1))}
	tb.Cleanup(func() {
		e, err := Open(ctx, Options{URI: uri, Database: o.Database + "_"})
		if err != nil {
			tb.Error(err)
			return
		}
		for _, name := range []string{o.Database, o.Database + "_"} {
			if err := e.client.Database(name).Drop(ctx); err != nil {
				tb.Error(err)
			}
		}
		if err := e.Close(); err != nil {
			tb.Error(err)
		}
	})
	return o
}

func opened(tb testing.TB, o Options, specs ...*store.Spec) *Engine {
	tb.Helper()
	e, err := Open(ctx, o, specs...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = e.Close() })
	return e
}

func TestMongoKeepsTheContract(t *testing.T) {
	uri := server(t)
	if uri == "" {
		return
	}
	storetest.Run(t, func(tb testing.TB, specs ...*store.Spec) store.Engine {
		return opened(tb, fresh(tb, uri), specs...)
	})
}

// The server walks the declared index in its order: it neither scans the
// collection nor sorts what it found.
func TestAWalkIsTheServersIndexAlone(t *testing.T) {
	uri := server(t)
	if uri == "" {
		return
	}
	e := opened(t, fresh(t, uri), leaves.Spec())
	s := store.New(e, clock.At(time.UnixMilli(1e12)))
	require.NoError(t, s.Org("org_a").Tx(ctx, func(tx *store.Tx) error {
		for i := range 50 {
			d := &leaf{Meta: store.Meta{ID: fmt.Sprint("l", i)}, Kind: fmt.Sprint("k", i), Rank: &i, Tags: []string{"x", fmt.Sprint(i % 3)}}
			if err := leaves.Insert(ctx, tx, d); err != nil {
				return err
			}
		}
		return nil
	}))
	for _, q := range []store.Query{
		{Index: "rank"},
		{Index: "rank", Down: true},
		{Index: "rank", Equal: []any{"k1"}, From: 0},
		{Index: "slot"},
		{Index: "slot", Equal: []any{"k7"}},
		{Index: "tag", Equal: []any{"x"}},
		{Index: "tag", Equal: []any{"x"}, From: 4, Down: true},
		{Index: "late", Equal: []any{"k3", "x"}},
		{Index: store.ChangedIndex, From: time.UnixMilli(0)},
	} {
		w, err := e.collections["leaf"].walk("org_a", q)
		require.NoError(t, err)
		var plan bson.Raw
		err = e.db.RunCommand(ctx, bson.D{{Key: "explain", Value: bson.D{
			{Key: "find", Value: "leaf"},
			{Key: "filter", Value: w.filter()},
			{Key: "sort", Value: w.sort()},
			{Key: "hint", Value: w.ix.keys()},
			{Key: "limit", Value: 5},
		}}}).Decode(&plan)
		require.NoError(t, err)
		winning := plan.Lookup("queryPlanner", "winningPlan").String()
		require.Contains(t, winning, `"IXSCAN"`, "%+v", q)
		require.NotContains(t, winning, `"COLLSCAN"`, "%+v", q)
		require.NotContains(t, winning, `"SORT"`, "%+v", q)
	}
}

// A list of stamps passes the documents of one organisation alone, in the order
// in which they lie.
func TestStampsAreABoundedWalkOfTheCollection(t *testing.T) {
	uri := server(t)
	if uri == "" {
		return
	}
	e := opened(t, fresh(t, uri), leaves.Spec())
	for _, org := range []string{"org_a", "org_b", "org_c"} {
		require.NoError(t, store.New(e, clock.At(time.UnixMilli(1e12))).Org(org).Tx(ctx, func(tx *store.Tx) error {
			for i := range 50 {
				if err := leaves.Insert(ctx, tx, &leaf{Meta: store.Meta{ID: fmt.Sprintf("l%02d", i)}, Kind: fmt.Sprint("k", i)}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	filter, sort := behind("org_b", "l39")
	var plan bson.Raw
	err := e.db.RunCommand(ctx, bson.D{{Key: "explain", Value: bson.D{
		{Key: "find", Value: "leaf"}, {Key: "filter", Value: filter}, {Key: "sort", Value: sort}, {Key: "hint", Value: sort},
	}}, {Key: "verbosity", Value: "executionStats"}}).Decode(&plan)
	require.NoError(t, err)
	require.NotContains(t, plan.Lookup("queryPlanner", "winningPlan").String(), `"SORT"`)
	passed, ok := plan.Lookup("executionStats", "totalDocsExamined").AsInt64OK()
	require.True(t, ok)
	require.LessOrEqual(t, passed, int64(12), "ten, and what bounds them")
}

// A program of another version that still runs can't leave behind what the
// declarations don't say.
func TestAnOlderProgramIsRefusedByTheServer(t *testing.T) {
	uri := server(t)
	if uri == "" {
		return
	}
	o := fresh(t, uri)
	bare := store.Declare[leaf]("leaf")
	before := store.New(opened(t, o, bare.Spec()), clock.At(time.UnixMilli(1e12))).Org("org_a")
	put := func(space *store.Space, id string, c store.Collection[leaf, *leaf]) error {
		return space.Tx(ctx, func(tx *store.Tx) error {
			return c.Insert(ctx, tx, &leaf{Meta: store.Meta{ID: id}, Kind: id})
		})
	}
	require.NoError(t, put(before, "a", bare))
	after := store.New(opened(t, o, leaves.Spec()), clock.At(time.UnixMilli(1e12))).Org("org_a")
	require.ErrorIs(t, put(before, "b", bare), store.ErrAway)
	err := before.Tx(ctx, func(tx *store.Tx) error {
		_, err := bare.Update(ctx, tx, "a", func(d *leaf) error { d.Kind = "other"; return nil })
		return err
	})
	require.ErrorIs(t, err, store.ErrAway)
	require.NoError(t, put(after, "c", leaves))
	n, err := leaves.Count(ctx, after, store.Query{Index: "slot"}, 10)
	require.NoError(t, err)
	require.Equal(t, 2, n)
	require.True(t, store.IsDuplicate(put(after, "c", leaves), "id"))
}
