package training_test

import (
	"slices"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/training"
)

func isRefused(t testing.TB, err error) {
	t.Helper()
	wants(t, err, fault.Absent, access.Refused.Code, "")
}

const note = "Marker: the bus stops at the temple"

var saying = training.Application{Needs: []training.Need{training.SafeRoute, training.Childcare}, Note: "  " + note + " "}

func TestWhatSheSaysIsReadByHerTheTrainerAndTheCoordinatorOfTheIntakeOnly(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(2)
		trainer, other := s.Person(access.Trainer, s.Second, "Asha"), s.Person(access.Trainer, s.First, "Bina")
		elsewhere := s.Person(access.Coordinator, s.Second, "Rita")
		intake := s.intake(t, s.sewing(t), plan(1, of(s.First), taughtBy(trainer)))
		own := must[*training.Own](t)(s.Apply(ctx, women[0], once.Key{}, intake, saying))
		s.apply(t, women[1], intake)
		inOrder := []training.Need{training.Childcare, training.SafeRoute}
		if !slices.Equal(own.Needs, inOrder) || own.Note.Reveal() != note {
			t.Errorf("she reads %v %q", own.Needs, own.Note.Reveal())
		}
		if n := len(s.Trail(women[0].Person, audit.Read)); n != 0 {
			t.Errorf("her own reading left %d entries", n)
		}
		for i, a := range []access.Actor{s.Coordinator, s.OfFirst, trainer} {
			r := must[*training.Read](t)(s.Read(ctx, a, intake))
			if p := r.People[0]; !slices.Equal(p.Needs, inOrder) || p.Note.Reveal() != note || p.Name.Reveal() != "Friend AA" || p.Group.ID != s.First {
				t.Errorf("reader %d sees %q %v %q", i, p.Name.Reveal(), p.Needs, p.Note.Reveal())
			}
			if p := r.People[1]; p.Position != 1 || p.Name.Reveal() != "Friend AB" || !p.Note.Empty() {
				t.Errorf("reader %d sees %q at %d in line", i, p.Name.Reveal(), p.Position)
			}
			if r.Trainer.Reveal() != "Asha" || r.MayChange != (i < 2) {
				t.Errorf("reader %d: taught by %q, may change %v", i, r.Trainer.Reveal(), r.MayChange)
			}
			if n := s.entries(women[1].Person, audit.Read, access.ReadIntake); n != i+1 {
				t.Errorf("%d entries after %d readings", n, i+1)
			}
		}
		if n := s.entries(trainer.Person, audit.Read, access.ReadIntake); n != 2 {
			t.Errorf("%d entries about the trainer, whose own reading leaves none", n)
		}
		refused := []access.Actor{women[1], other, elsewhere, access.AnonymousIn(s.Org)}
		for _, role := range []access.Role{access.PeerSupporter, access.FocalPoint, access.Board, access.Liaison, access.Administrator} {
			refused = append(refused, s.Person(role, s.First, "Somebody"))
		}
		for _, a := range refused {
			_, err := s.Read(ctx, a, intake)
			isRefused(t, err)
			one := 1
			isRefused(t, s.Change(ctx, a, intake, 1, training.Change{Seats: &one}))
		}
		isRefused(t, s.Change(ctx, trainer, intake, 1, training.Change{Cancelled: true}))
		if n := s.entries(intake, audit.Refused, access.ReadIntake); n != len(refused) {
			t.Errorf("%d refusals in the trail, want %d", n, len(refused))
		}
		_, err := s.Withdraw(ctx, women[1], once.Key{}, own.ID)
		isRefused(t, err)
		s.WantsNowhere("Marker", training.Specs()...)
		s.WantsNowhere("childcare", training.Specs()...)
	})
}

// Her page says that her group is read by its coordinators, and by nobody else.
func TestTheGroupOfSomebodyIsReadByItsCoordinatorsOnly(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		trainer := s.Person(access.Trainer, s.Second, "Asha")
		intake := s.intake(t, s.sewing(t), plan(5, taughtBy(trainer)))
		s.apply(t, s.women(1)[0], intake)
		for _, c := range []struct {
			who   access.Actor
			group string
		}{{s.Coordinator, s.First}, {trainer, s.Root}} {
			p := must[*training.Read](t)(s.Read(ctx, c.who, intake)).People[0]
			if p.Name.Reveal() != "Friend AA" || p.Group.ID != c.group {
				t.Errorf("%v read %q of %s", c.who.Roles, p.Name.Reveal(), p.Group.Name.EN)
			}
		}
	})
}

func TestWhoTookHerYesBackIsAPlaceWithoutAName(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(2)
		intake := s.intake(t, s.sewing(t), plan(5))
		for _, she := range women {
			must[*training.Own](t)(s.Apply(ctx, she, once.Key{}, intake, saying))
		}
		mine, err := s.Members.Mine(ctx, women[0])
		if err != nil {
			t.Fatal(err)
		}
		given := mine.Consents[slices.IndexFunc(mine.Consents, func(c consent.Shown) bool { return c.Purpose == consent.Membership })]
		if _, err := s.Members.WithdrawConsent(ctx, women[0], once.Key{}, given.ID); err != nil {
			t.Fatal(err)
		}
		p := s.read(t, intake).People
		if !p[0].Name.Empty() || p[0].Needs != nil || !p[0].Note.Empty() || p[0].Group.ID != s.Root || p[0].Standing != training.Enrolled {
			t.Errorf("she is shown as %q %v %q", p[0].Name.Reveal(), p[0].Needs, p[0].Note.Reveal())
		}
		if p[1].Name.Empty() || p[1].Note.Reveal() != note {
			t.Errorf("the other is shown as %q %q", p[1].Name.Reveal(), p[1].Note.Reveal())
		}
		if n := s.entries(women[0].Person, audit.Read, access.ReadIntake); n != 0 {
			t.Errorf("%d entries about somebody who wasn't shown", n)
		}
		other := s.intake(t, s.sewing(t), plan(5))
		_, err = s.Apply(ctx, women[0], once.Key{}, other, saying)
		isRefused(t, err) // her roles are no longer those of her sign-in
	})
}

func TestOnlyMembersApplyAndOnlyToWhatIsForThem(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		course := s.sewing(t)
		forAll, forFirst := s.intake(t, course, plan(5)), s.intake(t, course, plan(5, of(s.First)))
		there := s.Person(access.Member, s.Second, "Junkiri")
		_, err := s.Apply(ctx, there, once.Key{}, forFirst, training.Application{})
		wants(t, err, fault.Conflict, "training.other_group", "")
		s.apply(t, there, forAll)
		for _, a := range []access.Actor{s.Register("Kopila", s.First), access.AnonymousIn(s.Org)} {
			_, err := s.Apply(ctx, a, once.Key{}, forAll, training.Application{})
			isRefused(t, err)
		}
		she := s.women(1)[0]
		for _, gone := range []string{"int_nowhere", course.ID} {
			_, err := s.Apply(ctx, she, once.Key{}, gone, training.Application{})
			isRefused(t, err)
		}
		_, err = s.Withdraw(ctx, she, once.Key{}, "enr_nowhere")
		isRefused(t, err)
		elsewhere, _, err := s.Orgs.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Bar"}, Hosts: []string{"bar.example"}, Group: organisation.Name{EN: "All"}})
		if err != nil {
			t.Fatal(err)
		}
		she.Org = elsewhere
		_, err = s.Apply(ctx, she, once.Key{}, forAll, training.Application{})
		isRefused(t, err)
		s.sound(t, forAll, 1, 0, []access.Actor{there})
	})
}

// listed are the intakes that somebody is shown of a course, and how many of them are hers.
func (s school) listed(t testing.TB, a access.Actor) (shown []string, mine int) {
	t.Helper()
	for _, course := range must[[]training.Listed](t)(s.List(ctx, a)) {
		for _, card := range course.Intakes {
			shown = append(shown, card.ID)
			if card.Mine != nil {
				mine++
			}
		}
	}
	slices.Sort(shown)
	return shown, mine
}

func TestTheCatalogueShowsToEachWhatMattersToHer(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		course := s.sewing(t)
		old := s.intake(t, course, plan(5))
		women := s.women(2)
		s.fill(t, old, women[:1])
		s.on(t, "2027-03-10")
		later := func(in *training.NewIntake) {
			in.Opens, in.Closes, in.Begins, in.Ends = "2027-03-01", "2027-03-30", "2027-04-01", "2027-05-30"
		}
		forAll, forFirst, forSecond := s.intake(t, course, plan(5, later)), s.intake(t, course, plan(5, later, of(s.First))), s.intake(t, course, plan(5, later, of(s.Second)))
		s.apply(t, women[0], forAll)
		gone := s.intake(t, course, plan(5, later))
		if err := s.Change(ctx, s.Coordinator, gone, 1, training.Change{Cancelled: true}); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			as    access.Actor
			shown []string
			mine  int
		}{
			"nobody signed in":       {access.AnonymousIn(s.Org), []string{}, 0},
			"somebody with places":   {women[0], []string{forAll, forFirst, old}, 2},
			"somebody without":       {women[1], []string{forAll, forFirst}, 0},
			"somebody of the other":  {s.Person(access.Member, s.Second, "Junkiri"), []string{forAll, forSecond}, 0},
			"the coordinator of all": {s.Coordinator, []string{forAll, forFirst, forSecond}, 0},
			"somebody who applies":   {s.Register("Kopila", s.Second), []string{forAll, forSecond}, 0},
			"a board member of one":  {s.Person(access.Board, s.First, "Devi"), []string{forAll, forFirst}, 0},
		} {
			shown, mine := s.listed(t, c.as)
			if slices.Sort(c.shown); !slices.Equal(shown, c.shown) || mine != c.mine {
				t.Errorf("%s is shown %v, %d of them hers; want %v, %d", name, shown, mine, c.shown, c.mine)
			}
		}
		for _, role := range []access.Role{access.Liaison, access.Administrator} {
			only := access.Actor{Org: s.Org, Account: "acc_x", Person: "mem_x", Roles: []access.Role{role}}
			_, err := s.List(ctx, only)
			isRefused(t, err)
			_, _, err = s.Intakes(ctx, only, training.Filter{Limit: 5})
			isRefused(t, err)
		}
	})
}

func TestACancelledIntakeIsShownToWhoHadAPlaceInIt(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(2)
		intake := s.intake(t, s.sewing(t), plan(5))
		s.fill(t, intake, women[:1])
		if err := s.Change(ctx, s.Coordinator, intake, s.read(t, intake).Version, training.Change{Cancelled: true}); err != nil {
			t.Fatal(err)
		}
		if shown, mine := s.listed(t, women[0]); len(shown) != 1 || mine != 1 {
			t.Errorf("she is shown %v", shown)
		}
		if shown, _ := s.listed(t, women[1]); shown != nil {
			t.Errorf("the other is shown %v", shown)
		}
	})
}

func TestPlanningIsForTheCoordinatorOfTheGroupAndTellsAllThatIsWrong(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		course := s.sewing(t)
		create := func(a access.Actor, in training.NewIntake) error {
			_, err := s.CreateIntake(ctx, a, once.Key{}, course.ID, in)
			return err
		}
		if err := create(s.OfFirst, plan(5, of(s.First))); err != nil {
			t.Error(err)
		}
		for _, in := range []training.NewIntake{plan(5), plan(5, of(s.Second)), plan(5, of("grp_nowhere"))} {
			wants(t, create(s.OfFirst, in), fault.Invalid, "registration.group_unknown", "group")
		}
		member := s.women(1)[0]
		err := create(s.Coordinator, plan(5, taughtBy(member), func(in *training.NewIntake) {
			in.Closes, in.Times = "2026-11-01", []training.TimeInput{{Weekday: new(int), From: "09:00", To: "07:00"}}
		}))
		wants(t, err, fault.Invalid, "training.days_order", "closes")
		wants(t, err, fault.Invalid, "training.span_invalid", "times[0]")
		wants(t, err, fault.Invalid, "training.trainer_unknown", "trainer")
		wants(t, create(s.Coordinator, plan(5, func(in *training.NewIntake) { in.Ends = "2026-02-30" })), fault.Invalid, "field.not_a_day", "ends")
		for _, a := range []access.Actor{member, s.Person(access.Trainer, s.First, "Asha"), s.Person(access.Board, s.First, "Devi"), access.AnonymousIn(s.Org)} {
			isRefused(t, create(a, plan(5, of(s.First))))
			_, err := s.CreateCourse(ctx, a, once.Key{}, training.NewCourse{Name: organisation.Name{EN: "Cooking"}, Picture: training.Food})
			isRefused(t, err)
		}
		_, err = s.CreateCourse(ctx, s.OfFirst, once.Key{}, training.NewCourse{Name: organisation.Name{NE: " - "}, Picture: training.Food})
		wants(t, err, fault.Invalid, "name.missing", "name")
		_, err = s.CreateIntake(ctx, s.Coordinator, once.Key{}, "crs_nowhere", plan(5))
		isRefused(t, err)
	})
}

func TestTheWindowMovesWithinItsDays(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		she := s.women(1)[0]
		intake := s.intake(t, s.sewing(t), plan(5))
		closes := func(day string) error {
			return s.Change(ctx, s.Coordinator, intake, s.read(t, intake).Version, training.Change{Closes: &day})
		}
		wants(t, closes("2026-12-07"), fault.Invalid, "training.days_order", "closes")
		wants(t, closes("2026-11-01"), fault.Invalid, "training.days_order", "closes")
		s.on(t, "2026-12-03")
		_, err := s.Apply(ctx, she, once.Key{}, intake, training.Application{})
		wants(t, err, fault.Conflict, "training.window_closed", "")
		if err := closes("2026-12-06"); err != nil {
			t.Fatal(err)
		}
		s.apply(t, she, intake)
		day := "2026-12-05"
		err = s.Change(ctx, s.Coordinator, intake, 1, training.Change{Closes: &day})
		wants(t, err, fault.Stale, "request.stale", "")
	})
}

// What one woman told that doesn't open any more keeps neither those beside her
// off the list, nor her from her own.
func TestWhatOneToldThatDoesNotOpenKeepsNobodyElseAway(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(3)
		intake := s.intake(t, s.sewing(t), plan(3, of(s.First)))
		var own []*training.Own
		for _, she := range women {
			own = append(own, must[*training.Own](t)(s.Apply(ctx, she, once.Key{}, intake, saying)))
		}
		s.Damage(training.Specs(), "enrolments", own[0].ID, "needs")
		s.Damage(training.Specs(), "enrolments", own[1].ID, "note")
		for i, p := range s.read(t, intake).People {
			if p.Damaged != (i < 2) || (len(p.Needs) == 2) != (i != 0) || (p.Note.Reveal() == note) != (i != 1) || p.Name.Empty() {
				t.Errorf("of woman %d is read %q: %v %q, damaged %v", i, p.Name.Reveal(), p.Needs, p.Note.Reveal(), p.Damaged)
			}
		}
		for i, she := range women {
			mine := must[[]*training.Own](t)(s.Mine(ctx, she))
			if len(mine) != 1 || mine[0].Damaged != (i < 2) || mine[0].Standing != training.Enrolled {
				t.Errorf("woman %d reads %+v", i, mine)
			}
			must[*training.Own](t)(s.Withdraw(ctx, she, once.Key{}, own[i].ID))
		}
	})
}
