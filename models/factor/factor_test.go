package factor_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/factor"
	"chautari/models/factor/softkey"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/store"
)

const (
	host   = "sathi.example"
	origin = "https://sathi.example"
)

var ctx = context.Background()

// office is an organisation that isn't invented, in which staff need more than words.
type office struct {
	*stage.Stage
	factors *factor.Factors
	org     string
	root    string
}

func open(t testing.TB, s *stage.Stage) *office {
	t.Helper()
	o := &office{Stage: s, factors: factor.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Clock)}
	var err error
	o.org, o.root, err = s.Orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Sathi"}, Group: organisation.Name{EN: "All"}, Hosts: []string{host},
	})
	must(t, err)
	return o
}

func each(t *testing.T, fn func(t *testing.T, o *office)) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) { fn(t, open(t, s)) })
}

func one(t testing.TB) *office { return open(t, stage.New(t)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// admit takes somebody in with roles and returns her sign-in name.
func (o *office) admit(t testing.TB, roles ...access.Role) string {
	t.Helper()
	in, err := o.Members.Admit(ctx, o.org, o.root, member.Admission{
		Alias: "Kamala", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
		Roles: append([]access.Role{access.Member}, roles...),
	})
	must(t, err)
	return in.Handle.Reveal()
}

// words signs in with words alone.
func (o *office) words(t testing.TB, handle string) access.Actor {
	t.Helper()
	token, _, err := o.Accounts.SignIn(ctx, o.org, host, handle, stage.Phrase)
	must(t, err)
	return o.who(t, token)
}

func (o *office) who(t testing.TB, token string) access.Actor {
	t.Helper()
	a, err := o.Accounts.Authenticate(ctx, o.org, host, token)
	must(t, err)
	return a
}

func (o *office) needs(t testing.TB, a access.Actor) *factor.Needs {
	t.Helper()
	in, err := o.Accounts.Who(ctx, a)
	must(t, err)
	n, err := o.factors.Needs(ctx, in)
	must(t, err)
	return n
}

func (o *office) wantsNeeds(t testing.TB, a access.Actor, kind factor.Kind, ways ...account.Factor) {
	t.Helper()
	if n := o.needs(t, a); n == nil || n.Kind != kind || !slices.Equal(n.Ways, ways) {
		t.Fatalf("she needs %+v, want %s %v", n, kind, ways)
	}
}

// device is what somebody enrolled.
type device struct {
	app string // secret
	key *softkey.Key
}

func (o *office) digits(t testing.TB, secret string, ago time.Duration) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, o.Clock.Now().Add(-ago))
	must(t, err)
	return code
}

// enrolApp adds an app and returns who she is then.
func (o *office) enrolApp(t testing.TB, a access.Actor) (access.Actor, device) {
	t.Helper()
	made, err := o.factors.BeginApp(ctx, a)
	must(t, err)
	token, _, err := o.factors.AddApp(ctx, a, host, o.digits(t, made.Base32, 0), "Office phone")
	must(t, err)
	return o.who(t, token), device{app: made.Base32}
}

func created(key *softkey.Key, challenge string) factor.Created {
	id, data, object := key.Create(challenge)
	return factor.Created{ID: id, ClientData: data, Attestation: object}
}

func shown(key *softkey.Key, challenge string) factor.Shown {
	id, client, data, signature := key.Show(challenge)
	return factor.Shown{ID: id, ClientData: client, AuthenticatorData: data, Signature: signature}
}

func (o *office) enrolPasskey(t testing.TB, a access.Actor) (access.Actor, device) {
	t.Helper()
	options, err := o.factors.BeginPasskey(ctx, a, host)
	must(t, err)
	key := softkey.New(host, origin)
	token, _, err := o.factors.AddPasskey(ctx, a, host, created(key, options.Challenge), "Stick")
	must(t, err)
	return o.who(t, token), device{key: key}
}

// in signs in with words and what she has.
func (o *office) in(t testing.TB, handle string, d device) access.Actor {
	t.Helper()
	a := o.words(t, handle)
	if d.key == nil {
		o.Clock.Advance(30 * time.Second) // digits work once
		token, _, err := o.factors.GiveApp(ctx, a, host, o.digits(t, d.app, 0))
		must(t, err)
		return o.who(t, token)
	}
	options, err := o.factors.BeginShowing(ctx, a, host)
	must(t, err)
	token, _, err := o.factors.GivePasskey(ctx, a, host, shown(d.key, options.Challenge))
	must(t, err)
	return o.who(t, token)
}

func wrong(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Code == "factor.wrong"
}

func code(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return ""
	}
	return f.Code
}

// Requirement 22, for every role that there is.
func TestWordsAloneMakeNobodyWhoNeedsMore(t *testing.T) {
	o := one(t)
	both := []account.Factor{account.Passkey, account.TOTP}
	for _, role := range access.Roles[1:] {
		want := both
		switch role {
		case access.Applicant, access.Member, access.PeerSupporter:
			want = nil
		case access.FocalPoint, access.Administrator:
			want = []account.Factor{account.Passkey}
		}
		a := o.words(t, o.admit(t, role))
		if want == nil {
			if n := o.needs(t, a); n != nil || !a.Has(role) {
				t.Errorf("%s needs %+v and is %v", role, n, a.Roles)
			}
			continue
		}
		if !slices.Equal(a.Roles, []access.Role{access.Halfway}) || len(a.Groups)+len(a.Assigned) > 0 {
			t.Errorf("%s is %+v with words alone", role, a)
		}
		o.wantsNeeds(t, a, factor.Enrol, want...)
		err := o.Store.Org(o.org).Tx(ctx, func(tx *store.Tx) error { return account.Still(ctx, tx, a) })
		if !errors.Is(err, access.Refused) {
			t.Errorf("%s is taken for what she is: %v", role, err)
		}
		if _, _, err := o.factors.List(ctx, a); !errors.Is(err, access.Refused) {
			t.Errorf("%s sees what she has: %v", role, err)
		}
	}
	if account.Demanded(nil) != account.StrongFactor || account.Demanded([]access.Role{"new", access.Member}) != account.StrongFactor {
		t.Error("a role that nobody knows asks for little")
	}
	if account.StrongFactor.MetBy(account.NoFactor) || account.StrongFactor.MetBy(account.TOTP) || account.AnyFactor.MetBy("sms") {
		t.Error("too little is enough")
	}
}

func TestAnInventedOrganisationAsksForWordsAlone(t *testing.T) {
	o := one(t)
	if a := o.Coordinator; !a.Has(access.Coordinator) {
		t.Errorf("she is %v", a.Roles)
	}
	if n := o.needs(t, o.Coordinator); n != nil {
		t.Errorf("she needs %+v", n)
	}
}

func TestWhatIsEnrolledIsAskedForFromThenOn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Coordinator)
		first := o.words(t, handle)
		now, phone := o.enrolApp(t, first)
		if !now.Has(access.Coordinator) || len(now.Groups) == 0 || o.needs(t, now) != nil {
			t.Fatalf("after enrolling she is %+v", now)
		}
		again := o.words(t, handle)
		o.wantsNeeds(t, again, factor.Give, account.TOTP)
		// Words alone must not bring another device in beside the one that is asked for.
		if _, err := o.factors.BeginApp(ctx, again); code(err) != "session.factor_needed" {
			t.Errorf("a second app with words alone: %v", err)
		}
		if _, err := o.factors.BeginPasskey(ctx, again, host); code(err) != "session.factor_needed" {
			t.Errorf("a passkey with words alone: %v", err)
		}
		if a := o.in(t, handle, phone); !a.Has(access.Coordinator) {
			t.Errorf("with digits she is %v", a.Roles)
		}
	})
}

func TestAFocalPointsAppIsNotEnough(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Coordinator)
		_, phone := o.enrolApp(t, o.words(t, handle))
		must(t, o.Store.Org(o.org).Tx(ctx, func(tx *store.Tx) error {
			a, err := o.Accounts.ByHandle(ctx, tx, handle)
			if err != nil {
				return err
			}
			return account.SetRoles(ctx, tx, a, []access.Role{access.Member, access.FocalPoint}, nil)
		}))
		a := o.words(t, handle)
		o.wantsNeeds(t, a, factor.Give, account.TOTP) // what she has comes first
		half := o.in(t, handle, phone)
		if !half.Has(access.Halfway) {
			t.Fatalf("digits make her %v", half.Roles)
		}
		o.wantsNeeds(t, half, factor.Enrol, account.Passkey)
		whole, stick := o.enrolPasskey(t, half)
		if !whole.Has(access.FocalPoint) {
			t.Fatalf("a passkey makes her %v", whole.Roles)
		}
		o.wantsNeeds(t, o.words(t, handle), factor.Give, account.Passkey)
		if a := o.in(t, handle, stick); !a.Has(access.FocalPoint) {
			t.Errorf("she is %v", a.Roles)
		}
	})
}

func TestTheLastThatHerRolesAskForStays(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.FocalPoint)
		a, _ := o.enrolPasskey(t, o.words(t, handle))
		a, _ = o.enrolApp(t, a)
		items, left, err := o.factors.List(ctx, a)
		if err != nil || len(items) != 2 || left != 0 || items[0].Name.Reveal() != "Stick" || items[1].Name.Reveal() != "Office phone" {
			t.Fatal(items, left, err)
		}
		stick, phone := items[0].ID, items[1].ID
		if err := o.factors.Remove(ctx, a, noKey, stick); code(err) != "factor.last_one" {
			t.Errorf("her only passkey: %v", err)
		}
		if err := o.factors.Remove(ctx, o.Stale(a), noKey, phone); !errors.Is(err, access.Unproved) {
			t.Errorf("without a fresh proof: %v", err)
		}
		must(t, o.factors.Remove(ctx, a, noKey, phone))
		for _, id := range []string{phone, "fac_of_nobody"} {
			if err := o.factors.Remove(ctx, a, noKey, id); !errors.Is(err, access.Refused) {
				t.Errorf("%s: %v", id, err)
			}
		}
		other, _ := o.enrolApp(t, o.words(t, o.admit(t, access.Board)))
		if err := o.factors.Remove(ctx, other, noKey, stick); !errors.Is(err, access.Refused) {
			t.Errorf("somebody else's: %v", err)
		}
	})
}
