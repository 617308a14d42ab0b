package training

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Own is an enrolment as the person herself sees it.
type Own struct {
	*Enrolment
	Course   *Course
	Intake   *Intake
	Standing Standing
	Position int // 1 is the first in the line; 0 when she doesn't wait
	Needs    []Need
	Note     seal.Clear
	Damaged  bool // what she told can't be read any more, or not all of it
}

// Mine lists the actor's enrolments, the newest first, at most store.MaxLimit.
// Her own reading leaves no entry in the trail.
func (c *Courses) Mine(ctx context.Context, a access.Actor) ([]*Own, error) {
	if err := access.Decide(a, access.ReadOwnPlaces, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	space := c.store.Org(a.Org)
	docs, err := shownTo(ctx, space, a)
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	var at, about []string
	for _, e := range docs {
		at, about = append(at, e.Intake), append(about, e.Course)
	}
	held, err := intakesOf(ctx, space, at)
	if err != nil {
		return nil, err
	}
	taught, err := coursesOf(ctx, space, about)
	if err != nil {
		return nil, err
	}
	return c.openOwn(ctx, a, docs, held, taught)
}

// own reads one enrolment anew for its person.
func (c *Courses) own(ctx context.Context, a access.Actor, enrolment string) (*Own, error) {
	space := c.store.Org(a.Org)
	doc, err := enrolments.Get(ctx, space, enrolment)
	if err != nil {
		return nil, notFound(err)
	}
	in, err := intakes.Get(ctx, space, doc.Intake)
	if err != nil {
		return nil, notFound(err)
	}
	course, err := courses.Get(ctx, space, doc.Course)
	if err != nil {
		return nil, notFound(err)
	}
	opened, err := c.openOwn(ctx, a, []*Enrolment{doc}, map[string]*Intake{in.ID: in}, map[string]*Course{course.ID: course})
	if err != nil {
		return nil, err
	}
	return opened[0], nil
}

// shownTo are the actor's enrolments that she sees, as ofPerson has them: while what
// she had before is closed to her, those alone that she asked for since.
func shownTo(ctx context.Context, v store.View, a access.Actor) ([]*Enrolment, error) {
	docs, err := ofPerson(ctx, v, a.Person)
	return slices.DeleteFunc(docs, func(e *Enrolment) bool { return e.before(a) }), err
}

// before tells whether an enrolment is among what is closed to an actor.
func (e *Enrolment) before(a access.Actor) bool {
	return a.IsHeld() && (e.On.Before(calendar.Of(a.Hold.Since)) || a.Before(e.Changed))
}

// ofPerson are a person's enrolments: the newest first, and of one day the
// place that she still has before those that she gave up.
func ofPerson(ctx context.Context, v store.View, person string) ([]*Enrolment, error) {
	docs, _, err := enrolments.Find(ctx, v, store.Query{Index: "person", Equal: []any{person}, Down: true, Limit: store.MaxLimit})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(docs, func(a, b *Enrolment) int {
		switch {
		case a.On != b.On:
			return b.On.Compare(a.On)
		case a.Active != b.Active && a.Active:
			return -1
		case a.Active != b.Active:
			return 1
		}
		return cmp.Or(b.Changed.Compare(a.Changed), cmp.Compare(a.ID, b.ID))
	})
	return docs, nil
}

// openOwn opens enrolments of the actor. Where one stands is for the intake to
// say; somebody may have moved up between the two readings.
func (c *Courses) openOwn(ctx context.Context, a access.Actor, docs []*Enrolment, held map[string]*Intake, taught map[string]*Course) ([]*Own, error) {
	key, err := c.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	today := c.today()
	own := make([]*Own, 0, len(docs))
	for _, doc := range docs {
		in, course := held[doc.Intake], taught[doc.Course]
		if in == nil || course == nil {
			return nil, errors.New("training: an enrolment without its intake or course")
		}
		o := &Own{Enrolment: doc, Course: course, Intake: in, Standing: in.Standing(doc.ID)}
		if in.On(today) != Finished {
			o.Position = in.Position(doc.ID)
		}
		o.Needs, o.Note, o.Damaged = open(key, doc)
		own = append(own, o)
	}
	return own, nil
}

// open opens what she said of herself with an application, as far as it opens.
func open(key *seal.Key, doc *Enrolment) (needs []Need, note seal.Clear, damaged bool) {
	said := key.Readable(doc.ID, "needs", doc.Needs, &damaged)
	if !said.Empty() && json.Unmarshal([]byte(said.Reveal()), &needs) != nil {
		needs, damaged = nil, true
	}
	note = key.Readable(doc.ID, "note", doc.Note, &damaged)
	return needs, note, damaged
}

// close seals what she said of herself into an enrolment.
func (doc *Enrolment) close(key *seal.Key, needs []Need, note string) error {
	var text []byte
	var err error
	if len(needs) > 0 {
		if text, err = json.Marshal(needs); err != nil {
			return err
		}
	}
	if doc.Needs, err = key.Seal(doc.ID, "needs", string(text)); err != nil {
		return err
	}
	doc.Note, err = key.Seal(doc.ID, "note", note)
	return err
}

// intakesOf reads intakes by their ids.
func intakesOf(ctx context.Context, v store.View, ids []string) (map[string]*Intake, error) {
	return byID(ctx, v, intakes, ids, func(in *Intake) string { return in.ID })
}

// coursesOf reads courses by their ids.
func coursesOf(ctx context.Context, v store.View, ids []string) (map[string]*Course, error) {
	return byID(ctx, v, courses, ids, func(course *Course) string { return course.ID })
}

func byID[T any, P store.Document[T]](ctx context.Context, v store.View, from store.Collection[T, P], ids []string, idOf func(P) string) (map[string]P, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	found := make(map[string]P, len(ids))
	for batch := range slices.Chunk(ids, store.MaxIDs) {
		read, err := from.GetMany(ctx, v, batch)
		if err != nil {
			return nil, err
		}
		for _, p := range read {
			found[idOf(p)] = p
		}
	}
	return found, nil
}
