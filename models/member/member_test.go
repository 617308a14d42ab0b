package member_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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

var ctx = context.Background()

func each(t *testing.T, fn func(t *testing.T, s *stage.Stage)) { stage.Each(t, stage.Specs(), fn) }

func names(rows []member.Row) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.Name().Reveal()
	}
	return out
}

func list(t *testing.T, s *stage.Stage, a access.Actor, f member.Filter) []member.Row {
	t.Helper()
	if f.Limit == 0 {
		f.Limit = 100
	}
	rows, _, err := s.Members.List(ctx, a, f)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func wants(t *testing.T, err error, kind fault.Kind, code, field string) {
	t.Helper()
	e, ok := fault.As(err)
	if !ok || e.Kind != kind {
		t.Fatalf("got %v, want %s", err, code)
	}
	if field == "" {
		if e.Code != code {
			t.Fatalf("got %s, want %s", e.Code, code)
		}
		return
	}
	if !slices.ContainsFunc(e.Fields, func(f fault.Field) bool { return f.Field == field && f.Code == code }) {
		t.Fatalf("got %v, want %s on %s", err, code, field)
	}
}

func TestAnAliasAGroupAndAConsentAreEnough(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("जुनकीरी", s.First)
		mine, err := s.Members.Mine(ctx, she)
		if err != nil {
			t.Fatal(err)
		}
		if mine.Name().Reveal() != "जुनकीरी" || mine.State != member.Applied || mine.Group.ID != s.First || !mine.Phone.Empty() {
			t.Errorf("her page shows %v %v", mine.State, mine.Group)
		}
		if !slices.Equal(she.Roles, []access.Role{access.Applicant}) {
			t.Errorf("an applicant has the roles %v", she.Roles)
		}
	})
}

func TestWithoutHerYesNothingIsKept(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		in := member.Registration{Alias: "Junkiri", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.CoordinatorPhone)}
		_, err := s.Members.Register(ctx, access.AnonymousIn(s.Org), once.Key{}, in)
		wants(t, err, fault.Invalid, "registration.consent_missing", "consents")
		if got := names(list(t, s, s.Coordinator, member.Filter{State: member.Applied})); len(got) != 0 {
			t.Errorf("kept %v", got)
		}
	})
}

func TestEverythingWrongWithARegistrationIsToldAtOnce(t *testing.T) {
	s := stage.New(t)
	group := "grp_nowhere"
	_, err := s.Members.Register(ctx, access.AnonymousIn(s.Org), once.Key{}, member.Registration{
		Alias: " \u200b- ", Group: &group, Phone: "98410", Language: "ne", Passphrase: "short",
	})
	for field, code := range map[string]string{
		"alias": "registration.alias_missing", "group": "registration.group_unknown", "consents": "registration.consent_missing",
		"phone": "registration.phone_consent_missing", "passphrase": "passphrase.too_short",
	} {
		wants(t, err, fault.Invalid, code, field)
	}
	wants(t, err, fault.Invalid, "phone.invalid", "phone")
}

func TestAResendGivesTheSameSignInNameAndOnePerson(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		in := member.Registration{Alias: "Junkiri", Group: &s.First, Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership)}
		k := once.Key{Value: "0123456789abcdef", Digest: "d"}
		var wg sync.WaitGroup
		handles := make([]string, 5)
		for i := range handles {
			wg.Go(func() {
				r, err := s.Members.Register(ctx, access.AnonymousIn(s.Org), k, in)
				if err != nil {
					t.Error(err)
					return
				}
				handles[i] = r.Handle.Reveal()
			})
		}
		wg.Wait()
		if slices.Sort(handles); handles[0] != handles[4] {
			t.Errorf("one act was given the names %v", handles)
		}
		if got := list(t, s, s.Coordinator, member.Filter{State: member.Applied}); len(got) != 1 {
			t.Errorf("one act made %d people", len(got))
		}
		k.Digest = "other"
		_, err := s.Members.Register(ctx, access.AnonymousIn(s.Org), k, in)
		wants(t, err, fault.Conflict, "request.idempotency_key_reused", "")
	})
}

func TestAKnownPhoneIsNeverToldToTheSenderButHintedToTheCoordinator(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		for i, number := range []string{"9841000005", "984-100-0005", "+977 9841000005"} {
			s.Register(fmt.Sprintf("Friend %c", 'A'+i), s.First, stage.WithPhone(number))
		}
		rows := list(t, s, s.OfFirst, member.Filter{State: member.Applied})
		if len(rows) != 3 {
			t.Fatalf("%d applications arrived", len(rows))
		}
		for _, r := range rows {
			if !slices.Contains(r.Hints, member.HintSamePhone) {
				t.Errorf("%s has no hint", r.Name().Reveal())
			}
		}
	})
}

func TestApprovalMakesAMemberAtHerNextRequest(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("Junkiri", s.First)
		if _, err := s.Members.Approve(ctx, s.OfFirst, once.Key{}, she.Person, member.Approval{}); err != nil {
			t.Fatal(err)
		}
		now, err := s.Accounts.ActorOf(ctx, s.Org, she.Account)
		if err != nil || !slices.Equal(now.Roles, []access.Role{access.Member}) {
			t.Errorf("she has the roles %v (%v)", now.Roles, err)
		}
		_, err = s.Members.Approve(ctx, s.OfFirst, once.Key{}, she.Person, member.Approval{})
		wants(t, err, fault.Conflict, "member.not_applied", "")
		if len(s.Trail(she.Person, audit.Done)) != 2 { // her application, and the answer
			t.Errorf("the trail has %d entries", len(s.Trail(she.Person, audit.Done)))
		}
	})
}

func TestWhoDoesNotKnowHerGroupIsGivenOneWhenApproved(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("Pari", "")
		if _, err := s.Members.Read(ctx, s.OfFirst, she.Person); !errors.Is(err, access.Refused) {
			t.Fatalf("a coordinator of one group reads her: %v", err)
		}
		_, err := s.Members.Approve(ctx, s.Coordinator, once.Key{}, she.Person, member.Approval{})
		wants(t, err, fault.Invalid, "member.group_missing", "group")
		if _, err := s.Members.Approve(ctx, s.Coordinator, once.Key{}, she.Person, member.Approval{Group: &s.Second}); err != nil {
			t.Fatal(err)
		}
		mine, err := s.Members.Mine(ctx, she)
		if err != nil || mine.Group.ID != s.Second {
			t.Errorf("her page shows %v (%v)", mine.Group, err)
		}
	})
}

func TestDecliningTellsHerWhy(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("Junkiri", s.First)
		_, err := s.Members.Decline(ctx, s.OfFirst, once.Key{}, she.Person, member.Declining{Reason: member.TalkFirst, Words: "शनिबार भेटौं।"})
		if err != nil {
			t.Fatal(err)
		}
		mine, err := s.Members.Mine(ctx, she)
		if err != nil || mine.State != member.Declined || mine.Reason != member.TalkFirst || mine.Words.Reveal() != "शनिबार भेटौं।" {
			t.Errorf("her page shows %v %v %v", mine.State, mine.Reason, err)
		}
	})
}

func TestOfManyAnswersToOneApplicationOneCounts(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("Junkiri", s.First)
		var mu sync.Mutex
		answered := 0
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				var err error
				if i%2 == 0 {
					_, err = s.Members.Approve(ctx, s.Coordinator, once.Key{}, she.Person, member.Approval{})
				} else {
					_, err = s.Members.Decline(ctx, s.OfFirst, once.Key{}, she.Person, member.Declining{Reason: member.OtherReason})
				}
				mu.Lock()
				defer mu.Unlock()
				switch e, ok := fault.As(err); {
				case err == nil:
					answered++
				case !ok || e.Code != "member.not_applied":
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if answered != 1 {
			t.Errorf("%d answers counted", answered)
		}
	})
}

func TestNobodyAnswersHerOwnApplication(t *testing.T) {
	s := stage.New(t)
	_, err := s.Members.Approve(ctx, s.Coordinator, once.Key{}, s.Coordinator.Person, member.Approval{})
	if !errors.Is(err, access.Refused) {
		t.Errorf("got %v", err)
	}
	if len(s.Trail(s.Coordinator.Person, audit.Refused)) != 1 {
		t.Error("the refusal is not in the trail")
	}
}

func TestACoordinatorSeesHerOwnGroupsOnly(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		here := s.Register("Junkiri", s.First)
		there := s.Register("Junkeri", s.Second)
		carried := s.Carry(s.Second, member.Details{PaperName: "Junkiri Tamang", Phone: "+9779841000001"})
		for _, f := range []member.Filter{{}, {Query: "junkiri"}, {Group: s.Second}, {Query: "junkiri", Group: s.Second}, {Group: s.Root}} {
			for _, r := range list(t, s, s.OfFirst, f) {
				if r.ID == there.Person || r.ID == carried {
					t.Errorf("%+v shows somebody of another group", f)
				}
			}
		}
		if got := list(t, s, s.OfFirst, member.Filter{Query: "junkiri"}); len(got) != 1 || got[0].ID != here.Person {
			t.Errorf("found %v", names(got))
		}
		for _, id := range []string{there.Person, carried, "mem_nobody"} {
			if _, err := s.Members.Read(ctx, s.OfFirst, id); !errors.Is(err, access.Refused) {
				t.Errorf("read %s: %v", id, err)
			}
			name := "X"
			if _, err := s.Members.Correct(ctx, s.OfFirst, id, 1, member.Correction{Name: &name}); !errors.Is(err, access.Refused) {
				t.Errorf("correct %s: %v", id, err)
			}
			if _, err := s.Members.Approve(ctx, s.OfFirst, once.Key{}, id, member.Approval{}); !errors.Is(err, access.Refused) {
				t.Errorf("approve %s: %v", id, err)
			}
		}
	})
}

func TestMembersReadNobodyElse(t *testing.T) {
	s := stage.New(t)
	she, other := s.Register("Junkiri", s.First), s.Register("Kopila", s.First)
	if _, err := s.Members.Read(ctx, she, other.Person); !errors.Is(err, access.Refused) {
		t.Errorf("read: %v", err)
	}
	if _, _, err := s.Members.List(ctx, she, member.Filter{Limit: 10}); !errors.Is(err, access.Refused) {
		t.Errorf("list: %v", err)
	}
	if _, err := s.Members.Count(ctx, she, member.Active); !errors.Is(err, access.Refused) {
		t.Errorf("count: %v", err)
	}
}

func TestThePhoneIsSeenOnlyWithHerYesToThat(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("Junkiri", s.First, stage.WithPhone("9841000005"))
		r, err := s.Members.Read(ctx, s.OfFirst, she.Person)
		if err != nil || r.Phone.Reveal() != "+9779841000005" {
			t.Fatalf("with her yes: %v %v", r, err)
		}
		mine, err := s.Members.Mine(ctx, she)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range mine.Consents {
			if c.Purpose == consent.CoordinatorPhone {
				if _, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, c.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		r, err = s.Members.Read(ctx, s.OfFirst, she.Person)
		if err != nil || !r.Phone.Empty() {
			t.Errorf("after she took it back the phone is still there (%v)", err)
		}
	})
}

// Her page names whoever may read the name she chose, and each only while her yes holds.
func TestHerPageTellsWhoReadsHerName(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Person(access.Member, s.First, "Junkiri")
		wants := func(want ...access.Role) *member.Mine {
			t.Helper()
			mine, err := s.Members.Mine(ctx, she)
			if err != nil {
				t.Fatal(err)
			}
			if h := mine.Held[0]; h.Field != "alias" || !slices.Equal(h.Readers, want) {
				t.Errorf("%s is read by %v, want %v", h.Field, h.Readers, want)
			}
			return mine
		}
		wants(access.Coordinator)
		err := s.Store.Org(s.Org).Tx(ctx, func(tx *store.Tx) error {
			_, err := consent.Add(ctx, tx, she.Person, consent.BySelf, stage.Yes(consent.PeerName, consent.SupporterName), s.Clock.Now())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		mine := wants(access.Coordinator, access.PeerSupporter, access.Member)
		if _, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, mine.Consents[1].ID); err != nil {
			t.Fatal(err)
		}
		mine = wants(access.Coordinator, access.Member)
		if _, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, mine.Consents[0].ID); err != nil {
			t.Fatal(err)
		}
		wants()
	})
}

func TestTakingTheYesToBeingKeptBackEndsTheMembershipForAllEyesButHers(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("Junkiri", s.First)
		if _, err := s.Members.Approve(ctx, s.OfFirst, once.Key{}, she.Person, member.Approval{}); err != nil {
			t.Fatal(err)
		}
		mine, err := s.Members.Mine(ctx, she)
		if err != nil {
			t.Fatal(err)
		}
		after, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, mine.Consents[0].ID)
		if err != nil || after.State != member.Ended {
			t.Fatalf("%v %v", after, err)
		}
		if _, err := s.Members.Read(ctx, s.OfFirst, she.Person); !errors.Is(err, access.Refused) {
			t.Errorf("still read: %v", err)
		}
		if got := list(t, s, s.Coordinator, member.Filter{Query: "junkiri"}); len(got) != 0 {
			t.Errorf("still found: %v", names(got))
		}
		if again, err := s.Members.Mine(ctx, she); err != nil || again.Consents[0].Withdrawn == nil {
			t.Errorf("her own page: %v", err)
		}
	})
}

func TestAWithdrawalAcknowledgedStopsAnApproval(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		for range 5 {
			she := s.Register("Junkiri", s.First)
			mine, err := s.Members.Mine(ctx, she)
			if err != nil {
				t.Fatal(err)
			}
			var wg sync.WaitGroup
			wg.Go(func() {
				if _, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, mine.Consents[0].ID); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() { _, _ = s.Members.Approve(ctx, s.OfFirst, once.Key{}, she.Person, member.Approval{}) })
			wg.Wait()
			after, err := s.Members.Mine(ctx, she)
			if err != nil || after.State != member.Ended {
				t.Errorf("she withdrew, and her membership is %v (%v)", after.State, err)
			}
		}
	})
}

func TestAStaleChangeOfHerOwnIsRefusedAndLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("Junkiri", s.First)
		mine, err := s.Members.Mine(ctx, she)
		if err != nil {
			t.Fatal(err)
		}
		first, second := "Kopila", "Sayapatri"
		if _, err := s.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Alias: &first}); err != nil {
			t.Fatal(err)
		}
		_, err = s.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Alias: &second})
		wants(t, err, fault.Stale, "request.stale", "")
		if got := names(list(t, s, s.OfFirst, member.Filter{Query: "kopila"})); !slices.Equal(got, []string{"Kopila"}) {
			t.Errorf("the list shows %v", got)
		}
	})
}

func TestCarriedOverPeopleAreSeenAsThePaperShowedThemUntilTheTimeIsOver(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		day, err := calendar.Parse("1988-05-28")
		if err != nil {
			t.Fatal(err)
		}
		person := s.Carry(s.First, member.Details{PaperName: "सीता तामाङ", Phone: "+9779841000001", Birth: calendar.OnDay(day)})
		r, err := s.Members.Read(ctx, s.OfFirst, person)
		if err != nil || r.Phone.Reveal() != "+9779841000001" || r.Birth.Day != day || r.Name().Reveal() != "सीता तामाङ" {
			t.Fatalf("%v %v", r, err)
		}
		s.Clock.Advance(13 * 30 * 24 * time.Hour)
		if _, err := s.Members.Read(ctx, s.OfFirst, person); !errors.Is(err, access.Refused) {
			t.Errorf("after its time the paper still stands for her yes: %v", err)
		}
	})
}

func TestCorrectingKeepsADayADayAndRefusesAStaleOne(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		day, err := calendar.Parse("1988-05-28")
		if err != nil {
			t.Fatal(err)
		}
		birth := calendar.OnDay(day)
		person := s.Carry(s.First, member.Details{PaperName: "Sita Tamang", Birth: birth})
		name := "Seeta Tamang"
		o, err := s.Members.Correct(ctx, s.OfFirst, person, 1, member.Correction{Birth: &birth, Name: &name})
		if err != nil || o.Birth.Day.String() != "1988-05-28" || o.PaperName.Reveal() != name {
			t.Fatalf("%v %v", o, err)
		}
		_, err = s.Members.Correct(ctx, s.Coordinator, person, 1, member.Correction{Name: &name})
		wants(t, err, fault.Stale, "request.stale", "")
		future, err := calendar.Parse("2045-02-15")
		if err != nil {
			t.Fatal(err)
		}
		birth = calendar.OnDay(future)
		_, err = s.Members.Correct(ctx, s.OfFirst, person, o.Version, member.Correction{Birth: &birth})
		wants(t, err, fault.Invalid, "birth.future", "birth")
		she := s.Register("Kopila", s.First)
		_, err = s.Members.Correct(ctx, s.OfFirst, she.Person, 1, member.Correction{Name: &name})
		wants(t, err, fault.Conflict, "member.not_carried_over", "")
	})
}

func TestSearchCrossesScripts(t *testing.T) {
	s := stage.New(t)
	for _, n := range []string{"सीता श्रेष्ठ", "Åse Prøve", "ड\u093cाकिया"} {
		s.Carry(s.First, member.Details{PaperName: n})
	}
	for query, want := range map[string]string{
		"Seeta": "सीता श्रेष्ठ", "shrestha": "सीता श्रेष्ठ", "सिता": "सीता श्रेष्ठ", "A\u030ase": "Åse Prøve", "\u095cाकिया": "ड\u093cाकिया",
	} {
		if got := names(list(t, s, s.OfFirst, member.Filter{Query: query})); !slices.Contains(got, want) {
			t.Errorf("%q finds %v", query, got)
		}
	}
	for _, query := range []string{"(", "[", "*", `\`, ".*", "$ne"} {
		if got := names(list(t, s, s.OfFirst, member.Filter{Query: query})); len(got) != 0 {
			t.Errorf("%q finds %v", query, got)
		}
	}
	_, _, err := s.Members.List(ctx, s.OfFirst, member.Filter{Query: strings.Repeat("a", 10_000), Limit: 10})
	wants(t, err, fault.Malformed, "members.query_too_long", "")
}

func TestPagesHaveNeitherGapsNorRepeats(t *testing.T) {
	s := stage.New(t)
	for i := range 60 {
		s.Carry(s.First, member.Details{PaperName: fmt.Sprintf("Sita %c%c", 'a'+i/8, 'a'+i%8)})
	}
	for _, query := range []string{"", "sita"} {
		seen := map[string]bool{}
		after := store.Cursor("")
		for {
			rows, next, err := s.Members.List(ctx, s.OfFirst, member.Filter{Query: query, State: member.Active, Limit: 7, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if seen[r.ID] {
					t.Errorf("%q: %s comes twice", query, r.Name().Reveal())
				}
				seen[r.ID] = true
			}
			if next == "" {
				break
			}
			if strings.Contains(string(next), "sita") {
				t.Errorf("the cursor tells a name: %s", next)
			}
			after = next
		}
		if want := 60; len(seen) < want {
			t.Errorf("%q: %d of %d people were listed", query, len(seen), want)
		}
	}
	for _, bad := range []store.Cursor{"x", "AAAA", store.Cursor(strings.Repeat("A", 600))} {
		if _, _, err := s.Members.List(ctx, s.OfFirst, member.Filter{Limit: 7, After: bad}); !errors.Is(err, store.ErrCursor) {
			t.Errorf("cursor %q: %v", bad, err)
		}
	}
}

func TestAPageOfAListIsOneEntryWithTheIdsOnIt(t *testing.T) {
	s := stage.New(t)
	a, b := s.Carry(s.First, member.Details{PaperName: "Sita"}), s.Carry(s.First, member.Details{PaperName: "Gita"})
	list(t, s, s.OfFirst, member.Filter{})
	for _, p := range []string{a, b} {
		trail := s.Trail(p, audit.Read)
		if len(trail) != 1 || !slices.Contains(trail[0].Subjects, a) || !slices.Contains(trail[0].Subjects, b) || trail[0].Account != s.OfFirst.Account {
			t.Errorf("the trail of one page: %+v", trail)
		}
	}
}

func TestHerOwnReadingLeavesNoEntry(t *testing.T) {
	s := stage.New(t)
	she := s.Register("Junkiri", s.First)
	if _, err := s.Members.Mine(ctx, she); err != nil {
		t.Fatal(err)
	}
	if n := len(s.Trail(she.Person, audit.Read)); n != 0 {
		t.Errorf("%d entries", n)
	}
}

func TestNeitherListNorSearchNorHintTellsOfSomebodyWhoWithdrew(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		gone := s.Register("Junkiri", s.First, stage.WithPhone("9841000005"))
		still := s.Register("Junkiri", s.First, stage.WithPhone("9841000005"))
		s.Register("Zenith", s.First)
		withdraw(t, s, gone, consent.Membership)
		for _, query := range []string{"", "junkiri"} {
			rows, next, err := s.Members.List(ctx, s.OfFirst, member.Filter{Query: query, State: member.Applied, Limit: 2})
			if err != nil || next != "" || len(rows) == 0 {
				t.Errorf("%q: %v, next %q (%v)", query, names(rows), next, err)
			}
		}
		rows, next, err := s.Members.List(ctx, s.OfFirst, member.Filter{Query: "junkiri", Limit: 1})
		if err != nil || len(rows) != 1 || next != "" || rows[0].ID != still.Person || len(rows[0].Hints) != 0 {
			t.Errorf("%v, next %q, hints %v (%v)", names(rows), next, rows[0].Hints, err)
		}
	})
}

func withdraw(t *testing.T, s *stage.Stage, she access.Actor, p consent.Purpose) {
	t.Helper()
	mine, err := s.Members.Mine(ctx, she)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range mine.Consents {
		if c.Purpose == p {
			if _, err := s.Members.WithdrawConsent(ctx, she, once.Key{}, c.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAPlaceInAListIsOneCoordinatorsOwn(t *testing.T) {
	s := stage.New(t)
	for i := range 4 {
		s.Carry(s.First, member.Details{PaperName: fmt.Sprintf("Sita %c", 'a'+i)})
	}
	_, next, err := s.Members.List(ctx, s.OfFirst, member.Filter{Limit: 2})
	if err != nil || next == "" {
		t.Fatal(next, err)
	}
	if _, _, err := s.Members.List(ctx, s.Coordinator, member.Filter{Limit: 2, After: next}); !errors.Is(err, store.ErrCursor) {
		t.Errorf("another's cursor: %v", err)
	}
}

func TestAPageHoldsAHundredAndNotMore(t *testing.T) {
	s := stage.New(t)
	for i := range 120 {
		s.Carry(s.First, member.Details{PaperName: fmt.Sprintf("Sita %c%c", 'a'+i/10, 'a'+i%10)})
	}
	rows, next, err := s.Members.List(ctx, s.OfFirst, member.Filter{Limit: 100})
	if err != nil || len(rows) != 100 || next == "" {
		t.Errorf("%d rows, next %q (%v)", len(rows), next, err)
	}
}

func TestWhoWasCarriedOverAndNeverAskedIsErasedInTime(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		person := s.Carry(s.First, member.Details{PaperName: "Sita Tamang"})
		if n, err := s.Members.ForgetOverdue(ctx, s.Org, 100); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		s.Clock.Advance(13 * 31 * 24 * time.Hour)
		if n, err := s.Members.ForgetOverdue(ctx, s.Org, 100); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if _, err := s.Keys.Of(ctx, s.Org, person); err == nil {
			t.Error("her key is still there")
		}
		if got := list(t, s, s.Coordinator, member.Filter{Query: "sita"}); len(got) != 0 {
			t.Errorf("found %v", names(got))
		}
	})
}

func TestAConsentToATextThatIsNotAskedNowMakesNothing(t *testing.T) {
	s := stage.New(t)
	in := member.Registration{Alias: "Junkiri", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership)}
	in.Consents[0].Version = "999"
	_, err := s.Members.Register(ctx, access.AnonymousIn(s.Org), once.Key{}, in)
	wants(t, err, fault.Invalid, "consent.text_old", "consents[0]")
}

func TestAPhoneIsFoundByItsDigitsByWhoMaySeeIt(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		carried := s.Carry(s.First, member.Details{PaperName: "Sita Tamang", Phone: "+9779841000001"})
		s.Carry(s.Second, member.Details{PaperName: "Gita Rai", Phone: "+9779841000002"})
		she := s.Register("Junkiri", s.First, stage.WithPhone("9841000003"))
		for query, want := range map[string]int{
			"+977": 2, "9841000001": 1, "९८४१०००००१": 1, "984-100": 2, "9841000002": 0, "9841000003": 1, "12": 0, "+": 0,
		} {
			if got := list(t, s, s.OfFirst, member.Filter{Query: query}); len(got) != want {
				t.Errorf("%q finds %v", query, names(got))
			}
		}
		rows, next, err := s.Members.List(ctx, s.OfFirst, member.Filter{Query: "9841", Limit: 1})
		if err != nil || len(rows) != 1 || rows[0].ID != carried || next == "" {
			t.Fatalf("%v %q %v", names(rows), next, err)
		}
		rows, next, err = s.Members.List(ctx, s.OfFirst, member.Filter{Query: "9841", Limit: 1, After: next})
		if err != nil || len(rows) != 1 || rows[0].ID != she.Person || next != "" {
			t.Errorf("%v %q %v", names(rows), next, err)
		}
		withdraw(t, s, she, consent.CoordinatorPhone)
		if got := list(t, s, s.OfFirst, member.Filter{Query: "9841000003"}); len(got) != 0 {
			t.Errorf("found by a number she took back: %v", names(got))
		}
	})
}
