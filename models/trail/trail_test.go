package trail_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"

	"chautari/models/calendar"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/grievance"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/trail"
)

var ctx = context.Background()

// office is a stage with whoever reads a part of the trail on it.
type office struct {
	*stage.Stage
	*trail.Trails
	testing.TB
	matters              *grievance.Grievances
	focal, deputy, board access.Actor
	admin, maya          access.Actor
	log                  audit.Log
}

func each(t *testing.T, fn func(t *testing.T, o *office)) {
	stage.Each(t, stage.Specs(grievance.Specs()...), func(t *testing.T, s *stage.Stage) {
		g := grievance.New(s.Store, s.Keys, s.Master, s.Orgs, s.Accounts, s.Members, s.Clock)
		o := &office{Stage: s, TB: t, Trails: trail.New(s.Store, s.Master, s.Orgs, g, s.Clock), matters: g, log: s.Orgs.Log()}
		o.focal = s.Person(access.FocalPoint, s.Root, "Sarita")
		o.deputy = s.Person(access.Deputy, s.Root, "Urmi")
		o.board = s.Person(access.Board, s.Root, "Binu")
		o.admin = s.Person(access.Administrator, s.Root, "Kamala")
		o.maya = s.Person(access.Member, s.First, "Maya")
		fn(t, o)
	})
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) saw(a access.Actor, act access.Action, ids ...string) {
	o.Helper()
	o.must(o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error { return o.log.Saw(ctx, tx, a, act, ids) }))
}

func (o *office) openings(a access.Actor) (all []trail.Opening) {
	o.Helper()
	var at store.Cursor
	for {
		page, next, err := o.Openings(ctx, a, 2, at)
		o.must(err)
		all = append(all, page...)
		if at = next; next == "" {
			return all
		}
		if len(page) != 2 {
			o.Error("a page in the middle is not full")
		}
	}
}

// She sees in which role her record was opened at once, before any block is
// sealed, and never her own reading,
// anybody's name, an emergency of today, or a grievance.
func TestSheSeesWhoOpenedHerRecord(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		if got := o.openings(o.maya); len(got) != 0 {
			t.Fatalf("%v", got)
		}
		for range 5 {
			o.saw(o.Coordinator, access.ReadMember, o.maya.Person)
		}
		o.saw(o.Coordinator, access.ListMembers, "mem_other", o.maya.Person)
		o.saw(o.maya, access.ReadOwnSessions, o.maya.Person)
		o.saw(o.focal, access.HandleSensitive, o.maya.Person)
		o.saw(o.focal, access.ReadTrail, o.maya.Person)
		o.saw(o.focal, "aNewOne", o.maya.Person)
		o.saw(o.board, access.UseEmergency, o.maya.Person)
		got := o.openings(o.maya)
		if len(got) != 6 || slices.ContainsFunc(got, func(x trail.Opening) bool { return x.Role != access.Coordinator || x.Emergency }) {
			t.Errorf("%+v", got)
		}
		o.Clock.Advance(24 * time.Hour)
		got = o.openings(o.maya)
		want := trail.Opening{Role: access.Board, Day: calendar.Of(stage.Start), Action: access.UseEmergency, Emergency: true}
		if len(got) != 7 || !slices.Contains(got, want) {
			t.Errorf("%+v", got)
		}
		if got := o.openings(o.board); len(got) != 0 {
			t.Errorf("another sees %+v", got)
		}
		if _, _, err := o.Openings(ctx, access.AnonymousIn(o.Org), 5, ""); !errors.Is(err, access.Refused) {
			t.Error(err)
		}
	})
}

// Every action that there is was thought of: what reads somebody's record is
// told of, unless it could tell that there is a grievance.
func TestNothingAboutGrievancesIsToldOf(t *testing.T) {
	for _, act := range access.Actions {
		if audit.AboutGrievances(act) && slices.Contains(audit.Told, act) {
			t.Errorf("%s is told of", act)
		}
	}
	for _, act := range []access.Action{
		access.SendGrievance, access.FollowGrievance, access.ListGrievances, access.HandleOrdinary, access.HandleSensitive, access.ReadTrail,
	} {
		if !audit.AboutGrievances(act) {
			t.Errorf("%s is counted", act)
		}
	}
}

// send sends a grievance, and returns it.
func (o *office) send() string {
	o.Helper()
	nobody := access.AnonymousIn(o.Org)
	f, err := o.matters.Form(ctx, nobody)
	o.must(err)
	o.Clock.Advance(time.Minute)
	_, err = o.matters.Send(ctx, nobody, grievance.Sending{Token: f.Token, Category: grievance.Harm, Text: "Somebody shouts at us."}, false)
	o.must(err)
	hers, err := o.matters.InHands(ctx, o.Store.Org(o.Org), o.focal)
	o.must(err)
	return hers[len(hers)-1]
}

// Entries about a matter are for who has it in hand: not for her deputy, the
// board or the administrator, in no form.
func TestOnlyWhoHasAMatterInHandReadsItsTrail(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		before := o.everything()
		id := o.send()
		_, err := o.matters.Read(ctx, o.focal, id)
		o.must(err)
		page, next, err := o.OfMatters(ctx, o.focal, "", 1, "")
		o.must(err)
		if len(page) != 1 || next == "" || !slices.Contains(page[0].Subjects, id) {
			t.Fatalf("%+v", page)
		}
		rest, _, err := o.OfMatters(ctx, o.focal, id, 50, next)
		o.must(err)
		if len(rest) == 0 || slices.ContainsFunc(rest, func(e *audit.Entry) bool { return e.ID == page[0].ID }) {
			t.Errorf("%+v", rest)
		}
		if n := len(o.Trail(id, audit.Read)); n != 3 { // she read it, and twice its trail
			t.Errorf("%d readings", n)
		}
		if page, _, err := o.OfMatters(ctx, o.deputy, "", 50, ""); err != nil || len(page) != 0 {
			t.Errorf("the deputy sees %v %v", page, err)
		}
		for _, a := range []access.Actor{o.deputy, o.board, o.admin, o.Coordinator, o.maya} {
			if _, _, err := o.OfMatters(ctx, a, id, 50, ""); !errors.Is(err, access.Refused) {
				t.Errorf("%v: %v", a.Roles, err)
			}
		}
		if _, _, err := o.OfMatters(ctx, o.focal, id, 50, "nonsense"); !errors.Is(err, store.ErrCursor) {
			t.Error(err)
		}
		o.seal()
		// What others may read says nothing of it: only refusals of reading the trail
		// itself came in between, which are about grievances too.
		if after := o.everything(); after != before {
			t.Errorf("it can be told that there is one:\n%s\n%s", before, after)
		}
	})
}

func (o *office) seal() {
	o.Helper()
	to := audit.NewSealer(audit.ChainOf(o.Keys), o.Clock)
	o.Clock.Advance(2 * time.Second)
	_, err := to.Seal(ctx, o.Store.Org(o.Org))
	o.must(err)
}

// everything is what board and administrator can read.
func (o *office) everything() string {
	o.Helper()
	o.seal()
	day := calendar.Of(o.Clock.Now())
	sums, err := o.Summary(ctx, o.board, day, day)
	o.must(err)
	events, _, err := o.Technical(ctx, o.admin, 100, "")
	o.must(err)
	alerts, _, err := o.Alerts(ctx, o.board, 100, "")
	o.must(err)
	return fmt.Sprint(sums, events, alerts)
}

// The board learns how much was done, small numbers apart, and about no one.
func TestTheSummaryHidesSmallNumbers(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for i := range 5 {
			o.saw(o.Coordinator, access.ReadMember, fmt.Sprintf("mem_%d", i))
		}
		o.saw(o.Coordinator, access.ReadContact, "mem_1")
		o.seal()
		day := calendar.Of(o.Clock.Now())
		got, err := o.Summary(ctx, o.board, day, day)
		o.must(err)
		month := calendar.Date{Year: day.Year, Month: day.Month, Day: 1}
		for act, count := range map[access.Action]int{access.ReadMember: 5, access.ReadContact: 0} {
			want := trail.Counted{Month: month, Sum: audit.Sum{Role: access.Coordinator, Action: act, Result: audit.Read, Count: count}}
			if !slices.Contains(got, want) {
				t.Errorf("%+v is not in %+v", want, got)
			}
		}
		if _, err := o.Summary(ctx, o.board, day, day.AddDays(400)); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
		if _, err := o.Summary(ctx, o.board, day, day.AddDays(-40)); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
		for _, a := range []access.Actor{o.focal, o.admin, o.maya, o.Coordinator} {
			if _, err := o.Summary(ctx, a, day, day); !errors.Is(err, access.Refused) {
				t.Errorf("%v: %v", a.Roles, err)
			}
		}
	})
}

func TestTheTechnicalTrailNamesNobody(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for range 3 {
			o.saw(o.Coordinator, access.ReadMember, o.maya.Person)
			o.Clock.Advance(time.Second)
		}
		// By the minute even these would tell the few who know each other too much.
		o.saw(o.focal, access.DeclareConflict, o.maya.Person)
		o.saw(o.focal, access.UseEmergency, o.maya.Person)
		o.saw(o.focal, access.HandleSensitive, "grv_x")
		var all []trail.Event
		var at store.Cursor
		for {
			page, next, err := o.Technical(ctx, o.admin, 2, at)
			o.must(err)
			all = append(all, page...)
			if at = next; next == "" {
				break
			}
		}
		refs := map[string]bool{}
		for _, e := range all {
			refs[e.Ref] = true
			if e.At.Second() != 0 || e.Ref == "" || e.Action == access.DeclareConflict || e.Action == access.UseEmergency || e.Action == access.HandleSensitive {
				t.Errorf("%+v", e)
			}
		}
		if len(all) < 3 || len(refs) != len(all) || all[0].Action != access.ReadMember || all[0].At.Before(all[2].At) {
			t.Errorf("%+v", all)
		}
	})
}

// An alert goes to who protects, and never to whom it is about.
func TestNobodySeesAnAlertAboutHerself(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		alert := func(about access.Actor) {
			o.must(o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error { return o.log.Alert(ctx, tx, audit.ManyOpenings, about, 50) }))
		}
		alert(o.Coordinator)
		alert(o.focal)
		sees := func(a access.Actor) (ids []string) {
			page, _, err := o.Alerts(ctx, a, 10, "")
			o.must(err)
			n, err := o.CountAlerts(ctx, a)
			if o.must(err); n != len(page) {
				t.Errorf("%v: her desk says %d", a.Roles, n)
			}
			for _, p := range page {
				ids = append(ids, p.ID)
			}
			return ids
		}
		focal, deputy, board := sees(o.focal), sees(o.deputy), sees(o.board)
		if len(focal) != 1 || len(deputy) != 2 || len(board) != 2 {
			t.Fatalf("%v %v %v", focal, deputy, board)
		}
		aboutFocal := deputy[slices.IndexFunc(deputy, func(id string) bool { return id != focal[0] })]
		if _, err := o.SeeAlert(ctx, o.focal, once.Key{}, aboutFocal); !errors.Is(err, access.Refused) {
			t.Error(err)
		}
		key := once.Key{Value: "a-key-of-twenty-signs", Digest: "d"}
		for range 2 {
			if seen, err := o.SeeAlert(ctx, o.deputy, key, aboutFocal); err != nil || !slices.Contains(seen.SeenBy, o.deputy.Account) {
				t.Errorf("%+v %v", seen, err)
			}
		}
		if n, err := o.CountAlerts(ctx, o.deputy); err != nil || n != 1 {
			t.Errorf("%d %v", n, err)
		}
		if n := len(o.Trail(aboutFocal, audit.Done)); n != 1 {
			t.Errorf("%d entries", n)
		}
		for _, a := range []access.Actor{o.admin, o.Coordinator, o.maya} {
			if _, _, err := o.Alerts(ctx, a, 10, ""); !errors.Is(err, access.Refused) {
				t.Errorf("%v: %v", a.Roles, err)
			}
			if n, err := o.CountAlerts(ctx, a); n != 0 || err != nil {
				t.Errorf("%v: %d %v", a.Roles, n, err)
			}
		}
	})
}

// Nobody takes the alerts about herself out of sight by declaring those who watch
// to be close to her, and who is declared about sees no difference. What a watcher
// says of herself counts.
func TestADeclarationHidesNoAlertFromThoseWhoProtect(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.must(o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error {
			return o.log.Alert(ctx, tx, audit.ManyOpenings, o.Coordinator, 50)
		}))
		count := func(want int, all ...access.Actor) {
			t.Helper()
			for _, a := range all {
				page, _, err := o.Alerts(ctx, a, 10, "")
				n, failed := o.CountAlerts(ctx, a)
				if err != nil || failed != nil || len(page) != want || n != want {
					t.Errorf("%v: %d on the page, %d on the desk, want %d: %v, %v", a.Roles, len(page), n, want, err, failed)
				}
			}
		}
		watchers := []access.Actor{o.focal, o.deputy, o.board}
		for _, w := range watchers {
			o.Stage.Declare(o.Coordinator, conflict.Relative, w)
		}
		count(1, watchers...)
		o.Stage.Declare(o.focal, conflict.Relative, o.Coordinator)
		count(0, o.focal)
		count(1, o.deputy, o.board)
	})
}

// Whoever something between people is about, on the board or at the computer, gets
// byte by byte the answers that she got before.
func TestWhatStandsBetweenPeopleChangesNothingForWhoItIsAbout(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for range 5 { // so that there is something to count with
			o.saw(o.Coordinator, access.ReadMember, o.maya.Person)
		}
		o.seal()
		did := func(a access.Actor, act access.Action, about string) {
			o.must(o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error { return o.log.Did(ctx, tx, a, act, []string{about}) }))
		}
		answers := func() string {
			o.Clock.Advance(2 * time.Second)
			return o.everything()
		}
		before := answers()
		for _, about := range []access.Actor{o.board, o.admin} {
			for range 5 {
				for _, act := range []access.Action{
					access.AskForRole, access.DecideOnRole, access.DeclareConflict, access.SettleConflict, access.AskForEmergency,
					access.DecideOnOpening, access.AskForExport, access.DecideOnExport, access.CloseAccount, access.RestrictOwn, access.EraseOwn, access.ReadAlerts,
				} {
					did(o.focal, act, about.Person)
				}
				for _, act := range []access.Action{access.ReadRequests, access.ReadConflicts, access.UseEmergency, access.TakeExport, access.SeeWhyAside} {
					o.saw(o.deputy, act, about.Person)
				}
			}
		}
		if after := answers(); after != before {
			t.Errorf("it can be told:\n%s\n%s", before, after)
		}
	})
}

// A place in a list tells nothing to whoever carries it, and leads nobody else anywhere.
func TestAPlaceInAListIsSealedAndHersAlone(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for i := range 3 {
			o.saw(o.Coordinator, access.ReadMember, o.maya.Person)
			o.saw(o.Coordinator, access.ReadMember, o.board.Person)
			o.must(o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error {
				return o.log.Alert(ctx, tx, audit.ManyOpenings, access.Actor{Account: fmt.Sprintf("acc_%d", i), Roles: []access.Role{}}, 50)
			}))
		}
		_, openings, err := o.Openings(ctx, o.maya, 1, "")
		o.must(err)
		_, technical, err := o.Technical(ctx, o.admin, 1, "")
		o.must(err)
		_, alerts, err := o.Alerts(ctx, o.board, 1, "")
		o.must(err)
		for name, at := range map[string]store.Cursor{"openings": openings, "technical": technical, "alerts": alerts} {
			clear, err := base64.RawURLEncoding.DecodeString(string(at))
			if at == "" || err != nil {
				t.Fatalf("%s: %q %v", name, at, err)
			}
			for _, word := range []string{"aud_", "alt_", "mem_", "acc_", "subject", "day"} {
				if bytes.Contains(clear, []byte(word)) {
					t.Errorf("%s: it shows %s", name, word)
				}
			}
			if store.WellFormed(clear) {
				t.Errorf("%s: it can be read", name)
			}
		}
		for name, err := range map[string]error{
			"another's place": second(o.Openings(ctx, o.board, 1, openings)),
			"another list's":  second(o.Openings(ctx, o.maya, 1, technical)),
			"one made up":     second(o.Openings(ctx, o.maya, 1, forged(t, o.board.Person))),
			"in the other":    second(o.Technical(ctx, o.admin, 1, openings)),
			"of alerts":       second(o.Alerts(ctx, o.focal, 1, alerts)),
		} {
			if !errors.Is(err, store.ErrCursor) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// forged is a place that the store itself would take.
func forged(t *testing.T, person string) store.Cursor {
	t.Helper()
	c, err := store.NewCursor("subject", []any{person, "2026-11-26"}, "aud_x")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func second[T any](_ T, _ store.Cursor, err error) error { return err }
