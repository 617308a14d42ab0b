package factor

import (
	"context"
	"errors"
	"strings"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/paper"
	"chautari/models/store"
)

// Second is what comes beside a passphrase: a code of an app or of her paper, or
// a passkey that was shown.
type Second struct {
	Code  string
	Shown *Shown
}

// GiveApp lets a sign-in go on for six digits of an app. Faults: factor.wrong,
// session.slow_down, and account.ErrAbsent.
func (f *Factors) GiveApp(ctx context.Context, a access.Actor, host, code string) (token string, in *account.SignedIn, err error) {
	return f.give(ctx, a, host, func(ctx context.Context, tx *store.Tx, she access.Actor) (account.Factor, error) {
		return account.TOTP, f.useApp(ctx, tx, she, code)
	})
}

// GivePaper lets a sign-in go on for a code of her paper. Faults: as GiveApp.
func (f *Factors) GivePaper(ctx context.Context, a access.Actor, host, code string) (token string, in *account.SignedIn, err error) {
	typed, err := f.hashed(ctx, a, code)
	if err != nil {
		return "", nil, err
	}
	return f.give(ctx, a, host, func(ctx context.Context, tx *store.Tx, she access.Actor) (account.Factor, error) {
		return account.Printed, f.usePaper(ctx, tx, she, typed)
	})
}

// GivePasskey lets a sign-in go on for a passkey that was asked for in it.
// Faults: as GiveApp, and factor.begin_again.
func (f *Factors) GivePasskey(ctx context.Context, a access.Actor, host string, shown Shown) (token string, in *account.SignedIn, err error) {
	return f.give(ctx, a, host, func(ctx context.Context, tx *store.Tx, she access.Actor) (account.Factor, error) {
		return account.Passkey, f.usePasskey(ctx, tx, she, host, shown)
	})
}

func (f *Factors) give(ctx context.Context, a access.Actor, host string, use account.Using) (token string, in *account.SignedIn, err error) {
	if err := access.Decide(a, access.GiveFactor, own(a)); err != nil {
		return "", nil, err
	}
	tries := f.trying(a)
	token, in, err = f.accounts.Enter(ctx, a, host, tries.around(use))
	return token, in, tries.end(ctx, err)
}

// Prove checks the actor's passphrase once more, and with it a second factor of
// whoever needs one to sign in. Faults: those of account.Prove,
// session.factor_needed where the words are right and nothing came beside them,
// factor.wrong, factor.begin_again.
func (f *Factors) Prove(ctx context.Context, a access.Actor, host, passphrase string, beside Second) (token string, in *account.SignedIn, err error) {
	code := paper.Fold(beside.Code)
	var use account.Using
	switch {
	case beside.Shown != nil:
		use = func(ctx context.Context, tx *store.Tx, she access.Actor) (account.Factor, error) {
			return account.Passkey, f.usePasskey(ctx, tx, she, host, *beside.Shown)
		}
	case len(code) == digits && strings.Trim(code, "0123456789") == "":
		use = func(ctx context.Context, tx *store.Tx, she access.Actor) (account.Factor, error) {
			return account.TOTP, f.useApp(ctx, tx, she, code)
		}
	case code != "":
		typed, err := f.hashed(ctx, a, code)
		if err != nil {
			return "", nil, err
		}
		use = func(ctx context.Context, tx *store.Tx, she access.Actor) (account.Factor, error) {
			return account.Printed, f.usePaper(ctx, tx, she, typed)
		}
	default:
		return f.accounts.Prove(ctx, a, host, passphrase, nil)
	}
	tries := f.trying(a)
	token, in, err = f.accounts.Prove(ctx, a, host, passphrase, tries.around(use))
	return token, in, tries.end(ctx, err)
}

// tries counts what one request tries, once, however often its transaction runs.
type tries struct {
	f      *Factors
	a      access.Actor
	begun  bool
	failed int
}

func (f *Factors) trying(a access.Actor) *tries { return &tries{f: f, a: a} }

// begin counts the try, or refuses it with session.slow_down.
func (t *tries) begin(ctx context.Context) (err error) {
	if t.begun {
		return nil
	}
	if t.failed, err = t.f.accounts.Try(ctx, "factor", t.a); err == nil {
		t.begun = true
	}
	return err
}

func (t *tries) around(use account.Using) account.Using {
	return func(ctx context.Context, tx *store.Tx, she access.Actor) (account.Factor, error) {
		if err := t.begin(ctx); err != nil {
			return account.NoFactor, err
		}
		return use(ctx, tx, she)
	}
}

// end forgives what was right, and tells those who protect of very many that were wrong.
func (t *tries) end(ctx context.Context, err error) error {
	switch {
	case !t.begun:
	case err == nil:
		t.f.accounts.Right(ctx, "factor", t.a)
	case errors.Is(err, errWrong):
		return errors.Join(err, t.f.accounts.Alarm(ctx, t.a, t.failed))
	}
	return err
}
