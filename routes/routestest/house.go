// Package routestest lets tests call routes as somebody and say what must and
// must not come back, and sweeps a whole table for who may call what and for
// how it takes bad input. It belongs to tests only.
package routestest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"chautari/models/access"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/routes"
)

// Org is the organisation whose host is Host.
const (
	Org  = "org_test"
	Host = "sathi.example"
)

// House is an application under test. Whoever a test calls as is signed in by
// a token of the House's own; everything behind the routes is real.
type House struct {
	App   *fiber.App
	Clock *clock.Fake

	tb  testing.TB
	ops []operation

	mu     sync.Mutex
	actors map[string]access.Actor
	ended  map[string]bool
}

type operation struct {
	routes.Operation
	matches func(path string) bool
}

// New builds the application of a table. Each option may change what the frame gets.
func New(tb testing.TB, table []routes.Endpoint, options ...func(*routes.Deps)) *House {
	tb.Helper()
	h := &House{
		tb: tb, Clock: clock.At(time.Date(2026, 11, 26, 8, 34, 10, 0, time.UTC)),
		actors: map[string]access.Actor{}, ended: map[string]bool{},
	}
	deps := routes.Deps{
		Tenant:       h.tenant,
		Authenticate: h.authenticate,
		EndSession:   h.end,
		ExitTo:       "https://weather.example/",
		Clock:        h.Clock,
		Log:          slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	for _, option := range options {
		option(&deps)
	}
	h.App = routes.New(deps, table)
	for _, op := range routes.Operations(table) {
		pattern := regexp.MustCompile(`:[a-zA-Z]+`).ReplaceAllString(regexp.QuoteMeta(op.Path), `[^/]+`)
		h.ops = append(h.ops, operation{op, regexp.MustCompile("^" + pattern + "$").MatchString})
	}
	return h
}

func (h *House) tenant(_ context.Context, host string) (string, error) {
	if host != Host {
		return "", fault.New(fault.Absent, "organisation.unknown_host")
	}
	return Org, nil
}

func (h *House) authenticate(_ context.Context, _, _, token string) (access.Actor, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a, ok := h.actors[token]
	if !ok || h.ended[token] {
		return access.Actor{}, fault.New(fault.Unauthenticated, "session.absent")
	}
	return a, nil
}

func (h *House) end(_ context.Context, _, _, token string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended[token] = true
	return nil
}

// As is a caller who is signed in as a. An actor without organisation is of Org.
func (h *House) As(a access.Actor) *Caller {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a.Org == "" {
		a.Org = Org
	}
	token := fmt.Sprintf("token-%d", len(h.actors)+1)
	h.actors[token] = a
	c := h.Nobody()
	c.token = token
	return c
}

// Nobody is a caller without a session.
func (h *House) Nobody() *Caller {
	return &Caller{house: h, tb: h.tb, host: Host, headers: http.Header{}}
}

// WithToken is a caller who brings this cookie, good or bad.
func (h *House) WithToken(token string) *Caller {
	c := h.Nobody()
	c.token = token
	return c
}

// operation finds the declaration behind a request.
func (h *House) operation(method, path string) (routes.Operation, bool) {
	var found routes.Operation
	for _, op := range h.ops {
		if op.Method == method && op.matches(path) {
			if op.Path == path {
				return op.Operation, true
			}
			found = op.Operation
		}
	}
	return found, found.ID != ""
}

func mustJSON(tb testing.TB, v any) []byte {
	tb.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}
