package routes_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/store"
)

// PRV-01: what is changed is named in the trail and never quoted, and no address
// changes or removes an entry, for whichever role.
func TestTheTrailNamesWhatWasChangedAndNobodyChangesTheTrail(t *testing.T) {
	w := newSquare(t)
	she := w.enter(w.handleOf(w.OfFirst))
	version := she.Get("/api/me").Wants(200).Version()
	const next, note, name = "markerphrase lamp river nine", "Markerhealth: asthma", "Sita Markername"
	she.Patch("/api/me", version, fmt.Sprintf(`{"paperName":%q}`, name)).Wants(200)
	answer := she.Post("/api/session/passphrase", words(next)).Wants(204)
	var course, intake struct{ ID string }
	w.As(w.Coordinator).Post("/api/courses", `{"name":{"en":"Sewing"},"picture":"sewing"}`).Wants(201).Into(&course)
	w.As(w.Coordinator).Post("/api/courses/"+course.ID+"/intakes", winter(5, "")).Wants(201).Into(&intake)
	w.WithToken(answer.Token()).Post("/api/intakes/"+intake.ID+"/apply", fmt.Sprintf(`{"note":%q}`, note)).Wants(201)

	fields, entries := []string{}, 0
	err := audit.Entries.Each(context.Background(), w.Store.Org(w.Org), store.Query{Index: store.ChangedIndex}, func(e *audit.Entry) error {
		if e.Account == w.OfFirst.Account {
			fields, entries = append(fields, e.Fields...), entries+1
		}
		return nil
	})
	if err != nil || entries < 3 || !strings.Contains(fmt.Sprint(fields), "paper_name") {
		t.Errorf("%d entries of hers name %v (%v)", entries, fields, err)
	}
	for _, secret := range []string{next, "markerphrase", note, "Markerhealth", name} {
		w.WantsNowhere(secret, townSpecs()...)
	}
	for _, role := range access.Roles[1:] {
		as := w.As(w.Person(role, w.Root, "Kopila"))
		for _, path := range []string{"/api/trail", "/api/trail/summary", "/api/trail/technical", "/api/alerts", "/api/me/openings"} {
			for _, sent := range []int{as.Delete(path).Status, as.Patch(path, 1, `{}`).Status, as.Post(path, `{}`).Status} {
				if sent != http.StatusMethodNotAllowed && sent != http.StatusNotFound {
					t.Errorf("%s changes something at %s: %d", role, path, sent)
				}
			}
			as.Get(path).Lacks("marker", "Marker")
		}
		for _, path := range []string{"/api/trail/aud_aaaaaaaaaaaaaaaaaaaaaaaaaa", "/api/audit"} {
			as.Delete(path).Wants(404)
			as.Patch(path, 1, `{}`).Wants(404)
		}
	}
}
