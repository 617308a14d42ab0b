package routes_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/routes"
	"chautari/routes/routestest"
)

// refusals gathers what is noted.
type refusals struct {
	mu  sync.Mutex
	all []string
}

func (r *refusals) note(_ context.Context, a access.Actor, operation, subject string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, fmt.Sprintf("%s %s %s", a.Account, operation, subject))
	return nil
}

func (r *refusals) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.all
	r.all = nil
	return was
}

// Each route called in each role that it isn't for leaves one entry, with the
// operation's name; called by nobody, none.
func TestEveryRefusalAtTheDoorIsInTheTrail(t *testing.T) {
	var seen refusals
	table := routes.Table(routes.Nouns{})
	h := routestest.New(t, table, func(d *routes.Deps) { d.Refused = seen.note })
	tried := 0
	for _, op := range routes.Operations(table) {
		if op.Open() {
			continue
		}
		for _, role := range access.Roles[1:] {
			if slices.Contains(op.Roles, role) {
				continue
			}
			h.As(access.Actor{Account: "acc_stranger", Person: "mem_stranger", Session: "ses_stranger", Roles: []access.Role{role}}).Example(op)
			if got := seen.take(); len(got) != 1 || got[0] != "acc_stranger "+op.ID+" " {
				t.Errorf("%s as %s: %v", op.ID, role, got)
			}
			tried++
		}
		h.Nobody().Example(op)
		if got := seen.take(); len(got) != 0 {
			t.Errorf("%s as nobody: %v", op.ID, got)
		}
	}
	if tried < 200 {
		t.Errorf("only %d were tried", tried)
	}
}

// Whatever a noun answers, a refusal is noted once: by the noun, which knows
// more, or at the door. What only wants a proof, or isn't well said, is none.
func TestEveryRefusalOfANounIsInTheTrailOnce(t *testing.T) {
	noted := func() error {
		return errors.Join(access.Refused, audit.ErrNoted)
	}
	for _, c := range []struct {
		name string
		err  error
		want int
		code int
	}{
		{"refused", access.Refused, 1, http.StatusNotFound},
		{"refused, deeper", fmt.Errorf("noun: %w", access.Refused), 1, http.StatusNotFound},
		{"refused and noted", noted(), 0, http.StatusNotFound},
		{"too many", &fault.Error{Kind: fault.TooMany, Code: audit.TooMany}, 1, http.StatusTooManyRequests},
		{"unproved", access.Unproved, 0, http.StatusForbidden},
		{"invalid", fault.Of("request.invalid", fault.At("name", "field.required")), 0, http.StatusUnprocessableEntity},
		{"well", nil, 0, http.StatusNoContent},
	} {
		var seen refusals
		table := []routes.Endpoint{routes.Route[idIn, routes.Nothing]{
			Method: http.MethodGet, Path: "/api/things/:id", ID: "readThing", Tag: "things", Summary: "A thing.",
			Roles: routes.Everybody, ExampleIn: idIn{ID: "thg_1"}, Problems: []string{audit.TooMany, access.Unproved.Code},
			Do: func(context.Context, *routes.Call, idIn) (routes.Nothing, error) { return routes.Nothing{}, c.err },
		}}
		h := routestest.New(t, table, func(d *routes.Deps) { d.Refused = seen.note })
		h.As(maya).Get("/api/things/thg_7").Wants(c.code)
		got := seen.take()
		if len(got) != c.want || c.want == 1 && got[0] != "acc_maya readThing thg_7" {
			t.Errorf("%s: %v", c.name, got)
		}
		h.As(maya).Get("/api/things/Sita-of-Kaski").Wants(c.code)
		for _, entry := range seen.take() {
			if entry != "acc_maya readThing " {
				t.Errorf("%s: what was typed is noted: %s", c.name, entry)
			}
		}
		h.Nobody().Get("/api/things/thg_7").Wants(c.code)
		if got := seen.take(); len(got) != 0 {
			t.Errorf("%s, by nobody: %v", c.name, got)
		}
	}
}

type idIn struct {
	ID string `path:"id" json:"-" validate:"max=40"`
}
