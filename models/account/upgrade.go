package account

import (
	"context"
	"errors"

	"chautari/models/store"
)

// Upgrade moves what opens the accounts of an organisation into credentials, for
// a store from before there were any, and says how many it moved. It may be cut
// short anywhere and done again. Whoever signs in before it came to her account
// has hers moved there and then.
func (s *Accounts) Upgrade(ctx context.Context, org string) (moved int, err error) {
	var old []string
	err = Each(ctx, s.store.Org(org), func(a *Account) error {
		if len(a.Hash) > 0 {
			old = append(old, a.ID)
		}
		return nil
	})
	for _, id := range old {
		if err == nil {
			err = s.upgrade(ctx, org, id)
			moved++
		}
	}
	return moved, err
}

// upgrade moves what opens one account. The salt stays, so the passphrase does.
func (s *Accounts) upgrade(ctx context.Context, org, account string) error {
	return s.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		a, err := accounts.Get(ctx, tx, account)
		if errors.Is(err, store.ErrAbsent) || err == nil && len(a.Hash) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		opens := newCredentials(a.ID)
		opens.Salt, opens.First = a.Salt, a.Hash
		a.Salt, a.Hash = nil, nil
		if err := accounts.Replace(ctx, tx, a); err != nil {
			return err
		}
		if _, err := keyring.Get(ctx, tx, account); !errors.Is(err, store.ErrAbsent) {
			return err // she has chosen other words since
		}
		return keyring.Insert(ctx, tx, opens)
	})
}
