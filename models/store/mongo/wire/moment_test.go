package wire

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

func TestAMomentIsListedWithoutBodiesAndEndsInWordsOfThePort(t *testing.T) {
	p := newProxy(t, ferret)
	e := open(t, p, notes.Spec())
	space := store.New(e, at).Org("org_a")
	for i := range 5 {
		require.NoError(t, put(space, notes, &note{Meta: store.Meta{ID: fmt.Sprint("n", i)}, Kind: fmt.Sprint("k", i)}))
	}
	asked := p.listen()
	require.NoError(t, e.Snapshot(ctx, func(r store.Reader) error {
		moment := r.(store.Brief)
		list, err := moment.Stamps(ctx, notes.Spec(), "org_a", "n1", 2)
		require.NoError(t, err)
		require.Len(t, list, 2)
		require.Equal(t, store.Stamp{ID: "n2", Version: 1, Changed: list[0].Changed}, list[0])
		body := (*asked)[1]
		require.Equal(t, "note", body[0].Value)
		require.Equal(t, "snapshot", of(body, "readConcern", "level"))
		require.Equal(t, of((*asked)[0], "lsid"), of(body, "lsid"))
		require.Equal(t, "org_a", of(body, "filter", "o"))
		require.Equal(t, int32(1), of(body, "hint", "_id"), "the collection itself is walked")
		require.Equal(t, bson.D{{Key: "v", Value: int32(1)}, {Key: "c", Value: int32(1)}}, of(body, "projection"))

		for _, code := range []int{239, 246} { // SnapshotTooOld, SnapshotUnavailable
			p.fault = func(string, bson.D) (bson.D, bool) {
				return bson.D{{Key: "ok", Value: 0.0}, {Key: "errmsg", Value: "too old"}, {Key: "code", Value: code}}, false
			}
			_, err := moment.Stamps(ctx, notes.Spec(), "org_a", "", 2)
			require.ErrorIs(t, err, store.ErrOutlived)
			_, err = moment.GetMany(ctx, notes.Spec(), "org_a", []string{"n1"})
			require.ErrorIs(t, err, store.ErrOutlived)
		}
		p.fault = nil
		return nil
	}))
}
