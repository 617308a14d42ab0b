package seal_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// readable tells whether somebody's key opens, for a server that just started.
func readable(t rapid.TB, st *store.Store, m *seal.Master, org, id string) bool {
	t.Helper()
	_, err := seal.NewKeys(st, m).Of(ctx, org, id)
	if err != nil && !errors.Is(err, seal.ErrNoKey) {
		t.Fatal(err)
	}
	return err == nil
}

// Once a tombstone stands, nothing brings her key back: not an older copy of
// the keys store written beside it, not an import, not a new key.
func TestATombstoneWinsInWhateverOrderThingsAreRestored(t *testing.T) {
	eachPair(t, func(t *testing.T, backup, _ *store.Store) {
		m := master(t)
		old := seal.NewKeys(backup, m)
		ids := []string{"mem_0", "mem_1", "mem_2"}
		for _, id := range ids {
			key(t, old, "org_a", id)
		}
		moved, secret := rawKeys(t, old, "org_a"), secretOf(t, old, "org_a")
		rapid.Check(t, func(rt *rapid.T) {
			st := store.New(storetest.Hostile(t, seal.KeySpecs()...), epoch)
			keys := seal.NewKeys(st, m)
			if err := keys.Adopt(ctx, "org_a", secret, true); err != nil {
				rt.Fatal(err)
			}
			gone := map[string]bool{}
			there := map[string]bool{}
			for range rapid.IntRange(1, 12).Draw(rt, "steps") {
				i := rapid.IntRange(0, len(ids)-1).Draw(rt, "who")
				id := ids[i]
				switch rapid.SampledFrom([]string{"create", "adopt", "restore", "destroy", "bury", "discard"}).Draw(rt, "step") {
				case "create":
					_, err := keys.Create(ctx, "org_a", id)
					if gone[id] != errors.Is(err, seal.ErrBuried) {
						rt.Fatalf("create, gone %v: %v", gone[id], err)
					}
					there[id] = true
				case "adopt":
					n, err := keys.AdoptKeys(ctx, "org_a", moved[i:i+1])
					if err != nil && !errors.Is(err, seal.ErrAnotherKey) || gone[id] && n > 0 {
						rt.Fatalf("adopt, gone %v: %d %v", gone[id], n, err)
					}
					there[id] = true
				case "restore":
					if err := seal.PutBack(ctx, backup, st, "org_a", id); err != nil {
						rt.Fatal(err)
					}
					there[id] = true
				case "destroy":
					if err := keys.Destroy(ctx, "org_a", id); err != nil {
						rt.Fatal(err)
					}
					gone[id] = true
				case "bury":
					if err := keys.Bury(ctx, "org_a", id, id); err != nil {
						rt.Fatal(err)
					}
					gone[id] = true
				case "discard":
					if err := keys.Discard(ctx, "org_a", id); err != nil {
						rt.Fatal(err)
					}
					there[id] = false
				}
				if gone[id] {
					there[id] = false
				}
			}
			for _, id := range ids {
				if got := readable(rt, st, m, "org_a", id); got != there[id] {
					rt.Errorf("%s: readable %v, want %v", id, got, there[id])
				}
			}
			for _, raw := range rawKeys(t, keys, "org_a") {
				if gone[raw.ID] {
					rt.Error("a destroyed key is exported")
				}
			}
			var stones []string
			err := keys.Tombstones(ctx, "org_a", func(id string, day time.Time) error {
				stones = append(stones, id)
				if !day.Equal(calendar.Of(day).Begins()) {
					rt.Error("a tombstone tells the time of the day")
				}
				return nil
			})
			for _, id := range stones {
				if !gone[id] {
					rt.Errorf("%s has a tombstone and was never destroyed", id)
				}
			}
			if err != nil || len(stones) != len(gone) {
				rt.Errorf("%d tombstones of %d, %v", len(stones), len(gone), err)
			}
		})
	})
}

func TestDestroyedKeysLeaveTombstonesOfTheirOrganisationOnly(t *testing.T) {
	c := clock.At(time.Date(2026, 11, 26, 8, 12, 9, 0, time.UTC))
	storetest.Each(t, seal.KeySpecs(), c, func(t *testing.T, st *store.Store) {
		keys := seal.NewKeys(st, master(t))
		var ids []string
		for i := range 230 { // more than two transactions
			ids = append(ids, fmt.Sprintf("mem_%03d", i))
		}
		if _, err := keys.Create(ctx, "org_a", ids...); err != nil {
			t.Fatal(err)
		}
		key(t, keys, "org_b", "mem_000")
		if err := keys.Destroy(ctx, "org_a", ids...); err != nil {
			t.Fatal(err)
		}
		var stones []string
		if err := keys.Tombstones(ctx, "org_a", func(id string, day time.Time) error {
			stones = append(stones, id)
			if !day.Equal(time.Date(2026, 11, 25, 18, 15, 0, 0, time.UTC)) {
				t.Errorf("dated %v", day)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		slices.Sort(stones)
		if !slices.Equal(stones, ids) {
			t.Errorf("%d tombstones", len(stones))
		}
		if _, err := keys.Of(ctx, "org_b", "mem_000"); err != nil {
			t.Errorf("the same id elsewhere: %v", err)
		}
		if left := rawKeys(t, keys, "org_a"); len(left) > 0 {
			t.Errorf("%d keys are left", len(left))
		}
	})
}

// No transaction reaches over both stores: a stop between the removal of a
// person and the destruction of her key must leave the key doomed.
func TestAKeyDoomedWithItsPersonIsDestroyedAfterAStop(t *testing.T) {
	eachPair(t, func(t *testing.T, st, _ *store.Store) {
		data := store.New(storetest.Hostile(t, seal.Specs()...), epoch)
		keys := seal.NewKeys(st, master(t))
		for _, id := range []string{"mem_sita", "mem_gita", "mem_rita"} {
			key(t, keys, "org_a", id)
		}
		space := data.Org("org_a")
		broken := errors.New("the transaction fails")
		err := space.Tx(ctx, func(tx *store.Tx) error {
			return errors.Join(seal.Doom(ctx, tx, "mem_rita"), broken)
		})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		for range 2 { // also when it is noted twice
			if err := space.Tx(ctx, func(tx *store.Tx) error { return seal.Doom(ctx, tx, "mem_sita") }); err != nil {
				t.Fatal(err)
			}
		}
		if !seal.Has(ctx, st, "org_a", "mem_sita") {
			t.Fatal("gone before anybody destroyed it")
		}
		// The server starts again and sweeps.
		if n, err := keys.DestroyDoomed(ctx, space, store.MaxLimit); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		for id, want := range map[string]bool{"mem_sita": false, "mem_gita": true, "mem_rita": true} {
			if seal.Has(ctx, st, "org_a", id) != want {
				t.Errorf("%s: there is %v", id, !want)
			}
		}
		if n, err := seal.Due(ctx, space); err != nil || n != 0 {
			t.Errorf("%d still due, %v", n, err)
		}
		if _, err := keys.Create(ctx, "org_a", "mem_sita"); !errors.Is(err, seal.ErrBuried) {
			t.Errorf("no tombstone: %v", err)
		}
	})
}
