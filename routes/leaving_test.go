package routes_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/training"
)

// Nobody waits for one who has left, nor behind a seat that she kept.
func TestWhoEndsHerMembershipGivesBackHerMeetingsAndPlaces(t *testing.T) {
	w := newTown(t)
	supporter := w.Person(access.PeerSupporter, w.First, "Maina")
	page := w.As(supporter).Get("/api/support/hours").Wants(200)
	w.As(supporter).Patch("/api/support/hours", page.Version(), sundays).Wants(200)
	she, next := w.Person(access.Member, w.First, "Junkiri"), w.Person(access.Member, w.First, "Asha")
	w.As(she).Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", "")).Wants(201)

	course, err := w.nouns.Courses.CreateCourse(context.Background(), w.Coordinator, once.Key{}, training.NewCourse{
		Name: organisation.Name{EN: "Sewing"}, Picture: training.Sewing,
	})
	if err != nil {
		t.Fatal(err)
	}
	var intake struct{ ID string }
	w.As(w.Coordinator).Post("/api/courses/"+course.ID+"/intakes", winter(1, "")).Wants(201).Into(&intake)
	w.As(she).Post("/api/intakes/"+intake.ID+"/apply", `{"needs":[]}`).Wants(201).Contains(`"enrolled"`)
	w.As(next).Post("/api/intakes/"+intake.ID+"/apply", `{"needs":[]}`).Wants(201).Contains(`"waiting"`)

	sheet, err := consent.Of(context.Background(), w.Store.Org(w.Org), she.Person)
	if err != nil {
		t.Fatal(err)
	}
	w.As(she).Post(fmt.Sprintf("/api/me/consents/%s/withdraw", sheet.Consents[0].ID), `{}`).Wants(200)

	w.As(supporter).Get("/api/support/sessions").Wants(200).Contains(`"cancelled"`, `"cancelledBy":"member"`).Lacks("Junkiri")
	w.As(next).Get("/api/enrolments").Wants(200).Contains(`"enrolled"`)
	people := w.As(w.Coordinator).Get("/api/intakes/" + intake.ID).Wants(200).Contains("Asha").Lacks("Junkiri")
	if n := strings.Count(people.Body, `"enrolment":`); n != 1 {
		t.Errorf("%d people have a place", n)
	}
	w.As(next).Get("/api/support/slots").Wants(200).Contains(`"start":"2026-11-29T04:15:00Z"`)

	// So does a supporter who leaves: whoever was to meet her is told, and may book anew.
	w.As(next).Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", "")).Wants(201)
	sheet, err = consent.Of(context.Background(), w.Store.Org(w.Org), supporter.Person)
	if err != nil {
		t.Fatal(err)
	}
	w.As(supporter).Post(fmt.Sprintf("/api/me/consents/%s/withdraw", sheet.Consents[0].ID), `{}`).Wants(200)
	w.As(next).Get("/api/support/sessions").Wants(200).Contains(`"cancelledBy":"supporter"`).Lacks("Maina")
	w.As(next).Get("/api/support/slots").Wants(200).Contains(`"supporters":[]`)
}
