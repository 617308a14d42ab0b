package mongo

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// writer is a store.Writer in the session of one transaction.
type writer struct {
	reader
	doomed error // the write after which nothing can be committed
}

var _ store.Writer = (*writer)(nil)

// write runs a write. The server ends a transaction in which one failed, so
// nothing after it is tried.
func (w *writer) write(ctx context.Context, s *store.Spec, org string, fn func(context.Context, *collection) error) error {
	if w.doomed != nil {
		return w.doomed
	}
	err := w.at(ctx, s, org, fn)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		w.doomed = err
	}
	return err
}

func (w *writer) Insert(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	return w.write(ctx, s, org, func(ctx context.Context, c *collection) error {
		if err := ordered.Record(org, r, 1); err != nil {
			return err
		}
		d, err := c.write(org, r)
		if err != nil {
			return err
		}
		_, err = c.on.InsertOne(ctx, d)
		return err
	})
}

// InsertMany is Insert of several at once, in one command: over a wire that is
// most of what inserting many costs.
func (w *writer) InsertMany(ctx context.Context, s *store.Spec, org string, records []store.Record) error {
	return w.write(ctx, s, org, func(ctx context.Context, c *collection) error {
		docs := make([]any, len(records))
		for i, r := range records {
			if err := ordered.Record(org, r, 1); err != nil {
				return err
			}
			d, err := c.write(org, r)
			if err != nil {
				return err
			}
			docs[i] = d
		}
		if len(docs) == 0 {
			return nil
		}
		_, err := c.on.InsertMany(ctx, docs)
		return err
	})
}

func (w *writer) Replace(ctx context.Context, s *store.Spec, org string, r store.Record) error {
	return w.write(ctx, s, org, func(ctx context.Context, c *collection) error {
		if err := ordered.Record(org, r, 2); err != nil {
			return err
		}
		d, err := c.write(org, r)
		if err != nil {
			return err
		}
		res, err := c.on.ReplaceOne(ctx, at(org, r.ID, version(r.Version-1)), d)
		if err == nil && res.MatchedCount == 0 {
			err = c.whyNot(ctx, org, r.ID)
		}
		return err
	})
}

func (w *writer) Delete(ctx context.Context, s *store.Spec, org, id string, v int64) error {
	return w.write(ctx, s, org, func(ctx context.Context, c *collection) error {
		res, err := c.on.DeleteOne(ctx, at(org, id, version(v)))
		if err == nil && res.DeletedCount == 0 {
			err = c.whyNot(ctx, org, id)
		}
		return err
	})
}

// Require raises the document's lock counter. Only two writes conflict on this
// server, and a write that changes nothing is none.
func (w *writer) Require(ctx context.Context, s *store.Spec, org, id string, v int64) error {
	return w.write(ctx, s, org, func(ctx context.Context, c *collection) error {
		res, err := c.on.UpdateOne(ctx, at(org, id, version(v)), bson.D{{Key: "$inc", Value: bson.D{{Key: "l", Value: int64(1)}}}})
		if err == nil && res.MatchedCount == 0 {
			err = store.ErrConflict
		}
		return err
	})
}

func (w *writer) DeleteRange(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (n int, err error) {
	q.After = ""
	err = w.write(ctx, s, org, func(ctx context.Context, c *collection) error {
		if err := ordered.Batch(limit); err != nil {
			return err
		}
		way, err := c.walk(org, q)
		if err != nil {
			return err
		}
		var keys []key
		err = way.each(ctx, limit, func(r store.Record, _ []ordered.Place) bool {
			keys = append(keys, key{org, r.ID})
			return len(keys) < limit
		})
		if err != nil || len(keys) == 0 {
			return err
		}
		res, err := c.on.DeleteMany(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: keys}}}, {Key: "o", Value: org}})
		if err == nil {
			n = int(res.DeletedCount)
		}
		return err
	})
	return n, err
}

func version(v int64) bson.E { return bson.E{Key: "v", Value: v} }

// whyNot tells why no document of the expected version was found.
func (c *collection) whyNot(ctx context.Context, org, id string) error {
	if _, err := c.get(ctx, org, id); err != nil {
		return err
	}
	return store.ErrConflict
}
