package member

import (
	"context"
	"time"

	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/store"
)

// Counted is what figures need of a person: nothing that is sealed.
type Counted struct {
	ID    string
	Group string
	State State
	Since calendar.Date // of the state
}

// EachCounted hands over everybody who may be counted: whose consent to being a
// member is live at the instant, and who has not said no to being counted. Whoever is
// only carried over from an old register has given none, and stands in no figure, nor
// does anybody of those who are UnlistedYoung.
func EachCounted(ctx context.Context, v store.View, now time.Time, unlisted map[string]bool, fn func(Counted)) error {
	page := make([]*Member, 0, store.MaxIDs)
	flush := func() error {
		ids := make([]string, len(page))
		for i, doc := range page {
			ids[i] = doc.ID
		}
		sheets, err := consent.OfMany(ctx, v, ids)
		if err != nil {
			return err
		}
		for _, doc := range page {
			if sheets[doc.ID].Counts(now) && !unlisted[doc.ID] {
				fn(Counted{ID: doc.ID, Group: doc.Group, State: doc.State, Since: doc.Since})
			}
		}
		page = page[:0]
		return nil
	}
	err := members.Each(ctx, v, store.Query{Index: store.ChangedIndex}, func(doc *Member) error {
		if page = append(page, doc); len(page) < store.MaxIDs {
			return nil
		}
		return flush()
	})
	if err != nil || len(page) == 0 {
		return err
	}
	return flush()
}
