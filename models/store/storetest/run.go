package storetest

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/store"
)

// Open opens an engine that goes with the test.
type Open func(tb testing.TB, specs ...*store.Spec) store.Engine

// Run demands of an engine all that the port promises. Each part opens engines of its own.
func Run(t *testing.T, open Open) { RunBut(t, open, nil) }

// RunBut is Run without the parts that can't be shown where the test runs. They
// are given with the reason, which is printed; one that isn't there fails.
func RunBut(t *testing.T, open Open, notHere map[string]string) {
	t.Helper()
	left := maps.Clone(notHere)
	for _, part := range []struct {
		name string
		test func(*testing.T, Open)
	}{
		{"documents keep what was written and count versions", documents},
		{"a stale write is a conflict", stale},
		{"ids and unique indexes hold one document", duplicates},
		{"ids come back in the order asked for", getMany},
		{"an index holds what its fields say", indexed},
		{"what can't be ordered is refused", refused},
		{"a document stands in an index once for each element", elements},
		{"values of several types stand in one order", mixed},
		{"queries find what a plain filter finds", queries},
		{"limits are kept", limits},
		{"a cursor fits its query only", cursors},
		{"pages have no gaps and no repeats while others write", paging},
		{"changes are found by their instant", changes},
		{"a range is deleted in batches", deleteRange},
		{"no operation crosses the wall", walls},
		{"a transaction sees its own writes", ownWrites},
		{"a transaction is whole or nothing", atomic},
		{"a failed write can't be committed", swallowed},
		{"a panic rolls back alone", panics},
		{"two organisations change together", twoOrganisations},
		{"nothing works after its transaction", leaked},
		{"a cancelled caller harms nobody else", cancelled},
		{"a required document has not changed", required},
		{"a snapshot stands still", snapshot},
		{"a brief snapshot lists every state", stamps},
		{"ten seats take ten", seats},
		{"no increment is lost", counter},
		{"a slot has one winner", slots},
		{"require forbids write skew", skew},
		{"a guarded document keeps its mark", marks},
		{"closed is closed", closed},
	} {
		if why, ok := notHere[part.name]; ok {
			fmt.Printf("NOT RUN HERE: %s: %s: %s\n", t.Name(), part.name, why)
			delete(left, part.name)
			continue
		}
		t.Run(part.name, func(t *testing.T) { part.test(t, open) })
	}
	for name := range left {
		t.Errorf("there is no part %q", name)
	}
}

// thing is a document with a field for each kind of index.
type thing struct {
	store.Meta `bson:",inline"`
	Kind       string    `bson:"kind,omitempty"`
	Rank       int       `bson:"rank"`
	Done       *bool     `bson:"done"`
	At         time.Time `bson:"at,omitempty"`
	Tags       []string  `bson:"tags,omitempty"`
	Slot       string    `bson:"slot,omitempty"`
	Inner      inner     `bson:"inner,omitempty"`
	People     []inner   `bson:"people,omitempty"`
	Any        any       `bson:"any,omitempty"`
	Any2       any       `bson:"any2,omitempty"`
}

type inner struct {
	Code string `bson:"code,omitempty"`
}

var things = store.Declare[thing]("thing",
	store.Index{Name: "rank", Fields: []string{"kind", "rank"}},
	store.Index{Name: "done", Fields: []string{"done", "rank"}},
	store.Index{Name: "at", Fields: []string{"at"}},
	store.Index{Name: "tag", Fields: []string{"tags", "rank"}},
	store.Index{Name: "slot", Fields: []string{"slot"}, Unique: true},
	store.Index{Name: "code", Fields: []string{"inner.code"}},
	store.Index{Name: "person", Fields: []string{"people.code"}},
	store.Index{Name: "any", Fields: []string{"any"}},
	store.Index{Name: "pair", Fields: []string{"tags", "any2"}},
)

// others is a second collection, of the same ids.
var others = store.Declare[thing]("other", store.Index{Name: "rank", Fields: []string{"kind", "rank"}})

var (
	ctx   = context.Background()
	epoch = time.Date(2025, 4, 14, 6, 15, 0, 0, time.UTC)
)

// bench is a fresh store with one organisation opened.
type bench struct {
	*testing.T
	store *store.Store
	org   *store.Space
	clock *clock.Fake
}

func set(t *testing.T, open Open) bench {
	t.Helper()
	clk := clock.At(epoch)
	s := store.New(open(t, things.Spec(), others.Spec()), clk)
	return bench{t, s, s.Org("org_a"), clk}
}

// insert stores things in one transaction and gives them ids if they have none.
func (b bench) insert(space *store.Space, docs ...*thing) {
	b.Helper()
	for _, d := range docs {
		if d.ID == "" {
			d.ID = id.New("thg")
		}
	}
	require.NoError(b, space.Tx(ctx, func(tx *store.Tx) error {
		for _, d := range docs {
			if err := things.Insert(ctx, tx, d); err != nil {
				return err
			}
		}
		return nil
	}))
}

// change updates one thing.
func (b bench) change(space *store.Space, id string, fn func(*thing)) {
	b.Helper()
	require.NoError(b, space.Tx(ctx, func(tx *store.Tx) error {
		_, err := things.Update(ctx, tx, id, func(d *thing) error { fn(d); return nil })
		return err
	}))
}

// remove deletes one thing.
func (b bench) remove(space *store.Space, id string) {
	b.Helper()
	require.NoError(b, space.Tx(ctx, func(tx *store.Tx) error {
		d, err := things.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		return things.Delete(ctx, tx, d)
	}))
}

// all reads every page of a query and returns the ids.
func (b bench) all(v store.View, q store.Query) []string {
	b.Helper()
	ids := []string{}
	require.NoError(b, things.Each(ctx, v, q, func(d *thing) error {
		ids = append(ids, d.ID)
		return nil
	}))
	return ids
}

// named makes things whose ids are a, b, c …
func named(docs ...*thing) []*thing {
	for i, d := range docs {
		d.ID = string(rune('a' + i))
	}
	return docs
}
