package audit

import (
	"context"
	"errors"

	"chautari/models/calendar"
	"chautari/models/store"
)

// KeptLeast is for how many months entries are kept, whatever an organisation
// chooses: what a block says to be over sooner, verifying doesn't believe.
const KeptLeast = 12

// Prune removes at most limit entries that are older than so many months, whose
// time is over, and says how many. That they may be gone is sealed into the chain
// in the same transaction, so that verifying tells them from what somebody took
// away. Nothing is removed that may be in no block yet.
func (c Chain) Prune(ctx context.Context, tx *store.Tx, today calendar.Date, months, limit int) (int, error) {
	before := today.AddMonths(-max(months, KeptLeast))
	// Entries are dated by the day in UTC, on which it may be the next one in Nepal.
	old := store.Query{Index: store.ChangedIndex, Until: midnight(before.AddDays(-1))}
	if _, err := Entries.First(ctx, tx, old); errors.Is(err, store.ErrAbsent) {
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	since, err := openDays(ctx, tx)
	if err != nil || since.Before(before) {
		return 0, err
	}
	last, err := prunedOf(ctx, tx)
	if err != nil {
		return 0, err
	}
	if last < before.String() {
		if err := c.add(ctx, tx, &Block{Day: today, Pruned: before.String()}); err != nil {
			return 0, err
		}
	}
	return Entries.DeleteRange(ctx, tx, old, limit)
}

// prunedOf is the latest day before which entries may be gone; empty for none.
func prunedOf(ctx context.Context, v store.View) (string, error) {
	last, err := Blocks.First(ctx, v, store.Query{Index: "pruned", Down: true})
	if errors.Is(err, store.ErrAbsent) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return last.Pruned, nil
}
