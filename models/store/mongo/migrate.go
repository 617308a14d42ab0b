package mongo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

// catalog is the engine's own collection; no declared one may begin with an underscore.
const catalog = "_store"

// migrations bring a database of an older layout to this one, in order; the
// first makes it a store. Each may be cut short and begun again. The second changes
// nothing here: since then what gives rights has marks, and the secrets say so, which
// an older program would take for another key file's.
var migrations = []func(context.Context, *Engine) error{
	func(context.Context, *Engine) error { return nil },
	func(context.Context, *Engine) error { return nil },
}

// schema is what the catalog says of the whole database.
type schema struct {
	Version int `bson:"version"`
}

// shaped is what the catalog says of one collection: the layout that all its
// documents and indexes have.
type shaped struct {
	Shape string `bson:"shape"`
}

// migrate brings the database to what the program knows and the declarations
// say. All that needs no change costs one read; a change is made by one process
// at a time, once, and goes on where it was cut short.
func (e *Engine) migrate(ctx context.Context) error {
	todo, err := e.todo(ctx)
	switch {
	case err != nil:
		return err
	case todo.none():
		return nil
	case e.readOnly:
		return &OlderError{Steps: todo.steps()}
	}
	return e.leased(ctx, func(ctx context.Context, still func() error) error {
		todo, err := e.todo(ctx) // another process may have done it meanwhile
		if err != nil {
			return err
		}
		for n := todo.version; n < len(migrations); n++ {
			if err := migrations[n](ctx, e); err != nil {
				return err
			}
			if err := e.note(ctx, "schema", bson.D{{Key: "version", Value: n + 1}}); err != nil {
				return err
			}
		}
		for _, c := range todo.collections {
			if err := e.reshape(ctx, c, still); err != nil {
				return fmt.Errorf("collection %s: %w", c.spec.Name, err)
			}
		}
		return nil
	})
}

type todo struct {
	version     int
	collections []*collection
}

func (t todo) none() bool { return t.version == len(migrations) && len(t.collections) == 0 }

// todo finds what is to be done, and refuses what is no store of this version
// or an older one.
func (e *Engine) todo(ctx context.Context) (t todo, err error) {
	var found schema
	fresh, err := e.look(ctx, "schema", &found)
	if err != nil {
		return t, err
	}
	if fresh {
		var names []string
		err := e.call(ctx, nil, func(ctx context.Context) (err error) {
			names, err = e.db.ListCollectionNames(ctx, bson.D{})
			return err
		})
		if err != nil {
			return t, err
		}
		if len(names) > 0 && !slices.Contains(names, catalog) {
			return t, errors.New("store: this database belongs to another program")
		}
	}
	if t.version = found.Version; t.version > len(migrations) {
		return t, fmt.Errorf("store: this database was written by a newer version of the program (schema %d; this program knows %d): start the newer one", t.version, len(migrations))
	}
	for _, name := range slices.Sorted(maps.Keys(e.collections)) {
		c := e.collections[name]
		var is shaped
		if _, err := e.look(ctx, "collection "+name, &is); err != nil {
			return t, err
		}
		if is.Shape != c.shape {
			t.collections = append(t.collections, c)
		}
	}
	return t, nil
}

// look reads a document of the catalog.
func (e *Engine) look(ctx context.Context, id string, into any) (absent bool, err error) {
	err = e.call(ctx, nil, func(ctx context.Context) error {
		err := e.db.Collection(catalog).FindOne(ctx, bson.D{{Key: "_id", Value: id}}).Decode(into)
		if absent = errors.Is(err, mongo.ErrNoDocuments); absent {
			return nil
		}
		return err
	})
	return absent, err
}

// note writes a document of the catalog.
func (e *Engine) note(ctx context.Context, id string, set bson.D) error {
	return e.call(ctx, nil, func(ctx context.Context) error {
		_, err := e.db.Collection(catalog).UpdateOne(ctx, bson.D{{Key: "_id", Value: id}},
			bson.D{{Key: "$set", Value: set}}, options.Update().SetUpsert(true))
		return err
	})
}
