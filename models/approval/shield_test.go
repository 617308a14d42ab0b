package approval_test

import (
	"testing"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/once"
)

// Whoever is declared about gets the same answers as before, wherever she names
// the other by her sign-in name; a record isn't opened to her all the same, and a
// declaration shields nobody from having her way in shut.
func TestADeclarationAboutHerIsToldByNoAnswerAndShieldsNobody(t *testing.T) {
	answers := func(declared bool) (all []error, o *office, id string) {
		o = one(t)
		if declared {
			for _, about := range []access.Actor{o.focal, o.admin} {
				in := conflict.Declaring{Kind: conflict.Relative, Handle: o.handle(about)}
				if _, err := o.Conflicts.Declare(ctx, o.deputy, once.Key{}, in); err != nil {
					t.Fatal(err)
				}
			}
		}
		ask := func(a access.Actor, in approval.Asking) {
			s, err := o.requests.Ask(ctx, a, once.Key{}, in)
			if all = append(all, err); err == nil && in.Kind == approval.Emergency {
				id = s.ID
			}
		}
		ask(o.focal, o.emergency(o.deputy, 2))
		ask(o.focal, o.role(o.deputy, access.Deputy, true))
		ask(o.focal, o.role(o.deputy, access.Deputy, false))
		ask(o.focal, approval.Asking{Kind: approval.Reopen, Handle: o.handle(o.deputy), Reason: "x"})
		for _, a := range []access.Actor{o.focal, o.admin} {
			all = append(all, o.Accounts.Close(ctx, a, once.Key{}, account.Closing{Handle: o.handle(o.deputy), Reason: "x"}))
		}
		return all, o, id
	}
	before, _, _ := answers(false)
	after, o, id := answers(true)
	for i := range before {
		was, _ := fault.As(before[i])
		is, _ := fault.As(after[i])
		if was != is || (before[i] == nil) != (after[i] == nil) {
			t.Errorf("%d: %v before, %v after", i, before[i], after[i])
		}
	}
	if acc := value(account.Get(ctx, o.Store.Org(o.Org), o.deputy.Account))(t); !acc.Closed {
		t.Error("a declaration shields her")
	}
	shown, _, err := o.requests.List(ctx, o.board, true, 10, "")
	for _, s := range shown {
		if s.Kind == approval.Emergency || err != nil {
			t.Error("somebody is asked to open her record to who is close to her", err)
		}
	}
	_, err = o.requests.Approve(ctx, o.board, once.Key{}, id)
	o.refuses(err)
	if n := value(o.requests.Waiting(ctx, o.board))(t); n != 1 { // the role
		t.Errorf("%d wait", n)
	}
}

// Nothing is granted on the word of somebody who was shut out.
func TestOfWhomWasShutOutNothingIsGranted(t *testing.T) {
	for _, kind := range []approval.Kind{approval.Role, approval.Emergency, approval.Reopen, approval.Export} {
		o := one(t)
		asker, in := o.deputy, o.role(o.she, access.PeerSupporter, true)
		switch kind {
		case approval.Emergency:
			in = o.emergency(o.she, 2)
		case approval.Reopen:
			closing := account.Closing{Handle: o.handle(o.she), Reason: "x"}
			if err := o.Accounts.Close(ctx, o.focal, once.Key{}, closing); err != nil {
				t.Fatal(err)
			}
			in = approval.Asking{Kind: approval.Reopen, Handle: o.handle(o.she), Reason: "x"}
		case approval.Export:
			asker, in = o.Coordinator, approval.Asking{Kind: approval.Export, Group: &o.First, Reason: "x"}
		}
		id := o.ask(asker, in)
		closing := account.Closing{Handle: o.handle(asker), Reason: "x"}
		if err := o.Accounts.Close(ctx, o.focal, once.Key{}, closing); err != nil {
			t.Fatal(err)
		}
		decider := o.board
		if kind == approval.Export {
			decider = o.deputy
		}
		_, err := o.requests.Approve(ctx, decider, once.Key{}, id)
		if !coded(err, "approval.lapsed") {
			t.Errorf("%s: %v", kind, err)
		}
		if s, err := o.requests.Read(ctx, decider, id); err != nil || s.State != approval.Over {
			t.Errorf("%s: it isn't cleared away: %+v, %v", kind, s, err)
		}
	}
}

func value[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
