package account

import (
	"context"

	"chautari/models/store"
)

// Slots shows a test what stands in both slots of an account.
func Slots(ctx context.Context, v store.View, account string) (salt, first, second []byte, err error) {
	c, err := keyring.Get(ctx, v, account)
	if err != nil {
		return nil, nil, nil, err
	}
	return c.Salt, c.First, c.Second, nil
}

// Age puts an account back to how it lay in a store from before there were
// credentials and twins.
func Age(ctx context.Context, tx *store.Tx, account, decoy string) error {
	c, err := keyring.Get(ctx, tx, account)
	if err != nil {
		return err
	}
	_, err = accounts.Update(ctx, tx, account, func(a *Account) error {
		a.Salt, a.Hash = c.Salt, c.First
		return nil
	})
	if err != nil {
		return err
	}
	if err := keyring.Delete(ctx, tx, c); err != nil {
		return err
	}
	twin, err := accounts.Get(ctx, tx.Beside(decoy), account)
	if err != nil {
		return err
	}
	return accounts.Delete(ctx, tx.Beside(decoy), twin)
}

// SlotOf tells a test which slot began the sign-in of a token: 0 or 1.
func (s *Accounts) SlotOf(host, token string) int {
	secret, ok := s.tokens.read(host, token)
	if !ok {
		return -1
	}
	return int(s.tokens.slot(secret))
}

// Codes shows a test what stands where codes stand, in the order first, second, of others.
func Codes(ctx context.Context, v store.View, account string) ([3][]byte, error) {
	c, err := keyring.Get(ctx, v, account)
	if err != nil {
		return [3][]byte{}, err
	}
	return [3][]byte{c.FirstCode, c.SecondCode, c.StaffCode}, nil
}

// Bare puts credentials back to how they lay before there were codes.
func Bare(ctx context.Context, tx *store.Tx, account string) error {
	_, err := keyring.Update(ctx, tx, account, func(c *credentials) error {
		c.CodeHashes = CodeHashes{}
		return nil
	})
	return err
}

// PutCodes puts older codes back, as an older copy of the data does.
func PutCodes(ctx context.Context, tx *store.Tx, account string, were [3][]byte) error {
	_, err := keyring.Update(ctx, tx, account, func(c *credentials) error {
		c.FirstCode, c.SecondCode, c.StaffCode = were[0], were[1], were[2]
		return nil
	})
	return err
}
