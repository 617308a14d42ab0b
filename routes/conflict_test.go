package routes_test

import (
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/conflict"
	"chautari/models/stage"
	"chautari/routes/routestest"
)

func TestSomebodyDeclaresAndTheFocalPointSaysWhoItIs(t *testing.T) {
	w := newSquare(t)
	maina := w.Person(access.PeerSupporter, w.First, "Maina")
	she, focal := w.As(maina), w.As(w.focal)
	she.Get("/api/conflicts").Wants(200).Contains(`"items":[]`, `"next":null`, `"asked":"2026-11-26"`)
	var made struct{ ID string }
	she.Post("/api/conflicts", map[string]string{"kind": "household", "handle": w.Handle(w.OfFirst), "words": "Marker of the house"}).
		Wants(201).Contains(`"settled"`, w.Handle(w.OfFirst), `"person":null`, `"declarer":null`, `"maySettle":false`).Lacks("Maya").Into(&made)
	she.Post("/api/conflicts", map[string]string{"kind": "relative", "words": "Marker, she sews"}).Wants(201).Contains(`"open"`, `"handle":null`).Into(&made)
	she.Post("/api/conflicts", map[string]string{"kind": "relative"}).Refused(422, "request.invalid").Field("words", "conflict.who_missing")
	she.Post("/api/conflicts", map[string]string{"kind": "friend", "words": "x"}).Wants(422)
	she.Post("/api/conflicts", map[string]string{"kind": "line", "handle": "no such person"}).Wants(422).Field("handle", "account.unknown")
	she.Post("/api/conflicts", map[string]string{"kind": "line", "handle": w.Handle(maina)}).Wants(422).Field("handle", "conflict.self")
	she.Get("/api/conflicts?of=others").Refused(404, "request.absent")
	she.Post("/api/conflicts/"+made.ID+"/settle", map[string]string{"handle": w.Handle(w.board)}).Refused(404, "request.absent")

	focal.Get("/api/conflicts").Wants(200).Contains(`"items":[]`)
	focal.Get("/api/conflicts?of=others").Wants(200).
		Contains("Marker, she sews", "Marker of the house", `"peerSupporter"`, "Maina", `"alias":"Maya"`, `"maySettle":true`, `"asked":null`).
		Lacks(w.Handle(w.OfFirst))
	focal.Get("/api/conflicts?of=others&limit=1").Wants(200).Lacks(`"next":null`)
	focal.Post("/api/conflicts/"+made.ID+"/settle", map[string]string{"handle": w.Handle(w.board)}).Wants(200).Contains(`"settled"`, "Binu")
	focal.Post("/api/conflicts/"+made.ID+"/settle", map[string]string{"handle": w.Handle(w.deputy)}).Refused(409, "conflict.settled")
	she.Get("/api/conflicts").Wants(200).Contains(`"settled"`).Lacks("Binu", `"open"`)
	she.Post("/api/conflicts/"+made.ID+"/end", `{}`).Wants(200).Contains(`"ended":"2026-11-26"`)
	she.Post("/api/conflicts/"+made.ID+"/end", `{}`).Refused(409, "conflict.ended")
	w.As(w.OfFirst).Post("/api/conflicts/"+made.ID+"/end", `{}`).Refused(404, "request.absent")
	she.Post("/api/conflicts/none", `{}`).Wants(200).Contains(`"asked":"2026-11-26"`)
	w.As(w.board).Get("/api/conflicts?of=others").Wants(200).Contains(`"items":[]`).Lacks("Marker")
	w.WantsNowhere("Marker", townSpecs()...)
}

func TestAReaderIsAskedToDeclareFirst(t *testing.T) {
	w := newSquare(t)
	w.speak(w.Nobody(), "harm", "Marker of the words")
	id := w.first(w.focal)
	w.Stage.Clock.Advance(366 * 24 * time.Hour)
	focal := w.As(w.focal)
	focal.Get("/api/grievances/"+id).Refused(409, "conflict.declare_first").Lacks("Marker")
	focal.Post("/api/grievances/"+id+"/reply", `{"text":"x"}`).Refused(409, "conflict.declare_first")
	w.As(w.deputy).Get("/api/grievances/"+id).Refused(404, "request.absent")
	focal.Post("/api/conflicts/none", `{}`).Wants(200)
	focal.Get("/api/grievances/"+id).Wants(200).Contains("Marker", `"named":0`)
}

// same demands that of what somebody is told nothing changed by an act.
func (w *square) same(who []access.Actor, more string, act func()) {
	w.TB.Helper()
	noted := func() (all []map[string]string) {
		w.Stage.Clock.Set(stage.Start.Add(4 * time.Hour))
		for _, a := range who {
			all = append(all, w.told(a, more))
		}
		return all
	}
	before := noted()
	act()
	after := noted()
	for i := range who {
		for path, was := range before[i] {
			if now := after[i][path]; now != was {
				w.TB.Errorf("%s changed for %v:\n%s\n--- was\n%s", path, who[i].Roles, now, was)
			}
		}
	}
}

// As requirement 45: whoever is declared about is told nothing other than before.
func TestWhoIsDeclaredAboutIsToldNothingOtherThanBefore(t *testing.T) {
	w := newSquare(t)
	w.speak(w.Nobody(), "harm", "one of hers")
	maina := w.Person(access.PeerSupporter, w.First, "Maina")
	trainer := w.Person(access.Trainer, w.First, "Kopila")
	w.Declare(maina, conflict.Relative, trainer) // so that there are lists to change
	member := w.Person(access.Member, w.First, "Tara")
	w.As(trainer).Post("/api/conflicts", map[string]string{"kind": "line", "words": "in words"}).Wants(201)
	for _, a := range []access.Actor{w.focal, w.Coordinator, w.OfFirst, member} {
		w.same([]access.Actor{a}, "/api/conflicts?of=others&limit=1", func() {
			for _, by := range []access.Actor{maina, w.board} {
				w.As(by).Post("/api/conflicts", map[string]string{"kind": "household", "handle": w.Handle(a)}).Wants(201)
			}
		})
	}
	w.As(w.deputy).Get("/api/conflicts?of=others").Wants(200).Contains("Sarita", "Sagun", "Maya", "Tara")
}

// Requirement 47, for whom it matters most: from her naming on she is told the same.
func TestWhoIsNamedLaterIsToldNothingOtherThanBefore(t *testing.T) {
	w := newSquare(t)
	w.speak(w.Nobody(), "harm", "Marker of the words")
	w.speak(w.Nobody(), "money", "one of the board's")
	id := w.first(w.focal)
	focal := w.As(w.focal)
	w.same([]access.Actor{w.board, w.Coordinator, w.OfFirst}, "/api/grievances/"+id, func() {
		for _, body := range []map[string]string{
			{"handle": w.Handle(w.board)}, {"person": w.Coordinator.Person}, {"handle": strings.ToUpper(w.Handle(w.OfFirst))},
		} {
			focal.Post("/api/grievances/"+id+"/name", body).Wants(204)
		}
	})
	focal.Get("/api/grievances/" + id).Wants(200).Contains(`"named":3`)
	focal.Post("/api/grievances/"+id+"/name", `{}`).Wants(422).Field("handle", "grievance.who_missing")
	focal.Post("/api/grievances/"+id+"/name", `{"handle":"no such person"}`).Wants(422).Field("handle", "account.unknown")
	focal.Post("/api/grievances/"+id+"/pass-on", `{"why":"not_mine"}`).Wants(204)
	for _, a := range []access.Actor{w.board, w.Coordinator, w.OfFirst} {
		w.reached(a, id)
	}
	// The deputy names herself: nobody is left, which the sender is told.
	w.As(w.deputy).Post("/api/grievances/"+id+"/name", map[string]string{"person": w.deputy.Person}).Wants(204)
	w.reached(w.deputy, id)
}

// reached demands that somebody gets nothing of a grievance.
func (w *square) reached(a access.Actor, id string) {
	w.TB.Helper()
	for _, answer := range []*routestest.Answer{
		w.As(a).Get("/api/grievances/" + id),
		w.As(a).Post("/api/grievances/"+id+"/name", map[string]string{"person": w.board.Person}),
		w.As(a).Post("/api/grievances/"+id+"/pass-on", `{"why":"conflict"}`),
	} {
		answer.Refused(404, "request.absent").Lacks("Marker")
	}
}

func TestASenderIsSentOutsideWhenNobodyIsLeft(t *testing.T) {
	w := newSquare(t)
	receipt := w.speak(w.Nobody(), "harm", "words", "about", []string{w.deputy.Person, w.board.Person})
	open := func() *routestest.Answer {
		return w.Nobody().Post("/api/talk/open", map[string]any{"receipt": receipt}).Wants(200)
	}
	open().Contains(`"outside":false`)
	id := w.first(w.focal)
	w.As(w.focal).Post("/api/grievances/"+id+"/name", map[string]string{"person": w.focal.Person}).Wants(204)
	w.As(w.focal).Get("/api/grievances/"+id).Refused(404, "request.absent")
	open().Contains(`"outside":true`)
}
