package routestest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chautari/routes"
)

// Answer is what came back. Its methods fail the test and return it, so that
// they can be written one after the other.
type Answer struct {
	Status int
	Header http.Header
	Body   string

	tb   testing.TB
	what string
}

// Wants demands a status.
func (a *Answer) Wants(status int) *Answer {
	a.tb.Helper()
	if a.Status != status {
		a.tb.Fatalf("%s: status %d, want %d: %s", a.what, a.Status, status, a.Body)
	}
	return a
}

// Refused demands a problem with this status and code.
func (a *Answer) Refused(status int, code string) *Answer {
	a.tb.Helper()
	a.Wants(status)
	if got := a.Problem().Code; got != code {
		a.tb.Fatalf("%s: code %s, want %s: %s", a.what, got, code, a.Body)
	}
	if status == http.StatusPreconditionFailed {
		a.Version() // the one that is there now, to change anew
	}
	return a
}

// Field demands that the problem names a field with this code.
func (a *Answer) Field(field, code string) *Answer {
	a.tb.Helper()
	for _, f := range a.Problem().Fields {
		if f.Field == field && f.Code == code {
			return a
		}
	}
	a.tb.Fatalf("%s: no %s at %s: %s", a.what, code, field, a.Body)
	return a
}

// Contains demands these texts in the body.
func (a *Answer) Contains(texts ...string) *Answer {
	a.tb.Helper()
	for _, text := range texts {
		if !strings.Contains(a.Body, text) {
			a.tb.Fatalf("%s: lacks %q: %s", a.what, text, a.Body)
		}
	}
	return a
}

// Lacks demands that none of these texts is in the body or a header.
func (a *Answer) Lacks(texts ...string) *Answer {
	a.tb.Helper()
	for _, text := range texts {
		if strings.Contains(a.Body, text) {
			a.tb.Fatalf("%s: contains %q: %s", a.what, text, a.Body)
		}
		for name, values := range a.Header {
			if slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, text) }) {
				a.tb.Fatalf("%s: header %s contains %q", a.what, name, text)
			}
		}
	}
	return a
}

// Into reads the body.
func (a *Answer) Into(v any) *Answer {
	a.tb.Helper()
	if err := json.Unmarshal([]byte(a.Body), v); err != nil {
		a.tb.Fatalf("%s: %v: %s", a.what, err, a.Body)
	}
	return a
}

// Problem reads the body as one.
func (a *Answer) Problem() (p routes.Problem) {
	a.tb.Helper()
	a.Into(&p)
	return p
}

// Version is what the ETag header says.
func (a *Answer) Version() int64 {
	a.tb.Helper()
	n, err := strconv.ParseInt(strings.Trim(a.Header.Get("ETag"), `"`), 10, 64)
	if err != nil {
		a.tb.Fatalf("%s: no version in ETag %q", a.what, a.Header.Get("ETag"))
	}
	return n
}

// Token is the session token that the answer sets; empty when it sets none.
func (a *Answer) Token() string {
	for _, line := range a.Header.Values("Set-Cookie") {
		if c, err := http.ParseSetCookie(line); err == nil && c.Name == "__Host-s" {
			return c.Value
		}
	}
	return ""
}

// holds checks what every answer must have.
func (a *Answer) holds() {
	a.tb.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy":      "default-src 'none'",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Strict-Transport-Security":    "max-age=",
		"Permissions-Policy":           "camera=()",
		"X-Request-Id":                 "req_",
		"Cache-Control":                "",
	} {
		if got := a.Header.Get(name); got == "" || !strings.Contains(got, want) {
			a.tb.Errorf("%s: header %s is %q", a.what, name, got)
		}
	}
	for _, name := range []string{"Server", "Access-Control-Allow-Origin", "X-Powered-By"} {
		if got := a.Header.Get(name); got != "" {
			a.tb.Errorf("%s: header %s is %q", a.what, name, got)
		}
	}
	if !strings.Contains(a.what, " /api/") {
		return
	}
	if got := a.Header.Get("Cache-Control"); got != "no-store" {
		a.tb.Errorf("%s: Cache-Control is %q", a.what, got)
	}
	if got := a.Header.Get("Content-Type"); a.Status >= 400 && got != "application/problem+json" {
		a.tb.Errorf("%s: %d as %q", a.what, a.Status, got)
	}
}

// declared checks that the code is one of those the operation names.
func (a *Answer) declared(op routes.Operation) {
	a.tb.Helper()
	if a.Body == "" {
		return
	}
	if code := a.Problem().Code; !slices.Contains(op.Problems, code) {
		a.tb.Errorf("%s: %s is not among the problems of %s", a.what, code, op.ID)
	}
}
