package training

import (
	"context"

	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/store"
)

// How long it is kept, after the end of an intake, who was in it, and what each
// needed in order to come.
var (
	enrolmentsKept = organisation.Declare(organisation.Number{Key: "enrolmentsKept", Unit: organisation.Months, Usual: 24, Least: 6, Most: 36})
	needsKept      = organisation.Declare(organisation.Number{Key: "needsKept", Unit: organisation.Months, Usual: 3, Least: 1, Most: 6})
)

// Purge removes enrolments and needs whose time is over.
func (c *Courses) Purge(ctx context.Context, tx *store.Tx, by *organisation.Settings, today calendar.Date, limit int) (int, error) {
	n, err := c.purge(ctx, tx, today.AddMonths(-enrolmentsKept.Of(by)), limit, func(doc *Enrolment) (bool, error) {
		return true, takeOut(ctx, tx, doc)
	})
	if err != nil || n > 0 {
		return n, err
	}
	return c.purge(ctx, tx, today.AddMonths(-needsKept.Of(by)), limit, func(doc *Enrolment) (bool, error) {
		if doc.Needs.Empty() && doc.Note.Empty() {
			return false, nil
		}
		doc.Needs, doc.Note = nil, nil
		return true, enrolments.Replace(ctx, tx, doc)
	})
}

// purge does something to at most limit enrolments of intakes that ended before
// a day, and says to how many.
func (c *Courses) purge(ctx context.Context, tx *store.Tx, before calendar.Date, limit int, do func(*Enrolment) (bool, error)) (n int, err error) {
	var due []*Enrolment
	err = intakes.Each(ctx, tx, store.Query{Index: "ends", Until: before.String()}, func(in *Intake) error {
		return enrolments.Each(ctx, tx, store.Query{Index: "intake", Equal: []any{in.ID}}, func(doc *Enrolment) error {
			due = append(due, doc)
			return nil
		})
	})
	for _, doc := range due {
		if err != nil || n == limit {
			break
		}
		var done bool
		if done, err = do(doc); done {
			n++
		}
	}
	return n, err
}
