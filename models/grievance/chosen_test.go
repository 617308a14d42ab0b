package grievance_test

import (
	"testing"

	"chautari/models/calendar"
	"chautari/models/grievance"
)

// What an organisation chooses holds for what is sent from then on, in the form
// and in what is stored; what was sent before keeps its days.
func TestStricterClocksHoldForWhatIsSentFromThenOn(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		_, before := h.send(grievance.Harm, "The first words.")
		h.Choose("clock.harm.decide", 1)
		h.Choose("clock.service.decide", 2)
		_, harm := h.send(grievance.Harm, "The second words.")
		_, service := h.send(grievance.Service, "The third words.")
		today := calendar.Of(h.Clock.Now())
		if harm.DecideBy != today.AddDays(1) || harm.OutcomeBy != today.AddDays(30) || before.DecideBy != today.AddDays(3) {
			t.Errorf("harm by %s, before by %s", harm.DecideBy, before.DecideBy)
		}
		// Saturday is off.
		if want := (calendar.Date{Year: 2026, Month: 11, Day: 29}); service.DecideBy != want {
			t.Errorf("service by %s", service.DecideBy)
		}
		if kept := h.get(before.ID); kept.DecideBy != before.DecideBy {
			t.Errorf("what was sent before is due by %s now", kept.DecideBy)
		}
		form, err := h.Form(ctx, h.nobody())
		h.must(err)
		for _, o := range form.Offers {
			if o.Category == grievance.Harm && o.Limits.Decide != form.Today.AddDays(1) {
				t.Errorf("the form says %s", o.Limits.Decide)
			}
		}
	})
}
