package training_test

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/training"
)

// atOnce lets all apply together, at two servers of which neither knows the
// other's queue, and counts what became of them.
func (s school) atOnce(t testing.TB, intake string, women []access.Actor) (enrolled int, positions []int) {
	t.Helper()
	servers := []*training.Courses{s.Courses, training.New(s.Store, s.Keys, s.Orgs, s.Members, s.Clock)}
	own := make([]*training.Own, len(women))
	var wg sync.WaitGroup
	for i, she := range women {
		wg.Go(func() {
			var err error
			if own[i], err = servers[i%2].Apply(ctx, she, once.Key{}, intake, training.Application{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		t.FailNow()
	}
	for i, she := range women {
		switch standing, position := s.stands(t, she, own[i].ID); standing {
		case training.Enrolled:
			enrolled++
		case training.Waiting:
			positions = append(positions, position)
		}
	}
	slices.Sort(positions)
	return enrolled, positions
}

// TRN-01
func TestOneSeatAndTenWhoApplyAtOnceGiveOneEnrolledAndNineInLine(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(24)
		intake := s.intake(t, s.sewing(t), plan(15))
		s.fill(t, intake, women[:14])
		enrolled, positions := s.atOnce(t, intake, women[14:])
		if enrolled != 1 || !slices.Equal(positions, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}) {
			t.Errorf("%d enrolled, and in line %v", enrolled, positions)
		}
		s.sound(t, intake, 15, 9, women)
	})
}

// TRN-01
func TestTwoHundredWhoApplyAtOnceGetTenSeats(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(200)
		intake := s.intake(t, s.sewing(t), plan(10))
		enrolled, positions := s.atOnce(t, intake, women)
		if enrolled != 10 || len(positions) != 190 || positions[0] != 1 || positions[189] != 190 {
			t.Errorf("%d enrolled, and in line %v", enrolled, positions)
		}
		s.sound(t, intake, 10, 190, women)
	})
}

// TRN-02
func TestAFreeSeatGoesToTheFirstInLine(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(5)
		intake := s.intake(t, s.sewing(t), plan(2))
		own := s.fill(t, intake, women) // all at one instant of the clock
		if after := must[*training.Own](t)(s.Withdraw(ctx, women[0], once.Key{}, own[0].ID)); after.Standing != training.Withdrawn || after.Position != 0 {
			t.Errorf("she is %s", after.Standing)
		}
		for i, want := range []struct {
			standing training.Standing
			position int
		}{{training.Withdrawn, 0}, {training.Enrolled, 0}, {training.Enrolled, 0}, {training.Waiting, 1}, {training.Waiting, 2}} {
			if standing, position := s.stands(t, women[i], own[i].ID); standing != want.standing || position != want.position {
				t.Errorf("woman %d is %s at %d", i, standing, position)
			}
		}
		for i, o := range []int{1, 2} {
			mine := must[[]*training.Own](t)(s.Mine(ctx, women[o]))
			if moved := mine[0].MovedUp; moved.IsZero() == (i == 1) {
				t.Errorf("woman %d moved up on %q", o, moved)
			}
		}
		s.sound(t, intake, 2, 2, women)
		if s.entries(women[2].Person, audit.Done, access.WithdrawEnrolment) != 1 {
			t.Error("the trail doesn't tell that her place changed")
		}
	})
}

// TRN-04
func TestMoreSeatsMoveExactlyAsManyUpAndFewerThanEnrolledChangeNothing(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(15)
		intake := s.intake(t, s.sewing(t), plan(10))
		own := s.fill(t, intake, women)
		seats := func(n int) error {
			return s.Change(ctx, s.Coordinator, intake, s.read(t, intake).Version, training.Change{Seats: &n})
		}
		if err := seats(13); err != nil {
			t.Fatal(err)
		}
		s.sound(t, intake, 13, 2, women)
		for i := 10; i < 13; i++ {
			if standing, _ := s.stands(t, women[i], own[i].ID); standing != training.Enrolled {
				t.Errorf("woman %d is %s", i, standing)
			}
		}
		before := s.read(t, intake).Version
		err := seats(8)
		wants(t, err, fault.Conflict, "training.seats_below_enrolled", "")
		wants(t, err, fault.Conflict, "training.seats_below_enrolled", "seats")
		if e, _ := fault.As(err); e.Fields[0].Params["enrolled"] != "13" {
			t.Errorf("it tells %v", e.Fields[0].Params)
		}
		if after := s.read(t, intake); after.Version != before || after.Seats != 13 {
			t.Errorf("%d seats, at version %d after %d", after.Seats, after.Version, before)
		}
		if err := seats(20); err != nil {
			t.Fatal(err)
		}
		s.sound(t, intake, 15, 0, women)
		if err := seats(15); err != nil {
			t.Fatal(err)
		}
		s.sound(t, intake, 15, 0, women)
	})
}

// TRN-06, BKG-10
func TestApplyingTwiceAtOnceGivesOnePlaceInACourse(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(1)
		course := s.sewing(t)
		intake, other := s.intake(t, course, plan(1)), s.intake(t, course, plan(1))
		var wg sync.WaitGroup
		var done atomic.Int32
		for i := range 8 {
			wg.Go(func() {
				_, err := s.Apply(ctx, women[0], once.Key{}, []string{intake, other}[i%2], training.Application{})
				if err == nil {
					done.Add(1)
					return
				}
				if e, ok := fault.As(err); !ok || e.Code != "training.already_applied" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 {
			t.Errorf("%d were taken", done.Load())
		}
		held := len(s.read(t, intake).Enrolled)
		s.sound(t, intake, held, 0, women)
		s.sound(t, other, 1-held, 0, women)
	})
}

// BKG-10
func TestTheSameSendingTwiceIsOneEnrolment(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		she := s.women(1)[0]
		intake := s.intake(t, s.sewing(t), plan(3))
		k := once.Key{Value: "0123456789abcdef", Digest: "d"}
		ids := make([]string, 5)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				own, err := s.Apply(ctx, she, k, intake, training.Application{})
				if err != nil {
					t.Error(err)
					return
				}
				ids[i] = own.ID
			})
		}
		wg.Wait()
		if slices.Sort(ids); ids[0] != ids[4] || ids[0] == "" {
			t.Errorf("one sending made %v", ids)
		}
		s.sound(t, intake, 1, 0, []access.Actor{she})
		if n := s.entries(she.Person, audit.Done, access.ApplyToIntake); n != 1 {
			t.Errorf("%d entries in the trail", n)
		}
		k.Digest = "other"
		_, err := s.Apply(ctx, she, k, intake, training.Application{})
		wants(t, err, fault.Conflict, "request.idempotency_key_reused", "")
	})
}

// TRN-02, TRN-04, TRN-06
func TestApplyingWithdrawingAndChangingSeatsAtOnceKeepTheIntakeSound(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(30)
		intake := s.intake(t, s.sewing(t), plan(5))
		own := s.fill(t, intake, women[:15])
		var wg sync.WaitGroup
		for i := range 15 {
			wg.Go(func() {
				if _, err := s.Apply(ctx, women[15+i], once.Key{}, intake, training.Application{}); err != nil {
					t.Error(err)
				}
			})
			if i%2 == 0 {
				wg.Go(func() {
					if _, err := s.Withdraw(ctx, women[i], once.Key{}, own[i].ID); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Go(func() {
			for n := 6; n <= 9; {
				r, err := s.Read(ctx, s.Coordinator, intake)
				if err == nil {
					err = s.Change(ctx, s.Coordinator, intake, r.Version, training.Change{Seats: &n})
				}
				switch {
				case err == nil:
					n++
				case !fault.Is(err, fault.Stale):
					t.Error(err)
					return
				}
			}
		})
		wg.Wait()
		s.sound(t, intake, 9, 13, women)
	})
}

func TestWhoWithdrewMayApplyAgainAndStandsLast(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(3)
		intake := s.intake(t, s.sewing(t), plan(1))
		own := s.fill(t, intake, women)
		for range 2 { // a second time changes nothing
			if after := must[*training.Own](t)(s.Withdraw(ctx, women[0], once.Key{}, own[0].ID)); after.Standing != training.Withdrawn {
				t.Errorf("she is %s", after.Standing)
			}
		}
		if again := s.apply(t, women[0], intake); again.Position != 2 {
			t.Errorf("she is %s at %d", again.Standing, again.Position)
		}
		s.sound(t, intake, 1, 2, women)
		mine := must[[]*training.Own](t)(s.Mine(ctx, women[0]))
		if len(mine) != 2 || mine[0].Standing != training.Waiting || mine[1].Standing != training.Withdrawn {
			t.Errorf("her page shows %v", mine)
		}
	})
}

func TestACancelledIntakeLetsEverybodyApplyElsewhere(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		women := s.women(4)
		course := s.sewing(t)
		intake, other := s.intake(t, course, plan(2)), s.intake(t, course, plan(9))
		own := s.fill(t, intake, women)
		if err := s.Change(ctx, s.Coordinator, intake, s.read(t, intake).Version, training.Change{Cancelled: true}); err != nil {
			t.Fatal(err)
		}
		s.sound(t, intake, 0, 0, women)
		for i, she := range women {
			if standing, _ := s.stands(t, she, own[i].ID); standing != training.Withdrawn {
				t.Errorf("woman %d is %s", i, standing)
			}
			_, err := s.Apply(ctx, she, once.Key{}, intake, training.Application{})
			wants(t, err, fault.Conflict, "training.cancelled", "")
		}
		s.fill(t, other, women)
		s.sound(t, other, 4, 0, women)
		two := 2
		err := s.Change(ctx, s.Coordinator, intake, s.read(t, intake).Version, training.Change{Seats: &two})
		wants(t, err, fault.Conflict, "training.cancelled", "")
		if s.entries(women[3].Person, audit.Done, access.ChangeIntake) != 1 {
			t.Error("the trail doesn't tell that her place was taken away")
		}
	})
}

func TestApplyingIsOpenOnItsDaysOnly(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		she := s.women(1)[0]
		intake := s.intake(t, s.sewing(t), plan(5))
		for _, c := range []struct{ day, code string }{
			{"2026-11-19", "training.window_not_open"},
			{"2026-12-01", "training.window_closed"},
			{"2026-12-10", "training.window_closed"},
			{"2027-03-05", "training.window_closed"},
		} {
			s.on(t, c.day)
			_, err := s.Apply(ctx, she, once.Key{}, intake, training.Application{})
			wants(t, err, fault.Conflict, c.code, "")
		}
		s.on(t, "2026-11-30")
		s.apply(t, she, intake)
		s.sound(t, intake, 1, 0, []access.Actor{she})
	})
}

func TestAfterTheEndNothingChangesAndSheMayComeToTheNextOne(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		she := s.women(1)[0]
		course := s.sewing(t)
		intake := s.intake(t, course, plan(5))
		own := s.apply(t, she, intake)
		next := s.intake(t, course, training.NewIntake{
			Seats: 5, Opens: "2027-02-01", Closes: "2027-03-30", Begins: "2027-04-01", Ends: "2027-05-30", Times: plan(1).Times,
		})
		s.on(t, "2027-02-28")
		_, err := s.Apply(ctx, she, once.Key{}, next, training.Application{})
		wants(t, err, fault.Conflict, "training.already_applied", "")
		s.on(t, "2027-03-01")
		_, err = s.Withdraw(ctx, she, once.Key{}, own.ID)
		wants(t, err, fault.Conflict, "training.finished", "")
		six := 6
		err = s.Change(ctx, s.Coordinator, intake, s.read(t, intake).Version, training.Change{Seats: &six})
		wants(t, err, fault.Conflict, "training.finished", "")
		s.apply(t, she, next)
		mine := must[[]*training.Own](t)(s.Mine(ctx, she))
		if len(mine) != 2 || mine[0].Intake.ID != next || mine[1].Standing != training.Enrolled {
			t.Errorf("her page shows %v", mine)
		}
	})
}
