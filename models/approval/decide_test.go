package approval_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/conflict"
	"chautari/models/once"
	"chautari/models/store"
)

func TestARoleIsGivenAndTakenByTwo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.ask(o.focal, o.role(o.she, access.PeerSupporter, true))
		_, err := o.requests.Ask(ctx, o.focal, once.Key{}, o.role(o.she, access.PeerSupporter, true))
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

func TestARightTakenAwayDecidesNothing(t *testing.T) {
	o := one(t)
	id := o.ask(o.focal, o.role(o.she, access.Trainer, true))
	o.TakeRole(o.board, access.Board)
	_, err := o.requests.Approve(ctx, o.board, once.Key{}, id)
	o.refuses(err)
}
