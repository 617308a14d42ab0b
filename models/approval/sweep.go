package approval

import (
	"context"
	"time"

	"chautari/models/store"
)

// Lapse ends at most limit requests that nobody decided on in time, and says how many.
func Lapse(ctx context.Context, tx *store.Tx, now time.Time, limit int) (int, error) {
	late, _, err := requests.Find(ctx, tx, store.Query{Index: "open", Equal: []any{true}, Until: now, Limit: limit})
	if err != nil {
		return 0, err
	}
	for _, r := range late {
		r.enter(Over, "", now)
		if err := requests.Replace(ctx, tx, r); err != nil {
			return 0, err
		}
	}
	return len(late), nil
}

// Forget removes at most limit requests that have been kept long enough, and says
// how many. What was done on them stays in the trail.
func Forget(ctx context.Context, tx *store.Tx, now time.Time, limit int) (int, error) {
	return requests.DeleteRange(ctx, tx, store.Query{Index: "keep_until", Until: now}, limit)
}
