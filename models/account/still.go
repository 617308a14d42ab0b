package account

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/store"
)

// Still makes a transaction depend on the actor being what she was when she
// was let in: her account open, with these roles and groups. Otherwise it is
// access.Refused, so that nothing is done on a right that was taken away.
func Still(ctx context.Context, tx *store.Tx, a access.Actor) error {
	found, err := accounts.Get(ctx, tx, a.Account)
	if errors.Is(err, store.ErrAbsent) {
		return access.Refused
	}
	if err != nil {
		return err
	}
	if found.Closed || !slices.Equal(found.Roles, a.Roles) || !slices.Equal(found.Groups, a.Assigned) {
		return access.Refused
	}
	return accounts.Require(ctx, tx, found)
}
