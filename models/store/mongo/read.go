package mongo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// reader is a store.Reader in whatever session use runs its commands.
type reader struct {
	find func(*store.Spec) (*collection, error)
	use  func(context.Context, *collection, func(context.Context) error) error
}

// at finds the collection, checks the organisation and runs commands.
func (r reader) at(ctx context.Context, s *store.Spec, org string, fn func(context.Context, *collection) error) error {
	c, err := r.find(s)
	if err != nil {
		return err
	}
	if err := ordered.Org(org); err != nil {
		return err
	}
	return r.use(ctx, c, func(ctx context.Context) error { return fn(ctx, c) })
}

func (r reader) Get(ctx context.Context, s *store.Spec, org, id string) (rec store.Record, err error) {
	err = r.at(ctx, s, org, func(ctx context.Context, c *collection) (err error) {
		rec, err = c.get(ctx, org, id)
		return err
	})
	return rec, err
}

func (c *collection) get(ctx context.Context, org, id string) (store.Record, error) {
	if !utf8.ValidString(id) { // no document has such an id, and no server takes it
		return store.Record{}, store.ErrAbsent
	}
	raw, err := c.on.FindOne(ctx, at(org, id)).Raw()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return store.Record{}, store.ErrAbsent
	}
	if err != nil {
		return store.Record{}, err
	}
	return read(raw)
}

func (r reader) GetMany(ctx context.Context, s *store.Spec, org string, ids []string) (recs []store.Record, err error) {
	if err := ordered.IDs(len(ids)); err != nil {
		return nil, err
	}
	err = r.at(ctx, s, org, func(ctx context.Context, c *collection) error {
		recs = make([]store.Record, 0, len(ids))
		keys := make([]key, 0, len(ids))
		for _, id := range ids {
			if utf8.ValidString(id) {
				keys = append(keys, key{org, id})
			}
		}
		if len(keys) == 0 {
			return nil
		}
		there := map[string]store.Record{}
		cursor, err := c.on.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: keys}}}, {Key: "o", Value: org}},
			options.Find().SetBatchSize(int32(len(keys))))
		if err != nil {
			return err
		}
		defer func() { _ = cursor.Close(ctx) }()
		for cursor.Next(ctx) {
			rec, err := read(slices.Clone(cursor.Current))
			if err != nil {
				return err
			}
			there[rec.ID] = rec
		}
		for _, id := range ids {
			if rec, ok := there[id]; ok {
				recs = append(recs, rec)
			}
		}
		return cursor.Err()
	})
	return recs, err
}

func (r reader) Find(ctx context.Context, s *store.Spec, org string, q store.Query) (page store.Page, err error) {
	if err := ordered.Page(q.Limit); err != nil {
		return page, err
	}
	err = r.at(ctx, s, org, func(ctx context.Context, c *collection) error {
		w, err := c.walk(org, q)
		if err != nil {
			return err
		}
		list, err := w.first(ctx, q.Limit+1)
		if err != nil {
			return err
		}
		page = store.Page{}
		if len(list) > q.Limit {
			list = list[:q.Limit]
			page.Next, err = w.Cursor(list[q.Limit-1].place)
		}
		for _, f := range list {
			page.Records = append(page.Records, f.Record)
		}
		return err
	})
	return page, err
}

func (r reader) Count(ctx context.Context, s *store.Spec, org string, q store.Query, limit int) (n int, err error) {
	if limit < 1 {
		return 0, fmt.Errorf("store: a count up to %d", limit)
	}
	q.After = ""
	err = r.at(ctx, s, org, func(ctx context.Context, c *collection) error {
		w, err := c.walk(org, q)
		if err != nil {
			return err
		}
		if !w.open {
			counted, err := c.on.CountDocuments(ctx, w.filter(), options.Count().SetLimit(int64(limit)).SetHint(w.ix.keys()))
			n = int(counted)
			return err
		}
		n = 0
		err = w.each(ctx, limit, func(_ store.Record, places []ordered.Place) bool {
			n += len(places)
			return n < limit
		})
		n = min(n, limit)
		return err
	})
	return n, err
}
