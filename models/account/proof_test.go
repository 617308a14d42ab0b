package account_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/store"
)

const anotherPhrase = "lamp river nine barley door"

// prove gives the passphrase once more in the sign-in of a token.
func (o *office) prove(token, passphrase string) (string, error) {
	o.t.Helper()
	a, err := o.who(token)
	if err != nil {
		o.t.Fatal(err)
	}
	next, _, err := o.accounts.Prove(context.Background(), a, "localhost", passphrase, nil)
	return next, err
}

func (o *office) fresh(token string) bool {
	o.t.Helper()
	a, err := o.who(token)
	if err != nil {
		o.t.Fatal(err)
	}
	return a.Fresh
}

func (o *office) wantsRenewed(token string) {
	o.t.Helper()
	if a, err := o.who(token); !errors.Is(err, account.ErrRenewed) || a.Account != "" || len(a.Roles) != 0 {
		o.t.Errorf("the value before acts as %+v (%v)", a, err)
	}
}

// Requirement 31.
func TestAProofLastsTenMinutesAndNotAMomentLonger(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		token := o.mustSignIn()
		o.clock.Advance(9 * time.Minute)
		if !o.fresh(token) {
			t.Error("stale after nine minutes")
		}
		o.clock.Advance(time.Minute - time.Millisecond)
		if !o.fresh(token) {
			t.Error("stale before ten minutes are over")
		}
		o.clock.Advance(time.Millisecond)
		if o.fresh(token) {
			t.Error("still fresh after ten minutes")
		}
		next, err := o.prove(token, phrase)
		if err != nil || !o.fresh(next) {
			t.Errorf("a proof doesn't prove: %v", err)
		}
		// Looking about doesn't keep it fresh.
		for range 5 {
			o.clock.Advance(2 * time.Minute)
			_, _ = o.who(next)
		}
		if o.fresh(next) {
			t.Error("being here keeps a proof fresh")
		}
	})
}

func TestAProofLastsAsLongAsTheOrganisationChose(t *testing.T) {
	eachAdministrator(t, func(t *testing.T, o *office) {
		o.choose("proofLasts", 1)
		o.clock.Advance(time.Second)
		token := o.mustSignIn()
		o.clock.Advance(59 * time.Second)
		if !o.fresh(token) {
			t.Error("stale within the minute")
		}
		o.clock.Advance(time.Second)
		if o.fresh(token) {
			t.Error("fresh after the minute")
		}
	})
}

func TestAClockThatIsSetBackMakesNoProofFresh(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		token := o.mustSignIn()
		o.clock.Set(start.Add(-30 * time.Second)) // as far as instances may differ
		if !o.fresh(token) {
			t.Error("half a minute between two instances makes a proof stale")
		}
		o.clock.Set(start.Add(-time.Hour))
		o.wantsNobody(token, "the clock was set back")
	})
}

func TestNobodyInTheBackgroundHasAProof(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.mustSignIn()
		a, err := o.accounts.ActorOf(context.Background(), o.org, o.account)
		if err != nil || a.Fresh {
			t.Errorf("%+v (%v)", a, err)
		}
	})
}

// Requirement 28.
func TestAProofGivesTheSignInANewValueAndTheOneBeforeIsDead(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		token := o.mustSignIn()
		before, err := o.who(token)
		if err != nil {
			t.Fatal(err)
		}
		next, err := o.prove(token, phrase)
		if err != nil || next == token {
			t.Fatalf("the same value goes on (%v)", err)
		}
		if a, err := o.who(next); err != nil || a.Account != o.account {
			t.Fatalf("the new value is %v's (%v)", a.Account, err)
		}
		o.wantsRenewed(token)
		// Whoever kept the one before can neither prove nor sign out with it.
		if _, _, err := o.accounts.Prove(context.Background(), before, "localhost", phrase, nil); !errors.Is(err, account.ErrRenewed) {
			t.Errorf("it proves once more: %v", err)
		}
		if _, err := o.accounts.ChangePassphrase(context.Background(), before, once.Key{}, "localhost", anotherPhrase); !errors.Is(err, account.ErrRenewed) {
			t.Errorf("it changes the passphrase: %v", err)
		}
		o.clock.Advance(30 * time.Second)
		if _, err := o.who(token); !errors.Is(err, account.ErrAbsent) {
			t.Errorf("half a minute later it is told more than that it is dead: %v", err)
		}
		if _, err := o.who(next); err != nil {
			t.Errorf("the new value died too: %v", err)
		}
	})
}

func TestProofsDontMakeASignInLastLonger(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		token := o.mustSignIn()
		for range 12*60/9 - 1 {
			o.clock.Advance(9 * time.Minute)
			next, err := o.prove(token, phrase)
			if err != nil {
				t.Fatal(err)
			}
			token = next
		}
		o.clock.Advance(9 * time.Minute)
		o.wantsNobody(token, "twelve hours after she came in")
	})
}

func TestWrongWordsEndNothingProveNothingAndAreSlowedDownAsAtSignIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		token := o.mustSignIn()
		o.clock.Advance(9*time.Minute + 59*time.Second)
		if _, err := o.who(token); err != nil {
			t.Fatal(err)
		}
		o.clock.Advance(time.Second)
		slowed := 0
		for range 20 {
			next, err := o.prove(token, "a wrong phrase altogether")
			e, ok := fault.As(err)
			switch {
			case next != "" || !ok:
				t.Fatalf("got %q, %v", next, err)
			case e.Kind == fault.TooMany:
				slowed++
			case e.Code != "session.proof_wrong" || e.Kind != fault.Unauthenticated || len(e.Fields) != 0:
				t.Fatalf("got %v", err)
			}
		}
		if slowed < 14 {
			t.Errorf("%d of 20 guesses were slowed down", slowed)
		}
		if o.fresh(token) {
			t.Error("wrong words are a proof")
		}
		if _, err := o.signIn(o.handle, phrase); !fault.Is(err, fault.TooMany) {
			t.Errorf("guesses at one door don't count at the other: %v", err)
		}
		o.clock.Advance(time.Minute)
		if _, err := o.prove(token, phrase); err != nil {
			t.Errorf("after a minute she is still kept out: %v", err)
		}
	})
}

// A double tap, or a page that asks twice.
func TestTwoProofsAtOnceLeaveOneLivingSignIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := context.Background()
		token := o.mustSignIn()
		a, err := o.who(token)
		if err != nil {
			t.Fatal(err)
		}
		var together sync.WaitGroup
		made, faults := make([]string, 4), make([]error, 4)
		for i := range made {
			together.Go(func() { made[i], _, faults[i] = o.accounts.Prove(ctx, a, "localhost", phrase, nil) })
		}
		together.Wait()
		living := 0
		for i, next := range made {
			switch {
			case next != "":
				if _, err := o.who(next); err != nil {
					t.Errorf("she was given a dead value: %v", err)
				}
				living++
			case !errors.Is(faults[i], account.ErrRenewed):
				t.Errorf("the other is told %v", faults[i])
			}
		}
		if living != 1 {
			t.Errorf("%d sign-ins live", living)
		}
		o.wantsRenewed(token)
		if n := o.end(); n != 2 { // the living one, and that another took its place
			t.Errorf("%d documents stand", n)
		}
	})
}

func TestAProofInASignInThatEndedMeanwhileBringsNoneBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := context.Background()
		a, err := o.who(o.mustSignIn())
		if err != nil {
			t.Fatal(err)
		}
		if err := o.accounts.SignOut(ctx, a); err != nil {
			t.Fatal(err)
		}
		if _, _, err := o.accounts.Prove(ctx, a, "localhost", phrase, nil); !errors.Is(err, account.ErrAbsent) {
			t.Errorf("got %v", err)
		}
		if n := o.end(); n != 0 {
			t.Errorf("%d sign-ins stand", n)
		}
	})
}

// AUT-01: no token works after signing out, or after the passphrase was changed.
// Two clients of hers in parallel.
func TestNoTokenWorksAfterSigningOutOrAnotherPassphrase(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := context.Background()
		phone, office := o.mustSignIn(), o.mustSignIn()
		proven, err := o.prove(phone, phrase)
		if err != nil {
			t.Fatal(err)
		}
		a, err := o.who(proven)
		if err != nil {
			t.Fatal(err)
		}
		next, err := o.accounts.ChangePassphrase(ctx, a, once.Key{}, "localhost", anotherPhrase)
		if err != nil {
			t.Fatal(err)
		}
		o.wantsNobody(office, "the other client, at its next request")
		o.wantsNobody(proven, "the value she changed it with")
		o.wantsNobody(phone, "the value before that")
		she, err := o.who(next)
		if err != nil || she.Account != o.account {
			t.Fatalf("she was thrown out of her own sign-in: %v", err)
		}
		if _, err := o.signIn(o.handle, phrase); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the old words open it: %v", err)
		}
		again, err := o.signIn(o.handle, anotherPhrase)
		if err != nil {
			t.Fatalf("the new ones don't: %v", err)
		}
		if err := o.accounts.SignOut(ctx, she); err != nil {
			t.Fatal(err)
		}
		o.wantsNobody(next, "after signing out")
		b, err := o.who(again)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.accounts.SignOutEverywhere(ctx, b); err != nil {
			t.Fatal(err)
		}
		o.wantsNobody(again, "after signing out everywhere")
	})
}

func TestAnotherPassphraseTakesAFreshProofAndGoodWords(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := context.Background()
		a, err := o.who(o.mustSignIn())
		if err != nil {
			t.Fatal(err)
		}
		stale := a
		stale.Fresh = false
		if _, err := o.accounts.ChangePassphrase(ctx, stale, once.Key{}, "localhost", anotherPhrase); !errors.Is(err, access.Unproved) {
			t.Errorf("without a proof: %v", err)
		}
		for typed, code := range map[string]string{
			"short": "passphrase.too_short",
			strings.Repeat("नदी टोकरी ", 40): "passphrase.too_long",
			o.handle:                  "passphrase.too_common",
			"Junkiri Junkiri Junkiri": "passphrase.too_common",
		} {
			_, err := o.accounts.ChangePassphrase(ctx, a, once.Key{}, "localhost", typed, o.handle, "Junkiri")
			if e, ok := fault.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Field != "passphrase" || e.Fields[0].Code != code {
				t.Errorf("%q: %v, want %s", typed, err, code)
			}
		}
		if _, err := o.signIn(o.handle, phrase); err != nil {
			t.Errorf("a refused change changed it: %v", err)
		}
		if len(o.trail(access.ChangePassphrase)) != 0 {
			t.Error("a change that was refused stands in the trail")
		}
	})
}

func TestAPassphraseThatIsSentTwiceIsChangedOnceAndStandsNowhere(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := context.Background()
		a, err := o.who(o.mustSignIn())
		if err != nil {
			t.Fatal(err)
		}
		k := once.Key{Value: "a-key-of-the-page", Digest: "digest"}
		next, err := o.accounts.ChangePassphrase(ctx, a, k, "localhost", anotherPhrase)
		if err != nil {
			t.Fatal(err)
		}
		b, err := o.who(next)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := o.accounts.ChangePassphrase(ctx, b, k, "localhost", anotherPhrase); err != nil || again != "" {
			t.Errorf("sent again: %q (%v)", again, err)
		}
		if _, err := o.who(next); err != nil {
			t.Errorf("sent again it ended her sign-in: %v", err)
		}
		trail := o.trail(access.ChangePassphrase)
		if len(trail) != 1 || !slices.Equal(trail[0].Fields, []string{"passphrase"}) || !slices.Equal(trail[0].Subjects, []string{"mem_1"}) {
			t.Errorf("the trail says %+v", trail)
		}
		o.wantsNowhere(anotherPhrase, phrase, next, o.handle)
	})
}

func TestAPassphraseChangedTwiceAtOnceIsOneOfBothAndLeavesOneSignIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := context.Background()
		a, err := o.who(o.mustSignIn())
		if err != nil {
			t.Fatal(err)
		}
		words := []string{anotherPhrase, "basket maize window seven river"}
		made := make([]string, len(words))
		var together sync.WaitGroup
		for i := range words {
			together.Go(func() { made[i], _ = o.accounts.ChangePassphrase(ctx, a, once.Key{}, "localhost", words[i]) })
		}
		together.Wait()
		living := 0
		for i, next := range made {
			if next == "" {
				continue
			}
			if _, err := o.who(next); err == nil {
				living++
				if _, err := o.signIn(o.handle, words[i]); err != nil {
					t.Errorf("the words that were taken don't open it: %v", err)
				}
			}
		}
		if living != 1 {
			t.Errorf("%d sign-ins live", living)
		}
	})
}

// end ends all sign-ins and says how many documents there were.
func (o *office) end() (n int) {
	o.t.Helper()
	err := o.store.Org(o.org).Tx(context.Background(), func(tx *store.Tx) (err error) {
		n, err = account.EndSessions(context.Background(), tx, 100)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}

func (o *office) trail(act access.Action) (found []*audit.Entry) {
	o.t.Helper()
	err := audit.Entries.Each(context.Background(), o.store.Org(o.org), store.Query{Index: store.ChangedIndex}, func(e *audit.Entry) error {
		if e.Action == act {
			found = append(found, e)
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return found
}

// wantsNowhere fails when any of these stands in the store in clear.
func (o *office) wantsNowhere(secrets ...string) {
	o.t.Helper()
	err := o.store.Engine().Snapshot(context.Background(), func(r store.Reader) error {
		for _, spec := range specs() {
			page, err := r.Find(context.Background(), spec, o.org, store.Query{Index: store.ChangedIndex, Limit: 100})
			if err != nil {
				return err
			}
			for _, rec := range page.Records {
				for _, s := range secrets {
					if strings.Contains(string(rec.Body), s) {
						o.t.Errorf("%s holds a secret in clear", spec.Name)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
}
