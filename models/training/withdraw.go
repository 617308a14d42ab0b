package training

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/once"
	"chautari/models/store"
)

// Withdraw gives the actor's place back; the first in the line moves up. A
// second time changes nothing. Faults: training.finished; access.Refused.
func (c *Courses) Withdraw(ctx context.Context, a access.Actor, k once.Key, enrolment string) (*Own, error) {
	if err := c.withdraw(ctx, a, k, enrolment); err != nil {
		return nil, c.refuse(ctx, a, access.WithdrawEnrolment, enrolment, err)
	}
	return c.own(ctx, a, enrolment)
}

func (c *Courses) withdraw(ctx context.Context, a access.Actor, k once.Key, enrolment string) error {
	space := c.store.Org(a.Org)
	known, err := enrolments.Get(ctx, space, enrolment)
	if err != nil {
		return notFound(err)
	}
	leave, err := c.queues.In(ctx, known.Intake)
	if err != nil {
		return err
	}
	defer leave()
	return space.Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		doc, err := enrolments.Get(ctx, tx, enrolment)
		if err != nil {
			return notFound(err)
		}
		if err := access.Decide(a, access.WithdrawEnrolment, access.Facts{Org: a.Org, Own: a.Person != "" && doc.Person == a.Person && !doc.before(a)}); err != nil {
			return err
		}
		in, err := intakes.Get(ctx, tx, doc.Intake)
		if err != nil {
			return notFound(err)
		}
		switch {
		case doc.Standing == Withdrawn:
			return once.Remember(ctx, tx, a, k, c.clock.Now(), doc.ID)
		case in.On(c.today()) == Finished:
			return errFinished
		}
		if err := c.giveBack(ctx, tx, a, in, doc); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, c.clock.Now(), doc.ID)
	})
}

// giveBack takes a person's place out of an intake that is not over, so that the
// first in the line moves up.
func (c *Courses) giveBack(ctx context.Context, tx *store.Tx, a access.Actor, in *Intake, doc *Enrolment) error {
	moved := in.leave(doc.ID)
	if err := intakes.Replace(ctx, tx, in); err != nil {
		return err
	}
	doc.Standing, doc.Active = Withdrawn, false
	if err := enrolments.Replace(ctx, tx, doc); err != nil {
		return err
	}
	if err := c.movedUp(ctx, tx, moved); err != nil {
		return err
	}
	return c.audit.Did(ctx, tx, a, access.WithdrawEnrolment, subjects(in, append(moved, Place{Person: doc.Person})), "state")
}

// Leave gives back every place of somebody who ends her membership, in the
// transaction that ends it: nobody waits behind a seat that stays empty.
func (c *Courses) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	var held []*Enrolment
	err := enrolments.Each(ctx, tx, store.Query{Index: "person", Equal: []any{a.Person}}, func(doc *Enrolment) error {
		if doc.Active {
			held = append(held, doc)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, doc := range held {
		in, err := intakes.Get(ctx, tx, doc.Intake)
		if err != nil {
			return err
		}
		if in.On(c.today()) == Finished {
			continue
		}
		if err := c.giveBack(ctx, tx, a, in, doc); err != nil {
			return err
		}
	}
	return nil
}

// movedUp writes on the enrolments of those who got a seat that they did.
func (c *Courses) movedUp(ctx context.Context, tx *store.Tx, moved []Place) error {
	for _, p := range moved {
		_, err := enrolments.Update(ctx, tx, p.Enrolment, func(e *Enrolment) error {
			e.Standing, e.MovedUp = Enrolled, c.today()
			return nil
		})
		if err != nil {
			return err
		}
	}
	return tell(ctx, tx, c.got, moved)
}

// subjects are the ids of a change: the intake, and whose place changed with it.
func subjects(in *Intake, places []Place) []string {
	ids := []string{in.ID}
	for _, p := range places {
		ids = append(ids, p.Person)
	}
	return ids
}
