package routes_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/desk"
	"chautari/models/factor"
	"chautari/models/fault"
	"chautari/models/founding"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/notice"
	"chautari/models/peersupport"
	"chautari/models/register"
	"chautari/models/report"
	"chautari/models/rights"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/trail"
	"chautari/models/training"
	"chautari/routes"
	"chautari/routes/routestest"
)

// town is the whole house behind the routes, signed in to for real.
type town struct {
	*stage.Stage
	*routestest.House
	nouns     routes.Nouns
	registers *register.Registers
}

func townSpecs() []*store.Spec {
	return slices.Concat(register.Specs(), notice.Specs(), approval.Specs(), founding.Specs(), peersupport.Specs(), training.Specs(), grievance.Specs(), report.Specs(), rights.Specs())
}

// nounsOn puts every noun on a stage.
func nounsOn(s *stage.Stage, registers *register.Registers) routes.Nouns {
	n := routes.Nouns{
		Organisations: s.Orgs, Accounts: s.Accounts, Members: s.Members, Registers: registers, Conflicts: s.Conflicts,
		Texts:      consent.New(s.Store, s.Clock, s.Orgs.Log()),
		Factors:    factor.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Clock),
		Approvals:  approval.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Members, s.Clock),
		Founders:   founding.New(s.Store, s.Master, s.Orgs, s.Members, s.Clock),
		Support:    peersupport.New(s.Store, s.Orgs, s.Members, s.Clock),
		Courses:    training.New(s.Store, s.Keys, s.Orgs, s.Members, s.Clock),
		Grievances: grievance.New(s.Store, s.Keys, s.Master, s.Orgs, s.Accounts, s.Members, s.Clock),
	}
	n.Notices = notice.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Members, notice.Outside{SMS: phones}, s.Clock)
	n.Support.WhenCalledOff(n.Notices.CalledOff)
	n.Courses.WhenPlacesChange(n.Notices.GotPlaces, n.Notices.LostPlaces)
	s.Members.WhenLeaving(n.Support.Leave, n.Courses.Leave, n.Notices.EndSMS)
	s.Members.WhenTakenBack(consent.MessagesSMS, n.Notices.EndSMS)
	n.Reports = report.New(s.Store, s.Orgs, report.SourcesOf(s.Members, n.Support, n.Courses, s.Clock), s.Clock)
	n.Trails = trail.New(s.Store, s.Master, s.Orgs, n.Grievances, s.Clock)
	n.Rights = rightsOn(s, n)
	n.Desk = desk.Desk{
		Organisations: s.Orgs, Members: s.Members, Registers: registers,
		Support: n.Support, Courses: n.Courses, Grievances: n.Grievances, Approvals: n.Approvals, Trails: n.Trails,
	}
	return n
}

func newTown(t *testing.T) *town {
	t.Helper()
	s := stage.New(t, townSpecs()...)
	registers := register.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Members, s.Clock, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { registers.Run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
	n := nounsOn(s, registers)
	table := routes.Table(n)
	return &town{Stage: s, nouns: n, registers: registers, House: routestest.New(t, table, func(d *routes.Deps) {
		d.Tenant = func(ctx context.Context, host string) (string, error) {
			if host == "elsewhere.example" {
				return "", access.Refused
			}
			return s.Org, nil
		}
		pretended := d.Authenticate // whoever a sweep calls as
		d.Authenticate = func(ctx context.Context, tenant, host, token string) (access.Actor, error) {
			if a, err := pretended(ctx, tenant, host, token); err == nil {
				return a, nil
			}
			return s.Accounts.Authenticate(ctx, tenant, host, token)
		}
		d.EndSession = func(ctx context.Context, tenant, host, token string) error {
			a, err := s.Accounts.Authenticate(ctx, tenant, host, token)
			if fault.Is(err, fault.Unauthenticated) {
				return nil
			}
			if err != nil {
				return err
			}
			return s.Accounts.SignOut(ctx, a)
		}
		d.Clock, d.Grievances = s.Clock, n.Grievances
		d.Refused = func(ctx context.Context, a access.Actor, operation, subject string) error {
			if a.Org != s.Org {
				return nil // somebody a sweep calls as
			}
			return audit.Log{Clock: s.Clock}.WasRefused(ctx, s.Store.Org(a.Org), a, access.Action(operation), subject)
		}
	})}
}

// enter signs in over HTTP.
func (w *town) enter(handle string) *routestest.Caller {
	answer := w.Nobody().Post("/api/session", map[string]string{"handle": handle, "passphrase": stage.Phrase}).Wants(200)
	return w.WithToken(answer.Token())
}

// as signs an actor of the stage in.
func (w *town) as(a access.Actor) *routestest.Caller {
	w.TB.Helper()
	return w.enter(w.Handle(a))
}

// stored counts every document of the organisation and the server, the trail and sign-ins aside.
func (w *town) stored() any {
	counts := map[string]int{}
	ctx := context.Background()
	err := w.Store.Engine().Snapshot(ctx, func(r store.Reader) error {
		for _, spec := range stage.Specs(townSpecs()...) {
			for _, org := range []string{w.Org, "system"} {
				n, err := r.Count(ctx, spec, org, store.Query{Index: store.ChangedIndex}, 10_000)
				if err != nil {
					return err
				}
				counts[spec.Name] += n
			}
		}
		return nil
	})
	if err != nil {
		w.TB.Fatal(err)
	}
	return fmt.Sprint(counts)
}

const yes = `"consents":[{"purpose":"membership","version":"1","language":"ne"}]`

func registration(alias, group string) string {
	return fmt.Sprintf(`{"alias":%q,"group":%s,"language":"ne","passphrase":%q,%s}`, alias, group, stage.Phrase, yes)
}

func TestAWomanRegistersIsApprovedAndOpensHerOwnPage(t *testing.T) {
	w := newTown(t)
	var in struct{ Handle string }
	w.Nobody().Post("/api/registrations", registration("जुनकीरी", `"`+w.First+`"`)).Wants(201).Contains(`"applied"`).Into(&in)
	she := w.enter(in.Handle)
	she.Get("/api/session").Wants(200).Contains(`"applicant"`, in.Handle).Lacks("जुनकीरी")
	she.Get("/api/me").Wants(200).Contains("जुनकीरी", `"applied"`)
	she.Get("/api/members").Refused(404, "request.absent")

	coordinator := w.as(w.OfFirst)
	coordinator.Get("/api/desk").Wants(200).Contains(`"applications":1`)
	var list struct{ Items []struct{ ID string } }
	coordinator.Get("/api/members?state=applied").Wants(200).Contains("जुनकीरी").Lacks(in.Handle, stage.Phrase).Into(&list)
	id := list.Items[0].ID
	coordinator.Get("/api/members/" + id).Wants(200).Contains(`"phone":null`).Lacks(in.Handle)
	coordinator.Post("/api/members/"+id+"/approve", `{}`).Wants(200).Contains(`"active"`)

	she.Get("/api/session").Wants(200).Contains(`"member"`).Lacks("applicant")
	page := she.Get("/api/me").Wants(200).Contains(`"active"`)
	she.Patch("/api/me", page.Version(), `{"alias":"कोपिला"}`).Wants(200).Contains("कोपिला")
	she.Patch("/api/me", page.Version(), `{"alias":"Kopila"}`).Refused(412, "request.stale")
	she.Delete("/api/session").Wants(204)
	she.Get("/api/me").Refused(401, "session.absent")
}

// AUT-03.
func TestRoleAndOrganisationComeFromNoBody(t *testing.T) {
	w := newTown(t)
	before := w.stored()
	for _, extra := range []string{`"role":"admin","is_active":true,"organisation_id":"org_x"`, `"role":"administrator"`, `"roles":["coordinator"]`, `"is_active":true`, `"organisationId":"org_x"`, `"orgId":"x"`, `"state":"active"`} {
		body := strings.Replace(registration("Junkiri", "null"), "{", "{"+extra+",", 1)
		w.Nobody().Post("/api/registrations", body).Refused(400, "request.malformed")
	}
	if after := w.stored(); after != before {
		t.Errorf("stored %v, was %v", after, before)
	}
	she := w.as(w.Register("Junkiri", w.First))
	version := she.Get("/api/me").Version()
	for _, own := range []string{`{"roles":["coordinator"]}`, `{"alias":"Junkiri","role":"admin"}`, `{"is_active":true}`, `{"organisation_id":"org_x"}`} {
		she.Patch("/api/me", version, own).Refused(400, "request.malformed")
	}
	if she.Get("/api/me").Wants(200).Contains(`"applied"`).Version() != version {
		t.Error("her record was changed")
	}
	she.Get("/api/session").Wants(200).Contains(`"roles":["applicant"]`)
}

// AUT-10, over HTTP; the page that lays both side by side is frontend/e2e/stale.test.ts.
func TestOfTwoWhoSaveWhatBothHadReadTheSecondIsTold(t *testing.T) {
	w := newTown(t)
	path := "/api/members/" + w.Carry(w.First, member.Details{PaperName: "Sita Tamang"})
	one, two := w.as(w.OfFirst), w.as(w.Coordinator)
	version := one.Get(path).Wants(200).Version()
	if two.Get(path).Wants(200).Version() != version {
		t.Fatal("they read two versions")
	}
	one.Patch(path, version, `{"name":"Seeta Tamang"}`).Wants(200)
	told := two.Patch(path, version, `{"name":"Sitaa Lama"}`).Refused(412, "request.stale").Lacks("Tamang").Version()
	now := two.Get(path).Wants(200).Contains("Seeta Tamang").Lacks("Lama").Version()
	if told != now || now == version {
		t.Errorf("she is told version %d, it is %d", told, now)
	}
	two.Patch(path, now, `{"name":"Seeta Lama"}`).Wants(200)
}

func TestNothingOfAnotherGroupOrOrganisationIsReachedByItsId(t *testing.T) {
	w, abroad := newTown(t), newTown(t)
	here := w.Carry(w.First, member.Details{PaperName: "Sita Tamang", Phone: "+9779841000001"})
	there := w.Carry(w.Second, member.Details{PaperName: "Marker Rai", Phone: "+9779841777777"})
	foreign := abroad.Carry(abroad.First, member.Details{PaperName: "Marker Lama"})
	coordinator := w.as(w.OfFirst)
	coordinator.Get("/api/members/" + here).Wants(200)
	before := w.stored()
	absent := coordinator.Get("/api/members/mem_aaaaaaaaaaaaaaaaaaaaaaaaaa").Refused(404, "request.absent")
	for _, id := range []string{there, foreign} {
		for _, answer := range []*routestest.Answer{
			coordinator.Get("/api/members/" + id),
			coordinator.Patch("/api/members/"+id, 1, `{"name":"X"}`),
			coordinator.Post("/api/members/"+id+"/approve", `{}`),
			coordinator.Post("/api/members/"+id+"/decline", `{"reason":"other"}`),
		} {
			answer.Refused(404, "request.absent").Lacks("Marker", "9841777777")
			if len(answer.Body) != len(absent.Body) {
				t.Errorf("refused looks other than absent: %s", answer.Body)
			}
		}
	}
	coordinator.Get("/api/members?group=" + w.Second).Wants(200).Lacks("Marker")
	coordinator.Get("/api/members?q=marker").Wants(200).Lacks("Marker")
	if n := len(w.Trail(there, audit.Refused)); n == 0 {
		t.Error("the refusals are not in the trail")
	}
	// A refusal writes its entry in the trail, and nothing else.
	after := w.stored()
	if strip(after) != strip(before) {
		t.Errorf("stored %v, was %v", after, before)
	}
}

// strip leaves the trail out of a count.
func strip(counts any) string {
	var kept []string
	for _, part := range strings.Fields(fmt.Sprint(counts)) {
		if !strings.Contains(part, "audit:") {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, " ")
}

func TestTheCookieIsOfThisHostForThisSittingAndClearedInTheEnd(t *testing.T) {
	w := newTown(t)
	in, err := w.Accounts.Who(context.Background(), w.Coordinator)
	if err != nil {
		t.Fatal(err)
	}
	answer := w.Nobody().Post("/api/session", map[string]string{"handle": in.Handle.Reveal(), "passphrase": stage.Phrase}).Wants(200)
	cookie := answer.Header.Get("Set-Cookie")
	for _, want := range []string{"__Host-", "HttpOnly", "secure", "SameSite=Strict", "path=/"} {
		if !strings.Contains(strings.ToLower(cookie), strings.ToLower(want)) {
			t.Errorf("the cookie lacks %s: %s", want, cookie)
		}
	}
	for _, not := range []string{"max-age", "expires", "domain"} {
		if strings.Contains(strings.ToLower(cookie), not) {
			t.Errorf("the cookie has %s: %s", not, cookie)
		}
	}
	out := w.WithToken(answer.Token()).Delete("/api/session").Wants(204)
	if out.Header.Get("Clear-Site-Data") != `"cookies", "storage"` {
		t.Errorf("signing out clears %q", out.Header.Get("Clear-Site-Data"))
	}
	again := w.enter(in.Handle.Reveal())
	again.Get("/exit").Wants(303)
	again.Get("/api/session").Refused(401, "session.absent")
}

func TestSigningInAgainEndsTheSignInThatTheBrowserHad(t *testing.T) {
	w := newTown(t)
	old := w.as(w.Coordinator)
	in, err := w.Accounts.Who(context.Background(), w.Coordinator)
	if err != nil {
		t.Fatal(err)
	}
	fresh := old.Post("/api/session", map[string]string{"handle": in.Handle.Reveal(), "passphrase": stage.Phrase}).Wants(200).Token()
	old.Get("/api/session").Refused(401, "session.absent")
	w.WithToken(fresh).Get("/api/session").Wants(200)
}

func TestTwoSignInsEndTogetherWhenSheSignsOutEverywhere(t *testing.T) {
	w := newTown(t)
	first, second := w.as(w.Coordinator), w.as(w.Coordinator)
	first.Delete("/api/sessions").Wants(204)
	first.Get("/api/session").Refused(401, "session.absent")
	second.Get("/api/desk").Refused(401, "session.absent")
}

func TestARegistrationSentTwiceIsOne(t *testing.T) {
	w := newTown(t)
	she := w.Nobody().With("Idempotency-Key", "0123456789abcdef0123")
	var one, two struct{ Handle string }
	body := registration("Junkiri", `"`+w.First+`"`)
	she.Post("/api/registrations", body).Wants(201).Into(&one)
	she.Post("/api/registrations", body).Wants(201).Into(&two)
	if one.Handle != two.Handle {
		t.Errorf("two names: %s and %s", one.Handle, two.Handle)
	}
	she.Post("/api/registrations", registration("Kopila", "null")).Refused(409, "request.idempotency_key_reused")
	w.as(w.OfFirst).Get("/api/members?state=applied").Wants(200).Contains("Junkiri").Lacks("Kopila")
}

func (w *town) settled(c *routestest.Caller, id, state string) {
	w.TB.Helper()
	for range 200 {
		var imp struct{ State string }
		c.Get("/api/register-imports/" + id).Wants(200).Into(&imp)
		if imp.State == state {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.TB.Fatalf("the import never was %s", state)
}

func TestACoordinatorBringsTheOldRegisterInAndFindsSomebodyInTheOtherScript(t *testing.T) {
	w := newTown(t)
	coordinator := w.as(w.Coordinator)
	file := "नाम थर,सम्पर्क नं.,जन्म मिति (वि.सं.),जिल्ला\nसीता तामाङ,९८४१०००००१,२०४५-०२-१५,कास्की\nGita Rai,98410,2045-02-33,झापा\n"
	var imp struct {
		ID     string
		Counts map[string]int
	}
	begun := coordinator.Upload("/api/register-imports", "पुरानो.csv", []byte(file)).Wants(201).Into(&imp)
	if imp.Counts["created"] != 1 || imp.Counts["failed"] != 1 {
		t.Fatalf("%v", imp.Counts)
	}
	coordinator.Get("/api/register-imports/"+imp.ID+"/rows?fate=failed").Wants(200).Contains("birth.no_such_day", "phone.invalid", `"line":3`)
	version := begun.Version()
	mended := coordinator.Patch("/api/register-imports/"+imp.ID+"/rows/3", version, `{"cells":{"phone":"९८४१०००००२","birth":"२०४५/०२/३२"}}`)
	mended.Wants(200).Contains(`"created"`, "+9779841000002")
	coordinator.Patch("/api/register-imports/"+imp.ID+"/rows/3", version, `{"decision":"skip"}`).Refused(412, "request.stale")
	coordinator.Post("/api/register-imports/"+imp.ID+"/commit", `{}`).Wants(202)
	w.settled(coordinator, imp.ID, "committed")
	coordinator.Get("/api/members?q=Seeta").Wants(200).Contains("सीता तामाङ", `"carriedOver":true`)
	coordinator.Post("/api/register-imports/"+imp.ID+"/undo", `{}`).Wants(202)
	w.settled(coordinator, imp.ID, "undone")
	coordinator.Get("/api/members?q=Seeta").Wants(200).Lacks("सीता तामाङ")
}

func TestFilesThatAreNoTableAreToldAndNothingIsKept(t *testing.T) {
	w := newTown(t)
	coordinator := w.as(w.Coordinator)
	before := strip(w.stored())
	files := filepath.Join("..", "models", "register", "sheet", "testdata")
	for _, name := range []string{"C12_html_named.jpg", "C12c_report.pdf.html", "C12d_polyglot.gif", "C12e_not_a_zip.xlsx", "C13_expands_to_300MiB.xlsx"} {
		content, err := os.ReadFile(find(t, files, name))
		if err != nil {
			t.Fatal(err)
		}
		answer := coordinator.Upload("/api/register-imports", name, content)
		if answer.Status < 400 || answer.Status >= 500 || answer.Problem().Code == "" {
			t.Errorf("%s: %d %s", name, answer.Status, answer.Body)
		}
	}
	coordinator.Get("/healthz").Wants(200)
	if after := strip(w.stored()); after != before {
		t.Errorf("stored %v, was %v", after, before)
	}
}

func find(t *testing.T, dir, name string) string {
	t.Helper()
	found := ""
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Name() == name {
			found = path
		}
		return err
	})
	if err != nil || found == "" {
		t.Fatalf("no %s below %s (%v)", name, dir, err)
	}
	return found
}

func TestBadInputIsToldAndNothingIsWritten(t *testing.T) {
	w := newTown(t)
	w.SweepBadInput(t, func() any { return strip(w.stored()) })
}

func TestAnUnknownHostServesNobody(t *testing.T) {
	w := newTown(t)
	w.Nobody().On("elsewhere.example").Get("/api/organisation").Refused(404, "request.absent")
}

func TestAnEmptyServerIsFoundedOnceWithItsCode(t *testing.T) {
	empty := stage.Empty(t, townSpecs()...)
	n := nounsOn(empty, register.New(empty.Store, empty.Keys, empty.Orgs, empty.Accounts, empty.Members, empty.Clock, slog.New(slog.DiscardHandler)))
	code, err := n.Founders.NewCode(context.Background())
	if err != nil || code == "" {
		t.Fatal(code, err)
	}
	table := routes.Table(n)
	h := routestest.New(t, table, func(d *routes.Deps) {
		d.Tenant = func(ctx context.Context, host string) (string, error) {
			org, err := empty.Orgs.ByHost(ctx, "localhost")
			if err != nil {
				return "", nil
			}
			return org, nil
		}
		d.Authenticate = func(ctx context.Context, tenant, host, token string) (access.Actor, error) {
			return empty.Accounts.Authenticate(ctx, tenant, host, token)
		}
		d.Clock = empty.Clock
	})
	h.Nobody().Get("/api/organisation").Wants(200).Contains(`"setUp":false`, `"foundingOpen":true`)
	body := func(code string) string {
		return fmt.Sprintf(`{"code":%q,"organisationName":"Pipal","groupName":"All","alias":"Asha","language":"en","passphrase":%q,"consents":[{"purpose":"membership","version":"1","language":"en"}]}`, code, stage.Phrase)
	}
	h.Nobody().Post("/api/registrations", registration("Junkiri", "null")).Lacks("handle")
	h.Nobody().Post("/api/set-up", body("AAAA-BBBB-CCCC-DDDD")).Refused(422, "request.invalid").Field("code", "setup.code_refused")
	for _, bad := range []string{
		strings.Replace(body(code), `"version":"1"`, `"version":"999"`, 1), strings.Replace(body(code), stage.Phrase, "short", 1),
		strings.Replace(body(code), `"Pipal"`, `" - "`, 1),
	} {
		h.Nobody().Post("/api/set-up", bad).Refused(422, "request.invalid")
	}
	h.Nobody().Get("/api/organisation").Wants(200).Contains(`"foundingOpen":true`)
	var in, again struct{ Handle string }
	founder, typed := h.Nobody().With("Idempotency-Key", "0123456789abcdef0123"), body(strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	founder.Post("/api/set-up", typed).Wants(201).Into(&in)
	if founder.Post("/api/set-up", typed).Wants(201).Into(&again); in.Handle != again.Handle {
		t.Errorf("sent again it names %q, first %q", again.Handle, in.Handle)
	}
	h.Nobody().Post("/api/set-up", body(code)).Refused(422, "request.invalid").Field("code", "setup.code_refused")
	h.Nobody().Get("/api/organisation").Wants(200).Contains(`"setUp":true`, "Pipal")
	enter(h, in.Handle).Get("/api/desk").Wants(200)
	if code, err := n.Founders.NewCode(context.Background()); err != nil || code != "" {
		t.Errorf("a founded server prints a code again (%v)", err)
	}
}

func TestAnOperationForOtherRolesIsRefusedAndNoted(t *testing.T) {
	w := newTown(t)
	she := w.Register("Junkiri", w.First)
	w.as(she).Get("/api/desk").Refused(404, "request.absent")
	found := false
	err := audit.Entries.Each(context.Background(), w.Store.Org(w.Org), store.Query{Index: "account", Equal: []any{she.Account}}, func(e *audit.Entry) error {
		found = found || e.Action == "readDesk" && e.Result == audit.Refused
		return nil
	})
	if err != nil || !found {
		t.Errorf("it is not in the trail (%v)", err)
	}
}

func TestADayThatIsNoneIsToldAsSuch(t *testing.T) {
	w := newTown(t)
	person := w.Carry(w.First, member.Details{PaperName: "Sita Tamang"})
	w.as(w.OfFirst).Patch("/api/members/"+person, 1, `{"birth":{"precision":"day","day":"2007-02-29"}}`).
		Refused(422, "request.invalid").Field("birth.day", "birth.no_such_day")
}

func TestAVeryLongQueryIsToldSo(t *testing.T) {
	w := newTown(t)
	w.as(w.OfFirst).Get("/api/members?q="+strings.Repeat("a", 10_000)).Refused(400, "members.query_too_long")
}
