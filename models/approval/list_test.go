package approval_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

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

// Whether somebody else has asked for the same is told by no answer.
func TestThatAnotherWaitsIsNotTold(t *testing.T) {
	o := one(t)
	kinds := map[string]func() approval.Asking{
		"role": func() approval.Asking { return o.role(o.she, access.Trainer, true) },
		"opening": func() approval.Asking {
			return approval.Asking{Kind: approval.Emergency, Handle: o.handle(o.she), Reason: "x"}
		},
	}
	for name, in := range kinds {
		first := o.ask(o.focal, in())
		second := o.ask(o.deputy, in())
		if first == second {
			t.Errorf("%s: the other's is handed out", name)
		}
		_, err := o.requests.Ask(ctx, o.deputy, once.Key{}, in())
		o.wants(err, "approval.waiting") // her own
	}
	// Of two that ask for the same, the second isn't needed once the first is granted.
	for _, a := range []access.Actor{o.admin, o.Coordinator} {
		o.ask(a, o.role(o.she, access.PeerSupporter, true))
	}
	list, _, err := o.requests.List(ctx, o.board, true, 25, "")
	if err != nil {
		t.Fatal(err)
	}
	var same []string
	for _, s := range list {
		if s.What.Role == access.PeerSupporter {
			same = append(same, s.ID)
		}
	}
	if len(same) != 2 {
		t.Fatalf("%d wait", len(same))
	}
	o.approve(o.board, same[0])
	_, err = o.requests.Approve(ctx, o.second, once.Key{}, same[1])
	o.wants(err, "approval.not_needed")
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
