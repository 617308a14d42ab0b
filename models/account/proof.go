package account

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account/words"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/store"
)

// errProofWrong ends no sign-in: she mistyped, or somebody else has her phone.
var errProofWrong = fault.New(fault.Unauthenticated, "session.proof_wrong")

// Prove checks the actor's passphrase once more. Her sign-in goes on under a new
// token, for as long as it would have lasted, and the one she came with is dead.
// Faults: session.proof_wrong, session.slow_down, ErrAbsent, ErrRenewed.
func (s *Accounts) Prove(ctx context.Context, a access.Actor, host, passphrase string) (token string, in *SignedIn, err error) {
	space := s.store.Org(a.Org)
	found, err := accounts.Get(ctx, space, a.Account)
	if errors.Is(err, store.ErrAbsent) {
		return "", nil, ErrAbsent
	}
	if err != nil {
		return "", nil, err
	}
	failed, err := s.guesses.try(found.HandleKey, s.clock.Now())
	if err != nil {
		return "", nil, err
	}
	ok, err := s.matches(ctx, a.Org, passphrase, found.Salt, found.Hash)
	if err != nil {
		return "", nil, err
	}
	if !ok {
		if err := s.guessed(ctx, a.Org, found, failed); err != nil {
			return "", nil, err
		}
		return "", nil, errProofWrong
	}
	s.guesses.succeeded(found.HandleKey)
	secret, now := newSecret(), s.clock.Now()
	err = space.Tx(ctx, func(tx *store.Tx) error {
		current, err := accounts.Get(ctx, tx, found.ID)
		if errors.Is(err, store.ErrAbsent) || err == nil && (current.Closed || !bytes.Equal(current.Hash, found.Hash)) {
			return ErrAbsent
		}
		if err != nil {
			return err
		}
		if err := accounts.Require(ctx, tx, current); err != nil {
			return err
		}
		return renew(ctx, tx, a.Session, secret, now, now)
	})
	if err != nil {
		return "", nil, err
	}
	if token, err = s.tokens.make(a.Org, host, secret, now.Add(longest)); err != nil {
		return "", nil, err
	}
	in, err = s.describe(ctx, a.Org, found)
	return token, in, err
}

// ChangePassphrase gives the actor's account another passphrase. Every other
// sign-in of hers ends, and the one she acts in goes on under a new token. own is
// what others know her by. Faults: those of CheckPassphrase, ErrAbsent,
// ErrRenewed; access.Unproved. Done before with this key, there is no new token.
func (s *Accounts) ChangePassphrase(ctx context.Context, a access.Actor, k once.Key, host, passphrase string, own ...string) (token string, err error) {
	if err := access.Decide(a, access.ChangePassphrase, access.Facts{Org: a.Org, Own: a.Account != ""}); err != nil {
		return "", err
	}
	if err := fault.Of("request.invalid", CheckPassphrase(passphrase, Least(a.Roles), own...)...); err != nil {
		return "", err
	}
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt)
	hash, err := s.hasher.Hash(ctx, a.Org, words.Prepare(passphrase), salt)
	if err != nil {
		return "", err
	}
	secret, now, earlier := newSecret(), s.clock.Now(), false
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
		_, err = accounts.Update(ctx, tx, a.Account, func(acc *Account) error {
			acc.Salt, acc.Hash = salt, hash
			return nil
		})
		if err != nil {
			return err
		}
		if err := renew(ctx, tx, was.ID, secret, now, was.Proved); err != nil {
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
	return s.tokens.make(a.Org, host, secret, now.Add(longest))
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
func renew(ctx context.Context, tx *store.Tx, sid string, secret []byte, now, proved time.Time) error {
	was, err := living(ctx, tx, sid, now)
	if err != nil {
		return err
	}
	next := *was
	next.Meta = store.Meta{ID: sessionID(secret)}
	next.Seen, next.Proved = now, proved
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
