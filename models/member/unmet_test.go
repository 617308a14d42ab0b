package member_test

import (
	"fmt"
	"slices"
	"testing"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

// Requirement 38: whoever brings a list of names, and whoever pages through those who
// are to be asked, learns of nobody under 18 whom she never met.
func TestNobodyLearnsOfAMinorFromAListOrItsPages(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		coordinator := fresh(o.OfFirst)
		known := func(person string) (is bool) {
			o.must(s.Members.EachKnown(ctx, coordinator, func(k member.Known) { is = is || k.ID == person }))
			return is
		}
		she := s.Register("Kopila", s.First, saysAge(member.Younger))
		if known(she.Person) {
			t.Error("who applied is compared with")
		}
		o.must(s.Members.DeclineYoung(ctx, o.focal, once.Key{}, she.Person, member.Declining{Reason: member.TalkFirst}))
		if known(she.Person) {
			t.Error("who was declined is compared with")
		}

		var grown, minors []string
		for i := range 9 {
			d := member.Details{PaperName: "Sunita " + word(i+1), Birth: calendar.InYear(2040)}
			if i%2 == 1 {
				d.Birth = calendar.InYear(2068)
			}
			if person := o.Carry(s.First, d); i%2 == 1 {
				minors = append(minors, person)
			} else {
				grown = append(grown, person)
			}
		}
		for limit := 1; limit <= 10; limit++ {
			var met []string
			f := member.ToAskFilter{Limit: limit}
			for {
				page, next, err := s.Members.ListToAsk(ctx, coordinator, f)
				o.must(err)
				for _, p := range page {
					met = append(met, p.ID)
				}
				if len(page) < limit && next != "" || len(page) == 0 {
					t.Errorf("limit %d: %d of a page, and next %q", limit, len(page), next)
				}
				if next == "" {
					break
				}
				if _, _, err := next.Position("carried_until", 1); err == nil {
					t.Error("the place in the list is readable")
				}
				if _, _, err := s.Members.ListToAsk(ctx, fresh(o.Coordinator), member.ToAskFilter{Limit: limit, After: next}); err != store.ErrCursor {
					t.Errorf("another goes on from it: %v", err)
				}
				f.After = next
			}
			slices.Sort(met)
			slices.Sort(grown)
			if !slices.Equal(met, grown) {
				t.Errorf("limit %d: %v, not %v", limit, met, grown)
			}
		}
		for _, person := range minors {
			if n := len(s.Trail(person, "read")); n != 0 {
				t.Error(fmt.Sprint(person, " is noted as seen by ", access.Coordinator))
			}
		}
	})
}
