package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/access"
	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var (
	ctx   = context.Background()
	start = time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
	maya  = access.Actor{Org: "org_a", Account: "acc_maya", Person: "mem_maya", Roles: []access.Role{access.Member, access.Coordinator}}
	gita  = access.Actor{Org: "org_a", Account: "acc_gita", Person: "mem_gita", Roles: []access.Role{access.Board}}
)

// desk is one organisation's trail with a clock that stands still.
type desk struct {
	testing.TB
	clock *clock.Fake
	space *store.Space
	chain Chain
	log   Log
	to    *Sealer
}

func each(t *testing.T, fn func(t *testing.T, d *desk)) {
	c := clock.At(start)
	storetest.Each(t, Specs(), c, func(t *testing.T, s *store.Store) {
		c.Set(start)
		fn(t, newDesk(t, c, s))
	})
}

func newDesk(t testing.TB, c *clock.Fake, s *store.Store) *desk {
	t.Helper()
	chain := ChainOf(seal.NewKeys(storetest.New(t, seal.KeySpecs(), c), master(t)))
	return &desk{t, c, s.Org("org_a"), chain, Log{Clock: c}, NewSealer(chain, c)}
}

func master(t testing.TB) *seal.Master {
	t.Helper()
	file, err := seal.NewKeyFile()
	if err != nil {
		t.Fatal(err)
	}
	m, err := seal.OpenMaster(file)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) tx(fn func(tx *store.Tx) error) {
	d.Helper()
	d.must(d.space.Tx(ctx, fn))
}

// did writes n entries of somebody.
func (d *desk) did(a access.Actor, n int) {
	d.Helper()
	for i := range n {
		d.tx(func(tx *store.Tx) error {
			return d.log.Did(ctx, tx, a, access.CorrectMember, []string{fmt.Sprintf("mem_%d", i)}, "alias")
		})
	}
}

// seal seals all that may be sealed, as the job does a moment later.
func (d *desk) seal() {
	d.Helper()
	d.clock.Advance(settled + time.Millisecond)
	for range 2 { // the first finds out that the chain moved
		_, err := d.to.Seal(ctx, d.space)
		d.must(err)
	}
}

func (d *desk) verify(a Against) *Verified {
	d.Helper()
	a.Now = d.clock.Now()
	v, err := d.chain.Verify(ctx, d.space, a, nil)
	d.must(err)
	return v
}

func (d *desk) blocks() (all []*Block) {
	d.Helper()
	d.must(Blocks.Each(ctx, d.space, store.Query{Index: "seq"}, func(b *Block) error {
		all = append(all, b)
		return nil
	}))
	return all
}

func (d *desk) entries() (all []*Entry) {
	d.Helper()
	d.must(Entries.Each(ctx, d.space, store.Query{Index: store.ChangedIndex}, func(e *Entry) error {
		all = append(all, e)
		return nil
	}))
	return all
}

// kinds are those of what was found, each once.
func kinds(v *Verified) []string {
	var all []string
	for _, f := range v.Findings {
		all = append(all, f.Kind)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// box is a shelf in memory.
type box struct {
	away  error
	kept  map[string]bson.Raw
	after int // how many are taken before it is away; -1 for all
}

func newBox() *box { return &box{kept: map[string]bson.Raw{}, after: -1} }

func (b *box) ids(prefix string) (ids []string) {
	for id := range b.kept {
		if strings.HasPrefix(id, prefix) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (b *box) Add(_ context.Context, id string, body bson.Raw) error {
	if b.away != nil {
		return b.away
	}
	if b.after == 0 {
		return errors.New("the copy is away")
	}
	b.after--
	if b.kept[id] == nil {
		b.kept[id] = body
	}
	return nil
}

func (b *box) Last(_ context.Context, prefix string) (bson.Raw, error) {
	ids := b.ids(prefix)
	if len(ids) == 0 || b.away != nil {
		return nil, b.away
	}
	return b.kept[ids[len(ids)-1]], nil
}

func (b *box) Each(_ context.Context, prefix string, fn func(string, bson.Raw) error) error {
	for _, id := range b.ids(prefix) {
		if err := fn(id, b.kept[id]); err != nil {
			return err
		}
	}
	return b.away
}

func splitLines(text []byte) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for line := range strings.SplitAfterSeq(string(text), "\n") {
			if line != "" && !yield([]byte(line)) {
				return
			}
		}
	}
}

func replace(line []byte, from, to string) string {
	return strings.Replace(string(line), from, to, 1)
}
