package account_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

const phrase = "नदी टोकरी सात मकै झ्याल"

var start = time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)

// office is a store with one organisation and one account in it.
type office struct {
	t        testing.TB
	clock    *clock.Fake
	accounts *account.Accounts
	orgs     *organisation.Organisations
	store    *store.Store
	org      string
	root     string
	account  string
	handle   string
}

func master(t testing.TB) *seal.Master {
	t.Helper()
	content, err := seal.NewKeyFile()
	if err != nil {
		t.Fatal(err)
	}
	m, err := seal.OpenMaster(content)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func specs() []*store.Spec {
	return slices.Concat(seal.Specs(), organisation.Specs(), account.Specs(), audit.Specs(), once.Specs())
}

func open(t testing.TB, s *store.Store, c *clock.Fake, roles ...access.Role) *office {
	t.Helper()
	ctx := context.Background()
	m := master(t)
	keys := seal.NewKeys(storetest.New(t, seal.KeySpecs(), c), m)
	o := &office{t: t, clock: c, store: s, orgs: organisation.New(s, c)}
	o.accounts = account.New(s, keys, m, o.orgs, c)
	var err error
	o.org, o.root, err = o.orgs.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	made, err := keys.Create(ctx, o.org, "mem_1")
	if err != nil {
		t.Fatal(err)
	}
	opening, err := o.accounts.Prepare(ctx, o.org, "mem_1", made[0], account.Chosen{Passphrase: phrase}, "ne", roles, o.root)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Org(o.org).Tx(ctx, func(tx *store.Tx) error { return o.accounts.Open(ctx, tx, made[0], opening) })
	if err != nil {
		t.Fatal(err)
	}
	o.account, o.handle = opening.Account.ID, opening.Handle.Reveal()
	return o
}

func each(t *testing.T, fn func(t *testing.T, o *office)) {
	c := clock.At(start)
	storetest.Each(t, specs(), c, func(t *testing.T, s *store.Store) {
		c.Set(start)
		fn(t, open(t, s, c, access.Member))
	})
}

func (o *office) signIn(handle, passphrase string) (string, error) {
	token, _, err := o.accounts.SignIn(context.Background(), o.org, "localhost", handle, passphrase)
	return token, err
}

func (o *office) mustSignIn() string {
	o.t.Helper()
	token, err := o.signIn(o.handle, phrase)
	if err != nil {
		o.t.Fatal(err)
	}
	return token
}

func (o *office) who(token string) (access.Actor, error) {
	return o.accounts.Authenticate(context.Background(), o.org, "localhost", token)
}

func (o *office) wantsNobody(token, why string) {
	o.t.Helper()
	if a, err := o.who(token); !fault.Is(err, fault.Unauthenticated) {
		o.t.Errorf("%s: still signed in as %v (%v)", why, a.Account, err)
	}
}

func TestSignInNameMayBeTypedInManyWays(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, typed := range []string{
			o.handle, strings.ToUpper(o.handle), "  " + strings.ReplaceAll(o.handle, "-", " ") + " ", strings.ReplaceAll(o.handle, "-", "\u200b - "),
		} {
			if _, err := o.signIn(typed, phrase); err != nil {
				t.Errorf("%q: %v", typed, err)
			}
		}
	})
}

func TestAWrongPassphraseAndAnUnknownNameAreRefusedAlike(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		_, wrong := o.signIn(o.handle, "another phrase altogether")
		_, unknown := o.signIn("river-lamp-seven", phrase)
		_, shapeless := o.signIn("no handle at all, but long", phrase)
		for _, err := range []error{wrong, unknown, shapeless} {
			e, ok := fault.As(err)
			if !ok || e.Kind != fault.Unauthenticated || e.Code != "session.refused" || len(e.Fields) != 0 {
				t.Errorf("got %v", err)
			}
		}
	})
}

func TestDecomposedDevanagariIsTheSamePassphrase(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		if _, err := o.signIn(o.handle, "नदी  टोकरी सात मकै झ्याल "); err != nil {
			t.Errorf("wider spaces: %v", err)
		}
		if _, err := o.signIn(o.handle, strings.ReplaceAll(phrase, "झ्या", "झ्\u200dया")); err != nil {
			t.Errorf("a joiner: %v", err)
		}
	})
}

func TestSigningOutActsOnTheNextRequest(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		first, second := o.mustSignIn(), o.mustSignIn()
		a, err := o.who(first)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.accounts.SignOut(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		o.wantsNobody(first, "after signing out")
		b, err := o.who(second)
		if err != nil {
			t.Fatalf("the other sign-in ended too: %v", err)
		}
		third := o.mustSignIn()
		if err := o.accounts.SignOutEverywhere(context.Background(), b); err != nil {
			t.Fatal(err)
		}
		o.wantsNobody(second, "after signing out everywhere")
		o.wantsNobody(third, "after signing out everywhere")
	})
}

func TestASignInEndsWhenItIsNotUsedAndAtTheLatestWhenItsTimeIsOver(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		idle := o.mustSignIn()
		o.clock.Advance(10 * time.Minute)
		o.wantsNobody(idle, "after ten idle minutes")
		used := o.mustSignIn()
		for range 12*60/9 - 1 {
			o.clock.Advance(9 * time.Minute)
			if _, err := o.who(used); err != nil {
				t.Fatalf("used every nine minutes it ended: %v", err)
			}
		}
		o.clock.Advance(9 * time.Minute)
		o.wantsNobody(used, "after twelve hours")
	})
}

func TestStaffHaveFifteenMinutesAndEightHours(t *testing.T) {
	c := clock.At(start)
	o := open(t, storetest.New(t, specs(), c), c, access.Member, access.Coordinator)
	token := o.mustSignIn()
	c.Advance(14 * time.Minute)
	if _, err := o.who(token); err != nil {
		t.Fatal(err)
	}
	for range 8*60/14 + 1 {
		c.Advance(14 * time.Minute)
		_, _ = o.who(token)
	}
	o.wantsNobody(token, "after eight hours")
}

func TestARemovedRightIsGoneAtTheNextRequest(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := context.Background()
		token := o.mustSignIn()
		err := o.store.Org(o.org).Tx(ctx, func(tx *store.Tx) error {
			return account.SetRole(ctx, tx, "mem_1", access.Applicant, access.Member)
		})
		if err != nil {
			t.Fatal(err)
		}
		a, err := o.who(token)
		if err != nil || a.Has(access.Member) || !a.Has(access.Applicant) {
			t.Errorf("she still acts as %v (%v)", a.Roles, err)
		}
	})
}

func TestACoordinatorActsForTheGroupsBelowHers(t *testing.T) {
	c := clock.At(start)
	o := open(t, storetest.New(t, specs(), c), c, access.Coordinator)
	below, err := o.orgs.AddGroup(context.Background(), o.org, o.root, organisation.Name{EN: "Kaski"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	a, err := o.who(o.mustSignIn())
	if err != nil || !a.Coordinates(below) || !a.Coordinates(o.root) || a.Coordinates("") {
		t.Errorf("she coordinates %v (%v)", a.Groups, err)
	}
}

func TestATokenIsGoodForItsHostOnly(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		token := o.mustSignIn()
		if _, err := o.accounts.Authenticate(context.Background(), o.org, "other.example", token); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("got %v", err)
		}
	})
}

func TestForgedTokensAreNobodys(t *testing.T) {
	c := clock.At(start)
	o := open(t, storetest.New(t, specs(), c), c, access.Member)
	token := o.mustSignIn()
	head, rest, _ := strings.Cut(token, ".")
	claims, signature, _ := strings.Cut(rest, ".")
	other := open(t, storetest.New(t, specs(), c), c, access.Member).mustSignIn()
	_, otherSignature, _ := strings.Cut(other, ".")
	for name, forged := range map[string]string{
		"alg none":            "eyJhbGciOiJub25lIn0." + claims + ".",
		"alg HS256":           "eyJhbGciOiJIUzI1NiJ9." + claims + "." + signature,
		"no signature":        head + "." + claims + ".",
		"another's signature": head + "." + claims + "." + otherSignature,
		"another key":         other,
		"padding":             token + "=",
		"trailing text":       token + ".x",
		"empty":               "",
		"not a token":         "x",
	} {
		o.wantsNobody(forged, name)
	}
	if _, err := o.who(token); err != nil {
		t.Errorf("the real one: %v", err)
	}
}

func TestTheStoreHoldsNoTokenNameOrPassphrase(t *testing.T) {
	c := clock.At(start)
	s := storetest.New(t, specs(), c)
	o := open(t, s, c, access.Member)
	token := o.mustSignIn()
	_, rest, _ := strings.Cut(token, ".")
	err := s.Engine().Snapshot(context.Background(), func(r store.Reader) error {
		for _, spec := range specs() {
			for _, org := range []string{o.org, "system"} {
				page, err := r.Find(context.Background(), spec, org, store.Query{Index: store.ChangedIndex, Limit: 100})
				if err != nil {
					return err
				}
				for _, rec := range page.Records {
					for _, secret := range []string{o.handle, phrase, token, rest} {
						if strings.Contains(string(rec.Body), secret) {
							t.Errorf("%s holds a secret in clear", spec.Name)
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzToken(f *testing.F) {
	c := clock.At(start)
	o := open(f, storetest.New(f, specs(), c), c, access.Member)
	good := o.mustSignIn()
	f.Add(good)
	f.Add("eyJhbGciOiJub25lIn0.e30.")
	f.Add("..")
	f.Fuzz(func(t *testing.T, token string) {
		a, err := o.who(token)
		if err == nil && token != good {
			t.Errorf("%q signs in as %v", token, a.Account)
		}
	})
}

func TestGuessingIsSlowedDownForTheNameAndNeverLocksItsOwnerOut(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		slowed := 0
		for range 40 {
			_, err := o.signIn(o.handle, "a wrong phrase altogether")
			if e, ok := fault.As(err); ok && e.Kind == fault.TooMany {
				slowed++
				if e.Retry <= 0 || e.Retry > time.Minute {
					t.Fatalf("a wait of %v", e.Retry)
				}
			}
		}
		if slowed < 34 {
			t.Errorf("%d of 40 guesses were slowed down", slowed)
		}
		if _, err := o.signIn("river-lamp-seven", phrase); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("another name has to wait too: %v", err)
		}
		o.clock.Advance(time.Minute)
		if _, err := o.signIn(o.handle, phrase); err != nil {
			t.Errorf("after a minute its owner is still kept out: %v", err)
		}
	})
}

// Requirement 25: nobody keeps its owner out by trying at her name from elsewhere,
// however often and from however many places.
func TestWhoTriesAtHerNameFromElsewhereMakesHerNotWait(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		try := func(network, phrase string) error {
			_, _, err := o.accounts.SignIn(account.From(context.Background(), network), o.org, "localhost", o.handle, phrase)
			return err
		}
		for second := range 240 {
			for _, network := range []string{"a", "b", "c"} {
				if err := try(network, "a wrong phrase altogether"); err == nil {
					t.Fatal("it is right")
				}
			}
			o.clock.Advance(time.Second)
			if second%60 != 59 {
				continue
			}
			if err := try("hers", phrase); err != nil {
				t.Fatalf("after %d seconds she is kept out: %v", second, err)
			}
		}
		if err := try("a", phrase); !fault.Is(err, fault.TooMany) {
			t.Errorf("who tries all the time waits for nothing: %v", err)
		}
	})
}

// Requirement 25: an alert inside the app, and never a lock.
func TestAfterAHundredWrongTriesSomebodyIsToldAndTheOwnerStillGetsIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		told := func() (found []*audit.Alert) {
			t.Helper()
			err := audit.Alerts.Each(context.Background(), o.store.Org(o.org), store.Query{Index: "day"}, func(a *audit.Alert) error {
				found = append(found, a)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		for i := range 100 {
			if n := len(told()); n != 0 {
				t.Fatalf("told after %d", i)
			}
			if _, err := o.signIn(o.handle, "a wrong phrase altogether"); !fault.Is(err, fault.Unauthenticated) {
				t.Fatal(err)
			}
			o.clock.Advance(time.Minute)
		}
		found := told()
		if len(found) != 1 || found[0].Kind != audit.Guesses || found[0].Account != o.account || found[0].Count != 100 {
			t.Fatalf("told is %+v", found)
		}
		if _, err := o.signIn(o.handle, phrase); err != nil {
			t.Errorf("its owner is kept out: %v", err)
		}
	})
}
