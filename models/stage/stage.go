// Package stage sets up a small invented organisation for the tests of nouns:
// a root group with two groups under it, a coordinator over all, one over the
// first group, and a clock that stands still. Only tests import it.
package stage

import (
	"context"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/factor"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// Phrase is the passphrase of everybody on the stage.
const Phrase = "nadi tokari saat makai jhyal"

// Start is where the clock stands at first: 2083 Mangsir 10 in Nepal.
var Start = time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)

// Stage is the organisation with everything that runs it.
type Stage struct {
	TB        testing.TB
	Clock     *clock.Fake
	Store     *store.Store
	Keys      *seal.Keys
	KeyStore  *store.Store
	Master    *seal.Master
	Orgs      *organisation.Organisations
	Accounts  *account.Accounts
	Members   *member.Members
	Conflicts *conflict.Conflicts

	Org           string
	Root          string
	First, Second string       // groups under the root
	Coordinator   access.Actor // over the root
	OfFirst       access.Actor // over the first group only
}

// Specs are the collections that a stage needs, and any more that a test has.
func Specs(more ...*store.Spec) []*store.Spec {
	var all []*store.Spec
	for _, of := range []func() []*store.Spec{
		seal.Specs, once.Specs, audit.Specs, organisation.Specs, account.Specs, factor.Specs, consent.Specs, conflict.Specs, member.Specs,
	} {
		all = append(all, of()...)
	}
	return append(all, more...)
}

// Each runs a test on a stage over every engine that there is for tests.
func Each(t *testing.T, specs []*store.Spec, fn func(t *testing.T, s *Stage)) {
	c := clock.At(Start)
	storetest.Each(t, specs, c, func(t *testing.T, st *store.Store) {
		c.Set(Start)
		fn(t, build(t, st, c))
	})
}

// New is a stage on the embedded engine.
func New(tb testing.TB, specs ...*store.Spec) *Stage {
	c := clock.At(Start)
	return build(tb, storetest.New(tb, Specs(specs...), c), c)
}

// Empty is what runs an organisation, without one.
func Empty(tb testing.TB, specs ...*store.Spec) *Stage {
	c := clock.At(Start)
	return bare(tb, storetest.New(tb, Specs(specs...), c), c)
}

// On is a stage on a store that a test made, whose clock it gives.
func On(tb testing.TB, st *store.Store, c *clock.Fake) *Stage { return build(tb, st, c) }

func bare(tb testing.TB, st *store.Store, c *clock.Fake) *Stage {
	tb.Helper()
	content, err := seal.NewKeyFile()
	must(tb, err)
	master, err := seal.OpenMaster(content)
	must(tb, err)
	s := &Stage{TB: tb, Clock: c, Master: master, KeyStore: storetest.New(tb, seal.KeySpecs(), c)}
	s.Keys = seal.NewKeys(s.KeyStore, master)
	st = st.GuardedBy(s.Keys.Guard(organisation.Shown, nil))
	s.Store = st
	s.Orgs = organisation.New(st, c)
	s.Accounts = account.New(st, s.Keys, master, s.Orgs, c)
	s.Conflicts = conflict.New(st, s.Keys, s.Accounts, c)
	s.Members = member.New(st, s.Keys, master, s.Orgs, s.Accounts, c)
	s.Accounts.ApartBy(conflict.StillApartByOwn)
	s.Conflicts.NamesBy(s.Members.Names)
	return s
}

func build(tb testing.TB, st *store.Store, c *clock.Fake) *Stage {
	tb.Helper()
	s := bare(tb, st, c)
	ctx := context.Background()
	var err error
	s.Org, s.Root, err = s.Orgs.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}, Demo: true})
	must(tb, err)
	s.First, err = s.Orgs.AddGroup(ctx, s.Org, s.Root, organisation.Name{NE: "कास्की", EN: "Kaski"}, 1)
	must(tb, err)
	s.Second, err = s.Orgs.AddGroup(ctx, s.Org, s.Root, organisation.Name{NE: "झापा", EN: "Jhapa"}, 2)
	must(tb, err)
	s.Coordinator = s.Admit(s.Root, "Sagun")
	s.OfFirst = s.Admit(s.First, "Maya")
	return s
}

// Admit makes a coordinator over a group.
func (s *Stage) Admit(group, alias string) access.Actor {
	s.TB.Helper()
	in, err := s.Members.Admit(context.Background(), s.Org, group, member.Admission{
		Alias: alias, Language: "ne", Passphrase: Phrase, Consents: Yes(consent.Membership),
	})
	must(s.TB, err)
	a := s.SignIn(in.Handle.Reveal())
	must(s.TB, s.Conflicts.SayNone(context.Background(), a, once.Key{}))
	return a
}

// Person is an active member of a group who also has a role; a coordinator gets
// the group to look after. Nobody signs in as her; she acts as if she had just
// given her passphrase, and has nothing to declare where she is asked.
func (s *Stage) Person(role access.Role, group, alias string) access.Actor {
	s.TB.Helper()
	ctx := context.Background()
	roles := []access.Role{access.Member}
	if role != access.Member {
		roles = append(roles, role)
	}
	in, err := s.Members.Admit(ctx, s.Org, group, member.Admission{
		Alias: alias, Language: "ne", Consents: Yes(consent.Membership), Roles: roles, Waiting: true,
	})
	must(s.TB, err)
	a, err := s.Accounts.ActorOf(ctx, s.Org, in.Account)
	must(s.TB, err)
	a.Fresh = true
	if access.Decide(a, access.DeclareConflict, access.Facts{Org: a.Org, Own: true}) == nil {
		must(s.TB, s.Conflicts.SayNone(ctx, a, once.Key{}))
	}
	return a
}

// Stale is the same actor when her last proof is too long ago.
func (s *Stage) Stale(a access.Actor) access.Actor {
	a.Fresh = false
	return a
}

// Choose lets the organisation choose a number of its settings, by somebody who
// comes in to do so.
func (s *Stage) Choose(key string, value int) {
	s.TB.Helper()
	ctx := context.Background()
	admin := s.Person(access.Administrator, s.Root, "Kamala")
	now, err := s.Orgs.ReadSettings(ctx, admin)
	must(s.TB, err)
	_, err = s.Orgs.ChangeSettings(ctx, admin, "", now.Version, organisation.SettingsChange{
		Limits: []organisation.LimitInput{{Key: key, Value: value}},
	})
	must(s.TB, err)
}

// SignIn begins a session and returns who it is.
func (s *Stage) SignIn(handle string) access.Actor {
	s.TB.Helper()
	ctx := context.Background()
	token, _, err := s.Accounts.SignIn(ctx, s.Org, "localhost", handle, Phrase)
	must(s.TB, err)
	a, err := s.Accounts.Authenticate(ctx, s.Org, "localhost", token)
	must(s.TB, err)
	return a
}

// Register sends an application for a group ("" where she does not know hers) and signs her in.
func (s *Stage) Register(alias, group string, more ...func(*member.Registration)) access.Actor {
	s.TB.Helper()
	in := member.Registration{Alias: alias, Language: "ne", Passphrase: Phrase, Consents: Yes(consent.Membership)}
	if group != "" {
		in.Group = &group
	}
	for _, m := range more {
		m(&in)
	}
	r, err := s.Members.Register(context.Background(), access.AnonymousIn(s.Org), once.Key{}, in)
	must(s.TB, err)
	return s.SignIn(r.Handle.Reveal())
}

// WithPhone adds a phone number and the consent that goes with it.
func WithPhone(number string) func(*member.Registration) {
	return func(in *member.Registration) {
		in.Phone, in.Consents = number, Yes(consent.Membership, consent.CoordinatorPhone)
	}
}

// Yes is a yes to each purpose in the current text.
func Yes(purposes ...consent.Purpose) []consent.Given {
	given := make([]consent.Given, len(purposes))
	for i, p := range purposes {
		given[i] = consent.Given{Purpose: p, Version: "1", Language: "ne"}
	}
	return given
}

// Carry makes somebody carried over, as an import would, and returns her id.
func (s *Stage) Carry(group string, d member.Details) string {
	s.TB.Helper()
	ctx := context.Background()
	person := member.NewPerson()
	keys, err := s.Keys.Create(ctx, s.Org, person)
	must(s.TB, err)
	doc, err := s.Members.NewCarried(ctx, s.Org, keys[0], person, "imp_stage", 1, member.Carried{Details: d, Group: group})
	must(s.TB, err)
	must(s.TB, s.Store.Org(s.Org).Tx(ctx, func(tx *store.Tx) error { return s.Members.InsertCarried(ctx, tx, doc) }))
	must(s.TB, s.Members.Listed(s.Org, keys[0], doc))
	return person
}

// Trail lists the audit entries of a result about somebody.
func (s *Stage) Trail(subject string, result audit.Result) []*audit.Entry {
	s.TB.Helper()
	var found []*audit.Entry
	err := audit.Entries.Each(context.Background(), s.Store.Org(s.Org), store.Query{Index: "subject", Equal: []any{subject}}, func(e *audit.Entry) error {
		if e.Result == result {
			found = append(found, e)
		}
		return nil
	})
	must(s.TB, err)
	return found
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// TakeRole takes a role away from somebody.
func (s *Stage) TakeRole(a access.Actor, r access.Role) {
	s.TB.Helper()
	ctx := context.Background()
	must(s.TB, s.Store.Org(s.Org).Tx(ctx, func(tx *store.Tx) error {
		return account.SetRole(ctx, tx, a.Person, "", r)
	}))
}

// WantsNowhere fails when a text stands in clear in anything stored.
func (s *Stage) WantsNowhere(text string, more ...*store.Spec) {
	s.TB.Helper()
	ctx := context.Background()
	err := s.Store.Engine().Snapshot(ctx, func(r store.Reader) error {
		for _, spec := range Specs(more...) {
			for _, org := range []string{s.Org, "system"} {
				q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
				for {
					page, err := r.Find(ctx, spec, org, q)
					if err != nil {
						return err
					}
					for _, rec := range page.Records {
						if strings.Contains(string(rec.Body), text) {
							s.TB.Errorf("%s holds %q in clear", spec.Name, text)
						}
					}
					if page.Next == "" {
						break
					}
					q.After = page.Next
				}
			}
		}
		return nil
	})
	must(s.TB, err)
}
