package grievance

import (
	"context"

	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// How long a closed grievance is kept: one of the day, and one in which a
// pattern may show, or that a court may ask for.
var (
	keptOrdinary  = organisation.Declare(organisation.Number{Key: "closedOrdinaryKept", Unit: organisation.Months, Usual: 12, Least: 6, Most: 36})
	keptSensitive = organisation.Declare(organisation.Number{Key: "closedSensitiveKept", Unit: organisation.Months, Usual: 36, Least: 12, Most: 84})
)

// Purge removes grievances that were closed longer ago than they are kept, and
// has their keys follow.
func (g *Grievances) Purge(ctx context.Context, tx *store.Tx, by *organisation.Settings, today calendar.Date, limit int) (int, error) {
	before := func(c Category) calendar.Date {
		kept := keptOrdinary
		if c.Sensitive() {
			kept = keptSensitive
		}
		return today.AddMonths(-kept.Of(by))
	}
	newest := before(Idea)
	if s := before(Harm); s.After(newest) {
		newest = s
	}
	var over []*Grievance
	// The due days of closed ones run backwards: what was closed earlier stands later.
	err := grievances.Each(ctx, tx, store.Query{Index: "due", From: dueClosed(newest.AddDays(-1)).String()}, func(doc *Grievance) error {
		if len(over) < limit && doc.State == Closed && doc.Closed.Before(before(doc.Category)) {
			over = append(over, doc)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, doc := range over {
		if err := grievances.Delete(ctx, tx, doc); err != nil {
			return 0, err
		}
		if err := seal.Doom(ctx, tx, doc.ID); err != nil {
			return 0, err
		}
	}
	return len(over), nil
}
