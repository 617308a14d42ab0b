package training_test

import (
	"slices"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/once"
	"chautari/models/store"
	"chautari/models/training"
)

func TestPagesOfIntakesHaveNoGapsAndHoldOnlyHers(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		course := s.sewing(t)
		trainer := s.Person(access.Trainer, s.Second, "Asha")
		var ofFirst, hers, all []string
		for i := range 9 {
			how := of(s.Second)
			if i%3 == 0 {
				how = of(s.First)
			}
			in := plan(5, how)
			if i%4 == 0 {
				in = plan(5, how, taughtBy(trainer))
			}
			id := s.intake(t, course, in)
			all = append(all, id)
			if i%3 == 0 {
				ofFirst = append(ofFirst, id)
			}
			if i%4 == 0 {
				hers = append(hers, id)
			}
		}
		pages := func(a access.Actor, state training.State) (found []string) {
			f := training.Filter{Limit: 2, State: state}
			for range 20 {
				rows, next, err := s.Intakes(ctx, a, f)
				if err != nil || len(rows) > 2 {
					t.Fatalf("%d rows, %v", len(rows), err)
				}
				for _, r := range rows {
					found = append(found, r.ID)
				}
				if f.After = next; next == "" {
					break
				}
			}
			slices.Sort(found)
			return found
		}
		for _, want := range [][]string{ofFirst, hers, all} {
			slices.Sort(want)
		}
		if got := pages(s.OfFirst, ""); !slices.Equal(got, ofFirst) {
			t.Errorf("the first group's are %v, want %v", got, ofFirst)
		}
		if got := pages(trainer, training.Open); !slices.Equal(got, hers) {
			t.Errorf("the trainer's are %v, want %v", got, hers)
		}
		if got := pages(s.Coordinator, ""); !slices.Equal(got, all) {
			t.Errorf("all are %v, want %v", got, all)
		}
		if got := pages(s.Coordinator, training.Finished); got != nil {
			t.Errorf("finished are %v", got)
		}
		s.on(t, "2027-03-01")
		if got := pages(s.Coordinator, training.Finished); !slices.Equal(got, all) {
			t.Errorf("finished are %v, want %v", got, all)
		}
		_, _, err := s.Intakes(ctx, s.women(1)[0], training.Filter{Limit: 5})
		isRefused(t, err)
		if _, _, err := s.Intakes(ctx, s.Coordinator, training.Filter{Limit: 5, After: "broken"}); err != store.ErrCursor {
			t.Errorf("a broken cursor gives %v", err)
		}
		rows, _, err := s.Intakes(ctx, trainer, training.Filter{Limit: 5})
		if err != nil || rows[0].Trainer.Reveal() != "Asha" || rows[0].MayChange || rows[0].Course.ID != course.ID {
			t.Errorf("her row is %+v, %v", rows[0], err)
		}
		if n := s.entries(trainer.Person, audit.Read, access.ListIntakes); n == 0 {
			t.Error("the trail doesn't tell that her name was shown")
		}
	})
}

func TestTheDeskShowsWhoMovedUpThisWeekAndWhereSeatsAreLeft(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(3)
		course := s.sewing(t)
		full, free := s.intake(t, course, plan(1, of(s.First))), s.intake(t, course, plan(4, of(s.Second)))
		own := s.fill(t, full, women)
		must[*training.Own](t)(s.Withdraw(ctx, women[0], once.Key{}, own[0].ID))
		desk := must[*training.Desk](t)(s.Desk(ctx, s.Coordinator))
		if len(desk.MovedUp) != 1 || desk.MovedUp[0].Name.Reveal() != "Friend AB" || desk.MovedUp[0].Intake.ID != full || desk.MovedUp[0].Course.ID != course.ID {
			t.Errorf("moved up are %v", desk.MovedUp)
		}
		if len(desk.SeatsOpen) != 1 || desk.SeatsOpen[0].Intake.ID != free || desk.SeatsOpen[0].Intake.Left() != 4 {
			t.Errorf("seats are left in %v", desk.SeatsOpen)
		}
		if n := s.entries(women[1].Person, audit.Read, access.ReadDesk); n != 1 {
			t.Errorf("%d entries", n)
		}
		if desk := must[*training.Desk](t)(s.Desk(ctx, s.OfFirst)); len(desk.MovedUp) != 1 || desk.SeatsOpen != nil {
			t.Errorf("the first group's desk is %+v", desk)
		}
		for _, a := range []access.Actor{s.Person(access.Coordinator, s.Second, "Rita"), s.Person(access.Board, s.First, "Devi")} {
			if desk := must[*training.Desk](t)(s.Desk(ctx, a)); desk.MovedUp != nil {
				t.Errorf("somebody else's desk shows %v", desk.MovedUp)
			}
		}
		_, err := s.Desk(ctx, women[2])
		isRefused(t, err)
		s.on(t, "2026-12-03")
		if desk := must[*training.Desk](t)(s.Desk(ctx, s.Coordinator)); len(desk.MovedUp) != 1 || desk.SeatsOpen != nil {
			t.Errorf("after the window: %+v", desk)
		}
		s.on(t, "2026-12-04")
		if desk := must[*training.Desk](t)(s.Desk(ctx, s.Coordinator)); desk.MovedUp != nil {
			t.Errorf("a week later: %v", desk.MovedUp)
		}
	})
}

func TestFiguresGetWhoHadASeatInTheEnd(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(4)
		course := s.sewing(t)
		intake := s.intake(t, course, plan(2))
		own := s.fill(t, intake, women)
		must[*training.Own](t)(s.Withdraw(ctx, women[0], once.Key{}, own[0].ID))
		gone := s.intake(t, course, plan(2))
		if err := s.Change(ctx, s.Coordinator, gone, 1, training.Change{Cancelled: true}); err != nil {
			t.Fatal(err)
		}
		finished := func(from, until string) (persons []string) {
			days := []calendar.Date{must[calendar.Date](t)(calendar.Parse(from)), must[calendar.Date](t)(calendar.Parse(until))}
			err := s.EachFinished(ctx, s.Store.Org(s.Org), days[0], days[1], func(in *training.Intake, picture training.Picture, all []string) error {
				if in.ID != intake || picture != training.Sewing {
					t.Errorf("%s of %s", in.ID, picture)
				}
				persons = append(persons, all...)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return persons
		}
		if got := finished("2027-01-01", "2027-04-01"); got != nil {
			t.Errorf("before its end: %v", got)
		}
		s.on(t, "2027-04-02")
		if got := finished("2027-01-01", "2027-04-01"); !slices.Equal(got, []string{women[1].Person, women[2].Person}) {
			t.Errorf("%v, want the two who had a seat", got)
		}
		for _, days := range [][2]string{{"2026-10-01", "2027-01-01"}, {"2027-01-01", "2027-02-28"}, {"2027-03-01", "2027-04-01"}} {
			if got := finished(days[0], days[1]); got != nil {
				t.Errorf("%v: %v", days, got)
			}
		}
	})
}
