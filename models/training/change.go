package training

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/store"
)

// Change is what a coordinator changes of an intake; what is left out stays.
type Change struct {
	Seats     *int    `json:"seats,omitempty" validate:"omitempty,min=1,max=200"`
	Closes    *string `json:"closes,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Cancelled bool    `json:"cancelled,omitempty"` // true takes everybody's place away, for good
}

// Change changes an intake if it is still at the version she saw. More seats
// go to the first in the line, exactly as many. Faults:
// training.seats_below_enrolled, training.days_order, training.finished,
// training.cancelled, request.stale; access.Refused.
func (c *Courses) Change(ctx context.Context, a access.Actor, intake string, version int64, in Change) error {
	tree, err := c.orgs.Tree(ctx, a.Org)
	if err != nil {
		return err
	}
	leave, err := c.queues.In(ctx, intake)
	if err != nil {
		return err
	}
	defer leave()
	err = c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		doc, err := intakes.Get(ctx, tx, intake)
		if err != nil {
			return notFound(err)
		}
		if err := access.Decide(a, access.ChangeIntake, facts(a, tree, doc)); err != nil {
			return err
		}
		if doc.Version != version {
			return fault.StaleAt(doc.Version)
		}
		switch doc.On(c.today()) {
		case Finished:
			return errFinished
		case Cancelled:
			return errCancelled
		}
		return c.change(ctx, tx, a, doc, in)
	})
	return c.refuse(ctx, a, access.ChangeIntake, intake, err)
}

// change writes what differs, with all whose place it changes.
func (c *Courses) change(ctx context.Context, tx *store.Tx, a access.Actor, doc *Intake, in Change) error {
	var fields []string
	var touched []Place
	if in.Closes != nil {
		day, err := calendar.Parse(*in.Closes)
		if err != nil {
			return fault.Of("request.invalid", fault.At("closes", "field.not_a_day"))
		}
		if doc.Closes = day; doc.daysInOrder() != nil {
			return fault.Of("request.invalid", fault.At("closes", "training.days_order"))
		}
		fields = append(fields, "closes")
	}
	if in.Seats != nil {
		moved, err := doc.setSeats(*in.Seats)
		if err != nil {
			return err
		}
		if err := c.movedUp(ctx, tx, moved); err != nil {
			return err
		}
		fields, touched = append(fields, "seats"), moved
	}
	if in.Cancelled {
		touched = doc.cancel()
		if err := endPlaces(ctx, tx, touched); err != nil {
			return err
		}
		if err := tell(ctx, tx, c.lost, touched); err != nil {
			return err
		}
		fields = append(fields, "cancelled")
	}
	if len(fields) == 0 {
		return nil
	}
	if err := intakes.Replace(ctx, tx, doc); err != nil {
		return err
	}
	return c.audit.Did(ctx, tx, a, access.ChangeIntake, subjects(doc, touched), fields...)
}

// endPlaces writes on the enrolments of those who lose their place that they did.
func endPlaces(ctx context.Context, tx *store.Tx, gone []Place) error {
	for _, p := range gone {
		_, err := enrolments.Update(ctx, tx, p.Enrolment, func(e *Enrolment) error {
			e.Standing, e.Active = Withdrawn, false
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
