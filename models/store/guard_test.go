package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"pgregory.net/rapid"

	"chautari/models/clock"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// right is a document that gives somebody something.
type right struct {
	store.Meta `bson:",inline"`
	Role       string `bson:"role"`
	Group      string `bson:"group,omitempty"`
}

var (
	rights = store.Declare[right]("rights", store.Index{Name: "role", Fields: []string{"role"}}).Guarded()
	gifts  = store.Declare[right]("gifts", store.Index{Name: "role", Fields: []string{"role"}}).Guarded()
	plain  = store.Declare[right]("plain", store.Index{Name: "role", Fields: []string{"role"}})
)

var guardedSpecs = []*store.Spec{rights.Spec(), gifts.Spec(), plain.Spec()}

// tampering is a store as the product has it, and as whoever can write to the
// database has it.
type tampering struct {
	*testing.T
	ours, theirs *store.Store
	marker       *storetest.Marker
	orgs         []string
	ids          []string
}

func eachTampered(t *testing.T, fn func(t *tampering)) {
	t.Helper()
	storetest.Each(t, guardedSpecs, clock.At(time.UnixMilli(1e12)), func(t *testing.T, s *store.Store) {
		m := &storetest.Marker{Complete: true}
		w := &tampering{t, s.GuardedBy(m), s, m, []string{"org_a", "org_b"}, []string{"acc_1", "acc_2"}}
		for _, org := range w.orgs {
			for i, id := range w.ids {
				for _, c := range []store.Collection[right, *right]{rights, gifts, plain} {
					w.must(w.ours.Org(org).Tx(t.Context(), func(tx *store.Tx) error {
						return c.Insert(t.Context(), tx, &right{Meta: store.Meta{ID: id}, Role: fmt.Sprint("role", i), Group: c.Spec().Name})
					}))
				}
			}
		}
		fn(w)
	})
}

func (w *tampering) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *tampering) raw(c *store.Spec, org, id string) store.Record {
	w.Helper()
	r, err := w.theirs.Engine().Reader().Get(w.Context(), c, org, id)
	w.must(err)
	return r
}

// lays writes a body into the database beside the product.
func (w *tampering) lays(c *store.Spec, org, id string, body bson.Raw) {
	w.Helper()
	for err := store.ErrConflict; err != nil; {
		err = w.theirs.Engine().Tx(w.Context(), func(tx store.Writer) error {
			r, err := tx.Get(w.Context(), c, org, id)
			if err != nil {
				return err
			}
			r.Version, r.Body = r.Version+1, body
			return tx.Replace(w.Context(), c, org, r)
		})
		if !errors.Is(err, store.ErrConflict) {
			w.must(err)
		}
	}
}

// sees is how many ways there are to a document of "rights" in the product.
func (w *tampering) sees(org, id string) (ways int) {
	w.Helper()
	ctx, space := w.Context(), w.ours.Org(org)
	look := func(v store.View) {
		if _, err := rights.Get(ctx, v, id); err == nil {
			ways++
		} else if err != store.ErrAbsent {
			w.Error(err)
		}
		many, err := rights.GetMany(ctx, v, w.ids)
		w.must(err)
		listed, _, err := rights.Find(ctx, v, store.Query{Index: "role", Limit: 10})
		w.must(err)
		for _, d := range append(many, listed...) {
			if d.ID == id {
				ways++
			}
		}
	}
	look(space)
	w.must(space.Snapshot(ctx, func(s *store.Snapshot) error { look(s); return nil }))
	was := ways
	w.must(space.Tx(ctx, func(tx *store.Tx) error { ways = was; look(tx); return nil }))
	return ways
}

// Whatever somebody who can write to the database lays under an id, but what the
// product once wrote there: it gives nothing, on any way to it, and is named.
func TestWhatTheDatabaseWasMadeToSayGivesNothing(t *testing.T) {
	eachTampered(t, func(w *tampering) {
		c := rights.Spec()
		good := w.raw(c, "org_a", "acc_1")
		rapid.Check(w.T, func(r *rapid.T) {
			body := slices.Clone(good.Body)
			switch rapid.SampledFrom([]string{"other id", "other collection", "other organisation", "no mark", "a byte", "another role", "own mark twice"}).Draw(r, "what") {
			case "other id":
				body = w.raw(c, "org_a", "acc_2").Body
			case "other collection":
				body = w.raw(gifts.Spec(), "org_a", "acc_1").Body
			case "other organisation":
				body = w.raw(c, "org_b", "acc_1").Body
			case "no mark":
				body = w.raw(plain.Spec(), "org_a", "acc_1").Body
			case "a byte":
				// Within the values: a body of another shape no engine takes.
				at := rapid.SampledFrom(values(body)).Draw(r, "at")
				body[at] ^= byte(rapid.IntRange(1, 7).Draw(r, "by"))
			case "another role":
				body = changed(w.T, body, "role", "focalPoint")
			case "own mark twice":
				var d bson.D
				w.must(bson.Unmarshal(body, &d))
				d = slices.Insert(d, len(d)-1, bson.E{Key: "role", Value: "focalPoint"})
				body, _ = bson.Marshal(d)
			}
			w.marker.Met = nil
			w.lays(c, "org_a", "acc_1", body)
			if n := w.sees("org_a", "acc_1"); n != 0 {
				r.Fatalf("%d ways lead to it", n)
			}
			if !slices.Equal(w.marker.Met, []string{"rights/acc_1"}) {
				r.Fatalf("met was %v", w.marker.Met)
			}
			var named []string
			w.must(w.ours.EachForged(w.Context(), guardedSpecs, "org_a", func(collection, id string) { named = append(named, collection+"/"+id) }))
			if !slices.Equal(named, []string{"rights/acc_1"}) {
				r.Fatalf("named was %v", named)
			}
			// Nor is it taken over by whoever changes it.
			err := w.ours.Org("org_a").Tx(w.Context(), func(tx *store.Tx) error {
				_, err := rights.Update(w.Context(), tx, "acc_1", func(*right) error { return nil })
				return err
			})
			if err != store.ErrAbsent {
				r.Fatalf("changing it: %v", err)
			}
			// Where somebody acts in its place it goes.
			w.must(w.ours.Org("org_a").Tx(w.Context(), func(tx *store.Tx) error {
				return rights.InsertOver(w.Context(), tx, &right{Meta: store.Meta{ID: "acc_1"}, Role: "role9"})
			}))
			if n := w.sees("org_a", "acc_1"); n != 9 {
				r.Fatalf("written anew, %d ways lead to it", n)
			}
			w.lays(c, "org_a", "acc_1", good.Body)
			if n := w.sees("org_a", "acc_1"); n != 9 {
				r.Fatalf("as it was written, %d ways lead to it", n)
			}
		})
	})
}

// What is from before there were marks counts until all have theirs, and is not
// taken for marked where it says something that was never marked.
func TestWhatIsFromBeforeMarksCountsUntilAllHaveTheirs(t *testing.T) {
	eachTampered(t, func(w *tampering) {
		c, ctx := rights.Spec(), w.Context()
		bare := w.raw(plain.Spec(), "org_a", "acc_1").Body
		w.marker.Complete = false
		w.lays(c, "org_a", "acc_1", bare)
		w.lays(c, "org_a", "acc_2", changed(w.T, w.raw(c, "org_a", "acc_2").Body, "role", "board"))
		if one, two := w.sees("org_a", "acc_1"), w.sees("org_a", "acc_2"); one != 9 || two != 0 {
			t.Errorf("%d ways lead to what has no mark, %d to what has a wrong one", one, two)
		}
		any, err := w.ours.AnyUnmarked(ctx, guardedSpecs, "org_a")
		w.must(err)
		n, err := w.ours.MarkAll(ctx, guardedSpecs, "org_a")
		w.must(err)
		again, err := w.ours.MarkAll(ctx, guardedSpecs, "org_a")
		w.must(err)
		left, err := w.ours.AnyUnmarked(ctx, guardedSpecs, "org_a")
		w.must(err)
		if !any || n != 1 || again != 0 || left {
			t.Errorf("one has none: %v, %d got theirs, %d the second time, one has none: %v", any, n, again, left)
		}
		w.marker.Complete = true
		if one, two := w.sees("org_a", "acc_1"), w.sees("org_a", "acc_2"); one != 9 || two != 0 {
			t.Errorf("%d ways lead to what got its mark, %d to what has a wrong one", one, two)
		}
		w.lays(c, "org_a", "acc_1", bare)
		if n := w.sees("org_a", "acc_1"); n != 0 {
			t.Errorf("%d ways lead to what has none any more", n)
		}
	})
}

// values are the places of the bytes of a body's texts and binary values.
func values(body bson.Raw) (places []int) {
	at := 4
	elements, _ := body.Elements()
	for _, e := range elements {
		v := e.Value()
		end := at + len(e)
		if text, ok := v.StringValueOK(); ok && e.Key() != "_id" {
			for i := range len(text) {
				places = append(places, end-2-i)
			}
		}
		if _, data, ok := v.BinaryOK(); ok {
			for i := range data {
				places = append(places, end-1-i)
			}
		}
		at = end
	}
	return places
}

func changed(t *testing.T, body bson.Raw, key string, value any) bson.Raw {
	t.Helper()
	var d bson.D
	if err := bson.Unmarshal(body, &d); err != nil {
		t.Fatal(err)
	}
	for i := range d {
		if d[i].Key == key {
			d[i].Value = value
		}
	}
	out, err := bson.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
