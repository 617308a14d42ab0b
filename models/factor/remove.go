package factor

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/store"
)

// Remove takes one of the actor's passkeys or apps away, for good: it doesn't
// come back with an older backup. Faults: session.proof_needed, factor.last_one
// where nothing would be left that her roles ask for, access.Refused.
func (f *Factors) Remove(ctx context.Context, a access.Actor, k once.Key, factor string) error {
	err := f.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if err := access.Decide(a, access.ManageFactors, own(a)); err != nil {
			return err
		}
		s, _, err := of(ctx, tx, a.Account, a.Person)
		if err != nil {
			return err
		}
		kind, there := s.drop(factor)
		if !there {
			return access.Refused
		}
		by, err := f.orgs.Settings(ctx, a.Org)
		if err != nil {
			return err
		}
		if !s.enough(account.DemandedIn(by, a.Roles)) {
			return errLast
		}
		if err := seal.Retract(ctx, tx, factorThing(s.ID, factor)); err != nil {
			return err
		}
		if err := sets.Replace(ctx, tx, s); err != nil {
			return err
		}
		if err := f.audit.Did(ctx, tx, a, access.ManageFactors, []string{a.Person}, "removed", string(kind)); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, f.clock.Now())
	})
	return f.audit.Refusal(ctx, f.store.Org(a.Org), a, access.ManageFactors, a.Person, err)
}

// drop takes a passkey or an app out of a set that isn't stored yet.
func (s *set) drop(factor string) (kind account.Factor, there bool) {
	before := len(s.Passkeys) + len(s.Apps)
	for _, it := range s.all() {
		if it.id == factor {
			kind = it.kind
		}
	}
	s.Passkeys = slices.DeleteFunc(s.Passkeys, func(p passkey) bool { return p.ID == factor })
	s.Apps = slices.DeleteFunc(s.Apps, func(p app) bool { return p.ID == factor })
	return kind, len(s.Passkeys)+len(s.Apps) < before
}

// enough tells whether what is left meets a demand. Paper alone doesn't: it is
// for the day on which something else is lost.
func (s *set) enough(d account.Demand) bool {
	switch d {
	case account.WordsAlone:
		return true
	case account.AnyFactor:
		return len(s.Passkeys)+len(s.Apps) > 0
	}
	return len(s.Passkeys) > 0
}
