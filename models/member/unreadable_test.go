package member_test

import (
	"errors"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/stage"
)

// One text that doesn't open keeps the others of a list away from nobody, shows
// what can be read of her, and lets fewer people see her where it is her age.
func TestATextThatDoesNotOpenKeepsNobodyElseAway(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		coordinator := fresh(o.OfFirst)
		carry := func(name string) string {
			return o.Carry(s.First, member.Details{PaperName: name, Phone: "+9779841234567", Birth: calendar.InYear(2040), District: "Kaski"})
		}
		people := map[string]string{} // by what is damaged of her
		for _, field := range []string{"paper_name", "phone", "birth", "district", ""} {
			people[field] = carry("Kopila " + word(len(people)+1))
		}
		listed := func(a access.Actor) map[string]member.Row {
			rows, _, err := o.Members.List(ctx, a, member.Filter{Group: s.First, Limit: 50})
			o.must(err)
			all := map[string]member.Row{}
			for _, r := range rows {
				all[r.ID] = r
			}
			return all
		}
		before := listed(coordinator)
		for field := range people {
			if field != "" {
				o.Damage(member.Specs(), "members", people[field], field)
			}
		}
		after := listed(coordinator)
		if want := len(before) - 1; len(after) != want {
			t.Errorf("%d of %d people are listed, not %d", len(after), len(before), want)
		}
		for field, person := range people {
			row, there := after[person]
			if field == "birth" {
				if there {
					t.Error("her age can't be read, and her coordinator sees her")
				}
				if _, there := o.young(o.focal)[person]; !there {
					t.Error("her age can't be read, and those who protect don't find her")
				}
				continue
			}
			if !there {
				t.Errorf("damaged %q: she isn't listed", field)
				continue
			}
			if row.Unreadable != (field != "") {
				t.Errorf("damaged %q: said to be unreadable: %v", field, row.Unreadable)
			}
			if row.Name().Empty() != (field == "paper_name") {
				t.Errorf("damaged %q: her name is %q", field, row.Name().Reveal())
			}
		}
		page, _, err := o.Members.ListToAsk(ctx, coordinator, member.ToAskFilter{Limit: 50})
		o.must(err)
		if len(page) != 4 {
			t.Errorf("%d people are to be asked, not 4", len(page))
		}
		ids := []string{people["paper_name"], people[""]}
		cards, err := o.Members.Cards(ctx, s.Store.Org(s.Org), s.Org, ids)
		o.must(err)
		if _, there := cards[people[""]]; !there || len(cards) != 1 {
			t.Errorf("%d cards", len(cards))
		}
		// Whoever speaks up reads the role of her whose name is missing.
		names, err := o.Members.Names(ctx, s.Store.Org(s.Org), s.Org, ids)
		o.must(err)
		if _, there := names[people[""]]; !there || len(names) != 1 {
			t.Errorf("%d names", len(names))
		}
	})
}

// What would go wrong without the missing text is refused, and changes nothing.
func TestWhatNeedsAllOfSomebodyIsRefusedWhereATextDoesNotOpen(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		coordinator, name := fresh(o.OfFirst), "Kopila"
		person := o.Carry(s.First, member.Details{PaperName: "Kopila Thapa", Phone: "+9779841234567"})
		o.Damage(member.Specs(), "members", person, "phone")
		girl := o.Carry(s.First, member.Details{PaperName: "Sunita Rai", Phone: "+9779841234568", Birth: calendar.InYear(2068)})
		o.Damage(member.Specs(), "members", girl, "phone")
		before := o.Trail(person, audit.Done)
		_, read := o.Members.Read(ctx, coordinator, person)
		_, corrected := o.Members.Correct(ctx, coordinator, person, 2, member.Correction{Name: &name})
		_, asked := asks(s, coordinator, person, inPerson(consent.Membership))
		for what, err := range map[string]error{
			"read": read, "correct": corrected, "ask": asked,
			"compare with a list": o.Members.EachKnown(ctx, coordinator, func(member.Known) {}),
			"decide":              o.decide(o.focal, girl, true),
			"decline":             o.Members.DeclineYoung(ctx, o.focal, once.Key{}, girl, member.Declining{Reason: member.TalkFirst}),
		} {
			if !errors.Is(err, seal.ErrUnreadable) {
				t.Errorf("%s: %v", what, err)
			}
		}
		// Whoever may not is told what she is told of anybody.
		stranger := s.Admit(s.Second, "Resham")
		_, read = o.Members.Read(ctx, fresh(stranger), person)
		_, corrected = o.Members.Correct(ctx, fresh(stranger), person, 2, member.Correction{Name: &name})
		_, asked = asks(s, fresh(stranger), person, inPerson(consent.Membership))
		for what, err := range map[string]error{
			"read": read, "correct": corrected, "ask": asked, "decide": o.decide(fresh(stranger), girl, true),
		} {
			o.refused("a stranger's "+what, err)
		}
		if after := o.Trail(person, audit.Done); len(after) != len(before) {
			t.Errorf("%d entries came into the trail", len(after)-len(before))
		}
	})
}
