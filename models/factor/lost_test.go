package factor_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/factor"
	"chautari/models/store"
)

var errRenewed = account.ErrRenewed

func TestSheTakesAwayWhatIsKeptOfHerFactorsAndHasItErased(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		a, phone := o.enrolApp(t, o.words(t, o.admit(t, access.Coordinator)))
		key, err := o.Keys.Of(ctx, o.org, a.Person)
		must(t, err)
		hers, err := o.factors.Hers(ctx, o.Store.Org(o.org), key, a)
		must(t, err)
		text, err := json.Marshal(hers)
		if err != nil || !strings.Contains(string(text), "Office phone") || strings.Contains(string(text), phone.app) {
			t.Errorf("%s (%v)", text, err)
		}
		o.WantsNowhere(phone.app)
		o.WantsNowhere("Office phone")
		must(t, o.Store.Org(o.org).Tx(ctx, func(tx *store.Tx) error {
			for {
				n, err := o.factors.Erase(ctx, tx, a, store.MaxLimit)
				if err != nil || n == 0 {
					return err
				}
			}
		}))
		if hers, err := o.factors.Hers(ctx, o.Store.Org(o.org), key, a); err != nil || hers != nil {
			t.Errorf("erased, there is %v (%v)", hers, err)
		}
	})
}

// What was taken away doesn't come back with an older copy of the data.
func TestWhatWasTakenAwayStaysSoWhenOlderDataComesBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Board)
		a, phone := o.enrolApp(t, o.words(t, handle))
		a, _ = o.enrolPasskey(t, a)
		codes, err := o.factors.Print(ctx, a, noKey)
		must(t, err)
		back, err := factor.Older(ctx, o.Store.Org(o.org), a.Account)
		must(t, err)
		items, _, err := o.factors.List(ctx, a)
		must(t, err)
		must(t, o.factors.Remove(ctx, a, noKey, items[1].ID)) // the app
		_, _, err = o.factors.GivePaper(ctx, o.words(t, handle), host, codes[0])
		must(t, err)
		_, err = o.Keys.KeepRetracted(ctx, o.Store.Org(o.org), store.MaxLimit)
		must(t, err)
		must(t, o.Store.Org(o.org).Tx(ctx, back))
		if people, err := o.factors.Replay(ctx, o.org); err != nil || people != 1 {
			t.Fatalf("%d people (%v)", people, err)
		}
		if people, err := o.factors.Replay(ctx, o.org); err != nil || people != 0 {
			t.Errorf("done again: %d people (%v)", people, err)
		}
		o.Clock.Advance(time.Minute)
		if err := giveOnce(o, t, handle, o.digits(t, phone.app, 0)); !wrong(err) {
			t.Errorf("an app that was removed: %v", err)
		}
		if _, _, err := o.factors.GivePaper(ctx, o.words(t, handle), host, codes[0]); !wrong(err) {
			t.Errorf("a code that was used: %v", err)
		}
		_, _, err = o.factors.GivePaper(ctx, o.words(t, handle), host, codes[1])
		must(t, err)
	})
}

func TestWhoLostAllEnrolsAnewAndTheTrailSaysSo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Deputy)
		a, phone := o.enrolApp(t, o.words(t, handle))
		for range 2 { // once more is no fault
			must(t, o.Store.Org(o.org).Tx(ctx, func(tx *store.Tx) error {
				return factor.Lost(ctx, tx, audit.Log{Clock: o.Clock}, access.HostIn(o.org), a.Account)
			}))
		}
		again := o.words(t, handle)
		o.wantsNeeds(t, again, factor.Enrol, account.Passkey, account.TOTP)
		o.Clock.Advance(time.Minute)
		if err := giveOnce(o, t, handle, o.digits(t, phone.app, 0)); !wrong(err) {
			t.Errorf("what was lost: %v", err)
		}
		noted := 0
		must(t, audit.Entries.Each(ctx, o.Store.Org(o.org), store.Query{Index: "subject", Equal: []any{a.Person}}, func(e *audit.Entry) error {
			if e.Action == access.ManageFactors && e.Account == "" {
				noted++
			}
			return nil
		}))
		if noted != 1 {
			t.Errorf("%d entries by the host", noted)
		}
	})
}

func TestCeremoniesThatAreOverGo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		a := o.words(t, o.admit(t, access.Board))
		_, err := o.factors.BeginApp(ctx, a)
		must(t, err)
		sweep := func() (n int) {
			must(t, o.Store.Org(o.org).Tx(ctx, func(tx *store.Tx) (err error) {
				n, err = factor.ForgetCeremonies(ctx, tx, o.Clock.Now(), 100)
				return err
			}))
			return n
		}
		if n := sweep(); n != 0 {
			t.Errorf("%d went too early", n)
		}
		o.Clock.Advance(5*time.Minute + time.Millisecond)
		if n := sweep(); n != 1 {
			t.Errorf("%d went", n)
		}
	})
}
