package member_test

import (
	"errors"
	"testing"
	"time"

	"chautari/models/member"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// Data and keys are two stores: where the keys store is away just then, she is
// gone from the data, and her key goes at the next sweep.
func TestAKeyThatCouldNotBeDestroyedWithItsPersonIsDestroyedLater(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		person := s.Carry(s.First, member.Details{PaperName: "Sita Tamang"})
		s.Clock.Advance(13 * 31 * 24 * time.Hour)
		engine := storetest.Failing(s.KeyStore.Engine())
		keys := seal.NewKeys(store.New(engine, s.Clock), s.Master)
		members := member.New(s.Store, keys, s.Master, s.Orgs, s.Accounts, s.Clock)
		engine.FailWrites(store.ErrAway)
		if _, err := members.ForgetOverdue(ctx, s.Org, 100); !errors.Is(err, store.ErrAway) {
			t.Fatalf("got %v", err)
		}
		if _, err := keys.DestroyDoomed(ctx, s.Store.Org(s.Org), 100); !errors.Is(err, store.ErrAway) {
			t.Fatalf("got %v", err)
		}
		engine.Heal()
		if _, err := keys.Of(ctx, s.Org, person); err != nil {
			t.Fatalf("the key went before it was destroyed: %v", err)
		}
		if n, err := members.ForgetOverdue(ctx, s.Org, 100); err != nil || n != 0 {
			t.Fatalf("%d are still there (%v)", n, err)
		}
		if n, err := keys.DestroyDoomed(ctx, s.Store.Org(s.Org), 100); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		if _, err := keys.Of(ctx, s.Org, person); !errors.Is(err, seal.ErrNoKey) {
			t.Errorf("her key outlives her: %v", err)
		}
		if _, err := keys.Create(ctx, s.Org, person); !errors.Is(err, seal.ErrBuried) {
			t.Errorf("she has no tombstone: %v", err)
		}
		if n, err := keys.DestroyDoomed(ctx, s.Store.Org(s.Org), 100); err != nil || n != 0 {
			t.Errorf("%d again, %v", n, err)
		}
	})
}
