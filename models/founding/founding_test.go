package founding_test

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
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/founding"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/store"
)

var ctx = context.Background()

const host = "pipalbot.example"

// yard is a stage with an organisation that somebody has just founded.
type yard struct {
	*stage.Stage
	founders *founding.Founders
	org      string
	admin    access.Actor
}

func each(t *testing.T, fn func(t *testing.T, y *yard)) {
	stage.Each(t, stage.Specs(founding.Specs()...), func(t *testing.T, s *stage.Stage) {
		y := &yard{Stage: s, founders: founding.New(s.Store, s.Master, s.Orgs, s.Members, s.Clock)}
		code, err := y.founders.NewCodeFor(ctx, host, organisation.Name{NE: "पिपलबोट"})
		if err != nil {
			t.Fatal(err)
		}
		y.admin = y.found(t, code)
		y.org = y.admin.Org
		fn(t, y)
	})
}

func (y *yard) found(t *testing.T, code string) access.Actor {
	t.Helper()
	in, err := y.founders.Found(ctx, host, once.Key{}, founding.Founding{
		Code: code, OrganisationName: "पिपलबोट", GroupName: "सबै", Alias: "Kamala", Language: "ne",
		Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
	})
	if err != nil {
		t.Fatal(err)
	}
	org, err := y.Orgs.ByHost(ctx, host)
	if err != nil {
		t.Fatal(err)
	}
	return y.actor(t, org, in.Account)
}

func (y *yard) actor(t *testing.T, org, id string) access.Actor {
	t.Helper()
	a, err := y.Accounts.ActorOf(ctx, org, id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (y *yard) invite(t *testing.T, role access.Role) string {
	t.Helper()
	made, err := y.founders.Invite(ctx, y.admin, once.Key{}, role)
	if err != nil {
		t.Fatal(err)
	}
	return made.Code
}

func taking(code, alias string) founding.Taking {
	return founding.Taking{
		Code: code, Alias: alias, Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
	}
}

func (y *yard) take(code, alias string) (*founding.Arrived, error) {
	return y.founders.Take(ctx, y.org, once.Key{}, taking(code, alias))
}

// with lists who has a role.
func (y *yard) with(t *testing.T, role access.Role) []*account.Account {
	t.Helper()
	found, err := account.WithRole(ctx, y.Store.Org(y.org), role)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// trail lists what was done about the organisation itself.
func (y *yard) trail(t *testing.T) (fields []string) {
	t.Helper()
	q := store.Query{Index: "subject", Equal: []any{y.org}}
	err := audit.Entries.Each(ctx, y.Store.Org(y.org), q, func(e *audit.Entry) error {
		if e.Result == audit.Done && e.Action == access.ManageSetup {
			fields = append(fields, e.Fields...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fields
}

func refusedCode(err error) bool {
	f, ok := fault.As(err)
	return ok && len(f.Fields) == 1 && f.Fields[0].Field == "code" && f.Fields[0].Code == "setup.code_refused"
}

func TestAnotherOrganisationIsFoundedAtItsOwnHostOnly(t *testing.T) {
	stage.Each(t, stage.Specs(founding.Specs()...), func(t *testing.T, s *stage.Stage) {
		y := &yard{Stage: s, founders: founding.New(s.Store, s.Master, s.Orgs, s.Members, s.Clock)}
		if _, err := y.founders.NewCodeFor(ctx, "localhost:8080", organisation.Name{}); !errors.Is(err, founding.ErrServed) {
			t.Errorf("a host that serves one: %v", err)
		}
		open := func(host string) bool {
			at, err := y.founders.Open(ctx, host)
			if err != nil {
				t.Fatal(err)
			}
			return at.Open
		}
		old, err := y.founders.NewCodeFor(ctx, host, organisation.Name{NE: "पिपलबोट"})
		if err != nil || !open(host) || !open("PIPALBOT.example:443") || open("elsewhere.example") {
			t.Fatal(err, open(host), open("elsewhere.example"))
		}
		code, err := y.founders.NewCodeFor(ctx, host, organisation.Name{NE: "पिपलबोट"})
		if err != nil {
			t.Fatal(err)
		}
		in := founding.Founding{
			Code: old, OrganisationName: "X", GroupName: "Y", Alias: "Kamala", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
		}
		if _, err := y.founders.Found(ctx, host, once.Key{}, in); !refusedCode(err) {
			t.Errorf("a replaced code: %v", err)
		}
		in.Code = code
		if _, err := y.founders.Found(ctx, "elsewhere.example", once.Key{}, in); !refusedCode(err) {
			t.Errorf("at another host: %v", err)
		}
		s.Clock.Advance(24 * time.Hour)
		if _, err := y.founders.Found(ctx, host, once.Key{}, in); !refusedCode(err) || open(host) {
			t.Errorf("a day later: %v", err)
		}
		s.Clock.Set(stage.Start)
		y.found(t, code)
		if _, err := y.founders.Found(ctx, host, once.Key{}, in); !refusedCode(err) || open(host) {
			t.Errorf("a second time: %v", err)
		}
		if first, err := s.Orgs.ByHost(ctx, "localhost"); err != nil || first != s.Org {
			t.Errorf("the first organisation is reached no more: %v", err)
		}
	})
}

func TestTheFirstOrganisationAlsoAnswersWhereItWasFounded(t *testing.T) {
	s := stage.Empty(t, founding.Specs()...)
	founders := founding.New(s.Store, s.Master, s.Orgs, s.Members, s.Clock)
	code, err := founders.NewCode(ctx)
	if err != nil {
		t.Fatal(err)
	}
	_, err = founders.Found(ctx, host, once.Key{}, founding.Founding{
		Code: code, OrganisationName: "X", GroupName: "Y", Alias: "Kamala", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
	})
	if err != nil {
		t.Fatal(err)
	}
	org, err := s.Orgs.ByHost(ctx, host)
	if err != nil {
		t.Fatal(err)
	}
	if names, err := s.Orgs.Hosts(ctx, org); err != nil || !slices.Equal(names, []string{"127.0.0.1", "::1", "localhost", host}) {
		t.Errorf("%v %v", names, err)
	}
}

func TestTheFounderAdministersAndCoordinatesUntilThereIsACoordinator(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		if !slices.Equal(y.admin.Roles, []access.Role{access.Member, access.Coordinator, access.Administrator}) {
			t.Fatal(y.admin.Roles)
		}
		if in, err := y.take(y.invite(t, access.Board), "Nirmala"); err != nil || in.Role != access.Board {
			t.Fatal(in, err)
		}
		if a := y.actor(t, y.org, y.admin.Account); !a.Has(access.Coordinator) {
			t.Error("nobody coordinates")
		}
		if _, err := y.take(y.invite(t, access.Coordinator), "Sagun"); err != nil {
			t.Fatal(err)
		}
		a := y.actor(t, y.org, y.admin.Account)
		if a.Has(access.Coordinator) || !a.Has(access.Administrator) || !a.Has(access.Member) || len(a.Groups) != 0 {
			t.Errorf("she still coordinates: %+v", a)
		}
		now := y.with(t, access.Coordinator)
		if len(now) != 1 || now[0].Person == y.admin.Person || len(now[0].Groups) != 1 {
			t.Errorf("%d coordinate", len(now))
		}
	})
}

func TestAHostNameThatWaitsForItsOrganisationCantBeTakenBySettings(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		const waits = "sathi.example"
		code, err := y.founders.NewCodeFor(ctx, waits, organisation.Name{})
		if err != nil {
			t.Fatal(err)
		}
		add := func() error {
			s, err := y.Orgs.ReadSettings(ctx, y.admin)
			if err != nil {
				t.Fatal(err)
			}
			she := y.admin
			she.Fresh = true
			_, err = y.Orgs.ChangeSettings(ctx, she, host, s.Version, organisation.SettingsChange{Hosts: []string{host, waits}})
			return err
		}
		f, ok := fault.As(add())
		if !ok || len(f.Fields) != 1 || f.Fields[0].Code != "settings.host_taken" {
			t.Errorf("while a code is out: %v", f)
		}
		y.Clock.Advance(24 * time.Hour)
		if err := add(); err != nil {
			t.Fatalf("when nobody came in time: %v", err)
		}
		if _, err := y.founders.NewCodeFor(ctx, waits, organisation.Name{}); !errors.Is(err, founding.ErrServed) {
			t.Errorf("a code for a name that is served: %v", err)
		}
		y.Clock.Set(stage.Start) // as if the code had been made at the same moment
		_, err = y.founders.Found(ctx, waits, once.Key{}, founding.Founding{
			Code: code, OrganisationName: "X", GroupName: "Y", Alias: "Kamala", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
		})
		if !refusedCode(err) {
			t.Errorf("founding at a name that is served: %v", err)
		}
	})
}

func TestSetUpClosesForGood(t *testing.T) {
	absent := func(t *testing.T, y *yard, code string) {
		t.Helper()
		a := y.actor(t, y.org, y.admin.Account)
		_, seen := y.founders.Setup(ctx, a)
		_, invited := y.founders.Invite(ctx, a, once.Key{}, access.Board)
		if !errors.Is(seen, founding.Over) || errors.Is(seen, access.Refused) {
			t.Errorf("seen: %v", seen)
		}
		for what, err := range map[string]error{"invited": invited, "closed": y.founders.Close(ctx, a, once.Key{})} {
			if !errors.Is(err, access.Refused) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := y.take(code, "Late"); !refusedCode(err) {
			t.Errorf("a code that waited: %v", err)
		}
		if closed := slices.Index(y.trail(t), "closed"); closed < 0 {
			t.Error("it is not in the trail")
		}
	}
	t.Run("by her", func(t *testing.T) {
		each(t, func(t *testing.T, y *yard) {
			code, key := y.invite(t, access.Board), once.Key{Value: "key-of-closing", Digest: "d"}
			for range 2 { // a resend is no fault
				if err := y.founders.Close(ctx, y.admin, key); err != nil {
					t.Fatal(err)
				}
			}
			absent(t, y, code)
		})
	})
	t.Run("by itself", func(t *testing.T) {
		each(t, func(t *testing.T, y *yard) {
			for i, role := range founding.Invited {
				seats, err := y.founders.Setup(ctx, y.actor(t, y.org, y.admin.Account))
				if err != nil || len(seats) != 3 || seats[i].State != founding.None {
					t.Fatal(seats, err)
				}
				code := y.invite(t, role)
				if seats, err = y.founders.Setup(ctx, y.admin); err != nil || seats[i].State != founding.Waiting || !seats[i].Until.Equal(stage.Start.Add(24*time.Hour)) {
					t.Fatal(seats, err)
				}
				y.admin = y.takes(t, code, role)
			}
			absent(t, y, "AAAA-BBBB-CCCC-DDDD")
		})
	})
}

// takes lets somebody take a code and returns the administrator as she is then.
func (y *yard) takes(t *testing.T, code string, role access.Role) access.Actor {
	t.Helper()
	if _, err := y.take(code, "Somebody"); err != nil {
		t.Fatal(role, err)
	}
	return y.actor(t, y.org, y.admin.Account)
}

func TestACodeIsRefusedWhateverIsWrongWithIt(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		old := y.invite(t, access.Board)
		code := y.invite(t, access.Board)
		if _, err := y.take(old, "Gita"); !refusedCode(err) {
			t.Errorf("a replaced one: %v", err)
		}
		if _, err := y.founders.Take(ctx, y.Org, once.Key{}, taking(code, "Gita")); !refusedCode(err) {
			t.Errorf("in another organisation: %v", err)
		}
		y.Clock.Advance(24 * time.Hour)
		if _, err := y.take(code, "Gita"); !refusedCode(err) {
			t.Errorf("a day later: %v", err)
		}
		y.Clock.Set(stage.Start)
		weak := taking(code, "Gita")
		weak.Passphrase = "short"
		if _, err := y.founders.Take(ctx, y.org, once.Key{}, weak); !fault.Is(err, fault.Invalid) || refusedCode(err) {
			t.Errorf("a weak passphrase: %v", err)
		}
		if _, err := y.take(code, "Gita"); err != nil {
			t.Fatal(err)
		}
		if _, err := y.take(code, "Hira"); !refusedCode(err) {
			t.Errorf("a second time: %v", err)
		}
		if _, err := y.founders.Invite(ctx, y.admin, once.Key{}, access.Board); !fault.Is(err, fault.Conflict) {
			t.Errorf("one more for a role that is filled: %v", err)
		}
		y.WantsNowhere(code[:4]+code[5:9], founding.Specs()...)
	})
}

func TestALostAnswerIsGivenAgain(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		key := once.Key{Value: "key-of-an-invitation", Digest: "d"}
		first, err := y.founders.Invite(ctx, y.admin, key, access.Board)
		if err != nil {
			t.Fatal(err)
		}
		again, err := y.founders.Invite(ctx, y.admin, key, access.Board)
		if err != nil || *again != *first {
			t.Errorf("sent again it was %v, first %v (%v)", again, first, err)
		}
		come := once.Key{Value: "key-of-coming-in", Digest: "d"}
		in, err := y.founders.Take(ctx, y.org, come, taking(first.Code, "Gita"))
		if err != nil {
			t.Fatal(err)
		}
		same, err := y.founders.Take(ctx, y.org, come, taking(first.Code, "Gita"))
		if err != nil || same.Handle.Reveal() != in.Handle.Reveal() || same.Role != access.Board || len(y.with(t, access.Board)) != 1 {
			t.Errorf("coming in twice: %+v %v", same, err)
		}
		if _, err := y.founders.Invite(ctx, y.admin, key, access.Board); !fault.Is(err, fault.Conflict) {
			t.Errorf("a resend after it was taken: %v", err)
		}
	})
}

// PWA-03: the code that founds is used up, and the answer alone tells the founder
// her sign-in name. A phone that lost it sends again, also several times at once.
func TestALostAnswerToFoundingIsGivenAgain(t *testing.T) {
	stage.Each(t, stage.Specs(founding.Specs()...), func(t *testing.T, s *stage.Stage) {
		founders := founding.New(s.Store, s.Master, s.Orgs, s.Members, s.Clock)
		code, err := founders.NewCodeFor(ctx, host, organisation.Name{NE: "पिपलबोट"})
		if err != nil {
			t.Fatal(err)
		}
		in := founding.Founding{
			Code: code, OrganisationName: "पिपलबोट", GroupName: "सबै", Alias: "Kamala", Language: "ne",
			Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
		}
		key := once.Key{Value: "key-of-the-founder", Digest: "d"}
		names := make([]string, 5)
		var wait sync.WaitGroup
		for i := range names {
			wait.Go(func() {
				got, err := founders.Found(ctx, host, key, in)
				if err != nil {
					t.Error(err)
					return
				}
				names[i] = got.Handle.Reveal()
			})
		}
		wait.Wait()
		later, err := founders.Found(ctx, host, key, in)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if name == "" || name != later.Handle.Reveal() {
				t.Errorf("one founder has the names %v and %s", names, later.Handle.Reveal())
			}
		}
		org, err := s.Orgs.ByHost(ctx, host)
		if err != nil {
			t.Fatal(err)
		}
		if all, err := account.WithRole(ctx, s.Store.Org(org), access.Administrator); err != nil || len(all) != 1 {
			t.Errorf("%d administer it (%v)", len(all), err)
		}
		if _, err := founders.Found(ctx, host, once.Key{Value: "key-of-somebody-else", Digest: "d"}, in); !refusedCode(err) {
			t.Errorf("the code under another key: %v", err)
		}
		key.Digest = "other"
		if _, err := founders.Found(ctx, host, key, in); !fault.Is(err, fault.Conflict) {
			t.Errorf("something else under her key: %v", err)
		}
	})
}

func TestOneCodeTakenByManyAtOnceMakesOneAccount(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		code := y.invite(t, access.FocalPoint)
		const many = 8
		var wait sync.WaitGroup
		errs := make([]error, many)
		for i := range many {
			wait.Go(func() { _, errs[i] = y.take(code, "Somebody") })
		}
		wait.Wait()
		got := 0
		for _, err := range errs {
			if err == nil {
				got++
			} else if !refusedCode(err) {
				t.Error(err)
			}
		}
		if n := len(y.with(t, access.FocalPoint)); got != 1 || n != 1 {
			t.Errorf("%d were let in, %d have the role", got, n)
		}
		// Who came in and who founded, and nobody else.
		people, err := y.Store.Engine().Reader().Count(ctx, memberSpec(t), y.org, store.Query{Index: store.ChangedIndex}, 100)
		if err != nil || people != 2 {
			t.Errorf("%d people (%v)", people, err)
		}
	})
}

func memberSpec(t *testing.T) *store.Spec {
	t.Helper()
	for _, s := range stage.Specs() {
		if s.Name == "members" {
			return s
		}
	}
	t.Fatal("no members")
	return nil
}

func TestANewAdministratorInvitedOnTheHostTakesTheRoleOver(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		if err := y.founders.Close(ctx, y.admin, once.Key{}); err != nil {
			t.Fatal(err)
		}
		code, err := y.founders.InviteAdministrator(ctx, y.org)
		if err != nil {
			t.Fatal(err)
		}
		in, err := y.take(code, "Bishnu")
		if err != nil || in.Role != access.Administrator {
			t.Fatal(in, err)
		}
		if now := y.with(t, access.Administrator); len(now) != 1 || now[0].Person == y.admin.Person {
			t.Errorf("%d administer", len(now))
		}
		if a := y.actor(t, y.org, y.admin.Account); !a.Has(access.Member) || a.Has(access.Administrator) {
			t.Errorf("the earlier one is %v", a.Roles)
		}
		if _, err := y.take(code, "Hira"); !refusedCode(err) {
			t.Errorf("a second time: %v", err)
		}
		// An organisation that was never set up here, such as one that moved in.
		if code, err = y.founders.InviteAdministrator(ctx, y.Org); err != nil {
			t.Fatal(err)
		}
		if in, err = y.founders.Take(ctx, y.Org, once.Key{}, taking(code, "Bishnu")); err != nil || in.Role != access.Administrator {
			t.Error(in, err)
		}
	})
}

// Her account may be in somebody else's hands: that is what the host's code is for.
func TestAFounderWhoWasReplacedNeitherLetsInNorGoesOnCoordinatingBesideTheCoordinator(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		waiting := y.invite(t, access.FocalPoint)
		code, err := y.founders.InviteAdministrator(ctx, y.org)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := y.take(code, "Bishnu"); err != nil {
			t.Fatal(err)
		}
		if _, err := y.take(waiting, "Hira"); !refusedCode(err) {
			t.Errorf("a code that the founder gave out still lets somebody in as focal point: %v", err)
		}
		founder := y.admin
		y.admin = y.actor(t, y.org, y.with(t, access.Administrator)[0].ID)
		if _, err := y.take(y.invite(t, access.Coordinator), "Sagun"); err != nil {
			t.Fatal(err)
		}
		a := y.actor(t, y.org, founder.Account)
		if a.Has(access.Coordinator) || a.Has(access.Administrator) || len(a.Groups) != 0 {
			t.Errorf("the founder is still %v", a.Roles)
		}
		if now := y.with(t, access.Coordinator); len(now) != 1 || now[0].Person == founder.Person {
			t.Errorf("%d coordinate", len(now))
		}
	})
}

// A code typed in small letters, with blanks or without anything, is the same.
func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		code := y.invite(t, access.Board)
		loose := " " + code[:4] + " " + strings.ToLower(code[5:9]) + code[9:] + " "
		if _, err := y.take(loose, "Gita"); err != nil {
			t.Errorf("%v", err)
		}
	})
}
