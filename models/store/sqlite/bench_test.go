package sqlite_test

import (
	"context"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"

	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

// visit stands for a usual document: about 600 bytes, mostly sealed, in three indexes.
type visit struct {
	store.Meta `bson:",inline"`
	Person     string   `bson:"person"`
	Week       int      `bson:"week"`
	Groups     []string `bson:"groups"`
	Sealed     []byte   `bson:"sealed"`
}

var visits = store.Declare[visit]("visit",
	store.Index{Name: "person", Fields: []string{"person", "week"}},
	store.Index{Name: "group", Fields: []string{"groups"}},
)

func newVisit(week int) *visit {
	return &visit{
		Meta: store.Meta{ID: id.New("vis")}, Person: "mem_" + strconv.Itoa(week%500), Week: week,
		Groups: []string{"grp_" + strconv.Itoa(week%20)}, Sealed: make([]byte, 400),
	}
}

func benchStore(b *testing.B, n int) (*store.Space, []string) {
	b.Helper()
	e, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"), sqlite.Options{}, visits.Spec())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = e.Close() })
	space := store.New(e, clock.System{}).Org("org_bench")
	var ids []string
	for len(ids) < n {
		if err := space.Tx(b.Context(), func(tx *store.Tx) error {
			for range 500 {
				v := newVisit(len(ids))
				if err := visits.Insert(b.Context(), tx, v); err != nil {
					return err
				}
				ids = append(ids, v.ID)
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	return space, ids
}

// parallel runs fn from eight goroutines a processor and reports operations a second.
func parallel(b *testing.B, fn func(i int) error) {
	b.Helper()
	var n atomic.Int64
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := fn(int(n.Add(1))); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}

func BenchmarkInsertDurable(b *testing.B) {
	space, _ := benchStore(b, 0)
	parallel(b, func(i int) error {
		return space.Tx(context.Background(), func(tx *store.Tx) error {
			return visits.Insert(context.Background(), tx, newVisit(i))
		})
	})
}

func BenchmarkUpdateAndInsertDurable(b *testing.B) {
	space, ids := benchStore(b, 5000)
	parallel(b, func(i int) error {
		return space.Tx(context.Background(), func(tx *store.Tx) error {
			if _, err := visits.Update(context.Background(), tx, ids[i%len(ids)], func(v *visit) error { v.Week++; return nil }); err != nil {
				return err
			}
			return visits.Insert(context.Background(), tx, newVisit(i))
		})
	})
}

func BenchmarkInsertDurableAlone(b *testing.B) {
	space, _ := benchStore(b, 0)
	for i := range b.N {
		if err := space.Tx(context.Background(), func(tx *store.Tx) error {
			return visits.Insert(context.Background(), tx, newVisit(i))
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}

func BenchmarkGet(b *testing.B) {
	space, ids := benchStore(b, 20000)
	parallel(b, func(i int) error {
		_, err := visits.Get(context.Background(), space, ids[i*7919%len(ids)])
		return err
	})
}

func BenchmarkGetMany(b *testing.B) {
	space, ids := benchStore(b, 20000)
	parallel(b, func(i int) error {
		at := i * 7919 % (len(ids) - 100)
		_, err := visits.GetMany(context.Background(), space, ids[at:at+100])
		return err
	})
}

func BenchmarkFindPage(b *testing.B) {
	space, _ := benchStore(b, 20000)
	parallel(b, func(i int) error {
		_, _, err := visits.Find(context.Background(), space, store.Query{Index: "person", Equal: []any{"mem_" + strconv.Itoa(i%500)}, Limit: 25})
		return err
	})
}
