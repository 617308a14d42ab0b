//go:build unix

package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

// The documents behind a page of a list: a person with sealed fields, what she
// said yes to, and a line of the trail that names everyone on the page.
type (
	person struct {
		store.Meta `bson:",inline"`
		Name       []byte `bson:"name"`
		Phone      []byte `bson:"phone"`
		PhoneKey   string `bson:"phone_key"`
		Birth      []byte `bson:"birth"`
		District   []byte `bson:"district"`
		Group      string `bson:"group"`
		State      string `bson:"state"`
		Since      string `bson:"since"`
	}
	yes struct {
		ID      string    `bson:"id"`
		Purpose string    `bson:"purpose"`
		Text    string    `bson:"text_version"`
		How     string    `bson:"how"`
		GivenAt time.Time `bson:"given_at"`
		Until   time.Time `bson:"until"`
	}
	yesses struct {
		store.Meta `bson:",inline"`
		Given      []yes `bson:"given"`
	}
	line struct {
		store.Meta `bson:",inline"`
		At         time.Time `bson:"at"`
		Day        string    `bson:"day"`
		Account    string    `bson:"account"`
		Roles      []string  `bson:"roles"`
		Action     string    `bson:"action"`
		Subjects   []string  `bson:"subjects"`
	}
)

var (
	persons = store.Declare[person]("persons", store.Index{Name: "phone_key", Fields: []string{"phone_key"}})
	answers = store.Declare[yesses]("answers")
	lines   = store.Declare[line]("lines",
		store.Index{Name: "day", Fields: []string{"day"}},
		store.Index{Name: "subject", Fields: []string{"subjects", "day"}},
		store.Index{Name: "account", Fields: []string{"account", "day"}},
	).Daily()
)

const (
	pageSize = 25
	day      = "2025-04-14"
)

func newPerson() *person {
	return &person{
		Meta: store.Meta{ID: id.New("mem")}, Name: make([]byte, 60), Phone: make([]byte, 48), PhoneKey: id.New("pho"),
		Birth: make([]byte, 46), District: make([]byte, 50), Group: id.New("grp"), State: "active", Since: day,
	}
}

func newYesses(id string) *yesses {
	now := time.Now()
	y := yes{ID: "con_0123456789", Purpose: "membership", Text: "2025-01", How: "self", GivenAt: now, Until: now.AddDate(2, 0, 0)}
	return &yesses{Meta: store.Meta{ID: id}, Given: []yes{y, y}}
}

func pageStore(b *testing.B, n int) (*store.Space, []string) {
	b.Helper()
	e, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"), sqlite.Options{}, persons.Spec(), answers.Spec(), lines.Spec())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = e.Close() })
	space := store.New(e, clock.System{}).Org("org_bench")
	var ids []string
	for len(ids) < n {
		if err := space.Tx(b.Context(), func(tx *store.Tx) error {
			for range 250 {
				p := newPerson()
				if err := persons.Insert(b.Context(), tx, p); err != nil {
					return err
				}
				if err := answers.Insert(b.Context(), tx, newYesses(p.ID)); err != nil {
					return err
				}
				ids = append(ids, p.ID)
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	return space, ids
}

// page reads 25 persons and their answers and notes that they were seen.
func page(space *store.Space, ids []string) error {
	ctx := context.Background()
	return space.Tx(ctx, func(tx *store.Tx) error {
		ps, err := persons.GetMany(ctx, tx, ids)
		if err != nil {
			return err
		}
		as, err := answers.GetMany(ctx, tx, ids)
		if err != nil {
			return err
		}
		if len(ps) != len(ids) || len(as) != len(ids) {
			return fmt.Errorf("%d of %d", len(ps), len(ids))
		}
		l := &line{
			Meta: store.Meta{ID: id.New("aud")}, At: time.Now(), Day: day, Account: "acc_0123456789",
			Roles: []string{"coordinator"}, Action: "list_members", Subjects: ids,
		}
		return lines.Insert(ctx, tx, l)
	})
}

// measured runs fn from 16 goroutines and reports the processor time of one operation.
func measured(b *testing.B, fn func(i int) error) {
	b.Helper()
	var n atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	before := cpu(b)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := fn(int(n.Add(1))); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(cpu(b)-before)/float64(b.N), "cpu-ns/op")
}

func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkPageOfPersons(b *testing.B) {
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			space, ids := pageStore(b, n)
			measured(b, func(i int) error {
				at := i % 16 * pageSize
				return page(space, ids[at:at+pageSize])
			})
		})
	}
}

func BenchmarkGetWhileWriting(b *testing.B) {
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			space, ids := pageStore(b, n)
			over := make(chan struct{})
			stopped := make(chan struct{})
			go func() {
				defer close(stopped)
				tick := time.NewTicker(2 * time.Millisecond)
				defer tick.Stop()
				for i := 0; ; i++ {
					select {
					case <-over:
						return
					case <-tick.C:
					}
					err := space.Tx(b.Context(), func(tx *store.Tx) error {
						_, err := persons.Update(b.Context(), tx, ids[i%len(ids)], func(p *person) error { p.State = "paused"; return nil })
						return err
					})
					if err != nil {
						b.Error(err)
						return
					}
				}
			}()
			measured(b, func(i int) error {
				_, err := persons.Get(context.Background(), space, ids[i*7919%len(ids)])
				return err
			})
			close(over)
			<-stopped
		})
	}
}
