package store_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

type dated struct {
	store.Meta `bson:",inline"`
}

var datedDocs = store.Declare[dated]("dated").Daily()

// Requirement 77: a document that is dated by the day tells the day in Nepal, the
// same for every instant of it, and no other zone's, which would narrow it down.
func TestADailyCollectionTellsTheNepaliDayAndNothingOfTheHour(t *testing.T) {
	c := clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC))
	s := storetest.New(t, []*store.Spec{datedDocs.Spec()}, c)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		at := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.Int64Range(0, int64(10*24*time.Hour)).Draw(rt, "after")))
		c.Set(at)
		n++
		doc := &dated{Meta: store.Meta{ID: fmt.Sprintf("doc_%d", n)}}
		err := s.Org("org_a").Tx(t.Context(), func(tx *store.Tx) error { return datedDocs.Insert(t.Context(), tx, doc) })
		if err != nil {
			rt.Fatal(err)
		}
		kept, err := datedDocs.Get(t.Context(), s.Org("org_a"), doc.ID)
		if err != nil {
			rt.Fatal(err)
		}
		if want := calendar.Of(at).Begins(); !kept.Changed.Equal(want) {
			rt.Fatalf("written at %s it is dated %s", at, kept.Changed)
		}
	})
}
