package training

import (
	"cmp"
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/seal"
)

// Trainer is somebody who may be asked to teach.
type Trainer struct {
	Person string
	Name   seal.Clear // the name she chose
}

// Trainers lists whom a coordinator can ask to teach, by name. A trainer's name
// stands beside what she teaches, so a look at it leaves no entry in the trail.
func (c *Courses) Trainers(ctx context.Context, a access.Actor) ([]Trainer, error) {
	if err := access.Decide(a, access.CreateCourse, access.Facts{Org: a.Org, Group: len(a.Groups) > 0}); err != nil {
		return nil, c.refuse(ctx, a, access.CreateCourse, "", err)
	}
	space := c.store.Org(a.Org)
	found, err := account.WithRole(ctx, space, access.Trainer)
	if err != nil {
		return nil, err
	}
	persons := make([]string, len(found))
	for i, f := range found {
		persons[i] = f.Person
	}
	cards, err := c.cards(ctx, space, a.Org, persons)
	if err != nil {
		return nil, err
	}
	var trainers []Trainer
	for _, person := range persons {
		if card, ok := cards[person]; ok {
			trainers = append(trainers, Trainer{person, card.Name})
		}
	}
	slices.SortFunc(trainers, func(x, y Trainer) int {
		return cmp.Or(cmp.Compare(x.Name.Reveal(), y.Name.Reveal()), cmp.Compare(x.Person, y.Person))
	})
	return trainers, nil
}
