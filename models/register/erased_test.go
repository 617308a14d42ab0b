package register_test

import (
	"errors"
	"testing"

	"chautari/models/access"
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
		if r.Counts.Held < 1 || r.Counts.Created+r.Counts.Held+r.Counts.Failed != 4 {
			t.Fatalf("got %+v", r.Counts)
		}
		held := o.rows(imp.ID, register.Held)
		if held[0].Name != "Sita TAMANG" || held[0].Reason != register.ReasonAside || held[0].Same != nil {
			t.Fatalf("got %+v", held[0])
		}
		before := o.active()
		counts := o.commit(imp.ID)
		if counts.Held != len(held) || o.active()-before != counts.Created {
			t.Errorf("%+v, and %d more people", counts, o.active()-before)
		}
		again := o.begin(head + "Sita Tamang,9841000005,,,Kaski,yes\n")
		row := o.rows(again.ID, register.Held)[0]
		other := register.Create
		if _, err := o.registers.Mend(ctx, o.Coordinator, again.ID, again.Version, row.Key, register.Mending{Decision: &other}); err != nil {
			t.Fatal(err)
		}
		if c := o.commit(again.ID); c.Created != 1 {
			t.Errorf("with her beside the coordinator: %+v", c)
		}
	})
}

// Whoever brings the list is told the same of somebody who was erased as of
// somebody who asked not to be kept; those who protect see which it is, and that
// they looked stands in the trail.
func TestThatSomebodyWasErasedIsSeenByThoseWhoProtectAlone(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		gone := o.Carry(o.First, member.Details{PaperName: "Sita Tamang", Phone: "+9779841000005"})
		if err := o.Members.NoteLikeness(ctx, o.Org, gone); err != nil {
			t.Fatal(err)
		}
		if err := o.Keys.Destroy(ctx, o.Org, gone); err != nil {
			t.Fatal(err)
		}
		for name, a := range map[string]access.Actor{
			"coordinator": o.Coordinator, "board": o.Person(access.Board, o.Root, "Binu"), "administrator": o.Person(access.Administrator, o.Root, "Kamala"),
		} {
			_, err := o.registers.WasErased(ctx, a, register.Asking{Name: "Sita Tamang", Phone: "9841000005"})
			if !errors.Is(err, access.Refused) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, role := range []access.Role{access.FocalPoint, access.Deputy} {
			who := o.Person(role, o.Root, "Sarita")
			if _, err := o.registers.WasErased(ctx, o.Stale(who), register.Asking{Name: "Sita Tamang", Phone: "9841000005"}); !errors.Is(err, access.Unproved) {
				t.Errorf("an old proof: %v", err)
			}
			for in, want := range map[register.Asking]bool{
				{Name: "sita  tamang", Phone: "९८४१०००००५"}: true, {Name: "Sita Tamang", Phone: "9841000006"}: false, {Name: "Gita Tamang", Phone: "9841000005"}: false,
			} {
				was, err := o.registers.WasErased(ctx, who, in)
				if err != nil || was != want {
					t.Errorf("%+v: %v, %v", in, was, err)
				}
			}
			for _, in := range []register.Asking{{Name: "Sita Tamang"}, {Name: " ", Phone: "9841000005"}, {Name: "Sita", Phone: "12"}} {
				if _, err := o.registers.WasErased(ctx, who, in); err == nil {
					t.Errorf("%+v is answered", in)
				}
			}
		}
	})
}
