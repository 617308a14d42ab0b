package training

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Read is an intake with the people in it.
type Read struct {
	Row
	People []Person // the enrolled in their order, then the line
}

// Person is somebody with a place, or in the line. Of one who withdrew her yes
// to being kept only the place is shown. Her group is the intake's own for
// whoever doesn't look after hers.
type Person struct {
	Enrolment string
	Standing  Standing
	Position  int // 1 is the first in the line; 0 for the enrolled
	MovedUp   calendar.Date
	Name      seal.Clear
	Group     *organisation.Group
	Needs     []Need
	Note      seal.Clear
	Damaged   bool // what she told can't be read any more, or not all of it
}

// Read shows an intake to who looks after it or teaches it: whom to expect, and
// what each needs in order to come.
func (c *Courses) Read(ctx context.Context, a access.Actor, intake string) (*Read, error) {
	tree, err := c.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	var in *Intake
	var course *Course
	var docs map[string]*Enrolment
	var cards map[string]member.Card
	err = c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var err error
		if in, err = intakes.Get(ctx, tx, intake); err != nil {
			return notFound(err)
		}
		if err := access.Decide(a, access.ReadIntake, facts(a, tree, in)); err != nil {
			return err
		}
		if course, err = courses.Get(ctx, tx, in.Course); err != nil {
			return err
		}
		var named []string
		persons := []string{}
		for _, p := range slices.Concat(in.Enrolled, in.Waiting) {
			named, persons = append(named, p.Enrolment), append(persons, p.Person)
		}
		if in.Trainer != "" {
			persons = append(persons, in.Trainer)
		}
		if docs, err = byID(ctx, tx, enrolments, named, func(e *Enrolment) string { return e.ID }); err != nil {
			return err
		}
		if cards, err = c.cards(ctx, tx, a.Org, persons); err != nil {
			return err
		}
		return c.audit.Saw(ctx, tx, a, access.ReadIntake, others(a, persons, cards))
	})
	if err != nil {
		return nil, c.refuse(ctx, a, access.ReadIntake, intake, err)
	}
	r := &Read{Row: c.row(a, tree, in, course, cards)}
	for places := range slices.Chunk(slices.Concat(in.Enrolled, in.Waiting), store.MaxIDs) {
		people, err := c.people(ctx, a, tree, in, places, docs, cards)
		if err != nil {
			return nil, err
		}
		r.People = append(r.People, people...)
	}
	return r, nil
}

// people opens what those said who may be shown; of the others it keeps the place.
func (c *Courses) people(ctx context.Context, a access.Actor, tree *organisation.Tree, in *Intake, places []Place, docs map[string]*Enrolment, cards map[string]member.Card) ([]Person, error) {
	persons := make([]string, len(places))
	for i, p := range places {
		persons[i] = p.Person
	}
	keys, err := c.keys.Many(ctx, a.Org, persons)
	if err != nil {
		return nil, err
	}
	ours := tree.Root()
	if in.Group != "" {
		ours = tree.Get(in.Group)
	}
	people := make([]Person, len(places))
	for i, p := range places {
		her := Person{Enrolment: p.Enrolment, Standing: in.Standing(p.Enrolment), Position: in.Position(p.Enrolment), Group: ours}
		doc := docs[p.Enrolment]
		if doc != nil {
			her.MovedUp = doc.MovedUp
		}
		card, shown := cards[p.Person]
		if key := keys[p.Person]; shown && doc != nil && key != nil {
			her.Name = card.Name
			if a.Coordinates(card.Group) {
				her.Group = tree.Get(card.Group)
			}
			her.Needs, her.Note, her.Damaged = open(key, doc)
		}
		people[i] = her
	}
	return people, nil
}
