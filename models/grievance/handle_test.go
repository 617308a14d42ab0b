package grievance_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/grievance"
	"chautari/models/once"
	"chautari/models/stage"
)

func TestAReaderAnswersDecidesAndCloses(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		receipt, doc := h.send(grievance.Money, words, func(in *grievance.Sending) { in.Name = "Kopila" })
		closing := grievance.Closing{Outcome: "paid back", Wishes: grievance.Met, Told: true}
		_, err := h.Close(ctx, h.board, once.Key{}, doc.ID, closing)
		h.refused(err, "grievance.not_decided")
		_, err = h.Answer(ctx, h.board, once.Key{}, doc.ID, grievance.Answer{Text: " "})
		h.refused(err, "grievance.text_missing")
		h.answer(h.board, doc.ID, "we look into it", false)
		_, err = h.Close(ctx, h.board, once.Key{}, doc.ID, closing)
		h.refused(err, "grievance.not_decided")
		h.answer(h.board, doc.ID, "it is paid back", true)
		_, err = h.Close(ctx, h.board, once.Key{}, doc.ID, grievance.Closing{Outcome: "paid back", Wishes: grievance.Met})
		h.refused(err, "grievance.not_told")
		got, err := h.Close(ctx, h.board, once.Key{}, doc.ID, closing)
		h.must(err)
		if got.State != grievance.Closed || got.Outcome.Reveal() != "paid back" || got.Name.Reveal() != "Kopila" || got.Text.Reveal() != words ||
			len(got.Lines) != 2 || got.Lines[1].Who.Reveal() != "Binu" || !got.Lines[1].Decision {
			t.Errorf("%+v", got)
		}
		_, err = h.Answer(ctx, h.board, once.Key{}, doc.ID, grievance.Answer{Text: "more"})
		h.refused(err, "grievance.closed")
		_, err = h.Note(ctx, h.board, once.Key{}, doc.ID, grievance.Note{Text: "more"})
		h.refused(err, "grievance.closed")
		h.refused(h.PassOn(ctx, h.board, once.Key{}, doc.ID, grievance.NotMine), "grievance.closed")
		_, err = h.Write(ctx, h.nobody(), receipt, "more", "0123456789abcdef")
		h.refused(err, "grievance.closed")
		if seen := h.Trail(doc.ID, audit.Read); len(seen) == 0 || seen[0].Account != h.board.Account {
			t.Error("the reading is not in the trail")
		}
	})
}

func TestAnAnswerIsEnoughForAnIdea(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Idea, words)
		closing := grievance.Closing{Outcome: "done", Wishes: grievance.NotGiven, Told: true}
		_, err := h.Close(ctx, h.Coordinator, once.Key{}, doc.ID, closing)
		h.refused(err, "grievance.not_decided")
		h.answer(h.Coordinator, doc.ID, "thank you", false)
		_, err = h.Close(ctx, h.Coordinator, once.Key{}, doc.ID, closing)
		h.must(err)
	})
}

func TestAnActSentTwiceHappensOnce(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Harm, words)
		k := once.Key{Value: "0123456789abcdef0123", Digest: "d"}
		for range 2 {
			_, err := h.Answer(ctx, h.focal, k, doc.ID, grievance.Answer{Text: "once"})
			h.must(err)
		}
		if n := len(h.get(doc.ID).Entries); n != 1 {
			t.Errorf("%d entries", n)
		}
		k = once.Key{Value: "0123456789abcdef4567", Digest: "d"}
		for range 2 {
			h.must(h.PassOn(ctx, h.focal, k, doc.ID, grievance.Conflict))
		}
		if got := h.get(doc.ID); got.Handler != h.deputy.Person || len(got.Was) != 1 {
			t.Errorf("it lies with %s after %v", got.Handler, got.Was)
		}
	})
}

func TestWhatTheSenderWritesTwiceIsThereOnce(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		receipt, doc := h.send(grievance.Harm, words)
		for range 2 {
			_, err := h.Write(ctx, h.nobody(), receipt, "more", "0123456789abcdef")
			h.must(err)
		}
		_, err := h.Write(ctx, h.nobody(), receipt, "else", "0123456789abcdef")
		h.refused(err, "grievance.form_used")
		if n := len(h.get(doc.ID).Entries); n != 1 {
			t.Errorf("%d entries", n)
		}
	})
}

func TestASenderRemovesTheAnswersForGood(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		receipt, doc := h.send(grievance.Harm, words)
		h.answer(h.focal, doc.ID, "come on Sunday", true)
		thread, err := h.Forget(ctx, h.nobody(), receipt)
		h.must(err)
		if len(thread.Lines) != 0 {
			t.Errorf("%v is left", thread.Lines)
		}
		got := h.get(doc.ID)
		if len(got.Entries) != 1 || !got.Entries[0].Text.Empty() || got.State != grievance.Decided {
			t.Errorf("stored: %+v", got)
		}
		all, err := h.Open(ctx, h.nobody(), receipt, true)
		h.must(err)
		if len(all.Lines) != 1 || all.Lines[0].By != grievance.BySender {
			t.Errorf("all that is left: %v", all.Lines)
		}
	})
}

// Who passed on, for whatever reason, never gets it back, nor does who is named.
func TestItNeverComesBackToWhoPassedItOn(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Service, words)
		hands := map[string]access.Actor{}
		for _, a := range []access.Actor{h.Coordinator, h.focal, h.deputy, h.board} {
			hands[a.Person] = a
		}
		var had []string
		for i := 0; ; i++ {
			holder := hands[h.get(doc.ID).Handler]
			if slices.Contains(had, holder.Person) {
				t.Fatalf("it came back to %s", holder.Person)
			}
			had = append(had, holder.Person)
			if _, err := h.Read(ctx, holder, doc.ID); err != nil {
				t.Fatal(err)
			}
			why := []grievance.Why{grievance.Conflict, grievance.NotMine}[i%2]
			err := h.PassOn(ctx, holder, once.Key{}, doc.ID, why)
			if fault.Is(err, fault.Conflict) {
				break
			}
			h.must(err)
			if _, err := h.Read(ctx, holder, doc.ID); !errors.Is(err, access.Refused) {
				t.Errorf("who passed it on still reads it: %v", err)
			}
			if _, err := h.Answer(ctx, holder, once.Key{}, doc.ID, grievance.Answer{Text: "x"}); !errors.Is(err, access.Refused) {
				t.Errorf("who passed it on still answers: %v", err)
			}
		}
		if len(had) != 4 {
			t.Errorf("it went through %d hands", len(had))
		}
	})
}

func TestARightThatWasTakenAwayIsGone(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Harm, words)
		h.TakeRole(h.focal, access.FocalPoint)
		_, err := h.Answer(ctx, h.focal, once.Key{}, doc.ID, grievance.Answer{Text: "x"})
		if !errors.Is(err, access.Refused) {
			t.Errorf("answered: %v", err)
		}
		// It does not stay with somebody who can't read it any more.
		n, err := h.Climb(ctx, h.Org, 100)
		h.must(err)
		if got := h.get(doc.ID).Handler; n != 1 || got != h.deputy.Person {
			t.Errorf("%d climbed, it lies with %s", n, got)
		}
	})
}

// A coordinator reads while she looks after all groups, and not a request longer.
func TestACoordinatorOfFewerGroupsThanAllReadsNothingMore(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Service, words)
		now := h.Coordinator
		_, err := h.Read(ctx, now, doc.ID)
		h.must(err)
		now.Groups, now.Assigned = []string{h.First}, []string{h.First}
		if _, err := h.Read(ctx, now, doc.ID); !errors.Is(err, access.Refused) {
			t.Errorf("she reads it: %v", err)
		}
		if list, _, err := h.List(ctx, now, 25, ""); err != nil || len(list) != 0 {
			t.Errorf("it is in her list: %v %v", list, err)
		}
		if w, err := h.Waiting(ctx, now); err != nil || w.Open != 0 || w.Next != nil {
			t.Errorf("it is on her desk: %+v %v", w, err)
		}
	})
}

// What can't go on costs the clock nothing, however many send and nobody is left.
func TestWhatHasNowhereToGoIsNotTriedOneByOne(t *testing.T) {
	h := newHall(stage.New(t, grievance.Specs()...))
	for range 4 {
		h.send(grievance.Harm, words, about(h.deputy, h.board))
	}
	h.Clock.Advance(72 * time.Hour)
	reads := countReads(h)
	n, err := h.Climb(ctx, h.Org, 100)
	h.must(err)
	// The tree of groups, the accounts of each role (of readers, and once more of
	// all who may answer to one another), the declarations, and one page of what is open.
	if n != 0 || *reads > 13 {
		t.Errorf("%d climbed in %d readings", n, *reads)
	}
	h.TakeRole(h.focal, access.FocalPoint)
	late := h.Person(access.Deputy, h.Root, "Asha")
	if n, err = h.Climb(ctx, h.Org, 100); err != nil || n != 4 {
		t.Errorf("%d climbed to who can read them now: %v", n, err)
	}
	if list, _, err := h.List(ctx, late, 25, ""); err != nil || len(list) != 4 {
		t.Errorf("%d lie with her: %v", len(list), err)
	}
}

func TestWhatIsLateClimbsOnceADay(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, late := h.send(grievance.Harm, words, about(h.deputy)) // due at the end of 27 November in Nepal
		_, calm := h.send(grievance.Money, words)
		climb := func(want int) {
			t.Helper()
			n, err := h.Climb(ctx, h.Org, 100)
			h.must(err)
			if n != want {
				t.Errorf("%s: %d climbed, want %d", h.Clock.Now(), n, want)
			}
		}
		h.Clock.Set(time.Date(2026, 11, 27, 18, 14, 59, 0, time.UTC))
		climb(0)
		h.Clock.Set(time.Date(2026, 11, 27, 18, 15, 0, 0, time.UTC))
		climb(1)
		climb(0)
		got := h.get(late.ID)
		if got.Handler != h.board.Person || got.AcknowledgeBy != late.AcknowledgeBy || got.Entries[0].By != grievance.ByMove {
			t.Errorf("%+v", got)
		}
		if h.get(calm.ID).Handler != calm.Handler {
			t.Error("what is in time climbed")
		}
		h.Clock.Advance(24 * time.Hour)
		climb(0) // nobody is next: it stays
		if h.get(late.ID).Handler != h.board.Person {
			t.Error("it did not stay")
		}
		if trail := h.Trail(late.ID, audit.Done); !slices.ContainsFunc(trail, func(e *audit.Entry) bool {
			return e.At == nil && e.Account == "" && slices.Contains(e.Fields, "handler")
		}) {
			t.Error("the climb is not in the trail")
		}
		h.wantsDaysOnly(late.ID)
	})
}

func TestAReadersDeskCountsWhatIsHers(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, first := h.send(grievance.Discrimination, words)
		_, urgent := h.send(grievance.Danger, words)
		w, err := h.Waiting(ctx, h.focal)
		h.must(err)
		if w.Open != 2 || w.Late != 0 || w.Next.ID != urgent.ID {
			t.Errorf("%+v", w)
		}
		h.Clock.Advance(48 * time.Hour)
		list, _, err := h.List(ctx, h.focal, 25, "")
		h.must(err)
		if len(list) != 2 || list[0].ID != urgent.ID || list[1].ID != first.ID {
			t.Errorf("the list is %v", list)
		}
		if w, _ := h.Waiting(ctx, h.focal); w.Late != 1 {
			t.Errorf("%d late", w.Late)
		}
		if w, err := h.Waiting(ctx, h.OfFirst); err != nil || w.Open != 0 {
			t.Errorf("a coordinator of one group: %+v, %v", w, err)
		}
		if _, _, err := h.List(ctx, h.Register("Junkiri", h.First), 25, ""); !errors.Is(err, access.Refused) {
			t.Errorf("an applicant lists: %v", err)
		}
	})
}

// Safety 24 and GRV-04: what is wrong with a receipt can't be told from outside.
func TestMalformedAndUnknownReceiptsTakeTheSameWorkAndGiveTheSameAnswer(t *testing.T) {
	s := stage.New(t, grievance.Specs()...)
	h := newHall(s)
	reads := countReads(h)
	hashes := h.CountSlow()
	type cost struct {
		reads, hashes int
		answer        string
	}
	var want *cost
	for _, receipt := range []string{"48271903556120741234", "4827", "", "no digits", "४८२७ १९०३ ५५६१ २०७४ १२३४", string(make([]byte, 900))} {
		for name, try := range map[string]func() error{
			"open":   func() error { _, err := h.Open(ctx, h.nobody(), receipt, false); return err },
			"all":    func() error { _, err := h.Open(ctx, h.nobody(), receipt, true); return err },
			"write":  func() error { _, err := h.Write(ctx, h.nobody(), receipt, "x", "0123456789abcdef"); return err },
			"forget": func() error { _, err := h.Forget(ctx, h.nobody(), receipt); return err },
		} {
			before := cost{reads: *reads, hashes: *hashes}
			err := try()
			h.refused(err, "grievance.receipt_unknown")
			got := cost{*reads - before.reads, *hashes - before.hashes, err.Error()}
			if want == nil {
				want = &got
			}
			if got != *want || got.hashes != 1 {
				t.Errorf("%s %q: %+v, want %+v", name, receipt, got, *want)
			}
		}
	}
}

// Requirement 48 with real readers: whoever is named, and whoever passes on.
func TestAnyWalkThroughHandsEndsWithSomebodyFreeOrIsTold(t *testing.T) {
	h := newHall(stage.New(t, grievance.Specs()...))
	readers := []access.Actor{h.Coordinator, h.focal, h.deputy, h.board}
	rapid.Check(t, func(t *rapid.T) {
		named := rapid.SliceOfNDistinct(rapid.SampledFrom(readers), 0, 3, func(a access.Actor) string { return a.Person }).Draw(t, "named")
		c := rapid.SampledFrom(grievance.Categories).Draw(t, "category")
		in := grievance.Sending{Token: h.form(), Category: c, Text: "x"}
		about(named...)(&in)
		known := len(h.all())
		_, err := h.Send(ctx, h.nobody(), in, false)
		free := 0
		for _, r := range readers {
			if !slices.Contains(in.About, r.Person) && !(c.Sensitive() && r.Person == h.Coordinator.Person) {
				free++
			}
		}
		if free == 0 {
			h.refused(err, "grievance.nobody_free")
			return
		}
		h.must(err)
		if len(h.all()) != known+1 {
			t.Fatal("it isn't stored")
		}
	})
}
