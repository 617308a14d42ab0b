package stage

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"

	"chautari/models/seal"
	"chautari/models/store"
)

// Damage changes one byte of a sealed text in the store, as a bad disk or a hand
// in the data would, and lets as much time pass as memory goes without looking.
// The field may lie within others and lists: "declared.0.words".
func (s *Stage) Damage(specs []*store.Spec, collection, id, field string) {
	s.TB.Helper()
	s.damage(s.Store.Engine(), specs, collection, id, field)
}

// DamageKey does so with a person's key, as it lies wrapped. It holds for keys that
// were never opened in this process.
func (s *Stage) DamageKey(person string) {
	s.TB.Helper()
	must(s.TB, s.Keys.Check(context.Background())) // the stores are marked, as a server does
	s.damage(s.KeyStore.Engine(), seal.KeySpecs(), "person_keys", person, "key")
}

func (s *Stage) damage(e store.Engine, specs []*store.Spec, collection, id, field string) {
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
		text, ok := at(doc, strings.Split(field, ".")).(primitive.Binary)
		if !ok || len(text.Data) == 0 {
			return errors.New("no sealed text is in " + field)
		}
		text.Data[len(text.Data)/2] ^= 1 // the bytes are the document's own
		if r.Body, err = bson.Marshal(doc); err != nil {
			return err
		}
		r.Version++
		return w.Replace(context.Background(), spec, s.Org, r)
	}
	err := store.ErrConflict
	for errors.Is(err, store.ErrConflict) {
		err = e.Tx(context.Background(), flip)
	}
	must(s.TB, err)
	s.Clock.Advance(2 * time.Second)
}

// at is what stands at a path of keys and places in lists; nil for nothing.
func at(within any, path []string) any {
	if len(path) == 0 {
		return within
	}
	switch within := within.(type) {
	case bson.D:
		for _, e := range within {
			if e.Key == path[0] {
				return at(e.Value, path[1:])
			}
		}
	case bson.A:
		if i, err := strconv.Atoi(path[0]); err == nil && i < len(within) {
			return at(within[i], path[1:])
		}
	}
	return nil
}
