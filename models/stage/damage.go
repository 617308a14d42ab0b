package stage

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"

	"chautari/models/store"
)

// Damage changes one byte of a sealed text in the store, as a bad disk or a hand
// in the data would, and lets as much time pass as memory goes without looking.
func (s *Stage) Damage(specs []*store.Spec, collection, id, field string) {
	s.TB.Helper()
	spec := specs[slices.IndexFunc(specs, func(s *store.Spec) bool { return s.Name == collection })]
	flip := func(w store.Writer) error {
		r, err := w.Get(context.Background(), spec, s.Org, id)
		if err != nil {
			return err
		}
		var doc bson.D
		if err := bson.Unmarshal(r.Body, &doc); err != nil {
			return err
		}
		at := slices.IndexFunc(doc, func(e bson.E) bool { return e.Key == field })
		if at < 0 {
			return errors.New("nothing is held in " + field)
		}
		text, ok := doc[at].Value.(primitive.Binary)
		if !ok || len(text.Data) == 0 {
			return errors.New("no sealed text is in " + field)
		}
		text.Data[len(text.Data)/2] ^= 1
		doc[at].Value = text
		if r.Body, err = bson.Marshal(doc); err != nil {
			return err
		}
		r.Version++
		return w.Replace(context.Background(), spec, s.Org, r)
	}
	err := store.ErrConflict
	for errors.Is(err, store.ErrConflict) {
		err = s.Store.Engine().Tx(context.Background(), flip)
	}
	must(s.TB, err)
	s.Clock.Advance(2 * time.Second)
}
