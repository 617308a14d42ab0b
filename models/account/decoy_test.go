package account_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

const secondPhrase = "badal kitab dhunga ghoda phulbari"

// pair is somebody with both passphrases, on a stage.
type pair struct {
	*stage.Stage
	t      *testing.T
	handle string
	her    access.Actor // in the organisation's own space
}

func eachPair(t *testing.T, fn func(t *testing.T, p *pair)) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) { fn(t, newPair(t, s)) })
}

func newPair(t *testing.T, s *stage.Stage) *pair {
	t.Helper()
	group := s.First
	r, err := s.Members.Register(context.Background(), access.AnonymousIn(s.Org), once.Key{}, member.Registration{
		Alias: "Junkiri", Group: &group, Language: "ne", Passphrase: stage.Phrase, SecondPassphrase: secondPhrase,
		Consents: stage.Yes(consent.Membership),
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &pair{Stage: s, t: t, handle: r.Handle.Reveal()}
	p.her = p.as(stage.Phrase)
	return p
}

func (p *pair) token(phrase string) (string, error) {
	token, _, err := p.Accounts.SignIn(context.Background(), p.Org, "localhost", p.handle, phrase)
	return token, err
}

func (p *pair) as(phrase string) access.Actor {
	p.t.Helper()
	token, err := p.token(phrase)
	if err != nil {
		p.t.Fatal(err)
	}
	a, err := p.Accounts.Authenticate(context.Background(), p.Org, "localhost", token)
	if err != nil {
		p.t.Fatal(err)
	}
	return a
}

func (p *pair) slots(account_ string) (salt, first, second []byte) {
	p.t.Helper()
	salt, first, second, err := account.Slots(context.Background(), p.Store.Org(p.Org), account_)
	if err != nil {
		p.t.Fatal(err)
	}
	return salt, first, second
}

func TestTheSecondPassphraseLeadsToTheTwinAndTheFirstToHerself(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		twin := p.as(secondPhrase)
		if p.her.Org != p.Org || twin.Org != organisation.Decoy(p.Org) {
			t.Fatalf("the first led to %s, the second to %s", p.her.Org, twin.Org)
		}
		if p.her.Account != twin.Account || p.her.Person != twin.Person || !slices.Equal(p.her.Roles, twin.Roles) {
			t.Errorf("the twin is %v, she is %v", twin, p.her)
		}
		if _, err := p.token(secondPhrase + " ghar"); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("other words: %v", err)
		}
	})
}

func TestTheTokenTellsNothingOfWhichPassphraseItWas(t *testing.T) {
	p := newPair(t, stage.New(t))
	shape := func(phrase string) (claims map[string]any, token string) {
		token, err := p.token(phrase)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
		if err != nil || json.Unmarshal(raw, &claims) != nil {
			t.Fatal(err)
		}
		return claims, token
	}
	real, one := shape(stage.Phrase)
	decoy, two := shape(secondPhrase)
	if len(one) != len(two) {
		t.Errorf("tokens of %d and %d bytes", len(one), len(two))
	}
	names := slices.Sorted(maps.Keys(real))
	if want := []string{"aud", "exp", "jti", "sub"}; !slices.Equal(names, want) || !slices.Equal(slices.Sorted(maps.Keys(decoy)), want) {
		t.Errorf("claims %v and %v", names, decoy)
	}
	for name, value := range real {
		if a, _ := json.Marshal(value); name != "jti" {
			if b, _ := json.Marshal(decoy[name]); !bytes.Equal(a, b) {
				t.Errorf("%s is %s and %s", name, a, b)
			}
		}
	}
	if p.Accounts.SlotOf("localhost", one) != 0 || p.Accounts.SlotOf("localhost", two) != 1 {
		t.Error("the server can't tell them apart either")
	}
}

func TestBothPassphrasesAskTheSameOfTheStore(t *testing.T) {
	c := clock.At(stage.Start)
	counted := storetest.Counting(storetest.SQLite(t, stage.Specs()...))
	p := newPair(t, stage.On(t, store.New(counted, c), c))
	ctx := context.Background()
	must(t, p.Accounts.SignOutEverywhere(ctx, p.her)) // so that she is signed in once in each
	asks := func(phrase string) (calls []string) {
		counted.Asked()
		token, err := p.token(phrase)
		if err != nil {
			t.Fatal(err)
		}
		a, err := p.Accounts.Authenticate(ctx, p.Org, "localhost", token)
		if err == nil {
			_, err = p.Accounts.Who(ctx, a)
		}
		if err == nil {
			_, err = p.Accounts.ChangePassphrase(ctx, a, once.Key{Value: "0123456789abcdef"}, "localhost", phrase+" khola")
		}
		if err != nil {
			t.Fatal(err)
		}
		calls, _ = counted.Asked()
		return calls
	}
	first, second := asks(stage.Phrase), asks(secondPhrase)
	if len(first) < 10 || !slices.Equal(first, second) {
		t.Errorf("the first asks\n%s\nthe second\n%s", strings.Join(first, "\n"), strings.Join(second, "\n"))
	}
}

// Requirement 24: what is asked of the store doesn't tell whether a name is
// somebody's, nor what was wrong.
func TestARefusedSignInAsksTheSameWhoeverIsTried(t *testing.T) {
	c := clock.At(stage.Start)
	counted := storetest.Counting(storetest.SQLite(t, stage.Specs()...))
	p := newPair(t, stage.On(t, store.New(counted, c), c))
	var first []string
	for _, try := range [][2]string{
		{p.handle, "nadi tokari saat makai dhoka"}, {"river-lamp-seven", stage.Phrase}, {"", ""}, {"::", secondPhrase},
	} {
		counted.Asked()
		_, _, err := p.Accounts.SignIn(context.Background(), p.Org, "localhost", try[0], try[1])
		if f, ok := fault.As(err); !ok || f.Code != "session.refused" {
			t.Fatalf("%q: %v", try[0], err)
		}
		asked, _ := counted.Asked()
		if first == nil {
			first = asked
		}
		if len(asked) == 0 || !slices.Equal(asked, first) {
			t.Errorf("%q asks\n%s\nthe first\n%s", try[0], strings.Join(asked, "\n"), strings.Join(first, "\n"))
		}
	}
}

func TestEveryAccountHasBothSlotsAndATwinFromItsBirth(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		waiting := p.Person(access.Trainer, p.First, "Maina")
		one := p.Register("Asha", p.Second)
		space := p.Store.Org(organisation.Decoy(p.Org))
		seen := map[string]bool{}
		for _, a := range []access.Actor{p.her, waiting, one, p.Coordinator} {
			salt, first, second := p.slots(a.Account)
			if len(salt) != 16 || len(first) != 32 || len(second) != 32 {
				t.Errorf("slots of %d, %d and %d bytes", len(salt), len(first), len(second))
			}
			for _, bytes := range [][]byte{salt, first, second} {
				if seen[string(bytes)] {
					t.Error("what should be random stands twice")
				}
				seen[string(bytes)] = true
			}
			twin, err := account.Get(context.Background(), space, a.Account)
			if err != nil || twin.Person != a.Person || len(twin.Roles) != 1 || len(twin.Groups) > 0 {
				t.Errorf("a twin %v (%v)", twin, err)
			}
			if _, _, _, err := account.Slots(context.Background(), space, a.Account); !errors.Is(err, store.ErrAbsent) {
				t.Error("the decoy tenant holds what opens an account")
			}
		}
	})
}

func TestWhatLeadsElsewhereProvesNothingHere(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx := context.Background()
		twin := p.as(secondPhrase)
		for _, c := range []struct {
			as     access.Actor
			phrase string
			proves bool
		}{{p.her, secondPhrase, false}, {twin, stage.Phrase, false}, {p.her, stage.Phrase, true}, {twin, secondPhrase, true}} {
			_, _, err := p.Accounts.Prove(ctx, c.as, "localhost", c.phrase, nil)
			if (err == nil) != c.proves {
				t.Errorf("in %s: %v", c.as.Org, err)
			}
		}
	})
}

func TestAnotherPassphraseReplacesItsOwnSlotAlone(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx := context.Background()
		salt, first, second := p.slots(p.her.Account)
		if _, err := p.Accounts.ChangePassphrase(ctx, p.as(secondPhrase), once.Key{}, "localhost", "hatti sirani chulo pahad sagar"); err != nil {
			t.Fatal(err)
		}
		sameSalt, sameFirst, newSecond := p.slots(p.her.Account)
		if !bytes.Equal(salt, sameSalt) || !bytes.Equal(first, sameFirst) || bytes.Equal(second, newSecond) {
			t.Error("more than the second slot was changed, or not that one")
		}
		if _, err := p.token(secondPhrase); err == nil {
			t.Error("the old second one still opens something")
		}
		if a := p.as("hatti sirani chulo pahad sagar"); !organisation.IsDecoy(a.Org) {
			t.Error("the new second one leads to her")
		}
		if a := p.as(stage.Phrase); a.Org != p.Org {
			t.Error("the first one leads elsewhere now")
		}
		// The words of the first in the second slot: they lead to her, as before.
		if _, err := p.Accounts.ChangePassphrase(ctx, p.as("hatti sirani chulo pahad sagar"), once.Key{}, "localhost", stage.Phrase); err != nil {
			t.Fatal(err)
		}
		if a := p.as(stage.Phrase); a.Org != p.Org {
			t.Error("in the decoy she was shut out of what is hers")
		}
	})
}

func TestTwoSecondPassphrasesAreRefusedForTheSameReasons(t *testing.T) {
	for second, code := range map[string]string{
		stage.Phrase: "passphrase.same", strings.ToUpper(stage.Phrase): "", "  " + stage.Phrase + " ": "passphrase.same",
		"short": "passphrase.too_short",
	} {
		faults := account.Chosen{Passphrase: stage.Phrase, Second: second}.Check(account.MinOwn)
		if code == "" {
			if len(faults) != 0 {
				t.Errorf("%q: %v", second, faults)
			}
			continue
		}
		if len(faults) != 1 || faults[0].Field != "secondPassphrase" || faults[0].Code != code {
			t.Errorf("%q: %v", second, faults)
		}
	}
}

func TestClosingAndOpeningReachTheTwinAndNothingComesBack(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx := context.Background()
		focal := p.Person(access.FocalPoint, p.Root, "Sarita")
		twin := p.as(secondPhrase)
		if err := p.Accounts.Close(ctx, focal, once.Key{}, account.Closing{Handle: p.handle, Reason: "She left."}); err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{stage.Phrase, secondPhrase} {
			if _, err := p.token(words); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("closed: %v", err)
			}
		}
		if _, err := p.Accounts.Who(ctx, twin); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the twin's sign-in goes on: %v", err)
		}
		must(t, p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error {
			a, err := account.Get(ctx, tx, p.her.Account)
			if err != nil {
				return err
			}
			return account.Reopen(ctx, tx, a)
		}))
		p.as(stage.Phrase)
		p.as(secondPhrase)
		// The other way: a twin that is closed or erased closes nobody.
		decoy := organisation.Decoy(p.Org)
		twin = p.as(secondPhrase)
		must(t, p.Store.Org(decoy).Tx(ctx, func(tx *store.Tx) error { return p.Accounts.Leave(ctx, tx, twin) }))
		p.as(stage.Phrase)
		must(t, p.Store.Org(decoy).Tx(ctx, func(tx *store.Tx) error {
			for {
				if n, err := p.Accounts.Erase(ctx, tx, access.Actor{Org: decoy, Account: p.her.Account, Person: p.her.Person}, 50); n == 0 || err != nil {
					return err
				}
			}
		}))
		p.as(stage.Phrase)
		if _, err := p.token(secondPhrase); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the erased twin: %v", err)
		}
	})
}

func TestASignInThatRacesWithClosingEndsWithIt(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx := context.Background()
		focal := p.Person(access.FocalPoint, p.Root, "Sarita")
		var together sync.WaitGroup
		tokens := make([]string, 6)
		for i := range tokens {
			together.Go(func() { tokens[i], _ = p.token([]string{stage.Phrase, secondPhrase}[i%2]) })
		}
		together.Go(func() {
			if err := p.Accounts.Close(ctx, focal, once.Key{}, account.Closing{Handle: p.handle, Reason: "Race."}); err != nil {
				t.Error(err)
			}
		})
		together.Wait()
		for _, token := range tokens {
			if a, err := p.Accounts.Authenticate(ctx, p.Org, "localhost", token); !errors.Is(err, account.ErrAbsent) {
				t.Errorf("signed in to %s after the closing: %v", a.Org, err)
			}
		}
	})
}

func TestWordsSetFromOutsideEndEverySignIn(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx := context.Background()
		one, err := p.token(stage.Phrase)
		must(t, err)
		two, err := p.token(secondPhrase)
		must(t, err)
		set := func(chosen account.Chosen) {
			t.Helper()
			given, err := p.Accounts.DrawFor(ctx, p.Org, p.her.Account)
			must(t, err)
			must(t, p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error {
				return account.Hand(ctx, tx, given, "ask_invented", p.Clock.Now().Add(time.Minute))
			}))
			back, err := p.Accounts.Bring(ctx, p.Org, p.handle, given.Code.Reveal())
			must(t, err)
			fresh, err := p.Accounts.Freshen(ctx, p.Org, back, chosen)
			must(t, err)
			must(t, p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error {
				return p.Accounts.LetBack(ctx, tx, back, fresh, time.Time{}, func(context.Context, *store.Tx) error { return nil })
			}))
		}
		set(account.Chosen{Passphrase: "hatti sirani chulo pahad sagar"})
		for _, token := range []string{one, two} {
			if _, err := p.Accounts.Authenticate(ctx, p.Org, "localhost", token); !errors.Is(err, account.ErrAbsent) {
				t.Errorf("a sign-in goes on: %v", err)
			}
		}
		if _, err := p.token(stage.Phrase); err == nil {
			t.Error("the old words still open")
		}
		p.as(secondPhrase) // left as it was
		set(account.Chosen{Passphrase: "hatti sirani chulo pahad sagar", Second: "dhoka aangan kuwa simal batase"})
		if a := p.as("dhoka aangan kuwa simal batase"); !organisation.IsDecoy(a.Org) {
			t.Error("the second one leads to her")
		}
		if a := p.as("hatti sirani chulo pahad sagar"); a.Org != p.Org {
			t.Error("the first one leads elsewhere")
		}
	})
}

func TestAnAccountFromBeforeHasItsPassphraseMovedAndGetsBothSlots(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx := context.Background()
		age := func() {
			t.Helper()
			must(t, p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error {
				return account.Age(ctx, tx, p.her.Account, organisation.Decoy(p.Org))
			}))
		}
		age()
		without, err := account.WithoutTwin(ctx, p.Store, p.Org)
		if err != nil || !slices.Equal(without, []string{p.her.Account}) {
			t.Fatalf("without a twin are %v (%v)", without, err)
		}
		for range 2 {
			if _, err := p.Accounts.Upgrade(ctx, p.Org); err != nil {
				t.Fatal(err)
			}
		}
		p.as(stage.Phrase)
		if _, first, second := p.slots(p.her.Account); len(first) != 32 || len(second) != 32 {
			t.Error("a slot is missing")
		}
		if _, err := p.token(secondPhrase); err == nil {
			t.Error("a second passphrase that an old store never had")
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
