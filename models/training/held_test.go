package training_test

import (
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/training"
)

// Requirement 32: whom others let in again applies anew, and sees no place from before.
func TestPlacesFromBeforeAreNotShownToWhoIsHeld(t *testing.T) {
	each(t, func(t *testing.T, s school) {
		she := s.women(1)[0]
		course := s.sewing(t)
		before := s.apply(t, she, s.intake(t, course, plan(5)))
		s.Clock.Advance(time.Minute)
		held := she
		held.Hold = access.Hold{Since: s.Clock.Now(), Until: s.Clock.Now().AddDate(0, 0, 7)}
		s.Clock.Advance(time.Minute)
		other := must[*training.Course](t)(s.CreateCourse(ctx, s.Coordinator, once.Key{}, training.NewCourse{Name: course.Name, Picture: training.Sewing}))
		since := s.apply(t, held, s.intake(t, other, plan(5)))
		sees := func(a access.Actor, want ...string) {
			t.Helper()
			mine := must[[]*training.Own](t)(s.Mine(ctx, a))
			shown := map[string]bool{}
			for _, o := range mine {
				shown[o.ID] = true
			}
			for _, l := range must[[]training.Listed](t)(s.List(ctx, a)) {
				for _, card := range l.Intakes {
					if card.Mine != nil && !shown[card.Mine.ID] {
						t.Errorf("the catalogue shows %s", card.Mine.ID)
					}
				}
			}
			if len(mine) != len(want) {
				t.Errorf("she sees %d places", len(mine))
			}
			for _, id := range want {
				if !shown[id] {
					t.Errorf("she doesn't see %s", id)
				}
			}
		}
		sees(held, since.ID)
		sees(she, since.ID, before.ID)
		if _, err := s.Withdraw(ctx, held, once.Key{}, before.ID); !fault.Is(err, fault.Absent) {
			t.Errorf("she gives it back: %v", err)
		}
		must[*training.Own](t)(s.Withdraw(ctx, held, once.Key{}, since.ID))
	})
}
