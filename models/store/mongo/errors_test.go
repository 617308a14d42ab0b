package mongo

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/x/mongo/driver/topology"

	"chautari/models/store"
)

var ctx = context.Background()

const secret = "mongodb://rita:open-sesame@db.example:27017 dup key: { x.slot.t: \"4Anita\" }"

func command(code int32, labels ...string) error {
	return mongo.CommandError{Code: code, Message: secret, Labels: labels}
}

func taken(pattern any) error {
	raw, err := bson.Marshal(bson.D{{Key: "keyPattern", Value: pattern}})
	if err != nil {
		panic(err)
	}
	return mongo.WriteException{WriteErrors: mongo.WriteErrors{{Code: 11000, Message: secret, Raw: raw}}}
}

func TestErrorsAreThoseOfThePort(t *testing.T) {
	c := &collection{spec: &store.Spec{Name: "thing"}}
	for name, tried := range map[string]struct {
		err  error
		want error
	}{
		"a write conflict":           {command(112, transient), store.ErrConflict},
		"a write conflict, bare":     {command(112), store.ErrConflict},
		"a transaction that is gone": {command(251, transient), store.ErrConflict},
		"no primary":                 {command(10107, transient), store.ErrAway},
		"stepping down":              {command(189), store.ErrAway},
		"shutting down":              {command(11600), store.ErrAway},
		"too slow":                   {command(50), store.ErrAway},
		"a broken line":              {command(0, "NetworkError", transient), store.ErrAway},
		"nobody there":               {topology.ServerSelectionError{Wrapped: topology.ErrServerSelectionTimeout}, store.ErrAway},
		"a closed line":              {topology.ConnectionError{Wrapped: errors.New(secret)}, store.ErrAway},
		"another layout":             {mongo.WriteException{WriteErrors: mongo.WriteErrors{{Code: 121, Message: secret}}}, store.ErrAway},
		"a moment long gone":         {command(239), store.ErrOutlived},
		"a moment not yet there":     {command(246, transient), store.ErrConflict},
		"disconnected":               {mongo.ErrClientDisconnected, store.ErrClosed},
		"absent":                     {store.ErrAbsent, store.ErrAbsent},
		"a cursor":                   {store.ErrCursor, store.ErrCursor},
		"anything else":              {command(2), nil},
		"not allowed":                {command(13), nil},
	} {
		got := translate(ctx, c, tried.err)
		require.Error(t, got, name)
		if tried.want != nil {
			require.ErrorIs(t, got, tried.want, name)
		}
		require.NotContains(t, got.Error(), "sesame", name)
		require.NotContains(t, got.Error(), "Anita", name)
	}
	require.NoError(t, translate(ctx, c, nil))
	gone, cancel := context.WithCancel(ctx)
	cancel()
	require.ErrorIs(t, translate(gone, c, command(112)), context.Canceled, "who left hears that")
}

func TestADuplicateNamesItsIndexAndNoValue(t *testing.T) {
	c := &collection{spec: &store.Spec{Name: "thing"}}
	for want, err := range map[string]error{
		"slot":  taken(bson.D{{Key: "o", Value: 1}, {Key: "x.slot.t", Value: 1}}),
		"place": taken(bson.D{{Key: "o", Value: 1}, {Key: "x.place.h", Value: 1}, {Key: "x.place.t", Value: 1}}),
		"id":    taken(bson.D{{Key: "_id", Value: 1}}),
		"line":  mongo.CommandError{Code: 11000, Message: "E11000 duplicate key error collection: a.thing index: line dup key: { }"},
	} {
		got := translate(ctx, c, err)
		require.Equal(t, &store.DuplicateError{Collection: "thing", Index: want}, got)
		require.False(t, strings.Contains(got.Error(), "Anita"))
	}
}

func TestACommitIsAskedForUntilItIsKnown(t *testing.T) {
	for name, c := range map[string]struct {
		answers []error // the last one stays
		want    error
		tries   int
	}{
		"done":                        {[]error{nil}, nil, 1},
		"done, told late":             {[]error{command(0, unknown, "NetworkError"), command(91, unknown), nil}, nil, 3},
		"a conflict":                  {[]error{command(112, transient)}, store.ErrConflict, 1},
		"lost before it was done":     {[]error{command(0, unknown), command(251, transient)}, store.ErrConflict, 2},
		"never known":                 {[]error{command(0, unknown)}, store.ErrUnknown, 0},
		"nobody there any more":       {[]error{topology.ServerSelectionError{Wrapped: topology.ErrServerSelectionTimeout}}, store.ErrUnknown, 0},
		"refused by the server":       {[]error{command(13)}, nil, 1},
		"a line that broke, no label": {[]error{command(0, "NetworkError")}, store.ErrUnknown, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tries := 0
				began := time.Now()
				err := commit(ctx, func(context.Context) error {
					a := c.answers[min(tries, len(c.answers)-1)]
					tries++
					return a
				})
				switch {
				case c.want != nil:
					require.ErrorIs(t, err, c.want)
				case c.answers[len(c.answers)-1] != nil:
					require.Error(t, err)
					require.NotErrorIs(t, err, store.ErrUnknown)
					require.NotErrorIs(t, err, store.ErrConflict)
				default:
					require.NoError(t, err)
				}
				if c.tries > 0 {
					require.Equal(t, c.tries, tries)
				}
				require.LessOrEqual(t, time.Since(began), commitLimit)
			})
		})
	}
}

func TestAnUnsuitableServerIsRefusedInWords(t *testing.T) {
	for name, c := range map[string]struct {
		said  greeting
		built build
		want  error
	}{
		"a replica set":         {greeting{Set: "rs0"}, build{[]int32{8, 0, 4, 0}}, nil},
		"a sharded one":         {greeting{Message: "isdbgrid"}, build{[]int32{7, 0, 0, 0}}, nil},
		"one that is alone":     {greeting{}, build{[]int32{8, 0, 4, 0}}, ErrStandAlone},
		"an old one":            {greeting{Set: "rs0"}, build{[]int32{6, 0, 14, 0}}, ErrOld},
		"one that says nothing": {greeting{Set: "rs0"}, build{}, ErrOld},
	} {
		require.ErrorIs(t, suitable(c.said, c.built), c.want, name)
	}
}

func TestAnAddressIsNeverInAnError(t *testing.T) {
	for _, uri := range []string{
		"mongodb://rita:open-sesame@", "postgres://rita:open-sesame@db/", "rita:open-sesame",
		"mongodb://rita:open-sesame@db.example:port/", "mongodb://rita:open-sesame@h/?replicaSet=a&tls=maybe",
	} {
		_, err := Open(ctx, Options{URI: uri, Database: "test"})
		require.Error(t, err, uri)
		require.NotContains(t, err.Error(), "sesame")
		require.NotContains(t, err.Error(), "rita")
		require.NotContains(t, err.Error(), "db.example")
	}
}
