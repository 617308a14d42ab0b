package peersupport

import (
	"context"

	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/store"
)

// meetingsKept is how long it is kept that two met. A quarter's figures must
// still be counted, and whether somebody is new in them.
var meetingsKept = organisation.Declare(organisation.Number{Key: "meetingsKept", Unit: organisation.Months, Usual: 12, Least: 6, Most: 12})

// Purge removes meetings that began longer ago than they are kept.
func (s *Support) Purge(ctx context.Context, tx *store.Tx, by *organisation.Settings, today calendar.Date, limit int) (int, error) {
	before := instant(today.AddMonths(-meetingsKept.Of(by)), 0)
	return sessions.DeleteRange(ctx, tx, store.Query{Index: "start", Until: before}, limit)
}
