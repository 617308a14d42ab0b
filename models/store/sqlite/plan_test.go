package sqlite

import (
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

func TestAPlanSaysWhatOpenWouldChangeAndChangesNothing(t *testing.T) {
	path := somewhere(t)
	before := store.Declare[note]("note",
		store.Index{Name: "kind", Fields: []string{"kind"}}, store.Index{Name: "old", Fields: []string{"slot"}}).Spec()
	e, space := open(t, path, Options{}, before)
	for range 3 {
		require.NoError(t, insert(space, &note{Kind: "k"}))
	}
	require.NoError(t, e.Close())

	steps, err := Plan(path, before)
	require.NoError(t, err)
	require.Empty(t, steps)

	after := store.Declare[note]("note",
		store.Index{Name: "kind", Fields: []string{"slot"}}, store.Index{Name: "more", Fields: []string{"kind"}}).Spec()
	letters := store.Declare[note]("letter").Spec()
	want := []string{
		"fill anew index kind of note, over 3 documents",
		"fill index more of note, over 3 documents",
		"drop index old of note, which nothing asks any more",
		"make collection letter",
	}
	for range 2 {
		steps, err = Plan(path, after, letters)
		require.NoError(t, err)
		require.Equal(t, want, steps)
	}
	e, _ = open(t, path, Options{}, after, letters)
	require.NoError(t, e.Close())
	steps, err = Plan(path, after, letters)
	require.NoError(t, err)
	require.Empty(t, steps)
}

func TestAPlanRefusesWhatOpenRefuses(t *testing.T) {
	_, err := Plan(somewhere(t), notes.Spec())
	require.Error(t, err, "there is no file")

	path := somewhere(t)
	e, _ := open(t, path, Options{})
	_, err = Plan(path, notes.Spec())
	require.ErrorIs(t, err, ErrInUse)
	require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error { return c.exec("PRAGMA user_version = 99") }))
	require.NoError(t, e.Close())
	_, err = Plan(path, notes.Spec())
	require.ErrorContains(t, err, "newer version of the program")
}
