package account_test

import (
	"context"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/organisation"
	"chautari/models/store"
)

// choose lets the account's owner, who administers, choose a number.
func (o *office) choose(key string, value int) {
	o.t.Helper()
	ctx := context.Background()
	a, err := o.accounts.ActorOf(ctx, o.org, o.account)
	if err != nil {
		o.t.Fatal(err)
	}
	a.Fresh = true
	now, err := o.orgs.ReadSettings(ctx, a)
	if err != nil {
		o.t.Fatal(err)
	}
	_, err = o.orgs.ChangeSettings(ctx, a, "", now.Version, organisation.SettingsChange{Limits: []organisation.LimitInput{{Key: key, Value: value}}})
	if err != nil {
		o.t.Fatal(err)
	}
}

func eachAdministrator(t *testing.T, fn func(t *testing.T, o *office)) {
	each(t, func(t *testing.T, o *office) {
		err := o.store.Org(o.org).Tx(context.Background(), func(tx *store.Tx) error {
			return account.SetRole(context.Background(), tx, "mem_1", access.Administrator, "")
		})
		if err != nil {
			t.Fatal(err)
		}
		fn(t, o)
	})
}

func TestASignInEndsWhenTheOrganisationChoseAtTheNextRequest(t *testing.T) {
	eachAdministrator(t, func(t *testing.T, o *office) {
		token := o.mustSignIn()
		o.clock.Advance(5 * time.Minute)
		if _, err := o.who(token); err != nil {
			t.Fatal(err)
		}
		o.choose("staffIdle", 2)
		o.clock.Advance(2*time.Minute - time.Millisecond)
		if _, err := o.who(token); err != nil {
			t.Errorf("just before it ends: %v", err)
		}
		o.clock.Advance(2 * time.Minute)
		o.wantsNobody(token, "two minutes idle")

		token = o.mustSignIn()
		o.choose("staffIdle", 30)
		o.choose("staffLongest", 1)
		for range 2 {
			o.clock.Advance(29 * time.Minute)
			if _, err := o.who(token); err != nil {
				t.Fatal(err)
			}
		}
		o.clock.Advance(2 * time.Minute)
		o.wantsNobody(token, "an hour after she came")

		// More than it was when she came in counts as well.
		token = o.mustSignIn()
		o.choose("staffLongest", 12)
		for range 25 {
			o.clock.Advance(28 * time.Minute)
			if _, err := o.who(token); err != nil {
				t.Fatal(err)
			}
		}
		o.clock.Advance(21 * time.Minute)
		o.wantsNobody(token, "twelve hours after she came")
	})
}

// The page locks itself by what it is told, so it is told what the server keeps to.
func TestWhoIsSignedInIsToldHowLongThePageMayBeLeftAlone(t *testing.T) {
	eachAdministrator(t, func(t *testing.T, o *office) {
		for _, minutes := range []int{2, 30} {
			o.choose("staffIdle", minutes)
			o.clock.Advance(time.Second)
			a, err := o.accounts.ActorOf(context.Background(), o.org, o.account)
			if err != nil {
				t.Fatal(err)
			}
			in, err := o.accounts.Who(context.Background(), a)
			if err != nil || in.Idle != time.Duration(minutes)*time.Minute {
				t.Errorf("%+v, want %d minutes (%v)", in, minutes, err)
			}
		}
	})
}

func TestNobodyIsSignedInBehindAShutDoor(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := context.Background()
		token := o.mustSignIn()
		// Another instance shuts it.
		if err := organisation.New(o.store, o.clock).SetClosed(ctx, o.org, true); err != nil {
			t.Fatal(err)
		}
		o.clock.Advance(time.Second)
		o.wantsNobody(token, "the door is shut")
		ended := 0
		err := o.store.Org(o.org).Tx(ctx, func(tx *store.Tx) (err error) {
			ended, err = account.EndSessions(ctx, tx, 100)
			return err
		})
		if err != nil || ended != 1 {
			t.Errorf("%d sign-ins ended (%v)", ended, err)
		}
		if err := o.orgs.SetClosed(ctx, o.org, false); err != nil {
			t.Fatal(err)
		}
		o.wantsNobody(token, "opened again")
		if _, err := o.who(o.mustSignIn()); err != nil {
			t.Errorf("she can't sign in again: %v", err)
		}
	})
}
