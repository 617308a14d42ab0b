package sqlite

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/clock"
	"chautari/models/store"
)

// folder is every file of a directory with its content, but for the lock.
func folder(t *testing.T, path string) map[string]string {
	t.Helper()
	files, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	found := map[string]string{}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".lock") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(filepath.Dir(path), f.Name()))
		require.NoError(t, err)
		found[f.Name()] = string(content)
	}
	return found
}

func TestAFileOpenedForReadingStaysAsItIs(t *testing.T) {
	path := somewhere(t)
	e, space := open(t, path, Options{})
	require.NoError(t, insert(space, &note{Kind: "k"}, &note{Kind: "k"}))
	_, err := Open(ctx, path, Options{ReadOnly: true}, notes.Spec())
	require.ErrorIs(t, err, ErrInUse, "the log's index is in the writer's memory")
	require.NoError(t, e.Close())
	before := folder(t, path)

	one, read := open(t, path, Options{ReadOnly: true})
	two, _ := open(t, path, Options{ReadOnly: true})
	_, err = Open(ctx, path, Options{}, notes.Spec())
	require.ErrorIs(t, err, ErrInUse, "nobody writes while somebody reads")
	require.Equal(t, 2, count(t, read, store.Query{Index: "kind", Equal: []any{"k"}}))
	require.NoError(t, read.Snapshot(ctx, func(s *store.Snapshot) error {
		docs, _, err := notes.Find(ctx, s, store.Query{Index: store.ChangedIndex, Limit: 10})
		require.Len(t, docs, 2)
		return err
	}))
	require.ErrorIs(t, insert(read, &note{}), ErrReadOnly)
	require.ErrorIs(t, one.Checkpoint(ctx), ErrReadOnly)
	require.NoError(t, one.Ready(ctx))
	require.NoError(t, errors.Join(one.Close(), two.Close()))
	require.Equal(t, before, folder(t, path))
}

func TestWhatAKilledServerLeftInItsLogIsRead(t *testing.T) {
	path := somewhere(t)
	e, space := open(t, path, Options{})
	require.NoError(t, insert(space, &note{Kind: "k"}))
	// A killed process leaves file and log as they are now.
	left := filepath.Join(t.TempDir(), "notes.db")
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + end)
		require.NoError(t, err)
		require.NotEmpty(t, content)
		require.NoError(t, os.WriteFile(left+end, content, 0o600))
	}
	require.NoError(t, e.Close())
	before := folder(t, left)

	read, space := open(t, left, Options{ReadOnly: true})
	require.Equal(t, 1, count(t, space, store.Query{Index: "kind", Equal: []any{"k"}}))
	require.NoError(t, read.Close())
	after := folder(t, left)
	for name, content := range before {
		require.Equal(t, content, after[name], name)
	}
}

func TestReadingMakesNothingAndMigratesNothing(t *testing.T) {
	path := somewhere(t)
	_, err := Open(ctx, path, Options{ReadOnly: true}, notes.Spec())
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.Empty(t, folder(t, path))

	older := store.Declare[note]("note", byKind).Spec()
	e, _ := open(t, path, Options{}, older)
	require.NoError(t, e.Close())
	before := folder(t, path)
	_, err = Open(ctx, path, Options{ReadOnly: true}, notes.Spec())
	require.ErrorIs(t, err, errOlder)
	other := store.Declare[note]("another").Spec()
	_, err = Open(ctx, path, Options{ReadOnly: true}, other)
	require.ErrorIs(t, err, errOlder)
	require.Equal(t, before, folder(t, path))
}

func TestLoadedRecordsAreAsTheyWere(t *testing.T) {
	_, space := open(t, somewhere(t), Options{})
	require.NoError(t, insert(space, &note{Meta: store.Meta{ID: "here"}, Kind: "mine"}))
	e, _ := open(t, somewhere(t), Options{})
	s := store.New(e, clock.At(epoch.AddDate(1, 0, 0)))
	r := recorded(t, "a", 1, 2)
	r.Version = 7
	n, err := s.Load(ctx, notes.Spec(), "org_a", []store.Record{r, recorded(t, "b")})
	require.NoError(t, err)
	require.Equal(t, 2, n)
	n, err = s.Load(ctx, notes.Spec(), "org_a", []store.Record{recorded(t, "a"), recorded(t, "c")})
	require.NoError(t, err)
	require.Equal(t, 1, n, "who is there stays")
	found, err := e.Reader().Get(ctx, notes.Spec(), "org_a", "a")
	require.NoError(t, err)
	require.Equal(t, r.Version, found.Version)
	require.True(t, r.Changed.Equal(found.Changed))
	require.Equal(t, r.Body, found.Body)
	require.NoError(t, s.Empty(ctx, notes.Spec(), "org_a"))
	require.Zero(t, count(t, s.Org("org_a"), store.Query{Index: store.ChangedIndex}))
	require.NoError(t, e.Verify(ctx))
}
