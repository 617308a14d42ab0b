// Package mongo keeps a store in a database of a MongoDB replica set: majority
// writes, transactions, indexes of the server's own.
//
// A document stands in its collection under {organisation, id}, whole, and
// beside it the texts of its index entries, made by package ordered, so that
// an index holds, refuses and orders exactly what it does on every engine. What
// belongs here: commands to MongoDB and what its answers mean. What doesn't:
// what any document means, and the order of values.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"
	"go.mongodb.org/mongo-driver/mongo/readpref"
	"go.mongodb.org/mongo-driver/mongo/writeconcern"

	"chautari/models/store"
)

// Options of one database.
type Options struct {
	URI      string // where the servers are, with user and password: never in an error
	Database string
	// ReadOnly makes and changes nothing, and refuses a database that is not of
	// exactly these declarations.
	ReadOnly bool
}

const (
	// selection is how long a call waits for a primary; an election takes less.
	selection = 10 * time.Second
	// patience bounds one command whose caller set no limit.
	patience = time.Minute
	// lifetime is how long the server lets a transaction last (its
	// transactionLifetimeLimitSeconds is 60), less what it needs to notice.
	lifetime = 50 * time.Second
)

// Engine is a store.Engine on one database. Several processes may have it open.
type Engine struct {
	client      *mongo.Client
	db          *mongo.Database
	collections map[string]*collection
	readOnly    bool

	mu      sync.Mutex
	running sync.WaitGroup
	closed  bool
}

var _ store.Engine = (*Engine)(nil)

// Open connects to the database, makes it if there is none, and brings its
// collections and indexes to what the declarations say. It refuses a server
// that is no member of a replica set or too old, and a database of another
// program or of a newer version of this one.
func Open(ctx context.Context, o Options, specs ...*store.Spec) (*Engine, error) {
	e := &Engine{collections: map[string]*collection{}, readOnly: o.ReadOnly}
	for _, s := range specs {
		if e.collections[s.Name] != nil {
			return nil, fmt.Errorf("store: collection %s is declared twice", s.Name)
		}
		c, err := newCollection(s)
		if err != nil {
			return nil, err
		}
		e.collections[s.Name] = c
	}
	if o.Database == "" {
		return nil, errors.New("store: the database has no name")
	}
	set := options.Client().ApplyURI(o.URI)
	if set.Validate() != nil { // what it says may hold the password
		return nil, errors.New("store: this is no address of a MongoDB server; it looks like mongodb://user:password@host:27017/?replicaSet=rs0")
	}
	if set.ServerSelectionTimeout == nil {
		set.SetServerSelectionTimeout(selection)
	}
	set.SetReadConcern(readconcern.Majority()).SetWriteConcern(writeconcern.Majority()).
		SetReadPreference(readpref.Primary()).SetRetryReads(true).SetRetryWrites(true)
	client, err := mongo.Connect(ctx, set)
	if err != nil {
		return nil, translate(ctx, nil, err)
	}
	e.client, e.db = client, client.Database(o.Database)
	for _, c := range e.collections {
		c.on = e.db.Collection(c.spec.Name)
	}
	if err := e.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("store: open the database: %w", err), client.Disconnect(context.WithoutCancel(ctx)))
	}
	return e, nil
}

func (e *Engine) prepare(ctx context.Context) error {
	if err := e.suits(ctx); err != nil {
		return err
	}
	return e.migrate(ctx)
}

// enter counts a call that runs, so that Close can wait for it.
func (e *Engine) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return store.ErrClosed
	}
	e.running.Add(1)
	return nil
}

// call runs one command that stands alone.
func (e *Engine) call(ctx context.Context, c *collection, fn func(context.Context) error) error {
	if err := e.enter(ctx); err != nil {
		return err
	}
	defer e.running.Done()
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return translate(ctx, c, fn(limited))
}

func (e *Engine) find(s *store.Spec) (*collection, error) {
	if s == nil {
		return nil, errors.New("store: no collection")
	}
	if c := e.collections[s.Name]; c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("store: collection %s was not opened", s.Name)
}

// Reader reads what a majority has, each call by itself.
func (e *Engine) Reader() store.Reader { return reader{e.find, e.call} }

// Ready tells whether there is a primary that answers.
func (e *Engine) Ready(ctx context.Context) error {
	return e.call(ctx, nil, func(ctx context.Context) error {
		return e.db.RunCommand(ctx, bson.D{{Key: "ping", Value: 1}}).Err()
	})
}

// Close lets the calls that run end, then disconnects.
func (e *Engine) Close() error {
	e.mu.Lock()
	before := e.closed
	e.closed = true
	e.mu.Unlock()
	if before {
		return nil
	}
	e.running.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), selection)
	defer cancel()
	return e.client.Disconnect(ctx)
}
