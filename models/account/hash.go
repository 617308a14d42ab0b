package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"

	"chautari/models/account/words"
)

// argon2id as OWASP's password storage sheet has it for 19 MiB: two passes, one lane.
const (
	hashTime   = 2
	hashMemory = 19 * 1024 // KiB
	hashLen    = 32
	saltLen    = 16
	// atOnce bounds the memory of many sign-ins: the others wait their turn.
	atOnce = 2
)

// hasher makes slow hashes of passphrases, keyed by a secret that does not lie
// with the data, so that a dump alone can't be guessed against.
type hasher struct {
	pepper []byte
	turns  *semaphore.Weighted
}

func newHasher(pepper []byte) *hasher {
	return &hasher{pepper: pepper, turns: semaphore.NewWeighted(atOnce)}
}

func (h *hasher) hash(ctx context.Context, passphrase string, salt []byte) ([]byte, error) {
	mac := hmac.New(sha256.New, h.pepper)
	mac.Write([]byte(words.Prepare(passphrase)))
	if err := h.turns.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer h.turns.Release(1)
	return argon2.IDKey(mac.Sum(nil), salt, hashTime, hashMemory, 1, hashLen), nil
}

// matches tells whether the passphrase makes the hash. It takes the same work
// whether or not it does.
func (h *hasher) matches(ctx context.Context, passphrase string, salt, want []byte) (bool, error) {
	got, err := h.hash(ctx, passphrase, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}
