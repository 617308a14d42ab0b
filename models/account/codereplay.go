package account

import (
	"context"

	"chautari/models/organisation"
	"chautari/models/store"
)

// ReplayCodes makes codes count no more that were used or replaced before, where
// older data of an organisation came back beside a keys store that knows more. It
// says of how many accounts. Done again it changes nothing.
func (s *Accounts) ReplayCodes(ctx context.Context, org string) (people int, err error) {
	if organisation.IsDecoy(org) {
		return 0, nil // what opens an account lies in the organisation's own space
	}
	var all []string
	err = keyring.Each(ctx, s.store.Org(org), store.Query{Index: store.ChangedIndex}, func(c *credentials) error {
		all = append(all, c.ID)
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, account := range all {
		dropped, err := s.replayCodes(ctx, org, account)
		if err != nil {
			return people, err
		}
		if dropped {
			people++
		}
	}
	return people, nil
}

func (s *Accounts) replayCodes(ctx context.Context, org, account string) (dropped bool, err error) {
	err = s.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		dropped = false
		c, err := keyring.Get(ctx, tx, account)
		if err != nil {
			return err
		}
		c.fill()
		for _, b := range []by{byFirst, bySecond, byStaff} {
			thing := c.thing(b)
			gone, err := s.keys.Retracted(ctx, tx.Beside(b.slot().space(org)), []string{thing})
			if err != nil {
				return err
			}
			if _, is := gone[thing]; is {
				c.drop(b)
				dropped = true
			}
		}
		if !dropped {
			return nil
		}
		return keyring.Replace(ctx, tx, c)
	})
	return dropped, err
}
