package conflict_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/stage"
)

var ctx = context.Background()

// office is a stage with people who declare on it.
type office struct {
	*stage.Stage
	t                               testing.TB
	focal, deputy, board, supporter access.Actor
}

func newOffice(t testing.TB, s *stage.Stage) *office {
	return &office{
		Stage: s, t: t,
		focal:     s.Person(access.FocalPoint, s.Root, "Sarita"),
		deputy:    s.Person(access.Deputy, s.Root, "Urmi"),
		board:     s.Person(access.Board, s.Root, "Binu"),
		supporter: s.Person(access.PeerSupporter, s.First, "Maina"),
	}
}

func each(t *testing.T, fn func(t *testing.T, o *office)) {
	stage.Each(t, stage.Specs(acts.Spec()), func(t *testing.T, s *stage.Stage) { fn(t, newOffice(t, s)) })
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) refused(err error, code string) {
	o.t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code && !slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Code == code }) {
		o.t.Fatalf("got %v, want %s", err, code)
	}
}

func (o *office) apart(x, y access.Actor) bool {
	o.t.Helper()
	apart, err := conflict.Apart(ctx, o.Store.Org(o.Org), x.Person, y.Person)
	o.must(err)
	back, err := conflict.Apart(ctx, o.Store.Org(o.Org), y.Person, x.Person)
	o.must(err)
	if apart != back {
		o.t.Fatalf("one way they are apart (%v), the other way not (%v)", apart, back)
	}
	return apart
}

func (o *office) own(a access.Actor) ([]*conflict.Read, calendar.Date) {
	o.t.Helper()
	all, asked, err := o.Conflicts.Own(ctx, a)
	o.must(err)
	return all, asked
}

// others are the ids of what an actor reads of others.
func (o *office) others(a access.Actor) (ids []string) {
	o.t.Helper()
	all, _, err := o.Conflicts.Others(ctx, a, 100, "")
	o.must(err)
	for _, r := range all {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestWhatIsDeclaredStandsBetweenTheTwoUntilItIsTakenBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		if !o.apart(o.supporter, o.Coordinator) {
			t.Fatal("they aren't apart before anything was declared")
		}
		id := o.Declare(o.supporter, conflict.Household, o.Coordinator)
		if o.apart(o.supporter, o.Coordinator) {
			t.Error("they are apart")
		}
		if !o.apart(o.supporter, o.focal) || !o.apart(o.Coordinator, o.focal) {
			t.Error("it stands between others too")
		}
		all, asked := o.own(o.supporter)
		if len(all) != 1 || all[0].State() != conflict.Settled || all[0].Handle.Reveal() != o.Handle(o.Coordinator) || asked != calendar.Of(o.Clock.Now()) {
			t.Errorf("she reads %+v, asked %s", all, asked)
		}
		_, err := o.Conflicts.End(ctx, o.Coordinator, once.Key{}, id)
		o.refused(err, "request.absent")
		r, err := o.Conflicts.End(ctx, o.supporter, once.Key{}, id)
		o.must(err)
		if r.State() != conflict.Ended || !o.apart(o.supporter, o.Coordinator) {
			t.Errorf("taken back it is %s", r.State())
		}
		_, err = o.Conflicts.End(ctx, o.supporter, once.Key{}, id)
		o.refused(err, "conflict.ended")
		if all, _ := o.own(o.supporter); len(all) != 1 {
			t.Error("what she took back is gone from her sheet")
		}
	})
}

func TestTwoDeclarationsAboutOnePersonBothHaveToBeTakenBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		first := o.Declare(o.supporter, conflict.Household, o.Coordinator)
		o.Declare(o.supporter, conflict.Business, o.Coordinator)
		hers := o.Declare(o.Coordinator, conflict.Relative, o.supporter)
		_, err := o.Conflicts.End(ctx, o.supporter, once.Key{}, first)
		o.must(err)
		_, err = o.Conflicts.End(ctx, o.Coordinator, once.Key{}, hers)
		o.must(err)
		if o.apart(o.supporter, o.Coordinator) {
			t.Error("they are apart while one of three stands")
		}
	})
}

func TestNobodyIsApartFromHerselfOrFromNobody(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, others := range [][]string{{o.focal.Person}, {""}, {o.board.Person, o.focal.Person}} {
			if apart, err := conflict.Apart(ctx, o.Store.Org(o.Org), o.focal.Person, others...); apart || err != nil {
				t.Errorf("%v: %v %v", others, apart, err)
			}
		}
		if apart, err := conflict.Apart(ctx, o.Store.Org(o.Org), "", o.focal.Person); apart || err != nil {
			t.Errorf("nobody: %v %v", apart, err)
		}
	})
}

func TestADeclarationIsChecked(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for code, in := range map[string]conflict.Declaring{
			"conflict.who_missing": {Kind: conflict.Relative, Words: " \u200b"},
			"account.unknown":      {Kind: conflict.Relative, Handle: "no such person"},
			"conflict.self":        {Kind: conflict.Relative, Handle: strings.ToUpper(o.Handle(o.focal))},
			"field.too_long":       {Kind: conflict.Relative, Words: strings.Repeat("क", 601)},
		} {
			_, err := o.Conflicts.Declare(ctx, o.focal, once.Key{}, in)
			o.refused(err, code)
		}
		for range 100 {
			_, err := o.Conflicts.Declare(ctx, o.focal, once.Key{}, conflict.Declaring{Kind: conflict.Line, Words: "x"})
			o.must(err)
		}
		_, err := o.Conflicts.Declare(ctx, o.focal, once.Key{}, conflict.Declaring{Kind: conflict.Line, Words: "x"})
		o.refused(err, "conflict.full")
		for _, role := range []access.Role{access.Member, access.Administrator} {
			_, err := o.Conflicts.Declare(ctx, o.Person(role, o.Root, "Asha"), once.Key{}, conflict.Declaring{Kind: conflict.Line, Words: "x"})
			o.refused(err, "request.absent")
		}
	})
}

func TestADeclarationSentTwiceIsThereOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		k := once.Key{Value: "0123456789abcdef0123", Digest: "d"}
		in := conflict.Declaring{Kind: conflict.Business, Handle: o.Handle(o.board), Words: "a shop"}
		first, err := o.Conflicts.Declare(ctx, o.focal, k, in)
		o.must(err)
		again, err := o.Conflicts.Declare(ctx, o.focal, k, in)
		o.must(err)
		if all, _ := o.own(o.focal); len(all) != 1 || first.ID != again.ID || again.Words.Reveal() != "a shop" {
			t.Errorf("%d declarations, %s and %s", len(all), first.ID, again.ID)
		}
		k.Value = "0123456789abcdef4567"
		for range 2 {
			o.must(o.Conflicts.SayNone(ctx, o.focal, k))
		}
	})
}

func TestWordsAreSealedAndTheTrailNamesNobodyWhomItIsAbout(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		about := func() (n int) {
			for _, result := range []audit.Result{audit.Done, audit.Read, audit.Refused} {
				n += len(o.Trail(o.board.Person, result))
			}
			return n
		}
		before := about()
		r, err := o.Conflicts.Declare(ctx, o.supporter, once.Key{}, conflict.Declaring{
			Kind: conflict.Relative, Handle: o.Handle(o.board), Words: "Marker of the words",
		})
		o.must(err)
		open, err := o.Conflicts.Declare(ctx, o.supporter, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Words: "Marker of more"})
		o.must(err)
		o.others(o.focal)
		_, err = o.Conflicts.Settle(ctx, o.focal, once.Key{}, open.ID, conflict.Settling{Handle: o.Handle(o.board)})
		o.must(err)
		if n := about(); n != before {
			t.Errorf("whom it is about finds %d more entries in the trail", n-before)
		}
		if len(o.Trail(r.ID, audit.Done)) != 1 || len(o.Trail(r.ID, audit.Read)) != 1 || len(o.Trail(o.supporter.Person, audit.Read)) != 1 {
			t.Error("the declaration or its reading is not in the trail")
		}
		o.WantsNowhere("Marker", acts.Spec())
		o.WantsNowhere(o.Handle(o.board), acts.Spec())
	})
}

// Who reads what of others, and who settles it.
func TestOnlyTheFocalPointAndHerDeputyReadThoseOfOthersAndTheBoardTheirs(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		in := func(a access.Actor) string {
			r, err := o.Conflicts.Declare(ctx, a, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Words: "somebody"})
			o.must(err)
			return r.ID
		}
		focals, boards, supporters, coordinators := in(o.focal), in(o.board), in(o.supporter), in(o.Coordinator)
		aboutFocal := o.Declare(o.supporter, conflict.Household, o.focal)
		aboutBoard := o.Declare(o.focal, conflict.Household, o.board)
		for name, c := range map[string]struct {
			reader access.Actor
			want   []string
		}{
			"focal point": {o.focal, []string{boards, supporters, coordinators}},
			"deputy":      {o.deputy, []string{focals, boards, supporters, coordinators, aboutFocal, aboutBoard}},
			"board":       {o.board, []string{focals}},
		} {
			if name == "focal point" {
				c.want = slices.DeleteFunc(c.want, func(id string) bool { return id == boards }) // she lives with her
			}
			slices.Sort(c.want)
			if got := o.others(c.reader); !slices.Equal(got, c.want) {
				t.Errorf("the %s reads %d, want %d: %v, %v", name, len(got), len(c.want), got, c.want)
			}
		}
		for _, a := range []access.Actor{o.supporter, o.Coordinator, o.Person(access.Administrator, o.Root, "Asha")} {
			_, _, err := o.Conflicts.Others(ctx, a, 25, "")
			o.refused(err, "request.absent")
			_, err = o.Conflicts.Settle(ctx, a, once.Key{}, focals, conflict.Settling{Handle: o.Handle(o.deputy)})
			o.refused(err, "request.absent")
		}
		settle := func(a access.Actor, id string, about access.Actor, code string) {
			t.Helper()
			_, err := o.Conflicts.Settle(ctx, a, once.Key{}, id, conflict.Settling{Handle: o.Handle(about)})
			if code == "" {
				o.must(err)
				return
			}
			o.refused(err, code)
		}
		settle(o.focal, focals, o.deputy, "request.absent")     // her own
		settle(o.focal, aboutFocal, o.deputy, "request.absent") // about herself
		settle(o.board, supporters, o.deputy, "request.absent") // not in the board's hands
		settle(o.focal, supporters, o.focal, "account.unknown") // not about herself
		settle(o.focal, supporters, o.supporter, "account.unknown")
		settle(o.focal, supporters, o.Coordinator, "")
		settle(o.focal, supporters, o.board, "conflict.settled")
		settle(o.board, focals, o.Coordinator, "")
		settle(o.deputy, "tie_unknown", o.Coordinator, "request.absent")
		if o.apart(o.supporter, o.Coordinator) || o.apart(o.focal, o.Coordinator) {
			t.Error("what was settled doesn't count")
		}
		_, err := o.Conflicts.End(ctx, o.Coordinator, once.Key{}, coordinators)
		o.must(err)
		settle(o.focal, coordinators, o.board, "request.absent") // she is close to the coordinator by now
		settle(o.deputy, coordinators, o.board, "conflict.ended")
	})
}

func TestPagesOfOthersHaveNoGapsAndNoRepeats(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for i := range 7 {
			_, err := o.Conflicts.Declare(ctx, []access.Actor{o.supporter, o.Coordinator}[i%2], once.Key{}, conflict.Declaring{Kind: conflict.Line, Words: fmt.Sprint(i)})
			o.must(err)
		}
		want := o.others(o.focal)
		var got []string
		page, next, err := o.Conflicts.Others(ctx, o.focal, 3, "")
		for ; ; page, next, err = o.Conflicts.Others(ctx, o.focal, 3, next) {
			o.must(err)
			for _, r := range page {
				got = append(got, r.ID)
			}
			if next == "" {
				break
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || len(got) != 7 {
			t.Errorf("page by page %d, at once %d", len(got), len(want))
		}
		if _, _, err := o.Conflicts.Others(ctx, o.focal, 3, "nonsense"); err == nil {
			t.Error("a broken cursor is taken")
		}
	})
}

func TestHerWordHoldsForAYear(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		she, err := o.Accounts.ActorOf(ctx, o.Org, o.supporter.Account)
		o.must(err)
		day := func(d calendar.Date) bool {
			has, err := conflict.HasDeclared(ctx, o.Store.Org(o.Org), she.Person, d)
			o.must(err)
			return has
		}
		today := calendar.Of(o.Clock.Now())
		last := calendar.Date{Year: today.Year + 1, Month: today.Month, Day: today.Day}.AddDays(-1)
		if !day(today) || !day(last) || day(last.AddDays(1)) {
			t.Error("it doesn't hold for a year to the day")
		}
		if has, err := conflict.HasDeclared(ctx, o.Store.Org(o.Org), "mem_nobody", today); has || err != nil {
			t.Errorf("who never said anything: %v %v", has, err)
		}
	})
}

// Requirement 45 in small: what is declared about somebody changes nothing that
// she is shown here.
func TestWhoeverIsDeclaredAboutSeesNoDifference(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.Declare(o.supporter, conflict.Relative, o.Coordinator)
		o.Declare(o.deputy, conflict.Line, o.board)
		of := []access.Actor{o.focal, o.deputy, o.board, o.Coordinator, o.Person(access.Member, o.First, "Tara")}
		see := func(a access.Actor) string {
			all, asked, err := o.Conflicts.Own(ctx, a)
			others, next, err2 := o.Conflicts.Others(ctx, a, 2, "")
			key, err3 := o.Keys.Of(ctx, o.Org, a.Person)
			o.must(err3)
			hers, err4 := o.Conflicts.Hers(ctx, o.Store.Org(o.Org), key, a)
			out := fmt.Sprintf("%v %v %v %v %v %v %v", len(all), asked, err, next, errors.Is(err2, access.Refused), hers, err4)
			for _, r := range others {
				out += fmt.Sprintf(" %s %s %s %s", r.ID, r.State(), r.Words.Reveal(), r.Person.Reveal())
			}
			return out
		}
		for _, a := range of {
			before := see(a)
			for _, kind := range []conflict.Kind{conflict.Household, conflict.Business} {
				o.Declare(o.supporter, kind, a)
				if a.Person != o.OfFirst.Person {
					o.Declare(o.OfFirst, kind, a)
				}
			}
			if after := see(a); after != before {
				t.Errorf("before: %s\nafter:  %s", before, after)
			}
		}
	})
}

func TestWhoAnswersToWhom(t *testing.T) {
	s := stage.New(t)
	tree, err := s.Orgs.Tree(ctx, s.Org)
	if err != nil {
		t.Fatal(err)
	}
	over := func(g ...string) conflict.Post { return conflict.Post{Over: g} }
	in := func(g string) conflict.Post { return conflict.Post{In: []string{g}} }
	for name, c := range map[string]struct {
		x, y conflict.Post
		want bool
	}{
		"the coordinator over all, one of a group": {over(s.Root), over(s.First), true},
		"two over all":         {over(s.Root), over(s.Root), false},
		"two of one group":     {over(s.First), over(s.First), false},
		"two of sister groups": {over(s.First), over(s.Second), false},
		"of two groups, of which one is below the other's": {over(s.First, s.Root), over(s.Second), true},
		"a supporter of her group":                         {over(s.First), in(s.First), true},
		"a supporter of a group below":                     {over(s.Root), in(s.Second), true},
		"a supporter of a sister group":                    {over(s.First), in(s.Second), false},
		"two supporters of a group":                        {in(s.First), in(s.First), false},
		"a supporter of the root, of a group's":            {over(s.First), in(s.Root), false},
		"the focal point, who has no group":                {over(s.Root), conflict.Post{}, false},
	} {
		if got := conflict.Answers(tree, c.x, c.y); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
		if got := conflict.Answers(tree, c.y, c.x); got != c.want {
			t.Errorf("%s, the other way: %v", name, got)
		}
	}
}

// A declaration whose words don't open any more stands all the same, and keeps no
// other off the list.
func TestWordsThatDoNotOpenKeepNoOtherDeclarationAway(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, by := range []access.Actor{o.supporter, o.board} {
			_, err := o.Conflicts.Declare(ctx, by, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: o.Handle(o.deputy), Words: "her sister"})
			o.must(err)
		}
		o.Damage(conflict.Specs(), "conflicts", o.supporter.Person, "declared.0.words")
		all, _, err := o.Conflicts.Others(ctx, o.focal, 100, "")
		o.must(err)
		if len(all) != 2 {
			t.Fatalf("%d are read", len(all))
		}
		for _, r := range all {
			hers := r.By == o.supporter.Person
			if r.Damaged != hers || r.Words.Empty() != hers || r.Declarer.Empty() || r.Person.Empty() {
				t.Errorf("read is %+v", r)
			}
		}
		own, _ := o.own(o.supporter)
		if len(own) != 1 || !own[0].Damaged || own[0].Handle.Empty() {
			t.Errorf("she reads %+v", own)
		}
		if o.apart(o.supporter, o.deputy) {
			t.Error("the two are apart")
		}
		_, err = o.Conflicts.End(ctx, o.supporter, once.Key{}, own[0].ID)
		o.must(err)
	})
}
