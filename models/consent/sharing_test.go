package consent_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/store"
)

var toFile = consent.Shared{To: consent.ToFile, What: []string{"alias", "group"}, Purpose: consent.Membership}

func share(space *store.Space, now time.Time) error {
	return space.Tx(ctx, func(tx *store.Tx) error {
		sheet, err := consent.Of(ctx, tx, "mem_1")
		if err != nil {
			return err
		}
		return consent.Share(ctx, tx, sheet, toFile, now, consent.Membership)
	})
}

func lines(t *testing.T, space *store.Space) []*consent.Sharing {
	t.Helper()
	all, err := consent.SharingsOf(ctx, space, "mem_1")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEachSharingIsOneLineADayOnAYesThatHolds(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		if _, err := begin(space, "mem_1", consent.BySelf, given(consent.Membership)); err != nil {
			t.Fatal(err)
		}
		for _, day := range []int{0, 0, 1} {
			if err := share(space, start.AddDate(0, 0, day)); err != nil {
				t.Fatal(err)
			}
		}
		all := lines(t, space)
		if len(all) != 2 || !all[1].Day.Before(all[0].Day) || all[0].To != consent.ToFile || all[0].Purpose != consent.Membership || len(all[0].What) != 2 {
			t.Fatalf("%+v", all)
		}
		if err := withdraw(space, sheetOf(t, space).Consents[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := share(space, start.AddDate(0, 0, 2)); !errors.Is(err, consent.ErrNone) || len(lines(t, space)) != 2 {
			t.Errorf("after the withdrawal: %v", err)
		}
	})
}

// Whatever meets: a sharing that began after the withdrawal was acknowledged
// fails, and there is a line if and only if one was done.
func TestNothingIsSharedAfterAWithdrawalWasAcknowledged(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		if _, err := begin(space, "mem_1", consent.BySelf, given(consent.Membership)); err != nil {
			t.Fatal(err)
		}
		id := sheetOf(t, space).Consents[0].ID
		var withdrawn, shared atomic.Bool
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				if i == 20 {
					if err := withdraw(space, id); err != nil {
						t.Error(err)
					}
					withdrawn.Store(true)
					return
				}
				before := withdrawn.Load()
				err := share(space, start)
				if err == nil {
					shared.Store(true)
				}
				if err == nil && before {
					t.Error("shared after the withdrawal was acknowledged")
				}
				if err != nil && !errors.Is(err, consent.ErrNone) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if (len(lines(t, space)) == 1) != shared.Load() {
			t.Errorf("%d lines, shared is %v", len(lines(t, space)), shared.Load())
		}
	})
}

func TestWhatWentOutGoesWithHer(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		if _, err := begin(space, "mem_1", consent.BySelf, given(consent.Membership)); err != nil {
			t.Fatal(err)
		}
		for day := range 3 {
			if err := share(space, start.AddDate(0, 0, day)); err != nil {
				t.Fatal(err)
			}
		}
		she := access.Actor{Org: "org_a", Person: "mem_1"}
		for left := true; left; {
			if err := space.Tx(ctx, func(tx *store.Tx) error {
				n, err := consent.Kept{}.Erase(ctx, tx, she, 2)
				left = n > 0
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		if len(lines(t, space)) != 0 {
			t.Error("lines stay")
		}
		if _, err := consent.Of(ctx, space, "mem_1"); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("the sheet stays: %v", err)
		}
	})
}
