package mongo

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo/options"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// moment is the reader of a snapshot, which the server keeps for a while only.
type moment struct{ reader }

var _ store.Brief = moment{}

// Stamps walks the collection itself, which is clustered on organisation and
// id, so it costs no more than the documents it passes, and their bodies stay
// on the server.
func (m moment) Stamps(ctx context.Context, s *store.Spec, org, after string, limit int) (stamps []store.Stamp, err error) {
	if err := ordered.Stamps(limit); err != nil {
		return nil, err
	}
	err = m.at(ctx, s, org, func(ctx context.Context, c *collection) error {
		filter, sort := behind(org, after)
		cursor, err := c.on.Find(ctx, filter, options.Find().SetSort(sort).SetHint(sort).
			SetProjection(bson.D{{Key: "v", Value: 1}, {Key: "c", Value: 1}}).
			SetLimit(int64(limit)).SetBatchSize(int32(limit)))
		if err != nil {
			return err
		}
		defer func() { _ = cursor.Close(ctx) }()
		stamps = nil
		for cursor.Next(ctx) {
			st, err := stampOf(cursor.Current)
			if err != nil {
				return err
			}
			stamps = append(stamps, st)
		}
		return cursor.Err()
	})
	return stamps, err
}

// behind finds an organisation's documents behind an id, and orders them by it.
// An object stands behind every text in the server's order of values, so it
// bounds the organisation.
func behind(org, after string) (filter, sort bson.D) {
	within := bson.D{
		{Key: "$gt", Value: key{org, after}},
		{Key: "$lt", Value: bson.D{{Key: "o", Value: org}, {Key: "i", Value: bson.D{}}}},
	}
	return bson.D{{Key: "_id", Value: within}, {Key: "o", Value: org}}, bson.D{{Key: "_id", Value: 1}}
}

func stampOf(raw bson.Raw) (st store.Stamp, err error) {
	id, ok1 := raw.Lookup("_id", "i").StringValueOK()
	version, ok2 := raw.Lookup("v").AsInt64OK()
	changed, ok3 := raw.Lookup("c").DateTimeOK()
	if !ok1 || !ok2 || !ok3 {
		return st, errShape
	}
	return store.Stamp{ID: id, Version: version, Changed: time.UnixMilli(changed).UTC()}, nil
}
