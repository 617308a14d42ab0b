package account

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Twin is the account in the decoy tenant that every account has from its birth,
// under the same ids and with a key of its own: the wall keeps the two apart.
type Twin struct {
	Account *Account
	Key     *seal.Key
}

// standing is what a twin is to whoever looks at it from inside: of what the
// account may do no more than that she is a member, or asks to be one.
func standing(roles []access.Role) []access.Role {
	if slices.Contains(roles, access.Member) {
		return []access.Role{access.Member}
	}
	return []access.Role{access.Applicant}
}

// twinOf makes the twin of an account, whose sign-in name it is told. It is not
// stored yet.
func (s *Accounts) twinOf(ctx context.Context, org string, a *Account) (*Twin, error) {
	key, err := s.twinKey(ctx, organisation.Decoy(org), a.Person)
	if err != nil {
		return nil, err
	}
	t := &Account{
		Meta: store.Meta{ID: a.ID}, Person: a.Person, Language: a.Language, Roles: standing(a.Roles), Closed: a.Closed,
		HeldSince: a.HeldSince, HeldUntil: a.HeldUntil, // a twin that comes late is closed as long as she is
	}
	return &Twin{Account: t, Key: key}, nil
}

// twinKey makes the key of a twin, or takes the one that was made for it when it
// was got ready before and not stored.
func (s *Accounts) twinKey(ctx context.Context, decoy, person string) (*seal.Key, error) {
	made, err := s.keys.Create(ctx, decoy, person)
	if store.IsDuplicate(err, "id") {
		return s.keys.Of(ctx, decoy, person)
	}
	if err != nil {
		return nil, err
	}
	return made[0], nil
}

// named gives a twin the sign-in name of its account. It is found by the same
// hash, so that what is counted by it is counted alike.
func (t *Twin) named(a *Account, handle string) (err error) {
	t.Account.HandleKey = a.HandleKey
	t.Account.Handle, err = t.Key.Seal(a.ID, "handle", handle)
	return err
}

// PrepareTwin makes a twin for an account that has none: of a store from before
// there were any.
func (s *Accounts) PrepareTwin(ctx context.Context, org string, a *Account) (*Twin, error) {
	handle, err := s.HandleOf(ctx, org, a)
	if err != nil {
		return nil, err
	}
	t, err := s.twinOf(ctx, org, a)
	if err != nil {
		return nil, err
	}
	return t, t.named(a, handle.Reveal())
}

// OpenTwin stores a twin beside its account, in the transaction that read it.
func OpenTwin(ctx context.Context, tx *store.Tx, t *Twin) error {
	return accounts.Insert(ctx, tx.Beside(organisation.Decoy(tx.Org())), t.Account)
}

// withTwin does to the twin of an account what happens to the account, in the
// same transaction. Nothing that happens to a twin goes the other way, and one
// that is gone is left alone.
func withTwin(ctx context.Context, tx *store.Tx, account string, do func(*store.Tx, *Account) error) error {
	if organisation.IsDecoy(tx.Org()) {
		return nil
	}
	beside := tx.Beside(organisation.Decoy(tx.Org()))
	twin, err := accounts.Get(ctx, beside, account)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	return do(beside, twin)
}

// WithoutTwin lists the accounts of an organisation that have no twin, by id.
func WithoutTwin(ctx context.Context, s *store.Store, org string) (without []string, err error) {
	q, beside := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}, s.Org(organisation.Decoy(org))
	for {
		page, next, err := accounts.Find(ctx, s.Org(org), q)
		if err != nil {
			return nil, err
		}
		ids := make([]string, len(page))
		for i, a := range page {
			ids[i] = a.ID
		}
		twins, err := accounts.GetMany(ctx, beside, ids)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if !slices.ContainsFunc(twins, func(t *Account) bool { return t.ID == id }) {
				without = append(without, id)
			}
		}
		if next == "" {
			return without, nil
		}
		q.After = next
	}
}

// CountMembers counts the accounts of members in a space, and stops at most.
func CountMembers(ctx context.Context, v store.View, most int) (int, error) {
	return accounts.Count(ctx, v, store.Query{Index: "role", Equal: []any{string(access.Member)}}, most)
}

// Near finds the first account of a space whose person's id is this one or comes
// behind it: with an id out of nothing, one by chance. Else store.ErrAbsent.
func Near(ctx context.Context, v store.View, person string) (*Account, error) {
	return accounts.First(ctx, v, store.Query{Index: "person", From: person})
}

// Linger leaves a sign-in of a decoy tenant's account behind that nobody has the
// value of, as one lies there that somebody has just begun.
func (s *Accounts) Linger(ctx context.Context, decoy string, a *Account) error {
	if !organisation.IsDecoy(decoy) {
		return errRefused
	}
	now := s.clock.Now()
	return s.store.Org(decoy).Tx(ctx, func(tx *store.Tx) error {
		return sessions.Insert(ctx, tx, &session{
			Meta: store.Meta{ID: sessionID(random(secretLen))}, Account: a.ID, Began: now, Seen: now, Proved: now, Staff: staff(a.Roles),
		})
	})
}
