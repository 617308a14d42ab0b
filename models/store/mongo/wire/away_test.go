package wire

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

func TestAServerThatWasAwayIsFoundAgain(t *testing.T) {
	p := newProxy(t, ferret)
	e := open(t, p, notes.Spec())
	space := store.New(e, at).Org("org_a")
	require.NoError(t, put(space, notes, &note{Meta: store.Meta{ID: "a"}}))

	p.stop()
	_, err := notes.Get(ctx, space, "a")
	require.ErrorIs(t, err, store.ErrAway)
	require.False(t, strings.Contains(err.Error(), "127.0.0.1"), "an address is in no error")
	require.ErrorIs(t, put(space, notes, &note{Meta: store.Meta{ID: "b"}}), store.ErrAway)
	require.ErrorIs(t, e.Ready(ctx), store.ErrAway)
	require.ErrorIs(t, space.Snapshot(ctx, func(*store.Snapshot) error { return nil }), store.ErrAway)

	p.start(p.address)
	require.NoError(t, e.Ready(ctx))
	_, err = notes.Get(ctx, space, "a")
	require.NoError(t, err)
	_, err = notes.Get(ctx, space, "b")
	require.ErrorIs(t, err, store.ErrAbsent, "what was away did nothing")
	require.NoError(t, put(space, notes, &note{Meta: store.Meta{ID: "b"}}))
}

// The lines that were open die with the server; whoever comes first afterwards
// must not have to press twice.
func TestAServerThatCameBackTakesTheFirstCall(t *testing.T) {
	p := newProxy(t, ferret)
	space := store.New(open(t, p, notes.Spec()), at).Org("org_a")
	require.NoError(t, put(space, notes, &note{Meta: store.Meta{ID: "a"}}))
	p.stop()
	p.start(p.address)
	require.NoError(t, put(space, notes, &note{Meta: store.Meta{ID: "b"}}))
}

func TestAConflictOfTheServerIsRunAgain(t *testing.T) {
	p := newProxy(t, ferret)
	space := store.New(open(t, p, notes.Spec()), at).Org("org_a")
	conflicts := 0
	p.fault = func(command string, _ bson.D) (bson.D, bool) {
		if command != "insert" || conflicts == 3 {
			return nil, false
		}
		conflicts++
		return bson.D{
			{Key: "ok", Value: 0.0},
			{Key: "code", Value: 112},
			{Key: "codeName", Value: "WriteConflict"},
			{Key: "errmsg", Value: "meanwhile"},
			{Key: "errorLabels", Value: bson.A{"TransientTransactionError"}},
		}, false
	}
	runs := 0
	require.NoError(t, space.Tx(ctx, func(tx *store.Tx) error {
		runs++
		return notes.Insert(ctx, tx, &note{Meta: store.Meta{ID: "a"}})
	}))
	require.Equal(t, 4, runs)
}

func TestACommitWhoseAnswerWasLostIsAskedForAgain(t *testing.T) {
	p := newProxy(t, ferret)
	space := store.New(open(t, p, notes.Spec()), at).Org("org_a")
	asked := 0
	p.fault = func(command string, _ bson.D) (bson.D, bool) {
		if command != "commitTransaction" {
			return nil, false
		}
		asked++
		return nil, asked < 4 // the line breaks, though the server may have done it
	}
	runs := 0
	require.NoError(t, space.Tx(ctx, func(tx *store.Tx) error {
		runs++
		return notes.Insert(ctx, tx, &note{Meta: store.Meta{ID: "a"}})
	}))
	require.Equal(t, 1, runs, "it was done, or may have been: the body must not run again")
	require.Equal(t, 4, asked)
}

func TestWhatTheServerRefusesIsToldWithoutItsWords(t *testing.T) {
	p := newProxy(t, ferret)
	space := store.New(open(t, p, notes.Spec()), at).Org("org_a")
	p.fault = func(command string, _ bson.D) (bson.D, bool) {
		if command != "insert" {
			return nil, false
		}
		return bson.D{{Key: "ok", Value: 0.0}, {Key: "code", Value: 13}, {Key: "errmsg", Value: "not authorized: Anita"}}, false
	}
	err := put(space, notes, &note{Meta: store.Meta{ID: "a"}})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "Anita")
	require.False(t, errors.Is(err, store.ErrAway))
}
