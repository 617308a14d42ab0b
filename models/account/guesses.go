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

// guesses slows down whoever tries one sign-in name again and again. Each
// network that tries at a name waits for itself, so that nobody keeps its owner
// out by trying too; only who tries from behind her own address makes her wait.
// It never locks: a right passphrase gets in once the wait, of a minute at most,
// is over. Names that don't exist are counted like those that do. Counters live
// in memory.
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
	guessNames  = 1 << 15 // bounds each of two generations

	// guessesAlert is after how many tries in a row, from wherever, and again after
	// as many more, somebody is told that an account is tried at; from then on each
	// network has the longest wait from its second try on.
	guessesAlert = 100
)

type fromKey struct{}

// From marks a context with the network that a try comes from.
func From(ctx context.Context, network string) context.Context {
	return context.WithValue(ctx, fromKey{}, network)
}

func from(ctx context.Context) string {
	network, _ := ctx.Value(fromKey{}).(string)
	return network
}

// try counts a try, or refuses it with the time to wait. It is counted before
// the slow hash, so that many at once count one by one; a right one is forgiven.
// failed is how many there are in a row, from wherever, if this one is wrong too.
func (g *guesses) try(ctx context.Context, name string, now time.Time) (failed int, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	here := name + "\x00" + from(ctx)
	all, was := g.find(name), g.find(here)
	// More than the longest wait is left only where the clock was set back.
	if left := was.until.Sub(now); left > 0 && left <= longestWait {
		return all.failed, &fault.Error{Kind: fault.TooMany, Code: "session.slow_down", Retry: left}
	}
	all.failed++
	was.failed++
	switch over := was.failed - freeGuesses; {
	case all.failed > guessesAlert:
		was.until = now.Add(longestWait)
	case over >= 0:
		was.until = now.Add(min(firstWait<<min(over, 10), longestWait))
	}
	g.keep(name, all)
	g.keep(here, was)
	return all.failed, nil
}

func (g *guesses) keep(name string, now guess) {
	if g.young == nil || len(g.young) >= guessNames {
		g.old, g.young = g.young, make(map[string]guess)
	}
	g.young[name] = now
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

// succeeded begins anew for a name, here and in what is counted of all.
func (g *guesses) succeeded(ctx context.Context, name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, n := range []string{name, name + "\x00" + from(ctx)} {
		delete(g.young, n)
		delete(g.old, n)
	}
}

func (g *guesses) find(name string) guess {
	if was, ok := g.young[name]; ok {
		return was
	}
	return g.old[name]
}
