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

// Slow makes slow hashes of what people remember or keep on paper, keyed by a
// secret that does not lie with the data, so that a dump alone can't be guessed
// against. Each has a pool of its own, so that one use can't starve another.
type Slow struct {
	pepper []byte
	turns  *semaphore.Weighted
}

// Passphrases is the slow hash of passphrases.
func (m *Master) Passphrases() *Slow { return newSlow(m.Pepper()) }

// Slow is the slow hash of one other purpose.
func (m *Master) Slow(purpose string) *Slow { return newSlow(m.derive("slow hash of " + purpose)) }

func newSlow(pepper []byte) *Slow {
	return &Slow{pepper: pepper, turns: semaphore.NewWeighted(slowAtOnce)}
}

// Hash is the SlowLen bytes of a text under a salt. It errs only when ctx ends
// while it waits for its turn.
func (s *Slow) Hash(ctx context.Context, text string, salt []byte) ([]byte, error) {
	mac := hmac.New(sha256.New, s.pepper)
	mac.Write([]byte(text))
	if err := s.turns.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer s.turns.Release(1)
	return argon2.IDKey(mac.Sum(nil), salt, slowTime, slowMemory, 1, SlowLen), nil
}
