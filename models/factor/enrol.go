package factor

import (
	"context"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// maxName bounds what she calls a factor, in characters.
const maxName = 60

func newID() string { return id.New("fac") }

func (f *Factors) today() calendar.Date { return calendar.Of(f.clock.Now()) }

// named is a name as it is stored.
func named(name string) (string, error) {
	name = script.Clean(name)
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", fault.Of("request.invalid", fault.At("name", "factor.name_missing"))
	case n > maxName:
		return "", fault.Of("request.invalid", fault.At("name", "field.too_long", "max", "60"))
	}
	return name, nil
}

// mayEnrol asks in a transaction whether the actor may add a factor: after a
// fresh proof, or while she is halfway in and has nothing else to give.
func (f *Factors) mayEnrol(ctx context.Context, tx *store.Tx, a access.Actor) (*account.Account, *set, *seal.Key, error) {
	fail := func(err error) (*account.Account, *set, *seal.Key, error) { return nil, nil, nil, err }
	if err := access.Decide(a, access.ManageFactors, own(a)); err != nil {
		return fail(err)
	}
	who, given, err := f.accounts.Entering(ctx, tx, a)
	if err != nil {
		return fail(err)
	}
	s, _, err := of(ctx, tx, who.ID, who.Person)
	if err != nil {
		return fail(err)
	}
	if a.Has(access.Halfway) {
		by, err := f.orgs.Settings(ctx, a.Org)
		if err != nil {
			return fail(err)
		}
		if n := s.needs(account.DemandedIn(by, who.Roles), given); n != nil && n.Kind != Enrol {
			return fail(account.ErrFactorNeeded)
		}
	}
	if len(s.Passkeys)+len(s.Apps) >= most {
		return fail(errMany)
	}
	key, err := f.keys.Of(ctx, a.Org, who.Person)
	return who, s, key, err
}

// enrol adds a factor and lets the sign-in go on in which it counts as given.
func (f *Factors) enrol(ctx context.Context, a access.Actor, host string, kind account.Factor,
	add func(context.Context, *store.Tx, *seal.Key, *set) error,
) (token string, in *account.SignedIn, err error) {
	tries := f.trying(a)
	token, in, err = f.accounts.Enter(ctx, a, host, func(ctx context.Context, tx *store.Tx, she access.Actor) (account.Factor, error) {
		_, s, key, err := f.mayEnrol(ctx, tx, a)
		if err != nil {
			return account.NoFactor, err
		}
		if err := tries.begin(ctx); err != nil {
			return account.NoFactor, err
		}
		if err := add(ctx, tx, key, s); err != nil {
			return account.NoFactor, err
		}
		if err := s.save(ctx, tx, s.Version > 0); err != nil {
			return account.NoFactor, err
		}
		return kind, f.audit.Did(ctx, tx, she, access.ManageFactors, []string{she.Person}, string(kind))
	})
	return token, in, tries.end(ctx, err)
}
