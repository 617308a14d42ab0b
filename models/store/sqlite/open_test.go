package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

func TestAReopenedFileHasItsDocuments(t *testing.T) {
	path := filepath.Join(t.TempDir(), "it's 100 % fine?#.db")
	e, space := open(t, path, Options{})
	require.NoError(t, insert(space, &note{Kind: "k"}))
	require.NoError(t, e.Close())
	e, space = open(t, path, Options{})
	require.Equal(t, 1, count(t, space, store.Query{Index: "kind", Equal: []any{"k"}}))
	require.NoError(t, e.Verify(ctx))
	_, err := os.Stat(path)
	require.NoError(t, err)
}

func TestIndexesFollowTheirDeclaration(t *testing.T) {
	path := somewhere(t)
	bare := store.Declare[note]("note").Spec()
	e, space := open(t, path, Options{}, bare)
	for i := range 30 {
		require.NoError(t, insert(space, &note{Kind: fmt.Sprint(i % 3), Slot: fmt.Sprint(i), Tags: []string{"x", "y"}}))
	}
	require.NoError(t, e.Close())

	e, space = open(t, path, Options{})
	require.Equal(t, 10, count(t, space, store.Query{Index: "kind", Equal: []any{"1"}}))
	require.Equal(t, 30, count(t, space, store.Query{Index: "tag", Equal: []any{"y"}}))
	require.True(t, store.IsDuplicate(insert(space, &note{Slot: "7"}), "slot"))
	require.NoError(t, e.Verify(ctx))
	require.NoError(t, e.Close())

	// The same name for another thing: filled anew.
	other := store.Declare[note]("note", store.Index{Name: "kind", Fields: []string{"slot"}}).Spec()
	e, space = open(t, path, Options{}, other)
	n, err := e.Reader().Count(ctx, other, "org_a", store.Query{Index: "kind", Equal: []any{"7"}}, 10)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.NoError(t, insert(space, &note{Slot: "7"}), "no longer unique")
	require.NoError(t, e.Verify(ctx))
	require.NoError(t, e.readers.use(ctx, func(c *conn) error {
		n, err := c.integer(`SELECT count(*) FROM sqlite_schema WHERE name LIKE 'i\_note.%' ESCAPE '\'`)
		require.Equal(t, int64(2), n, "the others were dropped")
		return err
	}))
	require.NoError(t, e.Close())

	// A unique index over what isn't: the file stays as it was.
	_, err = Open(ctx, path, Options{}, notes.Spec())
	require.True(t, store.IsDuplicate(err, "slot"), "%v", err)
	e, _ = open(t, path, Options{}, other)
	require.NoError(t, e.Verify(ctx))
}

func TestOpenRefusesWhatIsNoStoreOfItsTime(t *testing.T) {
	alter := func(sql string) string {
		path := somewhere(t)
		e, _ := open(t, path, Options{})
		require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error { return c.exec(sql) }))
		require.NoError(t, e.Close())
		return path
	}
	_, err := Open(ctx, alter(fmt.Sprintf("PRAGMA user_version = %d", schema+1)), Options{}, notes.Spec())
	require.ErrorContains(t, err, "newer version of the program")
	_, err = Open(ctx, alter("PRAGMA application_id = 7"), Options{}, notes.Spec())
	require.ErrorContains(t, err, "another program")

	text := somewhere(t)
	require.NoError(t, os.WriteFile(text, []byte("this is a letter and no database, though a long one"), 0o600))
	_, err = Open(ctx, text, Options{}, notes.Spec())
	require.Error(t, err)
	kept, err := os.ReadFile(text)
	require.NoError(t, err)
	require.Contains(t, string(kept), "a letter")

	_, err = Open(ctx, filepath.Join(t.TempDir(), "none", "notes.db"), Options{}, notes.Spec())
	require.ErrorIs(t, err, os.ErrNotExist)
	for _, bad := range []*store.Spec{
		{Name: "no;sql"},
		{Name: "note", Indexes: []store.Index{{Name: `"`, Fields: []string{"a"}}}},
		{Name: "note", Indexes: []store.Index{{Name: "a"}}},
		{Name: "note", Indexes: []store.Index{byKind, byKind}},
		{Name: "note", Indexes: []store.Index{{Name: "changed", Fields: []string{"a"}}}},
	} {
		_, err := Open(ctx, somewhere(t), Options{}, bad)
		require.Error(t, err, "%+v", bad)
	}
	_, err = Open(ctx, somewhere(t), Options{}, notes.Spec(), notes.Spec())
	require.Error(t, err)
}

func TestASecondOpenerIsTurnedAway(t *testing.T) {
	path := somewhere(t)
	e, _ := open(t, path, Options{})
	_, err := Open(ctx, path, Options{}, notes.Spec())
	require.ErrorContains(t, err, "in use by another process")
	require.NoError(t, e.Close())
	open(t, path, Options{})
}

func TestFilesAreTheirOwnersAlone(t *testing.T) {
	path := somewhere(t)
	require.NoError(t, os.WriteFile(path, nil, 0o644)) //nolint:gosec // too wide on purpose
	_, space := open(t, path, Options{})
	require.NoError(t, insert(space, &note{}))
	files, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, files, 3, "file, log, lock")
	for _, f := range files {
		info, err := f.Info()
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), f.Name())
	}
}

func TestVerifyFindsWhatIsWrong(t *testing.T) {
	for name, sql := range map[string]string{
		"an entry is missing":   `DELETE FROM "i_note.kind"`,
		"an entry is a strange": `INSERT INTO "i_note.kind" (org, key, id) VALUES ('org_a', x'4000', 'none')`,
		"a document is missing": `DELETE FROM "d_note"`,
		"columns differ":        `UPDATE "d_note" SET version = 9`,
		"a body is text":        `UPDATE "d_note" SET body = 'x'`,
		"a body is empty":       `UPDATE "d_note" SET body = x''`,
		"a copy by one index":   `INSERT INTO "d_note" SELECT org, 'copy', version, changed, body FROM "d_note"`,
		"it stands elsewhere":   `INSERT INTO "i_note.kind" (org, key, id) SELECT org, x'4000', id FROM "i_note.kind"`,
		"another wall's":        `INSERT INTO "i_note.kind" (org, key, id) SELECT 'org_b', key, id FROM "i_note.kind"`,
	} {
		e, space := open(t, somewhere(t), Options{})
		require.NoError(t, insert(space, &note{Kind: "k", Slot: "s", Tags: []string{"x"}}))
		require.NoError(t, e.Verify(ctx))
		require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error { return c.exec(sql) }))
		err := e.Verify(ctx)
		require.Error(t, err, name)
		require.False(t, errors.Is(err, store.ErrAbsent))
		wrong, err := e.VerifyCollections(ctx, notes.Spec())
		require.NoError(t, err, name)
		require.NotEmpty(t, wrong, name)
	}
}

func TestVerifyCollectionsNamesWhatIsWrong(t *testing.T) {
	path := somewhere(t)
	others := store.Declare[note]("other", byKind)
	e, space := open(t, path, Options{}, notes.Spec(), others.Spec())
	require.NoError(t, insert(space, &note{Meta: store.Meta{ID: "nte_a"}, Kind: "k", Tags: []string{"x"}}, &note{Meta: store.Meta{ID: "nte_b"}, Kind: "k"}))
	wrong, err := e.VerifyCollections(ctx, notes.Spec(), others.Spec())
	require.NoError(t, err)
	require.Empty(t, wrong)
	require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error {
		return c.exec(`INSERT INTO "i_note.tag" (org, key, id) SELECT org, key, 'nte_b' FROM "i_note.tag"`)
	}))
	wrong, err = e.VerifyCollections(ctx, notes.Spec())
	require.NoError(t, err)
	require.Contains(t, strings.Join(wrong, "\n"), "nte_b: index tag shows it in 1 places too many")
	require.NotContains(t, strings.Join(wrong, "\n"), "nte_a")
	wrong, err = e.VerifyCollections(ctx, others.Spec())
	require.NoError(t, err)
	require.Empty(t, wrong, "of others nothing is said")
	require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error { return c.exec(`UPDATE "d_note" SET body = 'x' WHERE id = 'nte_a'`) }))
	wrong, err = e.VerifyCollections(ctx, notes.Spec())
	require.NoError(t, err)
	require.Contains(t, wrong, "note nte_a: it is no document")
}
