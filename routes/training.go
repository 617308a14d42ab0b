package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/training"
)

var (
	// catalogueReaders are all but whoever sees figures or machines only.
	catalogueReaders = []access.Role{
		access.Anonymous, access.Applicant, access.Member, access.PeerSupporter, access.Trainer,
		access.Coordinator, access.FocalPoint, access.Deputy, access.Board,
	}
	learners      = []access.Role{access.Member}
	intakeReaders = []access.Role{access.Trainer, access.Coordinator}
)

type courseRef struct {
	ID      string            `json:"id"`
	Name    organisation.Name `json:"name"`
	Picture training.Picture  `json:"picture" enum:"sewing,phone,food,computer,farming,beauty,reading,driving,other"`
}

type courseOut struct {
	courseRef
	About   organisation.Name `json:"about"`
	Intakes []intakeCard      `json:"intakes"`
}

// Location is where courses stand.
func (o courseOut) Location() string { return "/api/courses" }

type intakeCard struct {
	ID      string               `json:"id"`
	Group   *groupRef            `json:"group"` // null is for all
	Opens   calendar.Date        `json:"opens"`
	Closes  calendar.Date        `json:"closes"`
	Begins  calendar.Date        `json:"begins"`
	Ends    calendar.Date        `json:"ends"`
	Times   []training.ClassTime `json:"times"`
	Seats   int                  `json:"seats"`
	Left    int                  `json:"left"`
	Waiting int                  `json:"waiting"`
	State   training.State       `json:"state" enum:"planned,open,closed,running,finished,cancelled"`
	Mine    *enrolmentOut        `json:"mine"`
}

type enrolmentOut struct {
	ID       string               `json:"id"`
	Intake   string               `json:"intake"`
	Course   courseRef            `json:"course"`
	State    training.Standing    `json:"state" enum:"enrolled,waiting,withdrawn"`
	Position *int                 `json:"position"` // 1 is the first in the line
	MovedUp  *calendar.Date       `json:"movedUp"`
	Needs    []training.Need      `json:"needs"`
	Note     *string              `json:"note"`
	Damaged  bool                 `json:"damaged"` // what she told can't be read any more, or not all of it
	Begins   calendar.Date        `json:"begins"`
	Ends     calendar.Date        `json:"ends"`
	Times    []training.ClassTime `json:"times"`
}

// Location is where her enrolments stand.
func (o enrolmentOut) Location() string { return "/api/enrolments" }

type intakeRow struct {
	intakeCard
	Course    courseRef `json:"course"`
	Enrolled  int       `json:"enrolled"`
	Trainer   *string   `json:"trainer"` // the name she chose
	MayChange bool      `json:"mayChange"`
}

type intakePerson struct {
	Enrolment string            `json:"enrolment"`
	Name      *string           `json:"name"` // the name she chose; null when she is not to be shown
	State     training.Standing `json:"state" enum:"enrolled,waiting,withdrawn"`
	Position  *int              `json:"position"`
	MovedUp   *calendar.Date    `json:"movedUp"`
	Needs     []training.Need   `json:"needs"`
	Note      *string           `json:"note"`
	Damaged   bool              `json:"damaged"` // what she told can't be read any more, or not all of it
	Group     *groupRef         `json:"group"`
}

type intakeOut struct {
	intakeRow
	People  []intakePerson `json:"people"`
	Version int64          `json:"-"`
}

// ETag is the version that a change must name.
func (o intakeOut) ETag() int64 { return o.Version }

// Location is where the intake stands.
func (o intakeOut) Location() string { return "/api/intakes/" + o.ID }

func refToCourse(c *training.Course) courseRef {
	return courseRef{ID: c.ID, Name: c.Name, Picture: c.Picture}
}

func enrolmentOf(o *training.Own) enrolmentOut {
	return enrolmentOut{
		ID: o.ID, Intake: o.Intake.ID, Course: refToCourse(o.Course), State: o.Standing,
		Position: positive(o.Position), MovedUp: known(o.MovedUp), Needs: o.Needs, Note: said(o.Note.Reveal()), Damaged: o.Damaged,
		Begins: o.Intake.Begins, Ends: o.Intake.Ends, Times: o.Intake.Times,
	}
}

func cardOf(c training.Card) intakeCard {
	out := intakeCard{
		ID: c.ID, Group: refTo(c.Group), Opens: c.Opens, Closes: c.Closes, Begins: c.Begins, Ends: c.Ends, Times: c.Times,
		Seats: c.Seats, Left: c.Left(), Waiting: len(c.Waiting), State: c.State,
	}
	if c.Mine != nil {
		out.Mine = pointer(enrolmentOf(c.Mine))
	}
	return out
}

func courseOf(c *training.Course, cards []training.Card) courseOut {
	out := courseOut{courseRef: refToCourse(c), About: c.About, Intakes: []intakeCard{}}
	for _, card := range cards {
		out.Intakes = append(out.Intakes, cardOf(card))
	}
	return out
}

func intakeRowOf(r training.Row) intakeRow {
	return intakeRow{
		intakeCard: cardOf(r.Card), Course: refToCourse(r.Course), Enrolled: len(r.Enrolled),
		Trainer: said(r.Trainer.Reveal()), MayChange: r.MayChange,
	}
}

func intakeOf(r *training.Read) intakeOut {
	out := intakeOut{intakeRow: intakeRowOf(r.Row), People: []intakePerson{}, Version: r.Version}
	for _, p := range r.People {
		out.People = append(out.People, intakePerson{
			Enrolment: p.Enrolment, Name: said(p.Name.Reveal()), State: p.Standing, Position: positive(p.Position),
			MovedUp: known(p.MovedUp), Needs: p.Needs, Note: said(p.Note.Reveal()), Damaged: p.Damaged, Group: refTo(p.Group),
		})
	}
	return out
}

type trainerOut struct {
	ID   string `json:"id"`
	Name string `json:"name"` // the name she chose
}

type trainersOut struct {
	Items []trainerOut `json:"items"`
}

type intakeID struct {
	ID string `path:"id" json:"-" validate:"id=int"`
}

type listIntakesIn struct {
	Page
	State string `query:"state" json:"-" validate:"omitempty,oneof=planned open closed running finished cancelled"`
}

type createIntakeIn struct {
	ID string `path:"id" json:"-" validate:"id=crs"`
	training.NewIntake
}

type changeIntakeIn struct {
	intakeID
	training.Change
}

type applyIn struct {
	intakeID
	training.Application
}

type withdrawEnrolmentIn struct {
	ID string `path:"id" json:"-" validate:"id=enr"`
}

var (
	exampleCourseRef = courseRef{
		ID: "crs_b7k2m9x4q8w3e6r5t2y7u4n8pa", Name: organisation.Name{NE: "सिलाइ", EN: "Sewing"}, Picture: training.Sewing,
	}
	exampleCard = intakeCard{
		ID: "int_b7k2m9x4q8w3e6r5t2y7u4n8pa", Group: &groupRef{ID: exampleGroup.ID, Name: exampleGroup.Name},
		Opens: exampleDay.AddDays(-6), Closes: exampleDay.AddDays(4), Begins: exampleDay.AddDays(10), Ends: exampleDay.AddDays(94),
		Times: []training.ClassTime{{Weekday: 0, From: "07:00", To: "09:00"}},
		Seats: 12, Left: 5, State: training.Open,
	}
	exampleCourse    = courseOut{courseRef: exampleCourseRef, About: organisation.Name{EN: "Measure, cut and sew a kurta."}, Intakes: []intakeCard{exampleCard}}
	exampleEnrolment = enrolmentOut{
		ID: "enr_b7k2m9x4q8w3e6r5t2y7u4n8pa", Intake: exampleCard.ID, Course: exampleCourseRef, State: training.Enrolled,
		Needs: []training.Need{training.Childcare, training.SafeRoute}, Begins: exampleCard.Begins, Ends: exampleCard.Ends, Times: exampleCard.Times,
	}
	exampleIntake = intakeOut{
		intakeRow: intakeRow{intakeCard: exampleCard, Course: exampleCourseRef, Enrolled: 1, Trainer: pointer("Asha"), MayChange: true},
		People: []intakePerson{{
			Enrolment: exampleEnrolment.ID, Name: pointer("Junkiri"), State: training.Enrolled, Needs: exampleEnrolment.Needs,
			Group: &groupRef{ID: exampleGroup.ID, Name: exampleGroup.Name},
		}},
		Version: 3,
	}
)

func trainingRoutes(n Nouns) []Endpoint {
	read := func(ctx context.Context, a access.Actor, intake string) (intakeOut, error) {
		r, err := n.Courses.Read(ctx, a, intake)
		if err != nil {
			return intakeOut{}, err
		}
		return intakeOf(r), nil
	}
	return []Endpoint{
		Route[Nothing, List[courseOut]]{
			Method: http.MethodGet, Path: "/api/courses", ID: "listCourses", Tag: "courses",
			Summary: "What is taught; for whoever is signed in with the intakes that she can still join or has a place in.",
			Roles:   catalogueReaders,
			Example: List[courseOut]{Items: []courseOut{exampleCourse}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (List[courseOut], error) {
				listed, err := n.Courses.List(ctx, call.Actor)
				if err != nil {
					return List[courseOut]{}, err
				}
				items := make([]courseOut, len(listed))
				for i, c := range listed {
					items[i] = courseOf(c.Course, c.Intakes)
				}
				return NewList(items, ""), nil
			},
		},
		Route[training.NewCourse, courseOut]{
			Method: http.MethodPost, Path: "/api/courses", ID: "createCourse", Tag: "courses",
			Summary:   "Add a course to the catalogue.",
			Roles:     coordinators,
			Status:    http.StatusCreated,
			ExampleIn: training.NewCourse{Name: exampleCourse.Name, About: exampleCourse.About, Picture: training.Sewing},
			Example:   exampleCourse,
			Problems:  []string{"name.missing"},
			Do: func(ctx context.Context, call *Call, in training.NewCourse) (courseOut, error) {
				c, err := n.Courses.CreateCourse(ctx, call.Actor, call.Once, in)
				if err != nil {
					return courseOut{}, err
				}
				return courseOf(c, nil), nil
			},
		},
		Route[createIntakeIn, intakeOut]{
			Method: http.MethodPost, Path: "/api/courses/:id/intakes", ID: "createIntake", Tag: "intakes",
			Summary: "Plan a run of a course: its days, its weekly times in Nepal time, its seats.",
			Roles:   coordinators,
			Status:  http.StatusCreated,
			ExampleIn: createIntakeIn{ID: exampleCourse.ID, NewIntake: training.NewIntake{
				Group: pointer(exampleGroup.ID), Seats: 12, Opens: "2026-11-20", Closes: "2026-11-30", Begins: "2026-12-06", Ends: "2027-02-28",
				Times: []training.TimeInput{{Weekday: pointer(0), From: "07:00", To: "09:00"}},
			}},
			Example:  exampleIntake,
			Problems: []string{"training.days_order", "training.span_invalid", "training.trainer_unknown", "registration.group_unknown"},
			Do: func(ctx context.Context, call *Call, in createIntakeIn) (intakeOut, error) {
				made, err := n.Courses.CreateIntake(ctx, call.Actor, call.Once, in.ID, in.NewIntake)
				if err != nil {
					return intakeOut{}, err
				}
				return read(ctx, call.Actor, made.ID)
			},
		},
		Route[Nothing, trainersOut]{
			Method: http.MethodGet, Path: "/api/trainers", ID: "listTrainers", Tag: "intakes",
			Summary: "Whom a coordinator can ask to teach, by name.",
			Roles:   coordinators,
			Example: trainersOut{Items: []trainerOut{{ID: exampleRow.ID, Name: "Asha"}}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (trainersOut, error) {
				out := trainersOut{Items: []trainerOut{}}
				found, err := n.Courses.Trainers(ctx, call.Actor)
				for _, t := range found {
					out.Items = append(out.Items, trainerOut{ID: t.Person, Name: t.Name.Reveal()})
				}
				return out, err
			},
		},
		Route[listIntakesIn, List[intakeRow]]{
			Method: http.MethodGet, Path: "/api/intakes", ID: "listIntakes", Tag: "intakes",
			Summary:   "The intakes that she looks after or teaches, the latest to end first.",
			Roles:     intakeReaders,
			ExampleIn: listIntakesIn{State: "open"},
			Example:   List[intakeRow]{Items: []intakeRow{exampleIntake.intakeRow}},
			Do: func(ctx context.Context, call *Call, in listIntakesIn) (List[intakeRow], error) {
				rows, next, err := n.Courses.Intakes(ctx, call.Actor, training.Filter{State: training.State(in.State), Limit: in.Size(), After: in.After()})
				if err != nil {
					return List[intakeRow]{}, err
				}
				items := make([]intakeRow, len(rows))
				for i, r := range rows {
					items[i] = intakeRowOf(r)
				}
				return NewList(items, next), nil
			},
		},
		Route[intakeID, intakeOut]{
			Method: http.MethodGet, Path: "/api/intakes/:id", ID: "readIntake", Tag: "intakes",
			Summary:   "An intake with the people in it and what each needs in order to come.",
			Roles:     intakeReaders,
			ExampleIn: intakeID{ID: exampleCard.ID},
			Example:   exampleIntake,
			Do: func(ctx context.Context, call *Call, in intakeID) (intakeOut, error) {
				return read(ctx, call.Actor, in.ID)
			},
		},
		Route[changeIntakeIn, intakeOut]{
			Method: http.MethodPatch, Path: "/api/intakes/:id", ID: "changeIntake", Tag: "intakes",
			Summary:   "Change the seats or the last day of applying, or cancel. More seats go to the first in line.",
			Roles:     coordinators,
			ExampleIn: changeIntakeIn{intakeID: intakeID{ID: exampleCard.ID}, Change: training.Change{Seats: pointer(14)}},
			Example:   exampleIntake,
			Problems:  []string{"training.seats_below_enrolled", "training.days_order", "training.finished", "training.cancelled"},
			Do: func(ctx context.Context, call *Call, in changeIntakeIn) (intakeOut, error) {
				if err := n.Courses.Change(ctx, call.Actor, in.ID, call.IfMatch, in.Change); err != nil {
					return intakeOut{}, err
				}
				return read(ctx, call.Actor, in.ID)
			},
		},
		Route[applyIn, enrolmentOut]{
			Method: http.MethodPost, Path: "/api/intakes/:id/apply", ID: "applyToIntake", Tag: "intakes",
			Summary:   "Take a seat, or the last place in the line where none is left.",
			Roles:     learners,
			Status:    http.StatusCreated,
			ExampleIn: applyIn{intakeID: intakeID{ID: exampleCard.ID}, Application: training.Application{Needs: exampleEnrolment.Needs}},
			Example:   exampleEnrolment,
			Problems: []string{
				"training.window_not_open", "training.window_closed", "training.already_applied", "training.cancelled", "training.other_group",
			},
			Do: func(ctx context.Context, call *Call, in applyIn) (enrolmentOut, error) {
				own, err := n.Courses.Apply(ctx, call.Actor, call.Once, in.ID, in.Application)
				if err != nil {
					return enrolmentOut{}, err
				}
				return enrolmentOf(own), nil
			},
		},
		Route[Nothing, List[enrolmentOut]]{
			Method: http.MethodGet, Path: "/api/enrolments", ID: "listEnrolments", Tag: "enrolments",
			Summary: "Her own places and applications, the newest first.",
			Roles:   learners,
			Example: List[enrolmentOut]{Items: []enrolmentOut{exampleEnrolment}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (List[enrolmentOut], error) {
				mine, err := n.Courses.Mine(ctx, call.Actor)
				if err != nil {
					return List[enrolmentOut]{}, err
				}
				items := make([]enrolmentOut, len(mine))
				for i, own := range mine {
					items[i] = enrolmentOf(own)
				}
				return NewList(items, ""), nil
			},
		},
		Route[withdrawEnrolmentIn, enrolmentOut]{
			Method: http.MethodPost, Path: "/api/enrolments/:id/withdraw", ID: "withdrawEnrolment", Tag: "enrolments",
			Summary:   "Give her place back; the first in line moves up.",
			Roles:     learners,
			ExampleIn: withdrawEnrolmentIn{ID: exampleEnrolment.ID},
			Example:   exampleEnrolment,
			Problems:  []string{"training.finished"},
			Do: func(ctx context.Context, call *Call, in withdrawEnrolmentIn) (enrolmentOut, error) {
				own, err := n.Courses.Withdraw(ctx, call.Actor, call.Once, in.ID)
				if err != nil {
					return enrolmentOut{}, err
				}
				return enrolmentOf(own), nil
			},
		},
	}
}
