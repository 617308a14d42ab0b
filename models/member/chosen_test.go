package member_test

import (
	"context"
	"testing"

	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/stage"
)

// What an organisation chooses holds for whoever is carried over from then on.
func TestHowLongSomebodyIsCarriedOverIsChosenByTheOrganisation(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		until := func(person string) calendar.Date {
			t.Helper()
			r, err := s.Members.Read(context.Background(), s.OfFirst, person)
			if err != nil {
				t.Fatal(err)
			}
			return r.CarriedOver.Until
		}
		before := s.Carry(s.First, member.Details{PaperName: "Sita Tamang"})
		s.Choose("carriedOver", 3)
		after := s.Carry(s.First, member.Details{PaperName: "Gita Tamang"})
		today := calendar.Of(s.Clock.Now())
		if got, want := until(after), calendar.Of(s.Clock.Now().AddDate(0, 3, 0)); got != want || !today.Before(got) {
			t.Errorf("until %s, want %s", got, want)
		}
		if got, want := until(before), calendar.Of(s.Clock.Now().AddDate(0, 12, 0)); got != want {
			t.Errorf("who came before is kept until %s, want %s", got, want)
		}
	})
}
