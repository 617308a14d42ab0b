package approval_test

import (
	"errors"
	"sync"
	"testing"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/conflict"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/store"
)

// takes has a role taken by two, one of whom is the administrator.
func (o *office) takes(of access.Actor, r access.Role) {
	o.TB.Helper()
	o.approve(o.second, o.ask(o.admin, o.role(of, r, false)))
}

// Whoever could not ask for it now gets nothing for having asked earlier.
func TestARequestGoesWithTheRightToAskIt(t *testing.T) {
	third := approval.Asking{Kind: approval.Export, Reason: "For the meeting"}
	for name, c := range map[string]struct {
		asks func(o *office) (asker access.Actor, in approval.Asking)
		lose func(o *office, asker access.Actor)
		by   func(o *office) access.Actor
	}{
		"role": {
			func(o *office) (access.Actor, approval.Asking) { return o.focal, o.role(o.she, access.Trainer, true) },
			func(o *office, asker access.Actor) { o.takes(asker, access.FocalPoint) },
			func(o *office) access.Actor { return o.board },
		},
		"emergency": {
			func(o *office) (access.Actor, approval.Asking) { return o.deputy, o.emergency(o.she, 1) },
			func(o *office, asker access.Actor) { o.takes(asker, access.Deputy) },
			func(o *office) access.Actor { return o.focal },
		},
		"export": {
			func(o *office) (access.Actor, approval.Asking) {
				in := third
				in.Group = &o.First
				return o.OfFirst, in
			},
			func(o *office, asker access.Actor) { o.takes(asker, access.Coordinator) },
			func(o *office) access.Actor { return o.focal },
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, o *office) {
				asker, in := c.asks(o)
				id := o.ask(asker, in)
				c.lose(o, asker)
				_, err := o.requests.Approve(ctx, c.by(o), once.Key{}, id)
				o.wants(err, "approval.lapsed")
				s, err := o.requests.Read(ctx, c.by(o), id)
				if err != nil || s.State != approval.Over || s.MayDecide || s.Ends != nil {
					t.Fatalf("%+v: %v", s, err)
				}
				if o.now(o.she).Has(access.Trainer) {
					t.Error("she got it all the same")
				}
				_, err = o.requests.Refuse(ctx, c.by(o), once.Key{}, id)
				o.wants(err, "approval.over")
			})
		})
	}
}

// A resend of what ended so is told the same.
func TestAResentApprovalOfWhatLapsedIsToldTheSame(t *testing.T) {
	o := one(t)
	id := o.ask(o.focal, o.role(o.she, access.Trainer, true))
	o.takes(o.focal, access.FocalPoint)
	for range 2 {
		_, err := o.requests.Approve(ctx, o.board, once.Key{Value: "k3v9q2m8x4b7n6w1", Digest: "d"}, id)
		o.wants(err, "approval.lapsed")
	}
}

// Another role in which she may ask for the same keeps what she asked.
func TestAnotherRoleThatMayAskKeepsIt(t *testing.T) {
	o := one(t)
	o.approve(o.second, o.ask(o.admin, o.role(o.focal, access.Deputy, true)))
	id := o.ask(o.now(o.focal), o.role(o.she, access.Trainer, true))
	o.takes(o.focal, access.FocalPoint)
	o.approve(o.board, id)
}

// What she declares after she asked counts as if she had done so before.
func TestWhoDeclaresAfterAskingAskedForNothing(t *testing.T) {
	o := one(t)
	closing := account.Closing{Handle: o.handle(o.she), Reason: "x"}
	if err := o.Accounts.Close(ctx, o.admin, once.Key{}, closing); err != nil {
		t.Fatal(err)
	}
	id := o.ask(o.deputy, approval.Asking{Kind: approval.Reopen, Handle: o.handle(o.she), Reason: "x"})
	o.Declare(o.deputy, conflict.Relative, o.she)
	_, err := o.requests.Approve(ctx, o.board, once.Key{}, id)
	o.wants(err, "approval.lapsed")
}

// The role goes while it is decided on, again and again: what is granted was
// granted before, never after.
func TestNothingIsGrantedOnceTheAskersRoleIsGone(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for range 4 {
			asker := o.Person(access.Deputy, o.Root, "Tara")
			whom := o.Person(access.Member, o.First, "Junkiri")
			id := o.ask(asker, o.role(whom, access.Trainer, true))
			take := o.ask(o.admin, o.role(asker, access.Deputy, false))
			var both sync.WaitGroup
			var given, taken error
			both.Go(func() { _, given = o.requests.Approve(ctx, o.board, once.Key{}, id) })
			both.Go(func() {
				_, taken = o.requests.Approve(ctx, o.second, once.Key{}, take)
				has := o.now(whom).Has(access.Trainer)
				o.Clock.Advance(1)
				if _, err := o.requests.Approve(ctx, o.second, once.Key{}, id); taken == nil && !has && err == nil {
					t.Error("it was granted after the role was gone")
				}
			})
			both.Wait()
			if taken != nil && !errors.Is(taken, store.ErrBusy) {
				t.Fatal(taken)
			}
			if given != nil && !coded(given, "approval.lapsed") && !coded(given, "approval.over") && !errors.Is(given, store.ErrBusy) {
				t.Fatal(given)
			}
			if has := o.now(whom).Has(access.Trainer); has != (given == nil) {
				t.Fatalf("it is %v, and she has the role: %v", given, has)
			}
		}
	})
}

// A request whose words don't open keeps no other off the list, and nobody says
// yes to what she can't read; she may say no.
func TestNobodySaysYesToWhatCannotBeRead(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		tara := o.Person(access.Member, o.First, "Tara")
		damaged := o.ask(o.focal, o.role(tara, access.Trainer, true))
		other := o.ask(o.focal, o.role(o.she, access.Trainer, true))
		o.DamageKey(tara.Person)
		keys := seal.NewKeys(o.KeyStore, o.Master) // which never opened hers
		accounts := account.New(o.Store, keys, o.Master, o.Orgs, o.Clock)
		o.requests = approval.New(o.Store, keys, o.Orgs, accounts, o.Members, o.Clock)
		all, _, err := o.requests.List(ctx, o.board, true, 10, "")
		if err != nil || len(all) != 2 {
			t.Fatalf("%d are read: %v", len(all), err)
		}
		for _, s := range all {
			if s.Damaged != (s.ID == damaged) || s.Reason.Empty() != (s.ID == damaged) {
				t.Errorf("read is %+v", s)
			}
		}
		if _, err := o.requests.Approve(ctx, o.board, once.Key{}, damaged); !errors.Is(err, seal.ErrUnreadable) {
			t.Errorf("saying yes: %v", err)
		}
		if s, err := o.requests.Refuse(ctx, o.board, once.Key{}, damaged); err != nil || s.State != approval.Refused {
			t.Errorf("saying no: %v", err)
		}
		o.approve(o.board, other)
	})
}
