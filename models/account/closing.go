package account

import (
	"context"
	"errors"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Closing shuts somebody's way in. She is named by her sign-in name.
type Closing struct {
	Handle string `json:"handle" validate:"required,max=200"`
	Reason string `json:"reason" validate:"max=600"`
}

// maxReason bounds a reason, in characters.
const maxReason = 600

var (
	// ErrUnknown: no account has this sign-in name, or none that she may know of.
	ErrUnknown = fault.Of("request.invalid", fault.At("handle", "account.unknown"))
	errOwn     = fault.Of("request.invalid", fault.At("handle", "account.own"))
	errLast    = fault.New(fault.Conflict, "account.last_one")
)

// within is a view that knows its organisation.
type within interface {
	store.View
	Org() string
}

// ByHandle finds an account, open or closed, by its sign-in name as somebody
// typed it, or store.ErrAbsent.
func (s *Accounts) ByHandle(ctx context.Context, v within, handle string) (*Account, error) {
	name, err := s.handleKey(ctx, v.Org(), handle)
	if err != nil {
		return nil, err
	}
	return accounts.First(ctx, v, store.Query{Index: "handle_key", Equal: []any{name}})
}

// Apart tells in a transaction that no conflict of interest stands between
// somebody and these persons, and makes it depend on that.
type Apart func(ctx context.Context, tx *store.Tx, person string, others ...string) (bool, error)

// ApartBy says who knows of conflicts of interest. Until then nobody can close
// anybody's account.
func (s *Accounts) ApartBy(known Apart) { s.apart = known }

// Close shuts somebody's account: from her next request on she is signed in
// nowhere, and what lay in her hands goes on to others. Closing a closed one is
// no fault. Faults: account.reason_missing, account.unknown, account.own,
// account.last_one.
func (s *Accounts) Close(ctx context.Context, a access.Actor, k once.Key, in Closing) error {
	reason := script.Clean(in.Reason)
	switch {
	case reason == "":
		return fault.Of("request.invalid", fault.At("reason", "account.reason_missing"))
	case utf8.RuneCountInString(reason) > maxReason:
		return fault.Of("request.invalid", fault.At("reason", "field.too_long", "max", "600"))
	}
	subject := ""
	err := s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := Still(ctx, tx, a); err != nil {
			return err
		}
		// Whoever may close nobody's is told nothing of any name.
		if err := access.Decide(a, access.CloseAccount, access.Facts{Org: a.Org, Apart: s.apart != nil}); err != nil {
			return err
		}
		found, err := s.ByHandle(ctx, tx, in.Handle)
		if errors.Is(err, store.ErrAbsent) {
			return ErrUnknown
		}
		if err != nil {
			return err
		}
		subject = found.Person
		if err := s.mayClose(ctx, tx, a, found); err != nil {
			return err
		}
		if !found.Closed {
			if err := s.close(ctx, tx, found, reason); err != nil {
				return err
			}
			if err := s.audit.Did(ctx, tx, a, access.CloseAccount, []string{found.Person}, "closed"); err != nil {
				return err
			}
		}
		return once.Remember(ctx, tx, a, k, s.clock.Now(), found.ID)
	})
	err = s.audit.Refusal(ctx, s.store.Org(a.Org), a, access.CloseAccount, subject, err)
	if subject != "" && errors.Is(err, access.Refused) {
		return errors.Join(ErrUnknown, err) // somebody close to her looks like nobody
	}
	return err
}

// mayClose asks the decider about one account.
func (s *Accounts) mayClose(ctx context.Context, tx *store.Tx, a access.Actor, found *Account) error {
	if found.Person == a.Person {
		return errOwn
	}
	apart, err := s.apart(ctx, tx, a.Person, found.Person)
	if err != nil {
		return err
	}
	f := access.Facts{Org: a.Org, Own: found.Person == a.Person, Apart: apart}
	return access.Decide(a, access.CloseAccount, f)
}

// close shuts an account, but not the last one that could let others in again.
func (s *Accounts) close(ctx context.Context, tx *store.Tx, found *Account, reason string) error {
	for _, r := range found.Roles {
		if r != access.Board && r != access.Administrator {
			continue
		}
		switch _, err := Another(ctx, tx, found, r); {
		case errors.Is(err, store.ErrAbsent):
			return errLast
		case err != nil:
			return err
		}
	}
	key, err := s.keys.Of(ctx, tx.Org(), found.Person)
	if err != nil {
		return err
	}
	found.ClosedFor, err = key.Seal(found.ID, "closed_for", reason)
	if errors.Is(err, seal.ErrUnreadable) {
		found.ClosedFor, err = nil, nil // her key is damaged: it is closed without the reason
	}
	if err != nil {
		return err
	}
	return shut(ctx, tx, found)
}

// shut closes a way in, and the twin's with it, and ends their sign-ins.
func shut(ctx context.Context, tx *store.Tx, a *Account) error {
	if err := shutOne(ctx, tx, a); err != nil {
		return err
	}
	return withTwin(ctx, tx, a.ID, func(beside *store.Tx, twin *Account) error { return shutOne(ctx, beside, twin) })
}

// shutOne closes a way in by itself and ends its sign-ins.
func shutOne(ctx context.Context, tx *store.Tx, a *Account) error {
	a.Closed = true
	a.Losses++
	if err := accounts.Replace(ctx, tx, a); err != nil {
		return err
	}
	if err := seal.Retract(ctx, tx, wayIn(a.ID)); err != nil {
		return err
	}
	return endAll(ctx, tx, a.ID)
}

// WhyClosed opens the reason for which an account was closed, for whoever
// decides on opening it again.
func (s *Accounts) WhyClosed(ctx context.Context, org string, a *Account) (seal.Clear, error) {
	key, err := s.keys.Of(ctx, org, a.Person)
	if err != nil {
		return seal.Clear{}, err
	}
	return key.Open(a.ID, "closed_for", a.ClosedFor)
}

// Reopen lets a person in again, in the transaction that read her account and
// that two people decided on. Her passphrase is what it was.
func Reopen(ctx context.Context, tx *store.Tx, a *Account) error {
	a.Closed, a.ClosedFor = false, nil
	if err := seal.Regrant(ctx, tx, wayIn(a.ID)); err != nil {
		return err
	}
	if err := accounts.Replace(ctx, tx, a); err != nil {
		return err
	}
	return withTwin(ctx, tx, a.ID, func(beside *store.Tx, twin *Account) error { return Reopen(ctx, beside, twin) })
}
