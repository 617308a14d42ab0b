package seal_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

func TestAKeyDestroyedElsewhereStopsOpeningWithinASecondAndOthersGoOn(t *testing.T) {
	c := clock.At(time.Unix(0, 0))
	storetest.Each(t, seal.KeySpecs(), c, func(t *testing.T, st *store.Store) {
		m := master(t)
		here, there := seal.NewKeys(st, m), seal.NewKeys(st, m)
		for _, who := range []string{"mem_sita", "mem_gita"} {
			key(t, here, "org_a", who)
			if _, err := there.Of(ctx, "org_a", who); err != nil {
				t.Fatal(err)
			}
		}
		if err := here.Destroy(ctx, "org_a", "mem_sita"); err != nil {
			t.Fatal(err)
		}
		c.Advance(time.Second)
		if _, err := there.Of(ctx, "org_a", "mem_sita"); !errors.Is(err, seal.ErrNoKey) {
			t.Errorf("the other instance still opens it: %v", err)
		}
		for _, k := range []*seal.Keys{here, there} {
			if _, err := k.Of(ctx, "org_a", "mem_gita"); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestOpenedKeysOpenNothingOnceTheKeysStoreIsAway(t *testing.T) {
	c := clock.At(time.Unix(0, 0))
	engine := storetest.Failing(storetest.SQLite(t, seal.KeySpecs()...))
	keys := seal.NewKeys(store.New(engine, c), master(t))
	key(t, keys, "org_a", "mem_sita")
	if _, err := keys.Of(context.Background(), "org_a", "mem_sita"); err != nil {
		t.Fatal(err)
	}
	engine.Fail(store.ErrAway)
	c.Advance(time.Second)
	if _, err := keys.Of(context.Background(), "org_a", "mem_sita"); !errors.Is(err, store.ErrAway) {
		t.Errorf("got %v", err)
	}
	engine.Heal()
	if _, err := keys.Of(context.Background(), "org_a", "mem_sita"); err != nil {
		t.Error(err)
	}
}
