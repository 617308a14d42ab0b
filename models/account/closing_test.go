package account_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
)

var ctx = context.Background()

// board is a stage with those who may close accounts, and somebody to close.
type board struct {
	*stage.Stage
	focal, deputy, admin, first, second access.Actor
}

func eachBoard(t *testing.T, fn func(t *testing.T, b *board)) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		fn(t, &board{
			Stage: s, focal: s.Person(access.FocalPoint, s.Root, "Sarita"), deputy: s.Person(access.Deputy, s.Root, "Urmi"),
			admin: s.Person(access.Administrator, s.Root, "Kamala"), first: s.Person(access.Board, s.Root, "Binu"),
			second: s.Person(access.Board, s.Root, "Gita"),
		})
	})
}

func (b *board) handle(a access.Actor) string {
	b.TB.Helper()
	in, err := b.Accounts.Who(ctx, a)
	if err != nil {
		b.TB.Fatal(err)
	}
	return in.Handle.Reveal()
}

func (b *board) close(by, she access.Actor) error {
	b.TB.Helper()
	return b.Accounts.Close(ctx, by, once.Key{}, account.Closing{Handle: b.handle(she), Reason: "Markerreason"})
}

// refused demands a fault with this code, of the whole or of a field.
func (b *board) refused(err error, code string) {
	b.TB.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code && (len(f.Fields) != 1 || f.Fields[0].Code != code) {
		b.TB.Errorf("got %v, want %s", err, code)
	}
}

func (b *board) account(a access.Actor) *account.Account {
	b.TB.Helper()
	found, err := account.Get(ctx, b.Store.Org(b.Org), a.Account)
	if err != nil {
		b.TB.Fatal(err)
	}
	return found
}

// Requirement 30: two clients of hers, on two instances.
func TestAClosedAccountIsSignedInNowhereFromTheNextRequestOn(t *testing.T) {
	eachBoard(t, func(t *testing.T, b *board) {
		handle := b.handle(b.Coordinator)
		elsewhere := account.New(b.Store, b.Keys, b.Master, b.Orgs, b.Clock)
		var tokens []string
		for range 2 {
			token, _, err := b.Accounts.SignIn(ctx, b.Org, "localhost", handle, stage.Phrase)
			if err != nil {
				t.Fatal(err)
			}
			tokens = append(tokens, token)
		}
		typed := strings.ToUpper(strings.ReplaceAll(handle, "-", " "))
		if err := b.Accounts.Close(ctx, b.admin, once.Key{}, account.Closing{Handle: typed, Reason: "Markerreason"}); err != nil {
			t.Fatal(err)
		}
		for _, on := range []*account.Accounts{b.Accounts, elsewhere} {
			for _, token := range tokens {
				if a, err := on.Authenticate(ctx, b.Org, "localhost", token); !errors.Is(err, account.ErrAbsent) {
					t.Errorf("still signed in as %v (%v)", a.Account, err)
				}
			}
			if _, _, err := on.SignIn(ctx, b.Org, "localhost", handle, stage.Phrase); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("she comes in again: %v", err)
			}
		}
		with, err := account.WithRole(ctx, b.Store.Org(b.Org), access.Coordinator)
		if err != nil || len(with) != 1 || with[0].Person != b.OfFirst.Person {
			t.Errorf("%d coordinators are listed (%v)", len(with), err)
		}
		closings := slices.DeleteFunc(b.Trail(b.Coordinator.Person, audit.Done), func(e *audit.Entry) bool { return e.Action != access.CloseAccount })
		if len(closings) != 1 || closings[0].Account != b.admin.Account {
			t.Errorf("the trail says %+v", closings)
		}
		b.WantsNowhere("Markerreason")
		why, err := b.Accounts.WhyClosed(ctx, b.Org, b.account(b.Coordinator))
		if err != nil || why.Reveal() != "Markerreason" {
			t.Errorf("why is %q (%v)", why.Reveal(), err)
		}

		// Two people let her in again.
		err = b.Store.Org(b.Org).Tx(ctx, func(tx *store.Tx) error {
			found, err := b.Accounts.ByHandle(ctx, tx, typed)
			if err != nil {
				return err
			}
			return account.Reopen(ctx, tx, found)
		})
		if err != nil {
			t.Fatal(err)
		}
		if back := b.account(b.Coordinator); back.Closed || !back.ClosedFor.Empty() {
			t.Errorf("she is %v", back.Closed)
		}
		if _, err := b.Accounts.Authenticate(ctx, b.Org, "localhost", tokens[0]); !errors.Is(err, account.ErrAbsent) {
			t.Errorf("a sign-in from before lives again: %v", err)
		}
		if _, _, err := b.Accounts.SignIn(ctx, b.Org, "localhost", handle, stage.Phrase); err != nil {
			t.Errorf("she can't come in: %v", err)
		}
	})
}

func TestWhoMayCloseAnAccount(t *testing.T) {
	eachBoard(t, func(t *testing.T, b *board) {
		she := b.Person(access.Member, b.First, "Junkiri")
		for _, by := range []access.Actor{b.Coordinator, b.first, b.Person(access.Trainer, b.First, "Asha"), she, access.AnonymousIn(b.Org)} {
			known := b.close(by, she)
			unknown := b.Accounts.Close(ctx, by, once.Key{}, account.Closing{Handle: "river-lamp-seven", Reason: "x"})
			if !errors.Is(known, access.Refused) || !errors.Is(unknown, access.Refused) {
				t.Errorf("%v is told %v of a name, and %v of nobody's", by.Roles, known, unknown)
			}
		}
		for _, by := range []access.Actor{b.focal, b.deputy, b.admin} {
			if err := b.close(b.Stale(by), she); !errors.Is(err, access.Unproved) {
				t.Errorf("%v without a proof: %v", by.Roles, err)
			}
			b.refused(b.Accounts.Close(ctx, b.Stale(by), once.Key{}, account.Closing{Handle: "river-lamp-seven", Reason: "x"}), "session.proof_needed")
			b.refused(b.close(by, by), "account.own")
			b.refused(b.Accounts.Close(ctx, by, once.Key{}, account.Closing{Handle: "river-lamp-seven", Reason: "x"}), "account.unknown")
			b.refused(b.Accounts.Close(ctx, by, once.Key{}, account.Closing{Handle: b.handle(she), Reason: " \u200b "}), "account.reason_missing")
			if b.account(she).Closed {
				t.Fatal("a refused closing closed it")
			}
		}
		for _, by := range []access.Actor{b.focal, b.deputy, b.admin} {
			if err := b.close(by, she); err != nil { // and again
				t.Errorf("%v: %v", by.Roles, err)
			}
		}
	})
}

// Somebody close to her looks like nobody, and that she tried is noted.
func TestNobodyClosesTheAccountOfSomebodySheIsInConflictWith(t *testing.T) {
	eachBoard(t, func(t *testing.T, b *board) {
		she := b.Person(access.Member, b.First, "Junkiri")
		if _, err := b.Conflicts.Declare(ctx, b.focal, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: b.handle(she)}); err != nil {
			t.Fatal(err)
		}
		b.refused(b.close(b.focal, she), "account.unknown")
		if b.account(she).Closed {
			t.Error("it is closed")
		}
		if trail := b.Trail(she.Person, audit.Refused); len(trail) != 1 || trail[0].Action != access.CloseAccount {
			t.Errorf("the trail says %+v", trail)
		}
		if err := b.close(b.deputy, she); err != nil {
			t.Errorf("somebody else: %v", err)
		}
	})
}

// There is always somebody who can let others in again.
func TestTheLastOfTheBoardAndTheLastAdministratorStay(t *testing.T) {
	eachBoard(t, func(t *testing.T, b *board) {
		b.refused(b.close(b.focal, b.admin), "account.last_one")
		var together sync.WaitGroup
		faults := make([]error, 2)
		for i, she := range []access.Actor{b.first, b.second} {
			together.Go(func() { faults[i] = b.close([]access.Actor{b.focal, b.deputy}[i], she) })
		}
		together.Wait()
		left, err := account.WithRole(ctx, b.Store.Org(b.Org), access.Board)
		if err != nil || len(left) != 1 || (faults[0] == nil) == (faults[1] == nil) {
			t.Errorf("%d of the board are left: %v, %v (%v)", len(left), faults[0], faults[1], err)
		}
	})
}

func TestTwoWhoCloseEachOtherAtOnceDontBothSucceed(t *testing.T) {
	eachBoard(t, func(t *testing.T, b *board) {
		var together sync.WaitGroup
		both := []access.Actor{b.focal, b.deputy}
		faults := make([]error, 2)
		for i := range both {
			together.Go(func() { faults[i] = b.close(both[i], both[1-i]) })
		}
		together.Wait()
		if (faults[0] == nil) == (faults[1] == nil) {
			t.Errorf("they are told %v and %v", faults[0], faults[1])
		}
	})
}

// Requirement 28: what reaches further than to herself ends her sign-ins, so no
// value from before stands for it. Becoming a member doesn't throw her out.
func TestADecisionOnHerRolesEndsHerSignInsUnlessItIsHerOwnMembership(t *testing.T) {
	eachBoard(t, func(t *testing.T, b *board) {
		enter := func(handle string) string {
			t.Helper()
			token, _, err := b.Accounts.SignIn(ctx, b.Org, "localhost", handle, stage.Phrase)
			if err != nil {
				t.Fatal(err)
			}
			return token
		}
		alive := func(token string) bool {
			_, err := b.Accounts.Authenticate(ctx, b.Org, "localhost", token)
			return err == nil
		}
		set := func(a access.Actor, roles []access.Role, groups ...string) {
			t.Helper()
			err := b.Store.Org(b.Org).Tx(ctx, func(tx *store.Tx) error {
				found, err := account.OfPerson(ctx, tx, a.Person)
				if err != nil {
					return err
				}
				return account.SetRoles(ctx, tx, found, roles, groups)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		she := b.Register("Junkiri", b.First)
		handle := b.handle(she)
		token := enter(handle)
		set(she, []access.Role{access.Member})
		if !alive(token) {
			t.Error("thrown out by becoming a member")
		}
		set(she, []access.Role{access.Applicant})
		if !alive(token) {
			t.Error("thrown out by ending her membership")
		}
		for _, change := range []struct {
			what   string
			roles  []access.Role
			groups []string
		}{
			{"given a role", []access.Role{access.Member, access.PeerSupporter}, nil},
			{"given another", []access.Role{access.Member, access.PeerSupporter, access.Coordinator}, []string{b.First}},
			{"given another group", []access.Role{access.Member, access.PeerSupporter, access.Coordinator}, []string{b.First, b.Second}},
			{"a group taken", []access.Role{access.Member, access.PeerSupporter, access.Coordinator}, []string{b.Second}},
			{"the roles taken", []access.Role{access.Member}, nil},
		} {
			before := enter(handle)
			set(she, change.roles, change.groups...)
			if alive(before) {
				t.Errorf("%s, her sign-in lives on", change.what)
			}
		}
		before := enter(handle)
		set(she, []access.Role{access.Member})
		if !alive(before) {
			t.Error("thrown out though nothing changed")
		}
		// Somebody takes over what she did; it is not she who is given anything.
		set(she, []access.Role{access.Member, access.Administrator, access.Coordinator}, b.Root)
		before = enter(handle)
		b.TakeRole(she, access.Coordinator)
		if a, err := b.Accounts.Authenticate(ctx, b.Org, "localhost", before); err != nil || a.Has(access.Coordinator) || len(a.Groups) != 0 {
			t.Errorf("she acts as %v for %v (%v)", a.Roles, a.Groups, err)
		}
		err := b.Store.Org(b.Org).Tx(ctx, func(tx *store.Tx) error {
			return account.SetRole(ctx, tx, she.Person, access.FocalPoint, access.Administrator)
		})
		if err != nil || alive(before) {
			t.Errorf("given another role, her sign-in lives on (%v)", err)
		}
	})
}

// A key that is damaged keeps nobody from shutting the way in that hangs on it.
func TestAnAccountWhoseKeyIsDamagedCanBeClosed(t *testing.T) {
	eachBoard(t, func(t *testing.T, b *board) {
		she := b.Admit(b.First, "Junkiri")
		handle := b.handle(she)
		b.DamageKey(she.Person)
		// As after a restart: no key is in memory.
		accounts := account.New(b.Store, seal.NewKeys(b.KeyStore, b.Master), b.Master, b.Orgs, b.Clock)
		accounts.ApartBy(conflict.StillApartByOwn)
		if err := accounts.Close(ctx, b.focal, once.Key{}, account.Closing{Handle: handle, Reason: "Markerreason"}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Accounts.ActorOf(ctx, b.Org, she.Account); !errors.Is(err, account.ErrAbsent) {
			t.Errorf("it is open: %v", err)
		}
	})
}
