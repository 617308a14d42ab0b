package sqlite

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

// witness is what is known for sure of one document that many change at once.
type witness struct {
	acknowledged atomic.Int64 // the round that was answered last
	begun        atomic.Int64 // the last round that may have been committed
}

const withdrawn = "never to be seen"

// roundOf is the round that a document was written in.
func roundOf(n *note) (round int64) {
	_, _ = fmt.Sscanf(n.Kind, "round %d", &round)
	return round
}

// Each document is written in rounds 1, 2, 3 …; in every fifth it is deleted.
// Between the rounds bodies fail after writing it. Whatever anybody reads must
// be no older than what was acknowledged before he asked, and no newer than
// what somebody set out to commit before he was answered.
func TestNoReadIsOlderThanWhatWasAcknowledgedNorUncommitted(t *testing.T) {
	for name, size := range map[string]int{"with room": 1 << 20, "always forgetting": 2000} {
		t.Run(name, func(t *testing.T) { coherence(t, size) })
	}
}

func coherence(t *testing.T, size int) {
	e, space := open(t, somewhere(t), Options{Cache: size})
	const documents, rounds, readers = 6, 150, 6
	// A deferred foreign key is what SQLite checks only at the commit.
	require.NoError(t, e.writer.exclusive(ctx, func(c *conn) error {
		return errors.Join(
			c.exec("PRAGMA foreign_keys = 1"),
			c.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)"),
			c.exec("CREATE TABLE child (parent REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"))
	}))
	var ids []string
	var known [documents]witness
	for i := range documents {
		ids = append(ids, fmt.Sprint("doc_", i))
	}
	no := errors.New("no")
	gone := func(round int64) bool { return round%5 == 0 } // 0: not yet there

	var writers, watchers sync.WaitGroup
	var over atomic.Bool
	for i := range documents {
		writers.Go(func() {
			write := func(kind string, fails bool) error {
				return space.Tx(ctx, func(tx *store.Tx) error {
					round := roundOf(&note{Kind: kind})
					d, err := notes.Get(ctx, tx, ids[i])
					switch {
					case errors.Is(err, store.ErrAbsent):
						err = notes.Insert(ctx, tx, &note{Meta: store.Meta{ID: ids[i]}, Kind: kind, Tags: strings.Fields("a b c d e f g h i")})
					case err == nil && round > 0 && gone(round):
						err = notes.Delete(ctx, tx, d)
					case err == nil:
						d.Kind = kind
						err = notes.Replace(ctx, tx, d)
					}
					if err == nil && fails {
						if d, err = notes.Get(ctx, tx, ids[i]); err == nil && d.Kind != kind {
							err = fmt.Errorf("%s does not see its own %s but %s", ids[i], kind, d.Kind)
						}
						err = errors.Join(err, no)
					}
					return err
				})
			}
			for round := int64(1); round <= rounds; round++ {
				if err := write(withdrawn, true); !errors.Is(err, no) && !strings.Contains(err.Error(), "commit") {
					t.Error(err)
				}
				known[i].begun.Store(round)
				// A commit that failed changed nothing: the round is begun again.
				for {
					err := write(fmt.Sprint("round ", round), false)
					if err == nil {
						break
					}
					if !strings.Contains(err.Error(), "commit") {
						t.Error(err)
						return
					}
				}
				known[i].acknowledged.Store(round)
			}
		})
	}
	writers.Go(func() { // now and then a whole group can't be committed
		for range rounds / 3 {
			err := e.Tx(ctx, func(w store.Writer) error {
				return w.(*transaction).conn.exec("INSERT INTO child VALUES (1)")
			})
			if err == nil && !over.Load() {
				t.Error("the commit should have failed")
			}
		}
	})
	var reads, absent atomic.Int64
	for range readers {
		watchers.Go(func() {
			var floor [documents]int64
			check := func(i int, from int64, d *note) {
				reads.Add(1)
				until := known[i].begun.Load()
				if d == nil {
					absent.Add(1)
					for r := from; r <= until; r++ {
						if gone(r) {
							return
						}
					}
					t.Errorf("%s is absent between rounds %d and %d", ids[i], from, until)
					return
				}
				if r := roundOf(d); r < from || r > until || gone(r) {
					t.Errorf("%s: read %q between rounds %d and %d", ids[i], d.Kind, from, until)
				}
			}
			for !over.Load() && !t.Failed() {
				for i := range documents {
					floor[i] = known[i].acknowledged.Load()
				}
				switch rand.IntN(4) {
				case 0: // a page of them, in a transaction or outside
					read := func(v store.View) error {
						docs, err := notes.GetMany(ctx, v, ids)
						if err != nil {
							return err
						}
						byID := map[string]*note{}
						for _, d := range docs {
							byID[d.ID] = d
						}
						for i, id := range ids {
							if v == store.View(space) {
								check(i, floor[i], byID[id])
							} else if d := byID[id]; d != nil && d.Kind == withdrawn {
								return errors.New("read what was rolled back")
							}
						}
						return nil
					}
					if err := read(space); err != nil {
						t.Error(err)
					}
					err := space.Tx(ctx, func(tx *store.Tx) error { return read(tx) })
					if err != nil && !strings.Contains(err.Error(), "commit") {
						t.Error(err)
					}
				default:
					i := rand.IntN(documents)
					d, err := notes.Get(ctx, space, ids[i])
					if err != nil && !errors.Is(err, store.ErrAbsent) {
						t.Error(err)
						return
					}
					check(i, floor[i], d)
				}
			}
		})
	}
	writers.Wait()
	over.Store(true)
	watchers.Wait()
	require.NoError(t, e.Verify(ctx))
	t.Logf("%d reads, %d of them absent", reads.Load(), absent.Load())
}

func TestAReadThatACommitOvertookIsNotKept(t *testing.T) {
	c := newCache(1 << 20)
	col := &collection{}
	p, q := place{col, "org_a", "p"}, place{col, "org_a", "q"}
	was, is := &store.Record{ID: "p", Version: 1}, &store.Record{ID: "p", Version: 2}
	known := func(p place) bool { _, ok := c.get(p); return ok }
	put := func(epoch uint64, p place, r *store.Record) { c.put(epoch, []place{p}, []*store.Record{r}) }

	early := c.now()
	put(early, p, nil)
	require.False(t, known(p), "absent, and asked for alone")
	c.withhold(map[place]struct{}{p: {}})
	put(early, p, was)
	require.False(t, known(p), "its commit runs")
	c.put(early, []place{q, q}, make([]*store.Record, 2))
	require.True(t, known(q), "another's commit changes nothing of it")
	c.release()
	put(early, p, was)
	require.False(t, known(p), "it was read before the commit")
	put(c.now(), p, is)
	found, ok := c.get(p, q)
	require.True(t, ok)
	require.Equal(t, []*store.Record{is, nil}, found)
	c.withhold(map[place]struct{}{p: {}})
	require.False(t, known(p))
	c.release()
	c.close()
	put(c.now(), p, is)
	require.False(t, known(p))
}

func TestTheCacheStaysSmallAndKeepsWhatIsAskedFor(t *testing.T) {
	c := newCache(100_000)
	col := &collection{}
	often := place{col, "org_a", "often"}
	c.put(0, []place{often}, []*store.Record{{ID: "often"}})
	for i := range 5000 {
		id := fmt.Sprint("doc_", i)
		c.put(0, col.places("org_a", []string{id}), []*store.Record{{ID: id, Body: make([]byte, 300)}})
		_, ok := c.get(often)
		require.True(t, ok, "after %d others", i)
	}
	require.Less(t, (len(c.young)+len(c.old))*(overhead+300), 100_000)
}

func TestWhatIsSecurelyDeletedIsNotKeptInMemory(t *testing.T) {
	e, _ := open(t, somewhere(t), Options{SecureDelete: true})
	require.Nil(t, e.cache)
}

func TestAReadDocumentIsItsReadersToChange(t *testing.T) {
	_, space := open(t, somewhere(t), Options{})
	require.NoError(t, insert(space, &note{Meta: store.Meta{ID: "a"}, Sealed: []byte("sealed"), Tags: []string{"x"}}))
	for range 3 {
		d, err := notes.Get(ctx, space, "a")
		require.NoError(t, err)
		require.Equal(t, "sealed", string(d.Sealed))
		require.Equal(t, []string{"x"}, d.Tags)
		clear(d.Sealed)
		d.Tags[0] = "y"
	}
}
