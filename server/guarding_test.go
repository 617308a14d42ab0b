package main

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
)

// intruder is an office with a founder and a coordinator, and somebody who can
// write to the database of its data, and has nothing else.
type intruder struct {
	*office
	h              *house
	org            string
	founder, maya  access.Actor
	handles, token map[string]string // by account
}

const mayasPhrase = "hatti sirani chulo pahad sagar"

func newIntruder(t *testing.T) *intruder {
	t.Helper()
	in := &intruder{office: newOffice(t), handles: map[string]string{}, token: map[string]string{}}
	in.h = in.open()
	var err error
	if in.org, err = in.h.nouns.Organisations.ByHost(ctx, "localhost"); err != nil {
		t.Fatal(err)
	}
	in.founder = in.signsIn(in.handle, officePhrase)
	tree, err := in.h.nouns.Organisations.Tree(ctx, in.org)
	if err != nil {
		t.Fatal(err)
	}
	her, err := in.h.nouns.Members.Admit(ctx, in.org, tree.Root().ID, member.Admission{
		Alias: "Maya", Language: "ne", Passphrase: mayasPhrase, Consents: stage.Yes(consent.Membership),
	})
	if err != nil {
		t.Fatal(err)
	}
	in.maya = in.signsIn(her.Handle.Reveal(), mayasPhrase)
	return in
}

func (in *intruder) signsIn(handle, phrase string) access.Actor {
	in.t.Helper()
	a, err := in.triesToSignIn(handle, phrase)
	if err != nil {
		in.t.Fatal(err)
	}
	in.handles[a.Account] = handle
	return a
}

func (in *intruder) triesToSignIn(handle, phrase string) (access.Actor, error) {
	token, _, err := in.h.nouns.Accounts.SignIn(ctx, in.org, "localhost", handle, phrase)
	if err != nil {
		return access.Actor{}, err
	}
	a, err := in.h.nouns.Accounts.Authenticate(ctx, in.org, "localhost", token)
	in.token[a.Account] = token
	return a, err
}

// trailed counts what the trail says that the host did with something.
func (in *intruder) trailed(id string) (n int) {
	in.t.Helper()
	err := audit.Entries.Each(ctx, in.h.data.Org(in.org), store.Query{Index: store.ChangedIndex}, func(e *audit.Entry) error {
		if e.Action == access.ManageSetup && e.Account == "" && slices.Contains(e.Subjects, id) {
			n++
		}
		return nil
	})
	if err != nil {
		in.t.Fatal(err)
	}
	return n
}

// body is what lies in the database.
func (in *intruder) body(collection, id string) bson.D {
	in.t.Helper()
	r, err := in.h.data.Engine().Reader().Get(ctx, specOf(collection), in.org, id)
	var d bson.D
	if err = errors.Join(err, bson.Unmarshal(r.Body, &d)); err != nil {
		in.t.Fatal(err)
	}
	return d
}

// lays writes it there, as whoever knows how the columns fit.
func (in *intruder) lays(collection, id string, d bson.D) {
	in.t.Helper()
	body, err := bson.Marshal(d)
	if err != nil {
		in.t.Fatal(err)
	}
	spec := specOf(collection)
	err = in.h.data.Engine().Tx(ctx, func(w store.Writer) error {
		r, err := w.Get(ctx, spec, in.org, id)
		if err != nil {
			return err
		}
		if err := w.Delete(ctx, spec, in.org, id, r.Version); err != nil {
			return err
		}
		written := bson.Raw(body)
		return w.Insert(ctx, spec, in.org, store.Record{
			ID: id, Version: written.Lookup("version").Int64(), Changed: written.Lookup("changed").Time().UTC(), Body: written,
		})
	})
	if err != nil {
		in.t.Fatal(err)
	}
}

func specOf(collection string) *store.Spec {
	all := specs()
	return all[slices.IndexFunc(all, func(s *store.Spec) bool { return s.Name == collection })]
}

// with is a document that says something else under a key; nil takes it away.
func with(d bson.D, key string, value any) bson.D {
	d = slices.DeleteFunc(slices.Clone(d), func(e bson.E) bool { return value == nil && e.Key == key })
	for i := range d {
		if d[i].Key == key {
			d[i].Value = value
		}
	}
	return d
}

func isNobody(err error) bool { return fault.Is(err, fault.Unauthenticated) }

// A role, another's way in, another's open sign-in: whoever lays them into the
// database gets none of it, and what was laid there is named.
func TestWhoeverWritesIntoTheDatabaseGetsNoRightByIt(t *testing.T) {
	in := newIntruder(t)
	defer func() { in.close(in.h) }()
	founder, maya := in.founder, in.maya
	authenticates := func(account string) (access.Actor, error) {
		return in.h.nouns.Accounts.Authenticate(ctx, in.org, "localhost", in.token[account])
	}
	inviting, err := in.h.nouns.Accounts.ActorOf(ctx, in.org, founder.Account) // past her second factor
	if err != nil {
		t.Fatal(err)
	}
	inviting.Fresh = true
	invited, err := in.h.nouns.Founders.Invite(ctx, inviting, once.Key{}, access.Coordinator)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		collection, id string
		lays           func(good bson.D) bson.D
		gives          func() error // nil where it gave something
	}{
		"a role": {
			"accounts", maya.Account,
			func(good bson.D) bson.D { return with(good, "roles", bson.A{"member", "focalPoint", "administrator"}) },
			func() error { _, err := authenticates(maya.Account); return err },
		},
		"a role with the mark of another": {
			"accounts", maya.Account,
			func(bson.D) bson.D {
				hers := with(in.body("accounts", founder.Account), "person", maya.Person)
				return with(with(hers, "_id", maya.Account), "handle_key", "another")
			},
			func() error { _, err := authenticates(maya.Account); return err },
		},
		"a role without a mark": {
			"accounts", maya.Account,
			func(good bson.D) bson.D { return with(with(good, "roles", bson.A{"member", "board"}), "mark", nil) },
			func() error { _, err := authenticates(maya.Account); return err },
		},
		"her own words for another's account": {
			"credentials", founder.Account,
			func(bson.D) bson.D { return with(in.body("credentials", maya.Account), "_id", founder.Account) },
			func() error { _, err := in.triesToSignIn(in.handles[founder.Account], mayasPhrase); return err },
		},
		"another's account in her own sign-in": {
			"sessions", maya.Session,
			func(good bson.D) bson.D { return with(good, "account", founder.Account) },
			func() error { _, err := authenticates(maya.Account); return err },
		},
		"a set-up that is open again": {
			"setup", "setup",
			func(good bson.D) bson.D { return with(with(good, "open", true), "invitations", nil) },
			func() error {
				_, err := in.h.nouns.Founders.Invite(ctx, inviting, once.Key{}, access.Board)
				return err
			},
		},
		"another role in an invitation": {
			"setup", "setup",
			func(good bson.D) bson.D {
				return with(good, "invitations", bson.A{with(good.Map()["invitations"].(bson.A)[0].(bson.D), "role", "administrator")})
			},
			func() error {
				_, err := in.h.nouns.Founders.Take(ctx, in.org, once.Key{}, taking(invited.Code, "Asha"))
				return err
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			good := in.body(c.collection, c.id)
			in.lays(c.collection, c.id, c.lays(good))
			if err := c.gives(); err == nil {
				t.Error("it gave something")
			} else if _, refused := fault.As(err); !refused && !errors.Is(err, access.Refused) {
				t.Errorf("it is refused without a word: %v", err)
			}
			var said bytes.Buffer
			v := verifying{settings: in.settings, data: in.h.data, seals: in.h.seals, clock: in.h.clock, out: &said, progress: io.Discard}
			err := v.all(ctx, verifyCommand{})
			if !errors.Is(err, errNotSealed) || strings.Count(said.String(), "FOUND "+c.collection+" "+c.id+":") != 1 || strings.Count(said.String(), "FOUND") != 1 {
				t.Errorf("%v\n%s", err, said.String())
			}
			if err := in.h.tellForged(ctx, in.org); err != nil {
				t.Error(err)
			}
			in.lays(c.collection, c.id, good)
			if a, err := authenticates(maya.Account); err != nil || !slices.Equal(a.Roles, maya.Roles) {
				t.Errorf("as it was written before: %v, %v", a.Roles, err)
			}
			said.Reset()
			if err := v.all(ctx, verifyCommand{}); err != nil {
				t.Errorf("as it was written before: %v\n%s", err, said.String())
			}
		})
	}
	// Those who protect are told, by the day.
	alerts, _, err := audit.Alerts.Find(ctx, in.h.data.Org(in.org), store.Query{Index: "day", Limit: 10})
	if err != nil || len(alerts) != 1 || alerts[0].Kind != audit.Forged || alerts[0].Account != "" || alerts[0].Count != 1 {
		t.Errorf("told is %+v: %v", alerts, err)
	}
}

// The log says once that something was laid there, and nothing of whom it is about.
func TestWhatWasLaidIntoTheDatabaseIsToldInTheLogOnce(t *testing.T) {
	in := newIntruder(t)
	in.close(in.h)
	var log bytes.Buffer
	master, err := openKey(in.settings.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	if in.h, err = build(ctx, in.settings, master, in.h.clock, slog.New(slog.NewTextHandler(&log, nil))); err != nil {
		t.Fatal(err)
	}
	defer func() { in.close(in.h) }()
	in.lays("accounts", in.maya.Account, with(in.body("accounts", in.maya.Account), "language", "en"))
	for range 3 {
		if _, err := in.triesToSignIn(in.handles[in.maya.Account], mayasPhrase); !isNobody(err) {
			t.Fatal(err)
		}
	}
	if n := strings.Count(log.String(), "counts as absent"); n != 1 || !strings.Contains(log.String(), "collection=accounts") {
		t.Errorf("%d times\n%s", n, log.String())
	}
	for _, word := range []string{in.maya.Account, in.maya.Person, "Maya", in.handles[in.maya.Account]} {
		if strings.Contains(log.String(), word) {
			t.Errorf("it tells of %s", word)
		}
	}
}

// A store from before there were marks opens as ever, gets them by itself, and
// from then on takes nothing without.
func TestAStoreFromBeforeMarksGetsThemByItself(t *testing.T) {
	in := newIntruder(t)
	defer func() { in.close(in.h) }()
	for _, c := range []string{"accounts", "credentials"} {
		for _, a := range []access.Actor{in.founder, in.maya} {
			in.lays(c, a.Account, with(in.body(c, a.Account), "mark", nil))
		}
	}
	if err := in.h.seals.Unguarded(ctx, in.org); err != nil {
		t.Fatal(err)
	}
	in.close(in.h)
	in.h = in.open()
	in.signsIn(in.handles[in.maya.Account], mayasPhrase)
	settle := func() {
		t.Helper()
		if err := in.h.settleGuards(ctx); err != nil {
			t.Fatal(err)
		}
	}
	settle()
	// An older instance writes once more, and then is gone.
	in.lays("accounts", in.maya.Account, with(in.body("accounts", in.maya.Account), "mark", nil))
	settle()
	in.signsIn(in.handles[in.maya.Account], mayasPhrase)
	settle()
	var said bytes.Buffer
	v := verifying{settings: in.settings, data: in.h.data, seals: in.h.seals, clock: in.h.clock, out: &said, progress: io.Discard}
	if err := v.all(ctx, verifyCommand{}); err != nil {
		t.Errorf("%v\n%s", err, said.String())
	}
	in.signsIn(in.handles[in.founder.Account], officePhrase)
	in.lays("accounts", in.maya.Account, with(with(in.body("accounts", in.maya.Account), "roles", bson.A{"board"}), "mark", nil))
	if _, err := in.triesToSignIn(in.handles[in.maya.Account], mayasPhrase); !isNobody(err) {
		t.Errorf("what has no mark counted: %v", err)
	}
	// Nor after the server began anew, or the key was rotated.
	in.close(in.h)
	in.h = in.open()
	if _, err := in.triesToSignIn(in.handles[in.maya.Account], mayasPhrase); !isNobody(err) {
		t.Errorf("what has no mark counted: %v", err)
	}
	all, err := in.h.seals.Guard(organisation.Shown, nil).All(ctx, in.org)
	if err != nil || !all {
		t.Errorf("all have theirs: %v, %v", all, err)
	}
	if _, _, err := in.h.seals.SecretOf(ctx, "org_other"); !errors.Is(err, seal.ErrNoSecret) {
		t.Errorf("another organisation's secret: %v", err)
	}
}

// What a disk damaged counts again once the host says so, and the trail tells.
func TestWhatWasDamagedCountsAgainWhereTheHostSaysSo(t *testing.T) {
	in := newIntruder(t)
	in.lays("accounts", in.maya.Account, with(in.body("accounts", in.maya.Account), "language", "en"))
	in.close(in.h)
	accept := func(c acceptCommand) (string, error) {
		var out bytes.Buffer
		err := c.accept(ctx, in.settings, &out)
		return out.String(), err
	}
	for _, c := range []acceptCommand{{Collection: "members", ID: in.maya.Person}, {Collection: "accounts", ID: "acc_none"}} {
		if said, err := accept(c); err == nil || said != "" {
			t.Errorf("%+v: %v\n%s", c, err, said)
		}
	}
	c := acceptCommand{Collection: "accounts", ID: in.maya.Account}
	shown, err := accept(c)
	if err != nil || !strings.Contains(shown, `"roles": "member", "coordinator"`) || !strings.Contains(shown, "Nothing was changed") {
		t.Errorf("%v\n%s", err, shown)
	}
	in.h = in.open()
	if _, err := in.triesToSignIn(in.handles[in.maya.Account], mayasPhrase); !isNobody(err) {
		t.Errorf("only shown, it counts: %v", err)
	}
	in.close(in.h)
	c.AsItStands = true
	if said, err := accept(c); err != nil || !strings.Contains(said, "It counts from now on") {
		t.Errorf("%v\n%s", err, said)
	}
	in.h = in.open()
	defer func() { in.close(in.h) }()
	in.signsIn(in.handles[in.maya.Account], mayasPhrase)
	if n := in.trailed(in.maya.Account); n != 1 {
		t.Errorf("%d entries say that it was done on the host", n)
	}
}

// Somebody's twin has her account's id: what is accepted is what was forged, in
// whichever of the two spaces it stands.
func TestATwinThatWasDamagedIsAcceptedAndNotHerAccount(t *testing.T) {
	in := newIntruder(t)
	org := in.org
	in.org = organisation.Decoy(org)
	in.lays("accounts", in.maya.Account, with(in.body("accounts", in.maya.Account), "language", "en"))
	in.org = org
	in.close(in.h)
	var out bytes.Buffer
	c := acceptCommand{Collection: "accounts", ID: in.maya.Account, AsItStands: true}
	if err := c.accept(ctx, in.settings, &out); err != nil || strings.Count(out.String(), "It counts from now on") != 1 || !strings.Contains(out.String(), organisation.Decoy(org)) {
		t.Errorf("%v\n%s", err, out.String())
	}
	in.h = in.open()
	defer func() { in.close(in.h) }()
	err := in.h.data.EachForged(ctx, specs(), organisation.Decoy(org), func(collection, id string) { t.Errorf("%s %s is still forged", collection, id) })
	if err != nil {
		t.Fatal(err)
	}
	if err := in.h.acceptIn(ctx, specOf("accounts"), c, &out); !errors.Is(err, errNothingThere) {
		t.Errorf("what counts is shown as if it didn't: %v", err)
	}
}

// Whoever looks on sees every value that counts, and nothing that looks like a
// word of the program.
func TestWhatIsAcceptedIsShownWhole(t *testing.T) {
	roles := bson.A{}
	for range 40 {
		roles = append(roles, "member")
	}
	body, err := bson.Marshal(bson.D{
		{Key: "_id", Value: "acc_a"},
		{Key: "roles", Value: append(roles, "focalPoint", "\x1b[2K\rnothing")},
		{Key: "closed", Value: true},
		{Key: "handle_key", Value: "abc"},
		{Key: "hash", Value: []byte{1}},
		{Key: "what", Value: bson.D{{Key: "role", Value: "board"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`"roles": "member", "focalPoint", "\x1b[2K\rnothing"`, `"closed": true`, `not shown: "handle_key", "hash", "what"`}
	if got := plainly(body); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// What gives rights, or takes something of others away for good, has marks.
func TestWhatGivesRightsHasMarks(t *testing.T) {
	want := []string{
		"accounts", "credentials", "doomed_keys", "erasures", "factors", "founding", "grievances", "once", "requests", "retraction_notices", "sessions", "setup",
	}
	if got := slices.Sorted(slices.Values(guardedNames())); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
