package member_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

// Whatever she agreed to and took back, while she has it restricted nobody but
// herself sees or counts her; and else exactly who may.
func TestWhatIsRestrictedIsSeenByNobodyElse(t *testing.T) {
	s := stage.New(t)
	she := s.Register("Markerrestricted", s.First, stage.WithPhone("9841000005"))
	namesake := s.Person(access.Member, s.First, "Markerrestricted")
	coordinator := s.Coordinator
	coordinator.Fresh, she.Fresh = true, true
	if _, err := s.Members.Approve(ctx, coordinator, once.Key{}, she.Person, member.Approval{}); err != nil {
		t.Fatal(err)
	}
	she, err := s.Accounts.ActorOf(ctx, s.Org, she.Account)
	if err != nil {
		t.Fatal(err)
	}
	she.Fresh = true
	on, phone := false, true
	rapid.Check(t, func(t *rapid.T) {
		switch rapid.IntRange(0, 3).Draw(t, "act") {
		case 0, 1:
			on = rapid.Bool().Draw(t, "on")
			mine, err := s.Members.RestrictOwn(ctx, she, once.Key{}, on)
			if err != nil || mine.Restricted != on || mine.Alias.Reveal() != "Markerrestricted" {
				t.Fatalf("she herself sees %+v (%v)", mine, err)
			}
		case 2: // takes the yes to her phone back
			sheet, err := consent.Of(ctx, s.Store.Org(s.Org), she.Person)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range sheet.Consents {
				if c.Purpose == consent.CoordinatorPhone && c.Withdrawn == nil {
					if _, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, c.ID); err != nil {
						t.Fatal(err)
					}
				}
			}
			phone = false
		case 3: // gives it again, and her number
			err := s.Store.Org(s.Org).Tx(ctx, func(tx *store.Tx) error {
				_, err := consent.Add(ctx, tx, she.Person, consent.BySelf, stage.Yes(consent.CoordinatorPhone), s.Clock.Now())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			mine, err := s.Members.Mine(ctx, she)
			if err != nil {
				t.Fatal(err)
			}
			number := "9841000005"
			if _, err := s.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Phone: &number}); err != nil {
				t.Fatal(err)
			}
			phone = true
		}
		isShe := func(r member.Row) bool { return r.ID == she.Person }
		for query, seen := range map[string]bool{"": true, "Markerrestricted": true, "41000005": phone} {
			rows, _, err := s.Members.List(ctx, coordinator, member.Filter{Query: query, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			if slices.ContainsFunc(rows, isShe) != (seen && !on) {
				t.Fatalf("restricted %v, phone %v: looking for %q finds her: %v", on, phone, query, on)
			}
			for _, r := range rows {
				if r.ID == namesake.Person && slices.Contains(r.Hints, member.HintSameName) == on {
					t.Fatalf("restricted %v: the hints on her namesake are %v", on, r.Hints)
				}
			}
		}
		if r, err := s.Members.Read(ctx, coordinator, she.Person); (err != nil) != on || err == nil && r.Phone.Empty() == phone {
			t.Fatalf("restricted %v, phone %v: reading her gives %v", on, phone, err)
		}
		cards, err := s.Members.Cards(ctx, s.Store.Org(s.Org), s.Org, []string{she.Person})
		if err != nil || (len(cards) == 0) != on {
			t.Fatalf("restricted %v: her card is %v (%v)", on, cards, err)
		}
		counted := 0
		if err := member.EachCounted(ctx, s.Store.Org(s.Org), s.Clock.Now(), nil, func(c member.Counted) {
			if c.ID == she.Person {
				counted++
			}
		}); err != nil || (counted == 0) != on {
			t.Fatalf("restricted %v: she is counted %d times (%v)", on, counted, err)
		}
		known := false
		if err := s.Members.EachKnown(ctx, coordinator, func(k member.Known) {
			known = known || k.ID == she.Person && k.Visible
		}); err != nil || known == on {
			t.Fatalf("restricted %v: a register is compared with her: %v (%v)", on, known, err)
		}
	})
}

// What she writes of herself beside her alias only she sees, and what she
// removes is gone.
func TestWhatSheCorrectsIsCheckedSeenByHerAloneAndNamedInTheTrail(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Person(access.Member, s.First, "Junkiri")
		change := func(in member.OwnChange) (*member.Mine, error) {
			mine, err := s.Members.Mine(ctx, she)
			if err != nil {
				t.Fatal(err)
			}
			return s.Members.ChangeOwn(ctx, she, mine.Version, in)
		}
		text := func(v string) *string { return &v }
		mine, err := change(member.OwnChange{PaperName: text(" Sita  Markername "), Phone: text("९८४१०००००५"), District: text("कास्की")})
		if err != nil || mine.PaperName.Reveal() != "Sita Markername" || mine.Phone.Reveal() != "+9779841000005" || mine.District.Reveal() != "Kaski" {
			t.Fatalf("it is %+v (%v)", mine, err)
		}
		_, err = change(member.OwnChange{Alias: text(" "), Phone: text("12"), District: text("Atlantis"), PaperName: text(strings.Repeat("x", 121))})
		for _, code := range []string{"registration.alias_missing", "phone.invalid", "field.district_unknown", "field.too_long"} {
			if err == nil || !strings.Contains(err.Error(), code) {
				t.Errorf("got %v, want %s", err, code)
			}
		}
		coordinator := s.Coordinator
		coordinator.Fresh = true
		r, err := s.Members.Read(ctx, coordinator, she.Person)
		if err != nil || !r.PaperName.Empty() || !r.Phone.Empty() || !r.District.Empty() {
			t.Errorf("her coordinator reads %+v (%v)", r, err)
		}
		rows, _, err := s.Members.List(ctx, coordinator, member.Filter{Query: "41000005", Limit: 10})
		if err != nil || len(rows) != 0 {
			t.Errorf("her number finds %v (%v)", rows, err)
		}
		if mine, err = change(member.OwnChange{Phone: text(""), PaperName: text(""), District: text("")}); err != nil || !mine.Phone.Empty() || !mine.PaperName.Empty() || !mine.District.Empty() {
			t.Errorf("left is %+v (%v)", mine, err)
		}
		found := false
		for _, e := range s.Trail(she.Person, "done") {
			found = found || slices.Equal(e.Fields, []string{"paper_name", "phone", "district"})
		}
		if !found {
			t.Error("the trail does not name the fields")
		}
		s.WantsNowhere("Markername")
	})
}
