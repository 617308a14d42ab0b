package approval_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/stage"
)

var ctx = context.Background()

// office is a stage with those who ask and decide.

type office struct {
	*stage.Stage
	requests             *approval.Requests
	focal, deputy        access.Actor
	board, second, admin access.Actor
	she                  access.Actor // an ordinary member
}

func open(t *testing.T, s *stage.Stage) *office {
	t.Helper()
	o := &office{Stage: s, requests: approval.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Members, s.Clock)}
	o.focal, o.deputy = s.Person(access.FocalPoint, s.Root, "Sarita"), s.Person(access.Deputy, s.Root, "Urmi")
	o.board, o.second = s.Person(access.Board, s.Root, "Nirmala"), s.Person(access.Board, s.Root, "Gita")
	o.admin, o.she = s.Person(access.Administrator, s.Root, "Kamala"), s.Person(access.Member, s.First, "Junkiri")
	return o
}

func each(t *testing.T, fn func(t *testing.T, o *office)) {
	stage.Each(t, stage.Specs(approval.Specs()...), func(t *testing.T, s *stage.Stage) { fn(t, open(t, s)) })
}

func one(t *testing.T) *office { return open(t, stage.New(t, approval.Specs()...)) }

// handle is somebody's sign-in name.

func (o *office) handle(a access.Actor) string {
	o.TB.Helper()
	in, err := o.Accounts.Who(ctx, a)
	if err != nil {
		o.TB.Fatal(err)
	}
	return in.Handle.Reveal()
}

func ptr[T any](v T) *T { return &v }

func (o *office) role(of access.Actor, r access.Role, give bool) approval.Asking {
	in := approval.Asking{Kind: approval.Role, Handle: o.handle(of), Role: r, Give: &give, Reason: "Markerreason"}
	if r == access.Coordinator {
		in.Group = &o.First
	}
	return in
}

func (o *office) emergency(of access.Actor, hours int) approval.Asking {
	return approval.Asking{Kind: approval.Emergency, Handle: o.handle(of), Hours: &hours, Reason: "Markerreason"}
}

func (o *office) ask(a access.Actor, in approval.Asking) string {
	o.TB.Helper()
	s, err := o.requests.Ask(ctx, a, once.Key{}, in)
	if err != nil {
		o.TB.Fatal(err)
	}
	return s.ID
}

func (o *office) approve(a access.Actor, id string) {
	o.TB.Helper()
	if _, err := o.requests.Approve(ctx, a, once.Key{}, id); err != nil {
		o.TB.Fatal(err)
	}
}

// now is what an account may act as at this moment.

func (o *office) now(a access.Actor) access.Actor {
	o.TB.Helper()
	is, err := o.Accounts.ActorOf(ctx, o.Org, a.Account)
	if err != nil {
		o.TB.Fatal(err)
	}
	is.Fresh = true
	return is
}

func coded(err error, code string) bool {
	f, ok := fault.As(err)
	if !ok {
		return false
	}
	return f.Code == code || slices.ContainsFunc(f.Fields, func(at fault.Field) bool { return at.Code == code })
}

func (o *office) wants(err error, code string) {
	o.TB.Helper()
	if !coded(err, code) {
		o.TB.Fatalf("it is %v, want %s", err, code)
	}
}

func (o *office) refuses(err error) {
	o.TB.Helper()
	if !errors.Is(err, access.Refused) {
		o.TB.Fatalf("it is %v, not refused", err)
	}
}

// Requirement 52: nobody approves her own, whatever else she is; nor one about

// herself; nor whoever is close to either.

// An asker in a conflict of interest is told what is told of a name that nobody has.

// Many decide and withdraw at once: exactly one of them does.

// Requirement 53: a right that was taken away meanwhile decides on nothing.
