package factor

import (
	"context"

	"chautari/models/store"
)

// Older keeps what the store has of an account, and puts it back as a backup
// from before would.
func Older(ctx context.Context, v store.View, acc string) (back func(tx *store.Tx) error, err error) {
	was, err := sets.Get(ctx, v, acc)
	return func(tx *store.Tx) error {
		_, err := sets.Update(ctx, tx, acc, func(s *set) error {
			meta := s.Meta
			*s = *was
			s.Meta = meta
			return nil
		})
		return err
	}, err
}
