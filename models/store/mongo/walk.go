package mongo

import (
	"context"
	"slices"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo/options"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// walk is the way through one index that answers a query of one organisation.
//
// Where the query names the element of an array, or there is no array, each
// document lies on the way once, the server walks the tails in order, and a
// page costs what it holds. Where it leaves the element open, a document lies
// on the way once for each of its elements, which no find can answer: a server
// hands out a document once and sorts it by its least element, whichever the
// query meant. Then all documents on the way are read and the first places
// kept. Either way the entries of what comes are made again from its body, so
// only what truly lies there is handed out, and a place and its cursor are the
// same on every engine.
type walk struct {
	ordered.Walk
	c    *collection
	ix   index
	org  string
	open bool // the element of an array is left open
}

func (c *collection) walk(org string, q store.Query) (walk, error) {
	w, err := ordered.Plan(c.spec, q)
	if err != nil {
		return walk{}, err
	}
	ix := c.index(w.Index.Name)
	return walk{Walk: w, c: c, ix: ix, org: org, open: len(q.Equal) < ix.heads}, nil
}

// filter finds what may lie on the way. It may find one too many: the document
// at the start.
func (w walk) filter() bson.D {
	filter := bson.D{{Key: "o", Value: w.org}}
	from, until := w.Start.Key, w.Hi
	if w.Down {
		from, until = w.Lo, w.Start.Key
	}
	head, lo := ordered.Text(from, w.ix.heads)
	headHi, hi := ordered.Text(until, w.ix.heads)
	if w.open {
		// Both bounds must hold for the same element. The tail is asked for so that
		// the server may use its partial index.
		within := bson.D{{Key: "$gte", Value: head}}
		if headHi != "" {
			less := "$lt"
			if w.Down { // the start may be in the middle of a head's entries
				less = "$lte"
			}
			within = append(within, bson.E{Key: less, Value: headHi})
		}
		return append(filter, bson.E{Key: w.ix.head(), Value: bson.D{{Key: "$elemMatch", Value: within}}},
			bson.E{Key: w.ix.tail(), Value: bson.D{{Key: "$gte", Value: ""}}})
	}
	if w.ix.heads > 0 {
		filter = append(filter, bson.E{Key: w.ix.head(), Value: head})
	}
	if !w.ix.Unique && !w.Down {
		lo += w.Start.ID
	}
	if w.Down {
		hi += w.Start.ID
	}
	within := bson.D{{Key: "$gte", Value: lo}}
	if hi != "" {
		within = append(within, bson.E{Key: "$lt", Value: hi})
	}
	return append(filter, bson.E{Key: w.ix.tail(), Value: within})
}

// sort is the order in which the server walks.
func (w walk) sort() bson.D {
	if w.Down {
		return bson.D{{Key: w.ix.tail(), Value: -1}}
	}
	return bson.D{{Key: w.ix.tail(), Value: 1}}
}

// found is a record at its place on a walk.
type found struct {
	store.Record
	place ordered.Place
}

// each hands over the documents that may lie on the way, each with its places
// on it, until fn says that it is enough. At most most documents are asked for.
func (w walk) each(ctx context.Context, most int, fn func(r store.Record, places []ordered.Place) (more bool)) error {
	o := options.Find().SetHint(w.ix.keys())
	if !w.open {
		o.SetSort(w.sort()).SetLimit(int64(most)).SetBatchSize(int32(most))
	}
	cursor, err := w.c.on.Find(ctx, w.filter(), o)
	if err != nil {
		return err
	}
	defer func() { _ = cursor.Close(ctx) }()
	for cursor.Next(ctx) {
		r, err := read(slices.Clone(cursor.Current))
		if err != nil {
			return err
		}
		keys, err := ordered.Entries(w.ix.Index, r.Body)
		if err != nil {
			return err
		}
		var places []ordered.Place
		for _, key := range keys {
			if p := (ordered.Place{Key: key, ID: r.ID}); w.Holds(p) {
				places = append(places, p)
			}
		}
		if len(places) > 0 && !fn(r, places) {
			return nil
		}
	}
	return cursor.Err()
}

// first is the first of all on the way, at most limit.
func (w walk) first(ctx context.Context, limit int) (list []found, err error) {
	err = w.each(ctx, limit+1, func(r store.Record, places []ordered.Place) bool {
		for _, p := range places {
			i, _ := slices.BinarySearchFunc(list, p, func(f found, p ordered.Place) int {
				if w.Down {
					return p.Compare(f.place)
				}
				return f.place.Compare(p)
			})
			if i < limit {
				list = slices.Insert(list, i, found{r, p})
				list = list[:min(len(list), limit)]
			}
		}
		return w.open || len(list) < limit
	})
	return list, err
}
