package member_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

func says(s *stage.Stage, a access.Actor, given ...consent.Given) error {
	_, err := s.Members.GiveConsent(ctx, a, once.Key{}, given)
	return err
}

func takesBack(t *testing.T, s *stage.Stage, a access.Actor, p consent.Purpose) {
	t.Helper()
	sheet, err := consent.Of(ctx, s.Store.Org(s.Org), a.Person)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range sheet.Consents {
		if c.Purpose == p && c.Withdrawn == nil {
			if _, err := s.Members.WithdrawConsent(ctx, a, once.Key{}, c.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func openTo(t *testing.T, s *stage.Stage, a access.Actor) (open []consent.Purpose) {
	t.Helper()
	l, err := s.Members.Ledger(ctx, a, "ne")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range l.Open {
		open = append(open, x.Purpose)
	}
	return open
}

// keptMember is a member who has a phone, a name on paper and a district written down.
func keptMember(t *testing.T, s *stage.Stage) access.Actor {
	t.Helper()
	she := s.Person(access.Member, s.First, "Junkiri")
	mine, err := s.Members.Mine(ctx, she)
	if err != nil {
		t.Fatal(err)
	}
	paper, phone, district := "Markerpaper", "9841000005", "Jhapa"
	if _, err := s.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{PaperName: &paper, Phone: &phone, District: &district}); err != nil {
		t.Fatal(err)
	}
	return she
}

// Requirement 57: each by itself, and nothing is given that wasn't said.
func TestSeveralYesesAtOnceAreRefusedAndNothingIsKept(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		she := keptMember(t, s)
		both := stage.Yes(consent.CoordinatorPhone, consent.CoordinatorName)
		if err := says(s, she, both...); !errors.Is(err, consent.ErrBundled) {
			t.Errorf("%v", err)
		}
		for _, p := range []consent.Purpose{consent.History, consent.Story, "membership,coordinator_phone"} {
			if err := says(s, she, stage.Yes(p)...); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", p, err)
			}
		}
		sheet, err := consent.Of(ctx, s.Store.Org(s.Org), she.Person)
		if err != nil || len(sheet.Consents) != 1 {
			t.Errorf("%d on her sheet, %v", len(sheet.Consents), err)
		}
	})
}

func TestSheIsAskedOnlyWhatWouldOpenSomethingThatIsThere(t *testing.T) {
	s := stage.New(t)
	bare := s.Person(access.Member, s.First, "Maina")
	if got := openTo(t, s, bare); !slices.Equal(got, []consent.Purpose{consent.PeerName, consent.Figures}) {
		t.Errorf("%v", got)
	}
	if err := says(s, bare, stage.Yes(consent.SupporterName)...); !fault.Is(err, fault.Invalid) {
		t.Errorf("who is no supporter is asked to be seen as one: %v", err)
	}
	full := keptMember(t, s)
	want := []consent.Purpose{consent.CoordinatorPhone, consent.CoordinatorName, consent.CoordinatorDistrict, consent.PeerName, consent.Figures}
	if got := openTo(t, s, full); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	takesBack(t, s, full, consent.Membership)
	full, err := s.Accounts.ActorOf(ctx, s.Org, full.Account)
	if err != nil {
		t.Fatal(err)
	}
	if got := openTo(t, s, full); len(got) != 0 {
		t.Errorf("after the end of her membership: %v", got)
	}
}

// Requirement 59: what she says and takes back holds at the next reading.
func TestWhatSheGivesAndTakesBackHoldsAtTheNextReading(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		she := keptMember(t, s)
		coordinator := s.Coordinator
		coordinator.Fresh = true
		sees := func() [3]string {
			t.Helper()
			r, err := s.Members.Read(ctx, coordinator, she.Person)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Birth.IsZero() {
				t.Error("her birth shows")
			}
			return [3]string{r.Phone.Reveal(), r.PaperName.Reveal(), r.District.Reveal()}
		}
		if got := sees(); got != [3]string{} {
			t.Fatalf("before she said anything: %v", got)
		}
		for i, c := range []struct {
			purpose consent.Purpose
			shows   string
		}{{consent.CoordinatorPhone, "+9779841000005"}, {consent.CoordinatorName, "Markerpaper"}, {consent.CoordinatorDistrict, "Jhapa"}} {
			if err := says(s, s.Stale(she), stage.Yes(c.purpose)...); !errors.Is(err, access.Unproved) {
				t.Errorf("%s without a fresh proof: %v", c.purpose, err)
			}
			for range 2 { // said twice is said once
				if err := says(s, she, stage.Yes(c.purpose)...); err != nil {
					t.Fatal(err)
				}
			}
			want := [3]string{}
			want[i] = c.shows
			if got := sees(); got != want {
				t.Errorf("%s shows %v", c.purpose, got)
			}
			takesBack(t, s, s.Stale(she), c.purpose)
			if got := sees(); got != [3]string{} {
				t.Errorf("taken back, %s shows %v", c.purpose, got)
			}
		}
	})
}

func TestWhatFollowsAYesTakenBackIsDoneWithItOrNotAtAll(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		she, broken, followed := keptMember(t, s), errors.New("broken"), 0
		for _, p := range []consent.Purpose{consent.CoordinatorPhone, consent.CoordinatorName} {
			if err := says(s, she, stage.Yes(p)...); err != nil {
				t.Fatal(err)
			}
		}
		s.Members.WhenTakenBack(consent.CoordinatorPhone, func(_ context.Context, _ *store.Tx, a access.Actor) error {
			if a.Person != she.Person {
				t.Errorf("it follows for %s", a.Person)
			}
			if followed++; broken != nil {
				return broken
			}
			return nil
		})
		takesBack(t, s, she, consent.CoordinatorName)
		if followed != 0 {
			t.Error("it follows another yes")
		}
		sheet, err := consent.Of(ctx, s.Store.Org(s.Org), she.Person)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range sheet.Consents {
			if c.Purpose != consent.CoordinatorPhone {
				continue
			}
			if _, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, c.ID); !errors.Is(err, broken) {
				t.Errorf("%v", err)
			}
		}
		sheet, err = consent.Of(ctx, s.Store.Org(s.Org), she.Person)
		if err != nil || !sheet.Given(consent.CoordinatorPhone, s.Clock.Now()) {
			t.Errorf("it is taken back all the same, %v", err)
		}
		broken = nil
		takesBack(t, s, she, consent.CoordinatorPhone)
		sheet, err = consent.Of(ctx, s.Store.Org(s.Org), she.Person)
		if err != nil || sheet.Given(consent.CoordinatorPhone, s.Clock.Now()) {
			t.Errorf("it is there still, %v", err)
		}
	})
}

func TestWhoSaysNoToBeingCountedIsCountedNoMoreUntilSheTakesItBack(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		she := s.Person(access.Member, s.First, "Junkiri")
		counted := func() (is bool) {
			t.Helper()
			err := s.Store.Org(s.Org).Snapshot(ctx, func(v *store.Snapshot) error {
				is = false
				return member.EachCounted(ctx, v, s.Clock.Now(), nil, func(c member.Counted) { is = is || c.ID == she.Person })
			})
			if err != nil {
				t.Fatal(err)
			}
			return is
		}
		if !counted() {
			t.Fatal("she isn't counted")
		}
		no := consent.Given{Purpose: consent.Figures, Version: "1", Language: "ne", Answer: "no"}
		if err := says(s, s.Stale(she), no); err != nil { // a no takes no proof
			t.Fatal(err)
		}
		if counted() || slices.Contains(openTo(t, s, she), consent.Figures) {
			t.Error("she is counted, or asked again")
		}
		mine, err := s.Members.Mine(ctx, she)
		if err != nil || len(mine.Consents) != 1 {
			t.Errorf("her no passes for a yes: %v %v", mine.Consents, err)
		}
		takesBack(t, s, s.Stale(she), consent.Figures)
		if !counted() || !slices.Contains(openTo(t, s, she), consent.Figures) {
			t.Error("she isn't counted again")
		}
	})
}
