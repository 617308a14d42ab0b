package routes_test

import (
	"context"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/rights"
	"chautari/models/stage"
	"chautari/routes"
)

// rightsOn has every noun of a stage answer for what it holds.
func rightsOn(s *stage.Stage, n routes.Nouns) *rights.Rights {
	return rights.New(
		s.Store, s.Keys, s.Orgs, s.Members, s.Clock,
		rights.Part{Name: "trail", Holder: audit.Kept{Now: s.Clock.Now}},
		rights.Part{Name: "oldLists", Holder: n.Registers},
		rights.Part{Name: "requests", Holder: n.Approvals},
		rights.Part{Name: "meetings", Holder: n.Support},
		rights.Part{Name: "messages", Holder: n.Notices},
		rights.Part{Name: "training", Holder: n.Courses},
		rights.Part{Name: "grievances", Holder: n.Grievances},
		rights.Part{Name: "figures", Holder: n.Reports},
		rights.Part{Name: "declarations", Holder: n.Conflicts},
		rights.Part{Name: "account", Holder: n.Accounts},
		rights.Part{Name: "consents", Holder: consent.Kept{Store: s.Store}},
		rights.Part{Name: "person", Holder: n.Members},
	)
}

// She corrects, restricts, takes away and erases what is hers, each as far as
// her proof is fresh.
func TestSheHasHerRightsInHerOwnHands(t *testing.T) {
	w := newTown(t)
	in, err := w.Members.Admit(context.Background(), w.Org, w.First, member.Admission{
		Alias: "Markeralias", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership), Roles: []access.Role{access.Member},
	})
	if err != nil {
		t.Fatal(err)
	}
	handle := in.Handle.Reveal()
	a, err := w.Accounts.ActorOf(context.Background(), w.Org, in.Account)
	if err != nil {
		t.Fatal(err)
	}
	she := w.enter(handle)

	version := she.Get("/api/me").Wants(200).Contains(`"restricted":false`).Version()
	changed := she.Patch("/api/me", version, `{"phone":"९८४१०००००५","paperName":"Sita Markername","district":"kaski","birth":{"precision":"year","bsYear":2048}}`).
		Wants(200).Contains("+9779841000005", "Sita Markername", `"Kaski"`)
	version = changed.Version()
	she.Patch("/api/me", version, `{"phone":"12","district":"Atlantis","alias":null}`).Wants(422).Contains("phone.invalid", "field.district_unknown")
	she.Patch("/api/me", version, `{"birth":{"precision":"year","bsYear":null}}`).Wants(400).Contains("field.null")
	gone := she.Patch("/api/me", version, `{"paperName":null,"birth":null}`).Wants(200).Lacks("Markername", "2048")
	if gone.Version() == version {
		t.Error("nothing was changed")
	}

	file := she.Get("/api/me/everything").Wants(200).Contains("Markeralias", "+9779841000005", handle)
	for name, want := range map[string]string{
		"Content-Type": "application/json", "Content-Disposition": `attachment; filename="mine.json"`, "Cache-Control": "no-store",
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got := file.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	page := she.Get("/api/me/everything?as=page").Wants(200).Contains("<!doctype html>", `lang="ne"`, "Markeralias", "<title>चौतारी</title>").Lacks("<script", "<link", "href")
	if got := page.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/html") {
		t.Errorf("the page is %q", got)
	}
	she.Get("/api/me/everything?as=page&language=en").Wants(200).Contains(`lang="en"`)
	she.Get("/api/me/everything?as=page&language=xx").Wants(422)
	she.Get("/api/me/everything?as=pdf").Wants(422)

	she.Post("/api/me/restriction", `{"on":true}`).Wants(200).Contains(`"restricted":true`)
	coordinator := w.As(w.Coordinator)
	coordinator.Get("/api/members/" + a.Person).Wants(404)
	coordinator.Get("/api/members").Wants(200).Lacks("Markeralias", a.Person)
	she.Post("/api/me/restriction", `{"on":false}`).Wants(200).Contains(`"restricted":false`)
	coordinator.Get("/api/members").Wants(200).Contains("Markeralias")

	var ahead struct {
		Stays          []struct{ What, Why string }
		KeysBackupDays int
		MayErase       bool
	}
	she.Get("/api/me/erasure").Wants(200).Into(&ahead)
	if !ahead.MayErase || ahead.KeysBackupDays != 14 || len(ahead.Stays) < 4 {
		t.Errorf("ahead of her is %+v", ahead)
	}
	// Her proof grows old: to look she may, to take away and to erase not.
	w.later(12, she)
	she.Get("/api/me/erasure").Wants(200)
	she.Get("/api/me/everything").Wants(403).Contains("session.proof_needed").Lacks("Markeralias")
	she.Post("/api/me/erasure", `{}`).Wants(403).Contains("session.proof_needed")
	she = w.prove(she)
	she.Post("/api/me/erasure", `{}`).Wants(204)
	she.Get("/api/me").Wants(401)
	coordinator.Get("/api/members").Wants(200).Lacks("Markeralias", a.Person)
	w.Nobody().Without("Idempotency-Key").Post("/api/session", `{"handle":"`+handle+`","passphrase":"`+stage.Phrase+`"}`).Wants(401)
	if _, err := account.Get(context.Background(), w.Store.Org(w.Org), a.Account); err == nil {
		t.Error("her account is there")
	}
}
