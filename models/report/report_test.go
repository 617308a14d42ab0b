package report_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/disclose"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/report"
	"chautari/models/stage"
	"chautari/models/store"
)

var (
	ctx   = context.Background()
	third = report.Quarter{Year: 2026, Number: 3}
)

// told are the nouns beside the members, as a test tells them.
type told struct {
	sessions []session
	finished []finished
	sent     []sent
}

type session struct {
	member string
	start  time.Time
	held   bool
}

type finished struct {
	day     calendar.Date
	picture string
	persons []string
}

type sent struct {
	day                                   calendar.Date
	sensitive, acknowledged, decided, due bool
}

func (f *told) Each(_ context.Context, _ store.View, from, until time.Time, fn func(member, supporter, group string, start time.Time, held bool) error) error {
	for _, s := range f.sessions {
		if !s.start.Before(from) && s.start.Before(until) {
			if err := fn(s.member, "mem_supporter", "grp", s.start, s.held); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *told) EachFinished(_ context.Context, _ store.View, from, until calendar.Date, fn func(picture string, persons []string) error) error {
	for _, d := range f.finished {
		if !d.day.Before(from) && d.day.Before(until) {
			if err := fn(d.picture, d.persons); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *told) EachSent(_ context.Context, _ store.View, from, until calendar.Date, fn func(sensitive, acknowledgedInTime, decidedInTime, due bool) error) error {
	for _, g := range f.sent {
		if !g.day.Before(from) && g.day.Before(until) {
			if err := fn(g.sensitive, g.acknowledged, g.decided, g.due); err != nil {
				return err
			}
		}
	}
	return nil
}

// house is an organisation with two bodies that support it.
type house struct {
	*stage.Stage
	*report.Reports
	told       *told
	supporters []string
	second     access.Actor // another coordinator over the root
	board      access.Actor
}

func each(t *testing.T, fn func(t *testing.T, h *house)) {
	stage.Each(t, stage.Specs(report.Specs()...), func(t *testing.T, s *stage.Stage) {
		h := &house{Stage: s, told: &told{}}
		s.Clock.Set(at("2026-06-15"))
		for i := range 2 {
			org, _, err := s.Orgs.Found(ctx, organisation.Founding{
				Name: organisation.Name{EN: "Supporters"}, Hosts: []string{fmt.Sprintf("support-%d.example", i)},
				Kind: organisation.Supporting, Group: organisation.Name{EN: "Office"},
			})
			must(t, err)
			h.supporters = append(h.supporters, org)
		}
		var err error
		s.Org, s.Root, err = s.Orgs.Found(ctx, organisation.Founding{
			Name: organisation.Name{NE: "नदीपारि", EN: "Nadipari"}, Hosts: []string{"nadipari.example"},
			Group: organisation.Name{EN: "All"}, Supporters: h.supporters,
		})
		must(t, err)
		s.First, err = s.Orgs.AddGroup(ctx, s.Org, s.Root, organisation.Name{NE: "कास्की", EN: "Kaski"}, 1)
		must(t, err)
		s.Second, err = s.Orgs.AddGroup(ctx, s.Org, s.Root, organisation.Name{NE: "झापा", EN: "Jhapa"}, 2)
		must(t, err)
		s.Coordinator = s.Person(access.Coordinator, s.Root, "Sagun")
		s.OfFirst = s.Person(access.Coordinator, s.First, "Maya")
		h.second = s.Person(access.Coordinator, s.Root, "Pabitra")
		h.board = s.Person(access.Board, s.Root, "Ishwori")
		h.Reports = report.New(s.Store, s.Orgs, report.Sources{People: s.Members, Support: h.told, Training: h.told, Grievances: h.told}, s.Clock)
		s.Clock.Set(at("2026-10-12"))
		fn(t, h)
	})
}

// join makes n members of a group who joined on a day.
func (h *house) join(n int, group, day string) (persons []string) {
	now := h.Clock.Now()
	h.Clock.Set(at(day))
	for i := range n {
		persons = append(persons, h.Person(access.Member, group, fmt.Sprint("Junkiri ", i)).Person)
	}
	h.Clock.Set(now)
	return persons
}

func at(day string) time.Time {
	d, err := calendar.Parse(day)
	if err != nil {
		panic(err)
	}
	return time.Date(d.Year, d.Month, d.Day, 6, 0, 0, 0, time.UTC)
}

func day(text string) calendar.Date { return calendar.Of(at(text)) }

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func wantsCode(t *testing.T, err error, code string) {
	t.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code {
		t.Errorf("got %v, wanted %s", err, code)
	}
}

// shows writes a table as its total and rows; -1 is hidden.
func shows(t *testing.T, f report.Figures, key, breakdown string) (total int, rows map[string]int) {
	t.Helper()
	table := f.Table(key, breakdown)
	if table == nil {
		t.Fatalf("there is no %s by %s", key, breakdown)
	}
	number := func(c report.Cell) int {
		if c.Hidden {
			return -1
		}
		return c.Value
	}
	rows = map[string]int{}
	for _, r := range table.Rows {
		rows[r.Key] = number(r.Cell)
	}
	return number(table.Total), rows
}

func wants(t *testing.T, f report.Figures, key, breakdown string, total int, rows map[string]int) {
	t.Helper()
	got, all := shows(t, f, key, breakdown)
	for k, n := range all { // what isn't named is zero
		if _, named := rows[k]; !named && n == 0 {
			delete(all, k)
		}
	}
	if got != total || !reflect.DeepEqual(all, rows) {
		t.Errorf("%s by %s: %d %v, wanted %d %v", key, breakdown, got, all, total, rows)
	}
}

func TestAPersonIsCountedOnceAndOnlyIfSheAgreed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		kaski := h.join(13, h.First, "2026-05-02")
		jhapa := h.join(11, h.Second, "2026-08-20")
		h.join(3, h.Second, "2026-10-02") // after the quarter
		h.Carry(h.First, member.Details{PaperName: "Kabita"})
		gone := h.join(1, h.First, "2026-05-02")[0]
		sheet, err := consent.Of(ctx, h.Store.Org(h.Org), gone)
		must(t, err)
		must(t, h.Store.Org(h.Org).Tx(ctx, func(tx *store.Tx) error {
			_, err := consent.Withdraw(ctx, tx, gone, sheet.Consents[0].ID, h.Clock.Now())
			return err
		}))

		uncounted := h.join(1, h.First, "2026-05-02")[0] // a member as before, but in no figure at her wish
		must(t, h.Store.Org(h.Org).Tx(ctx, func(tx *store.Tx) error {
			no := []consent.Given{{Purpose: consent.Figures, Version: "1", Language: "ne", Answer: "no"}}
			_, err := consent.Add(ctx, tx, uncounted, consent.BySelf, no, h.Clock.Now())
			return err
		}))

		for _, p := range append(slices.Clone(kaski), gone, uncounted) {
			for _, d := range []string{"2026-05-11", "2026-07-03", "2026-07-10", "2026-10-01"} {
				h.told.sessions = append(h.told.sessions, session{p, at(d), true})
			}
		}
		for _, p := range jhapa {
			h.told.sessions = append(h.told.sessions, session{p, at("2026-05-05"), false}, session{p, at("2026-09-01"), true}, session{p, at("2026-09-08"), false})
		}
		h.told.finished = []finished{
			{day("2026-07-31"), "food", kaski},
			{day("2026-08-31"), "sewing", append(jhapa[:10:10], kaski[0], gone, uncounted, "mem_gone")},
			{day("2026-10-01"), "phone", kaski},
		}

		doc, err := h.Preview(ctx, h.Coordinator, third)
		must(t, err)
		// 13 in Kaski and its coordinator; 11 in Jhapa; three more at the root.
		wants(t, doc.Figures, report.OfMembers, report.ByProvince, 30, map[string]int{"gandaki": 15, "koshi": 10, "other": -1})
		wants(t, doc.Figures, report.OfSupport, report.ByStanding, 25, map[string]int{"new": 10, "continuing": 15})
		wants(t, doc.Figures, report.OfSupport, report.ByProvince, 25, map[string]int{"gandaki": 15, "koshi": 10})
		wants(t, doc.Figures, report.OfSessions, report.Whole, 35, map[string]int{})
		wants(t, doc.Figures, report.OfTraining, report.ByPicture, 25, map[string]int{"sewing": 10, "food": 10})
		wants(t, doc.Figures, report.OfGrievances, report.ByClass, 0, map[string]int{})
		must(t, disclosed(doc.Figures))
	})
}

// What an organisation chooses holds for what is drafted from then on; a draft
// keeps the number that it was made by, and shows it to whoever reads it.
func TestTheOrganisationChoosesBelowWhichCountPeopleAreHidden(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.join(13, h.First, "2026-07-02")
		h.join(4, h.Second, "2026-07-02")
		h.Choose("hiddenBelow", 4)
		doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
		// Kaski with its coordinator; four in Jhapa show, three at the root do not.
		wants(t, doc.Figures, report.OfMembers, report.ByProvince, 20, map[string]int{"gandaki": 15, "koshi": 5, "other": -1})
		h.Choose("hiddenBelow", 20)
		released, err := h.Release(ctx, h.second, once.Key{}, doc.ID)
		must(t, err)
		if released.Figures.HiddenBelow != 4 {
			t.Errorf("it says %d", released.Figures.HiddenBelow)
		}
		must(t, disclosed(released.Figures))
		results, _, err := h.Results(ctx, access.Actor{Org: h.supporters[0], Roles: []access.Role{access.Liaison}}, 10, "")
		if err != nil || len(results) != 1 || results[0].Figures.HiddenBelow != 4 {
			t.Errorf("%d results (%v)", len(results), err)
		}
	})
}

// disclosed checks figures by what any stranger sees of them.
func disclosed(f report.Figures) error {
	var shown []disclose.Shown
	for _, t := range f.Tables {
		s := disclose.Shown{Key: t.Key + t.Breakdown, Of: t.Key, Total: disclose.Cell(t.Total)}
		for _, r := range t.Rows {
			s.Rows = append(s.Rows, disclose.Cell(r.Cell))
		}
		shown = append(shown, s)
	}
	return disclose.Rule{HiddenBelow: f.HiddenBelow}.Check(shown)
}

func TestGrievancesAreToldByBroadClassAndInTime(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		share := func(f report.Figures, key, of string) int {
			for _, p := range f.Percentages {
				if p.Key == key && p.Of == of && !p.Hidden {
					return p.Value
				}
			}
			return -1
		}
		for i := range 20 {
			h.told.sent = append(h.told.sent, sent{day("2026-07-01"), false, true, i >= 5, true})
		}
		for range 12 {
			h.told.sent = append(h.told.sent, sent{day("2026-09-30"), true, false, false, false})
		}
		// Before it is drafted nobody can watch the shares move.
		doc, err := h.Preview(ctx, h.Coordinator, third)
		must(t, err)
		if len(doc.Figures.Percentages) != 0 {
			t.Errorf("the draft to come tells %v", doc.Figures.Percentages)
		}
		doc, err = h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
		wants(t, doc.Figures, report.OfGrievances, report.ByClass, 30, map[string]int{"ordinary": 20, "sensitive": 10})
		for _, w := range []struct {
			key, of string
			percent int
		}{
			{report.AcknowledgedInTime, report.All, 100},
			{report.DecidedInTime, report.All, 75},
			{report.AcknowledgedInTime, report.RowOrdinary, 100},
			{report.DecidedInTime, report.RowOrdinary, 75},
			{report.AcknowledgedInTime, report.RowSensitive, -1}, // none of them is due
		} {
			if got := share(doc.Figures, w.key, w.of); got != w.percent {
				t.Errorf("%s of %s: %d, wanted %d", w.key, w.of, got, w.percent)
			}
		}
		// Of a class that is hidden no share is told either.
		h.told.sent = h.told.sent[:21]
		for i := range h.told.sent {
			h.told.sent[i].day = day("2026-05-01")
		}
		doc, err = h.Draft(ctx, h.Coordinator, once.Key{}, report.Quarter{Year: 2026, Number: 2})
		must(t, err)
		wants(t, doc.Figures, report.OfGrievances, report.ByClass, 20, map[string]int{"ordinary": -1, "sensitive": -1})
		if got := share(doc.Figures, report.DecidedInTime, report.RowOrdinary); got != -1 {
			t.Errorf("a share of a hidden class: %d", got)
		}
		if got := share(doc.Figures, report.DecidedInTime, report.All); got != 75 {
			t.Errorf("of all: %d", got)
		}
	})
}

func TestTheSameQuestionHasTheSameAnswerOnceItIsDrafted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.join(20, h.First, "2026-08-01")
		key := once.Key{Value: "a key of sixteen", Digest: "d"}
		doc, err := h.Draft(ctx, h.Coordinator, key, third)
		must(t, err)
		if doc.State != report.Drafted || doc.Name.EN != "Nadipari" || doc.DraftedOn != day("2026-10-12") {
			t.Errorf("drafted %+v", doc)
		}
		h.join(20, h.First, "2026-08-01") // found later
		h.Clock.Advance(24 * time.Hour)
		again, err := h.Preview(ctx, h.second, third)
		must(t, err)
		resent, err := h.Draft(ctx, h.Coordinator, key, third)
		must(t, err)
		for _, d := range []*report.Named{again, resent} {
			if d.ID != doc.ID || !reflect.DeepEqual(d.Figures, doc.Figures) {
				t.Errorf("another answer: %+v, was %+v", d.Figures, doc.Figures)
			}
		}
		_, err = h.Draft(ctx, h.Coordinator, once.Key{}, third)
		wantsCode(t, err, "report.quarter_taken")
		_, err = h.Draft(ctx, h.second, once.Key{}, third)
		wantsCode(t, err, "report.quarter_taken")
		must(t, disclosed(doc.Figures))
	})
}

func TestAQuarterThatIsntOverIsNotCounted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Clock.Set(time.Date(2026, 9, 30, 18, 14, 59, 0, time.UTC)) // a minute before midnight in Nepal
		_, err := h.Preview(ctx, h.Coordinator, third)
		wantsCode(t, err, "report.quarter_open")
		_, err = h.Draft(ctx, h.Coordinator, once.Key{}, third)
		wantsCode(t, err, "report.quarter_open")
		h.Clock.Set(time.Date(2026, 9, 30, 18, 15, 0, 0, time.UTC))
		_, err = h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
	})
}

func TestOneQuarterHasOneReleaseHoweverManyDraftIt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var wg sync.WaitGroup
		made := make(chan string, 8)
		for i := range 8 {
			wg.Go(func() {
				a := []access.Actor{h.Coordinator, h.second}[i%2]
				doc, err := h.Draft(ctx, a, once.Key{}, third)
				if err == nil {
					made <- doc.ID
				} else if f, ok := fault.As(err); !ok || f.Code != "report.quarter_taken" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(made) != 1 {
			t.Errorf("%d drafts of one quarter", len(made))
		}
	})
}

func TestWhoDraftedDoesNotRelease(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
		_, err = h.Release(ctx, h.Coordinator, once.Key{}, doc.ID)
		wantsCode(t, err, "report.same_person")
		for _, a := range []access.Actor{
			h.OfFirst, h.Person(access.FocalPoint, h.Root, "Deuki"), h.Person(access.Member, h.First, "Kopila"),
			{Org: h.supporters[0], Account: "acc_x", Person: "mem_x", Roles: []access.Role{access.Liaison}},
			{Org: h.supporters[0], Account: "acc_x", Person: "mem_x", Roles: []access.Role{access.Board}},
		} {
			_, err := h.Release(ctx, a, once.Key{}, doc.ID)
			wantsCode(t, err, "request.absent")
			_, err = h.Draft(ctx, a, once.Key{}, report.Quarter{Year: 2026, Number: 2})
			wantsCode(t, err, "request.absent")
			_, err = h.Preview(ctx, a, third)
			wantsCode(t, err, "request.absent")
		}
		_, err = h.Draft(ctx, h.board, once.Key{}, report.Quarter{Year: 2026, Number: 2})
		wantsCode(t, err, "request.absent")
		_, err = h.Release(ctx, h.board, once.Key{}, "rel_nobody")
		wantsCode(t, err, "request.absent")
		if list, _, err := h.Releases(ctx, h.OfFirst, 25, ""); err != nil || len(list) != 1 || list[0].State != report.Drafted {
			t.Errorf("still a draft? %v %v", list, err)
		}
		released, err := h.Release(ctx, h.board, once.Key{}, doc.ID)
		must(t, err)
		if released.State != report.Released || released.ReleasedOn != day("2026-10-12") || !reflect.DeepEqual(released.Figures, doc.Figures) {
			t.Errorf("released %+v", released)
		}
		if did := h.Trail(doc.ID, audit.Done); len(did) != 2 || did[1].Account == did[0].Account {
			t.Errorf("trail %+v", did)
		}
	})
}

func TestWhatIsReleasedLiesInEachSupportersOwnSpace(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
		liaison := func(org string) access.Actor {
			return access.Actor{Org: org, Account: "acc_l", Person: "mem_l", Roles: []access.Role{access.Liaison}}
		}
		if got, _, err := h.Results(ctx, liaison(h.supporters[0]), 25, ""); err != nil || len(got) != 0 {
			t.Errorf("a draft is seen: %v %v", got, err)
		}
		for range 3 { // pressed again, by whoever may
			_, err = h.Release(ctx, h.second, once.Key{}, doc.ID)
			must(t, err)
		}
		for _, org := range h.supporters {
			got, _, err := h.Results(ctx, liaison(org), 25, "")
			must(t, err)
			if len(got) != 1 || got[0].Quarter != "2026-3" || got[0].Name.NE != "नदीपारि" || !reflect.DeepEqual(got[0].Figures, doc.Figures) {
				t.Fatalf("%s holds %+v", org, got)
			}
			one, err := h.Result(ctx, liaison(org), got[0].ID)
			if err != nil || !reflect.DeepEqual(one, got[0]) {
				t.Errorf("%+v %v", one, err)
			}
			for _, a := range []access.Actor{liaison("org_elsewhere"), liaison(h.Org), h.Coordinator, {Org: org, Account: "a", Roles: []access.Role{access.Member}}} {
				if _, err := h.Result(ctx, a, got[0].ID); !fault.Is(err, fault.Absent) {
					t.Errorf("%v reads it: %v", a, err)
				}
			}
		}
		if got, _, err := h.Results(ctx, liaison("org_elsewhere"), 25, ""); err != nil || len(got) != 0 {
			t.Errorf("another body sees %v %v", got, err)
		}
		if _, _, err := h.Results(ctx, h.board, 25, ""); !fault.Is(err, fault.Absent) {
			t.Errorf("the board reads results: %v", err)
		}
	})
}

// The server may stop after one body has its copy and before the next has.
func TestACopyThatWasCutOffIsMadeByReleasingAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
		key := once.Key{Value: "a key of sixteen", Digest: "d"}
		_, err = h.Release(ctx, h.board, key, doc.ID)
		must(t, err)
		must(t, report.LoseCopies(ctx, h.Store.Org(h.supporters[1])))
		h.Clock.Advance(48 * time.Hour)
		_, err = h.Release(ctx, h.board, key, doc.ID)
		must(t, err)
		for _, org := range h.supporters {
			got, _, err := h.Results(ctx, access.Actor{Org: org, Account: "l", Roles: []access.Role{access.Liaison}}, 25, "")
			if err != nil || len(got) != 1 || got[0].ReleasedOn != day("2026-10-12") {
				t.Errorf("%s holds %v %v", org, got, err)
			}
		}
	})
}

// receivers lets an administrator choose who receives what is released.
func (h *house) receivers(t *testing.T, admin access.Actor, bodies ...organisation.BodyInput) {
	t.Helper()
	for {
		s, err := h.Orgs.ReadSettings(ctx, admin)
		must(t, err)
		_, err = h.Orgs.ChangeSettings(ctx, admin, "", s.Version, organisation.SettingsChange{Bodies: append([]organisation.BodyInput{}, bodies...)})
		if !fault.Is(err, fault.Stale) {
			must(t, err)
			return
		}
	}
}

// held lists the quarters of which a body has figures.
func (h *house) held(t *testing.T, body string) (quarters []string) {
	t.Helper()
	got, _, err := h.Results(ctx, access.Actor{Org: body, Account: "l", Roles: []access.Role{access.Liaison}}, 25, "")
	must(t, err)
	for _, r := range got {
		quarters = append(quarters, r.Quarter)
	}
	return quarters
}

func TestABodyGetsWhatIsReleasedWhileItStandsThere(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		admin := h.Person(access.Administrator, h.Root, "Kamala")
		draft := func(q report.Quarter) string {
			doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, q)
			must(t, err)
			return doc.ID
		}
		release := func(id string) {
			_, err := h.Release(ctx, h.board, once.Key{}, id)
			must(t, err)
		}
		stays, comes := h.supporters[0], h.supporters[1]
		h.receivers(t, admin, organisation.BodyInput{ID: stays})
		first := draft(third)
		release(first)
		h.receivers(t, admin, organisation.BodyInput{ID: stays}, organisation.BodyInput{Host: "support-1.example"})
		release(first) // pressed again
		if got := h.held(t, comes); len(got) != 0 {
			t.Errorf("who came later holds %v", got)
		}
		h.Clock.Set(at("2027-01-12"))
		h.receivers(t, admin, organisation.BodyInput{ID: comes})
		release(draft(report.Quarter{Year: 2026, Number: 4}))
		if got := h.held(t, stays); !slices.Equal(got, []string{"2026-3"}) {
			t.Errorf("who was taken away holds %v", got)
		}
		if got := h.held(t, comes); !slices.Equal(got, []string{"2026-4"}) {
			t.Errorf("who was added holds %v", got)
		}
	})
}

// As soon as she is told that a body was taken away, nothing reaches it any more,
// though somebody releases at that moment.
func TestWhoWasTakenAwayGetsNothingFromThenOn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		admin := h.Person(access.Administrator, h.Root, "Kamala")
		doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				if _, err := h.Release(ctx, h.board, once.Key{}, doc.ID); err != nil {
					t.Error(err)
				}
			})
		}
		var then [][]string
		wait.Go(func() {
			h.receivers(t, admin)
			for _, body := range h.supporters {
				then = append(then, h.held(t, body))
			}
		})
		wait.Wait()
		for i, body := range h.supporters {
			if now := h.held(t, body); !slices.Equal(now, then[i]) {
				t.Errorf("%s held %v when it was taken away, and holds %v", body, then[i], now)
			}
		}
	})
}

func TestFiguresThatGiveSomethingAwayDontLeave(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.join(40, h.First, "2026-08-01")
		doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
		must(t, report.Alter(ctx, h.Store.Org(h.Org), doc.ID, func(r *report.Release) {
			table := r.Figures.Table(report.OfMembers, report.ByProvince)
			table.Rows[0].Cell = report.Cell{Value: 40}
			table.Rows[1].Cell = report.Cell{Value: 4}
		}))
		_, err = h.Release(ctx, h.board, once.Key{}, doc.ID)
		f, ok := fault.As(err)
		if !ok || f.Code != disclose.Unsafe || f.Fields[0].Field != "members.province" || f.Fields[0].Params["merge"] != "total" {
			t.Errorf("got %v", err)
		}
		if list, _, err := h.Releases(ctx, h.board, 25, ""); err != nil || list[0].State != report.Drafted {
			t.Errorf("%v %v", list, err)
		}
	})
}

// Two quarters' members differ by who came and who left between. Were the new
// ones told apart, the earlier total would give a hidden few of them away.
func TestWhoIsNewAmongTheMembersIsNotToldFromOneQuarterToTheNext(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.join(38, h.First, "2026-05-02")
		h.join(6, h.First, "2026-08-20")
		for _, q := range []report.Quarter{{Year: 2026, Number: 2}, third} {
			doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, q)
			must(t, err)
			for _, table := range doc.Figures.Tables {
				if table.Key == report.OfMembers && table.Breakdown != report.ByProvince {
					t.Errorf("%s tells members apart by %s", q, table.Breakdown)
				}
			}
		}
	})
}

// A run of the figures opens nothing and leaves an entry.
func TestARunIsNotedAndARefusalToo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, err := h.Preview(ctx, h.Coordinator, third)
		must(t, err)
		if seen := h.Trail(h.Org, audit.Read); len(seen) != 1 || seen[0].Action != access.DraftRelease {
			t.Errorf("trail %+v", seen)
		}
		doc, err := h.Draft(ctx, h.Coordinator, once.Key{}, third)
		must(t, err)
		_, err = h.Release(ctx, h.OfFirst, once.Key{}, doc.ID)
		wantsCode(t, err, "request.absent")
		if refused := h.Trail(doc.ID, audit.Refused); len(refused) != 1 || refused[0].Action != access.ReleaseFigures {
			t.Errorf("trail %+v", refused)
		}
	})
}
