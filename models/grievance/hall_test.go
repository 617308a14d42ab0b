package grievance_test

import (
	"context"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/grievance"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

var ctx = context.Background()

// hall is a stage with the readers of grievances on it.
type hall struct {
	*stage.Stage
	*grievance.Grievances
	focal, deputy, board access.Actor
}

func newHall(s *stage.Stage) *hall {
	h := &hall{Stage: s, Grievances: grievance.New(s.Store, s.Keys, s.Master, s.Orgs, s.Accounts, s.Members, s.Clock)}
	h.focal = s.Person(access.FocalPoint, s.Root, "Sarita")
	h.deputy = s.Person(access.Deputy, s.Root, "Urmi")
	h.board = s.Person(access.Board, s.Root, "Binu")
	return h
}

// each runs a test in a hall on every engine.
func each(t *testing.T, fn func(t *testing.T, h *hall)) {
	stage.Each(t, stage.Specs(grievance.Specs()...), func(t *testing.T, s *stage.Stage) { fn(t, newHall(s)) })
}

func (h *hall) nobody() access.Actor { return access.AnonymousIn(h.Org) }

// form is the token of a form that was looked at for a while.
func (h *hall) form() string {
	h.TB.Helper()
	f, err := h.Form(ctx, h.nobody())
	h.must(err)
	h.Clock.Advance(time.Minute)
	return f.Token
}

// send sends a grievance and returns its receipt and what is stored.
func (h *hall) send(c grievance.Category, text string, more ...func(*grievance.Sending)) (receipt string, doc *grievance.Grievance) {
	h.TB.Helper()
	before := h.all()
	in := grievance.Sending{Token: h.form(), Category: c, Text: text}
	for _, m := range more {
		m(&in)
	}
	sent, err := h.Send(ctx, h.nobody(), in, false)
	h.must(err)
	known := map[string]bool{}
	for _, d := range before {
		known[d.ID] = true
	}
	for _, d := range h.all() {
		if !known[d.ID] {
			return sent.Receipt, d
		}
	}
	h.TB.Fatal("nothing new is stored")
	return "", nil
}

func about(readers ...access.Actor) func(*grievance.Sending) {
	return func(in *grievance.Sending) {
		for _, r := range readers {
			in.About = append(in.About, r.Person)
		}
	}
}

func (h *hall) all() []*grievance.Grievance {
	h.TB.Helper()
	all, err := grievance.All(ctx, h.Store.Org(h.Org))
	h.must(err)
	return all
}

func (h *hall) get(id string) *grievance.Grievance {
	h.TB.Helper()
	doc, err := grievance.Get(ctx, h.Store.Org(h.Org), id)
	h.must(err)
	return doc
}

func (h *hall) must(err error) {
	h.TB.Helper()
	if err != nil {
		h.TB.Fatal(err)
	}
}

// refused demands a fault with this code, of the whole or of a field.
func (h *hall) refused(err error, code string) {
	h.TB.Helper()
	f, ok := fault.As(err)
	if !ok {
		h.TB.Fatalf("got %v, want %s", err, code)
	}
	if f.Code == code {
		return
	}
	for _, field := range f.Fields {
		if field.Code == code {
			return
		}
	}
	h.TB.Fatalf("got %v, want %s", err, code)
}

// answer has a reader answer, deciding or not.
func (h *hall) answer(a access.Actor, id, text string, decision bool) {
	h.TB.Helper()
	_, err := h.Answer(ctx, a, once.Key{}, id, grievance.Answer{Text: text, Decision: decision})
	h.must(err)
}

// giveRole gives somebody one more role.
func (h *hall) giveRole(a access.Actor, r access.Role) {
	h.TB.Helper()
	h.must(h.Store.Org(h.Org).Tx(ctx, func(tx *store.Tx) error { return account.SetRole(ctx, tx, a.Person, r, "") }))
}
