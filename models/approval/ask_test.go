package approval_test

import (
	"errors"
	"slices"
	"testing"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/once"
)

func TestWhoMayAskForWhat(t *testing.T) {
	o := one(t)
	first := o.First
	kinds := map[approval.Kind]struct {
		in  func() approval.Asking
		may []access.Role
	}{
		approval.Role:      {func() approval.Asking { return o.role(o.she, access.Trainer, true) }, []access.Role{access.Coordinator, access.FocalPoint, access.Deputy, access.Board, access.Administrator}},
		approval.Emergency: {func() approval.Asking { return o.emergency(o.she, 1) }, []access.Role{access.FocalPoint, access.Deputy}},
		approval.Reopen: {func() approval.Asking {
			return approval.Asking{Kind: approval.Reopen, Handle: o.handle(o.she), Reason: "Markerreason"}
		}, []access.Role{access.FocalPoint, access.Deputy, access.Administrator}},
		approval.Export: {func() approval.Asking {
			return approval.Asking{Kind: approval.Export, Group: &first, Reason: "Markerreason"}
		}, []access.Role{access.Coordinator}},
	}
	people := map[access.Role]access.Actor{
		access.Member: o.she, access.PeerSupporter: o.Person(access.PeerSupporter, o.First, "Maina"), access.Trainer: o.Person(access.Trainer, o.First, "Kalpana"),
		access.Coordinator: o.Person(access.Coordinator, o.First, "Sita"), access.FocalPoint: o.focal, access.Deputy: o.deputy, access.Board: o.board, access.Administrator: o.admin,
	}
	for kind, c := range kinds {
		for role, a := range people {
			s, err := o.requests.Ask(ctx, a, once.Key{}, c.in())
			switch {
			case !slices.Contains(c.may, role):
				if !errors.Is(err, access.Refused) {
					t.Errorf("%s as %s: %v", kind, role, err)
				}
			case kind == approval.Reopen:
				if !coded(err, "approval.not_needed") { // her account is open
					t.Errorf("%s as %s: %v", kind, role, err)
				}
			case err != nil:
				t.Errorf("%s as %s: %v", kind, role, err)
			default:
				if s.AskedAs != role {
					t.Errorf("%s as %s: it says %s", kind, role, s.AskedAs)
				}
				if _, err := o.requests.Withdraw(ctx, a, once.Key{}, s.ID); err != nil {
					t.Error(err)
				}
			}
		}
	}
	// A coordinator asks for her own groups only.
	_, err := o.requests.Ask(ctx, o.OfFirst, once.Key{}, approval.Asking{Kind: approval.Export, Group: &o.Second, Reason: "x"})
	o.refuses(err)
}

func TestWhatCannotBeAskedIsSaid(t *testing.T) {
	o := one(t)
	applicant := o.Register("Kopila", o.First)
	with := func(change func(*approval.Asking)) approval.Asking {
		in := o.role(o.she, access.Trainer, true)
		change(&in)
		return in
	}
	for want, in := range map[string]approval.Asking{
		"account.unknown":         with(func(in *approval.Asking) { in.Handle = "no-such-name" }),
		"approval.not_member":     with(func(in *approval.Asking) { in.Handle = o.handle(applicant) }),
		"approval.role_group":     with(func(in *approval.Asking) { in.Role = access.Coordinator }),
		"approval.role_elsewhere": with(func(in *approval.Asking) { in.Role = access.Liaison }),
		"settings.group_unknown":  with(func(in *approval.Asking) { in.Role, in.Group = access.Coordinator, ptr("grp_none") }),
		"field.required":          with(func(in *approval.Asking) { in.Give = nil }),
		"field.unknown":           with(func(in *approval.Asking) { in.Hours = ptr(3) }),
		"approval.not_needed":     with(func(in *approval.Asking) { in.Give = ptr(false) }),
	} {
		_, err := o.requests.Ask(ctx, o.focal, once.Key{}, in)
		if !coded(err, want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	_, err := o.requests.Ask(ctx, o.focal, once.Key{}, with(func(in *approval.Asking) { in.Group = &o.First }))
	o.wants(err, "approval.role_group")
}

func TestWhoIsCloseToHerAsksForNothing(t *testing.T) {
	o := one(t)
	if _, err := o.Conflicts.Declare(ctx, o.deputy, once.Key{}, conflict.Declaring{Kind: conflict.Household, Handle: o.handle(o.she)}); err != nil {
		t.Fatal(err)
	}
	_, err := o.requests.Ask(ctx, o.deputy, once.Key{}, o.emergency(o.she, 1))
	o.wants(err, "account.unknown")
	_, unknown := o.requests.Ask(ctx, o.deputy, once.Key{}, approval.Asking{Kind: approval.Emergency, Handle: "no-such-name", Reason: "x"})
	a, _ := fault.As(err)
	b, _ := fault.As(unknown)
	if a != b {
		t.Error("the two can be told apart")
	}
	if len(o.Trail(o.she.Person, audit.Refused)) != 1 {
		t.Error("the trail doesn't have it")
	}
	// One declared after it was approved shuts the record again.
	id := o.ask(o.focal, o.emergency(o.she, 2))
	o.approve(o.board, id)
	if _, err := o.requests.Open(ctx, o.focal, id); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Conflicts.Declare(ctx, o.focal, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: o.handle(o.she)}); err != nil {
		t.Fatal(err)
	}
	_, err = o.requests.Open(ctx, o.focal, id)
	o.refuses(err)
}

func TestAResendIsOneRequestAndOneDecision(t *testing.T) {
	o := one(t)
	k := once.Key{Value: "k3v9q2m8x4b7n6w1", Digest: "d"}
	in := o.role(o.she, access.Trainer, true)
	first, err := o.requests.Ask(ctx, o.focal, k, in)
	if err != nil {
		t.Fatal(err)
	}
	again, err := o.requests.Ask(ctx, o.focal, k, in)
	if err != nil || again.ID != first.ID {
		t.Fatalf("%v: %v", again, err)
	}
	for range 2 {
		s, err := o.requests.Approve(ctx, o.board, k, first.ID)
		if err != nil || s.State != approval.Approved {
			t.Fatalf("%v: %v", s, err)
		}
	}
}
