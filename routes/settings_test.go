package routes_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/register"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/routes"
	"chautari/routes/routestest"
)

func TestTheAdministratorChangesSettingsAndTheBoardReadsThem(t *testing.T) {
	w := newTown(t)
	admin, board := w.As(w.Person(access.Administrator, w.Root, "Kamala")), w.As(w.Person(access.Board, w.Root, "Nirmala"))
	first := admin.Get("/api/settings").Wants(200).
		Contains(`"number":"1145"`, `"old":false`, `"key":"memberIdle"`, `"unit":"minutes"`, `"shipped":true`, `"hosts":["127.0.0.1","::1","localhost"]`, `"owner":"focalPoint"`)
	for _, key := range []string{"carriedOver", "hiddenBelow", "clock.harm.decide", "clock.service.decide"} {
		first.Contains(fmt.Sprintf(`"key":%q`, key))
	}
	first.Lacks("clock.danger.decide") // a day is a day: there is nothing to choose
	admin.Patch("/api/settings", first.Version(), `{"limits":[{"key":"memberIdle","value":31}]}`).
		Refused(422, "request.invalid").Field("limits.0.value", "settings.limit_range")
	admin.Patch("/api/settings", first.Version(), `{"name":{"ne":"पिपल"},"limits":[{"key":"hiddenBelow","value":3}]}`).Wants(200).Contains("पिपल", `"value":3`)
	admin.Patch("/api/settings", first.Version(), `{"languages":["ne"]}`).Refused(412, "request.stale")
	if v := admin.Patch("/api/settings", first.Version(), `{"languages":["ne"]}`).Refused(412, "request.stale").Version(); v != first.Version()+1 {
		t.Errorf("she is told version %d", v)
	}
	board.Get("/api/settings").Wants(200).Contains("पिपल")
	board.Patch("/api/settings", 2, `{"languages":["ne"]}`).Refused(404, "request.absent")
	board.Get("/api/settings/history").Wants(200).Contains(`"field":"limits.hiddenBelow"`, `"from":"10"`, `"to":"3"`, `"role":"administrator"`).Lacks("Kamala", "acc_")
	w.Nobody().Get("/api/organisation").Wants(200).Contains("पिपल")
	w.Nobody().Get("/api/helplines").Wants(200).Contains(`"number":"1098"`).Lacks("source", "owner", "checked")
}

func TestHostNamesAndReceiversAreChangedOverHTTP(t *testing.T) {
	w := newTown(t)
	ctx := context.Background()
	for name, kind := range map[string]organisation.Kind{"partner": organisation.Supporting, "other": organisation.SurvivorLed} {
		_, _, err := w.Orgs.Found(ctx, organisation.Founding{
			Name: organisation.Name{EN: name}, Hosts: []string{name + ".example"}, Kind: kind, Group: organisation.Name{EN: "All"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	admin := w.As(w.Person(access.Administrator, w.Root, "Kamala"))
	board := w.As(w.Person(access.Board, w.Root, "Nirmala"))
	admin.Patch("/api/settings", 1, fmt.Sprintf(`{"hosts":["localhost",%q]}`, routestest.Host)).Wants(200).
		Contains(fmt.Sprintf(`"hosts":["localhost",%q]`, routestest.Host), `"bodies":[]`, `"kind":"survivorLed"`)
	admin.Patch("/api/settings", 2, `{"hosts":["localhost"]}`).Refused(422, "request.invalid").Field("hosts", "settings.host_in_use")
	admin.Patch("/api/settings", 2, `{"hosts":[]}`).Refused(422, "request.invalid").Field("hosts", "settings.hosts_none")
	admin.Patch("/api/settings", 2, fmt.Sprintf(`{"hosts":[%q,"other.example","a b"]}`, routestest.Host)).Refused(422, "request.invalid").
		Field("hosts.1", "settings.host_taken").Field("hosts.2", "settings.host_name")
	eleven := strings.Repeat(`"a.example",`, 10) + `"b.example"`
	admin.Patch("/api/settings", 2, `{"hosts":[`+eleven+`]}`).Refused(422, "request.invalid")
	admin.Patch("/api/settings", 2, `{"bodies":[{"host":"other.example"}]}`).Refused(422, "request.invalid").Field("bodies.0", "settings.body_unknown")
	var shown struct{ Bodies []struct{ ID string } }
	admin.Patch("/api/settings", 2, `{"bodies":[{"host":"partner.example"}]}`).Wants(200).Contains(`"hosts":["partner.example"]`).Into(&shown)
	admin.Patch("/api/settings", 2, `{"bodies":[]}`).Refused(412, "request.stale")
	admin.Patch("/api/settings", 3, fmt.Sprintf(`{"bodies":[{"id":%q}]}`, shown.Bodies[0].ID)).Wants(200).Contains(`"en":"partner"`)
	board.Get("/api/settings").Wants(200).Contains(`"en":"partner"`)
	board.Get("/api/settings/history").Wants(200).Contains(`"field":"bodies"`, "partner.example", `"field":"hosts"`, routestest.Host)
	for _, role := range []access.Role{access.Board, access.Coordinator, access.Liaison, access.FocalPoint, access.Member} {
		she := w.As(w.Person(role, w.Root, "Asha"))
		she.Patch("/api/settings", 3, `{"hosts":["mine.example"]}`).Refused(404, "request.absent")
		she.Patch("/api/settings", 3, `{"bodies":[]}`).Refused(404, "request.absent")
	}
}

func TestGroupsAreManagedOverHTTP(t *testing.T) {
	w := newTown(t)
	admin := w.As(w.Person(access.Administrator, w.Root, "Kamala"))
	var made struct {
		ID      string
		Version int64
	}
	answer := admin.Post("/api/groups", fmt.Sprintf(`{"name":{"ne":"बाँके"},"parent":%q}`, w.Root)).Wants(201)
	answer.Into(&made)
	if answer.Version() != made.Version {
		t.Errorf("version %d, ETag %d", made.Version, answer.Version())
	}
	admin.Post("/api/groups", `{"name":{"ne":"बाँके"},"parent":"grp_aaaaaaaaaaaaaaaaaaaaaaaaaa"}`).
		Refused(422, "request.invalid").Field("parent", "settings.group_unknown")
	admin.Patch("/api/groups/"+made.ID, made.Version, `{"name":{"en":"Banke"}}`).Wants(200).Contains("Banke")
	admin.Patch("/api/groups/"+made.ID, made.Version, `{"name":{"en":"Bardiya"}}`).Refused(412, "request.stale")
	admin.Get("/api/groups").Wants(200).Contains("Banke", `"version":2`)
	w.Nobody().Get("/api/organisation").Wants(200).Contains("Banke")
}

// Requirement 43: whoever administers and is nothing else gets no content, of
// anybody, at any address.
func TestAnAdministratorReachesNobodysMatters(t *testing.T) {
	w := newTown(t)
	person := w.Carry(w.First, member.Details{PaperName: "Markersita"})
	in, err := w.Members.Admit(context.Background(), w.Org, w.Root, member.Admission{
		Alias: "Kamala", Language: "ne", Consents: stage.Yes(consent.Membership), Roles: []access.Role{access.Administrator}, Waiting: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.Accounts.ActorOf(context.Background(), w.Org, in.Account)
	if err != nil {
		t.Fatal(err)
	}
	she := w.As(a)
	for _, path := range []string{
		"/api/members", "/api/members/" + person, "/api/grievances", "/api/desk", "/api/register-imports", "/api/support/slots",
		"/api/support/sessions", "/api/support/week", "/api/intakes", "/api/releases", "/api/results",
	} {
		she.Get(path).Refused(404, "request.absent").Lacks("Marker")
	}
	for _, op := range routes.Operations(routes.Table(w.nouns)) {
		if strings.HasPrefix(op.Path, "/api/grievances") || strings.HasPrefix(op.Path, "/api/members") {
			for _, r := range op.Roles {
				if r == access.Administrator {
					t.Errorf("%s is for administrators", op.ID)
				}
			}
		}
	}
}

// newborn is a house whose organisation somebody has just founded over HTTP.
func newborn(t *testing.T) (h *routestest.House, admin *routestest.Caller, s *stage.Stage) {
	t.Helper()
	s = stage.Empty(t, townSpecs()...)
	n := nounsOn(s, register.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Members, s.Clock, slog.New(slog.DiscardHandler)))
	code, err := n.Founders.NewCode(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	h = routestest.New(t, routes.Table(n), func(d *routes.Deps) {
		d.Tenant = func(ctx context.Context, _ string) (string, error) {
			if org, err := s.Orgs.ByHost(ctx, "localhost"); err == nil {
				return org, nil
			}
			return "", nil
		}
		d.Authenticate = func(ctx context.Context, tenant, host, token string) (access.Actor, error) {
			return s.Accounts.Authenticate(ctx, tenant, host, token)
		}
		d.Refused = func(ctx context.Context, a access.Actor, operation, subject string) error {
			return audit.Log{Clock: s.Clock}.WasRefused(ctx, s.Store.Org(a.Org), a, access.Action(operation), subject)
		}
		d.Clock = s.Clock
	})
	var in struct{ Handle string }
	h.Nobody().Post("/api/set-up", fmt.Sprintf(`{"organisationName":"Pipal","groupName":"All",%s`, who(code)[1:])).Wants(201).Into(&in)
	return h, enter(h, in.Handle), s
}

// who is somebody who comes in with a code.
func who(code string) string {
	return fmt.Sprintf(`{"code":%q,"alias":"Asha","language":"en","passphrase":%q,"consents":[{"purpose":"membership","version":"1","language":"en"}]}`, code, stage.Phrase)
}

// enter signs somebody in, with a new passkey where what she is asks for more
// than words.
func enter(h *routestest.House, handle string) *routestest.Caller {
	answer := h.Nobody().Post("/api/session", map[string]string{"handle": handle, "passphrase": stage.Phrase}).Wants(200)
	she := h.WithToken(answer.Token())
	if !strings.Contains(string(answer.Body), `"needs"`) {
		return she
	}
	made, _ := newPasskey(she, routestest.Host)
	return h.WithToken(give(she, "/api/factors/passkey", made).Wants(200).Lacks(`"needs"`).Token())
}

func TestTheFirstDayFromTheCodeToAClosedSetUp(t *testing.T) {
	h, admin, s := newborn(t)
	admin.Get("/api/session").Wants(200).Contains(`"member","coordinator","administrator"`)
	admin.Get("/api/setup").Wants(200).Contains(`"open":true`, `{"role":"board","state":"none","until":null}`)
	codes := map[string]string{}
	for _, role := range []string{"board", "focalPoint", "coordinator"} {
		var made struct{ Code string }
		admin.Post("/api/setup/invitations", fmt.Sprintf(`{"role":%q}`, role)).Wants(200).Into(&made)
		codes[role] = made.Code
	}
	admin.Get("/api/setup").Wants(200).Contains(`"state":"waiting"`).Lacks(codes["board"], codes["coordinator"])
	admin.Post("/api/setup/invitations", `{"role":"administrator"}`).Refused(422, "request.invalid")
	h.Nobody().Get("/api/setup").Refused(401, "session.absent")
	h.Nobody().Post("/api/invitations/take", who("AAAA-BBBB-CCCC-DDDD")).Refused(422, "request.invalid").Field("code", "setup.code_refused")
	for _, role := range []string{"board", "focalPoint", "coordinator"} {
		var in struct{ Handle, Role string }
		h.Nobody().Post("/api/invitations/take", who(codes[role])).Wants(201).Into(&in)
		if in.Role != role {
			t.Errorf("%s came in as %s", role, in.Role)
		}
		she := enter(h, in.Handle)
		she.Get("/api/session").Wants(200).Contains(fmt.Sprintf(`"roles":["member",%q]`, role))
		she.Get("/api/desk").Wants(200)
		she.Get("/api/setup").Refused(404, "request.absent")
	}
	// Everybody has come: it is closed, and what belongs to it looks absent.
	admin.Get("/api/session").Wants(200).Contains(`"roles":["member","administrator"]`)
	nothing := admin.Get("/api/there-is-no-such-thing").Wants(404)
	for _, closed := range []*routestest.Answer{
		admin.Get("/api/setup"), admin.Post("/api/setup/invitations", `{"role":"board"}`), admin.Post("/api/setup/close", nil),
	} {
		closed.Refused(404, "request.absent")
		if len(closed.Body) != len(nothing.Body) {
			t.Errorf("it can be told from what isn't there: %s", closed.Body)
		}
	}
	admin.Get("/api/members").Refused(404, "request.absent")
	org, err := s.Orgs.ByHost(context.Background(), "localhost")
	if err != nil {
		t.Fatal(err)
	}
	closings := 0
	err = audit.Entries.Each(context.Background(), s.Store.Org(org), store.Query{Index: "subject", Equal: []any{org}}, func(e *audit.Entry) error {
		for _, f := range e.Fields {
			if f == "closed" && e.Action == access.ManageSetup && e.Result == audit.Done {
				closings++
			}
		}
		return nil
	})
	if err != nil || closings != 1 {
		t.Errorf("%d closings in the trail (%v)", closings, err)
	}
	// Her pages ask whether it is open each time; what she tried on it is a refusal.
	refusedHer := []access.Action{}
	err = audit.Entries.Each(context.Background(), s.Store.Org(org), store.Query{Index: store.ChangedIndex}, func(e *audit.Entry) error {
		if e.Result == audit.Refused && e.Leading() == access.Administrator {
			refusedHer = append(refusedHer, e.Action)
		}
		return nil
	})
	if err != nil || slices.Contains(refusedHer, "readSetup") || !slices.Contains(refusedHer, access.ManageSetup) {
		t.Errorf("refused her are %v (%v)", refusedHer, err)
	}
}

func TestWhoTriesManyCodesIsSlowedDown(t *testing.T) {
	h, _, _ := newborn(t)
	slowed := false
	for range 20 {
		a := h.Nobody().Post("/api/invitations/take", who("AAAA-BBBB-CCCC-DDDD"))
		slowed = slowed || a.Status == 429
		if a.Status == 201 {
			t.Fatal("a guess was right")
		}
	}
	if !slowed {
		t.Error("twenty guesses at once")
	}
}

func TestTheNameOfAWaitingOrganisationIsProposed(t *testing.T) {
	s := stage.New(t, townSpecs()...)
	n := nounsOn(s, nil)
	if _, err := n.Founders.NewCodeFor(context.Background(), routestest.Host, organisation.Name{NE: "नयाँ संस्था"}); err != nil {
		t.Fatal(err)
	}
	h := routestest.New(t, routes.Table(n), func(d *routes.Deps) {
		d.Tenant = func(ctx context.Context, host string) (string, error) {
			if at, err := n.Founders.Open(ctx, host); err != nil || !at.Open {
				return "", access.Refused
			}
			return "", nil
		}
		d.Clock = clock.At(stage.Start)
	})
	h.Nobody().Get("/api/organisation").Wants(200).Contains(`"foundingOpen":true`, "नयाँ संस्था", `"groups":[]`).Lacks("Pipal", "Kaski")
	h.Nobody().Post("/api/invitations/take", who("AAAA-BBBB-CCCC-DDDD")).Refused(404, "request.absent")
}
