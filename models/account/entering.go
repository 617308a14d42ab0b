package account

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/store"
)

// ErrFactorNeeded: her words were right, and her roles ask for more than words.
var ErrFactorNeeded = fault.New(fault.Unauthenticated, "session.factor_needed")

// Using checks what is given beside the words and uses it up, in the transaction
// that it is good for. she is the account as whom the trail knows it, with all
// its roles. It may run several times.
type Using func(ctx context.Context, tx *store.Tx, she access.Actor) (Factor, error)

// halfway leaves to whoever owes a second factor nothing but to give it. What is
// demanded of her is looked up at each request, by the roles that she has then.
func halfway(a access.Actor, given Factor, by *organisation.Settings) access.Actor {
	if DemandedIn(by, a.Roles).MetBy(given) {
		return a
	}
	return access.Actor{
		Org: a.Org, Account: a.Account, Person: a.Person, Session: a.Session, Fresh: a.Fresh, Hold: a.Hold,
		Roles: []access.Role{access.Halfway},
	}
}

// Entering is the open account of an actor who may be halfway in, and what her
// sign-in was given already; the transaction depends on the account. Faults:
// ErrAbsent, ErrRenewed.
func (s *Accounts) Entering(ctx context.Context, tx *store.Tx, a access.Actor) (*Account, Factor, error) {
	doc, err := living(ctx, tx, a.Session, s.clock.Now())
	if err != nil {
		return nil, NoFactor, err
	}
	found, err := accounts.Get(ctx, tx, doc.Account)
	if errors.Is(err, store.ErrAbsent) || err == nil && (found.Closed || found.ID != a.Account) {
		return nil, NoFactor, ErrAbsent
	}
	if err != nil {
		return nil, NoFactor, err
	}
	return found, doc.Factor, accounts.Require(ctx, tx, found)
}

// Enter lets the actor's sign-in go on under a new token, with what use found to
// be right, and the one she came with is dead. Faults: those of use, ErrAbsent,
// ErrRenewed.
func (s *Accounts) Enter(ctx context.Context, a access.Actor, host string, use Using) (token string, in *SignedIn, err error) {
	secret, now := s.tokens.newSecret(slotOf(a.Org)), s.clock.Now()
	var found *Account
	err = s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var before Factor
		if found, before, err = s.Entering(ctx, tx, a); err != nil {
			return err
		}
		was, err := living(ctx, tx, a.Session, now)
		if err != nil {
			return err
		}
		given, err := use(ctx, tx, inFull(a, found))
		if err != nil {
			return err
		}
		return renew(ctx, tx, was.ID, secret, now, was.Proved, better(given, before))
	})
	if err != nil {
		return "", nil, err
	}
	if token, err = s.tokens.make(host, secret, now.Add(longest)); err != nil {
		return "", nil, err
	}
	in, err = s.describe(ctx, a.Org, found, sessionID(secret))
	return token, in, err
}

// beside checks what came beside right words, where the demand is for more.
func (s *Accounts) beside(ctx context.Context, tx *store.Tx, a access.Actor, her *Account, demand Demand, use Using) (Factor, error) {
	if demand.MetBy(NoFactor) {
		return NoFactor, nil
	}
	if use == nil {
		return NoFactor, ErrFactorNeeded
	}
	given, err := use(ctx, tx, inFull(a, her))
	if err == nil && !demand.MetBy(given) {
		err = ErrFactorNeeded
	}
	return given, err
}

// inFull is an actor as the trail knows her, halfway in or not.
func inFull(a access.Actor, found *Account) access.Actor {
	return access.Actor{
		Org: a.Org, Account: found.ID, Person: found.Person, Session: a.Session, Fresh: a.Fresh, Hold: a.Hold,
		Roles: found.Roles, Assigned: found.Groups,
	}
}

// better is the one of two factors that meets more demands.
func better(one, other Factor) Factor {
	if StrongFactor.MetBy(other) && !StrongFactor.MetBy(one) || one == NoFactor {
		return other
	}
	return one
}

// Try counts a try of an actor at something beside her words, or refuses it with
// session.slow_down as at sign-in. What is tried at has counters of its own, so
// that right words don't forgive wrong digits.
func (s *Accounts) Try(ctx context.Context, what string, a access.Actor) (failed int, err error) {
	return s.guesses.try(ctx, what+"/"+a.Account, s.clock.Now())
}

// Right begins anew for what was tried at.
func (s *Accounts) Right(ctx context.Context, what string, a access.Actor) {
	s.guesses.succeeded(ctx, what+"/"+a.Account)
}

// Alarm tells those who protect that very many tries at somebody's account
// failed in a row; most calls do nothing.
func (s *Accounts) Alarm(ctx context.Context, a access.Actor, failed int) error {
	if failed%guessesAlert != 0 {
		return nil
	}
	found, err := accounts.Get(ctx, s.store.Org(a.Org), a.Account)
	if err != nil {
		return err
	}
	return s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		return s.audit.Alert(ctx, tx, audit.Guesses, inFull(a, found), failed)
	})
}
