package approval_test

import (
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

func TestAClosedAccountOpensAgainByTwo(t *testing.T) {
	o := one(t)
	handle := o.handle(o.she)
	if err := o.Accounts.Close(ctx, o.focal, once.Key{}, account.Closing{Handle: handle, Reason: "Markerclosed"}); err != nil {
		t.Fatal(err)
	}
	_, err := o.requests.Ask(ctx, o.focal, once.Key{}, approval.Asking{Kind: approval.Emergency, Handle: handle, Reason: "x"})
	o.wants(err, "account.unknown")
	id := o.ask(o.admin, approval.Asking{Kind: approval.Reopen, Handle: handle, Reason: "It was a mistake"})
	_, err = o.requests.Approve(ctx, o.admin, once.Key{}, id)
	o.refuses(err)
	s, err := o.requests.Read(ctx, o.deputy, id)
	if err != nil || s.ClosedFor.Reveal() != "Markerclosed" {
		t.Errorf("%+v: %v", s, err)
	}
	o.approve(o.deputy, id)
	o.now(o.she)
}

// What was opened ends with the role in which it was asked, or with the way in, and
// isn't open again because these were given back within its hours.
func TestWhatWasOpenedEndsWithTheRoleThoughItBeGivenBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		person := o.Register("Kopila", o.First, stage.WithPhone("9841000001"))
		roles := func(change func(*account.Account) []access.Role) {
			t.Helper()
			if err := o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error {
				her, err := account.Get(ctx, tx, o.focal.Account)
				if err != nil {
					return err
				}
				return account.SetRoles(ctx, tx, her, change(her), her.Groups)
			}); err != nil {
				t.Fatal(err)
			}
		}
		id := o.ask(o.focal, o.emergency(person, 2))
		o.approve(o.deputy, id)
		roles(func(a *account.Account) []access.Role { return append(slices.Clone(a.Roles), access.Trainer) })
		o.focal = o.now(o.focal)
		if _, err := o.requests.Open(ctx, o.focal, id); err != nil {
			t.Errorf("another role beside it shuts the record: %v", err)
		}
		roles(func(a *account.Account) []access.Role {
			return slices.DeleteFunc(slices.Clone(a.Roles), func(r access.Role) bool { return r == access.FocalPoint })
		})
		roles(func(a *account.Account) []access.Role { return append(slices.Clone(a.Roles), access.FocalPoint) })
		o.focal = o.now(o.focal)
		_, err := o.requests.Open(ctx, o.focal, id)
		o.refuses(err)
		again := o.ask(o.focal, o.emergency(person, 2))
		o.approve(o.deputy, again)
		if _, err := o.requests.Open(ctx, o.focal, again); err != nil {
			t.Errorf("asked anew it doesn't open: %v", err)
		}
	})
}

func TestARecordIsOpenedToTwoPeopleForATimeAndShutsByItself(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		person := o.Register("Kopila", o.First, stage.WithPhone("9841000001"))
		id := o.ask(o.focal, o.emergency(person, 2))
		_, err := o.requests.Open(ctx, o.focal, id)
		o.refuses(err) // one person
		_, err = o.requests.Approve(ctx, o.focal, once.Key{}, id)
		o.refuses(err)
		_, err = o.requests.Approve(ctx, o.Coordinator, once.Key{}, id)
		o.refuses(err)
		o.approve(o.deputy, id)
		got, err := o.requests.Open(ctx, o.focal, id)
		if err != nil || got.Alias.Reveal() != "Kopila" || got.Phone.Reveal() != "+9779841000001" || !got.Until.Equal(stage.Start.Add(2*time.Hour)) {
			t.Fatalf("%+v: %v", got, err)
		}
		seen := o.Trail(person.Person, audit.Read)
		if !slices.ContainsFunc(seen, func(e *audit.Entry) bool { return e.Action == access.UseEmergency && e.Account == o.focal.Account }) {
			t.Error("the trail doesn't say that it was opened")
		}
		for _, a := range []access.Actor{o.deputy, o.board, o.Coordinator, o.she} { // who approved gets nothing
			_, err = o.requests.Open(ctx, a, id)
			o.refuses(err)
		}
		o.Clock.Set(stage.Start.Add(2*time.Hour - time.Second))
		if _, err = o.requests.Open(ctx, o.focal, id); err != nil {
			t.Fatal(err)
		}
		o.Clock.Set(stage.Start.Add(2 * time.Hour))
		_, err = o.requests.Open(ctx, o.focal, id)
		o.refuses(err)
	})
}

func TestWhatHappensToHerAccountShutsTheRecord(t *testing.T) {
	o := one(t)
	id := o.ask(o.focal, o.emergency(o.she, 24))
	o.approve(o.deputy, id)
	if err := o.Accounts.Close(ctx, o.admin, once.Key{}, account.Closing{Handle: o.handle(o.she), Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	_, err := o.requests.Open(ctx, o.focal, id)
	o.refuses(err)
	// Whoever was closed while it waited is opened to nobody.
	late := o.Person(access.Member, o.First, "Kopila")
	waiting := o.ask(o.focal, o.emergency(late, 24))
	if err := o.Accounts.Close(ctx, o.admin, once.Key{}, account.Closing{Handle: o.handle(late), Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	_, err = o.requests.Approve(ctx, o.deputy, once.Key{}, waiting)
	o.wants(err, "approval.over")
}
