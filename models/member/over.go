package member

import (
	"context"

	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/store"
)

// How long a person is kept whose membership is over (SafetyNet's templates: a
// year at the most), and one whose application was declined.
var (
	keptAfterLeaving = organisation.Declare(organisation.Number{Key: "keptAfterLeaving", Unit: organisation.Months, Usual: 12, Least: 1, Most: 12})
	keptDeclined     = organisation.Declare(organisation.Number{Key: "keptDeclined", Unit: organisation.Months, Usual: 3, Least: 1, Most: 12})
)

// Over lists the people who left, or were declined, longer ago than they are kept.
func (m *Members) Over(ctx context.Context, org string, by *organisation.Settings, today calendar.Date) (over []string, err error) {
	for state, kept := range map[State]organisation.Number{Ended: keptAfterLeaving, Declined: keptDeclined} {
		q := store.Query{Index: "state", Equal: []any{string(state)}, Until: today.AddMonths(-kept.Of(by)).String()}
		err = members.Each(ctx, m.store.Org(org), q, func(doc *Member) error {
			over = append(over, doc.ID)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return over, nil
}

// Present tells which of at most store.MaxIDs persons are there.
func (m *Members) Present(ctx context.Context, org string, ids []string) ([]string, error) {
	docs, err := members.GetMany(ctx, m.store.Org(org), ids)
	if err != nil {
		return nil, err
	}
	there := make([]string, len(docs))
	for i, d := range docs {
		there[i] = d.ID
	}
	return there, nil
}

// leavesOn is the last day on which somebody is kept; zero while no day is set.
func (d *Member) leavesOn(by *organisation.Settings) calendar.Date {
	switch {
	case d.CarriedOver != nil:
		return d.CarriedOver.Until
	case d.State == Ended:
		return d.Since.AddMonths(keptAfterLeaving.Of(by))
	case d.State == Declined:
		return d.Since.AddMonths(keptDeclined.Of(by))
	}
	return calendar.Date{}
}
