package seal_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// Several instances sweep while a thing is taken back and given again: whatever
// they met half-way, the keys store ends with what was last.
func TestTheKeysStoreEndsWithTheLastTurn(t *testing.T) {
	eachPair(t, func(t *testing.T, st, _ *store.Store) {
		data := store.New(storetest.Hostile(t, seal.Specs()...), epoch)
		space, m := data.Org("org_a"), master(t)
		things := []string{"role/acc_1/trainer", "role/acc_2/trainer", "role/acc_3/trainer"}
		var wg sync.WaitGroup
		for range 3 {
			keys := seal.NewKeys(st, m)
			wg.Go(func() {
				for range 15 {
					if _, err := keys.KeepRetracted(ctx, space, 2); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for i, thing := range things {
			wg.Go(func() {
				for n := range 10 + i { // the second ends with a giving
					err := space.Tx(ctx, func(tx *store.Tx) error {
						if n%2 == 0 {
							return seal.Regrant(ctx, tx, thing)
						}
						return seal.Retract(ctx, tx, thing)
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		keys := seal.NewKeys(st, m)
		for range 2 { // the notices are heeded before and after they are kept
			gone, err := keys.Retracted(ctx, space, things)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := gone[things[1]]; ok {
				t.Error("what was given last counts as taken back")
			}
			if n, err := keys.KeepRetracted(ctx, space, store.MaxLimit); err != nil || n > 3 {
				t.Fatal(n, err)
			}
		}
		gone, err := keys.Retracted(ctx, space, append(things, "role/acc_4/trainer"))
		if err != nil {
			t.Fatal(err)
		}
		if len(gone) != 2 || gone[things[0]] != calendar.Of(epoch.Now()) || gone[things[2]] != calendar.Of(epoch.Now()) {
			t.Errorf("%v", gone)
		}
		if n, err := keys.KeepRetracted(ctx, space, store.MaxLimit); err != nil || n != 0 {
			t.Error("notices are left", n, err)
		}
	})
}

// Of several copies of a keys store the later word counts, in whatever order
// they come; where both went on without the other, a thing stays taken back.
func TestOfTwoCopiesTheLaterWordCounts(t *testing.T) {
	eachPair(t, func(t *testing.T, st, other *store.Store) {
		m := master(t)
		keys, copied := seal.NewKeys(st, m), seal.NewKeys(other, m)
		key(t, keys, "org_a", "mem_sita")
		if err := copied.Adopt(ctx, "org_a", secretOf(t, keys, "org_a"), true); err != nil {
			t.Fatal(err)
		}
		data := store.New(storetest.Hostile(t, seal.Specs()...), epoch)
		space := data.Org("org_a")
		turn := func(of *seal.Keys, how func() func(tx *store.Tx) error) {
			t.Helper()
			if err := space.Tx(ctx, how()); err != nil {
				t.Fatal(err)
			}
			if _, err := of.KeepRetracted(ctx, space, store.MaxLimit); err != nil {
				t.Fatal(err)
			}
		}
		take := func() func(tx *store.Tx) error {
			return func(tx *store.Tx) error { return seal.Retract(ctx, tx, "account/acc_1") }
		}
		give := func() func(tx *store.Tx) error {
			return func(tx *store.Tx) error { return seal.Regrant(ctx, tx, "account/acc_1") }
		}
		written := func(of *seal.Keys) (all [][]byte) {
			if err := of.Retractions(ctx, "org_a", func(raw []byte) error { all = append(all, raw); return nil }); err != nil {
				t.Fatal(err)
			}
			return all
		}
		taken := func(of *seal.Keys) bool {
			gone, err := of.Retracted(ctx, space, []string{"account/acc_1"})
			if err != nil {
				t.Fatal(err)
			}
			return len(gone) > 0
		}
		turn(keys, take)
		first := written(keys)
		turn(keys, give)
		second := written(keys)
		turn(keys, take)
		third := written(keys)
		for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {2, 2}} {
			fresh := store.New(storetest.Hostile(t, seal.KeySpecs()...), epoch)
			of := seal.NewKeys(fresh, m)
			if err := of.Adopt(ctx, "org_a", secretOf(t, keys, "org_a"), true); err != nil {
				t.Fatal(err)
			}
			for _, i := range order {
				if err := of.MergeRetractions(ctx, "org_a", [][][]byte{first, second, third}[i]...); err != nil {
					t.Fatal(err)
				}
			}
			if !taken(of) {
				t.Errorf("files in the order %v: an older word counts", order)
			}
		}
		if err := copied.MergeRetractions(ctx, "org_a", slices.Concat(second, first)...); err != nil {
			t.Fatal(err)
		}
		if taken(copied) {
			t.Error("what was given again counts as taken back")
		}
		turn(copied, give) // on its own, and the other was taken back meanwhile
		for i, pair := range [][2]*seal.Keys{{copied, keys}, {keys, copied}} {
			if err := pair[0].MergeRetractions(ctx, "org_a", written(pair[1])...); err != nil {
				t.Fatal(err)
			}
			if !taken(pair[0]) {
				t.Error(fmt.Sprint("the careful word doesn't count: ", i))
			}
		}
	})
}

// heldBack is a store in whose next transaction something happens first.
type heldBack struct {
	store.Engine
	first func()
}

func (h *heldBack) Tx(ctx context.Context, body func(store.Writer) error) error {
	if first := h.first; first != nil {
		h.first = nil
		first()
	}
	return h.Engine.Tx(ctx, body)
}

// One that read a notice long ago doesn't write it over what came later.
func TestALateSweepChangesNothing(t *testing.T) {
	eachPair(t, func(t *testing.T, st, _ *store.Store) {
		m := master(t)
		space := store.New(storetest.Hostile(t, seal.Specs()...), epoch).Org("org_a")
		turn := func(how func(context.Context, *store.Tx, ...string) error) {
			t.Helper()
			if err := space.Tx(ctx, func(tx *store.Tx) error { return how(ctx, tx, "account/acc_1") }); err != nil {
				t.Fatal(err)
			}
		}
		keys := seal.NewKeys(st, m)
		key(t, keys, "org_a", "mem_sita")
		sweep := func(k *seal.Keys) {
			t.Helper()
			if _, err := k.KeepRetracted(ctx, space, store.MaxLimit); err != nil {
				t.Fatal(err)
			}
		}
		for name, between := range map[string]func(){
			"which it was told with it": func() { turn(seal.Regrant); sweep(keys) },
			"which it was told after":   func() { sweep(keys); turn(seal.Regrant); sweep(keys) },
			"which nobody told yet":     func() { turn(seal.Regrant) },
		} {
			turn(seal.Retract)
			sweep(seal.NewKeys(store.New(&heldBack{st.Engine(), between}, epoch), m))
			for range 2 {
				gone, err := keys.Retracted(ctx, space, []string{"account/acc_1"})
				if err != nil || len(gone) > 0 {
					t.Errorf("%s: %v %v", name, gone, err)
				}
				sweep(keys)
			}
		}
	})
}
