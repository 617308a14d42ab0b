package grievance_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/conflict"
	"chautari/models/grievance"
	"chautari/models/once"
	"chautari/models/stage"
)

var relations = []conflict.Kind{conflict.Named, conflict.Line, conflict.Relative, conflict.Household, conflict.Business}

// shutOut demands that an actor gets nothing of a grievance by any way there is.
func (h *hall) shutOut(t *testing.T, what string, a access.Actor, id string) {
	t.Helper()
	for way, try := range map[string]func() error{
		"reads":   func() error { _, err := h.Read(ctx, a, id); return err },
		"answers": func() error { _, err := h.Answer(ctx, a, once.Key{}, id, grievance.Answer{Text: "x"}); return err },
		"decides": func() error {
			_, err := h.Answer(ctx, a, once.Key{}, id, grievance.Answer{Text: "x", Decision: true})
			return err
		},
		"notes":  func() error { _, err := h.Note(ctx, a, once.Key{}, id, grievance.Note{Text: "x"}); return err },
		"passes": func() error { return h.PassOn(ctx, a, once.Key{}, id, grievance.NotMine) },
		"names":  func() error { return h.Name(ctx, a, once.Key{}, id, grievance.Naming{Person: h.board.Person}) },
		"closes": func() error {
			_, err := h.Close(ctx, a, once.Key{}, id, grievance.Closing{Outcome: "x", Wishes: grievance.Met, Told: true})
			return err
		},
	} {
		if err := try(); !errors.Is(err, access.Refused) {
			t.Errorf("%s: she %s it: %v", what, way, err)
		}
	}
	list, _, err := h.List(ctx, a, 25, "")
	h.must(err)
	if slices.ContainsFunc(list, func(g *grievance.Grievance) bool { return g.ID == id }) {
		t.Errorf("%s: it is in her list", what)
	}
	if w, err := h.Waiting(ctx, a); err != nil || w.Next != nil && w.Next.ID == id {
		t.Errorf("%s: it is on her desk: %v", what, err)
	}
}

// Requirement 46: whoever has one of the relations to somebody named, by her own
// word or the other's, gets it neither when it is sent nor when it goes on nor
// when it is late, and loses it when it is declared later.
func TestWhoIsTooCloseToSomebodyNamedNeverGetsIt(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		trainer := h.Person(access.Trainer, h.First, "Kopila")
		for _, kind := range relations {
			for _, theirs := range []bool{false, true} {
				by, other := h.focal, trainer
				if theirs {
					by, other = trainer, h.focal
				}
				what := fmt.Sprintf("%s, declared by whom is named: %v", kind, theirs)
				_, before := h.send(grievance.Discrimination, words, about(trainer))
				if before.Handler != h.focal.Person {
					t.Fatalf("%s: before, it lies with %s", what, before.Handler)
				}
				id := h.Declare(by, kind, other)
				h.shutOut(t, what+", declared later", h.focal, before.ID)
				_, doc := h.send(grievance.Discrimination, words, about(trainer))
				if doc.Handler != h.deputy.Person {
					t.Errorf("%s: it goes to %s", what, doc.Handler)
				}
				h.shutOut(t, what, h.focal, doc.ID)
				// Money goes to the board first, and then past the focal point.
				_, money := h.send(grievance.Money, words, about(trainer))
				h.must(h.PassOn(ctx, h.board, once.Key{}, money.ID, grievance.NotMine))
				if got := h.get(money.ID).Handler; got != h.deputy.Person {
					t.Errorf("%s: passed on, it goes to %s", what, got)
				}
				_, late := h.send(grievance.Money, words, about(trainer))
				h.Clock.Advance(5 * 24 * time.Hour)
				_, err := h.Climb(ctx, h.Org, 100)
				h.must(err)
				if got := h.get(late.ID).Handler; got != h.deputy.Person {
					t.Errorf("%s: late, it goes to %s", what, got)
				}
				if got := h.get(before.ID).Handler; got != h.deputy.Person {
					t.Errorf("%s: what she had stays with %s", what, got)
				}
				_, err = h.Conflicts.End(ctx, by, once.Key{}, id)
				h.must(err)
			}
		}
	})
}

// Requirement 46, the line: a coordinator doesn't read what names staff of the
// groups she looks after.
func TestACoordinatorDoesNotReadWhatNamesStaffOfHerGroups(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		for name, c := range map[string]struct {
			named access.Actor
			to    string
		}{
			"nobody of the staff":          {h.Person(access.Member, h.First, "Tara"), h.Coordinator.Person},
			"a coordinator below her":      {h.OfFirst, h.focal.Person},
			"a supporter of a group below": {h.Person(access.PeerSupporter, h.First, "Maina"), h.focal.Person},
			"a trainer of her own group":   {h.Person(access.Trainer, h.Root, "Kopila"), h.focal.Person},
			"the liaison, who has none":    {h.Person(access.Liaison, h.Root, "Ingrid"), h.Coordinator.Person},
		} {
			if _, doc := h.send(grievance.Service, words, about(c.named)); doc.Handler != c.to {
				t.Errorf("%s: it lies with %s", name, doc.Handler)
			}
		}
		// And the other way: whoever answers to whom is named doesn't either.
		both := h.Person(access.Deputy, h.Second, "Asha")
		h.TakeRole(h.deputy, access.Deputy)
		h.giveRole(both, access.PeerSupporter)
		_, doc := h.send(grievance.Harm, words, about(h.Coordinator, h.focal))
		if doc.Handler != h.board.Person {
			t.Errorf("it lies with %s, who answers to whom is named", doc.Handler)
		}
	})
}

// Requirement 48, over every set of named people and graphs of declarations: a
// free reader has it, at each step on, or the sender is told to go elsewhere.
func TestWhoeverIsNamedAndDeclaredAFreeReaderHasItOrItIsTold(t *testing.T) {
	h := newHall(stage.New(t, grievance.Specs()...))
	readers := []access.Actor{h.Coordinator, h.focal, h.deputy, h.board}
	people := append(slices.Clone(readers), h.Person(access.Trainer, h.First, "Kopila"), h.OfFirst)
	staff := []string{people[4].Person, people[5].Person}
	handles := map[string]string{}
	for _, a := range people {
		handles[a.Person] = h.Handle(a)
	}
	rapid.Check(t, func(t *rapid.T) {
		type edge struct{ by, about int }
		edges := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) edge {
			by := rapid.IntRange(0, len(people)-1).Draw(t, "by")
			return edge{by, (by + rapid.IntRange(1, len(people)-1).Draw(t, "about")) % len(people)}
		}), 0, 6, func(e edge) edge { return e }).Draw(t, "declared")
		bits := rapid.IntRange(0, 1<<len(people)-1).Draw(t, "named")
		c := rapid.SampledFrom(grievance.Categories).Draw(t, "category")
		var ids []string
		for _, e := range edges {
			r, err := h.Conflicts.Declare(ctx, people[e.by], once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: handles[people[e.about].Person]})
			if err != nil {
				h.refused(err, "conflict.full")
				ids = append(ids, "")
				continue
			}
			ids = append(ids, r.ID)
		}
		defer func() {
			for i, e := range edges {
				if ids[i] != "" {
					_, err := h.Conflicts.End(ctx, people[e.by], once.Key{}, ids[i])
					h.must(err)
				}
			}
		}()
		var named []access.Actor
		for i, a := range people {
			if bits&(1<<i) != 0 {
				named = append(named, a)
			}
		}
		free := map[string]bool{}
		for i, r := range readers {
			ok := !(c.Sensitive() && i == 0)
			for _, n := range named {
				if n.Person == r.Person || i == 0 && slices.Contains(staff, n.Person) {
					ok = false
				}
			}
			for j, e := range edges {
				x, y := people[e.by].Person, people[e.about].Person
				for _, n := range named {
					if ids[j] != "" && (x == r.Person && y == n.Person || y == r.Person && x == n.Person) {
						ok = false
					}
				}
			}
			if ok {
				free[r.Person] = true
			}
		}
		known := len(h.all())
		in := grievance.Sending{Token: h.form(), Category: c, Text: "x"}
		about(named...)(&in)
		_, err := h.Send(ctx, h.nobody(), in, false)
		if len(free) == 0 {
			h.refused(err, "grievance.nobody_free")
			if len(h.all()) != known {
				t.Fatal("what nobody can read is kept")
			}
			return
		}
		h.must(err)
		doc := h.newest(in)
		for had := 1; ; had++ {
			doc = h.get(doc.ID)
			if !free[doc.Handler] {
				t.Fatalf("it lies with somebody who isn't free, after %d", had)
			}
			i := slices.IndexFunc(readers, func(a access.Actor) bool { return a.Person == doc.Handler })
			if _, err := h.Read(ctx, readers[i], doc.ID); err != nil {
				t.Fatal(err)
			}
			if err := h.PassOn(ctx, readers[i], once.Key{}, doc.ID, grievance.NotMine); err != nil {
				h.refused(err, "grievance.nobody_next")
				if had != len(free) {
					t.Fatalf("it went through %d hands of %d", had, len(free))
				}
				return
			}
		}
	})
}

// newest is the last that was stored of those that are like a form.
func (h *hall) newest(in grievance.Sending) *grievance.Grievance {
	h.TB.Helper()
	sent, err := h.Send(ctx, h.nobody(), in, false) // the same again: it gives the same receipt
	h.must(err)
	thread, err := h.Open(ctx, h.nobody(), sent.Receipt, true)
	h.must(err)
	if thread.Outside {
		h.TB.Fatal("its sender is told that nobody reads it")
	}
	doc, err := h.ByReceipt(ctx, h.Org, sent.Receipt)
	h.must(err)
	return doc
}

// Requirement 47: from the naming on she sees nothing, at each way there is, of
// it and of what was sent later about the same.
func TestNamingSomebodyLaterCutsHerOffAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		receipt, doc := h.send(grievance.Service, words)
		later := func(in *grievance.Sending) { in.Earlier = receipt }
		second, below := h.send(grievance.Harm, "more", later)
		_, deep := h.send(grievance.Harm, "and more", func(in *grievance.Sending) { in.Earlier = second })
		if doc.Handler != h.Coordinator.Person || below.Handler != h.focal.Person {
			t.Fatalf("they lie with %s and %s", doc.Handler, below.Handler)
		}
		h.must(h.Name(ctx, h.Coordinator, once.Key{}, doc.ID, grievance.Naming{Handle: h.Handle(h.focal)}))
		for _, id := range []string{below.ID, deep.ID} {
			h.shutOut(t, "what was sent about the same", h.focal, id)
		}
		n, err := h.Climb(ctx, h.Org, 100)
		h.must(err)
		if n == 0 || h.get(below.ID).Handler != h.deputy.Person {
			t.Errorf("%d went on; it lies with %s", n, h.get(below.ID).Handler)
		}
		h.must(h.PassOn(ctx, h.Coordinator, once.Key{}, doc.ID, grievance.NotMine))
		if got := h.get(doc.ID).Handler; got != h.deputy.Person {
			t.Errorf("it went on to %s", got)
		}
		if got := len(h.Trail(h.focal.Person, audit.Done)); got != h.doneBefore(h.focal) {
			t.Errorf("she finds it in the trail: %d entries", got)
		}
	})
}

// doneBefore is how many entries are about somebody from her coming in alone.
func (h *hall) doneBefore(a access.Actor) (n int) {
	h.TB.Helper()
	for _, e := range h.Trail(a.Person, audit.Done) {
		if e.Action == access.SendRegistration {
			n++
		}
	}
	return n
}

func TestAReaderWhoIsNamedLaterHandsItOnWithThat(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		receipt, doc := h.send(grievance.Harm, words)
		h.must(h.Name(ctx, h.focal, once.Key{}, doc.ID, grievance.Naming{Person: h.focal.Person}))
		h.shutOut(t, "named by herself", h.focal, doc.ID)
		if got := h.get(doc.ID); got.Handler != h.deputy.Person || got.Entries[len(got.Entries)-1].By != grievance.ByMove {
			t.Errorf("it lies with %s", got.Handler)
		}
		// The deputy notes somebody to whom she stands too close: the same.
		trainer := h.Person(access.Trainer, h.First, "Kopila")
		h.Declare(trainer, conflict.Household, h.deputy)
		h.must(h.Name(ctx, h.deputy, once.Key{}, doc.ID, grievance.Naming{Handle: h.Handle(trainer)}))
		h.shutOut(t, "too close to whom she named", h.deputy, doc.ID)
		if got := h.get(doc.ID).Handler; got != h.board.Person {
			t.Errorf("it lies with %s", got)
		}
		if thread, err := h.Open(ctx, h.nobody(), receipt, true); err != nil || thread.Outside {
			t.Errorf("the sender is told that nobody reads it: %v", err)
		}
		// With the last one named nobody is left, and the sender learns that.
		h.must(h.Name(ctx, h.board, once.Key{}, doc.ID, grievance.Naming{Person: h.board.Person}))
		h.shutOut(t, "the last one", h.board, doc.ID)
		if thread, err := h.Open(ctx, h.nobody(), receipt, true); err != nil || !thread.Outside {
			t.Errorf("the sender isn't told that nobody reads it: %v", err)
		}
		if n, err := h.Climb(ctx, h.Org, 100); n != 0 || err != nil {
			t.Errorf("%d went on to nobody: %v", n, err)
		}
	})
}

func TestNamingIsCheckedAndDoneOnce(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Harm, words)
		name := func(in grievance.Naming) error { return h.Name(ctx, h.focal, once.Key{}, doc.ID, in) }
		h.refused(name(grievance.Naming{Handle: " "}), "grievance.who_missing")
		h.refused(name(grievance.Naming{Handle: "no such person"}), "account.unknown")
		k := once.Key{Value: "0123456789abcdef0123", Digest: "d"}
		for range 2 {
			h.must(h.Name(ctx, h.focal, k, doc.ID, grievance.Naming{Person: h.board.Person}))
		}
		h.must(name(grievance.Naming{Person: h.board.Person}))
		if got := h.get(doc.ID); len(got.Named) != 1 || len(got.Apart) != 1 || got.Version != 3 {
			t.Errorf("%+v", got)
		}
		h.answer(h.focal, doc.ID, "decided", true)
		_, err := h.Close(ctx, h.focal, once.Key{}, doc.ID, grievance.Closing{Outcome: "x", Wishes: grievance.Met, Told: true})
		h.must(err)
		h.refused(name(grievance.Naming{Person: h.deputy.Person}), "grievance.closed")
		if err := h.Name(ctx, h.deputy, once.Key{}, doc.ID, grievance.Naming{Person: h.focal.Person}); !errors.Is(err, access.Refused) {
			t.Errorf("somebody in whose hands it isn't names: %v", err)
		}
	})
}

// Requirement 46: before she handles anything, a reader says to whom she is too close.
func TestAReaderDeclaresBeforeSheReads(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Harm, words)
		today := h.Clock.Now()
		h.Clock.Set(today.AddDate(1, 0, 1))
		ways := map[string]func() error{
			"reads": func() error { _, err := h.Read(ctx, h.focal, doc.ID); return err },
			"answers": func() error {
				_, err := h.Answer(ctx, h.focal, once.Key{}, doc.ID, grievance.Answer{Text: "x"})
				return err
			},
			"notes": func() error {
				_, err := h.Note(ctx, h.focal, once.Key{}, doc.ID, grievance.Note{Text: "x"})
				return err
			},
			"names": func() error {
				return h.Name(ctx, h.focal, once.Key{}, doc.ID, grievance.Naming{Person: h.board.Person})
			},
		}
		for way, try := range ways {
			if err := try(); !errors.Is(err, conflict.ErrFirst) {
				t.Errorf("a year after her last word she %s it: %v", way, err)
			}
		}
		if _, err := h.Read(ctx, h.deputy, doc.ID); !errors.Is(err, access.Refused) {
			t.Errorf("who may not read it gets another answer than that: %v", err)
		}
		if len(h.Trail(doc.ID, audit.Read)) != 0 {
			t.Error("a reading is in the trail")
		}
		h.must(h.Conflicts.SayNone(ctx, h.focal, once.Key{}))
		for way, try := range ways {
			if err := try(); err != nil {
				t.Errorf("she %s it: %v", way, err)
			}
		}
	})
}

func TestWhoDeclaresNothingStillPassesOn(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Harm, words)
		h.Clock.Set(h.Clock.Now().AddDate(2, 0, 0))
		h.must(h.PassOn(ctx, h.focal, once.Key{}, doc.ID, grievance.Conflict))
	})
}

// Nothing comes into somebody's hands once it was acknowledged that she is too
// close to whom it names, however many send at that moment.
func TestNothingComesIntoHerHandsAfterTheDeclaration(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		trainer := h.Person(access.Trainer, h.First, "Kopila")
		in := conflict.Declaring{Kind: conflict.Household, Handle: h.Handle(trainer)}
		var forms []grievance.Sending
		for range 12 {
			sending := grievance.Sending{Token: h.form(), Category: grievance.Harm, Text: words}
			about(trainer)(&sending)
			forms = append(forms, sending)
		}
		hers := func() (n int) {
			for _, doc := range h.all() {
				if doc.Handler == h.focal.Person {
					n++
				}
			}
			return n
		}
		var running sync.WaitGroup
		for _, f := range forms {
			running.Go(func() {
				if _, err := h.Send(ctx, h.nobody(), f, false); err != nil {
					t.Error(err)
				}
			})
		}
		_, err := h.Conflicts.Declare(ctx, h.focal, once.Key{}, in)
		h.must(err)
		before := hers()
		running.Wait()
		if after := hers(); after != before {
			t.Errorf("%d came into her hands afterwards", after-before)
		}
		if len(h.all()) != len(forms) {
			t.Errorf("%d of %d were taken in", len(h.all()), len(forms))
		}
	})
}
