package member_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
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
			if row.Unreadable() != (field != "") {
				t.Errorf("damaged %q: said to be unreadable: %v", field, row.Unreadable())
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

// What is hers stays hers: one text that doesn't open keeps her from nothing that she
// may do with the others, and what she did is answered.
func TestATextThatDoesNotOpenKeepsNobodyFromHerOwn(t *testing.T) {
	for _, field := range []string{"alias", "phone", "age"} {
		t.Run(field, func(t *testing.T) {
			stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
				o := newOffice(t, s)
				she := fresh(s.Register("Kopila", s.First, func(in *member.Registration) {
					in.Age, in.Phone = member.Older, "9841234567"
					in.Consents = append(in.Consents, stage.Yes(consent.CoordinatorPhone)...)
				}))
				o.Damage(member.Specs(), "members", she.Person, field)
				if field == "age" { // she counts as under 18, and those who protect decide
					o.must(o.decide(o.focal, she.Person, true))
				} else {
					_, err := o.Members.Approve(ctx, fresh(o.OfFirst), once.Key{}, she.Person, member.Approval{})
					o.must(err)
				}
				she.Roles = []access.Role{access.Member}
				shown := func(m *member.Mine, err error) *member.Mine {
					t.Helper()
					o.must(err)
					for _, h := range m.Held {
						if h.Damaged != (h.Field == field) {
							t.Errorf("%s is said to be damaged: %v", h.Field, h.Damaged)
						}
					}
					return m
				}
				mine := shown(o.Members.Mine(ctx, she))
				if !slices.ContainsFunc(mine.Held, func(h member.Held) bool { return h.Field == field && h.Damaged }) {
					t.Error("her page doesn't name what can't be read")
				}
				shown(o.Members.RestrictOwn(ctx, she, once.Key{}, true))
				shown(o.Members.RestrictOwn(ctx, she, once.Key{}, false))
				language := "en"
				mine = shown(o.Members.ChangeOwn(ctx, she, shown(o.Members.Mine(ctx, she)).Version, member.OwnChange{Language: &language}))
				if _, err := o.Members.KnownBy(ctx, she); err != nil {
					t.Errorf("another passphrase, or a way back: %v", err)
				}
				if _, err := o.Members.Handle(ctx, fresh(o.OfFirst), she.Person); err != nil {
					t.Errorf("her sign-in name, told in person: %v", err)
				}
				if young, _, err := o.Members.Young(ctx, s.Store.Org(s.Org), s.Org, she.Person); err != nil || young != (field == "age") {
					t.Errorf("young: %v, %v", young, err)
				}
				// Written anew it is whole again.
				alias, number, birth := "Kopila", "+9779841234567", calendar.InYear(2040)
				in := map[string]member.OwnChange{"alias": {Alias: &alias}, "phone": {Phone: &number}, "age": {Birth: &birth}}[field]
				mine, err := o.Members.ChangeOwn(ctx, she, mine.Version, in)
				o.must(err)
				if mine.Unreadable() {
					t.Error("what she wrote anew is still said to be damaged")
				}
				o.Damage(member.Specs(), "members", she.Person, "alias")
				mine, err = o.Members.Mine(ctx, she)
				o.must(err)
				for _, c := range mine.Consents {
					if c.Purpose == consent.Membership {
						if _, err := o.Members.WithdrawConsent(ctx, she, once.Key{}, c.ID); err != nil {
							t.Errorf("she took her yes back and was told: %v", err)
						}
					}
				}
			})
		})
	}
}

// In an emergency what opens is shown; where nothing does, she doesn't read that her
// record was opened.
func TestAnEmergencyShowsWhatOpens(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		person := o.Carry(s.First, member.Details{PaperName: "Kopila Thapa", Phone: "+9779841234567", District: "Kaski"})
		granted := func(context.Context, *store.Tx) (string, access.Facts, error) {
			return person, access.Facts{Org: s.Org, Own: true, Granted: true, Apart: true}, nil
		}
		o.Damage(member.Specs(), "members", person, "district")
		row, err := o.Members.InEmergency(ctx, fresh(o.focal), granted)
		o.must(err)
		if !row.Unreadable() || row.Phone.Reveal() != "+9779841234567" {
			t.Errorf("shown: %q, damaged %v", row.Phone.Reveal(), row.Damaged)
		}
		o.must(s.Keys.Destroy(ctx, s.Org, person))
		before := len(o.Trail(person, audit.Done))
		if _, err := o.Members.InEmergency(ctx, fresh(o.focal), granted); !errors.Is(err, access.Refused) {
			t.Errorf("nothing of hers opens: %v", err)
		}
		if after := len(o.Trail(person, audit.Done)); after != before {
			t.Errorf("%d openings were noted", after-before)
		}
	})
}

// One key that is damaged takes away its person alone.
func TestAKeyThatDoesNotOpenKeepsNobodyElseAway(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		lost := o.Carry(s.First, member.Details{PaperName: "Kopila Thapa", Phone: "+9779841234567", Birth: calendar.InYear(2040)})
		there := o.Carry(s.First, member.Details{PaperName: "Sunita Rai", Phone: "+9779841234568"})
		o.DamageKey(lost)
		coordinator := fresh(o.OfFirst)
		rows, _, err := o.Members.List(ctx, coordinator, member.Filter{Group: s.First, Limit: 50})
		o.must(err)
		listed := func(id string) bool {
			return slices.ContainsFunc(rows, func(r member.Row) bool { return r.ID == id })
		}
		if !listed(there) || listed(lost) { // her age can't be read: her coordinators don't see her
			t.Errorf("listed: %v and %v", listed(there), listed(lost))
		}
		if found, ok := o.young(o.focal)[lost]; !ok || !found.Unreadable() {
			t.Error("those who protect don't find her")
		}
		if _, err := o.Members.Read(ctx, coordinator, there); err != nil {
			t.Errorf("another is read: %v", err)
		}
		stranger := fresh(s.Admit(s.Second, "Resham"))
		_, read := o.Members.Read(ctx, stranger, lost)
		o.refused("a stranger's read", read)
		// The one who may erase her can: nothing has to open for that.
		o.must(s.Keys.Destroy(ctx, s.Org, lost))
	})
}

// What can't be read is not replaced by what only she may see.
func TestWhoseAliasDoesNotOpenIsNotCalledByHerNameOnPaper(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		she, paper := fresh(s.Admit(s.First, "Kopila")), "Sita Markername"
		mine, err := o.Members.Mine(ctx, she)
		o.must(err)
		_, err = o.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{PaperName: &paper})
		o.must(err)
		o.Damage(member.Specs(), "members", she.Person, "alias")
		coordinator := fresh(o.OfFirst)
		rows, _, err := o.Members.List(ctx, coordinator, member.Filter{Group: s.First, Limit: 50})
		o.must(err)
		for _, r := range rows {
			if r.ID == she.Person && (!r.Name().Empty() || !r.Unreadable()) {
				t.Errorf("listed as %q", r.Name().Reveal())
			}
		}
		rows, _, err = o.Members.List(ctx, coordinator, member.Filter{Query: "Markername", Limit: 50})
		o.must(err)
		if len(rows) > 0 {
			t.Error("she is found by the name on her papers")
		}
		for what, ask := range map[string]func() (int, error){
			"cards": func() (int, error) {
				all, err := o.Members.Cards(ctx, s.Store.Org(s.Org), s.Org, []string{she.Person})
				return len(all), err
			},
			"names": func() (int, error) {
				all, err := o.Members.Names(ctx, s.Store.Org(s.Org), s.Org, []string{she.Person})
				return len(all), err
			},
		} {
			if n, err := ask(); n != 0 || err != nil {
				t.Errorf("%s: %d, %v", what, n, err)
			}
		}
	})
}

// Nobody becomes older by taking away what can't be read.
func TestRemovingADamagedBirthMakesNobodyOfAge(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		girl := o.Carry(s.First, member.Details{PaperName: "Sunita Rai", Birth: calendar.InYear(2069)})
		in := inPerson(consent.Membership)
		in.Guardian = &member.GuardianPart{Agreed: true}
		_, err := asks(s, fresh(o.focal), girl, in)
		o.must(err)
		acc, err := account.OfPerson(ctx, s.Store.Org(s.Org), girl)
		o.must(err)
		she := access.Actor{Org: s.Org, Account: acc.ID, Person: girl, Roles: acc.Roles, Fresh: true}
		o.Damage(member.Specs(), "members", girl, "birth")
		mine, err := o.Members.Mine(ctx, she)
		o.must(err)
		none := calendar.Birth{}
		_, err = o.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Birth: &none})
		o.must(err)
		if young, _, err := o.Members.Young(ctx, s.Store.Org(s.Org), s.Org, girl); !young || err != nil {
			t.Errorf("young: %v, %v", young, err)
		}
		rows, _, err := o.Members.List(ctx, fresh(o.OfFirst), member.Filter{Group: s.First, Limit: 50})
		o.must(err)
		if slices.ContainsFunc(rows, func(r member.Row) bool { return r.ID == girl }) {
			t.Error("her coordinator sees her")
		}
	})
}

// What a girl gave as somebody of age ends when it is told what her damaged birth was,
// whoever tells it.
func TestABirthToldAnewEndsWhatWasGivenAsSomebodyOfAge(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		var ended []string
		o.Members.WhenYoung(func(_ context.Context, _ *store.Tx, a access.Actor) error {
			ended = append(ended, a.Person)
			return nil
		})
		birth := calendar.InYear(2040)
		for _, told := range []calendar.Birth{calendar.InYear(2069), calendar.InYear(2040)} {
			ended = nil
			she := fresh(s.Admit(s.First, "Kopila"))
			mine, err := o.Members.Mine(ctx, she)
			o.must(err)
			_, err = o.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Birth: &birth})
			o.must(err)
			o.Damage(member.Specs(), "members", she.Person, "birth")
			o.must(o.Members.TellBirth(ctx, fresh(o.focal), once.Key{}, she.Person, member.BirthTold{Birth: told}))
			if wants := told != birth; slices.Contains(ended, she.Person) != wants {
				t.Errorf("told %v: ended %v", told, ended)
			}
		}
	})
}
