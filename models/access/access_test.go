package access

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden grid anew")

const org = "org_here"

// factNames are the conditions of the grid, in the words of the scope matrix.
var factNames = []string{"own", "grp", "con", "nn", "asg", "em", "ins", "lst", "su"}

// allFacts counts the sets of facts that there are, proved is the bit of a fresh proof.
const (
	allFacts = 1 << 9
	proved   = 1 << 8
)

func facts(bits int) Facts {
	return Facts{
		Org: org, Own: bits&1 != 0, Group: bits&2 != 0, Consent: bits&4 != 0,
		Apart: bits&8 != 0, Assigned: bits&16 != 0, Granted: bits&32 != 0,
		Stead: bits&64 != 0, Listed: bits&128 != 0,
	}
}

// with is an actor who has proved who she is, or has not.
func with(a Actor, bits int) Actor {
	a.Fresh = bits&proved != 0
	return a
}

// cell says under which facts a role may act: the smallest sets that suffice,
// and after "not" the single facts that spoil it.
func cell(role Role, act Action) string {
	a := Actor{Org: org, Account: "acc", Roles: []Role{role}}
	allowed := func(bits int) bool { return questionOf(with(a, bits), act, facts(bits)).ask() }
	var minimal []int
	for bits := range allFacts {
		within := func(m int) bool { return bits&m == m }
		if !slices.ContainsFunc(minimal, within) && allowed(bits) {
			minimal = append(minimal, bits)
		}
	}
	if len(minimal) == 0 {
		return "–"
	}
	var alternatives []string
	for _, m := range minimal {
		var need []string
		for i, n := range factNames {
			if m&(1<<i) != 0 {
				need = append(need, n)
			}
		}
		for i, n := range factNames {
			if m&(1<<i) == 0 && !allowed(m|1<<i) {
				need = append(need, "not "+n)
			}
		}
		if len(need) == 0 {
			need = []string{"yes"}
		}
		alternatives = append(alternatives, strings.Join(need, "+"))
	}
	return strings.Join(alternatives, " or ")
}

// The grid is read by people: a board member can see what each role may do,
// and a change of any policy shows here.
func TestGridOfRolesAndActions(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Who may do what\n\n– never · yes always · own: about herself · grp: in a group she is assigned to · con: live consent covers it · nn: no conflict of interest · asg: it lies in her hands · em: two people opened it for a time · ins: in the stead of others who are all too close · lst: of age, or listed by the focal point · su: she has just proved who she is\n\n| action |")
	for _, r := range Roles {
		fmt.Fprintf(&b, " %s |", r)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(Roles)) + "\n")
	for _, act := range Actions {
		fmt.Fprintf(&b, "| %s |", act)
		for _, r := range Roles {
			fmt.Fprintf(&b, " %s |", cell(r, act))
		}
		b.WriteString("\n")
	}
	const golden = "testdata/grid.md"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("the grid changed; look at it and run with -update if it is meant:\n%s", b.String())
	}
}

func anyActor(t *rapid.T) Actor {
	return Actor{
		Org:   rapid.SampledFrom([]string{"", org, "org_there"}).Draw(t, "org"),
		Roles: rapid.SliceOfN(rapid.SampledFrom(Roles), 0, 4).Draw(t, "roles"),
		Fresh: rapid.Bool().Draw(t, "fresh"),
	}
}

// Whoever asks again hears what the policies say, however many questions came
// between, and of no fact that they look at is one lost on the way.
func TestAnAnswerThatIsKeptIsThatOfThePolicies(t *testing.T) {
	var asked []question
	for i := range 3 * mostAnswered {
		role := asking[i%len(asking)]
		a := with(Actor{Org: org, Account: "acc", Roles: []Role{role, Roles[i/7%len(Roles)]}}, i*proved)
		q := questionOf(a, Actions[i/3%len(Actions)], facts(i/5))
		if i%97 == 0 {
			asked = append(asked, q)
		}
		q.allowed()
		if len(answered.by) > mostAnswered {
			t.Fatalf("%d answers are kept", len(answered.by))
		}
	}
	for _, q := range append(asked, asked...) {
		if q.allowed() != q.ask() {
			t.Fatalf("another answer than the policies give: %v", q)
		}
	}
	seen := map[question]bool{}
	for bits := range 1 << 9 {
		seen[questionOf(with(Actor{Org: org}, bits), ReadOwn, facts(bits))] = true
	}
	seen[questionOf(Actor{Org: org, Hold: Hold{Since: time.Unix(1, 0)}}, ReadOwn, facts(0))] = true
	seen[questionOf(Actor{Org: org}, ReadOwn, Facts{})] = true
	if want := 1<<9 + 2; len(seen) != want {
		t.Errorf("%d of %d sets of facts are told apart", len(seen), want)
	}
}

func TestAnotherOrganisationIsNeverReached(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyActor(t)
		f := facts(rapid.IntRange(0, allFacts-1).Draw(t, "facts"))
		f.Org = rapid.SampledFrom([]string{"", "org_elsewhere"}).Draw(t, "thing's organisation")
		if Decide(a, rapid.SampledFrom(Actions).Draw(t, "action"), f) == nil {
			t.Fatal("allowed across the wall")
		}
	})
}

func TestNobodyDecidesOnHerOwnMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := facts(rapid.IntRange(0, allFacts-1).Draw(t, "facts"))
		f.Own = true
		act := rapid.SampledFrom([]Action{DecideOnApplying, AskYoung, DecideOnRole, DecideOnExport, DecideOnOpening, DecideOnRecovery, DecideOnStaffRecovery, CloseAccount, ReleaseText}).Draw(t, "action")
		if Decide(anyActor(t), act, f) == nil {
			t.Fatal("allowed to decide about herself")
		}
	})
}

// aboutNobody are the actions that show no person's matters: what is open to
// anybody, a desk of one's own, figures that passed disclosure control, and how
// the organisation runs.
var aboutNobody = []Action{
	ReadOrganisation, SendRegistration, ListCourses, SendGrievance, ReadDesk, ReadReleases, ReadResults,
	ReadSettings, ChangeSettings, ManageGroups, ManageSetup,
	AskForRole, ReadRequests, ReadTrailSummary, ReadTechnical,
	SeeWhyAside,                                 // of a name and a number that she types, whether a list must leave it out
	ReadStories,                                 // those that their writers gave for anybody to read
	ReadTexts, DraftText, DropText, ReleaseText, // in which words women are asked
}

// Requirement 43: who looks after the computer may do nothing to anybody.
func TestAnAdministratorReachesNobodyWhateverIsKnown(t *testing.T) {
	she := Actor{Org: org, Account: "acc", Roles: []Role{Administrator}}
	for _, act := range Actions {
		mine := slices.Contains([]Action{
			ReadOwn, ChangeOwn, ChooseLanguage, WithdrawConsent, FollowGrievance,
			ChangePassphrase, GiveFactor, ReadFactors, ManageFactors, ReadSignIns, EndSignIn, TakeOwnAway, RestrictOwn, EraseOwn, SeeOpenings,
			ChooseMail, AnswerMessages, GiveConsent, WithdrawStory, ManageRecovery, OpenHeld, ReadOwnPlaces,
		}, act)
		if act == CloseAccount {
			continue // a way in is shut by the name that is typed there; nobody is shown
		}
		for bits := range allFacts {
			if f := facts(bits); Decide(with(she, bits), act, f) == nil && !slices.Contains(aboutNobody, act) && !(mine && f.Own) {
				t.Errorf("she may %s with %+v", act, f)
			}
		}
	}
}

// Requirement 31: a stale proof is told only to who may do the thing with a
// fresh one, so that asking for a proof never tells that something is there.
func TestOnlyAProofIsAskedForWhereNothingElseIsMissing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, act := anyActor(t), rapid.SampledFrom(Actions).Draw(t, "action")
		f := facts(rapid.IntRange(0, allFacts-1).Draw(t, "facts"))
		err := Decide(a, act, f)
		a.Fresh = true
		switch proven := Decide(a, act, f); {
		case proven != nil && err != Refused:
			t.Fatalf("%s: refused with a proof, and without one told %v", act, err)
		case proven == nil && err != nil && err != Unproved:
			t.Fatalf("%s: allowed with a proof, and without one told %v", act, err)
		}
	})
}

func TestNoFactsMeanNoAccessToPeople(t *testing.T) {
	for _, act := range Actions {
		if slices.Contains(aboutNobody, act) {
			continue
		}
		for _, r := range Roles {
			if Decide(Actor{Org: org, Roles: []Role{r}, Fresh: true}, act, Facts{Org: org}) == nil {
				t.Errorf("%s may %s without any fact known", r, act)
			}
		}
	}
}

// Requirement 22: words alone, of somebody who needs more, open nothing.
func TestWhoIsHalfwayInGivesHerFactorAndDoesNothingElse(t *testing.T) {
	for _, more := range append([]Role{Halfway}, Roles...) { // whatever else she may be
		she := Actor{Org: org, Account: "acc", Roles: []Role{Halfway, more}}
		for _, act := range Actions {
			for _, bits := range []int{0, 1, proved, 1 | proved, allFacts - 1, allFacts - 2} {
				f := facts(bits)
				entering := (act == GiveFactor || act == ManageFactors && bits&proved != 0) && f.Own && more != Anonymous
				if got := Decide(with(she, bits), act, f) == nil; got != entering {
					t.Fatalf("halfway in and %s, %s with %+v: %v", more, act, f, got)
				}
			}
		}
	}
	if slices.Contains(Roles, Halfway) {
		t.Error("it is a role that somebody can be given")
	}
}

// Requirement 32: whom others let in again begins anew, and is told of what is
// closed to her only where it is hers.
func TestWhoIsHeldBeginsAnewAndReachesNothingFromBefore(t *testing.T) {
	open := []Action{
		ReadOrganisation, SendRegistration, ChooseLanguage, ChangePassphrase, GiveFactor, ReadFactors, ManageFactors,
		ReadSignIns, EndSignIn, OpenHeld, ReadSlots, BookSession, ReadOwnSessions, CancelSession,
		ListCourses, ApplyToIntake, ReadOwnPlaces, WithdrawEnrolment, SendGrievance, FollowGrievance, ReadStories,
	}
	held := func(a Actor) Actor {
		now := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
		a.Hold = Hold{now, now.AddDate(0, 0, 7)}
		return a
	}
	rapid.Check(t, func(t *rapid.T) {
		she, act := anyActor(t), rapid.SampledFrom(Actions).Draw(t, "action")
		f := facts(rapid.IntRange(0, allFacts-1).Draw(t, "facts"))
		before, now := Decide(she, act, f), Decide(held(she), act, f)
		closed := !slices.Contains(open, act) && before != Refused
		if IsHeld(now) != closed || !closed && now != before {
			t.Fatalf("%v may %s with %+v: %v, and held %v", she.Roles, act, f, before, now)
		}
	})
}

func TestTheNobodyActorMayNothing(t *testing.T) {
	for _, act := range Actions {
		if Decide(Actor{}, act, facts(allFacts-1)) == nil {
			t.Errorf("the zero actor may %s", act)
		}
	}
}

func TestPoliciesNeedNamesOfTheirOwn(t *testing.T) {
	for name, text := range map[string]string{
		"without an id": `permit (principal, action, resource);`,
		"the same id":   `@id("a") permit (principal, action, resource); @id("a") forbid (principal, action, resource);`,
		"a misspelling": `@id("a") pemit (principal, action, resource);`,
	} {
		files := fstest.MapFS{"policies/x.cedar": &fstest.MapFile{Data: []byte(text)}}
		if _, err := load(files); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	a := Actor{Org: org, Roles: []Role{Member, Coordinator}}
	for b.Loop() {
		if Decide(a, ListMembers, facts(14|128)) != nil {
			b.Fatal("refused")
		}
	}
}
