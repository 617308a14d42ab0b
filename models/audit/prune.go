package audit

import (
	"context"
	"errors"

	"chautari/models/calendar"
	"chautari/models/store"
)

// Prune removes at most limit entries of days before the given one, whose time
// is over, and says how many. That they may be gone is sealed into the chain in
// the same transaction, so that verifying tells them from what somebody took
// away. Nothing is removed that may be in no block yet.
func Prune(ctx context.Context, tx *store.Tx, before calendar.Date, limit int) (int, error) {
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
		if err := (&Block{Day: before, Pruned: before.String()}).add(ctx, tx); err != nil {
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
