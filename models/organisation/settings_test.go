package organisation_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/grievance"
	"chautari/models/once"
	"chautari/models/organisation"
	_ "chautari/models/recovery" // declares a number too
	"chautari/models/report"
	"chautari/models/stage"
)

// office is a stage with somebody who administers it.
type office struct {
	*stage.Stage
	admin, board access.Actor
}

func eachOffice(t *testing.T, fn func(t *testing.T, o *office)) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		fn(t, &office{s, s.Person(access.Administrator, s.Root, "Kamala"), s.Person(access.Board, s.Root, "Nirmala")})
	})
}

func (o *office) settings(t *testing.T) *organisation.Settings {
	t.Helper()
	s, err := o.Orgs.ReadSettings(ctx, o.admin)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// change changes what is now, and must succeed.
func (o *office) change(t *testing.T, in organisation.SettingsChange) *organisation.Settings {
	t.Helper()
	s, err := o.Orgs.ChangeSettings(ctx, o.admin, "", o.settings(t).Version, in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func number(t *testing.T, key string) organisation.Number {
	t.Helper()
	for _, n := range organisation.Numbers() {
		if n.Key == key {
			return n
		}
	}
	t.Fatalf("there is no number %s", key)
	return organisation.Number{}
}

func typed(h organisation.Helpline) organisation.HelplineInput {
	return organisation.HelplineInput{
		ID: h.ID, Name: h.Name, Number: h.Number, Source: h.Source, Checked: h.Checked.String(), Owner: h.Owner,
	}
}

func TestAnOrganisationBeginsWithTheUsual(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		s := o.settings(t)
		var lines []string
		for _, h := range s.Helplines {
			lines = append(lines, h.Number)
			if h.Source == "" || h.Checked.IsZero() || h.Owner == "" || len(h.Name.All()) != 3 || !h.Shipped() || h.Old(o.Orgs.Today()) {
				t.Errorf("%+v", h)
			}
		}
		if !slices.Equal(lines, []string{"1145", "1098", "104", "100"}) || len(s.Holidays) != 0 || s.Version != 1 {
			t.Errorf("%+v", s)
		}
		for _, n := range organisation.Numbers() {
			if n.Of(s) != n.Usual {
				t.Errorf("%s is %d", n.Key, n.Of(s))
			}
		}
	})
}

// What safety promises holds whatever an organisation chooses.
func TestNoNumberCanBeChosenBeyondWhatIsSafe(t *testing.T) {
	_ = []any{report.Definitions, grievance.Categories} // they declare numbers too
	for key, want := range map[string][3]int{
		"memberIdle": {10, 2, 30}, "memberLongest": {12, 1, 12}, "staffIdle": {15, 2, 30}, "staffLongest": {8, 1, 12}, "proofLasts": {10, 1, 15},
		"carriedOver": {12, 1, 12}, "recoveryHeldDays": {7, 3, 30}, "hiddenBelow": {10, 3, 20}, "clock.harm.decide": {3, 1, 3}, "clock.service.decide": {10, 1, 10},
	} {
		if n := number(t, key); [3]int{n.Usual, n.Least, n.Most} != want {
			t.Errorf("%s: %+v", key, n)
		}
	}
	for _, n := range organisation.Numbers() {
		if strings.HasPrefix(n.Key, "clock.") && n.Most != n.Usual {
			t.Errorf("%s may be longer than the sector's limit: %+v", n.Key, n)
		}
	}
	eachOffice(t, func(t *testing.T, o *office) {
		for _, n := range organisation.Numbers() {
			for _, value := range []int{n.Least - 1, n.Most + 1, 0, -1, 1 << 30} {
				_, err := o.Orgs.ChangeSettings(ctx, o.admin, "", 1, organisation.SettingsChange{Limits: []organisation.LimitInput{{Key: n.Key, Value: value}}})
				f, ok := fault.As(err)
				if !ok || len(f.Fields) != 1 || f.Fields[0].Code != "settings.limit_range" || f.Fields[0].Params["least"] != fmt.Sprint(n.Least) {
					t.Fatalf("%s %d: %v", n.Key, value, err)
				}
			}
		}
		if v := o.settings(t).Version; v != 1 {
			t.Errorf("something was written: version %d", v)
		}
	})
}

func TestAChangeActsStandsInTheHistoryAndInTheTrail(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		lines := o.settings(t).Helplines
		edited := []organisation.HelplineInput{typed(lines[0]), typed(lines[3])}
		edited[0].Checked = "2026-11-20"
		edited = append(edited, organisation.HelplineInput{
			Name: organisation.Name{NE: " नजिकको  केन्द्र "}, Number: "०१-५५ ४३२१०", Source: "visited", Checked: "2026-11-26", Owner: access.Board,
		})
		s := o.change(t, organisation.SettingsChange{
			Name: &organisation.Name{NE: "पिपल", EN: "Pipal"}, Languages: []string{"en", "ne"}, Helplines: edited,
			Holidays: []organisation.HolidayInput{{Day: "2026-11-10", Name: organisation.Name{NE: "तिहार"}}, {Day: "2026-10-20", Name: organisation.Name{NE: "दशैं"}}},
			Limits:   []organisation.LimitInput{{Key: "memberIdle", Value: 5}, {Key: "staffIdle", Value: 15}},
		})
		if s.Organisation.Name.NE != "पिपल" || !slices.Equal(s.Organisation.Languages, []string{"ne", "en"}) || s.Version != 2 {
			t.Errorf("%+v %+v", s, s.Organisation)
		}
		if s.Helplines[0].Shipped() || !s.Helplines[1].Shipped() || s.Helplines[2].Shipped() {
			t.Errorf("it is not told which number nobody here has touched: %+v", s.Helplines)
		}
		if last := s.Helplines[2]; len(s.Helplines) != 3 || last.Number != "015543210" || last.Name.NE != "नजिकको केन्द्र" || last.ID == "" {
			t.Errorf("%+v", s.Helplines)
		}
		if len(s.Holidays) != 2 || s.Holidays[0].Day.String() != "2026-10-20" || number(t, "memberIdle").Of(s) != 5 {
			t.Errorf("%+v", s)
		}
		moved, next, err := o.Orgs.History(ctx, o.board, 100, "")
		if err != nil || next != "" {
			t.Fatal(next, err)
		}
		count := map[string]int{}
		for _, m := range moved {
			count[m.Field]++
			if m.Role != access.Administrator || !m.At.Equal(stage.Start) || m.From == m.To {
				t.Errorf("%+v", m)
			}
			if m.Field == "limits.memberIdle" && (m.From != "10" || m.To != "5") {
				t.Errorf("%+v", m)
			}
		}
		// One helpline was checked, two went, one is new; a number that stayed is no change.
		if want := map[string]int{"name": 1, "languages": 1, "helplines": 4, "holidays": 2, "limits.memberIdle": 1}; fmt.Sprint(count) != fmt.Sprint(want) {
			t.Errorf("%v", count)
		}
		trail := o.Trail(o.Org, audit.Done)
		if len(trail) != 1 || trail[0].Action != access.ChangeSettings || trail[0].Account != o.admin.Account || len(trail[0].Fields) != 9 {
			t.Errorf("%+v", trail)
		}
	})
}

func TestWhatIsWrongIsAllToldAndNothingIsWritten(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		line := func(change func(*organisation.HelplineInput)) organisation.HelplineInput {
			h := typed(organisation.UsualHelplines()[0])
			change(&h)
			return h
		}
		_, err := o.Orgs.ChangeSettings(ctx, o.admin, "", 1, organisation.SettingsChange{
			Name: &organisation.Name{EN: " - "}, Languages: []string{},
			Helplines: []organisation.HelplineInput{
				line(func(h *organisation.HelplineInput) { h.Number = "99" }),
				line(func(h *organisation.HelplineInput) { h.Number = "1145 or 100" }),
				line(func(h *organisation.HelplineInput) { h.Number, h.Name = "tel:1145", organisation.Name{} }),
				line(func(h *organisation.HelplineInput) { h.Checked = "2026-11-27" }),
			},
			Holidays: []organisation.HolidayInput{{Day: "2026-11-10", Name: organisation.Name{NE: "क"}}, {Day: "2026-11-10"}},
			Limits:   []organisation.LimitInput{{Key: "guardians", Value: 1}},
		})
		f, ok := fault.As(err)
		if !ok {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, field := range f.Fields {
			got[field.Field] += field.Code
		}
		want := map[string]string{
			"name": "settings.name_missing", "languages": "settings.languages_none", "helplines.0.number": "settings.helpline_number",
			"helplines.1.number": "settings.helpline_number", "helplines.2.number": "settings.helpline_number", "helplines.2.name": "settings.name_missing",
			"helplines.3.checked": "settings.checked_future", "holidays.1.day": "settings.holiday_twice", "holidays.1.name": "settings.name_missing",
			"limits.0.key": "settings.limit_unknown",
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v", got)
		}
		if _, err := o.Orgs.ChangeSettings(ctx, o.admin, "", 1, organisation.SettingsChange{Helplines: []organisation.HelplineInput{}}); err == nil {
			t.Error("nobody could be called any more")
		}
		if v := o.settings(t).Version; v != 1 || len(o.Trail(o.Org, audit.Done)) != 0 {
			t.Errorf("something was written: version %d", v)
		}
	})
}

// An open page is not enough to say where help is called, where the organisation is
// reached or who receives its figures.
func TestChangingSettingsTakesAFreshProof(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		for _, in := range []organisation.SettingsChange{
			{Limits: []organisation.LimitInput{{Key: "memberIdle", Value: 5}}},
			{Helplines: []organisation.HelplineInput{typed(o.settings(t).Helplines[0])}},
			{Hosts: []string{"localhost", "other.example"}},
			{Bodies: []organisation.BodyInput{}},
		} {
			if _, err := o.Orgs.ChangeSettings(ctx, o.Stale(o.admin), "", 1, in); !errors.Is(err, access.Unproved) {
				t.Errorf("%+v: %v", in, err)
			}
		}
		if v := o.settings(t).Version; v != 1 {
			t.Errorf("something was written: version %d", v)
		}
		if len(o.Trail(o.Org, audit.Done)) != 0 {
			t.Error("the trail has a change")
		}
	})
}

// Whoever comes too late is told which version is there.
func TestAStaleChangeIsToldTheVersionThatIsThere(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.change(t, organisation.SettingsChange{Limits: []organisation.LimitInput{{Key: "memberIdle", Value: 5}}})
		_, err := o.Orgs.ChangeSettings(ctx, o.admin, "", 1, organisation.SettingsChange{Languages: []string{"ne"}})
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Stale || f.Version != o.settings(t).Version {
			t.Errorf("%+v", err)
		}
		g, err := o.Orgs.OpenGroup(ctx, o.admin, once.Key{}, organisation.GroupInput{Name: organisation.Name{EN: "X"}, Parent: o.Root})
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.Orgs.ChangeGroup(ctx, o.admin, g.ID, g.Version+1, organisation.GroupChange{Name: &organisation.Name{EN: "Y"}})
		if f, ok := fault.As(err); !ok || f.Kind != fault.Stale || f.Version != g.Version {
			t.Errorf("%+v", err)
		}
	})
}

func TestOnlyTheAdministratorChangesAndTheBoardReads(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		change := organisation.SettingsChange{Limits: []organisation.LimitInput{{Key: "memberIdle", Value: 5}}}
		if _, err := o.Orgs.ReadSettings(ctx, o.board); err != nil {
			t.Error(err)
		}
		for name, a := range map[string]access.Actor{"board": o.board, "coordinator": o.Coordinator, "nobody": access.AnonymousIn(o.Org)} {
			if _, err := o.Orgs.ChangeSettings(ctx, a, "", 1, change); !errors.Is(err, access.Refused) {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := o.Orgs.OpenGroup(ctx, a, once.Key{}, organisation.GroupInput{Name: organisation.Name{EN: "X"}, Parent: o.Root}); !errors.Is(err, access.Refused) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := o.Orgs.ReadSettings(ctx, o.Coordinator); !errors.Is(err, access.Refused) {
			t.Error("a coordinator reads settings")
		}
		o.TakeRole(o.admin, access.Administrator)
		if _, err := o.Orgs.ChangeSettings(ctx, o.admin, "", 1, change); !errors.Is(err, access.Refused) {
			t.Errorf("after her role was taken: %v", err)
		}
	})
}

func TestOfTwoWhoChangeTheSameVersionOneIsTold(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		const writers = 12
		var wait sync.WaitGroup
		errs := make([]error, writers)
		for i := range writers {
			wait.Go(func() {
				in := organisation.SettingsChange{Name: &organisation.Name{EN: fmt.Sprintf("Pipal %d", i)}}
				if i%2 == 0 {
					in = organisation.SettingsChange{Limits: []organisation.LimitInput{{Key: "memberIdle", Value: 11 + i}}}
				}
				_, errs[i] = o.Orgs.ChangeSettings(ctx, o.admin, "", 1, in)
			})
		}
		wait.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Stale) {
				t.Error(err)
			}
		}
		moved, _, err := o.Orgs.History(ctx, o.admin, 100, "")
		if done != 1 || len(moved) != 1 || err != nil || o.settings(t).Version != 2 {
			t.Errorf("%d changed it, %d lines (%v)", done, len(moved), err)
		}
	})
}

// Another instance on the same store sees a change within a second.
func TestAnotherInstanceSeesAChangeASecondLater(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		there := organisation.New(o.Store, o.Clock)
		idle := number(t, "memberIdle")
		read := func(orgs *organisation.Organisations) int {
			s, err := orgs.Settings(ctx, o.Org)
			if err != nil {
				t.Fatal(err)
			}
			return idle.Of(s)
		}
		if read(there) != 10 || read(o.Orgs) != 10 {
			t.Fatal("they don't begin with the usual")
		}
		o.change(t, organisation.SettingsChange{Limits: []organisation.LimitInput{{Key: "memberIdle", Value: 3}}})
		if read(o.Orgs) != 3 {
			t.Error("its own change is not seen at once")
		}
		o.Clock.Advance(time.Second)
		if read(there) != 3 {
			t.Error("the other instance doesn't see it")
		}
	})
}

func TestAHelplineThatNobodyCheckedForNinetyDaysIsOld(t *testing.T) {
	h := organisation.UsualHelplines()[0]
	if h.Old(h.Checked.AddDays(90)) || !h.Old(h.Checked.AddDays(91)) {
		t.Error("the reminder comes on another day")
	}
}

func TestGroupsAreAddedAndRenamed(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		key := once.Key{Value: "key-of-a-group", Digest: "d"}
		in := organisation.GroupInput{Name: organisation.Name{NE: "बाँके"}, Parent: o.Root}
		made, err := o.Orgs.OpenGroup(ctx, o.admin, key, in)
		if err != nil {
			t.Fatal(err)
		}
		again, err := o.Orgs.OpenGroup(ctx, o.admin, key, in)
		if err != nil || again.ID != made.ID {
			t.Errorf("sent again it made %v (%v)", again, err)
		}
		in.Parent = "grp_elsewhere"
		if _, err := o.Orgs.OpenGroup(ctx, o.admin, once.Key{}, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("below nothing: %v", err)
		}
		first := 0
		renamed, err := o.Orgs.ChangeGroup(ctx, o.admin, made.ID, made.Version, organisation.GroupChange{Name: &organisation.Name{EN: "Banke"}, Order: &first})
		if err != nil || renamed.Version != made.Version+1 {
			t.Fatal(renamed, err)
		}
		if _, err := o.Orgs.ChangeGroup(ctx, o.admin, made.ID, made.Version, organisation.GroupChange{Order: &first}); !fault.Is(err, fault.Stale) {
			t.Errorf("an old version: %v", err)
		}
		if _, err := o.Orgs.ChangeGroup(ctx, o.admin, "grp_elsewhere", 1, organisation.GroupChange{Order: &first}); !errors.Is(err, access.Refused) {
			t.Errorf("a group that isn't there: %v", err)
		}
		tree, err := o.Orgs.Tree(ctx, o.Org)
		if err != nil || len(tree.Groups) != 4 || tree.Groups[1].Name.EN != "Banke" {
			t.Errorf("%+v %v", tree, err)
		}
		moved, _, err := o.Orgs.History(ctx, o.admin, 100, "")
		if err != nil || len(moved) != 2 || len(o.Trail(made.ID, audit.Done)) != 2 {
			t.Errorf("%+v %v", moved, err)
		}
	})
}

func TestBehindAShutDoorNobodyIs(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		there := organisation.New(o.Store, o.Clock)
		if org, err := there.ByHost(ctx, "localhost"); err != nil || org != o.Org {
			t.Fatal(org, err)
		}
		she := o.SignIn(o.in(t))
		shut := func(closed bool) {
			t.Helper()
			if err := o.Orgs.SetClosed(ctx, o.Org, closed); err != nil {
				t.Fatal(err)
			}
			o.Clock.Advance(time.Second)
		}
		shut(true)
		for name, orgs := range map[string]*organisation.Organisations{"here": o.Orgs, "on another instance": there} {
			if _, err := orgs.ByHost(ctx, "localhost"); !errors.Is(err, organisation.ErrNone) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if org, err := o.Orgs.AtHost(ctx, "localhost"); err != nil || org != o.Org {
			t.Errorf("it isn't found to be opened again: %v", err)
		}
		if _, err := o.Orgs.Get(ctx, o.Org); err != nil {
			t.Errorf("it is gone: %v", err)
		}
		shut(false)
		if org, err := there.ByHost(ctx, "localhost"); err != nil || org != o.Org {
			t.Errorf("%s %v", org, err)
		}
		if she.Account == "" || len(o.Trail(o.Org, audit.Done)) != 2 {
			t.Error("closing and opening are not in the trail")
		}
	})
}

// in takes somebody in who can sign in, and tells her sign-in name.
func (o *office) in(t *testing.T) string {
	t.Helper()
	s := o.Register("Junkiri", o.First)
	found, err := o.Accounts.Who(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	return found.Handle.Reveal()
}
