package organisation

import (
	"context"

	"chautari/models/audit"
)

// How many different people's records somebody may open within an hour before
// others are told, and before no more is opened.
var (
	openingsAlert = Declare(Number{Key: "openingsAlert", Unit: People, Usual: audit.Usual.OpeningsAlert, Least: 10, Most: 200})
	openedMost    = Declare(Number{Key: "openedMost", Unit: People, Usual: audit.Usual.OpenedMost, Least: 60, Most: 300})
	openingsMost  = Declare(Number{Key: "openingsMost", Unit: People, Usual: audit.Usual.OpeningsMost, Least: 200, Most: 2000})
)

// Log is the trail, with the bounds that an organisation chose.
func (o *Organisations) Log() audit.Log { return audit.Log{Clock: o.clock, Bounds: o.bounds} }

func (o *Organisations) bounds(ctx context.Context, org string) (audit.Bounds, error) {
	s, err := o.Settings(ctx, org)
	if err != nil {
		return audit.Bounds{}, err
	}
	return audit.Bounds{
		OpeningsAlert: openingsAlert.Of(s), OpenedMost: openedMost.Of(s), OpeningsMost: openingsMost.Of(s), RefusalsAlert: audit.Usual.RefusalsAlert,
	}, nil
}
