package report

import (
	"context"

	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/store"
)

// totalsKept is how long figures are kept, which hold nobody.
var totalsKept = organisation.Declare(organisation.Number{Key: "totalsKept", Unit: organisation.Months, Usual: 84, Least: 12, Most: 84})

// Purge removes releases, and in a supporting body's space the copies, of
// quarters that are longer ago than figures are kept.
func (r *Reports) Purge(ctx context.Context, tx *store.Tx, by *organisation.Settings, today calendar.Date, limit int) (int, error) {
	old := store.Query{Index: "quarter", Until: QuarterOf(today.AddMonths(-totalsKept.Of(by))).String()}
	n, err := releases.DeleteRange(ctx, tx, old, limit)
	if err != nil || n > 0 {
		return n, err
	}
	return results.DeleteRange(ctx, tx, old, limit)
}
