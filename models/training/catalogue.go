package training

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/store"
)

// Card is an intake as the catalogue shows it.
type Card struct {
	*Intake
	State State
	Group *organisation.Group // nil when it is for all
	Mine  *Own                // the actor's own place; nil when she has none
}

// Listed is a course with the intakes that matter to who looks.
type Listed struct {
	*Course
	Intakes []Card
}

// List is the catalogue: at most store.MaxLimit courses in the order in which
// they were added, each with its intakes that are neither over nor cancelled.
// Who is signed in sees those that she can apply to or looks after, and those
// in which she has, or had, a place. Nobody but she learns of that place. Who
// isn't sees what is taught, and no intake.
func (c *Courses) List(ctx context.Context, a access.Actor) ([]Listed, error) {
	if err := access.Decide(a, access.ListCourses, access.Facts{Org: a.Org}); err != nil {
		return nil, c.refuse(ctx, a, access.ListCourses, "", err)
	}
	space := c.store.Org(a.Org)
	all, _, err := courses.Find(ctx, space, store.Query{Index: "created", Limit: store.MaxLimit})
	if err != nil {
		return nil, err
	}
	cards := make(map[string][]Card, len(all))
	if a.Account == "" {
		// How many places are left would tell at the door in which space somebody
		// is signed in beside it.
		return listed(all, cards), nil
	}
	tree, err := c.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	taught := make(map[string]*Course, len(all))
	for _, course := range all {
		taught[course.ID] = course
	}
	// Her places are read before the intakes, which say where she stands.
	hers, err := c.placesOf(ctx, space, a, taught)
	if err != nil {
		return nil, err
	}
	group := ""
	if a.Person != "" {
		if group, _, err = c.members.GroupOf(ctx, space, a.Person); err != nil {
			return nil, err
		}
	}
	today := c.today()
	show := func(in *Intake) error {
		card := Card{Intake: in, State: in.On(today), Group: tree.Get(in.Group)}
		place := hers[in.ID]
		delete(hers, in.ID)
		switch {
		case place != nil && in.Standing(place.ID) != Withdrawn, place != nil && in.Cancelled:
			own, err := c.openOwn(ctx, a, []*Enrolment{place}, map[string]*Intake{in.ID: in}, taught)
			if err != nil {
				return err
			}
			card.Mine = own[0]
		case in.Cancelled, a.Person != "" && !in.isFor(tree, group) && !a.Coordinates(in.Group):
			return nil
		}
		cards[in.Course] = append(cards[in.Course], card)
		return nil
	}
	if err := eachLive(ctx, space, today, show); err != nil {
		return nil, err
	}
	// What is left are places in intakes that are over.
	var over []string
	for intake, place := range hers {
		if place.Standing == Enrolled {
			over = append(over, intake)
		}
	}
	finished, err := intakesOf(ctx, space, over)
	if err != nil {
		return nil, err
	}
	latestFirst := func(a, b *Intake) int { return cmp.Or(b.Ends.Compare(a.Ends), cmp.Compare(a.ID, b.ID)) }
	for _, in := range slices.SortedFunc(maps.Values(finished), latestFirst) {
		if err := show(in); err != nil {
			return nil, err
		}
	}
	return listed(all, cards), nil
}

func listed(all []*Course, cards map[string][]Card) []Listed {
	listed := make([]Listed, len(all))
	for i, course := range all {
		listed[i] = Listed{Course: course, Intakes: cards[course.ID]}
	}
	return listed
}

// placesOf are the actor's newest enrolments by their intakes, of courses that are listed.
func (c *Courses) placesOf(ctx context.Context, v store.View, a access.Actor, taught map[string]*Course) (map[string]*Enrolment, error) {
	if a.Person == "" {
		return nil, nil
	}
	docs, err := shownTo(ctx, v, a)
	if err != nil {
		return nil, err
	}
	hers := make(map[string]*Enrolment, len(docs))
	for _, e := range docs {
		if hers[e.Intake] == nil && taught[e.Course] != nil {
			hers[e.Intake] = e
		}
	}
	return hers, nil
}

// eachLive hands over every intake that has not ended, the soonest to end first.
func eachLive(ctx context.Context, v store.View, today calendar.Date, fn func(*Intake) error) error {
	return intakes.Each(ctx, v, store.Query{Index: "ends", From: today}, fn)
}
