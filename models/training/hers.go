package training

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what is kept of what she learns and teaches.
type Hers struct {
	Enrolments []HersEnrolment `json:"enrolments"`
	Teaching   []HersIntake    `json:"teaching"`
}

// HersIntake is a run of a course.
type HersIntake struct {
	Course organisation.Name `json:"course"`
	Begins calendar.Date     `json:"begins"`
	Ends   calendar.Date     `json:"ends"`
}

// HersEnrolment is one application of hers; position is her place in the line.
type HersEnrolment struct {
	ID string `json:"id"`
	HersIntake
	Standing  Standing      `json:"standing"`
	Position  int           `json:"position,omitempty"`
	AppliedOn calendar.Date `json:"appliedOn"`
	MovedUp   calendar.Date `json:"movedUp,omitzero"`
	Needs     []Need        `json:"needs"`
	Note      string        `json:"note,omitempty"`
}

// Holds names the collections that training answers for before her rights.
func (c *Courses) Holds() []string {
	return []string{courses.Spec().Name, intakes.Spec().Name, enrolments.Spec().Name}
}

// Hers is a *Hers.
func (c *Courses) Hers(ctx context.Context, v store.View, key *seal.Key, a access.Actor) (any, error) {
	h := &Hers{Enrolments: []HersEnrolment{}, Teaching: []HersIntake{}}
	err := enrolments.Each(ctx, v, store.Query{Index: "person", Equal: []any{a.Person}}, func(doc *Enrolment) error {
		in, err := intakes.Get(ctx, v, doc.Intake)
		if err != nil {
			return err
		}
		run, err := runOf(ctx, v, in)
		if err != nil {
			return err
		}
		needs, note, damaged := open(key, doc)
		if damaged {
			return seal.ErrUnreadable // a copy of all that is hers would lack it
		}
		if needs == nil {
			needs = []Need{}
		}
		h.Enrolments = append(h.Enrolments, HersEnrolment{
			ID: doc.ID, HersIntake: run, Standing: doc.Standing, Position: in.Position(doc.ID),
			AppliedOn: doc.On, MovedUp: doc.MovedUp, Needs: needs, Note: note.Reveal(),
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return h, intakes.Each(ctx, v, store.Query{Index: "trainer", Equal: []any{a.Person}}, func(in *Intake) error {
		run, err := runOf(ctx, v, in)
		h.Teaching = append(h.Teaching, run)
		return err
	})
}

func runOf(ctx context.Context, v store.View, in *Intake) (HersIntake, error) {
	course, err := courses.Get(ctx, v, in.Course)
	if err != nil {
		return HersIntake{}, err
	}
	return HersIntake{Course: course.Name, Begins: in.Begins, Ends: in.Ends}, nil
}

// Erase removes her enrolments and her places in intakes that are over; those
// ahead were given back when she left. What she teaches has no trainer then.
func (c *Courses) Erase(ctx context.Context, tx *store.Tx, a access.Actor, limit int) (int, error) {
	docs, _, err := enrolments.Find(ctx, tx, store.Query{Index: "person", Equal: []any{a.Person}, Limit: limit})
	if err != nil {
		return 0, err
	}
	for _, doc := range docs {
		if err := takeOut(ctx, tx, doc); err != nil {
			return 0, err
		}
	}
	if len(docs) > 0 {
		return len(docs), nil
	}
	taught, _, err := intakes.Find(ctx, tx, store.Query{Index: "trainer", Equal: []any{a.Person}, Limit: limit})
	if err != nil {
		return 0, err
	}
	for _, in := range taught {
		in.Trainer = ""
		if err := intakes.Replace(ctx, tx, in); err != nil {
			return 0, err
		}
	}
	return len(taught), nil
}

// takeOut removes an enrolment, and its place from the intake.
func takeOut(ctx context.Context, tx *store.Tx, doc *Enrolment) error {
	in, err := intakes.Get(ctx, tx, doc.Intake)
	if err != nil {
		return err
	}
	hers := func(p Place) bool { return p.Enrolment == doc.ID }
	if slices.ContainsFunc(in.Enrolled, hers) || slices.ContainsFunc(in.Waiting, hers) {
		in.Enrolled, in.Waiting = slices.DeleteFunc(in.Enrolled, hers), slices.DeleteFunc(in.Waiting, hers)
		if err := intakes.Replace(ctx, tx, in); err != nil {
			return err
		}
	}
	return enrolments.Delete(ctx, tx, doc)
}

// Stays: nothing does.
func (c *Courses) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
