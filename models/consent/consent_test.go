package consent_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var (
	ctx   = context.Background()
	start = time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
)

func each(t *testing.T, fn func(t *testing.T, space *store.Space)) {
	storetest.Each(t, append(consent.Specs(), seal.Specs()...), clock.At(start), func(t *testing.T, s *store.Store) { fn(t, s.Org("org_a")) })
}

func given(p consent.Purpose) consent.Given {
	return consent.Given{Purpose: p, Version: "1", Language: "ne"}
}

func begin(space *store.Space, person string, how consent.How, g ...consent.Given) (proof consent.Proof, err error) {
	err = space.Tx(ctx, func(tx *store.Tx) error {
		proof, err = consent.Begin(ctx, tx, person, how, g, start)
		return err
	})
	return proof, err
}

func TestAYesIsKeptWithAllThatMustBeKnownOfIt(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		proof, err := begin(space, "mem_1", consent.BySelf, given(consent.Membership))
		if err != nil || !proof.Covers(consent.Membership) || proof.Covers(consent.CoordinatorPhone) {
			t.Fatalf("%v %v", proof, err)
		}
		sheet, err := consent.Of(ctx, space, "mem_1")
		if err != nil || len(sheet.Consents) != 1 {
			t.Fatal(err)
		}
		c := sheet.Consents[0]
		if c.Purpose != consent.Membership || c.Recipient != consent.Organisation || c.Version != "1" || c.Language != "ne" ||
			c.How != consent.BySelf || !c.GivenAt.Equal(start) || !c.Until.Equal(start.AddDate(3, 0, 0)) || c.Withdrawn != nil {
			t.Errorf("%+v", c)
		}
	})
}

func TestOnlyTextsThatAreAskedNowAreTakenAndEachOnce(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		for name, g := range map[string][]consent.Given{
			"an unknown purpose": {{Purpose: "everything", Version: "1", Language: "ne"}},
			"an old version":     {{Purpose: consent.Membership, Version: "0", Language: "ne"}},
			"another language":   {{Purpose: consent.Membership, Version: "1", Language: "../texts/x"}},
			"one twice":          {given(consent.Membership), given(consent.Membership)},
		} {
			if _, err := begin(space, "mem_1", consent.BySelf, g...); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := consent.Of(ctx, space, "mem_1"); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("something was kept: %v", err)
		}
	})
}

func prove(space *store.Space, p consent.Purpose, now time.Time) error {
	return space.Tx(ctx, func(tx *store.Tx) error {
		_, err := consent.Prove(ctx, tx, "mem_1", p, now)
		return err
	})
}

func TestAYesEndsWithItsTimeOrWithAWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		if _, err := begin(space, "mem_1", consent.BySelf, given(consent.Membership), given(consent.CoordinatorPhone)); err != nil {
			t.Fatal(err)
		}
		if err := prove(space, consent.CoordinatorPhone, start.AddDate(1, 0, 0).Add(-time.Millisecond)); err != nil {
			t.Errorf("in its time: %v", err)
		}
		if err := prove(space, consent.CoordinatorPhone, start.AddDate(1, 0, 0)); !errors.Is(err, consent.ErrNone) {
			t.Errorf("after its time: %v", err)
		}
		sheet, err := consent.Of(ctx, space, "mem_1")
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []consent.Purpose{consent.Membership, ""} { // withdrawing twice is the same as once
			err = space.Tx(ctx, func(tx *store.Tx) error {
				p, err := consent.Withdraw(ctx, tx, "mem_1", sheet.Consents[0].ID, start)
				if p != want {
					t.Errorf("ended %q", p)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := prove(space, consent.Membership, start); !errors.Is(err, consent.ErrNone) {
			t.Errorf("after the withdrawal: %v", err)
		}
		err = space.Tx(ctx, func(tx *store.Tx) error {
			_, err := consent.Withdraw(ctx, tx, "mem_1", "con_somebody_elses", start)
			return err
		})
		if !errors.Is(err, store.ErrAbsent) {
			t.Errorf("an unknown consent: %v", err)
		}
		if err := prove(space, consent.CoordinatorPhone, start); err != nil {
			t.Errorf("the other yes went with it: %v", err)
		}
	})
}

// A proof and a withdrawal that meet are one before the other: what was proved
// is never committed after the withdrawal was.
func TestNothingIsCommittedOnAYesThatWasWithdrawnMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		if _, err := begin(space, "mem_1", consent.BySelf, given(consent.Membership)); err != nil {
			t.Fatal(err)
		}
		sheet, err := consent.Of(ctx, space, "mem_1")
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		withdrawn := false
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				if i == 20 {
					err := space.Tx(ctx, func(tx *store.Tx) error {
						_, err := consent.Withdraw(ctx, tx, "mem_1", sheet.Consents[0].ID, start)
						return err
					})
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					withdrawn = true
					mu.Unlock()
					return
				}
				mu.Lock()
				before := withdrawn
				mu.Unlock()
				if err := prove(space, consent.Membership, start); err == nil && before {
					t.Error("proved after the withdrawal was acknowledged")
				}
			})
		}
		wg.Wait()
	})
}

func TestAYesIsAddedOnceAndIsTakenBackLikeAnyOther(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		if _, err := begin(space, "mem_1", consent.BySelf, given(consent.Membership)); err != nil {
			t.Fatal(err)
		}
		peer := []consent.Given{given(consent.PeerName)}
		for range 2 {
			if err := space.Tx(ctx, func(tx *store.Tx) error {
				_, err := consent.Add(ctx, tx, "mem_1", consent.BySelf, peer, start)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		sheet, err := consent.Of(ctx, space, "mem_1")
		if err != nil {
			t.Fatal(err)
		}
		if len(sheet.Consents) != 2 || !sheet.Live(consent.PeerName, start) {
			t.Fatalf("the sheet has %d consents", len(sheet.Consents))
		}
		if sheet.Live(consent.PeerName, sheet.Consents[1].Until) {
			t.Error("it holds beyond its end")
		}
		if err := space.Tx(ctx, func(tx *store.Tx) error {
			_, err := consent.Withdraw(ctx, tx, "mem_1", sheet.Consents[1].ID, start)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := prove(space, consent.PeerName, start); !errors.Is(err, consent.ErrNone) {
			t.Errorf("withdrawn, it still proves: %v", err)
		}
		if err := space.Tx(ctx, func(tx *store.Tx) error {
			_, err := consent.Add(ctx, tx, "mem_nobody", consent.BySelf, peer, start)
			return err
		}); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("somebody without a sheet got a yes: %v", err)
		}
	})
}

func TestTheZeroProofCoversNothing(t *testing.T) {
	var p consent.Proof
	for _, purpose := range []consent.Purpose{consent.Membership, consent.CoordinatorPhone, ""} {
		if p.Covers(purpose) {
			t.Errorf("it covers %q", purpose)
		}
	}
}
