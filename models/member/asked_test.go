package member_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

func toAsk(t *testing.T, s *stage.Stage, a access.Actor) (names []string) {
	t.Helper()
	page, _, err := s.Members.ListToAsk(ctx, a, member.ToAskFilter{Limit: 25})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range page {
		names = append(names, p.Name().Reveal())
	}
	slices.Sort(names)
	return names
}

func inPerson(purposes ...consent.Purpose) member.InPersonAsked {
	return member.InPersonAsked{Answers: stage.Yes(purposes...), How: consent.InPerson, Language: "ne"}
}

func asks(s *stage.Stage, a access.Actor, person string, in member.InPersonAsked) (*member.AskedOutcome, error) {
	return s.Members.Asked(ctx, a, once.Key{}, person, in)
}

func born(t *testing.T, day string) calendar.Birth {
	t.Helper()
	d, err := calendar.Parse(day)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.OnDay(d)
}

func fresh(a access.Actor) access.Actor {
	a.Fresh = true
	return a
}

// Requirement 57: what a file said is no yes; what she says in person is, with
// who was there.
func TestWhoIsCarriedOverBecomesAMemberByHerOwnYesWithAWitness(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		she := s.Carry(s.First, member.Details{PaperName: "Kabita", Phone: "+9779841000001", District: "Kaski", Birth: born(t, "1991-05-17")})
		s.Carry(s.Second, member.Details{PaperName: "Elsewhere"})
		asker := fresh(s.OfFirst)
		if got := toAsk(t, s, asker); !slices.Equal(got, []string{"Kabita"}) {
			t.Fatalf("to ask: %v", got)
		}
		if _, err := asks(s, s.Stale(asker), she, inPerson(consent.Membership)); !errors.Is(err, access.Unproved) {
			t.Errorf("without a fresh proof: %v", err)
		}
		in := inPerson(consent.Membership, consent.CoordinatorDistrict)
		in.Alias = "Junkiri"
		o, err := asks(s, asker, she, in)
		if err != nil || o.State != member.BecameMember || o.Handle.Empty() {
			t.Fatalf("%+v %v", o, err)
		}
		sheet, err := consent.Of(ctx, s.Store.Org(s.Org), she)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range sheet.Consents {
			if c.How != consent.InPerson || c.Witness != asker.Account || c.WitnessRole != access.Coordinator {
				t.Errorf("%+v", c)
			}
		}
		r, err := s.Members.Read(ctx, asker, she)
		if err != nil || r.CarriedOver != nil || r.Name().Reveal() != "Junkiri" || r.District.Reveal() != "Kaski" {
			t.Fatalf("%+v %v", r, err)
		}
		// What she did not agree to is gone, or hers alone.
		if !r.Phone.Empty() || !r.PaperName.Empty() || !r.Birth.IsZero() {
			t.Error("more shows than she agreed to")
		}
		if len(toAsk(t, s, asker)) != 0 {
			t.Error("she is to be asked again")
		}
		if _, err := asks(s, asker, she, in); !fault.Is(err, fault.Conflict) {
			t.Errorf("asked twice: %v", err)
		}
		if e := s.Trail(she, audit.Done); len(e) == 0 || e[len(e)-1].Action != access.AskCarried {
			t.Errorf("the trail has %v", e)
		}
	})
}

func TestSayingNoChangesNothingAndErasingIsAtOnce(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		stays := s.Carry(s.First, member.Details{PaperName: "Stays", Phone: "+9779841000001"})
		goes := s.Carry(s.First, member.Details{PaperName: "Markergoes"})
		asker := fresh(s.OfFirst)
		o, err := asks(s, asker, stays, inPerson())
		if err != nil || o.State != member.StaysCarried {
			t.Fatalf("%+v %v", o, err)
		}
		page, _, err := s.Members.ListToAsk(ctx, asker, member.ToAskFilter{Limit: 25})
		if err != nil || len(page) != 2 {
			t.Fatal(len(page), err)
		}
		for _, p := range page {
			if (p.ID == stays) == p.CarriedOver.Asked.IsZero() {
				t.Errorf("%s was asked on %v", p.Name().Reveal(), p.CarriedOver.Asked)
			}
		}
		if _, err := consent.Of(ctx, s.Store.Org(s.Org), stays); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("a no made a sheet: %v", err)
		}
		in := inPerson()
		in.Erase = true
		if o, err = asks(s, asker, goes, in); err != nil || o.State != member.WasErased {
			t.Fatalf("%+v %v", o, err)
		}
		if got := toAsk(t, s, asker); !slices.Equal(got, []string{"Stays"}) {
			t.Errorf("left: %v", got)
		}
		s.WantsNowhere("Markergoes")
	})
}

func TestAnAnswerInPersonIsEachByItselfAndNothingButWhatIsAsked(t *testing.T) {
	s := stage.New(t)
	she := s.Carry(s.First, member.Details{PaperName: "Kabita"})
	for name, in := range map[string]member.InPersonAsked{
		"a yes to her phone and none to being kept": inPerson(consent.CoordinatorPhone),
		"two purposes in one":                       inPerson("membership,coordinator_phone"),
		"one twice":                                 inPerson(consent.Membership, consent.Membership),
		"what isn't asked in person":                inPerson(consent.Membership, consent.SupporterName),
		"a yes and being erased": func() member.InPersonAsked {
			in := inPerson(consent.Membership)
			in.Erase = true
			return in
		}(),
	} {
		if _, err := asks(s, fresh(s.OfFirst), she, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(toAsk(t, s, s.OfFirst)) != 1 {
		t.Error("something was done")
	}
}

func TestNobodyElseAsksHer(t *testing.T) {
	s := stage.New(t)
	she := s.Carry(s.First, member.Details{PaperName: "Kabita"})
	for _, a := range []access.Actor{
		s.Person(access.Coordinator, s.Second, "Other"), s.Person(access.Member, s.First, "Member"),
		s.Person(access.FocalPoint, s.Root, "Focal"), s.Person(access.Board, s.Root, "Board"), s.Person(access.Administrator, s.Root, "Admin"),
	} {
		if _, err := asks(s, a, she, inPerson(consent.Membership)); !errors.Is(err, access.Refused) {
			t.Errorf("%v: %v", a.Roles, err)
		}
	}
}

// Requirements 38, 68.
func TestWhoIsUnder18IsAskedByTheFocalPointWithAGuardianOrOneSetAside(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		today := calendar.Of(s.Clock.Now())
		child := func(name string) string {
			return s.Carry(s.First, member.Details{PaperName: name, Birth: born(t, "2010-05-17")})
		}
		first, second := child("First"), child("Second")
		focal, asker := s.Person(access.FocalPoint, s.Root, "Focal"), fresh(s.OfFirst)
		if got := toAsk(t, s, asker); len(got) != 0 {
			t.Errorf("a coordinator is to ask %v", got)
		}
		if got := toAsk(t, s, focal); !slices.Equal(got, []string{"First", "Second"}) {
			t.Errorf("the focal point is to ask %v", got)
		}
		if _, err := asks(s, asker, first, inPerson(consent.Membership)); !errors.Is(err, access.Refused) {
			t.Errorf("a coordinator asked her: %v", err)
		}
		in := inPerson(consent.Membership)
		for name, g := range map[string]*member.GuardianPart{
			"no word of a guardian":     nil,
			"neither":                   {},
			"both":                      {Agreed: true, Aside: true, Reason: "x", Review: today.AddMonths(1)},
			"set aside for no reason":   {Aside: true, Reason: " ", Review: today.AddMonths(1)},
			"set aside without a day":   {Aside: true, Reason: "x"},
			"set aside until today":     {Aside: true, Reason: "x", Review: today},
			"set aside for a long time": {Aside: true, Reason: "x", Review: today.AddMonths(7)},
		} {
			in.Guardian = g
			if _, err := asks(s, focal, first, in); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		in.Guardian = &member.GuardianPart{Agreed: true}
		if _, err := asks(s, focal, first, in); err != nil {
			t.Fatal(err)
		}
		in.Guardian = &member.GuardianPart{Aside: true, Reason: "Markerdanger", Review: today.AddMonths(1)}
		if _, err := asks(s, focal, second, in); err != nil {
			t.Fatal(err)
		}
		s.WantsNowhere("Markerdanger")
		for person, later := range map[string]bool{first: true, second: false} {
			is, guarded, err := s.Members.Young(ctx, s.Store.Org(s.Org), s.Org, person)
			if err != nil || !is || !guarded {
				t.Errorf("young %v, guarded %v, %v", is, guarded, err)
			}
			sheet, err := consent.Of(ctx, s.Store.Org(s.Org), person)
			if err != nil || sheet.Guarded(today.AddMonths(2)) != later {
				t.Errorf("after the day of the review: %v", err)
			}
		}
		grown := s.Carry(s.First, member.Details{PaperName: "Grown", Birth: born(t, "1990-05-17")})
		in.Guardian = &member.GuardianPart{Agreed: true}
		if _, err := asks(s, asker, grown, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("a guardian of a grown woman: %v", err)
		}
	})
}

func TestHoweverManyAskHerSheBecomesAMemberOnce(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		she := s.Carry(s.First, member.Details{PaperName: "Kabita"})
		var mu sync.Mutex
		became := 0
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				a := fresh([]access.Actor{s.OfFirst, s.Coordinator}[i%2])
				o, err := asks(s, a, she, inPerson(consent.Membership))
				mu.Lock()
				defer mu.Unlock()
				if err == nil && o.State == member.BecameMember {
					became++
				}
			})
		}
		wg.Wait()
		if became != 1 {
			t.Errorf("she became a member %d times", became)
		}
	})
}
