package grievance_test

import (
	"testing"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/grievance"
	"chautari/models/once"
)

// Whoever can't sign in any more gets nothing, and what lay in her hands goes on
// without waiting for its day.
func TestWhatLayWithSomebodyWhoseAccountWasClosedGoesOn(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, lies := h.send(grievance.Harm, "Markerwords")
		if lies.Handler != h.focal.Person {
			t.Fatal("it does not lie with the focal point")
		}
		in, err := h.Accounts.Who(ctx, h.focal)
		h.must(err)
		h.must(h.Accounts.Close(ctx, h.deputy, once.Key{}, account.Closing{Handle: in.Handle.Reveal(), Reason: "Her phone was taken."}))

		form, err := h.Form(ctx, h.nobody())
		h.must(err)
		for _, r := range form.Readers(grievance.Harm, nil, false) {
			if r.Person == h.focal.Person {
				t.Error("she is still named as a reader")
			}
		}
		if _, comes := h.send(grievance.Harm, "Markerwords of later"); comes.Handler != h.deputy.Person {
			t.Error("a new one does not go to the deputy")
		}
		n, err := h.Climb(ctx, h.Org, 100)
		if now := h.get(lies.ID); err != nil || n != 1 || now.Handler != h.deputy.Person {
			t.Errorf("%d went on, and it lies with %s (%v)", n, now.Handler, err)
		}
		o, err := h.Read(ctx, h.deputy, lies.ID)
		if err != nil || o.Text.Reveal() != "Markerwords" {
			t.Errorf("the deputy can't read it: %v", err)
		}
		if _, err := h.Read(ctx, h.focal, lies.ID); err == nil {
			t.Error("whoever is shut out reads it")
		}
	})
}

// Requirement 31: without a fresh proof nothing sensitive opens, and the trail
// tells of no reading.
func TestNothingSensitiveOpensWithoutAFreshProof(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, doc := h.send(grievance.Harm, "Markerwords")
		before := h.get(doc.ID)
		stale := h.Stale(h.focal)
		_, err := h.Read(ctx, stale, doc.ID)
		h.refused(err, access.Unproved.Code)
		_, err = h.Answer(ctx, stale, once.Key{}, doc.ID, grievance.Answer{Text: "Thank you."})
		h.refused(err, access.Unproved.Code)
		_, err = h.Note(ctx, stale, once.Key{}, doc.ID, grievance.Note{Text: "Asked."})
		h.refused(err, access.Unproved.Code)
		h.refused(h.PassOn(ctx, stale, once.Key{}, doc.ID, grievance.NotMine), access.Unproved.Code)
		if now := h.get(doc.ID); now.Version != before.Version {
			t.Error("it was changed")
		}
		if entries := h.Trail(doc.ID, "read"); len(entries) != 0 {
			t.Errorf("the trail tells of %d readings", len(entries))
		}
		if entries := h.Trail(doc.ID, "refused"); len(entries) != 0 {
			t.Errorf("what needs a proof is told as a refusal, %d times", len(entries))
		}
		// Whoever may not read it at all isn't asked for a proof.
		_, err = h.Read(ctx, h.Stale(h.deputy), doc.ID)
		h.refused(err, access.Refused.Code)
		_, err = h.Read(ctx, h.focal, doc.ID)
		h.must(err)
	})
}
