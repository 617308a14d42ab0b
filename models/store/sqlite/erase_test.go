package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

// traces counts how often the mark stands in the file or beside it.
func traces(t *testing.T, path, mark string) (n int) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	for _, f := range files {
		content, err := os.ReadFile(f)
		require.NoError(t, err)
		n += bytes.Count(content, []byte(mark))
	}
	return n
}

func TestAnErasedDocumentLeavesNoByteBehind(t *testing.T) {
	path := somewhere(t)
	e, space := open(t, path, Options{SecureDelete: true})
	const mark = "wrapped-key-of-a-person"
	var first note
	for i := range 300 {
		n := note{Kind: mark, Slot: fmt.Sprint(mark, i), Sealed: bytes.Repeat([]byte(mark), 5)}
		require.NoError(t, insert(space, &n))
		if i == 0 {
			first = n
		}
	}
	require.NoError(t, e.Checkpoint(ctx))
	require.Positive(t, traces(t, path, mark))

	// One by one, and the rest at once.
	require.NoError(t, space.Tx(ctx, func(tx *store.Tx) error { return notes.Delete(ctx, tx, &first) }))
	require.NoError(t, space.Tx(ctx, func(tx *store.Tx) error {
		_, err := notes.DeleteRange(ctx, tx, store.Query{Index: "kind", Equal: []any{mark}}, 1000)
		return err
	}))
	require.NoError(t, e.Checkpoint(ctx))
	require.Zero(t, traces(t, path, mark))
	log, err := os.Stat(path + "-wal")
	require.NoError(t, err)
	require.Zero(t, log.Size())
}

func TestCheckpointWaitsForReadersAsLongAsItsCallerDoes(t *testing.T) {
	e, space := open(t, somewhere(t), Options{})
	require.NoError(t, insert(space, &note{}))
	mine, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	require.NoError(t, space.Snapshot(ctx, func(*store.Snapshot) error {
		if err := insert(space, &note{}); err != nil {
			return err
		}
		go func() { done <- e.Checkpoint(mine) }()
		if err := insert(space, &note{}); err != nil { // writers go on meanwhile
			return err
		}
		cancel()
		require.ErrorIs(t, <-done, context.Canceled)
		return nil
	}))
	require.NoError(t, e.Checkpoint(ctx))
}
