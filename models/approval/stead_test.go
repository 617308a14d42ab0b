package approval_test

import (
	"testing"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/conflict"
	"chautari/models/once"
)

// Who declares herself too close to all of the board keeps no role by that: the
// next who is free decides, in the order in which grievances go on.
func TestDeclaringAboutAllWhoDecideShieldsNobody(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		she := o.Person(access.Trainer, o.First, "Kalpana")
		o.Declare(she, conflict.Line, o.board)
		id := o.ask(o.admin, o.role(she, access.Trainer, false))
		_, err := o.requests.Approve(ctx, o.deputy, once.Key{}, id)
		o.refuses(err) // one of the board is free
		o.Declare(she, conflict.Line, o.second)
		for _, a := range []access.Actor{o.board, o.second, o.deputy, o.she, o.admin, o.Coordinator} {
			_, err = o.requests.Approve(ctx, a, once.Key{}, id)
			o.refuses(err)
			if n := value(o.requests.Waiting(ctx, a))(t); n != 0 {
				t.Errorf("%v is asked to decide", a.Roles)
			}
		}
		if n := value(o.requests.Waiting(ctx, o.focal))(t); n != 1 {
			t.Errorf("%d wait for the next", n)
		}
		// The focal point is too close as well: it goes on to the deputy.
		o.Declare(she, conflict.Line, o.focal)
		_, err = o.requests.Approve(ctx, o.focal, once.Key{}, id)
		o.refuses(err)
		o.approve(o.deputy, id)
		if o.now(she).Has(access.Trainer) {
			t.Error("she keeps it")
		}
	})
}

// Opening a way in again and a group's list go on to the next as well.
func TestAListGoesOnToTheBoardWhereAllAreTooClose(t *testing.T) {
	o := one(t)
	id := o.ask(o.OfFirst, approval.Asking{Kind: approval.Export, Group: &o.First, Reason: "For the meeting"})
	for _, a := range []access.Actor{o.Coordinator, o.focal, o.deputy} {
		_, err := o.requests.Approve(ctx, o.board, once.Key{}, id)
		o.refuses(err)
		o.Declare(o.OfFirst, conflict.Line, a)
	}
	o.approve(o.board, id)
	o.file(o.OfFirst, id)
}

// Whoever is the only one to decide and asks herself doesn't make another the
// next by that: it is for a conflict of interest alone.
func TestOneWhoAsksHerselfIsNoConflict(t *testing.T) {
	o := one(t)
	o.TakeRole(o.second, access.Board)
	id := o.ask(o.board, o.role(o.she, access.Trainer, true))
	_, err := o.requests.Approve(ctx, o.focal, once.Key{}, id)
	o.refuses(err)
}

// Whatever anybody declares about whomever: if anybody who decides is free, one of
// them decides and nobody else; if none is, the first of the next who is free
// does; nobody is ever too close to what she decides on.
func TestARequestIsNeverLeftWithoutAnybodyWhoIsFree(t *testing.T) {
	o := one(t)
	all := []access.Actor{o.board, o.second, o.focal, o.deputy}
	for set := range 1 << len(all) {
		for _, byHer := range []bool{true, false} {
			she := o.Person(access.Trainer, o.First, "Kalpana")
			close := make([]bool, len(all))
			for i, a := range all {
				close[i] = set&(1<<i) != 0
				switch {
				case close[i] && byHer:
					o.Declare(she, conflict.Business, a)
				case close[i]:
					o.Declare(a, conflict.Business, she)
				}
			}
			want := []bool{!close[0], !close[1], false, false}
			if close[0] && close[1] {
				want[2], want[3] = !close[2], close[2] && !close[3]
			}
			id := o.ask(o.admin, o.role(she, access.Trainer, false))
			for i, a := range all {
				s, err := o.requests.Read(ctx, a, id)
				if may := err == nil && s.MayDecide; may != want[i] {
					t.Errorf("%v of %v, by her %v: %v", a.Roles, close, byHer, may)
				}
			}
			value(o.requests.Withdraw(ctx, o.admin, once.Key{}, id))(t)
		}
	}
}
