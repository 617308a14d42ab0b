package routes_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/report"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/routes"
	"chautari/routes/routestest"
)

// quiet are the nouns beside the members, with a little to tell.
type quiet struct{ persons []string }

func (q *quiet) Each(_ context.Context, _ store.View, _, until time.Time, fn func(member, supporter, group string, start time.Time, held bool) error) error {
	for _, p := range q.persons {
		if err := fn(p, "mem_supporter", "grp", until.Add(-time.Hour), true); err != nil {
			return err
		}
	}
	return nil
}

func (q *quiet) EachFinished(_ context.Context, _ store.View, _, _ calendar.Date, fn func(picture string, persons []string) error) error {
	return fn("sewing", q.persons)
}

func (q *quiet) EachSent(context.Context, store.View, calendar.Date, calendar.Date, func(sensitive, acknowledgedInTime, decidedInTime, due bool) error) error {
	return nil
}

// office is an organisation with a body that supports it, behind the routes.
type office struct {
	*stage.Stage
	*routestest.House
	table   []routes.Endpoint
	board   access.Actor
	liaison access.Actor
	secrets []string // what a liaison must never be sent
}

func newOffice(t *testing.T) *office {
	t.Helper()
	s := stage.New(t, report.Specs()...)
	ctx := context.Background()
	s.Clock.Set(time.Date(2026, 8, 3, 8, 0, 0, 0, time.UTC))
	partner, _, err := s.Orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Partner"}, Hosts: []string{"partner.example"}, Kind: organisation.Supporting, Group: organisation.Name{EN: "Office"},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Org, s.Root, err = s.Orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{NE: "नदीपारि", EN: "Nadipari"}, Hosts: []string{"nadipari.example"},
		Group: organisation.Name{EN: "Whole"}, Supporters: []string{partner},
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.First, err = s.Orgs.AddGroup(ctx, s.Org, s.Root, organisation.Name{EN: "Kaski"}, 1); err != nil {
		t.Fatal(err)
	}
	o := &office{Stage: s, liaison: access.Actor{Org: partner, Account: "acc_l", Person: "mem_l", Session: "ses_l", Roles: []access.Role{access.Liaison}}}
	s.Coordinator = s.Person(access.Coordinator, s.Root, "Markersagun")
	s.OfFirst = s.Person(access.Coordinator, s.First, "Markermaya")
	o.board = s.Person(access.Board, s.Root, "Markerishwori")
	told := &quiet{}
	for i := range 14 {
		told.persons = append(told.persons, s.Person(access.Member, s.First, fmt.Sprint("Markerjunkiri", i)).Person)
	}
	o.secrets = append([]string{"Marker", s.Coordinator.Account, s.Coordinator.Person, o.board.Account, s.First, s.Root}, told.persons...)
	s.Clock.Set(time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC))
	o.table = routes.Table(routes.Nouns{
		Organisations: s.Orgs, Accounts: s.Accounts, Members: s.Members,
		Reports: report.New(s.Store, s.Orgs, report.Sources{People: s.Members, Support: told, Training: told, Grievances: told}, s.Clock),
	})
	o.House = routestest.New(t, o.table, func(d *routes.Deps) {
		d.Tenant = func(_ context.Context, host string) (string, error) { return s.Org, nil }
		d.Clock = s.Clock
	})
	return o
}

// released drafts and releases the third quarter and returns the id of the release and of the copy.
func (o *office) released() (release, result string) {
	o.TB.Helper()
	var made struct{ ID string }
	o.As(o.Coordinator).Post("/api/releases", `{"quarter":"2026-3"}`).Wants(201).Into(&made)
	o.As(o.board).Post("/api/releases/"+made.ID+"/release", `{}`).Wants(200).Contains(`"released"`)
	var list struct{ Items []struct{ ID string } }
	o.As(o.liaison).Get("/api/results").Wants(200).Into(&list)
	if len(list.Items) != 1 {
		o.TB.Fatalf("%d results", len(list.Items))
	}
	return made.ID, list.Items[0].ID
}

func TestOneDraftsAnotherReleasesAndTheLiaisonReads(t *testing.T) {
	o := newOffice(t)
	coordinator, board, liaison := o.As(o.Coordinator), o.As(o.board), o.As(o.liaison)
	coordinator.Get("/api/releases/draft?quarter=2026-3").Wants(200).
		Contains(`"id":null`, `"undrafted"`, `"draftedOn":null`, `"hiddenBelow":10`, `"roundedTo":5`, `"from":"2026-07-01"`, `"to":"2026-09-30"`).Lacks(o.secrets...)
	coordinator.Get("/api/releases/draft?quarter=2026-4").Refused(409, "report.quarter_open")
	for _, bad := range []string{"2026-5", "2026_3", "000000"} {
		coordinator.Get("/api/releases/draft?quarter="+bad).Refused(422, "request.invalid").Field("quarter", "report.no_such_quarter")
		coordinator.Post("/api/releases", `{"quarter":"`+bad+`"}`).Refused(422, "request.invalid").Field("quarter", "report.no_such_quarter")
	}
	liaison.Get("/api/results").Wants(200).Contains(`"items":[]`)

	var made struct{ ID string }
	coordinator.Post("/api/releases", `{"quarter":"2026-3"}`).Wants(201).Contains(`"drafted"`, `"mine":true`, `"releasedOn":null`).Lacks(o.secrets...).Into(&made)
	coordinator.Post("/api/releases", `{"quarter":"2026-3"}`).Refused(409, "report.quarter_taken")
	coordinator.Post("/api/releases/"+made.ID+"/release", `{}`).Refused(409, "report.same_person")
	liaison.Get("/api/results").Wants(200).Contains(`"items":[]`)
	board.Get("/api/releases").Wants(200).Contains(made.ID, `"mine":false`).Lacks(o.secrets...)
	board.Get("/api/releases/draft?quarter=2026-3").Refused(404, "request.absent")
	o.As(o.OfFirst).Get("/api/releases/draft?quarter=2026-3").Refused(404, "request.absent")
	o.As(o.OfFirst).Post("/api/releases/"+made.ID+"/release", `{}`).Refused(404, "request.absent")
	board.Post("/api/releases/"+made.ID+"/release", `{}`).Wants(200).Contains(`"released"`, `"releasedOn":"2026-10-05"`)

	var list struct{ Items []struct{ ID string } }
	liaison.Get("/api/results").Wants(200).Contains("नदीपारि", `"2026-3"`).Lacks(append(o.secrets, o.Org, made.ID)...).Into(&list)
	liaison.Get("/api/results/"+list.Items[0].ID).Wants(200).
		Contains(`"Gandaki Province"`, `"value":null,"hidden":true`, `"percent":null`).Lacks(append(o.secrets, o.Org, made.ID)...)
	liaison.Get("/api/results/"+made.ID).Refused(422, "request.invalid")
	liaison.Get("/api/results/res_b7k2m9x4q8w3e6r5t2y7u4n8pa").Refused(404, "request.absent")
}

// No number below ten and none that isn't rounded is ever sent, to whomever.
func TestNoSmallOrUnroundedNumberIsSent(t *testing.T) {
	o := newOffice(t)
	_, result := o.released()
	number := regexp.MustCompile(`"value":(\d+)`)
	for _, body := range []string{
		o.As(o.Coordinator).Get("/api/releases/draft?quarter=2026-3").Wants(200).Body,
		o.As(o.Coordinator).Get("/api/releases/draft?quarter=2026-1").Wants(200).Body,
		o.As(o.board).Get("/api/releases").Wants(200).Body,
		o.As(o.liaison).Get("/api/results/" + result).Wants(200).Body,
	} {
		found := number.FindAllStringSubmatch(body, -1)
		if len(found) == 0 {
			t.Fatalf("no number at all: %s", body)
		}
		for _, m := range found {
			var n int
			if err := json.Unmarshal([]byte(m[1]), &n); err != nil || n%5 != 0 || n == 5 {
				t.Errorf("%d is sent: %s", n, body)
			}
		}
	}
}

// Nothing that is asked for lowers the limit or takes a table apart.
func TestNoParameterLowersTheLimit(t *testing.T) {
	o := newOffice(t)
	release, result := o.released()
	for _, more := range []string{"threshold=1", "k=0", "raw=true", "hiddenBelow=1", "roundedTo=1", "breakdown=group", "by=village", "district=Kaski"} {
		o.As(o.Coordinator).Get("/api/releases/draft?quarter=2026-3&"+more).Refused(400, "request.malformed")
		for path, a := range map[string]access.Actor{"/api/releases": o.board, "/api/results": o.liaison, "/api/results/" + result: o.liaison} {
			o.As(a).Get(path+"?"+more).Refused(400, "request.malformed")
		}
		name, value, _ := strings.Cut(more, "=")
		o.As(o.Coordinator).Post("/api/releases", fmt.Sprintf(`{"quarter":"2026-2",%q:%q}`, name, value)).Refused(400, "request.malformed")
		o.As(o.board).Post("/api/releases/"+release+"/release", fmt.Sprintf(`{%q:%q}`, name, value)).Refused(400, "request.malformed")
	}
	for _, role := range access.Roles[1:] {
		stranger := o.As(access.Actor{Org: o.Org, Account: "acc_x", Person: "mem_x", Roles: []access.Role{role}})
		if body := stranger.Get("/api/releases/draft?quarter=2026-3&raw=true").Body; strings.Contains(body, "tables") {
			t.Errorf("%s: %s", role, body)
		}
	}
}

// What a liaison may call at all. A route that is added here is looked at by two.
var forTheLiaison = []string{
	"addPasskey", "beginNewPasskey", "beginPasskey", "beginTotp", "changeMine", "changePassphrase", "checkMail",
	"checkSms", "chooseMail", "confirmTotp", "declareConflict", "declareNoConflict", "endConflict", "endSignIn",
	"eraseMine", "giveConsent", "listConflicts", "listFactors", "listOpenings", "listResults", "listSignIns",
	"printCodes", "proveSession", "putMessageAway", "readErasure", "readLedger", "readMessages", "readMine", "readRecovery", "chooseRecovery", "makeRecoveryCode", "openHeld",
	"readResult", "readSession", "readSharings", "removeFactor", "restrictMine", "signIn", "signOut",
	"signOutEverywhere", "stopMail", "stopSms", "takeEverything", "withdrawConsent",
}

func TestTheLiaisonReachesReleasedFiguresAndNothingElse(t *testing.T) {
	o := newOffice(t)
	release, _ := o.released()
	liaison := o.As(o.liaison)
	absent := liaison.Get("/api/there-is-no-such-thing")
	var may []string
	for _, op := range routes.Operations(o.table) {
		if slices.Contains(op.Roles, access.Liaison) {
			may = append(may, op.ID)
			continue
		}
		if op.Open() || op.Method != http.MethodGet {
			continue // anybody may ask; the sweep of every role sends what changes something
		}
		// With ids of the organisation that she supports: her role shuts her out first.
		path := regexp.MustCompile(`:[a-zA-Z]+`).ReplaceAllString(op.Path, idFor(o, op.Path, release))
		if _, query, asks := strings.Cut(op.URL, "?"); asks {
			path += "?" + query
		}
		a := liaison.Get(path).Refused(404, "request.absent").Lacks(o.secrets...)
		if len(a.Body) != len(absent.Body) {
			t.Errorf("%s can be told from an absent address: %s", op.ID, a.Body)
		}
	}
	slices.Sort(may)
	want := slices.Sorted(slices.Values(forTheLiaison))
	if !slices.Equal(may, want) {
		t.Errorf("a liaison may call %v, wanted %v", may, want)
	}
}

func idFor(o *office, path, release string) string {
	switch {
	case strings.Contains(path, "/releases"):
		return release
	case strings.Contains(path, "/members"):
		return o.OfFirst.Person
	}
	return "itn_b7k2m9x4q8w3e6r5t2y7u4n8pa"
}

// Whoever supports an organisation never comes to hold a member's name.
func TestASupportingBodyTakesNoMembers(t *testing.T) {
	o := newOffice(t)
	partner := o.liaison.Org
	h := routestest.New(t, o.table, func(d *routes.Deps) {
		d.Tenant = func(context.Context, string) (string, error) { return partner, nil }
		d.Clock = o.Stage.Clock
	})
	h.Nobody().Get("/api/organisation").Wants(200).Contains(`"kind":"supporting"`)
	h.Nobody().Post("/api/registrations", registration("Junkiri", "null")).Refused(404, "request.absent")
}
