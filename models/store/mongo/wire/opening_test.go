package wire

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"
	driver "go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"chautari/models/clock"
	"chautari/models/store"
	"chautari/models/store/mongo"
)

type note struct {
	store.Meta `bson:",inline"`
	Kind       string   `bson:"kind,omitempty"`
	Tags       []string `bson:"tags,omitempty"`
}

var (
	bare  = store.Declare[note]("note")
	notes = store.Declare[note]("note",
		store.Index{Name: "kind", Fields: []string{"kind"}},
		store.Index{Name: "tag", Fields: []string{"tags"}},
	)
	at = clock.At(time.UnixMilli(1e12))
)

func put(space *store.Space, c store.Collection[note, *note], docs ...*note) error {
	return space.Tx(ctx, func(tx *store.Tx) error {
		for _, d := range docs {
			if err := c.Insert(ctx, tx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

func count(t *testing.T, space *store.Space, q store.Query) int {
	t.Helper()
	n, err := notes.Count(ctx, space, q, 1000)
	require.NoError(t, err)
	return n
}

// raw is the driver itself, to put into a database what the engine never would.
func raw(t *testing.T, p *proxy) *driver.Client {
	t.Helper()
	c, err := driver.Connect(ctx, options.Client().ApplyURI(p.uri()))
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Disconnect(ctx) })
	return c
}

func TestIndexesFollowTheirDeclaration(t *testing.T) {
	p := newProxy(t, ferret)
	o := mongo.Options{URI: p.uri(), Database: fmt.Sprint("shape_", databases.Add(1))}
	openAs := func(c store.Collection[note, *note]) (*mongo.Engine, *store.Space) {
		e, err := mongo.Open(ctx, o, c.Spec())
		require.NoError(t, err)
		t.Cleanup(func() { _ = e.Close() })
		return e, store.New(e, at).Org("org_a")
	}
	e, space := openAs(bare)
	for i := range 6 {
		require.NoError(t, put(space, bare, &note{Meta: store.Meta{ID: fmt.Sprint("n", i)}, Kind: fmt.Sprint(i % 3), Tags: []string{"x", "y"}}))
	}
	require.NoError(t, e.Close())

	o.ReadOnly = true
	_, err := mongo.Open(ctx, o, notes.Spec())
	require.Error(t, err, "who only reads changes nothing")
	o.ReadOnly = false

	e, space = openAs(notes)
	require.Equal(t, 2, count(t, space, store.Query{Index: "kind", Equal: []any{"1"}}))
	require.Equal(t, 6, count(t, space, store.Query{Index: "tag", Equal: []any{"y"}}))
	require.Equal(t, 12, count(t, space, store.Query{Index: "tag"}))
	require.NoError(t, e.Close())

	// What needs no change changes nothing.
	changes := func() int {
		n := 0
		for _, command := range []string{"update", "insert", "create", "createIndexes", "dropIndexes", "collMod"} {
			n += p.count(command)
		}
		return n
	}
	before := changes()
	e, _ = openAs(notes)
	require.Equal(t, before, changes())
	require.NoError(t, e.Close())

	o.ReadOnly = true
	e, space = openAs(notes)
	require.Equal(t, 6, count(t, space, store.Query{Index: store.ChangedIndex}))
	require.ErrorIs(t, put(space, notes, &note{Meta: store.Meta{ID: "late"}}), mongo.ErrReadOnly)
	require.NoError(t, e.Close())
}

func TestAMigrationThatWasCutShortGoesOn(t *testing.T) {
	p := newProxy(t, ferret)
	o := mongo.Options{URI: p.uri(), Database: fmt.Sprint("cut_", databases.Add(1))}
	e, err := mongo.Open(ctx, o, bare.Spec())
	require.NoError(t, err)
	require.NoError(t, put(store.New(e, at).Org("org_a"), bare, &note{Meta: store.Meta{ID: "a"}, Kind: "k"}))
	require.NoError(t, e.Close())

	// The first tries break at one command after another.
	for _, at := range []string{"create", "collMod", "update", "createIndexes"} {
		broken := false
		p.fault = func(command string, body bson.D) (bson.D, bool) {
			if command == at && !broken && !(command == "update" && body[0].Value == "_store") {
				broken = true
				return bson.D{{Key: "ok", Value: 0.0}, {Key: "code", Value: 8}, {Key: "errmsg", Value: "broken"}}, false
			}
			return nil, false
		}
		_, err := mongo.Open(ctx, o, notes.Spec())
		require.Error(t, err, at)
		require.True(t, broken, at)
	}
	p.fault = nil
	e, err = mongo.Open(ctx, o, notes.Spec())
	require.NoError(t, err)
	require.Equal(t, 1, count(t, store.New(e, clock.At(time.UnixMilli(1e12))).Org("org_a"), store.Query{Index: "kind", Equal: []any{"k"}}))
	require.NoError(t, e.Close())
}

func TestSeveralInstancesOpenAtOnce(t *testing.T) {
	p := newProxy(t, ferret)
	o := mongo.Options{URI: p.uri(), Database: fmt.Sprint("crowd_", databases.Add(1))}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			e, err := mongo.Open(ctx, o, notes.Spec())
			if err != nil {
				t.Error(err)
				return
			}
			if err := e.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	require.Equal(t, 1, p.count("collMod"), "one of them made it")
}

func TestWhatIsNoStoreIsRefused(t *testing.T) {
	p := newProxy(t, ferret)
	name := fmt.Sprint("foreign_", databases.Add(1))
	_, err := raw(t, p).Database(name).Collection("films").InsertOne(ctx, bson.D{{Key: "a", Value: 1}})
	require.NoError(t, err)
	_, err = mongo.Open(ctx, mongo.Options{URI: p.uri(), Database: name}, notes.Spec())
	require.ErrorContains(t, err, "another program")

	name = fmt.Sprint("newer_", databases.Add(1))
	_, err = raw(t, p).Database(name).Collection("_store").InsertOne(ctx, bson.D{{Key: "_id", Value: "schema"}, {Key: "version", Value: 99}})
	require.NoError(t, err)
	_, err = mongo.Open(ctx, mongo.Options{URI: p.uri(), Database: name}, notes.Spec())
	require.ErrorContains(t, err, "newer version")
}

func TestAServerThatCantKeepThePromisesIsRefused(t *testing.T) {
	alone := newProxy(t, ferret)
	alone.alter = func(g bson.M) { delete(g, "setName") }
	_, err := mongo.Open(ctx, mongo.Options{URI: alone.uri(), Database: "alone"}, notes.Spec())
	require.ErrorIs(t, err, mongo.ErrStandAlone)

	old := newProxy(t, ferret)
	old.alter = func(g bson.M) {
		if _, ok := g["versionArray"]; ok {
			g["versionArray"] = bson.A{6, 0, 1, 0}
		}
	}
	_, err = mongo.Open(ctx, mongo.Options{URI: old.uri(), Database: "old"}, notes.Spec())
	require.ErrorIs(t, err, mongo.ErrOld)
}
