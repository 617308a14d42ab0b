package recovery

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/factor"
	"chautari/models/fault"
	"chautari/models/store"
)

// Coming is somebody who comes back with a code: her own, or the one that two
// people gave her.
type Coming struct {
	Handle           string `json:"handle" validate:"required,max=200"`
	Code             string `json:"code" validate:"required,max=60"`
	Passphrase       string `json:"passphrase" validate:"required,max=1024"`
	SecondPassphrase string `json:"secondPassphrase,omitempty" validate:"max=1024"`
}

// ComeBack gives whom the name and the code are of the words that she chose, and
// uses the code up. Every sign-in of hers ends, and she signs in with the new ones.
//
// Words with which something is wrong are told before anything is looked up, and
// use nothing up. A second passphrase is set with a code that people gave alone:
// with one that was printed it is left aside, else a code that was made in a decoy
// tenant could be told from another by trying whether the second one was taken.
// Faults: passphrase.*, recovery.wrong, session.slow_down.
func (r *Recoveries) ComeBack(ctx context.Context, org string, in Coming) error {
	chosen := account.Chosen{Passphrase: in.Passphrase, Second: in.SecondPassphrase}
	if err := fault.Of("request.invalid", chosen.Check(account.MinOwn, in.Handle)...); err != nil {
		return err
	}
	back, err := r.accounts.Bring(ctx, org, in.Handle, in.Code)
	if err != nil {
		return err
	}
	if !back.ByOthers() {
		chosen.Second = ""
	}
	known, err := r.members.KnownBy(ctx, back.Returned(back.Space(org)))
	if err != nil {
		return wrong(err)
	}
	fresh, err := r.accounts.Freshen(ctx, org, back, chosen, known...)
	if err != nil {
		return err
	}
	by, err := r.orgs.Settings(ctx, org)
	if err != nil {
		return err
	}
	until := r.clock.Now().Add(time.Duration(heldDays.Of(by)) * 24 * time.Hour)
	return wrong(r.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		return r.back(ctx, tx, back, fresh, until)
	}))
}

// back uses the code up, in the transaction in which all that follows from it is so.
func (r *Recoveries) back(ctx context.Context, tx *store.Tx, back *account.Back, fresh *account.Fresh, until time.Time) error {
	if !back.ByOthers() {
		return r.accounts.LetBack(ctx, tx, back, fresh, time.Time{}, func(ctx context.Context, inner *store.Tx) error {
			return r.audit.Did(ctx, inner, back.Returned(inner.Org()), access.ComeBack, []string{back.Account.Person}, "code")
		})
	}
	she := back.Returned(tx.Org())
	gave, err := r.requests.UseRecovery(ctx, tx, back.Request)
	if err != nil {
		return err
	}
	err = r.accounts.LetBack(ctx, tx, back, fresh, until, func(ctx context.Context, inner *store.Tx) error {
		for _, one := range []access.Actor{gave.Asker, gave.Decider} {
			if err := r.audit.Did(ctx, inner, in(inner, one), access.LetBackIn, []string{she.Person}); err != nil {
				return err
			}
		}
		return r.audit.Did(ctx, inner, back.Returned(inner.Org()), access.ComeBack, []string{she.Person}, "in_person")
	})
	if err != nil {
		return err
	}
	// What was lost may be in other hands.
	if err := factor.Lost(ctx, tx, r.audit, gave.Decider, she.Account); err != nil {
		return err
	}
	return r.audit.Alert(ctx, tx, audit.LetBackIn, she, 1)
}

// in is somebody as the trail of a space knows her, where she has the same ids.
func in(tx *store.Tx, a access.Actor) access.Actor {
	a.Org = tx.Org()
	return a
}

// wrong makes of all that took a code's force away what is told of a wrong one.
func wrong(err error) error {
	for _, gone := range []error{access.Refused, approval.ErrOver, store.ErrAbsent} {
		if errors.Is(err, gone) {
			return account.ErrCode
		}
	}
	return err
}
