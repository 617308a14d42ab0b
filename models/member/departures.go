package member

import (
	"context"
	"time"

	"chautari/models/seal"
	"chautari/models/store"
)

// departure is the id of somebody whose document was removed, so that every
// instance takes her out of its directory: what is gone stands in no list of
// changes. It goes by itself once every directory has heard of it.
type departure struct {
	store.Meta `bson:",inline"`
}

var departures = store.Declare[departure]("departures")

// departuresKept is how long a departure is told. A directory that was last
// brought up to date longer ago than half of it is made anew.
const departuresKept = 30 * 24 * time.Hour

// remove takes a person's document away, and has her key follow it.
func remove(ctx context.Context, tx *store.Tx, doc *Member) error {
	if err := members.Delete(ctx, tx, doc); err != nil {
		return err
	}
	if err := departures.Insert(ctx, tx, &departure{Meta: store.Meta{ID: doc.ID}}); err != nil {
		return err
	}
	return seal.Doom(ctx, tx, doc.ID)
}

// ForgetDepartures removes at most limit departures that every directory has
// heard of, and says how many.
func ForgetDepartures(ctx context.Context, tx *store.Tx, now time.Time, limit int) (int, error) {
	return departures.DeleteRange(ctx, tx, store.Query{Index: store.ChangedIndex, Until: now.Add(-departuresKept)}, limit)
}
