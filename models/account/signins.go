package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/organisation"
	"chautari/models/store"
)

// SignIn is one of an account's sign-ins, as its owner sees it.
type SignIn struct {
	Ref   string // names it, and signs nobody in
	Began time.Time
	Seen  time.Time
	Here  bool
}

// refOf names a sign-in to its owner. It comes from the id, and the id from the
// value in the cookie, neither of which can be turned back.
func refOf(sid string) string {
	sum := sha256.Sum256([]byte("sign-in\x00" + sid))
	return hex.EncodeToString(sum[:16])
}

// SignIns lists where the actor is signed in, the newest first. Those that are
// over by themselves aren't there. They are told of in the application alone:
// no message ever goes out about one (safety requirement 36).
func (s *Accounts) SignIns(ctx context.Context, a access.Actor) ([]SignIn, error) {
	if err := access.Decide(a, access.ReadSignIns, access.Facts{Org: a.Org, Own: a.Account != ""}); err != nil {
		return nil, err
	}
	by, err := s.orgs.Settings(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	mine, others, err := s.signInsOf(ctx, s.store.Org(a.Org), by, a.Account, a.Session)
	if err != nil {
		return nil, err
	}
	if mine != nil && mine.lives(s.clock.Now(), by) {
		others = append(others, mine)
	}
	list := make([]SignIn, len(others))
	for i, d := range others {
		list[i] = SignIn{Ref: refOf(d.ID), Began: d.Began, Seen: d.Seen, Here: d == mine}
	}
	slices.SortFunc(list, func(x, y SignIn) int { return y.Began.Compare(x.Began) })
	return list, nil
}

// signInsOf finds one sign-in of an account, nil where it is gone, and the others
// that somebody could use.
func (s *Accounts) signInsOf(ctx context.Context, v store.View, by *organisation.Settings, account, here string) (mine *session, others []*session, err error) {
	now := s.clock.Now()
	err = sessions.Each(ctx, v, store.Query{Index: "account", Equal: []any{account}}, func(d *session) error {
		switch {
		case d.ID == here:
			mine = d
		case d.lives(now, by):
			others = append(others, d)
		}
		return nil
	})
	return mine, others, err
}

// EndSignIn ends one of the actor's sign-ins and tells whether it is the one she
// acts in. Ending one that is over, or nobody's, is no fault.
func (s *Accounts) EndSignIn(ctx context.Context, a access.Actor, ref string) (here bool, err error) {
	if err := access.Decide(a, access.EndSignIn, access.Facts{Org: a.Org, Own: a.Account != ""}); err != nil {
		return false, err
	}
	return ref == refOf(a.Session), s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var ended *session
		err := sessions.Each(ctx, tx, store.Query{Index: "account", Equal: []any{a.Account}}, func(d *session) error {
			if refOf(d.ID) == ref {
				ended = d
			}
			return nil
		})
		if err != nil || ended == nil {
			return err
		}
		return sessions.Delete(ctx, tx, ended)
	})
}
