package training

import (
	"context"
	"errors"

	"chautari/models/id"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/store"
)

// Gap is an intake of a decoy tenant in which fewer people have a place than in
// the one it stands beside.
type Gap struct {
	Intake  string
	Missing int
}

// Mirror brings the catalogue of an organisation's decoy tenant up to date:
// anybody may read the organisation's, so the two must say the same, down to
// their ids. Who has a place is each one's own matter. It tells where people are
// missing.
func (c *Courses) Mirror(ctx context.Context, org string) (gaps []Gap, err error) {
	from, to := c.store.Org(org), c.store.Org(organisation.Decoy(org))
	err = courses.Each(ctx, from, store.Query{Index: "created"}, func(real *Course) error {
		return mirrorCourse(ctx, to, real)
	})
	if err != nil {
		return nil, err
	}
	err = eachLive(ctx, from, c.today(), func(real *Intake) error {
		has, err := c.mirrorIntake(ctx, to, real)
		if missing := len(real.Enrolled) + len(real.Waiting) - has; err == nil && missing > 0 {
			gaps = append(gaps, Gap{real.ID, missing})
		}
		return err
	})
	return gaps, err
}

func mirrorCourse(ctx context.Context, to *store.Space, real *Course) error {
	has, err := courses.Get(ctx, to, real.ID)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return err
	}
	want := *real
	if has != nil {
		want.Meta = has.Meta
		if want == *has {
			return nil
		}
	}
	return to.Tx(ctx, func(tx *store.Tx) error {
		next := want
		if has == nil {
			return courses.Insert(ctx, tx, &next)
		}
		return courses.Replace(ctx, tx, &next)
	})
}

// mirrorIntake tells how many have a place in the decoy tenant's.
func (c *Courses) mirrorIntake(ctx context.Context, to *store.Space, real *Intake) (has int, err error) {
	err = to.Tx(ctx, func(tx *store.Tx) error {
		next := *real
		next.Trainer = "" // who teaches is a person of the organisation
		next.Enrolled, next.Waiting = nil, nil
		now, err := intakes.Get(ctx, tx, real.ID)
		if errors.Is(err, store.ErrAbsent) {
			has = 0
			return intakes.Insert(ctx, tx, &next)
		}
		if err != nil {
			return err
		}
		has = len(now.Enrolled) + len(now.Waiting)
		if now.Cancelled == real.Cancelled && now.Closes == real.Closes && now.Seats == max(real.Seats, len(now.Enrolled)) {
			return nil
		}
		now.Closes = real.Closes
		moved, err := now.setSeats(max(real.Seats, len(now.Enrolled)))
		if err != nil {
			return err
		}
		if err := c.movedUp(ctx, tx, moved); err != nil {
			return err
		}
		if real.Cancelled && !now.Cancelled {
			if err := endPlaces(ctx, tx, now.cancel()); err != nil {
				return err
			}
			has = 0
		}
		return intakes.Replace(ctx, tx, now)
	})
	return has, err
}

// Seat gives somebody of a decoy tenant a place in an intake, whatever its window
// for applying, if it is for her group and she has none in the course. It tells
// whether she got it.
func (c *Courses) Seat(ctx context.Context, decoy, intake, person string) (bool, error) {
	if !organisation.IsDecoy(decoy) {
		return false, nil
	}
	tree, err := c.orgs.Tree(ctx, decoy)
	if err != nil {
		return false, err
	}
	leave, err := c.queues.In(ctx, intake)
	if err != nil {
		return false, err
	}
	defer leave()
	named, got := id.New("enr"), false
	err = c.store.Org(decoy).Tx(ctx, func(tx *store.Tx) error {
		got = false
		in, err := intakes.Get(ctx, tx, intake)
		if err != nil {
			return err
		}
		group, state, err := c.members.GroupOf(ctx, tx, person)
		if err != nil || state != member.Active || !in.isFor(tree, group) || in.Cancelled || in.On(c.today()) == Finished {
			return err
		}
		doc := &Enrolment{
			Meta: store.Meta{ID: named}, Person: person, Intake: in.ID, Course: in.Course, On: c.today(), Active: true,
		}
		if doc.Standing, err = in.place(Place{Enrolment: doc.ID, Person: person}); errors.Is(err, errApplied) {
			return nil
		}
		if err != nil {
			return err
		}
		n, err := enrolments.Count(ctx, tx, store.Query{Index: "place", Equal: []any{person, in.Course, true}}, 1)
		if n > 0 || err != nil {
			return err
		}
		if err := enrolments.Insert(ctx, tx, doc); err != nil {
			return err
		}
		got = true
		return intakes.Replace(ctx, tx, in)
	})
	return got, err
}
