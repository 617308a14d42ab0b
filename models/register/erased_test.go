package register_test

import (
	"testing"

	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/register"
)

// Somebody who was erased at her own wish doesn't come back with an old list; the
// coordinator may still say that she wants it, or is somebody else.
func TestWhoWasErasedAtHerWishDoesNotComeBackWithAList(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		day, err := calendar.Parse("1991-05-17")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []member.Details{
			{PaperName: "Sita Tamang", Phone: "+9779841000005"},
			{PaperName: "Maya Rai", Birth: calendar.OnDay(day)},
		} {
			person := o.Carry(o.First, d)
			if err := o.Members.NoteLikeness(ctx, o.Org, person); err != nil {
				t.Fatal(err)
			}
			if err := o.Keys.Destroy(ctx, o.Org, person); err != nil {
				t.Fatal(err)
			}
		}
		imp := o.begin(head +
			"Sita  TAMANG,9841000005,,,Kaski,yes\n" + // by her name and phone
			"Maya Rai,,,1991,Kaski,yes\n" + // by her name and year
			"Sita Tamang,9841000006,,,Kaski,yes\n" + // her name alone
			"Gita Tamang,9841000005,,,Kaski,yes\n") // her phone alone
		r := o.look(imp.ID)
		if r.Counts.Erased < 1 || r.Counts.Created+r.Counts.Erased+r.Counts.Held+r.Counts.Failed != 4 {
			t.Fatalf("got %+v", r.Counts)
		}
		erased := o.rows(imp.ID, register.Erased)
		if erased[0].Name != "Sita TAMANG" || erased[0].Reason != register.ReasonErased || erased[0].Same != nil {
			t.Fatalf("got %+v", erased[0])
		}
		before := o.active()
		counts := o.commit(imp.ID)
		if counts.Erased != len(erased) || o.active()-before != counts.Created {
			t.Errorf("%+v, and %d more people", counts, o.active()-before)
		}
		again := o.begin(head + "Sita Tamang,9841000005,,,Kaski,yes\n")
		row := o.rows(again.ID, register.Erased)[0]
		other := register.Create
		if _, err := o.registers.Mend(ctx, o.Coordinator, again.ID, again.Version, row.Key, register.Mending{Decision: &other}); err != nil {
			t.Fatal(err)
		}
		if c := o.commit(again.ID); c.Created != 1 {
			t.Errorf("with her beside the coordinator: %+v", c)
		}
	})
}
