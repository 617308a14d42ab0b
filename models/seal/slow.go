package seal

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
)

// argon2id as OWASP's password storage sheet has it for 19 MiB: two passes, one lane.
const (
	slowTime   = 2
	slowMemory = 19 * 1024 // KiB
	slowAtOnce = 2         // bounds the memory of many at once: the others wait their turn

	// SlowLen is the length of a slow hash in bytes.
	SlowLen = 32
)

// Slow makes slow hashes of what people remember or keep on paper, keyed by the
// secret of their organisation, which does not lie with the data, so that a
// dump alone can't be guessed against. Each has a pool of its own, so that one
// use can't starve another.
type Slow struct {
	keys  *Keys
	use   string
	turns *semaphore.Weighted
	// argon is the slow hash itself, each run of which takes slowMemory.
	argon func(password, salt []byte, time, memory uint32, threads uint8, keyLen uint32) []byte
}

// Passphrases is the slow hash of passphrases.
func (k *Keys) Passphrases() *Slow { return k.slow("passphrase pepper") }

// Slow is the slow hash of one other purpose.
func (k *Keys) Slow(purpose string) *Slow { return k.slow("slow hash of " + purpose) }

func (k *Keys) slow(use string) *Slow {
	return &Slow{keys: k, use: use, turns: semaphore.NewWeighted(slowAtOnce), argon: argon2.IDKey}
}

// Hash is the SlowLen bytes of a text of an organisation under a salt. It errs
// when ctx ends while it waits for its turn, and with ErrNoSecret.
func (s *Slow) Hash(ctx context.Context, org, text string, salt []byte) ([]byte, error) {
	pepper, err := s.keys.secretFor(ctx, org)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, pepper.of(s.use))
	mac.Write([]byte(text))
	if err := s.turns.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer s.turns.Release(1)
	return s.argon(mac.Sum(nil), salt, slowTime, slowMemory, 1, SlowLen), nil
}
