package mongo

import (
	"context"
	"errors"
	"regexp"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"
	"go.mongodb.org/mongo-driver/mongo/writeconcern"

	"chautari/models/store"
)

// AddOnly is one collection of a database to which the server's user may add,
// and which it can neither change nor empty. It has no index but that of ids.
type AddOnly struct {
	client *mongo.Client
	on     *mongo.Collection
}

// OpenAddOnly connects to the collection; it need not be there yet.
func OpenAddOnly(ctx context.Context, o Options, collection string) (*AddOnly, error) {
	set := options.Client().ApplyURI(o.URI)
	if set.Validate() != nil { // what it says may hold the password
		return nil, errors.New("store: this is no address of a MongoDB server")
	}
	if set.ServerSelectionTimeout == nil {
		set.SetServerSelectionTimeout(selection)
	}
	set.SetReadConcern(readconcern.Majority()).SetWriteConcern(writeconcern.Majority()).SetRetryReads(true).SetRetryWrites(true)
	client, err := mongo.Connect(ctx, set)
	if err != nil {
		return nil, translate(ctx, nil, err)
	}
	return &AddOnly{client, client.Database(o.Database).Collection(collection)}, nil
}

type added struct {
	ID   string   `bson:"_id"`
	Body bson.Raw `bson:"body"`
}

// Add keeps a body under an id. One that is there already stays as it is.
func (a *AddOnly) Add(ctx context.Context, id string, body bson.Raw) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := a.on.InsertOne(limited, added{id, body})
	if mongo.IsDuplicateKeyError(err) {
		return nil
	}
	return translate(ctx, nil, err)
}

func begins(prefix string) bson.D {
	return bson.D{{Key: "_id", Value: primitive.Regex{Pattern: "^" + regexp.QuoteMeta(prefix)}}}
}

// Last is the body under the last id that begins so, nil for none.
func (a *AddOnly) Last(ctx context.Context, prefix string) (bson.Raw, error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var d added
	err := a.on.FindOne(limited, begins(prefix), options.FindOne().SetSort(bson.D{{Key: "_id", Value: -1}})).Decode(&d)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, nil
	}
	return d.Body, translate(ctx, nil, err)
}

// Each hands over the bodies under ids that begin so, in the order of ids.
func (a *AddOnly) Each(ctx context.Context, prefix string, fn func(id string, body bson.Raw) error) error {
	found, err := a.on.Find(ctx, begins(prefix), options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetBatchSize(store.MaxLimit))
	if err != nil {
		return translate(ctx, nil, err)
	}
	defer found.Close(context.WithoutCancel(ctx))
	for found.Next(ctx) {
		var d added
		if err := found.Decode(&d); err != nil {
			return translate(ctx, nil, err)
		}
		if err := fn(d.ID, d.Body); err != nil {
			return err
		}
	}
	return translate(ctx, nil, found.Err())
}

// Close disconnects.
func (a *AddOnly) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), selection)
	defer cancel()
	return a.client.Disconnect(ctx)
}
