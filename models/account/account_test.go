package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/clock"
	"chautari/models/fault"
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

func specs() []*store.Spec { return append(organisation.Specs(), account.Specs()...) }

func open(t testing.TB, s *store.Store, c *clock.Fake, roles ...access.Role) *office {
	t.Helper()
	ctx := context.Background()
	m := master(t)
	keys := seal.NewKeys(storetest.New(t, seal.KeySpecs(), c), m)
	o := &office{t: t, clock: c, store: s, orgs: organisation.New(s, c)}
	o.accounts = account.New(s, keys, m, o.orgs, c)
	var err error
	o.org, o.root, err = o.orgs.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}})
	if err != nil {
		t.Fatal(err)
	}
	made, err := keys.Create(ctx, o.org, "mem_1")
	if err != nil {
		t.Fatal(err)
	}
	opening, err := o.accounts.Prepare(ctx, o.org, "mem_1", made[0], phrase, "ne", roles, o.root)
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
	return o.accounts.Authenticate(context.Background(), "localhost", token)
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
