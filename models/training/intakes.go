package training

import (
	"context"
	"maps"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Row is an intake as its coordinator and its trainer see it in a list.
type Row struct {
	Card
	Course    *Course
	Trainer   seal.Clear // her chosen name; empty when there is none, or she is not to be shown
	MayChange bool
}

// Filter says which intakes to list.
type Filter struct {
	State State // empty for all
	Limit int
	After store.Cursor
}

// query walks the intakes by the day on which they end, the latest first.
func (f Filter) query(a access.Actor, today calendar.Date) store.Query {
	q := store.Query{Index: "ends", Down: true}
	if !a.Has(access.Coordinator) {
		q = store.Query{Index: "trainer", Equal: []any{a.Person}, Down: true}
	}
	switch f.State {
	case Planned, Open, Closed, Running:
		q.From = today
	case Finished:
		q.Until = today
	}
	return q
}

// Intakes lists the intakes that the actor looks after or teaches, the latest
// to end first. Faults: store.ErrCursor; access.Refused.
func (c *Courses) Intakes(ctx context.Context, a access.Actor, f Filter) ([]Row, store.Cursor, error) {
	may := hasGroups(a)
	may.Assigned = a.Has(access.Trainer)
	if err := access.Decide(a, access.ListIntakes, may); err != nil {
		return nil, "", c.refuse(ctx, a, access.ListIntakes, "", err)
	}
	tree, err := c.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	space, today := c.store.Org(a.Org), c.today()
	q := f.query(a, today)
	q.After = f.After
	var found []*Intake
	for {
		// No page is longer than what is still wanted, so that its cursor fits.
		q.Limit = f.Limit - len(found)
		docs, next, err := intakes.Find(ctx, space, q)
		if err != nil {
			return nil, "", err
		}
		for _, in := range docs {
			if (f.State == "" || in.On(today) == f.State) && access.Decide(a, access.ReadIntake, facts(a, tree, in)) == nil {
				found = append(found, in)
			}
		}
		if q.After = next; next == "" || len(found) == f.Limit {
			break
		}
	}
	rows, err := c.rows(ctx, a, tree, found)
	return rows, q.After, err
}

// rows adds course and trainer to intakes that the actor may see.
func (c *Courses) rows(ctx context.Context, a access.Actor, tree *organisation.Tree, found []*Intake) ([]Row, error) {
	var about, trainers []string
	for _, in := range found {
		about = append(about, in.Course)
		if in.Trainer != "" && !slices.Contains(trainers, in.Trainer) {
			trainers = append(trainers, in.Trainer)
		}
	}
	space := c.store.Org(a.Org)
	taught, err := coursesOf(ctx, space, about)
	if err != nil {
		return nil, err
	}
	var names map[string]member.Card
	if len(trainers) > 0 {
		err = space.Tx(ctx, func(tx *store.Tx) error {
			if names, err = c.cards(ctx, tx, a.Org, trainers); err != nil {
				return err
			}
			return c.audit.Saw(ctx, tx, a, access.ListIntakes, others(a, trainers, names))
		})
		if err != nil {
			return nil, err
		}
	}
	rows := make([]Row, len(found))
	for i, in := range found {
		rows[i] = c.row(a, tree, in, taught[in.Course], names)
	}
	return rows, nil
}

func (c *Courses) row(a access.Actor, tree *organisation.Tree, in *Intake, course *Course, names map[string]member.Card) Row {
	return Row{
		Card:   Card{Intake: in, State: in.On(c.today()), Group: tree.Get(in.Group)},
		Course: course, Trainer: names[in.Trainer].Name,
		MayChange: access.Decide(a, access.ChangeIntake, facts(a, tree, in)) == nil,
	}
}

// cards looks any number of persons up; who is not to be shown is left out.
func (c *Courses) cards(ctx context.Context, v store.View, org string, persons []string) (map[string]member.Card, error) {
	all := make(map[string]member.Card, len(persons))
	persons = slices.Compact(slices.Sorted(slices.Values(persons)))
	for batch := range slices.Chunk(persons, store.MaxIDs) {
		cards, err := c.members.Cards(ctx, v, org, batch)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, cards)
	}
	return all, nil
}

// others are the persons of whom something is shown, but the actor herself.
func others(a access.Actor, persons []string, shown map[string]member.Card) []string {
	var seen []string
	for _, p := range persons {
		if _, ok := shown[p]; ok && p != a.Person && !slices.Contains(seen, p) {
			seen = append(seen, p)
		}
	}
	return seen
}
