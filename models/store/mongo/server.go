package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"
)

// oldest is the oldest major version of MongoDB that is still repaired by its
// makers and has all that this package needs.
const oldest = 7

var (
	// ErrStandAlone: the server is no member of a replica set, so it has no transactions.
	ErrStandAlone = errors.New("store: this MongoDB server stands alone, and without a replica set it has no transactions: start it with --replSet and run rs.initiate() once; one member is enough")
	// ErrOld: the server is older than this package knows.
	ErrOld = fmt.Errorf("store: this MongoDB server is too old: version %d or newer is needed", oldest)
)

// greeting is what a server says of itself.
type greeting struct {
	Set     string `bson:"setName"`
	Message string `bson:"msg"` // "isdbgrid" for the router of a sharded cluster
}

type build struct {
	Version []int32 `bson:"versionArray"`
}

// suits refuses a server on which the engine can't keep its promises.
func (e *Engine) suits(ctx context.Context) error {
	var said greeting
	var built build
	err := e.call(ctx, nil, func(ctx context.Context) error {
		admin := e.client.Database("admin")
		if err := admin.RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&said); err != nil {
			return err
		}
		return admin.RunCommand(ctx, bson.D{{Key: "buildInfo", Value: 1}}).Decode(&built)
	})
	if err != nil {
		return err
	}
	return suitable(said, built)
}

func suitable(said greeting, built build) error {
	if len(built.Version) == 0 || built.Version[0] < oldest {
		return ErrOld
	}
	if said.Set == "" && said.Message != "isdbgrid" {
		return ErrStandAlone
	}
	return nil
}
