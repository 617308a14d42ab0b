package routes_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/routes"
)

func TestSignInSetsACookieThatOnlyThisHostSees(t *testing.T) {
	h, n := open(t)
	a := h.Nobody().Without("Idempotency-Key").Post("/api/session", `{"handle":"river","passphrase":"right"}`).Wants(200)
	line := strings.ToLower(a.Header.Get("Set-Cookie"))
	for _, part := range []string{"__host-s=fresh", "path=/", "secure", "httponly", "samesite=strict"} {
		if !strings.Contains(line, part) {
			t.Errorf("%s lacks %s", line, part)
		}
	}
	for _, part := range []string{"max-age", "expires", "domain"} {
		if strings.Contains(line, part) {
			t.Errorf("%s has %s", line, part)
		}
	}
	if call := n.last(); call.Actor.Account != "" || !call.Actor.Has(access.Anonymous) || call.Host != "sathi.example" {
		t.Errorf("the call is %+v", call)
	}
}

func TestSignOutClearsTheBrowser(t *testing.T) {
	h, _ := open(t)
	a := h.As(maya).Delete("/api/session").Wants(204)
	line := strings.ToLower(a.Header.Get("Set-Cookie"))
	if !strings.Contains(line, "__host-s=;") || !strings.Contains(line, "1970") || !strings.Contains(line, "secure") || !strings.Contains(line, "path=/") {
		t.Errorf("the cookie is %s", line)
	}
	if got := a.Header.Get("Clear-Site-Data"); got != `"cookies", "storage"` {
		t.Errorf("clears %s", got)
	}
}

func TestAnonymousRoutesLookUpNoSession(t *testing.T) {
	looked := 0
	h, n := open(t, func(d *routes.Deps) {
		inner := d.Authenticate
		d.Authenticate = func(ctx context.Context, tenant, host, token string) (access.Actor, error) {
			looked++
			return inner(ctx, tenant, host, token)
		}
	})
	h.As(maya).Post("/api/session", `{"handle":"river","passphrase":"right"}`).Wants(200)
	if looked != 0 || n.last().Actor.Account != "" {
		t.Error("the session was looked up")
	}
	h.As(maya).Get("/api/greeting").Wants(200).Contains("member")
	h.WithToken("broken").Get("/api/greeting").Wants(200).Contains("anonymous")
	h.WithToken("broken").Get("/api/session").Refused(401, "session.absent").Contains("session.absent")
	if h.WithToken("broken").Get("/api/session").Header.Get("Clear-Site-Data") == "" {
		t.Error("a session that has run out stays in the browser")
	}
	if a := h.Nobody().Get("/api/session"); a.Header.Get("Clear-Site-Data") != "" {
		t.Error("who never was signed in is cleared")
	}
}

func TestWayOutEndsTheSession(t *testing.T) {
	h, _ := open(t)
	c := h.As(maya)
	c.Head("/exit").Wants(303)
	c.Get("/api/session").Wants(200)
	c.With("Sec-Fetch-Site", "cross-site").Get("/exit").Wants(303)
	c.Get("/api/session").Wants(200)
	a := c.Get("/exit").Wants(303)
	if a.Header.Get("Clear-Site-Data") == "" || a.Header.Get("Location") != "https://weather.example/" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers are %v", a.Header)
	}
	c.Get("/api/session").Refused(401, "session.absent")
	h.Nobody().On("elsewhere.example").Get("/exit").Wants(303)
}

// Without a net the page can only say that she left with the next request that
// gets through, whoever makes it.
func TestWhoHasLeftIsSignedOutByWhateverIsAskedNext(t *testing.T) {
	for _, path := range []string{"/api/session", "/api/greeting", "/exit"} {
		h, _ := open(t)
		c := h.As(maya)
		c.Get("/api/session").Wants(200)
		a := c.HavingLeft().Get(path).Lacks("member")
		gone := strings.ToLower(strings.Join(a.Header.Values("Set-Cookie"), "\n"))
		for _, part := range []string{"__host-s=;", "__host-x=;"} {
			if !strings.Contains(gone, part) {
				t.Errorf("%s leaves %s in the browser: %s", path, part, gone)
			}
		}
		if got := a.Header.Get("Clear-Site-Data"); got != `"cookies", "storage"` {
			t.Errorf("%s clears %s", path, got)
		}
		if strings.HasSuffix(path, "session") {
			a.Refused(401, "session.absent")
		}
		c.Get("/api/session").Refused(401, "session.absent")
		c.Get("/api/greeting").Wants(200).Contains("anonymous")
	}
}

func TestSayingThatSheLeftHindersNeitherSigningOutNorComingBack(t *testing.T) {
	h, _ := open(t)
	a := h.As(maya).HavingLeft().Delete("/api/session").Wants(204)
	if got := len(a.Header.Values("Set-Cookie")); got != 2 {
		t.Errorf("signing out clears %d cookies", got)
	}
	a = h.Nobody().HavingLeft().Post("/api/session", `{"handle":"river","passphrase":"right"}`).Wants(200)
	if a.Token() != "fresh" {
		t.Error("she can't come back")
	}
	if got := h.Nobody().HavingLeft().Get("/api/greeting").Wants(200).Header; got.Get("Clear-Site-Data") != "" ||
		!strings.HasPrefix(got.Get("Set-Cookie"), "__Host-x=;") {
		t.Errorf("who never was signed in is answered with %v", got)
	}
	h.Nobody().HavingLeft().Get("/api/session").Refused(401, "session.absent")
}

func TestPaceDoublesAndNeverLocksOut(t *testing.T) {
	h, _ := open(t)
	try := func(phrase string) (status int, wait string) {
		a := h.Nobody().Post("/api/session", `{"handle":"river","passphrase":"`+phrase+`"}`)
		return a.Status, a.Header.Get("Retry-After")
	}
	try("wrong")
	try("wrong")
	for _, wait := range []int{1, 2, 4, 8, 16, 32, 60, 60, 60} {
		if status, after := try("right"); status != 429 || after != strconv.Itoa(wait) {
			t.Fatalf("%d with %q, want %ds", status, after, wait)
		}
		h.Clock.Advance(time.Duration(wait) * time.Second)
		if status, _ := try("wrong"); status != 401 {
			t.Fatalf("after the wait: %d", status)
		}
	}
	h.Clock.Advance(time.Minute)
	if status, _ := try("right"); status != 200 {
		t.Errorf("the right words are answered with %d", status)
	}
	if status, _ := try("wrong"); status != 401 {
		t.Errorf("success doesn't forgive: %d", status)
	}
}
