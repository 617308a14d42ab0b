package account

import (
	"context"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/store"
)

// guesses slows down whoever tries one sign-in name again and again, from
// wherever. It never locks: a right passphrase gets in once the wait, of a
// minute at most, is over. Names that don't exist are counted like those that
// do. Counters live in memory.
type guesses struct {
	mu         sync.Mutex
	young, old map[string]guess
}

type guess struct {
	failed int
	until  time.Time
}

const (
	freeGuesses = 5
	firstWait   = time.Second
	longestWait = time.Minute
	guessNames  = 1 << 14 // bounds each of two generations

	// guessesAlert is after how many tries in a row, and again after as many
	// more, somebody is told that an account is tried at.
	guessesAlert = 100
)

// try counts a try, or refuses it with the time to wait. It is counted before
// the slow hash, so that many at once count one by one; a right one is forgiven.
// failed is how many there are in a row, if this one is wrong too.
func (g *guesses) try(name string, now time.Time) (failed int, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	was := g.find(name)
	// More than the longest wait is left only where the clock was set back.
	if left := was.until.Sub(now); left > 0 && left <= longestWait {
		return was.failed, &fault.Error{Kind: fault.TooMany, Code: "session.slow_down", Retry: left}
	}
	was.failed++
	if over := was.failed - freeGuesses; over >= 0 {
		was.until = now.Add(min(firstWait<<min(over, 10), longestWait))
	}
	if g.young == nil || len(g.young) >= guessNames {
		g.old, g.young = g.young, make(map[string]guess)
	}
	g.young[name] = was
	return was.failed, nil
}

// guessed tells those who protect that somebody tries very many passphrases of
// an account. Its owner gets in all the same.
func (s *Accounts) guessed(ctx context.Context, org string, about *Account, failed int) error {
	if failed%guessesAlert != 0 || about == nobody {
		return nil
	}
	she := access.Actor{Org: org, Account: about.ID, Person: about.Person, Roles: about.Roles}
	return s.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		return s.audit.Alert(ctx, tx, audit.Guesses, she, failed)
	})
}

// succeeded begins anew for a name.
func (g *guesses) succeeded(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.young, name)
	delete(g.old, name)
}

func (g *guesses) find(name string) guess {
	if was, ok := g.young[name]; ok {
		return was
	}
	return g.old[name]
}
