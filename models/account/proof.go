package account

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/store"
)

// errProofWrong ends no sign-in: she mistyped, or somebody else has her phone.
var errProofWrong = fault.New(fault.Unauthenticated, "session.proof_wrong")

// Prove checks the actor's passphrase once more, and of whoever needs more than
// words what use finds to be right; nil is nothing. Her sign-in goes on under a
// new token, for as long as it would have lasted, and the one she came with is
// dead. Faults: session.proof_wrong, session.slow_down, ErrFactorNeeded, ErrAbsent,
// ErrRenewed, and those of use.
func (s *Accounts) Prove(ctx context.Context, a access.Actor, host, passphrase string, use Using) (token string, in *SignedIn, err error) {
	found, err := accounts.Get(ctx, s.store.Org(a.Org), a.Account)
	if errors.Is(err, store.ErrAbsent) {
		return "", nil, ErrAbsent
	}
	if err != nil {
		return "", nil, err
	}
	failed, err := s.guesses.try(ctx, found.HandleKey, s.clock.Now())
	if err != nil {
		return "", nil, err
	}
	// What leads elsewhere proves nothing here.
	own := slotOf(a.Org)
	opens, err := credentialsOf(ctx, s.store.Org(organisation.Shown(a.Org)), a.Account)
	if err != nil {
		return "", nil, err
	}
	which, ok, err := s.which(ctx, a.Org, passphrase, opens)
	if err != nil {
		return "", nil, err
	}
	if !ok || which != own {
		if err := s.guessed(ctx, a.Org, found, failed); err != nil {
			return "", nil, err
		}
		return "", nil, errProofWrong
	}
	s.guesses.succeeded(ctx, found.HandleKey)
	by, err := s.orgs.Settings(ctx, a.Org)
	if err != nil {
		return "", nil, err
	}
	secret, now := s.tokens.newSecret(own), s.clock.Now()
	err = s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		her, err := s.unchanged(ctx, tx, opens, own)
		if errors.Is(err, errRefused) {
			return ErrAbsent
		}
		if err != nil {
			return err
		}
		was, err := living(ctx, tx, a.Session, now)
		if err != nil {
			return err
		}
		given, err := s.beside(ctx, tx, a, her, DemandedIn(by, her.Roles), use)
		if err != nil {
			return err
		}
		return renew(ctx, tx, a.Session, secret, now, now, better(given, was.Factor))
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

// ChangePassphrase gives the actor's account another passphrase, in the slot that
// her sign-in came in by: the other one is left as it is, and nothing here tells
// whether there is one. Every other sign-in of hers in this space ends, and the
// one she acts in goes on under a new token. own is
// what others know her by. Faults: those of CheckPassphrase, ErrAbsent,
// ErrRenewed; access.Unproved. Done before with this key, there is no new token.
func (s *Accounts) ChangePassphrase(ctx context.Context, a access.Actor, k once.Key, host, passphrase string, own ...string) (token string, err error) {
	if err := access.Decide(a, access.ChangePassphrase, access.Facts{Org: a.Org, Own: a.Account != ""}); err != nil {
		return "", err
	}
	if err := fault.Of("request.invalid", CheckPassphrase(passphrase, Least(a.Roles), own...)...); err != nil {
		return "", err
	}
	slot, org := slotOf(a.Org), organisation.Shown(a.Org)
	opens, err := credentialsOf(ctx, s.store.Org(org), a.Account)
	if err != nil {
		return "", err
	}
	hash, err := s.hash(ctx, org, passphrase, opens.Salt)
	if err != nil {
		return "", err
	}
	secret, now, earlier := s.tokens.newSecret(slot), s.clock.Now(), false
	err = s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var err error
		if _, earlier, err = once.Earlier(ctx, tx, a, k); earlier || err != nil {
			return err
		}
		if err := Still(ctx, tx, a); err != nil {
			return err
		}
		was, err := living(ctx, tx, a.Session, now)
		if err != nil {
			return err
		}
		_, err = keyring.Update(ctx, tx.Beside(org), a.Account, func(c *credentials) error {
			c.fill()
			*c.in(slot) = hash
			return nil
		})
		if err != nil {
			return err
		}
		if err := renew(ctx, tx, was.ID, secret, now, was.Proved, was.Factor); err != nil {
			return err
		}
		if err := endOthers(ctx, tx, a.Account, was.ID, sessionID(secret)); err != nil {
			return err
		}
		if err := s.audit.Did(ctx, tx, a, access.ChangePassphrase, []string{a.Person}, "passphrase"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, now)
	})
	if err != nil || earlier {
		return "", err
	}
	return s.tokens.make(host, secret, now.Add(longest))
}

// living finds a sign-in that is still somebody's.
func living(ctx context.Context, tx *store.Tx, sid string, now time.Time) (*session, error) {
	doc, err := sessions.Get(ctx, tx, sid)
	if errors.Is(err, store.ErrAbsent) {
		return nil, ErrAbsent
	}
	if err == nil && doc.Replaced {
		err = doc.replaced(now)
	}
	return doc, err
}

// renew lets a sign-in go on under another secret. The old one is dead from the
// same moment; that it was replaced stands for a while, so that a page that has
// not heard of it yet isn't taken for signed out.
func renew(ctx context.Context, tx *store.Tx, sid string, secret []byte, now, proved time.Time, given Factor) error {
	was, err := living(ctx, tx, sid, now)
	if err != nil {
		return err
	}
	next := *was
	next.Meta = store.Meta{ID: sessionID(secret)}
	next.Seen, next.Proved, next.Factor = now, proved, given
	was.Seen, was.Replaced = now, true
	if err := sessions.Replace(ctx, tx, was); err != nil {
		return err
	}
	return sessions.Insert(ctx, tx, &next)
}

// replaced says what is told to whoever brings a value that is dead.
func (s *session) replaced(now time.Time) error {
	if age := now.Sub(s.Seen); age >= -renewing && age < renewing {
		return ErrRenewed
	}
	return ErrAbsent
}

// endOthers ends every sign-in of an account but these.
func endOthers(ctx context.Context, tx *store.Tx, account string, but ...string) error {
	var others []*session
	err := sessions.Each(ctx, tx, store.Query{Index: "account", Equal: []any{account}}, func(doc *session) error {
		if !slices.Contains(but, doc.ID) {
			others = append(others, doc)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, doc := range others {
		if err := sessions.Delete(ctx, tx, doc); err != nil {
			return err
		}
	}
	return nil
}
