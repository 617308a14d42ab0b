package factor

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// How the keys store is told of what can be taken back of a set.
func factorThing(acc, factor string) string { return "factor/" + acc + "/" + factor }
func paperThing(acc, code string) string    { return "paper/" + acc + "/" + code }

// sheet names the codes that are left.
func (s *set) sheet() []string {
	var things []string
	for _, c := range s.Codes {
		things = append(things, paperThing(s.ID, c.ID))
	}
	return things
}

// things names all of a set that may have been taken back.
func (s *set) things() []string {
	things := s.sheet()
	for _, it := range s.all() {
		things = append(things, factorThing(s.ID, it.id))
	}
	return things
}

// Replay takes away once more what was taken away before, where older data came
// back beside a keys store that knows more: a passkey that was lost, codes that
// were used. It says of how many people. Done again it changes nothing.
func (f *Factors) Replay(ctx context.Context, org string) (people int, err error) {
	any, err := f.keys.AnyRetracted(ctx, org)
	if err != nil || !any {
		return 0, err
	}
	var all []string
	err = sets.Each(ctx, f.store.Org(org), store.Query{Index: store.ChangedIndex}, func(s *set) error {
		all = append(all, s.ID)
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, acc := range all {
		changed, err := f.takeBack(ctx, org, acc)
		if err != nil {
			return people, err
		}
		if changed {
			people++
		}
	}
	return people, nil
}

func (f *Factors) takeBack(ctx context.Context, org, acc string) (changed bool, err error) {
	err = f.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		changed = false
		s, there, err := of(ctx, tx, acc, "")
		if err != nil || !there {
			return err
		}
		gone, err := f.keys.Retracted(ctx, tx, s.things())
		if err != nil || len(gone) == 0 {
			return err
		}
		changed = true
		s.without(gone)
		if err := sets.Replace(ctx, tx, s); err != nil {
			return err
		}
		return f.audit.Did(ctx, tx, access.HostIn(org), access.ManageFactors, []string{s.Person}, "removed")
	})
	return changed, err
}

func (s *set) without(gone map[string]calendar.Date) {
	is := func(thing string) bool { _, ok := gone[thing]; return ok }
	s.Passkeys = slices.DeleteFunc(s.Passkeys, func(p passkey) bool { return is(factorThing(s.ID, p.ID)) })
	s.Apps = slices.DeleteFunc(s.Apps, func(p app) bool { return is(factorThing(s.ID, p.ID)) })
	s.Codes = slices.DeleteFunc(s.Codes, func(c printed) bool { return is(paperThing(s.ID, c.ID)) })
}

// Lost takes away all that an account can give, in the transaction of whoever
// gives its owner another way in: what was lost may be in other hands.
func Lost(ctx context.Context, tx *store.Tx, log audit.Log, by access.Actor, acc string) error {
	s, there, err := of(ctx, tx, acc, "")
	if err != nil || !there {
		return err
	}
	if err := seal.Retract(ctx, tx, s.things()...); err != nil {
		return err
	}
	if err := sets.Delete(ctx, tx, s); err != nil {
		return err
	}
	return log.Did(ctx, tx, by, access.ManageFactors, []string{s.Person}, "removed")
}
