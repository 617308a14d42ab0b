package training

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/store"
)

// NewIntake is what a coordinator says of an intake. Days are "2026-11-29",
// each inclusive. Without a group it is for all, and needs the root.
type NewIntake struct {
	Group   *string     `json:"group,omitempty" validate:"omitempty,id=grp"`
	Seats   int         `json:"seats" validate:"min=1,max=200"`
	Opens   string      `json:"opens" validate:"required,datetime=2006-01-02"`
	Closes  string      `json:"closes" validate:"required,datetime=2006-01-02"`
	Begins  string      `json:"begins" validate:"required,datetime=2006-01-02"`
	Ends    string      `json:"ends" validate:"required,datetime=2006-01-02"`
	Times   []TimeInput `json:"times" validate:"required,min=1,max=21,dive"`
	Trainer *string     `json:"trainer,omitempty" validate:"omitempty,id=mem"`
}

// TimeInput is a ClassTime as it comes in. A weekday that was left out is no Sunday.
type TimeInput struct {
	Weekday *int   `json:"weekday" validate:"required,min=0,max=6"`
	From    string `json:"from" validate:"required,len=5"`
	To      string `json:"to" validate:"required,len=5"`
}

// noDay is no weekday, and refused as one.
const noDay = -1

// times reads the weekly times.
func (n NewIntake) times() []ClassTime {
	times := make([]ClassTime, len(n.Times))
	for i, t := range n.Times {
		times[i] = ClassTime{Weekday: noDay, From: t.From, To: t.To}
		if t.Weekday != nil {
			times[i].Weekday = *t.Weekday
		}
	}
	return times
}

// intake reads what was said and tells everything that is wrong with it.
func (n NewIntake) intake() (*Intake, []fault.Field) {
	in := &Intake{Seats: n.Seats, Times: n.times()}
	var faults []fault.Field
	for _, d := range []struct {
		field, text string
		to          *calendar.Date
	}{
		{"opens", n.Opens, &in.Opens}, {"closes", n.Closes, &in.Closes}, {"begins", n.Begins, &in.Begins}, {"ends", n.Ends, &in.Ends},
	} {
		day, err := calendar.Parse(d.text)
		if err != nil {
			faults = append(faults, fault.At(d.field, "field.not_a_day"))
		}
		*d.to = day
	}
	if faults == nil {
		faults = in.daysInOrder()
	}
	if n.Group != nil {
		in.Group = *n.Group
	}
	if n.Trainer != nil {
		in.Trainer = *n.Trainer
	}
	return in, append(faults, timesFit(in.Times)...)
}

// daysInOrder tells which day comes before the one that it must follow.
func (in *Intake) daysInOrder() []fault.Field {
	days := []calendar.Date{in.Opens, in.Closes, in.Begins, in.Ends}
	for i, field := range []string{"closes", "begins", "ends"} {
		if days[i+1].Before(days[i]) {
			return []fault.Field{fault.At(field, "training.days_order")}
		}
	}
	return nil
}

// timesFit tells which times are none, end before they begin, or run into another.
func timesFit(times []ClassTime) (faults []fault.Field) {
	for i, t := range times {
		from, wrong := time.Parse("15:04", t.From)
		to, wrongToo := time.Parse("15:04", t.To)
		overlaps := func(other ClassTime) bool {
			return other.Weekday == t.Weekday && other.From < t.To && t.From < other.To
		}
		if wrong != nil || wrongToo != nil || !to.After(from) || t.Weekday < 0 || t.Weekday > 6 || slices.ContainsFunc(times[:i], overlaps) {
			faults = append(faults, fault.At(fmt.Sprintf("times[%d]", i), "training.span_invalid"))
		}
	}
	return faults
}

// CreateIntake plans a run of a course. Faults: training.days_order,
// training.span_invalid, training.trainer_unknown, registration.group_unknown,
// all at once; access.Refused.
func (c *Courses) CreateIntake(ctx context.Context, a access.Actor, k once.Key, course string, in NewIntake) (*Intake, error) {
	tree, err := c.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	doc, wrong := in.intake()
	doc.ID, doc.Course = id.New("int"), course
	made := doc.ID
	err = c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		made = doc.ID
		if err := access.Decide(a, access.ChangeIntake, hasGroups(a)); err != nil {
			return err
		}
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if done {
			made = refs[0]
		}
		if done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if _, err := courses.Get(ctx, tx, course); err != nil {
			return notFound(err)
		}
		faults := slices.Clone(wrong)
		// What isn't hers can't be told from what isn't there.
		if access.Decide(a, access.ChangeIntake, facts(a, tree, doc)) != nil {
			faults = append(faults, fault.At("group", "registration.group_unknown"))
		}
		known, err := teaches(ctx, tx, doc.Trainer)
		if err != nil {
			return err
		}
		if !known {
			faults = append(faults, fault.At("trainer", "training.trainer_unknown"))
		}
		if err := fault.Of("request.invalid", faults...); err != nil {
			return err
		}
		if err := intakes.Insert(ctx, tx, doc); err != nil {
			return err
		}
		if err := c.audit.Did(ctx, tx, a, access.ChangeIntake, []string{doc.ID, course}); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, c.clock.Now(), doc.ID)
	})
	if err != nil {
		return nil, c.refuse(ctx, a, access.ChangeIntake, course, err)
	}
	held, err := intakes.Get(ctx, c.store.Org(a.Org), made)
	return held, notFound(err)
}

// teaches tells whether a person is a trainer; nobody is as good as one.
func teaches(ctx context.Context, v store.View, person string) (bool, error) {
	if person == "" {
		return true, nil
	}
	acc, err := account.OfPerson(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return !acc.Closed && slices.Contains(acc.Roles, access.Trainer), nil
}
