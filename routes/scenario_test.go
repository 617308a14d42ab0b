package routes_test

import (
	"errors"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/routes"
	"chautari/routes/routestest"
)

var errOdd = errors.New("disk is full")

var (
	sita = access.Actor{Account: "acc_sita", Person: "mem_sita", Session: "ses_1", Roles: []access.Role{access.Coordinator}}
	maya = access.Actor{Account: "acc_maya", Person: "mem_maya", Session: "ses_2", Roles: []access.Role{access.Member}}
)

func open(t testing.TB, options ...func(*routes.Deps)) (*routestest.House, *notes) {
	n := newNotes()
	return routestest.New(t, n.table(), options...), n
}

func TestAnswerCarriesItemVersionAndPlace(t *testing.T) {
	h, n := open(t)
	a := h.As(sita).Post("/api/notes", `{"text":"Bring mats","tags":["tea"]}`).Wants(201).Contains(`"id":"nte_2"`, `"phone":null`, `"tags":[]`)
	if a.Version() != 1 || a.Header.Get("Location") != "/api/notes/nte_2" {
		t.Errorf("headers are %v", a.Header)
	}
	call := n.last()
	if call.Actor.Account != "acc_sita" || call.Tenant != routestest.Org || len(call.Once.Value) < 16 || len(call.Once.Digest) != 64 {
		t.Errorf("the call is %+v", call)
	}
	h.As(sita).Patch("/api/notes/nte_2", 1, `{"text":"Bring cups"}`).Wants(200)
	h.As(sita).Patch("/api/notes/nte_2", 1, `{}`).Refused(412, "request.stale")
	h.As(sita).Delete("/api/notes/nte_2").Wants(204)
	h.As(sita).Get("/api/notes/sample").Wants(200).Contains(`"items":[]`, `"next":null`)
	h.As(sita).Post("/api/notes/nte_1/finish", nil).Wants(200)
	h.As(sita).Post("/api/notes/nte_1/finish", "{}").Wants(200)
	h.As(sita).Head("/api/notes/nte_1").Wants(200)
	h.As(sita).Get("/api/notes?limit=7").Wants(200).Contains(`"next":"next7"`)
}

func TestDigestTellsRequestsApart(t *testing.T) {
	h, n := open(t)
	key := "0123456789abcdef0123"
	digest := func(path, body string) string {
		h.As(sita).With("Idempotency-Key", key).Post(path, body)
		return n.last().Once.Digest
	}
	first := digest("/api/notes", `{"text":"a"}`)
	if digest("/api/notes", `{"text":"a"}`) != first {
		t.Error("the same request has another digest")
	}
	if digest("/api/notes", `{"text":"b"}`) == first {
		t.Error("another body has the same digest")
	}
	if digest("/api/notes/nte_1/finish", "{}") == digest("/api/notes/nte_2/finish", "{}") {
		t.Error("another address has the same digest")
	}
	key = "another-key-of-twenty"
	if digest("/api/notes", `{"text":"a"}`) == first {
		t.Error("the stored digest of a body can be guessed without the sender's key")
	}
}

func TestRefusedLooksLikeAbsent(t *testing.T) {
	h, _ := open(t)
	bodies := map[string]bool{}
	for _, a := range []*routestest.Answer{
		h.As(sita).Get("/api/notes/nte_404"),
		h.As(maya).Get("/api/notes/nte_1"),
		h.As(maya).Get("/api/no-such-thing"),
		h.Nobody().On("elsewhere.example").Get("/api/greeting"),
	} {
		a.Refused(404, "request.absent")
		bodies[strings.ReplaceAll(a.Body, a.Problem().RequestID, "")] = true
	}
	if len(bodies) != 1 {
		t.Errorf("they can be told apart: %v", bodies)
	}
}
