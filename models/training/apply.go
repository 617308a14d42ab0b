package training

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/store"
)

// Application is what she says when she applies: what she needs in order to
// come, and a word of her own if she likes.
type Application struct {
	Needs []Need `json:"needs,omitempty" validate:"max=4,unique,dive,oneof=childcare travel safe_route companion"`
	Note  string `json:"note,omitempty" validate:"max=300"`
}

const maxNote = 300

// Apply gives the actor a free seat in an intake, or the last place in the
// line. Faults: training.window_not_open, training.window_closed,
// training.cancelled, training.other_group, training.already_applied;
// access.Refused.
func (c *Courses) Apply(ctx context.Context, a access.Actor, k once.Key, intake string, in Application) (*Own, error) {
	note := script.Clean(in.Note)
	if utf8.RuneCountInString(note) > maxNote {
		return nil, fault.Of("request.invalid", fault.At("note", "field.too_long", "max", "300"))
	}
	made, err := c.apply(ctx, a, k, intake, in.Needs, note)
	if err != nil {
		return nil, c.refuse(ctx, a, access.ApplyToIntake, intake, err)
	}
	return c.own(ctx, a, made)
}

// apply does it and returns the id of the enrolment.
func (c *Courses) apply(ctx context.Context, a access.Actor, k once.Key, intake string, needs []Need, note string) (made string, err error) {
	if err := access.Decide(a, access.ApplyToIntake, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return "", err
	}
	tree, err := c.orgs.Tree(ctx, a.Org)
	if err != nil {
		return "", err
	}
	key, err := c.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return "", notFound(err)
	}
	named := id.New("enr")
	leave, err := c.queues.In(ctx, intake)
	if err != nil {
		return "", err
	}
	defer leave()
	err = c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		made = named
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
		held, err := intakes.Get(ctx, tx, intake)
		if err != nil {
			return notFound(err)
		}
		// What she writes here is kept on her yes to being a member.
		if _, err := consent.ProveOwn(ctx, tx, a.Person, consent.Membership, c.clock.Now()); err != nil {
			return notFound(err)
		}
		if err := c.mayApply(ctx, tx, a, tree, held); err != nil {
			return err
		}
		doc := &Enrolment{
			Meta: store.Meta{ID: made}, Person: a.Person, Intake: held.ID, Course: held.Course,
			On: c.today(), Active: true,
		}
		if doc.Standing, err = held.place(Place{Enrolment: doc.ID, Person: a.Person}); err != nil {
			return err
		}
		if err := doc.close(key, inOrder(needs), note); err != nil {
			return err
		}
		if err := enrolments.Insert(ctx, tx, doc); err != nil {
			if store.IsDuplicate(err, "place") {
				return errApplied
			}
			return err
		}
		if err := intakes.Replace(ctx, tx, held); err != nil {
			return err
		}
		if err := c.audit.Did(ctx, tx, a, access.ApplyToIntake, []string{a.Person, held.ID}, "state"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, c.clock.Now(), made)
	})
	return made, err
}

// mayApply asks the days, the group and her other places in the course.
func (c *Courses) mayApply(ctx context.Context, tx *store.Tx, a access.Actor, tree *organisation.Tree, in *Intake) error {
	switch in.On(c.today()) {
	case Open:
	case Planned:
		return errNotOpen
	case Cancelled:
		return errCancelled
	default:
		return errClosed
	}
	group, state, err := c.members.GroupOf(ctx, tx, a.Person)
	if err != nil {
		return err
	}
	if state != member.Active {
		return access.Refused
	}
	if !in.isFor(tree, group) {
		return errOtherGroup
	}
	return c.letGo(ctx, tx, a.Person, in.Course)
}

// isFor tells whether the intake is for people of a group.
func (in *Intake) isFor(tree *organisation.Tree, group string) bool {
	return in.Group == "" || slices.Contains(tree.Below(in.Group), group)
}

// letGo frees a person to apply anew: her last place in the course counts no
// more once that intake has finished.
func (c *Courses) letGo(ctx context.Context, tx *store.Tx, person, course string) error {
	last, err := enrolments.First(ctx, tx, store.Query{Index: "place", Equal: []any{person, course, true}})
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	in, err := intakes.Get(ctx, tx, last.Intake)
	if err != nil {
		return err
	}
	if in.On(c.today()) != Finished {
		return errApplied
	}
	last.Active = false
	return enrolments.Replace(ctx, tx, last)
}

// inOrder gives the needs the order in which they are shown, each once.
func inOrder(needs []Need) []Need {
	var in []Need
	for _, n := range Needs {
		if slices.Contains(needs, n) {
			in = append(in, n)
		}
	}
	return in
}
