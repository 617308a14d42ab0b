package approval_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
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

func TestARoleIsGivenAndTakenByTwo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.ask(o.focal, o.role(o.she, access.PeerSupporter, true))
		_, err := o.requests.Ask(ctx, o.admin, once.Key{}, o.role(o.she, access.PeerSupporter, true))
		o.wants(err, "approval.waiting")
		if o.now(o.she).Has(access.PeerSupporter) {
			t.Fatal("asking was enough")
		}
		o.approve(o.board, id)
		if !o.now(o.she).Has(access.PeerSupporter) {
			t.Fatal("she didn't get it")
		}
		_, err = o.requests.Ask(ctx, o.focal, once.Key{}, o.role(o.she, access.PeerSupporter, true))
		o.wants(err, "approval.not_needed")
		did := o.Trail(o.she.Person, audit.Done)
		for act, by := range map[access.Action]access.Actor{access.AskForRole: o.focal, access.DecideOnRole: o.board} {
			if !slices.ContainsFunc(did, func(e *audit.Entry) bool { return e.Action == act && e.Account == by.Account }) {
				t.Errorf("the trail lacks %s", act)
			}
		}
		o.approve(o.board, o.ask(o.focal, o.role(o.she, access.PeerSupporter, false)))
		if o.now(o.she).Has(access.PeerSupporter) {
			t.Fatal("it wasn't taken")
		}
		// A coordinator has hers as long as she has a group.
		o.approve(o.board, o.ask(o.focal, o.role(o.she, access.Coordinator, true)))
		if is := o.now(o.she); !is.Has(access.Coordinator) || !is.Coordinates(o.First) || is.Coordinates(o.Second) {
			t.Errorf("she is %+v", is)
		}
		o.approve(o.board, o.ask(o.focal, o.role(o.she, access.Coordinator, false)))
		if is := o.now(o.she); is.Has(access.Coordinator) || len(is.Groups) > 0 {
			t.Errorf("she is %+v", is)
		}
	})
}

// Requirement 52: nobody approves her own, whatever else she is; nor one about
// herself; nor whoever is close to either.
func TestNobodyDecidesOnWhatIsHersOrAboutHerOrAboutWhoIsClose(t *testing.T) {
	o := one(t)
	own := o.ask(o.board, o.role(o.she, access.Trainer, true))
	about := o.ask(o.focal, o.role(o.second, access.Trainer, true))
	_, err := o.requests.Approve(ctx, o.board, once.Key{}, own)
	o.refuses(err)
	_, err = o.requests.Refuse(ctx, o.board, once.Key{}, own)
	o.refuses(err)
	_, err = o.requests.Approve(ctx, o.second, once.Key{}, about)
	o.refuses(err)
	_, err = o.requests.Ask(ctx, o.board, once.Key{}, o.role(o.board, access.Trainer, true))
	o.wants(err, "approval.own")
	// The second board member is she's sister.
	if _, err := o.Conflicts.Declare(ctx, o.second, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: o.handle(o.she)}); err != nil {
		t.Fatal(err)
	}
	_, err = o.requests.Approve(ctx, o.second, once.Key{}, own)
	o.refuses(err)
	for _, a := range []access.Actor{o.second} {
		list, _, err := o.requests.List(ctx, a, true, 25, "")
		if err != nil || len(list) != 0 {
			t.Errorf("she sees %d requests: %v", len(list), err)
		}
		if n, err := o.requests.Waiting(ctx, a); n != 0 || err != nil {
			t.Errorf("%d wait for her: %v", n, err)
		}
	}
	if refused := o.Trail(own, audit.Refused); len(refused) < 3 || refused[0].Action != access.DecideOnRole {
		t.Errorf("the trail has %d refusals", len(refused))
	}
	// Two of the board giving each other what they ask for is allowed.
	o.approve(o.board, about)
	if !o.now(o.second).Has(access.Trainer) {
		t.Error("she didn't get it")
	}
}

func TestAnOldProofIsNoProof(t *testing.T) {
	o := one(t)
	id := o.ask(o.focal, o.role(o.she, access.Trainer, true))
	emergency := o.ask(o.focal, o.emergency(o.she, 1))
	for name, act := range map[string]func() error{
		"ask": func() error {
			_, err := o.requests.Ask(ctx, o.Stale(o.focal), once.Key{}, o.role(o.she, access.PeerSupporter, true))
			return err
		},
		"approve": func() error { _, err := o.requests.Approve(ctx, o.Stale(o.board), once.Key{}, id); return err },
		"refuse":  func() error { _, err := o.requests.Refuse(ctx, o.Stale(o.board), once.Key{}, id); return err },
		"open": func() error {
			o.approve(o.deputy, emergency)
			_, err := o.requests.Open(ctx, o.Stale(o.focal), emergency)
			return err
		},
	} {
		if err := act(); !errors.Is(err, access.Unproved) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := o.requests.Read(ctx, o.Stale(o.board), id); err != nil || !s.MayDecide || s.State != approval.Waiting {
		t.Errorf("%+v: %v", s, err)
	}
}

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

// An asker in a conflict of interest is told what is told of a name that nobody has.
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

func TestTheLastOfTheBoardAndOfTheAdministratorsStays(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		_, err := o.requests.Ask(ctx, o.focal, once.Key{}, o.role(o.admin, access.Administrator, false))
		o.wants(err, "approval.last_one")
		// Both of the board are asked for at once, and each would decide on the other.
		one, two := o.ask(o.focal, o.role(o.board, access.Board, false)), o.ask(o.focal, o.role(o.second, access.Board, false))
		var gone sync.WaitGroup
		errs := make([]error, 2)
		gone.Go(func() { _, errs[0] = o.requests.Approve(ctx, o.second, once.Key{}, one) })
		gone.Go(func() { _, errs[1] = o.requests.Approve(ctx, o.board, once.Key{}, two) })
		gone.Wait()
		left, err := account.WithRole(ctx, o.Store.Org(o.Org), access.Board)
		if err != nil || len(left) != 1 {
			t.Fatalf("%d of the board are left: %v, %v", len(left), errs, err)
		}
	})
}

// Many decide and withdraw at once: exactly one of them does.
func TestOfAllWhoDecideAtOnceOneDoes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		third := o.Person(access.Board, o.Root, "Tulasi")
		for range 3 {
			id := o.ask(o.focal, o.role(o.she, access.Trainer, true))
			var all sync.WaitGroup
			var mu sync.Mutex
			done := map[approval.State]int{}
			try := func(to approval.State, act func() error) {
				all.Go(func() {
					switch err := act(); {
					case err == nil:
						mu.Lock()
						done[to]++
						mu.Unlock()
					case !coded(err, "approval.over") && !errors.Is(err, store.ErrBusy):
						t.Errorf("%s: %v", to, err)
					}
				})
			}
			for range 4 {
				for _, a := range []access.Actor{o.board, o.second, third} {
					try(approval.Approved, func() error { _, err := o.requests.Approve(ctx, a, once.Key{}, id); return err })
					try(approval.Refused, func() error { _, err := o.requests.Refuse(ctx, a, once.Key{}, id); return err })
				}
				try(approval.Withdrawn, func() error { _, err := o.requests.Withdraw(ctx, o.focal, once.Key{}, id); return err })
			}
			all.Wait()
			s, err := o.requests.Read(ctx, o.focal, id)
			if err != nil {
				t.Fatal(err)
			}
			if len(done) != 1 || done[s.State] != 1 {
				t.Fatalf("it is %s, and these did it: %v", s.State, done)
			}
			has := o.now(o.she).Has(access.Trainer)
			if has != (s.State == approval.Approved) {
				t.Fatalf("it is %s, and she has the role: %v", s.State, has)
			}
			if has {
				o.approve(o.board, o.ask(o.focal, o.role(o.she, access.Trainer, false)))
			}
		}
	})
}

// Requirement 53: a right that was taken away meanwhile decides on nothing.
func TestARightTakenAwayDecidesNothing(t *testing.T) {
	o := one(t)
	id := o.ask(o.focal, o.role(o.she, access.Trainer, true))
	o.TakeRole(o.board, access.Board)
	_, err := o.requests.Approve(ctx, o.board, once.Key{}, id)
	o.refuses(err)
	// The asker's may be gone: what she asked stands on its own.
	o.TakeRole(o.focal, access.FocalPoint)
	o.approve(o.second, id)
}

func TestAnotherOrganisationSeesAndDecidesNothing(t *testing.T) {
	o, abroad := one(t), one(t)
	id := o.ask(o.focal, o.role(o.she, access.Trainer, true))
	foreign := abroad.board
	foreign.Org = o.Org // an actor put together wrongly is nobody here
	for _, a := range []access.Actor{abroad.board, foreign} {
		q := o.requests
		_, err := q.Approve(ctx, a, once.Key{}, id)
		o.refuses(err)
	}
	_, err := o.requests.Read(ctx, abroad.board, id)
	o.refuses(err)
	_, err = o.requests.Ask(ctx, abroad.focal, once.Key{}, o.role(o.she, access.PeerSupporter, true))
	if err == nil {
		t.Error("a name of another organisation was found")
	}
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

func TestTheReasonLiesSealedAndGoesWithHerKey(t *testing.T) {
	o := one(t)
	id := o.ask(o.focal, o.role(o.she, access.Trainer, true))
	o.WantsNowhere("Markerreason", approval.Specs()...)
	o.WantsNowhere(o.handle(o.she), approval.Specs()...)
	s, err := o.requests.Read(ctx, o.board, id)
	if err != nil || s.Reason.Reveal() != "Markerreason" || s.Handle.Reveal() != o.handle(o.she) {
		t.Fatalf("%+v: %v", s, err)
	}
	// That her name and the reason were shown is in the trail.
	seen := o.Trail(o.she.Person, audit.Read)
	if !slices.ContainsFunc(seen, func(e *audit.Entry) bool { return e.Action == access.ReadRequests && e.Account == o.board.Account }) {
		t.Error("the trail doesn't say that it was read")
	}
	hers := func(a access.Actor) *approval.Hers {
		t.Helper()
		key, err := o.Keys.Of(ctx, o.Org, a.Person)
		if err != nil {
			t.Fatal(err)
		}
		h, err := o.requests.Hers(ctx, o.Store.Org(o.Org), key, a)
		if err != nil {
			t.Fatal(err)
		}
		return h.(*approval.Hers)
	}
	if h := hers(o.she); len(h.About) != 0 || len(h.Asked) != 0 {
		t.Errorf("while it waits she takes away %+v", h)
	}
	if h := hers(o.focal); len(h.About) != 0 || len(h.Asked) != 1 {
		t.Errorf("who asked takes away %+v", h)
	}
	o.approve(o.board, id)
	if h := hers(o.she); len(h.About) != 1 || len(h.Asked) != 0 {
		t.Errorf("she takes away %+v", h)
	}
	if err := o.Keys.Destroy(ctx, o.Org, o.she.Person); err != nil {
		t.Fatal(err)
	}
	if s, err = o.requests.Read(ctx, o.board, id); err != nil || !s.Reason.Empty() || !s.Handle.Empty() {
		t.Errorf("%+v: %v", s, err)
	}
	err = o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error {
		n, err := o.requests.Erase(ctx, tx, o.she, 100)
		if err == nil && n != 1 {
			t.Errorf("%d were erased", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.requests.Read(ctx, o.board, id)
	o.refuses(err)
}

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

func TestWhatNobodyDecidesLapsesAndGoesInTheEnd(t *testing.T) {
	o := one(t)
	id := o.ask(o.focal, o.role(o.she, access.Trainer, true))
	sweep := func(part func(context.Context, *store.Tx, time.Time, int) (int, error)) (n int) {
		t.Helper()
		err := o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) (err error) {
			n, err = part(ctx, tx, o.Clock.Now(), store.MaxLimit)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	o.Clock.Set(stage.Start.AddDate(0, 0, 14))
	_, err := o.requests.Approve(ctx, o.board, once.Key{}, id)
	o.wants(err, "approval.over") // before any job came round
	if n, err := o.requests.Waiting(ctx, o.board); n != 0 || err != nil {
		t.Errorf("%d wait: %v", n, err)
	}
	o.Clock.Set(stage.Start.AddDate(0, 0, 14).Add(time.Minute))
	if n := sweep(approval.Lapse) + sweep(approval.Lapse); n != 1 {
		t.Errorf("%d lapsed", n)
	}
	if s, err := o.requests.Read(ctx, o.board, id); err != nil || s.State != approval.Over || s.MayDecide || s.MayWithdraw {
		t.Errorf("%+v: %v", s, err)
	}
	o.ask(o.focal, o.role(o.she, access.Trainer, true)) // and may be asked anew
	o.Clock.Set(stage.Start.AddDate(1, 0, 1))
	if n := sweep(approval.Forget); n != 1 {
		t.Errorf("%d went", n)
	}
	_, err = o.requests.Read(ctx, o.board, id)
	o.refuses(err)
}

func TestPagesHaveNoGapsAndTellNothingOfWhatSheMayNotSee(t *testing.T) {
	o := one(t)
	for i := range 5 {
		o.Clock.Advance(time.Minute)
		p := o.Person(access.Member, o.First, "Junkiri "+string(rune('a'+i)))
		o.ask(o.focal, o.role(p, access.Trainer, true))
		o.ask(o.focal, o.emergency(p, 1)) // nothing for administrators
	}
	seen := map[string]bool{}
	after := store.Cursor("")
	for {
		list, next, err := o.requests.List(ctx, o.board, true, 3, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			if seen[s.ID] {
				t.Errorf("%s is there twice", s.ID)
			}
			seen[s.ID] = true
		}
		if after = next; next == "" {
			break
		}
	}
	if len(seen) != 10 {
		t.Errorf("%d were seen", len(seen))
	}
	o.ask(o.admin, o.role(o.she, access.Trainer, true))
	list, next, err := o.requests.List(ctx, o.admin, true, 1, "")
	if err != nil || len(list) != 1 || !list[0].Mine || next != "" {
		t.Errorf("%d, next %q: %v", len(list), next, err)
	}
	if n, err := o.requests.Waiting(ctx, o.deputy); n != 5 || err != nil {
		t.Errorf("%d wait for the deputy: %v", n, err)
	}
}
