package factor_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/factor"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/store"
)

var noKey once.Key

// Requirement 23: digits are taken within a step of their time, and once.
func TestSixDigitsWorkOnceAndNearTheirTime(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Trainer)
		_, phone := o.enrolApp(t, o.words(t, handle))
		give := func(code string) error {
			_, _, err := o.factors.GiveApp(ctx, o.words(t, handle), host, code)
			return err
		}
		if err := give(o.digits(t, phone.app, 0)); !wrong(err) {
			t.Errorf("those that confirmed it, once more: %v", err)
		}
		o.Clock.Advance(time.Minute)
		early, now, late := o.digits(t, phone.app, 30*time.Second), o.digits(t, phone.app, 0), o.digits(t, phone.app, -30*time.Second)
		for _, far := range []time.Duration{61 * time.Second, -61 * time.Second, time.Hour} {
			if err := give(o.digits(t, phone.app, far)); !wrong(err) {
				t.Errorf("%v from their time: %v", far, err)
			}
		}
		nepali := strings.NewReplacer("0", "०", "1", "१", "2", "२", "3", "३", "4", "४", "5", "५", "6", "६", "7", "७", "8", "८", "9", "९")
		must(t, give(" "+nepali.Replace(now[:3])+" "+now[3:]))
		for what, used := range map[string]string{"the same": now, "those before": early} {
			if err := give(used); !wrong(err) {
				t.Errorf("%s: %v", what, err)
			}
		}
		o.Clock.Advance(2 * time.Minute) // what was counted as wrong has to wait
		if err := give(late); !wrong(err) {
			t.Errorf("too late: %v", err)
		}
		for _, none := range []string{"", "12345", "1234567", "१२३", "abcdef", "-12345", "+12345"} {
			o.Clock.Advance(2 * time.Minute)
			if err := give(none); !wrong(err) {
				t.Errorf("%q: %v", none, err)
			}
		}
		o.Clock.Advance(2 * time.Minute)
		must(t, give(o.digits(t, phone.app, 0)))
	})
}

// at runs something many times at once and counts how often it went well.
func at(t *testing.T, many int, do func(i int) error) (well int) {
	t.Helper()
	errs := make([]error, many)
	var wait sync.WaitGroup
	for i := range many {
		wait.Go(func() { errs[i] = do(i) })
	}
	wait.Wait()
	for _, err := range errs {
		switch {
		case err == nil:
			well++
		case !wrong(err) && !fault.Is(err, fault.TooMany):
			t.Error(err)
		}
	}
	return well
}

func TestTheSameDigitsAtOnceLetOneSignInGoOn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Trainer)
		_, phone := o.enrolApp(t, o.words(t, handle))
		o.Clock.Advance(time.Minute)
		code := o.digits(t, phone.app, 0)
		half := make([]access.Actor, 4)
		for i := range half {
			half[i] = o.words(t, handle)
		}
		if well := at(t, len(half), func(i int) error { _, _, err := o.factors.GiveApp(ctx, half[i], host, code); return err }); well != 1 {
			t.Errorf("%d went on", well)
		}
	})
}

func TestACodeOnPaperWorksOnceHoweverItIsTypedAndManyAtOnceLetOneIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Liaison)
		a, _ := o.enrolApp(t, o.words(t, handle))
		codes, err := o.factors.Print(ctx, a, noKey)
		if err != nil || len(codes) != 10 || len(slices.Compact(slices.Sorted(slices.Values(codes)))) != 10 {
			t.Fatal(codes, err)
		}
		half := make([]access.Actor, 3)
		for i := range half {
			half[i] = o.words(t, handle)
		}
		o.wantsNeeds(t, half[0], factor.Give, account.TOTP, account.Printed)
		typed := strings.ToLower(strings.ReplaceAll(codes[3], "-", " "))
		if well := at(t, len(half), func(i int) error { _, _, err := o.factors.GivePaper(ctx, half[i], host, typed); return err }); well != 1 {
			t.Errorf("%d went on", well)
		}
		if _, left, err := o.factors.List(ctx, a); err != nil || left != 9 {
			t.Errorf("%d left (%v)", left, err)
		}
		fresh, err := o.factors.Print(ctx, a, noKey)
		must(t, err)
		if _, _, err := o.factors.GivePaper(ctx, o.words(t, handle), host, codes[0]); !wrong(err) {
			t.Errorf("a code of the paper before: %v", err)
		}
		_, _, err = o.factors.GivePaper(ctx, o.words(t, handle), host, fresh[0])
		must(t, err)
		o.WantsNowhere(strings.ReplaceAll(fresh[1], "-", ""))
		o.WantsNowhere(fresh[1])
	})
}

func TestALostAnswerWithCodesIsGivenAgain(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		a, _ := o.enrolApp(t, o.words(t, o.admit(t, access.Board)))
		key := once.Key{Value: "key-of-ten-codes-abc", Digest: "d"}
		first, err := o.factors.Print(ctx, a, key)
		must(t, err)
		again, err := o.factors.Print(ctx, a, key)
		if err != nil || !slices.Equal(first, again) {
			t.Errorf("sent again: %v (%v)", again, err)
		}
		if _, err := o.factors.Print(ctx, a, noKey); err != nil {
			t.Fatal(err)
		}
		if _, err := o.factors.Print(ctx, a, key); code(err) != "factor.codes_replaced" {
			t.Errorf("after another paper: %v", err)
		}
		if _, err := o.factors.Print(ctx, o.Stale(a), noKey); !errors.Is(err, access.Unproved) {
			t.Errorf("without a fresh proof: %v", err)
		}
		if _, err := o.factors.Print(ctx, o.words(t, o.admit(t, access.Board)), noKey); !errors.Is(err, access.Refused) {
			t.Errorf("halfway in: %v", err)
		}
	})
}

// Requirements 23 and 25: what is wrong has to wait, and right words forgive nothing.
func TestGuessingAtDigitsIsSlowedDownWhateverIsRightBeside(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Deputy)
		_, phone := o.enrolApp(t, o.words(t, handle))
		taken := 0
		var half access.Actor
		for taken < 100 {
			if taken%10 == 0 {
				half = o.words(t, handle) // words are right, again and again
			}
			_, _, err := o.factors.GiveApp(ctx, half, host, "000000")
			e, _ := fault.As(err)
			switch {
			case wrong(err):
				taken++
			case fault.Is(err, fault.TooMany) && e.Retry > 0 && e.Retry <= time.Minute:
				o.Clock.Advance(e.Retry)
			default:
				t.Fatal(err)
			}
		}
		began := o.Clock.Now()
		if e, ok := fault.As(giveOnce(o, t, handle, "000000")); !ok || e.Retry < 55*time.Second {
			t.Errorf("after %d it is %+v", taken, e)
		}
		alerts := 0
		must(t, audit.Alerts.Each(ctx, o.Store.Org(o.org), store.Query{Index: "day"}, func(a *audit.Alert) error {
			if a.Kind == audit.Guesses {
				alerts++
			}
			return nil
		}))
		if alerts != 1 {
			t.Errorf("%d alerts", alerts)
		}
		o.Clock.Advance(time.Minute)
		if a := o.in(t, handle, phone); !a.Has(access.Deputy) || o.Clock.Now().Sub(began) > 2*time.Minute {
			t.Errorf("its owner is shut out: %v", a.Roles)
		}
	})
}

func giveOnce(o *office, t *testing.T, handle, code string) error {
	t.Helper()
	_, _, err := o.factors.GiveApp(ctx, o.words(t, handle), host, code)
	return err
}
