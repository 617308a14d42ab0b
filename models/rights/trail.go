package rights

import (
	"context"

	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/store"
)

// trailKept is how long the trail is kept: long enough for whatever comes up
// years later, and not for ever, since it tells who worked with whom.
var trailKept = organisation.Declare(organisation.Number{Key: "trailKept", Unit: organisation.Months, Usual: 36, Least: audit.KeptLeast, Most: 84})

// Trail purges the trail, and notes that in its chain.
type Trail struct{ Chain audit.Chain }

// Purge removes entries that are older than they are kept.
func (t Trail) Purge(ctx context.Context, tx *store.Tx, by *organisation.Settings, today calendar.Date, limit int) (int, error) {
	return t.Chain.Prune(ctx, tx, today, trailKept.Of(by), limit)
}
