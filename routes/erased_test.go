package routes_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/routes"
)

// PRV-03: a woman with a meeting, a seat, a request about her and a place in a list
// that was let out erases herself. Whatever anybody who works there asks then, by
// address, by search or as a file, holds neither her names nor her number; her seat
// and her time are others', and what somebody sent without a name stays.
func TestWhoErasedHerselfIsInNoAnswerToAnybody(t *testing.T) {
	w := newWard(t)
	w.As(w.people[access.PeerSupporter]).Patch("/api/support/hours", 1, sundays).Wants(200)
	sita := w.Register("Zunkiridead", w.First, stage.WithPhone("9841777123"))
	if _, err := w.Members.Approve(t.Context(), w.Coordinator, once.Key{}, sita.Person, member.Approval{}); err != nil {
		t.Fatal(err)
	}
	sita, err := w.Accounts.ActorOf(t.Context(), w.Org, sita.Account)
	if err != nil {
		t.Fatal(err)
	}
	sita.Fresh = true
	she, next := w.As(sita), w.As(w.people[access.Member])
	version := she.Get("/api/me").Wants(200).Version()
	she.Patch("/api/me", version, `{"paperName":"Sita Paperdead","district":"kaski"}`).Wants(200)
	start := "2026-11-29T04:15:00Z"
	booking := fmt.Sprintf(`{"start":%q,"supporter":%q,"consents":[{"purpose":%q,"version":"1","language":"ne"}]}`, start, w.people[access.PeerSupporter].Person, consent.PeerName)
	she.Post("/api/support/sessions", booking).Wants(201)
	next.Post("/api/support/sessions", booking).Refused(409, "support.slot_taken")
	var course, intake struct{ ID string }
	w.by(access.Coordinator).Post("/api/courses", `{"name":{"en":"Sewing"},"picture":"sewing"}`).Wants(201).Into(&course)
	w.by(access.Coordinator).Post("/api/courses/"+course.ID+"/intakes", winter(1, `,"group":"`+w.First+`"`)).Wants(201).Into(&intake)
	she.Post("/api/intakes/"+intake.ID+"/apply", `{"note":"Notedead"}`).Wants(201).Contains("enrolled")
	next.Post("/api/intakes/"+intake.ID+"/apply", `{}`).Wants(201).Contains("waiting")
	w.asked(access.FocalPoint, fmt.Sprintf(`{"kind":"role","handle":%q,"role":"trainer","give":true,"reason":"Reasondead"}`, w.name(sita)))
	file := w.asked(access.Coordinator, w.bodies()["export"])
	w.by(access.Deputy).Post("/api/requests/"+file+"/approve", `{}`).Wants(200)
	taken := "/api/exports/" + file + "/file"
	w.by(access.Coordinator).Get(taken).Wants(200).Contains("Zunkiridead", "9841777123")

	secrets := []string{"Zunkiridead", "Paperdead", "9841777123", "Notedead", w.name(sita), sita.Person, sita.Account}
	ask := func() (held map[string][]string, answered int) {
		held = map[string][]string{}
		for role, who := range w.people {
			as := w.As(who)
			addresses := []string{taken}
			for _, op := range routes.Operations(routes.Table(w.nouns)) {
				if op.Method != http.MethodGet || op.NeverLooks() || !slices.Contains(op.Roles, role) {
					continue
				}
				id := map[string]string{"/api/intakes": intake.ID, "/api/courses": course.ID}[op.Path[:max(0, strings.Index(op.Path, "/:"))]]
				if id == "" {
					id = sita.Person
				}
				path := inAddress.ReplaceAllString(op.Path, id)
				addresses = append(addresses, path, path+"?limit=100", path+"?q=Zunkiridead", path+"?q=9841777123")
			}
			for _, address := range addresses {
				a := as.Get(address)
				if a.Status == http.StatusOK {
					answered++
				}
				for _, secret := range secrets {
					if a.Status == http.StatusOK && strings.Contains(a.Body, secret) {
						held[secret] = append(held[secret], string(role)+" "+address)
					}
				}
			}
		}
		return held, answered
	}
	before, _ := ask()
	for _, secret := range []string{"Zunkiridead", "9841777123", "Notedead", sita.Person} {
		if len(before[secret]) == 0 {
			t.Errorf("while she is there nobody reads %s, so looking for it shows nothing", secret)
		}
	}

	she.Post("/api/me/erasure", `{}`).Wants(204)
	after, answered := ask()
	if answered < 30 {
		t.Errorf("only %d were answered", answered)
	}
	for secret, where := range after {
		where = slices.DeleteFunc(where, func(at string) bool {
			// The trail keeps an id that leads to nobody.
			return strings.Contains(at, "/api/trail") && (secret == sita.Person || secret == sita.Account)
		})
		if len(where) > 0 {
			t.Errorf("%s still stands in %v", secret, where)
		}
	}
	next.Get("/api/courses").Wants(200).Contains("enrolled")
	next.Post("/api/support/sessions", booking).Wants(201)
}
