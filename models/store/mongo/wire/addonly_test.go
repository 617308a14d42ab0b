package wire

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store/mongo"
)

// What is added stays as it was first, and comes back by the beginning of its
// id, in order; with no command but those that the app's user has a right to.
func TestWhatIsAddedStaysAsItWas(t *testing.T) {
	p := newProxy(t, ferret)
	a, err := mongo.OpenAddOnly(ctx, mongo.Options{URI: p.uri(), Database: fmt.Sprint("copy_", databases.Add(1))}, "blocks")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	last, err := a.Last(ctx, "org_a/")
	require.NoError(t, err)
	require.Nil(t, last)

	body := func(n int) bson.Raw {
		raw, err := bson.Marshal(bson.D{{Key: "n", Value: n}})
		require.NoError(t, err)
		return raw
	}
	for n := range 250 {
		require.NoError(t, a.Add(ctx, fmt.Sprintf("org_a/%04d", n), body(n)))
	}
	require.NoError(t, a.Add(ctx, "org_ab/9999", body(9999)))
	require.NoError(t, a.Add(ctx, "org_a/0007", body(-7)))
	last, err = a.Last(ctx, "org_a/")
	require.NoError(t, err)
	require.Equal(t, int32(249), last.Lookup("n").Int32())
	n := int32(0)
	require.NoError(t, a.Each(ctx, "org_a/", func(id string, raw bson.Raw) error {
		require.Equal(t, fmt.Sprintf("org_a/%04d", n), id)
		require.Equal(t, n, raw.Lookup("n").Int32())
		n++
		return nil
	}))
	require.Equal(t, int32(250), n)
	for _, command := range []string{"update", "delete", "findAndModify", "create", "createIndexes", "drop", "dropDatabase"} {
		require.Zero(t, p.count(command), command)
	}
}
