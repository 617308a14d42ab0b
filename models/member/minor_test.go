package member_test

import (
	"context"
	"errors"
	"fmt"
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
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/store"
)

// says registers with an answer about her age.
func saysAge(said member.Said) func(*member.Registration) {
	return func(in *member.Registration) { in.Age = said }
}

// office is a stage with those who protect, and every other role.
type office struct {
	*stage.Stage
	t             *testing.T
	focal, deputy access.Actor
	others        map[access.Role]access.Actor // whoever else may do something about people
}

func newOffice(t *testing.T, s *stage.Stage) *office {
	t.Helper()
	o := &office{Stage: s, t: t, others: map[access.Role]access.Actor{}}
	o.focal, o.deputy = s.Person(access.FocalPoint, s.Root, "Sarita"), s.Person(access.Deputy, s.Root, "Urmi")
	for _, r := range []access.Role{access.Member, access.PeerSupporter, access.Trainer, access.Board, access.Administrator} {
		o.others[r] = s.Person(r, s.Root, "Of "+string(r))
	}
	o.others[access.Coordinator] = fresh(s.Coordinator)
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) refused(what string, err error) {
	o.t.Helper()
	if !errors.Is(err, access.Refused) {
		o.t.Errorf("%s: %v", what, err)
	}
}

func (o *office) decide(a access.Actor, person string, listed bool) error {
	return o.Members.DecideYoung(ctx, a, once.Key{}, person, member.YoungDecision{
		Agrees: true, Guardian: &member.GuardianPart{Agreed: true}, Listed: listed,
	})
}

// young is what a person who protects finds.
func (o *office) young(a access.Actor) map[string]member.ToAsk {
	o.t.Helper()
	page, next, err := o.Members.ListToAsk(ctx, a, member.ToAskFilter{Young: true, Limit: 100})
	o.must(err)
	if next != "" {
		o.t.Fatal("more than a page")
	}
	all := map[string]member.ToAsk{}
	for _, p := range page {
		all[p.ID] = p
	}
	return all
}

// meetsHer is every way in which somebody else than those who protect could come
// upon a person; it names those in which an actor did.
func (o *office) meetsHer(a access.Actor, person, name, number string) (how []string) {
	o.t.Helper()
	meets := func(what string, is bool) {
		if is {
			how = append(how, what)
		}
	}
	listed := func(f member.Filter) bool {
		f.Limit = 50
		rows, _, err := o.Members.List(ctx, a, f)
		if err != nil && !errors.Is(err, access.Refused) {
			o.t.Fatal(err)
		}
		return slices.ContainsFunc(rows, func(r member.Row) bool { return r.ID == person })
	}
	for _, state := range append([]member.State{""}, member.States...) {
		meets("list "+string(state), listed(member.Filter{State: state}))
	}
	meets("list of a group", listed(member.Filter{Group: o.First}))
	meets("search", listed(member.Filter{Query: name}))
	meets("search by a beginning", listed(member.Filter{Query: name[:4]}))
	meets("search by a number", listed(member.Filter{Query: number}))
	_, err := o.Members.Read(ctx, a, person)
	meets("read", err == nil || !errors.Is(err, access.Refused))
	_, err = o.Members.Approve(ctx, a, once.Key{}, person, member.Approval{})
	meets("approve", !errors.Is(err, access.Refused))
	_, err = o.Members.Decline(ctx, a, once.Key{}, person, member.Declining{Reason: member.TalkFirst})
	meets("decline", !errors.Is(err, access.Refused))
	_, err = o.Members.Correct(ctx, a, person, 1, member.Correction{Name: &name})
	meets("correct", !errors.Is(err, access.Refused))
	_, err = asks(o.Stage, a, person, inPerson(consent.Membership))
	meets("ask", !errors.Is(err, access.Refused))
	for what, err := range map[string]error{
		"decide":   o.decide(a, person, true),
		"answer":   o.Members.DeclineYoung(ctx, a, once.Key{}, person, member.Declining{Reason: member.TalkFirst}),
		"guardian": o.Members.GuardianAgain(ctx, a, once.Key{}, person, member.GuardianAgain{GuardianPart: member.GuardianPart{Agreed: true}}),
		"birth":    o.Members.TellBirth(ctx, a, once.Key{}, person, member.BirthTold{Birth: calendar.InYear(2050)}),
	} {
		meets(what, !errors.Is(err, access.Refused))
	}
	for _, f := range []member.ToAskFilter{{}, {ByName: true}, {Query: name}, {Young: true}} {
		f.Limit = 50
		page, _, err := o.Members.ListToAsk(ctx, a, f)
		if err != nil && !errors.Is(err, access.Refused) {
			o.t.Fatal(err)
		}
		meets(fmt.Sprintf("to ask %+v", f), slices.ContainsFunc(page, func(p member.ToAsk) bool { return p.ID == person }))
	}
	waiting, reviews, err := o.Members.YoungWaiting(ctx, a)
	o.must(err)
	meets("count of the young", waiting+reviews > 0)
	allowed := func(context.Context, *store.Tx) (access.Facts, error) {
		return access.Facts{Org: o.Org, Own: true, Group: true, Granted: true}, nil
	}
	err = o.Members.Export(ctx, a, "ask_x", []string{o.Root, o.First, o.Second}, allowed, func(p *member.Opened) error {
		meets("export", p.ID == person)
		return nil
	})
	if err != nil && !errors.Is(err, access.Refused) {
		o.t.Fatal(err)
	}
	if err := o.Members.EachKnown(ctx, a, func(k member.Known) {
		meets("import", k.ID == person && (k.Visible || k.Phone != "" || !k.Birth.IsZero()))
	}); err != nil {
		o.t.Fatal(err)
	}
	return how
}

// inFigures tells whether somebody is counted.
func (o *office) inFigures(person string) (is bool) {
	o.t.Helper()
	unlisted, err := o.Members.UnlistedYoung(ctx, o.Org)
	o.must(err)
	o.must(member.EachCounted(ctx, o.Store.Org(o.Org), o.Clock.Now(), unlisted, func(c member.Counted) { is = is || c.ID == person }))
	return is
}

// someone is how somebody came, what is known of her age, and what is decided.
type someone struct {
	came     string // registered, carried, or taken in as a member
	said     member.Said
	birth    calendar.Birth
	decision string // none, listed, unlisted, declined
}

// everyone is each way to come, with each answer, each kind of birth and each decision.
func everyone(t *testing.T) (all []someone) {
	t.Helper()
	decisions := []string{"none", "listed", "unlisted", "declined"}
	births := []calendar.Birth{{}, born(t, "2010-05-17"), born(t, "1990-05-17"), calendar.InYear(2065), calendar.InYear(2050)}
	for i, b := range births {
		for j, said := range []member.Said{"", member.Older, member.Younger, member.Unsaid} {
			all = append(all, someone{"registered", said, b, decisions[(i+j)%4]})
		}
		for _, d := range decisions {
			all = append(all, someone{"carried", "", b, d}, someone{"member", "", b, d})
		}
	}
	for _, d := range decisions {
		all = append(all, someone{"registered", member.Younger, calendar.Birth{}, d})
	}
	return all
}

// young is what a board member would say of her, apart from how the product tells it.
func (w someone) young(today calendar.Date) bool {
	if w.birth.IsZero() {
		return w.said == member.Younger
	}
	age, approximate, _ := w.birth.AgeAt(today)
	return age < 18 || approximate && age == 18
}

// comes brings her in.
func (o *office) comes(w someone, name, number string) (person string) {
	o.t.Helper()
	if w.came == "carried" {
		return o.Carry(o.First, member.Details{PaperName: name, Phone: number, Birth: w.birth})
	}
	var she access.Actor
	if w.came == "member" {
		she = o.Person(access.Member, o.First, name)
	} else {
		r, err := o.Members.Register(ctx, access.AnonymousIn(o.Org), once.Key{}, member.Registration{
			Alias: name, Group: &o.First, Phone: number, Language: "ne", Passphrase: stage.Phrase, Age: w.said,
			Consents: stage.Yes(consent.Membership, consent.CoordinatorPhone),
		})
		o.must(err)
		she, err = o.Accounts.ActorOf(ctx, o.Org, r.Account)
		o.must(err)
	}
	if !w.birth.IsZero() {
		tells(o.t, o.Stage, fresh(she), w.birth)
	}
	return she.Person
}

// isDecided decides on her, if she is young; a member isn't declined.
func (o *office) isDecided(w someone, person string) {
	o.t.Helper()
	switch {
	case w.decision == "none":
	case w.decision == "declined":
		err := o.Members.DeclineYoung(ctx, o.focal, once.Key{}, person, member.Declining{Reason: member.TalkFirst, Words: "Come by"})
		if w.came != "registered" && fault.Is(err, fault.Conflict) {
			err = nil
		}
		o.must(err)
	case w.came == "carried":
		in := inPerson(consent.Membership, consent.CoordinatorPhone)
		in.Guardian, in.Listed = &member.GuardianPart{Agreed: true}, w.decision == "listed"
		_, err := asks(o.Stage, o.deputy, person, in)
		o.must(err)
	default:
		o.must(o.decide(o.deputy, person, w.decision == "listed"))
	}
}

// Requirement 38, over how she came, what is known of her age and what was decided:
// nobody but those who protect meets somebody under 18 before it is decided so, and
// whoever is listed, or of age, is met as anybody.
func TestNobodyButThoseWhoProtectMeetsSomebodyUnder18WhomTheyDidNotList(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		today := calendar.Of(s.Clock.Now())
		for i, w := range everyone(t) {
			name, number := fmt.Sprintf("Kopila%s", word(i+1)), fmt.Sprintf("+97798%08d", i)
			person, minor := o.comes(w, name, number), w.young(today)
			unmet := func(when string) {
				t.Helper()
				for role, a := range o.others {
					if role != access.Coordinator && i%4 > 0 {
						continue // the others see no list at all: once for each kind is enough
					}
					if how := o.meetsHer(a, person, name, number); len(how) > 0 {
						t.Errorf("%+v, %s: %s meets her by %v", w, when, role, how)
					}
				}
				if o.inFigures(person) {
					t.Errorf("%+v, %s: she is counted", w, when)
				}
			}
			if _, found := o.young(o.focal)[person]; found != minor {
				t.Errorf("%+v: those who protect find her: %v", w, found)
			}
			listed := !minor
			if minor {
				unmet("before")
				o.isDecided(w, person)
				listed = w.decision == "listed"
			}
			rows, _, err := s.Members.List(ctx, o.others[access.Coordinator], member.Filter{Query: name, Limit: 50})
			o.must(err)
			if got := slices.ContainsFunc(rows, func(r member.Row) bool { return r.ID == person }); got != listed {
				t.Errorf("%+v: listed %v", w, got)
			}
			switch {
			case !listed:
				unmet("after")
			case (w.came != "carried" || minor) && !o.inFigures(person):
				t.Errorf("%+v: she is not counted", w)
			}
		}
	})
}

// word spells a number, so that no name is like another.
func word(n int) string {
	out := ""
	for ; n > 0; n /= 10 {
		out += []string{"zo", "ba", "ke", "di", "mu", "ra", "shi", "to", "gu", "le"}[n%10]
	}
	return out
}

// tells has somebody tell her birth on her own page.
func tells(t *testing.T, s *stage.Stage, she access.Actor, b calendar.Birth) {
	t.Helper()
	mine, err := s.Members.Mine(ctx, she)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Birth: &b}); err != nil {
		t.Fatal(err)
	}
}

func (o *office) seesHer(person string) bool {
	o.t.Helper()
	_, err := o.Members.Read(ctx, fresh(o.OfFirst), person)
	if err != nil {
		o.refused("read", err)
	}
	rows, _, err := o.Members.List(ctx, fresh(o.OfFirst), member.Filter{Limit: 50})
	o.must(err)
	listed := slices.ContainsFunc(rows, func(r member.Row) bool { return r.ID == person })
	_, readable := o.Members.Read(ctx, fresh(o.OfFirst), person)
	if listed != (readable == nil) {
		o.t.Errorf("listed %v, read %v", listed, readable)
	}
	return listed
}

// Requirement 38: she is asked once, and all are answered alike.
func TestWhoSaysThatSheIsYoungerIsAnsweredAsAnybodyAndSealed(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		sizes := map[int]bool{}
		for i, said := range []member.Said{"", member.Older, member.Younger, member.Unsaid} {
			name := "Junkiri" + word(i+1)
			r, err := s.Members.Register(ctx, access.AnonymousIn(s.Org), once.Key{}, member.Registration{
				Alias: name, Group: &s.First, Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership), Age: said,
			})
			o.must(err)
			if r.State != member.Applied || r.Handle.Empty() {
				t.Errorf("%q: %+v", said, r)
			}
			she, err := s.Accounts.ActorOf(ctx, s.Org, r.Account)
			o.must(err)
			mine, err := s.Members.Mine(ctx, she)
			o.must(err)
			sizes[len(mine.Member.Age)] = true
			// Her twin in the decoy tenant gave the same answer.
			decoy := she
			decoy.Org = organisation.Decoy(s.Org)
			theirs, err := s.Members.Mine(ctx, decoy)
			o.must(err)
			if theirs.Age != mine.Age || len(theirs.Member.Age) != len(mine.Member.Age) || mine.Age.On != calendar.Of(s.Clock.Now()) {
				t.Errorf("%q: %+v and %+v", said, mine.Age, theirs.Age)
			}
		}
		if len(sizes) != 1 || sizes[0] {
			t.Errorf("what is stored has the sizes %v", sizes)
		}
		for _, text := range []string{"younger", "older", "unsaid"} {
			s.WantsNowhere(text)
		}
		if n := len(o.young(o.focal)); n != 1 {
			t.Errorf("%d wait", n)
		}
		counts, err := s.Members.Count(ctx, s.OfFirst, member.Applied)
		o.must(err)
		if counts[s.First] != 3 {
			t.Errorf("the coordinator's desk counts %v", counts)
		}
		if waiting, _, err := s.Members.YoungWaiting(ctx, o.deputy); err != nil || waiting != 1 {
			t.Errorf("%d wait for the deputy, %v", waiting, err)
		}
	})
}

// Requirements 38, 68.
func TestTheFocalPointDecidesWithHerAndTheGuardianAndWhetherSheIsListed(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		today := calendar.Of(s.Clock.Now())
		she := s.Register("Kopila", "", saysAge(member.Younger))
		ok := member.YoungDecision{Agrees: true, Guardian: &member.GuardianPart{Agreed: true}, Group: &s.First}
		with := func(change func(*member.YoungDecision)) member.YoungDecision {
			in := ok
			change(&in)
			return in
		}
		nowhere := "grp_nowhere"
		for name, in := range map[string]member.YoungDecision{
			"without her own yes":   with(func(in *member.YoungDecision) { in.Agrees = false }),
			"no word of a guardian": with(func(in *member.YoungDecision) { in.Guardian = nil }),
			"neither":               with(func(in *member.YoungDecision) { in.Guardian = &member.GuardianPart{} }),
			"set aside for no reason": with(func(in *member.YoungDecision) {
				in.Guardian = &member.GuardianPart{Aside: true, Review: today.AddMonths(1)}
			}),
			"set aside without a day":  with(func(in *member.YoungDecision) { in.Guardian = &member.GuardianPart{Aside: true, Reason: "x"} }),
			"no group where none is":   with(func(in *member.YoungDecision) { in.Group = nil }),
			"a group that isn't there": with(func(in *member.YoungDecision) { in.Group = &nowhere }),
		} {
			if err := s.Members.DecideYoung(ctx, o.focal, once.Key{}, she.Person, in); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := s.Members.DecideYoung(ctx, s.Stale(o.focal), once.Key{}, she.Person, ok); !errors.Is(err, access.Unproved) {
			t.Errorf("without a fresh proof: %v", err)
		}
		if _, err := asks(s, o.focal, she.Person, inPerson(consent.Membership)); !fault.Is(err, fault.Conflict) {
			t.Errorf("asked as if she were carried over: %v", err)
		}
		aside := with(func(in *member.YoungDecision) {
			in.Guardian = &member.GuardianPart{Aside: true, Reason: "Markerdanger", Review: today.AddMonths(1)}
		})
		key := once.Key{Value: "0123456789abcdef", Digest: "d"}
		o.must(s.Members.DecideYoung(ctx, o.focal, key, she.Person, aside))
		o.must(s.Members.DecideYoung(ctx, o.focal, key, she.Person, aside)) // sent again
		s.WantsNowhere("Markerdanger")
		if o.seesHer(she.Person) {
			t.Error("a coordinator sees her who is not listed")
		}
		acting, err := s.Accounts.ActorOf(ctx, s.Org, she.Account)
		o.must(err)
		if !acting.Has(access.Member) || acting.Has(access.Applicant) {
			t.Errorf("she is %v", acting.Roles)
		}
		if is, guarded, err := s.Members.Young(ctx, s.Store.Org(s.Org), s.Org, she.Person); err != nil || !is || !guarded {
			t.Errorf("young %v, guarded %v, %v", is, guarded, err)
		}
		twin, guarded, err := s.Members.Young(ctx, s.Store.Org(organisation.Decoy(s.Org)), organisation.Decoy(s.Org), she.Person)
		if err != nil || !twin || !guarded {
			t.Errorf("her twin: young %v, guarded %v, %v", twin, guarded, err)
		}
		asked := func(e *audit.Entry) bool { return e.Action == access.AskYoung }
		if !slices.ContainsFunc(s.Trail(she.Person, audit.Done), asked) || !slices.ContainsFunc(s.Trail(she.Person, audit.Read), asked) || !slices.Contains(audit.Told, access.AskYoung) {
			t.Error("it is not in the trail, or she doesn't read of it")
		}
		// The day comes to look again.
		if _, reviews, err := s.Members.YoungWaiting(ctx, o.focal); err != nil || reviews != 0 {
			t.Errorf("%d to look at again, %v", reviews, err)
		}
		s.Clock.Set(today.AddMonths(1).Begins().Add(1))
		if waiting, reviews, err := s.Members.YoungWaiting(ctx, o.focal); err != nil || waiting != 0 || reviews != 1 {
			t.Errorf("%d wait, %d to look at again, %v", waiting, reviews, err)
		}
		yes := true
		o.must(s.Members.GuardianAgain(ctx, o.deputy, once.Key{}, she.Person, member.GuardianAgain{GuardianPart: member.GuardianPart{Agreed: true}, Listed: &yes}))
		if _, reviews, err := s.Members.YoungWaiting(ctx, o.focal); err != nil || reviews != 0 {
			t.Errorf("%d to look at again, %v", reviews, err)
		}
		if !o.seesHer(she.Person) {
			t.Error("a coordinator doesn't see her who is listed now")
		}
		if found := o.young(o.focal)[she.Person]; found.Guardian == nil || !found.Guardian.Agreed || found.Guardian.Aside || !found.Guardian.Own {
			t.Errorf("%+v", found.Guardian)
		}
	})
}

func TestWhoIsDeclinedKindlyStaysUnknownToCoordinators(t *testing.T) {
	s := stage.New(t)
	o := newOffice(t, s)
	she := s.Register("Kopila", s.First, saysAge(member.Younger))
	o.must(s.Members.DeclineYoung(ctx, o.focal, once.Key{}, she.Person, member.Declining{Reason: member.TalkFirst, Words: "Come by"}))
	if err := s.Members.DeclineYoung(ctx, o.focal, once.Key{}, she.Person, member.Declining{Reason: member.TalkFirst}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second no: %v", err)
	}
	mine, err := s.Members.Mine(ctx, she)
	o.must(err)
	if mine.State != member.Declined || mine.Opened.Words.Reveal() != "Come by" {
		t.Errorf("%v %v", mine.State, mine.Reason)
	}
	if o.seesHer(she.Person) || len(o.young(o.focal)) != 0 {
		t.Error("she is in a list")
	}
}

func TestYoungerEndsByABirthAndElseAfterEighteenYears(t *testing.T) {
	s := stage.New(t)
	o := newOffice(t, s)
	today := calendar.Of(s.Clock.Now())
	she := s.Register("Kopila", s.First, saysAge(member.Younger))
	other := s.Register("Junkiri", s.First, saysAge(member.Younger))
	third := s.Register("Maina", s.First, saysAge(member.Younger))
	// The focal point keeps the birth that she told: of age, and one of the others.
	o.must(s.Members.TellBirth(ctx, o.focal, once.Key{}, she.Person, member.BirthTold{Birth: calendar.InYear(2060)}))
	if !o.seesHer(she.Person) {
		t.Error("a woman of age isn't seen")
	}
	o.refused("decided on as young", o.decide(o.focal, she.Person, true))
	// She tells it herself, and has it removed: what she had answered stays overtaken.
	tells(t, s, fresh(other), born(t, "2000-01-01"))
	tells(t, s, fresh(other), calendar.Birth{})
	if !o.seesHer(other.Person) {
		t.Error("an earlier answer came back")
	}
	// One who is young by a birth and has it removed stays young.
	tells(t, s, fresh(third), born(t, "2012-01-01"))
	tells(t, s, fresh(third), calendar.Birth{})
	if o.seesHer(third.Person) {
		t.Error("removing her birth lists her")
	}
	s.Clock.Set(today.AddMonths(12 * 18).AddDays(-1).Begins())
	if young, _, err := s.Members.Young(ctx, s.Store.Org(s.Org), s.Org, third.Person); err != nil || !young {
		t.Errorf("the day before: %v, %v", young, err)
	}
	s.Clock.Set(today.AddMonths(12 * 18).Begins())
	if young, _, err := s.Members.Young(ctx, s.Store.Org(s.Org), s.Org, third.Person); err != nil || young {
		t.Errorf("on the day: %v, %v", young, err)
	}
}

// Rules for minors switch at midnight in Nepal, and by themselves.
func TestWhoTurns18IsSeenFromMidnightInNepal(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		she := s.Carry(s.First, member.Details{PaperName: "Kopila", Birth: born(t, "2008-12-01")})
		day, err := calendar.Parse("2026-12-01")
		o.must(err)
		s.Clock.Set(day.Begins().Add(-1))
		if o.seesHer(she) || len(o.young(o.focal)) != 1 {
			t.Error("on the day before")
		}
		s.Clock.Set(day.Begins())
		if !o.seesHer(she) || len(o.young(o.focal)) != 0 {
			t.Error("on her birthday")
		}
	})
}

// What other nouns do when somebody turns out to be young is done with it or not at all.
func TestWhatEndsWithHerAgeEndsInTheSameTransaction(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		she, broken, ended := s.Person(access.PeerSupporter, s.First, "Kopila"), errors.New("broken"), 0
		s.Members.WhenYoung(func(_ context.Context, _ *store.Tx, a access.Actor) error {
			if a.Person != she.Person {
				t.Errorf("it ends for %s", a.Person)
			}
			ended++
			return broken
		})
		mine, err := s.Members.Mine(ctx, she)
		o.must(err)
		young, grown := born(t, "2010-05-17"), born(t, "1990-05-17")
		if _, err := s.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Birth: &grown}); err != nil || ended != 0 {
			t.Errorf("of age: %v, %d", err, ended)
		}
		if mine, err = s.Members.Mine(ctx, she); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Birth: &young}); !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
		if !o.seesHer(she.Person) {
			t.Error("half of it was done")
		}
		broken = nil
		tells(t, s, she, young)
		if o.seesHer(she.Person) || ended == 0 {
			t.Error("nothing came of it")
		}
		if found := o.young(o.focal)[she.Person]; found.ID == "" || found.Guardian != nil {
			t.Error("those who protect don't find her")
		}
		o.must(o.decide(o.focal, she.Person, true))
		if !o.seesHer(she.Person) {
			t.Error("she isn't seen once it was decided")
		}
	})
}

// A decision and her own word of her birth at once: whichever comes first, she is
// seen only if she is of age or listed, and nothing is lost.
func TestADecisionAndACorrectionAtOnceLeaveNoHalf(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		for i := range 6 {
			she := fresh(s.Register("Kopila"+word(i+1), s.First, saysAge(member.Younger)))
			birth := born(t, []string{"1990-05-17", "2010-05-17"}[i%2])
			mine, err := s.Members.Mine(ctx, she)
			o.must(err)
			var wg sync.WaitGroup
			var decided, told, coordinated error
			wg.Go(func() { decided = o.decide(o.focal, she.Person, false) })
			wg.Go(func() {
				_, told = s.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Birth: &birth})
			})
			wg.Go(func() {
				_, coordinated = s.Members.Approve(ctx, fresh(s.OfFirst), once.Key{}, she.Person, member.Approval{})
			})
			wg.Wait()
			if told != nil && !fault.Is(told, fault.Stale) {
				t.Fatal(told)
			}
			minor := told != nil || i%2 == 1
			if minor && coordinated == nil {
				t.Error("a coordinator decided on her")
			}
			if minor && decided != nil {
				t.Errorf("not decided: %v", decided)
			}
			if got := o.seesHer(she.Person); got == minor {
				t.Errorf("young %v, seen %v", minor, got)
			}
		}
	})
}

// Whoever looks for somebody under 18 finds her by name in either script and page
// by page, each once.
func TestThoseWhoProtectFindThemByNameAndPageByPage(t *testing.T) {
	s := stage.New(t)
	o := newOffice(t, s)
	var wanted []string
	for i := range 7 {
		wanted = append(wanted, s.Register("Kopila"+word(i+1), []string{s.First, s.Second}[i%2], saysAge(member.Younger)).Person)
	}
	s.Register("Grown", s.First, saysAge(member.Older))
	var got []string
	f := member.ToAskFilter{Young: true, Limit: 3}
	for {
		page, next, err := s.Members.ListToAsk(ctx, o.focal, f)
		o.must(err)
		for _, p := range page {
			got = append(got, p.ID)
		}
		if f.After = next; next == "" {
			break
		}
	}
	slices.Sort(got)
	slices.Sort(wanted)
	if !slices.Equal(got, wanted) {
		t.Errorf("%v, wanted %v", got, wanted)
	}
	page, _, err := s.Members.ListToAsk(ctx, o.focal, member.ToAskFilter{Young: true, Limit: 25, Query: "कोपिला"})
	o.must(err)
	if len(page) != 7 {
		t.Errorf("found %d by name", len(page))
	}
	page, _, err = s.Members.ListToAsk(ctx, o.focal, member.ToAskFilter{Young: true, Limit: 25, Group: s.First})
	o.must(err)
	if len(page) != 4 {
		t.Errorf("%d in a group", len(page))
	}
}
