package sqlite

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/store"
)

type note struct {
	store.Meta `bson:",inline"`
	Kind       string   `bson:"kind"`
	Slot       string   `bson:"slot,omitempty"`
	Tags       []string `bson:"tags,omitempty"`
	Sealed     []byte   `bson:"sealed,omitempty"`
}

var (
	byKind = store.Index{Name: "kind", Fields: []string{"kind"}}
	bySlot = store.Index{Name: "slot", Fields: []string{"slot"}, Unique: true}
	byTag  = store.Index{Name: "tag", Fields: []string{"tags", "kind"}}
	notes  = store.Declare[note]("note", byKind, bySlot, byTag)

	ctx   = context.Background()
	epoch = time.Date(2025, 4, 14, 6, 15, 0, 0, time.UTC)
)

func somewhere(tb testing.TB) string {
	tb.Helper()
	return filepath.Join(tb.TempDir(), "notes.db")
}

// open opens notes at a path, to be closed with the test or before.
func open(tb testing.TB, path string, o Options, specs ...*store.Spec) (*Engine, *store.Space) {
	tb.Helper()
	if specs == nil {
		specs = []*store.Spec{notes.Spec()}
	}
	e, err := Open(ctx, path, o, specs...)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, e.Close()) })
	return e, store.New(e, clock.At(epoch)).Org("org_a")
}

func insert(space *store.Space, docs ...*note) error {
	return space.Tx(ctx, func(tx *store.Tx) error {
		for _, d := range docs {
			if d.ID == "" {
				d.ID = id.New("nte")
			}
			if err := notes.Insert(ctx, tx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

func count(tb testing.TB, space *store.Space, q store.Query) int {
	tb.Helper()
	n, err := notes.Count(ctx, space, q, 100_000)
	require.NoError(tb, err)
	return n
}

// recorded is a note as the port would hand it to an engine.
func recorded(tb testing.TB, id string, sealed ...byte) store.Record {
	tb.Helper()
	body, err := bson.Marshal(&note{Meta: store.Meta{ID: id, Version: 1, Changed: epoch}, Sealed: sealed})
	require.NoError(tb, err)
	return store.Record{ID: id, Version: 1, Changed: epoch, Body: body}
}
