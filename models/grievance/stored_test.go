package grievance_test

import (
	"strings"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/calendar"
	"chautari/models/grievance"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
)

func (h *hall) specs() []*store.Spec { return stage.Specs(grievance.Specs()...) }

// wantsDaysOnly fails when a document that speaks of the grievance holds an
// instant finer than a day.
func (h *hall) wantsDaysOnly(id string) {
	h.TB.Helper()
	seen := 0
	h.eachStored(func(collection, body string) {
		if !strings.Contains(body, id) {
			return
		}
		seen++
		var instants func(at string, v bson.RawValue)
		instants = func(at string, v bson.RawValue) {
			if t, ok := v.TimeOK(); ok && !t.Equal(calendar.Of(t).Begins()) {
				h.TB.Errorf("%s%s tells the time %s", collection, at, t)
			}
			var inner bson.Raw
			switch v.Type {
			case bson.TypeEmbeddedDocument:
				inner = v.Document()
			case bson.TypeArray:
				inner = v.Array()
			default:
				return
			}
			elements, err := inner.Elements()
			h.must(err)
			for _, e := range elements {
				instants(at+"."+e.Key(), e.Value())
			}
		}
		instants("", bson.RawValue{Type: bson.TypeEmbeddedDocument, Value: []byte(body)})
	})
	if seen < 3 { // itself, its key, its entry in the trail
		h.TB.Errorf("only %d documents speak of it", seen)
	}
}

// storedKeys counts the keys of the organisation.
func (h *hall) storedKeys() (n int) {
	h.TB.Helper()
	h.eachStored(func(collection, _ string) {
		if collection == seal.KeySpecs()[0].Name {
			n++
		}
	})
	return n
}

// eachStored hands over every document of data and keys, as bytes.
func (h *hall) eachStored(fn func(collection, body string)) {
	h.TB.Helper()
	walk := func(st *store.Store, specs []*store.Spec) {
		h.must(st.Engine().Snapshot(ctx, func(r store.Reader) error {
			for _, spec := range specs {
				for _, org := range []string{h.Org, "system"} {
					q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
					for {
						page, err := r.Find(ctx, spec, org, q)
						if err != nil {
							return err
						}
						for _, rec := range page.Records {
							fn(spec.Name, string(rec.Body))
						}
						if q.After = page.Next; page.Next == "" {
							break
						}
					}
				}
			}
			return nil
		}))
	}
	walk(h.Store, h.specs())
	walk(h.KeyStore, seal.KeySpecs())
}
