package routes_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/training"
	"chautari/routes"
	"chautari/routes/routestest"
)

// school is a stage on which something is taught, behind its routes.
type school struct {
	*stage.Stage
	*routestest.House
	courses *training.Courses
	sewing  string // id of a course
}

func newSchool(t *testing.T) *school {
	t.Helper()
	s := stage.New(t, training.Specs()...)
	c := &school{Stage: s, courses: training.New(s.Store, s.Keys, s.Orgs, s.Members, s.Clock)}
	table := routes.Table(routes.Nouns{Organisations: s.Orgs, Accounts: s.Accounts, Members: s.Members, Courses: c.courses})
	c.House = routestest.New(t, table, func(d *routes.Deps) {
		d.Tenant = func(context.Context, string) (string, error) { return s.Org, nil }
		d.Clock = s.Clock
		d.Refused = func(ctx context.Context, a access.Actor, operation, subject string) error {
			return audit.Log{Clock: s.Clock}.WasRefused(ctx, s.Store.Org(a.Org), a, access.Action(operation), subject)
		}
	})
	made, err := c.courses.CreateCourse(context.Background(), s.Coordinator, once.Key{}, training.NewCourse{
		Name: organisation.Name{NE: "सिलाइ", EN: "Sewing"}, Picture: training.Sewing,
	})
	if err != nil {
		t.Fatal(err)
	}
	c.sewing = made.ID
	return c
}

// winter is the body of an intake that one can apply to now.
func winter(seats int, more string) string {
	return fmt.Sprintf(`{"seats":%d,"opens":"2026-11-20","closes":"2026-11-30","begins":"2026-12-06","ends":"2027-02-28",`+
		`"times":[{"weekday":0,"from":"07:00","to":"09:00"}]%s}`, seats, more)
}

// plan makes an intake over HTTP and returns its id.
func (s *school) plan(seats int, more string) string {
	s.TB.Helper()
	var in struct{ ID string }
	a := s.As(s.Coordinator).Post("/api/courses/"+s.sewing+"/intakes", winter(seats, more)).Wants(201).Into(&in)
	if a.Header.Get("Location") != "/api/intakes/"+in.ID {
		s.TB.Errorf("it stands at %q", a.Header.Get("Location"))
	}
	return in.ID
}

// apply lets somebody apply over HTTP and returns her enrolment's id.
func (s *school) apply(she access.Actor, intake, body string) string {
	s.TB.Helper()
	var own struct{ ID string }
	s.As(she).Post("/api/intakes/"+intake+"/apply", body).Wants(201).Into(&own)
	return own.ID
}

// trail counts the entries of one action about somebody or something.
func (s *school) trail(subject string, result audit.Result, act access.Action) int {
	n := 0
	for _, e := range s.Trail(subject, result) {
		if e.Action == act {
			n++
		}
	}
	return n
}

func (s *school) entries(subject string, result audit.Result, act access.Action, want int) {
	s.TB.Helper()
	if n := s.trail(subject, result, act); n != want {
		s.TB.Errorf("%d entries %s %s, want %d", n, act, result, want)
	}
}

func TestACoordinatorPlansACourseWomenApplyAndTheFirstInLineMovesUp(t *testing.T) {
	s := newSchool(t)
	trainer := s.Person(access.Trainer, s.Second, "Asha")
	coordinator := s.As(s.Coordinator)
	coordinator.Post("/api/courses", `{"name":{"en":"Cooking"},"about":{"en":"Cook and keep accounts."},"picture":"food"}`).Wants(201).Contains(`"intakes":[]`, "keep accounts")
	intake := s.plan(1, fmt.Sprintf(`,"group":%q,"trainer":%q`, s.First, trainer.Person))
	s.entries(intake, audit.Done, access.ChangeIntake, 1)
	// Whoever isn't signed in sees what is taught, and no number of places.
	s.Nobody().Get("/api/courses").Wants(200).Contains("Sewing", "Cooking").Lacks("Asha", `"left"`, `"waiting"`)

	maya, rita := s.Person(access.Member, s.First, "Maya Friend"), s.Person(access.Member, s.First, "Rita Friend")
	s.As(rita).Get("/api/courses").Wants(200).Contains(`"state":"open"`, `"left":1`, `"mine":null`, `"from":"07:00"`).Lacks("Asha")
	mayas := s.apply(maya, intake, `{"needs":["safe_route","childcare"],"note":"My sister comes along"}`)
	ritas := s.apply(rita, intake, `{}`)
	s.entries(maya.Person, audit.Done, access.ApplyToIntake, 1)
	s.As(maya).Get("/api/courses").Wants(200).Contains(mayas, `"needs":["childcare","safe_route"]`, "My sister", `"state":"enrolled"`, `"position":null`).Lacks(ritas, "Rita")
	s.As(rita).Get("/api/enrolments").Wants(200).Contains(ritas, `"position":1`, `"movedUp":null`, `"note":null`, `"needs":[]`).Lacks(mayas, "My sister", "Maya")
	s.As(rita).Get("/api/courses").Wants(200).Contains(`"waiting":1`, `"left":0`).Lacks("My sister", mayas)
	s.entries(maya.Person, audit.Read, access.ReadOwn, 0)

	for i, reader := range []access.Actor{s.OfFirst, trainer} {
		a := s.As(reader).Get("/api/intakes/"+intake).Wants(200).Contains("Maya Friend", "Rita Friend", "My sister", "childcare", `"trainer":"Asha"`, fmt.Sprintf(`"mayChange":%v`, i == 0))
		a.Lacks(maya.Person, rita.Person, trainer.Person)
		s.entries(maya.Person, audit.Read, access.ReadIntake, i+1)
		s.entries(rita.Person, audit.Read, access.ReadIntake, i+1)
		s.As(reader).Get("/api/intakes?state=open").Wants(200).Contains(intake, `"enrolled":1`).Lacks("Maya Friend", "My sister")
	}

	s.As(maya).Post("/api/enrolments/"+mayas+"/withdraw", `{}`).Wants(200).Contains(`"withdrawn"`)
	s.As(maya).Post("/api/enrolments/"+mayas+"/withdraw", `{}`).Wants(200).Contains(`"withdrawn"`)
	s.entries(maya.Person, audit.Done, access.WithdrawEnrolment, 1)
	s.entries(rita.Person, audit.Done, access.WithdrawEnrolment, 1)
	s.As(rita).Get("/api/enrolments").Wants(200).Contains(`"enrolled"`, `"movedUp":"2026-11-26"`, `"position":null`)
	s.As(maya).Get("/api/courses").Wants(200).Contains(`"mine":null`).Lacks(mayas)
	s.As(maya).Get("/api/enrolments").Wants(200).Contains(mayas, `"withdrawn"`)
	s.WantsNowhere("My sister", training.Specs()...)
}

func TestSeatsAreRaisedLoweredAndCancelledOnlyOnWhatSheSaw(t *testing.T) {
	s := newSchool(t)
	intake := s.plan(2, "")
	var last string
	women := make([]access.Actor, 4)
	for i := range women {
		women[i] = s.Person(access.Member, s.First, "Friend "+string(rune('A'+i)))
		last = s.apply(women[i], intake, `{}`)
	}
	coordinator := s.As(s.Coordinator)
	path := "/api/intakes/" + intake
	seen := coordinator.Get(path).Wants(200).Version()
	coordinator.Patch(path, seen, `{"seats":1}`).Refused(409, "training.seats_below_enrolled").
		Field("seats", "training.seats_below_enrolled").Contains(`"enrolled":"2"`)
	if v := coordinator.Get(path).Wants(200).Version(); v != seen {
		t.Errorf("at version %d after %d", v, seen)
	}
	coordinator.Patch(path, seen, `{"seats":3}`).Wants(200).Contains(`"seats":3`, `"enrolled":3`, `"waiting":1`, `"movedUp":"2026-11-26"`)
	s.entries(women[2].Person, audit.Done, access.ChangeIntake, 1)
	s.entries(women[3].Person, audit.Done, access.ChangeIntake, 0)
	coordinator.Patch(path, seen, `{"seats":9}`).Refused(412, "request.stale")
	coordinator.Patch(path, seen+1, `{"seats":0}`).Refused(422, "request.invalid").Field("seats", "field.too_small")
	coordinator.Patch(path, seen+1, `{"closes":"2026-12-07"}`).Refused(422, "request.invalid").Field("closes", "training.days_order")
	coordinator.Patch(path, seen+1, `{"cancelled":true}`).Wants(200).Contains(`"cancelled"`, `"people":[]`)
	s.As(women[3]).Get("/api/courses").Wants(200).Contains(last, `"cancelled"`, `"withdrawn"`)
	s.As(women[3]).Post(path+"/apply", `{}`).Refused(409, "training.cancelled")
}

func TestApplyingTellsWhyNot(t *testing.T) {
	s := newSchool(t)
	she, there := s.Person(access.Member, s.First, "Maya Friend"), s.Person(access.Member, s.Second, "Rita Friend")
	forAll, forFirst := s.plan(5, ""), s.plan(5, `,"group":"`+s.First+`"`)
	to := func(a access.Actor, intake, body string) *routestest.Answer {
		return s.As(a).Post("/api/intakes/"+intake+"/apply", body)
	}
	to(there, forFirst, `{}`).Refused(409, "training.other_group")
	to(she, forAll, `{"needs":["money"]}`).Refused(422, "request.invalid").Field("needs.0", "field.not_one_of")
	to(she, forAll, `{"needs":["travel","travel"]}`).Refused(422, "request.invalid").Field("needs", "field.repeated")
	to(she, forAll, `{"note":"`+strings.Repeat("a", 301)+`"}`).Refused(422, "request.invalid").Field("note", "field.too_long")
	s.Stage.Clock.Set(stage.Start.AddDate(0, 0, -7))
	to(she, forAll, `{}`).Refused(409, "training.window_not_open")
	s.Stage.Clock.Set(stage.Start.AddDate(0, 0, 5))
	to(she, forAll, `{}`).Refused(409, "training.window_closed")
	s.Stage.Clock.Set(time.Date(2026, 11, 30, 18, 14, 0, 0, time.UTC)) // a minute before midnight in Nepal
	own := s.apply(she, forAll, `{}`)
	to(she, forFirst, `{}`).Refused(409, "training.already_applied")
	s.Stage.Clock.Set(stage.Start.AddDate(1, 0, 0))
	s.As(she).Post("/api/enrolments/"+own+"/withdraw", `{}`).Refused(409, "training.finished")
}

// BKG-10
func TestAnApplicationSentTwiceIsOne(t *testing.T) {
	s := newSchool(t)
	she := s.Person(access.Member, s.First, "Maya Friend")
	intake := s.plan(5, "")
	caller := s.As(she).With("Idempotency-Key", "0123456789abcdef0123")
	var one, two struct{ ID string }
	caller.Post("/api/intakes/"+intake+"/apply", `{"note":"once"}`).Wants(201).Into(&one)
	caller.Post("/api/intakes/"+intake+"/apply", `{"note":"once"}`).Wants(201).Into(&two)
	if one.ID != two.ID || one.ID == "" {
		t.Errorf("two enrolments: %s and %s", one.ID, two.ID)
	}
	caller.Post("/api/intakes/"+intake+"/apply", `{"note":"other"}`).Refused(409, "request.idempotency_key_reused")
	s.entries(she.Person, audit.Done, access.ApplyToIntake, 1)
	other := s.As(s.Person(access.Member, s.First, "Rita Friend")).With("Idempotency-Key", "0123456789abcdef0123")
	var hers struct{ ID string }
	other.Post("/api/intakes/"+intake+"/apply", `{"note":"once"}`).Wants(201).Into(&hers)
	if hers.ID == one.ID {
		t.Error("with her key somebody else gets her enrolment")
	}
	// A late resend doesn't undo what she did since.
	s.As(she).Post("/api/enrolments/"+one.ID+"/withdraw", `{}`).Wants(200)
	caller.Post("/api/intakes/"+intake+"/apply", `{"note":"once"}`).Wants(201).Contains(one.ID, `"withdrawn"`)
	s.entries(she.Person, audit.Done, access.ApplyToIntake, 1)
}

func TestTrainingIsClosedToWhoeverItIsNotFor(t *testing.T) {
	s := newSchool(t)
	she, other := s.Person(access.Member, s.First, "Maya Friend"), s.Person(access.Member, s.First, "Rita Friend")
	ofSecond, stranger := s.Person(access.Coordinator, s.Second, "Devi"), s.Person(access.Trainer, s.First, "Bina")
	intake := s.plan(5, `,"group":"`+s.First+`"`)
	own := s.apply(she, intake, `{"note":"Marker"}`)
	for _, a := range []access.Actor{ofSecond, stranger} {
		s.As(a).Get("/api/intakes/"+intake).Refused(404, "request.absent").Lacks("Maya", "Marker")
		s.As(a).Get("/api/intakes").Wants(200).Contains(`"items":[]`)
	}
	s.entries(intake, audit.Refused, access.ReadIntake, 2)
	s.As(ofSecond).Patch("/api/intakes/"+intake, 2, `{"cancelled":true}`).Refused(404, "request.absent")
	s.As(stranger).Patch("/api/intakes/"+intake, 2, `{"cancelled":true}`).Refused(404, "request.absent")
	s.As(ofSecond).Post("/api/courses/"+s.sewing+"/intakes", winter(5, "")).Refused(422, "request.invalid").Field("group", "registration.group_unknown")
	s.As(other).Post("/api/enrolments/"+own+"/withdraw", `{}`).Refused(404, "request.absent")
	s.entries(own, audit.Refused, access.WithdrawEnrolment, 1)
	for _, role := range []access.Role{access.Liaison, access.Administrator} {
		only := access.Actor{Org: s.Org, Account: "acc_only", Person: "mem_only", Session: "ses_only", Roles: []access.Role{role}}
		for _, path := range []string{"/api/courses", "/api/intakes", "/api/intakes/" + intake, "/api/enrolments"} {
			s.As(only).Get(path).Refused(404, "request.absent").Lacks("Sewing", "Marker")
		}
	}
	s.As(other).Get("/api/intakes/"+intake).Refused(404, "request.absent")
	s.Nobody().Get("/api/intakes/"+intake).Refused(401, "session.absent")
	s.Nobody().Get("/api/courses").Wants(200).Lacks("Maya", "Marker", own, she.Person)
	s.As(s.Coordinator).Get("/api/intakes/" + intake).Wants(200).Contains("Marker")
}

// The name of a trainer is for whoever plans, and a woman who took her yes to
// being kept back is no trainer to choose.
func TestACoordinatorChoosesFromTheTrainers(t *testing.T) {
	s := newSchool(t)
	kalpana, gone := s.Person(access.Trainer, s.First, "Kalpana"), s.Person(access.Trainer, s.First, "Markergone")
	s.Person(access.Member, s.First, "Markermember")
	sheet, err := consent.Of(context.Background(), s.Store.Org(s.Org), gone.Person)
	if err != nil {
		t.Fatal(err)
	}
	s.As(gone).Post("/api/me/consents/"+sheet.Consents[0].ID+"/withdraw", `{}`).Wants(200)
	s.As(s.Coordinator).Get("/api/trainers").Wants(200).Contains(kalpana.Person, "Kalpana").Lacks("Marker")
	for _, a := range []access.Actor{kalpana, s.Person(access.Member, s.First, "Asha"), s.Person(access.Liaison, s.Root, "Ingrid")} {
		s.As(a).Get("/api/trainers").Refused(404, "request.absent")
	}
	s.plan(3, fmt.Sprintf(`,"trainer":%q`, kalpana.Person))
	s.As(kalpana).Get("/api/intakes").Wants(200).Contains(`"trainer":"Kalpana"`)
}

// What is left out of a time is not guessed at, and a class without any is none.
func TestAWeeklyTimeWithoutADayIsRefused(t *testing.T) {
	s := newSchool(t)
	path := "/api/courses/" + s.sewing + "/intakes"
	without := strings.Replace(winter(3, ""), `"weekday":0,`, "", 1)
	s.As(s.Coordinator).Post(path, without).Refused(422, "request.invalid").Field("times.0.weekday", "field.required")
	none := strings.Replace(winter(3, ""), `[{"weekday":0,"from":"07:00","to":"09:00"}]`, "[]", 1)
	s.As(s.Coordinator).Post(path, none).Refused(422, "request.invalid")
	s.As(s.Coordinator).Get("/api/intakes").Wants(200).Contains(`"items":[]`)
}
