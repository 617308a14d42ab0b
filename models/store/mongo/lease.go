package mongo

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo/options"

	"chautari/models/store"
)

const (
	// leaseLasts is how long a process that died keeps others from migrating. It is
	// renewed with each batch, and clocks of two machines may differ by half of it.
	leaseLasts = 2 * time.Minute
	leaseWaits = time.Second
)

var errLeaseLost = errors.New("store: another process took over the migration")

// leased runs fn while this process alone holds the lease. still renews it and
// errs when it is another's; all that fn does may be done twice, so even then no
// harm is done.
func (e *Engine) leased(ctx context.Context, fn func(ctx context.Context, still func() error) error) error {
	holder := rand.Text()
	for {
		err := e.take(ctx, holder)
		if err == nil {
			break
		}
		if !store.IsDuplicate(err, "id") {
			return err
		}
		wait := time.NewTimer(leaseWaits) // another process migrates
		select {
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		case <-wait.C:
		}
	}
	err := fn(ctx, func() error { return e.renew(ctx, holder, time.Now().Add(leaseLasts)) })
	if released := e.renew(context.WithoutCancel(ctx), holder, time.Time{}); err == nil && !errors.Is(released, errLeaseLost) {
		err = released
	}
	return err
}

// take takes the lease if it is nobody's. If it is somebody's, the filter finds
// nothing and the insert meets the document that is there.
func (e *Engine) take(ctx context.Context, holder string) error {
	now := time.Now()
	return e.call(ctx, &collection{spec: &store.Spec{Name: catalog}}, func(ctx context.Context) error {
		_, err := e.db.Collection(catalog).UpdateOne(ctx,
			bson.D{{Key: "_id", Value: "lease"}, {Key: "until", Value: bson.D{{Key: "$lt", Value: now}}}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "holder", Value: holder}, {Key: "until", Value: now.Add(leaseLasts)}}}},
			options.Update().SetUpsert(true))
		return err
	})
}

func (e *Engine) renew(ctx context.Context, holder string, until time.Time) error {
	return e.call(ctx, nil, func(ctx context.Context) error {
		res, err := e.db.Collection(catalog).UpdateOne(ctx,
			bson.D{{Key: "_id", Value: "lease"}, {Key: "holder", Value: holder}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "until", Value: until}}}})
		if err == nil && res.MatchedCount == 0 {
			err = errLeaseLost
		}
		return err
	})
}
