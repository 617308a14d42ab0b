package wire

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"sync/atomic"
	"testing"

	"github.com/FerretDB/FerretDB/ferretdb"

	"chautari/models/store"
	"chautari/models/store/mongo"
	"chautari/models/store/storetest"
)

var ctx = context.Background()

// ferret is where FerretDB listens; it runs as long as the tests do.
var ferret string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "wire-")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		f, err := ferretdb.New(&ferretdb.Config{
			Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
			Logger:    slog.New(slog.DiscardHandler),
			Handler:   "sqlite",
			SQLiteURL: "file:" + dir + "/?_pragma=synchronous(off)",
		})
		if err != nil {
			panic(err)
		}
		running, stop := context.WithCancel(ctx)
		ended := make(chan struct{})
		go func() { _ = f.Run(running); close(ended) }()
		address, err := url.Parse(f.MongoDBURI())
		if err != nil {
			panic(err)
		}
		ferret = address.Host
		code := m.Run()
		stop()
		<-ended
		return code
	}())
}

var databases atomic.Int64

// open opens the engine on a fresh database behind a proxy of its own.
func open(tb testing.TB, p *proxy, specs ...*store.Spec) store.Engine {
	tb.Helper()
	e, err := mongo.Open(ctx, mongo.Options{URI: p.uri(), Database: fmt.Sprint("test_", databases.Add(1))}, specs...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = e.Close() })
	return e
}

const (
	noUndo   = "FerretDB has no transactions: what was written before an error stays"
	noWalls  = "FerretDB has no isolation: what a transaction wrote is seen before it commits"
	noMoment = "FerretDB has no snapshots"
	noName   = "FerretDB doesn't tell which unique index has the values already"
)

func TestTheEngineKeepsTheContractOverTheWire(t *testing.T) {
	storetest.RunBut(t, func(tb testing.TB, specs ...*store.Spec) store.Engine {
		return open(tb, newProxy(tb, ferret), specs...)
	}, map[string]string{
		"a transaction sees its own writes":        noWalls,
		"a transaction is whole or nothing":        noUndo,
		"a failed write can't be committed":        noUndo,
		"a panic rolls back alone":                 noUndo,
		"a cancelled caller harms nobody else":     noUndo,
		"ids and unique indexes hold one document": noName,
		"a slot has one winner":                    noName,
		"two organisations change together":        noUndo,
		"a snapshot stands still":                  noMoment,
	})
}
