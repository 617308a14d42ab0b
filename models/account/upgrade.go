package account

import (
	"context"
	"errors"
	"slices"

	"chautari/models/store"
)

// Upgrade moves what opens the accounts of an organisation into credentials, for
// a store from before there were any, and says how many it moved; and it fills the
// places for codes where those are from before there were any. It may be cut
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
	if err != nil {
		return moved, err
	}
	return moved, s.fillAll(ctx, org)
}

// fillAll fills what is empty in the credentials of an organisation, so that a
// copy of the store doesn't tell for whom a code was made since.
func (s *Accounts) fillAll(ctx context.Context, org string) error {
	var bare []string
	err := keyring.Each(ctx, s.store.Org(org), store.Query{Index: store.ChangedIndex}, func(c *credentials) error {
		if c.fill() {
			bare = append(bare, c.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for page := range slices.Chunk(bare, store.MaxIDs) {
		err := s.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
			all, err := keyring.GetMany(ctx, tx, page)
			if err != nil {
				return err
			}
			for _, c := range all {
				if !c.fill() {
					continue
				}
				if err := keyring.Replace(ctx, tx, c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
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
