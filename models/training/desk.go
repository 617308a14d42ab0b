package training

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/seal"
	"chautari/models/store"
)

// Desk is what training has for somebody's page of today.
type Desk struct {
	MovedUp   []MovedUp   // in the last week, the newest first
	SeatsOpen []SeatsOpen // the first to close first
}

// MovedUp is somebody for whom a seat became free.
type MovedUp struct {
	Enrolment string
	Intake    *Intake
	Course    *Course
	Name      seal.Clear // empty when she is not to be shown
	On        calendar.Date
}

// SeatsOpen is an intake that takes applications and has seats left.
type SeatsOpen struct {
	Intake *Intake
	Course *Course
}

// daysOnDesk is how long it is shown that somebody moved up.
const daysOnDesk = 7

// Desk gathers what happened in the intakes that the actor looks after. Who
// looks after none has an empty desk.
func (c *Courses) Desk(ctx context.Context, a access.Actor) (*Desk, error) {
	if err := access.Decide(a, access.ReadDesk, access.Facts{Org: a.Org}); err != nil {
		return nil, c.refuse(ctx, a, access.ReadDesk, "", err)
	}
	tree, err := c.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	desk, today := &Desk{}, c.today()
	if len(a.Groups) == 0 {
		return desk, nil
	}
	hers := func(in *Intake) bool { return access.Decide(a, access.ChangeIntake, facts(a, tree, in)) == nil }
	space := c.store.Org(a.Org)
	var open []*Intake
	err = eachLive(ctx, space, today, func(in *Intake) error {
		if in.On(today) == Open && in.Left() > 0 && hers(in) {
			open = append(open, in)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	moved, held, err := lately(ctx, space, today.AddDays(-daysOnDesk))
	if err != nil {
		return nil, err
	}
	moved = slices.DeleteFunc(moved, func(e *Enrolment) bool { return !hers(held[e.Intake]) })
	var about []string
	for _, in := range open {
		about = append(about, in.Course)
	}
	for _, e := range moved {
		about = append(about, e.Course)
	}
	taught, err := coursesOf(ctx, space, about)
	if err != nil {
		return nil, err
	}
	names, err := c.namesOf(ctx, a, moved)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(open, func(a, b *Intake) int { return a.Closes.Compare(b.Closes) })
	for _, in := range open {
		desk.SeatsOpen = append(desk.SeatsOpen, SeatsOpen{Intake: in, Course: taught[in.Course]})
	}
	for _, e := range moved {
		desk.MovedUp = append(desk.MovedUp, MovedUp{
			Enrolment: e.ID, Intake: held[e.Intake], Course: taught[e.Course], Name: names[e.Person].Name, On: e.MovedUp,
		})
	}
	return desk, nil
}

// lately finds who moved up since a day and still has the seat, with the intakes.
func lately(ctx context.Context, v store.View, since calendar.Date) ([]*Enrolment, map[string]*Intake, error) {
	var docs []*Enrolment
	var ids []string
	err := enrolments.Each(ctx, v, store.Query{Index: "moved_up", From: since, Down: true}, func(e *Enrolment) error {
		docs, ids = append(docs, e), append(ids, e.Intake)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	held, err := intakesOf(ctx, v, ids)
	docs = slices.DeleteFunc(docs, func(e *Enrolment) bool {
		return held[e.Intake] == nil || held[e.Intake].Standing(e.ID) != Enrolled
	})
	return docs, held, err
}

// namesOf looks up what the people of enrolments are called, and notes who was shown.
func (c *Courses) namesOf(ctx context.Context, a access.Actor, docs []*Enrolment) (names map[string]member.Card, err error) {
	if len(docs) == 0 {
		return nil, nil
	}
	persons := make([]string, len(docs))
	for i, e := range docs {
		persons[i] = e.Person
	}
	err = c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if names, err = c.cards(ctx, tx, a.Org, persons); err != nil {
			return err
		}
		return c.audit.Saw(ctx, tx, a, access.ReadDesk, others(a, persons, names))
	})
	return names, err
}

// EachFinished hands over every intake that ended on a day from one on and
// before another, with the picture of its course and who had a seat in the
// end. It is for figures: whoever calls it has decided that they may be drawn up.
func (c *Courses) EachFinished(ctx context.Context, v store.View, from, until calendar.Date, fn func(in *Intake, picture Picture, persons []string) error) error {
	pictures := map[string]Picture{}
	return intakes.Each(ctx, v, store.Query{Index: "ends", From: from, Until: until}, func(in *Intake) error {
		if in.Cancelled || in.On(c.today()) != Finished {
			return nil
		}
		if _, known := pictures[in.Course]; !known {
			course, err := courses.Get(ctx, v, in.Course)
			if err != nil {
				return err
			}
			pictures[in.Course] = course.Picture
		}
		persons := make([]string, len(in.Enrolled))
		for i, p := range in.Enrolled {
			persons[i] = p.Person
		}
		return fn(in, pictures[in.Course], persons)
	})
}
