package mongo

import (
	"context"
	"errors"
	"slices"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"

	"chautari/models/store"
)

// refill is how many documents get new entries at once.
const refill = 500

// reshape gives a collection the layout of its declaration: documents, then
// indexes. From its first step on the server itself refuses new documents of
// another layout, so a process of another version that still runs can't leave
// any behind: what it asks for fails as if the database were away.
func (e *Engine) reshape(ctx context.Context, c *collection, still func() error) error {
	if err := e.guard(ctx, c); err != nil {
		return err
	}
	if err := e.dropStale(ctx, c); err != nil {
		return err
	}
	for {
		n, err := e.refill(ctx, c, still)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	for _, ix := range c.indexes {
		if err := still(); err != nil {
			return err
		}
		// Without a limit of time: on many documents it takes a while.
		if _, err := c.on.Indexes().CreateOne(ctx, ix.model()); err != nil {
			return translate(ctx, c, err)
		}
	}
	return e.note(ctx, "collection "+c.spec.Name, bson.D{{Key: "shape", Value: c.shape}})
}

// guard makes the collection, clustered on organisation and random id so that
// the order of its documents doesn't tell which came first, and has the server
// hold all that is written to the layout. Documents of an older layout may
// still be changed until they are refilled.
func (e *Engine) guard(ctx context.Context, c *collection) error {
	return e.call(ctx, c, func(ctx context.Context) error {
		clustered := bson.D{{Key: "key", Value: bson.D{{Key: "_id", Value: 1}}}, {Key: "unique", Value: true}}
		err := e.db.CreateCollection(ctx, c.spec.Name, options.CreateCollection().SetClusteredIndex(clustered))
		var command mongo.CommandError
		if err != nil && !(errors.As(err, &command) && command.Name == "NamespaceExists") {
			return err
		}
		return e.db.RunCommand(ctx, bson.D{
			{Key: "collMod", Value: c.spec.Name},
			{Key: "validator", Value: bson.D{{Key: "s", Value: c.shape}}},
			{Key: "validationLevel", Value: "moderate"},
		}).Err()
	})
}

// dropStale drops the server's indexes that are no longer declared so.
func (e *Engine) dropStale(ctx context.Context, c *collection) error {
	return e.call(ctx, c, func(ctx context.Context) error {
		there, err := c.on.Indexes().ListSpecifications(ctx)
		if err != nil {
			return err
		}
		for _, is := range there {
			declared := slices.ContainsFunc(c.indexes, func(ix index) bool { return ix.is(is) })
			if is.Name == "_id_" || is.Clustered != nil && *is.Clustered || declared {
				continue
			}
			if _, err := c.on.Indexes().DropOne(ctx, is.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

// model is the server's index. A document that isn't in the declared index has
// no texts and isn't in this one either. The index on changes has them all, as
// a shard key's index must.
func (ix index) model() mongo.IndexModel {
	o := options.Index().SetName(ix.Name)
	if ix.Unique {
		o.SetUnique(true)
	}
	if ix.Name != store.ChangedIndex {
		o.SetPartialFilterExpression(bson.D{{Key: ix.tail(), Value: bson.D{{Key: "$exists", Value: true}}}})
	}
	return mongo.IndexModel{Keys: ix.keys(), Options: o}
}

// is tells whether the server's index is this one.
func (ix index) is(there *mongo.IndexSpecification) bool {
	elements, err := there.KeysDocument.Elements()
	if err != nil || there.Name != ix.Name || (there.Unique != nil && *there.Unique) != ix.Unique {
		return false
	}
	return slices.EqualFunc(elements, ix.keys(), func(a bson.RawElement, b bson.E) bool { return a.Key() == b.Key })
}

// refill gives documents of another layout their entries, and says how many
// there were. One that changes meanwhile is met by the next round.
func (e *Engine) refill(ctx context.Context, c *collection, still func() error) (n int, err error) {
	// What is not yet with a majority must be met too.
	latest, err := c.on.Clone(options.Collection().SetReadConcern(readconcern.Local()))
	if err != nil {
		return 0, err
	}
	cursor, err := latest.Find(ctx, bson.D{{Key: "s", Value: bson.D{{Key: "$ne", Value: c.shape}}}}, options.Find().SetBatchSize(refill))
	if err != nil {
		return 0, translate(ctx, c, err)
	}
	defer func() { _ = cursor.Close(ctx) }()
	var batch []mongo.WriteModel
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := e.call(ctx, c, func(ctx context.Context) error {
			_, err := c.on.BulkWrite(ctx, batch, options.BulkWrite().SetOrdered(false))
			return err
		})
		n, batch = n+len(batch), nil
		return errors.Join(err, still())
	}
	for cursor.Next(ctx) {
		r, err := read(slices.Clone(cursor.Current))
		if err != nil {
			return n, err
		}
		org, ok := cursor.Current.Lookup("o").StringValueOK()
		if !ok {
			return n, errors.New("store: a document without organisation")
		}
		d, err := c.write(org, r)
		if err != nil {
			return n, err
		}
		batch = append(batch, mongo.NewUpdateOneModel().SetFilter(at(org, r.ID, version(r.Version))).
			SetUpdate(bson.D{{Key: "$set", Value: bson.D{{Key: "x", Value: d.Entries}, {Key: "s", Value: d.Shape}}}}))
		if len(batch) == refill {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	if err := cursor.Err(); err != nil {
		return n, translate(ctx, c, err)
	}
	return n, flush()
}
