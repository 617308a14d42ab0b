// Package recovery lets somebody in again who has lost her words: with a code
// that she printed beforehand, or with one that two people gave her in person.
// Nobody sets or sees the words of another, and there are no secret questions.
//
// What belongs here: making her code, saying whether others may help, choosing
// new words with a code, and opening what is closed after others helped. What
// doesn't: where words and codes are kept (account), who asks and who decides
// (approval), and what is closed meanwhile (the policies of access).
package recovery

import (
	"context"
	"encoding/hex"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/paper"
	"chautari/models/seal"
	"chautari/models/store"
)

// heldDays is for how long what she had before is closed after others let her in.
var heldDays = organisation.Declare(organisation.Number{Key: "recoveryHeldDays", Unit: organisation.Days, Usual: 7, Least: 3, Most: 30})

// Recoveries are the use cases.
type Recoveries struct {
	store    *store.Store
	orgs     *organisation.Organisations
	accounts *account.Accounts
	members  *member.Members
	requests *approval.Requests
	drawn    seal.Hashes // what a code is drawn from, so that a lost answer can be given again
	clock    clock.Clock
	audit    audit.Log
}

// New serves the recoveries of a store.
func New(s *store.Store, keys *seal.Keys, orgs *organisation.Organisations, accounts *account.Accounts, members *member.Members, requests *approval.Requests, c clock.Clock) *Recoveries {
	return &Recoveries{
		store: s, orgs: orgs, accounts: accounts, members: members, requests: requests,
		drawn: keys.Hashes("recovery code"), clock: c, audit: orgs.Log(),
	}
}

// Own is what somebody has made ready for the day on which she loses her words.
type Own struct {
	CodeMade calendar.Date // zero where no code counts
	ByStaff  bool          // two others may let her in again
	Version  int64         // of the choice, not of her account
}

// chosen is the version that a choice must name: of the choice alone. How often her
// account was written differs from how often her twin's was, and would tell to
// whoever looks over her shoulder in which of the two spaces she is.
func chosen(her *account.Account) int64 {
	if her.ByHerOwn {
		return 2
	}
	return 1
}

func own(a access.Actor) access.Facts { return access.Facts{Org: a.Org, Own: a.Account != ""} }

// Read shows the actor what is ready.
func (r *Recoveries) Read(ctx context.Context, a access.Actor) (*Own, error) {
	if err := access.Decide(a, access.ReadOwn, own(a)); err != nil {
		return nil, err
	}
	her, err := account.Get(ctx, r.store.Org(a.Org), a.Account)
	if errors.Is(err, store.ErrAbsent) {
		return nil, access.Refused
	}
	if err != nil {
		return nil, err
	}
	return &Own{her.CodeDay, !her.ByHerOwn, chosen(her)}, nil
}

// Choose says whether two others may let the actor in again. Fault: request.stale.
func (r *Recoveries) Choose(ctx context.Context, a access.Actor, version int64, byStaff bool) (*Own, error) {
	err := r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		her, err := r.hers(ctx, tx, a)
		if err != nil {
			return err
		}
		if now := chosen(her); now != version {
			return fault.StaleAt(now)
		}
		if err := account.ChooseRecovery(ctx, tx, her, byStaff); err != nil {
			return err
		}
		return r.audit.Did(ctx, tx, a, access.ManageRecovery, []string{a.Person}, "by_her_own")
	})
	if err != nil {
		return nil, r.refuse(ctx, a, access.ManageRecovery, err)
	}
	return r.Read(ctx, a)
}

// hers is the actor's account, which the right to what is managed here is of.
func (r *Recoveries) hers(ctx context.Context, tx *store.Tx, a access.Actor) (*account.Account, error) {
	if err := account.Still(ctx, tx, a); err != nil {
		return nil, err
	}
	if err := access.Decide(a, access.ManageRecovery, own(a)); err != nil {
		return nil, err
	}
	return account.Get(ctx, tx, a.Account)
}

// MakeCode makes a code for the actor, in place of the one before. It is shown
// once; sent again with the same key it is the same. Fault:
// recovery.code_replaced.
func (r *Recoveries) MakeCode(ctx context.Context, a access.Actor, k once.Key) (seal.Clear, error) {
	if err := access.Decide(a, access.ManageRecovery, own(a)); err != nil {
		return seal.Clear{}, r.refuse(ctx, a, access.ManageRecovery, err)
	}
	code, err := r.draw(ctx, a, k)
	if err != nil {
		return seal.Clear{}, err
	}
	typed, err := r.accounts.TypeCode(ctx, a.Org, a.Account, code)
	if err != nil {
		return seal.Clear{}, err
	}
	err = r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		_, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if _, err := r.hers(ctx, tx, a); err != nil {
			return err
		}
		if done {
			return account.StillCode(ctx, tx, typed)
		}
		if err := account.KeepCode(ctx, tx, typed, calendar.Of(r.clock.Now())); err != nil {
			return err
		}
		if err := r.audit.Did(ctx, tx, a, access.ManageRecovery, []string{a.Person}, "code"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, r.clock.Now())
	})
	if err != nil {
		return seal.Clear{}, r.refuse(ctx, a, access.ManageRecovery, err)
	}
	return seal.Open(paper.Spelt(code)), nil
}

// draw draws a code: out of nothing, or out of the sender's random key and a secret
// of the organisation, so that a lost answer can be given again though no code is
// stored.
func (r *Recoveries) draw(ctx context.Context, a access.Actor, k once.Key) (string, error) {
	if k.Value == "" {
		return paper.Draw(), nil
	}
	hash, err := r.drawn.Of(ctx, organisation.Shown(a.Org), a.Org+"\x00"+a.Account+"\x00"+k.Value)
	if err != nil {
		return "", err
	}
	raw, err := hex.DecodeString(hash)
	if err != nil {
		return "", err
	}
	return paper.Of(raw), nil
}

// Open uses the actor's code up and opens what is closed to her since others let
// her in. Faults: recovery.wrong, session.slow_down.
func (r *Recoveries) Open(ctx context.Context, a access.Actor, k once.Key, code string) error {
	if err := access.Decide(a, access.OpenHeld, own(a)); err != nil {
		return r.refuse(ctx, a, access.OpenHeld, err)
	}
	failed, err := r.accounts.Try(ctx, "code", a)
	if err != nil {
		return err
	}
	typed, err := r.accounts.TypeCode(ctx, a.Org, a.Account, code)
	if err != nil {
		return err
	}
	err = r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if err := account.OpenHeld(ctx, tx, typed, r.clock.Now()); err != nil {
			return err
		}
		if err := r.audit.Did(ctx, tx, a, access.OpenHeld, []string{a.Person}); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, r.clock.Now())
	})
	switch {
	case err == nil:
		r.accounts.Right(ctx, "code", a)
	case errors.Is(err, account.ErrCode):
		return errors.Join(err, r.accounts.Alarm(ctx, a, failed))
	}
	return r.refuse(ctx, a, access.OpenHeld, err)
}

func (r *Recoveries) refuse(ctx context.Context, a access.Actor, act access.Action, err error) error {
	return r.audit.Refusal(ctx, r.store.Org(a.Org), a, act, a.Person, err)
}
