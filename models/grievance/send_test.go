package grievance_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/grievance"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/stage"
)

const words = "तालिममा हामी दुई जनालाई सधैं पछाडि राख्छन्।\n\nअरूले कारण सोध्दा हाँस्छन्।"

func TestASenderComesBackWithHerReceiptAndReadsTheAnswer(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		receipt, doc := h.send(grievance.Discrimination, words)
		if doc.Handler != h.focal.Person || doc.State != grievance.Received {
			t.Fatalf("it lies with %s, %s", doc.Handler, doc.State)
		}
		first, err := h.Open(ctx, h.nobody(), receipt, false)
		h.must(err)
		if len(first.Lines) != 0 || !first.More || first.Acknowledged {
			t.Errorf("before an answer: %+v", first)
		}
		h.answer(h.focal, doc.ID, "धन्यवाद। पढेँ।", false)
		_, err = h.Note(ctx, h.focal, once.Key{}, doc.ID, grievance.Note{Text: "ask the trainer"})
		h.must(err)
		back, err := h.Open(ctx, h.nobody(), receipt, false)
		h.must(err)
		if len(back.Lines) != 1 || back.Lines[0].Text.Reveal() != "धन्यवाद। पढेँ।" || back.State != grievance.Reading || !back.Acknowledged {
			t.Errorf("after the answer: %+v", back)
		}
		_, err = h.Write(ctx, h.nobody(), receipt, "पालो मिलाइदिए पुग्छ।", "0123456789abcdef")
		h.must(err)
		again, err := h.Open(ctx, h.nobody(), receipt, false)
		h.must(err)
		if len(again.Lines) != 0 {
			t.Errorf("after her own words there is something new: %+v", again.Lines)
		}
		all, err := h.Open(ctx, h.nobody(), receipt, true)
		h.must(err)
		var texts []string
		for _, l := range all.Lines {
			texts = append(texts, l.Text.Reveal())
		}
		if want := []string{words, "धन्यवाद। पढेँ।", "पालो मिलाइदिए पुग्छ।"}; !slices.Equal(texts, want) || all.More {
			t.Errorf("all of it: %q", texts)
		}
	})
}

func TestAFormSentAgainIsOneGrievanceAndOneReceipt(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		in := grievance.Sending{Token: h.form(), Category: grievance.Harm, Text: words}
		one, err := h.Send(ctx, h.nobody(), in, false)
		h.must(err)
		two, err := h.Send(ctx, h.nobody(), in, true)
		h.must(err)
		if one.Receipt != two.Receipt || len(h.all()) != 1 || h.all()[0].Held {
			t.Errorf("%s and %s, %d stored", one.Receipt, two.Receipt, len(h.all()))
		}
		other := in
		other.Text = "other words"
		_, err = h.Send(ctx, h.nobody(), other, false)
		h.refused(err, "grievance.form_used")
		h.Clock.Advance(25 * time.Hour)
		_, err = h.Send(ctx, h.nobody(), in, false)
		h.refused(err, "grievance.form_old")
	})
}

func TestManyWhoSendOneFormAtOnceMakeOneGrievance(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		in := grievance.Sending{Token: h.form(), Category: grievance.Harm, Text: words}
		receipts := make([]string, 12)
		var running sync.WaitGroup
		for i := range receipts {
			running.Go(func() {
				sent, err := h.Send(ctx, h.nobody(), in, false)
				if err != nil {
					t.Error(err)
					return
				}
				receipts[i] = sent.Receipt
			})
		}
		running.Wait()
		slices.Sort(receipts)
		all := h.all()
		if len(slices.Compact(receipts)) != 1 || len(all) != 1 {
			t.Fatalf("%d receipts, %d grievances", len(receipts), len(all))
		}
		if n := len(h.Trail(all[0].ID, audit.Done)); n != 1 {
			t.Errorf("%d entries in the trail", n)
		}
		thread, err := h.Open(ctx, h.nobody(), receipts[0], true)
		h.must(err)
		if thread.Lines[0].Text.Reveal() != words {
			t.Error("it does not open")
		}
	})
}

// GRV-01, GRV-06, and requirement 77.
func TestNothingStoredTellsWhoSentOrWhenWithinTheDay(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Register("जुनकीरी", h.First)
		token := h.form()
		// Even an actor who is signed in leaves nothing of herself.
		sent, err := h.Send(ctx, she, grievance.Sending{
			Token: token, Category: grievance.Harm, Text: "Marker of the words", Name: "Marker of the name",
		}, false)
		h.must(err)
		_, err = h.Write(ctx, she, sent.Receipt, "Marker of more words", "key-of-the-reply-0001")
		h.must(err)
		doc := h.all()[0]
		grouped := strings.Join(slices.Collect(chunks(sent.Receipt, 4)), " ")
		h.eachStored(func(collection, body string) {
			for _, text := range []string{sent.Receipt, grouped, token, "Marker", "key-of-the-reply"} {
				if strings.Contains(body, text) {
					t.Errorf("%s holds %q in clear", collection, text)
				}
			}
			if !strings.Contains(body, doc.ID) {
				return
			}
			for _, mine := range []string{she.Account, she.Person, she.Session} {
				if strings.Contains(body, mine) {
					t.Errorf("%s joins the grievance with %s", collection, mine)
				}
			}
		})
		h.wantsDaysOnly(doc.ID)
		for _, e := range h.Trail(doc.ID, audit.Done) {
			if e.At != nil || e.Account != "" || !slices.Equal(e.Roles, []access.Role{access.Anonymous}) {
				t.Errorf("the trail says %+v", e)
			}
		}
	})
}

func chunks(s string, n int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := 0; i < len(s); i += n {
			if !yield(s[i : i+n]) {
				return
			}
		}
	}
}

func TestWhoIsNamedNeverGetsIt(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Harm, words, about(h.focal))
		if doc.Handler != h.deputy.Person {
			t.Fatalf("it lies with %s", doc.Handler)
		}
		_, err := h.Read(ctx, h.focal, doc.ID)
		if err == nil || !strings.Contains(err.Error(), "request.absent") {
			t.Errorf("who is named gets %v", err)
		}
		if n := len(h.Trail(doc.ID, audit.Refused)); n != 1 {
			t.Errorf("%d refusals in the trail", n)
		}
		list, _, err := h.List(ctx, h.focal, 25, "")
		h.must(err)
		if len(list) != 0 {
			t.Error("who is named finds it in her list")
		}
		before := h.storedKeys()
		_, err = h.Send(ctx, h.nobody(), grievance.Sending{
			Token: h.form(), Category: grievance.Harm, Text: words, About: []string{h.focal.Person, h.deputy.Person, h.board.Person},
		}, false)
		h.refused(err, "grievance.nobody_free")
		if len(h.all()) != 1 || h.storedKeys() != before {
			t.Error("a grievance that nobody can read left something")
		}
	})
}

func TestRetaliationGoesToSomebodyElseThanTheFirst(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		receipt, first := h.send(grievance.Discrimination, words, about(h.board))
		_, second := h.send(grievance.Retaliation, "since then", func(in *grievance.Sending) { in.Earlier = receipt })
		if second.Handler != h.deputy.Person || second.Linked != first.ID {
			t.Errorf("it lies with %s, linked to %q", second.Handler, second.Linked)
		}
		for _, out := range []string{h.focal.Person, h.board.Person} {
			if !slices.Contains(second.Apart, out) {
				t.Errorf("%s is not apart", out)
			}
		}
		h.refused(h.PassOn(ctx, h.deputy, once.Key{}, second.ID, grievance.NotMine), "grievance.nobody_next")
		// Other things about the same go to a fresh reader first, and to her last.
		_, third := h.send(grievance.Harm, "once more", func(in *grievance.Sending) { in.Earlier = receipt })
		if third.Handler != h.deputy.Person {
			t.Errorf("it lies with %s", third.Handler)
		}
		h.must(h.PassOn(ctx, h.deputy, once.Key{}, third.ID, grievance.NotMine))
		if got := h.get(third.ID).Handler; got != h.focal.Person {
			t.Errorf("it went on to %s", got)
		}
		_, err := h.Send(ctx, h.nobody(), grievance.Sending{
			Token: h.form(), Category: grievance.Retaliation, Text: words, Earlier: "1111 2222 3333 4444 5555",
		}, false)
		h.refused(err, "grievance.receipt_unknown")
	})
}

// What becomes of the earlier one afterwards counts, too.
func TestWhoHandledTheFirstLaterDoesNotGetTheRetaliation(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		receipt, first := h.send(grievance.Discrimination, words)
		_, second := h.send(grievance.Retaliation, "since then", func(in *grievance.Sending) { in.Earlier = receipt })
		_, third := h.send(grievance.Harm, "once more", func(in *grievance.Sending) { in.Earlier = receipt })
		// The first goes from the focal point, who is too close, over the deputy to the board.
		h.must(h.PassOn(ctx, h.focal, once.Key{}, first.ID, grievance.Conflict))
		h.must(h.PassOn(ctx, h.deputy, once.Key{}, first.ID, grievance.NotMine))
		if got := h.get(first.ID).Handler; got != h.board.Person {
			t.Fatalf("the first lies with %s", got)
		}
		h.refused(h.PassOn(ctx, h.deputy, once.Key{}, second.ID, grievance.NotMine), "grievance.nobody_next")
		h.must(h.PassOn(ctx, h.deputy, once.Key{}, third.ID, grievance.NotMine))
		h.refused(h.PassOn(ctx, h.board, once.Key{}, third.ID, grievance.NotMine), "grievance.nobody_next")
		h.Clock.Advance(96 * time.Hour)
		_, err := h.Climb(ctx, h.Org, 100)
		h.must(err)
		if now := h.get(second.ID); now.Handler != h.deputy.Person {
			t.Errorf("the retaliation climbed to %s", now.Handler)
		}
		if now := h.get(third.ID); now.Handler != h.board.Person {
			t.Errorf("the third climbed to %s", now.Handler)
		}
	})
}

// A row of grievances, each about the one before, hands on who is apart. It does
// not make each of them longer than the last without end.
func TestWhoIsApartIsBoundedHoweverLongTheRow(t *testing.T) {
	h := newHall(stage.New(t, grievance.Specs()...))
	in := grievance.Sending{Category: grievance.Service, Text: words}
	for range 12 {
		in.Token, in.About = h.form(), nil
		for range 20 {
			in.About = append(in.About, id.New("mem"))
		}
		sent, err := h.Send(ctx, h.nobody(), in, false)
		if err != nil {
			h.refused(err, "field.too_many")
			if keys, kept := h.storedKeys(), len(h.all()); kept != 10 || keys == 0 {
				t.Errorf("%d are kept", kept)
			}
			return
		}
		in.Earlier = sent.Receipt
	}
	t.Error("the row has no end")
}

func TestWhatIsSentIsChecked(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		for code, in := range map[string]grievance.Sending{
			"grievance.text_missing": {Category: grievance.Harm, Text: " \n\u200b"},
			"field.too_long":         {Category: grievance.Harm, Text: strings.Repeat("क", 8001)},
			"field.not_one_of":       {Category: "gossip", Text: words},
			"field.not_an_id":        {Category: grievance.Harm, Text: words, About: []string{"acc_x"}},
		} {
			in.Token = h.form()
			_, err := h.Send(ctx, h.nobody(), in, false)
			h.refused(err, code)
		}
		if len(h.all()) != 0 {
			t.Error("something is stored")
		}
		_, doc := h.send(grievance.Service, words, func(in *grievance.Sending) { in.Described = true })
		if doc.Handler != h.focal.Person {
			t.Errorf("somebody described: it lies with %s", doc.Handler)
		}
		if _, doc := h.send(grievance.Service, words); doc.Handler != h.Coordinator.Person {
			t.Errorf("a complaint of the day lies with %s, not with the coordinator over all", doc.Handler)
		}
	})
}

func TestTheFormNamesTheReadersInTheirOrder(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		f, err := h.Form(ctx, h.nobody())
		h.must(err)
		got := map[grievance.Category]string{}
		for _, o := range f.Offers {
			for _, r := range o.Readers {
				got[o.Category] += fmt.Sprintf("%s(%s) ", r.Name.Reveal(), r.Role)
			}
		}
		if got[grievance.Harm] != "Sarita(focalPoint) Urmi(deputy) Binu(board) " ||
			got[grievance.Money] != "Binu(board) Sarita(focalPoint) Urmi(deputy) " ||
			got[grievance.Idea] != "Sagun(coordinator) Sarita(focalPoint) Urmi(deputy) Binu(board) " {
			t.Errorf("%v", got)
		}
		left := f.Readers(grievance.Idea, []string{h.focal.Person}, true)
		if len(left) != 2 || left[0].Person != h.deputy.Person {
			t.Errorf("without the focal point and coordinators: %v", left)
		}
	})
}
