package training_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/training"
)

var ctx = context.Background()

// school is a stage on which something is taught.
type school struct {
	*stage.Stage
	*training.Courses
}

func each(t *testing.T, fn func(t *testing.T, s school)) {
	stage.Each(t, stage.Specs(training.Specs()...), func(t *testing.T, s *stage.Stage) {
		s.TB = t
		fn(t, school{s, training.New(s.Store, s.Keys, s.Orgs, s.Members, s.Clock)})
	})
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// wants checks the kind and code of a fault, or the code of one of its fields.
func wants(t testing.TB, err error, kind fault.Kind, code, field string) {
	t.Helper()
	e, ok := fault.As(err)
	if !ok || e.Kind != kind {
		t.Fatalf("got %v, want %s", err, code)
	}
	if field == "" && e.Code != code {
		t.Fatalf("got %s, want %s", e.Code, code)
	}
	if field != "" && !slices.ContainsFunc(e.Fields, func(f fault.Field) bool { return f.Field == field && f.Code == code }) {
		t.Fatalf("got %v, want %s on %s", err, code, field)
	}
}

// sewing is the course of these tests.
func (s school) sewing(t testing.TB) *training.Course {
	t.Helper()
	return must[*training.Course](t)(s.CreateCourse(ctx, s.Coordinator, once.Key{}, training.NewCourse{
		Name: organisation.Name{NE: "सिलाइ", EN: "Sewing"}, Picture: training.Sewing,
	}))
}

// plan is an intake for all that one can apply to now, and that runs in winter.
func plan(seats int, change ...func(*training.NewIntake)) training.NewIntake {
	in := training.NewIntake{
		Seats: seats, Opens: "2026-11-20", Closes: "2026-11-30", Begins: "2026-12-06", Ends: "2027-02-28",
		Times: []training.TimeInput{{Weekday: new(int), From: "07:00", To: "09:00"}},
	}
	for _, c := range change {
		c(&in)
	}
	return in
}

func of(group string) func(*training.NewIntake) {
	return func(in *training.NewIntake) { in.Group = &group }
}

func taughtBy(trainer access.Actor) func(*training.NewIntake) {
	return func(in *training.NewIntake) { in.Trainer = &trainer.Person }
}

func (s school) intake(t testing.TB, course *training.Course, in training.NewIntake) string {
	t.Helper()
	return must[*training.Intake](t)(s.CreateIntake(ctx, s.Coordinator, once.Key{}, course.ID, in)).ID
}

// women are members of the first group.
func (s school) women(n int) []access.Actor {
	all := make([]access.Actor, n)
	for i := range all {
		all[i] = s.Person(access.Member, s.First, fmt.Sprintf("Friend %c%c", 'A'+i/26, 'A'+i%26))
	}
	return all
}

func (s school) apply(t testing.TB, she access.Actor, intake string) *training.Own {
	t.Helper()
	return must[*training.Own](t)(s.Apply(ctx, she, once.Key{}, intake, training.Application{}))
}

// fill lets women apply one after another.
func (s school) fill(t testing.TB, intake string, women []access.Actor) []*training.Own {
	t.Helper()
	own := make([]*training.Own, len(women))
	for i, she := range women {
		own[i] = s.apply(t, she, intake)
	}
	return own
}

func (s school) read(t testing.TB, intake string) *training.Read {
	t.Helper()
	return must[*training.Read](t)(s.Read(ctx, s.Coordinator, intake))
}

// stands is where somebody says that she stands, read anew.
func (s school) stands(t testing.TB, she access.Actor, enrolment string) (training.Standing, int) {
	t.Helper()
	for _, o := range must[[]*training.Own](t)(s.Mine(ctx, she)) {
		if o.ID == enrolment {
			return o.Standing, o.Position
		}
	}
	t.Fatalf("%s is not among hers", enrolment)
	return "", 0
}

// sound reads an intake anew and demands what always holds: no more enrolled
// than seats, nobody twice, no free seat while somebody waits, positions from 1
// on, and the same on each woman's own page.
func (s school) sound(t testing.TB, intake string, enrolled, waiting int, women []access.Actor) {
	t.Helper()
	r := s.read(t, intake)
	if len(r.Enrolled) != enrolled || len(r.Waiting) != waiting {
		t.Fatalf("%d are enrolled and %d wait, want %d and %d", len(r.Enrolled), len(r.Waiting), enrolled, waiting)
	}
	if len(r.Enrolled) > r.Seats || len(r.Waiting) > 0 && r.Left() > 0 {
		t.Errorf("%d seats, %d enrolled, %d waiting", r.Seats, len(r.Enrolled), len(r.Waiting))
	}
	seen := map[string]bool{}
	for i, p := range r.People {
		want := max(0, i+1-len(r.Enrolled))
		if p.Position != want || (p.Standing == training.Waiting) != (want > 0) || seen[p.Enrolment] {
			t.Errorf("place %d is %+v", i, p)
		}
		seen[p.Enrolment] = true
	}
	held := map[string]training.Place{}
	for _, p := range slices.Concat(r.Enrolled, r.Waiting) {
		if held[p.Person].Person != "" {
			t.Errorf("%s has two places", p.Person)
		}
		held[p.Person] = p
	}
	for _, she := range women {
		active := 0
		for _, o := range must[[]*training.Own](t)(s.Mine(ctx, she)) {
			if o.Intake.ID != intake || !o.Active {
				continue
			}
			active++
			if held[she.Person].Enrolment != o.ID || o.Enrolment.Standing != o.Standing || o.Standing != r.Standing(o.ID) {
				t.Errorf("she is %s here and %s there", o.Enrolment.Standing, o.Standing)
			}
		}
		if has := held[she.Person].Person != ""; active > 1 || has != (active == 1) {
			t.Errorf("%d places of hers, and in the intake: %v", active, has)
		}
	}
}

// on sets the clock to noon of a day in Nepal.
func (s school) on(t testing.TB, day string) {
	t.Helper()
	s.Clock.Set(must[time.Time](t)(time.Parse("2006-01-02 15:04", day+" 06:15")))
}

// entries are those of one action in the trail of somebody or something.
func (s school) entries(subject string, result audit.Result, act access.Action) int {
	n := 0
	for _, e := range s.Trail(subject, result) {
		if e.Action == act {
			n++
		}
	}
	return n
}
