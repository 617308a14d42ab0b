package routes_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/routes"
	"chautari/routes/routestest"
)

// moveIn founds a second organisation in the same store and makes it the one
// behind the host. What was there before stays there, behind the wall.
func (w *square) moveIn() {
	w.TB.Helper()
	var err error
	w.Org, w.Root, err = w.Orgs.Found(context.Background(), organisation.Founding{
		Name: organisation.Name{EN: "Across the river"}, Hosts: []string{"river.example"}, Group: organisation.Name{EN: "All"},
	})
	if err != nil {
		w.TB.Fatal(err)
	}
	w.Coordinator = w.Person(access.Coordinator, w.Root, "Tulasi")
	w.focal, w.deputy = w.Person(access.FocalPoint, w.Root, "Nanu"), w.Person(access.Deputy, w.Root, "Hira")
	w.board = w.Person(access.Board, w.Root, "Gita")
}

// written is every document of an organisation, byte for byte.
func (w *square) written(org string) map[string]string {
	w.TB.Helper()
	docs := map[string]string{}
	err := w.Store.Engine().Snapshot(context.Background(), func(r store.Reader) error {
		for _, spec := range stage.Specs(townSpecs()...) {
			q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
			for {
				page, err := r.Find(context.Background(), spec, org, q)
				if err != nil {
					return err
				}
				for _, rec := range page.Records {
					docs[spec.Name+" "+rec.ID] = string(rec.Body)
				}
				if q.After = page.Next; page.Next == "" {
					break
				}
			}
		}
		return nil
	})
	if err != nil || len(docs) == 0 {
		w.TB.Fatalf("%d documents: %v", len(docs), err)
	}
	return docs
}

var inAddress = regexp.MustCompile(`:[a-zA-Z]+`)

// AUT-06: two organisations in one store, and those of the second try every id
// of the first at every address that takes one.
func TestNothingOfAnotherOrganisationInTheSameStoreIsReachedByItsId(t *testing.T) {
	w := newSquare(t)
	maina, junkiri := w.Person(access.PeerSupporter, w.First, "Markermaina"), w.Person(access.Member, w.First, "Markerjunkiri")
	w.As(maina).Patch("/api/support/hours", 1, sundays).Wants(200)
	made := func(a *routestest.Answer) string {
		t.Helper()
		var out struct{ ID string }
		a.Wants(201).Into(&out)
		return out.ID
	}
	ids := map[string]string{"/api/members": junkiri.Person, "/api/groups": w.First}
	ids["/api/support/sessions"] = made(w.As(junkiri).Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", maina.Person)))
	ids["/api/courses"] = made(w.As(w.Coordinator).Post("/api/courses", `{"name":{"en":"Markersewing"},"picture":"sewing"}`))
	ids["/api/intakes"] = made(w.As(w.Coordinator).Post("/api/courses/"+ids["/api/courses"]+"/intakes", winter(5, "")))
	ids["/api/enrolments"] = made(w.As(junkiri).Post("/api/intakes/"+ids["/api/intakes"]+"/apply", `{"note":"Markernote"}`))
	receipt := w.speak(w.Nobody(), "harm", "Markerwords")
	ids["/api/grievances"] = w.first(w.focal)
	ids["/api/releases"] = made(w.As(w.Coordinator).Post("/api/releases", `{"quarter":"2026-3"}`))
	her, err := w.Accounts.Who(t.Context(), junkiri)
	if err != nil {
		t.Fatal(err)
	}
	about := fmt.Sprintf(`"handle":%q,"reason":"Markerwhy"`, her.Handle.Reveal())
	ids["/api/requests"] = made(w.As(w.focal).Post("/api/requests", `{"kind":"role","role":"trainer","give":true,`+about+`}`))
	ids["/api/emergencies"] = made(w.As(w.focal).Post("/api/requests", `{"kind":"emergency",`+about+`}`))
	ids["/api/exports"] = made(w.As(w.Coordinator).Post("/api/requests", fmt.Sprintf(`{"kind":"export","group":%q,"reason":"Markerwhy"}`, w.First)))
	for _, noun := range []string{"/api/emergencies", "/api/exports"} {
		w.As(w.deputy).Post("/api/requests/"+ids[noun]+"/approve", `{}`).Wants(200)
	}
	first := w.Org

	w.moveIn()
	others := map[access.Role]access.Actor{
		access.Coordinator: w.Coordinator, access.FocalPoint: w.focal, access.Deputy: w.deputy, access.Board: w.board,
	}
	for _, role := range []access.Role{access.Member, access.PeerSupporter, access.Trainer, access.Administrator} {
		others[role] = w.Person(role, w.Root, "Kopila")
	}
	before := w.written(first)
	tried := map[string]bool{}
	for _, op := range routes.Operations(routes.Table(routes.Nouns{})) {
		noun := op.Path[:max(0, strings.Index(op.Path, "/:"))]
		id, known := ids[noun]
		if !known {
			continue
		}
		for _, role := range op.Roles {
			she, here := others[role]
			if !here {
				continue
			}
			try := func(id string) *routestest.Answer {
				path := inAddress.ReplaceAllString(op.Path, id)
				switch op.Method {
				case http.MethodGet:
					return w.As(she).Get(path)
				case http.MethodPatch:
					return w.As(she).Patch(path, 1, op.Body)
				case http.MethodDelete:
					return w.As(she).Delete(path)
				}
				return w.As(she).Post(path, op.Body)
			}
			foreign, absent := try(id), try(id[:4]+strings.Repeat("a", 26))
			foreign.Refused(404, "request.absent").Lacks("Marker")
			if len(foreign.Body) != len(absent.Body) || absent.Status != 404 {
				t.Errorf("%s as %s: what is foreign looks other than what is absent:\n%s\n%s", op.ID, role, foreign.Body, absent.Body)
			}
			tried[noun] = true
		}
	}
	for noun := range ids {
		if !tried[noun] {
			t.Errorf("nothing was tried at %s", noun)
		}
	}
	for noun, id := range ids {
		if noun == "/api/members" && len(w.Trail(id, audit.Refused)) == 0 {
			t.Error("the refusals are not in the trail")
		}
		for _, query := range []string{"?ids=" + id, "?id=" + id, "?orgId=" + first, "?organisation=" + first} {
			w.As(w.Coordinator).Get(noun+query).Lacks("Marker", id)
		}
	}
	member := w.As(others[access.Member])
	member.Get("/api/support/slots?supporter="+maina.Person).Wants(200).Lacks("Marker", `"start"`)
	member.Post("/api/support/sessions", wish("2026-11-29T05:15:00Z", maina.Person)).Refused(422, "request.invalid").Field("start", "support.no_such_slot")
	w.As(w.Coordinator).Post("/api/courses", `{"name":{"en":"Here"},"picture":"sewing"}`).Wants(201)
	w.Nobody().Post("/api/talk/open", fmt.Sprintf(`{"receipt":%q}`, receipt)).Refused(422, "request.invalid").Field("receipt", "grievance.receipt_unknown")
	for _, path := range []string{"/api/desk", "/api/members", "/api/grievances", "/api/intakes", "/api/releases", "/api/support/week", "/api/requests"} {
		for _, she := range others {
			w.As(she).Get(path).Lacks("Marker")
		}
	}
	w.As(others[access.Member]).Get("/api/courses").Wants(200).Lacks("Marker")
	if after := w.written(first); !maps.Equal(after, before) {
		t.Errorf("stored of the first are %d documents, were %d, or some of them changed", len(after), len(before))
	}
}
