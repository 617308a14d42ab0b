package main

import (
	"net/http"
	"testing"

	"chautari/models/access"
	"chautari/models/clock"
	"chautari/models/once"
)

// Requirement 32 over HTTP, as it goes in an office: she stands before two people,
// chooses new words, and what was there before opens again with her own code.
func TestTwoPeopleLetSomebodyInAgainAndHerCodeOpensTheRest(t *testing.T) {
	w := newTwins(t, clock.At(twinDay))
	handle := w.admit(access.Member, w.group, "Junkiri")
	staff := map[access.Role]*caller{}
	for _, r := range []access.Role{access.Coordinator, access.FocalPoint} {
		c := w.enter(w.admit(r, w.group, "Of "+string(r)))
		w.must(w.a.nouns.Conflicts.SayNone(ctx, c.who, once.Key{}))
		staff[r] = c
	}
	she := w.enter(handle)
	own := she.post(w.atA, "/api/me/recovery-code", nil).wants(http.StatusOK).json["code"].(string)
	ready := she.get(w.atA, "/api/me/recovery").wants(http.StatusOK)
	if !ready.shows(`"codeMade":"2026-11-26"`) || !ready.shows(`"byStaff":true`) || ready.etag() == "" {
		t.Errorf("ready: %s %s", ready.body, ready.tag)
	}
	told := staff[access.Coordinator].get(w.atA, "/api/members/"+she.who.Person+"/handle").wants(http.StatusOK)
	if told.json["handle"] != handle {
		t.Errorf("told %s", told.body)
	}
	w.second()

	asked := staff[access.Coordinator].post(w.atA, "/api/recoveries", map[string]string{"person": she.who.Person}).wants(http.StatusCreated)
	address := "/api/requests/" + asked.json["id"].(string) + "/approve"
	staff[access.Coordinator].post(w.atA, address, nil).wants(http.StatusNotFound)
	approved := staff[access.FocalPoint].post(w.atB, address, nil).wants(http.StatusOK)
	code := approved.json["handOver"].(map[string]any)["code"].(string)
	if approved.json["kind"] != "recovery" || asked.shows("handOver") {
		t.Errorf("%s, and before %s", approved.body, asked.body)
	}

	anybody := &caller{TB: w}
	comes := func(handle, code string) answer {
		t.Helper()
		return anybody.post(w.atB, "/api/recovery", map[string]string{"handle": handle, "code": code, "passphrase": otherPhrase})
	}
	unknown, wrong := comes("river-lamp-seven", code), comes(handle, "K7QM-2XPA-9RTC-WZ4H")
	unknown.wantsCode(http.StatusUnauthorized, "recovery.wrong")
	wrong.wantsCode(http.StatusUnauthorized, "recovery.wrong")
	if len(unknown.body) != len(wrong.body) {
		t.Errorf("%s and %s", unknown.body, wrong.body)
	}
	comes(handle, code).wants(http.StatusNoContent)
	comes(handle, code).wantsCode(http.StatusUnauthorized, "recovery.wrong")
	she.get(w.atA, "/api/me").wants(http.StatusUnauthorized)

	token, _, err := w.a.nouns.Accounts.SignIn(ctx, w.org, "localhost", handle, otherPhrase)
	w.must(err)
	she = &caller{TB: w, token: token}
	if me := she.get(w.atA, "/api/me").wants(http.StatusOK); !me.shows(`"closed":{"until":"2026-12-03T`) || me.shows("Junkiri") {
		t.Errorf("her page: %s", me.body)
	}
	closed := she.get(w.atB, "/api/me/openings")
	closed.wantsCode(http.StatusForbidden, access.HeldCode)
	if !closed.shows(`"day":"2026-12-03"`) {
		t.Errorf("closed: %s", closed.body)
	}
	she.get(w.atA, "/api/support/sessions").wants(http.StatusOK)
	alerts := staff[access.FocalPoint].get(w.atA, "/api/alerts").wants(http.StatusOK)
	if !alerts.shows("let_back_in") {
		t.Errorf("alerts: %s", alerts.body)
	}

	she.post(w.atB, "/api/me/recovery/open", map[string]string{"code": own}).wants(http.StatusNoContent)
	if me := she.get(w.atA, "/api/me").wants(http.StatusOK); me.shows(`"closed"`) || !me.shows("Junkiri") {
		t.Errorf("open again: %s", me.body)
	}
	openings := she.get(w.atA, "/api/me/openings").wants(http.StatusOK)
	for _, what := range []string{`"letBackIn"`, `"readHandle"`, `"coordinator"`, `"focalPoint"`} {
		if !openings.shows(what) {
			t.Errorf("no %s in %s", what, openings.body)
		}
	}
}
