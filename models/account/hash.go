package account

import (
	"context"
	"crypto/subtle"

	"chautari/models/account/words"
)

// saltLen is the length of an account's salt in bytes.
const saltLen = 16

// matches tells whether the passphrase makes the hash. It takes the same work
// whether or not it does.
func (s *Accounts) matches(ctx context.Context, org, passphrase string, salt, want []byte) (bool, error) {
	got, err := s.hasher.Hash(ctx, org, words.Prepare(passphrase), salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}
