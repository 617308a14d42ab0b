package main

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/factor"
	"chautari/models/factor/softkey"
	"chautari/models/fault"
	"chautari/models/founding"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

var recoveryCode = regexp.MustCompile(`(?m)^    ([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})$`)

func (o *office) recoverAdmin(host string) (string, error) {
	var out bytes.Buffer
	if err := (recoverAdminCommand{Host: host}).recover(o.t.Context(), o.settings, &out); err != nil {
		return "", err
	}
	if !strings.Contains(out.String(), "on this server alone") {
		o.t.Errorf("it doesn't say where it counts: %q", out.String())
	}
	found := recoveryCode.FindStringSubmatch(out.String())
	if found == nil {
		o.t.Fatalf("no code is printed: %q", out.String())
	}
	return found[1], nil
}

func taking(code, alias string) founding.Taking {
	return founding.Taking{
		Code: code, Alias: alias, Language: "ne", Passphrase: officePhrase, Consents: stage.Yes(consent.Membership),
	}
}

func TestTheHostMakesANewAdministratorOnceAndTheTrailSaysSo(t *testing.T) {
	o := newOffice(t)
	if _, err := o.recoverAdmin("other.example"); err == nil || !strings.Contains(err.Error(), "no organisation here is reached as other.example") {
		t.Errorf("got %v", err)
	}
	replaced, err := o.recoverAdmin("localhost")
	if err != nil {
		t.Fatal(err)
	}
	code, err := o.recoverAdmin("localhost:8080")
	if err != nil {
		t.Fatal(err)
	}
	h := o.open()
	defer o.close(h)
	ctx := t.Context()
	org, err := h.nouns.Organisations.ByHost(ctx, "localhost")
	if err != nil {
		t.Fatal(err)
	}
	space := h.data.Org(org)
	administrators := func() []*account.Account {
		t.Helper()
		all, err := account.WithRole(ctx, space, access.Administrator)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := administrators()
	refused := func(what, code string) {
		t.Helper()
		_, err := h.nouns.Founders.Take(ctx, org, once.Key{}, taking(code, "Asha"))
		if e, ok := fault.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Code != "setup.code_refused" {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("a code that another took the place of", replaced)
	refused("no code", "AAAA-AAAA-AAAA-AAAA")
	in, err := h.nouns.Founders.Take(ctx, org, once.Key{}, taking(code, "Asha"))
	if err != nil || in.Role != access.Administrator {
		t.Fatal(in, err)
	}
	refused("a code that was taken", code)
	after := administrators()
	if len(before) != 1 || len(after) != 1 || before[0].Person == after[0].Person {
		t.Errorf("%d administrators before and %d after", len(before), len(after))
	}
	if _, _, err := h.nouns.Accounts.SignIn(ctx, org, "localhost", in.Handle.Reveal(), officePhrase); err != nil {
		t.Errorf("she doesn't come in: %v", err)
	}
	byHost := 0
	err = audit.Entries.Each(ctx, space, store.Query{Index: store.ChangedIndex}, func(e *audit.Entry) error {
		if slices.Equal(e.Roles, []access.Role{access.Host}) {
			byHost++
			if e.Action != access.ManageSetup || e.Account != "" || e.At == nil || !slices.Equal(e.Fields, []string{"administrator"}) {
				t.Errorf("%+v", e)
			}
		}
		return nil
	})
	if err != nil || byHost != 2 {
		t.Errorf("%d entries by the host, want 2 (%v)", byHost, err)
	}
	if err := access.Decide(access.HostIn(org), access.ManageSetup, access.Facts{Org: org}); !errors.Is(err, access.Refused) {
		t.Errorf("the host may do something through a route: %v", err)
	}
}

// What she lost who administered before may be in other hands.
func TestWhatTheOldAdministratorGaveBesideHerWordsGoesWithHerRole(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	ctx := t.Context()
	org, err := h.nouns.Organisations.ByHost(ctx, "localhost")
	if err != nil {
		t.Fatal(err)
	}
	enter := func(h *house) access.Actor {
		t.Helper()
		token, _, err := h.nouns.Accounts.SignIn(ctx, org, "localhost", o.handle, officePhrase)
		if err != nil {
			t.Fatal(err)
		}
		a, err := h.nouns.Accounts.Authenticate(ctx, org, "localhost", token)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	needs := func(h *house, a access.Actor) factor.Needs {
		t.Helper()
		in, err := h.nouns.Accounts.Who(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		n, err := h.nouns.Factors.Needs(ctx, in)
		if err != nil || n == nil {
			t.Fatalf("she needs nothing (%v)", err)
		}
		return *n
	}
	she := enter(h)
	options, err := h.nouns.Factors.BeginPasskey(ctx, she, "localhost")
	if err != nil {
		t.Fatal(err)
	}
	id, data, object := softkey.New("localhost", "http://localhost:8080").Create(options.Challenge)
	if _, _, err := h.nouns.Factors.AddPasskey(ctx, she, "localhost", factor.Created{ID: id, ClientData: data, Attestation: object}, "Stick"); err != nil {
		t.Fatal(err)
	}
	if n := needs(h, enter(h)); n.Kind != factor.Give {
		t.Fatalf("enrolled, she needs %+v", n)
	}
	o.close(h)
	code, err := o.recoverAdmin("localhost")
	if err != nil {
		t.Fatal(err)
	}
	h = o.open()
	defer o.close(h)
	if n := needs(h, enter(h)); n.Kind != factor.Give {
		t.Errorf("before anybody came she needs %+v", n)
	}
	if _, err := h.nouns.Founders.Take(ctx, org, once.Key{}, taking(code, "Asha")); err != nil {
		t.Fatal(err)
	}
	if n := needs(h, enter(h)); n.Kind != factor.Enrol {
		t.Errorf("after another took over she needs %+v", n)
	}
}
