package member

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/store"
)

// Replay takes back once more what was taken back before: where older data came
// back beside a keys store that knows more, each yes that was withdrawn since,
// each role and group that was taken, each account that was closed. It says of
// how many people. Done again it changes nothing, so it may be cut short at any
// point, and what is given meanwhile stays given.
func (m *Members) Replay(ctx context.Context, org string) (people int, err error) {
	any, err := m.keys.AnyRetracted(ctx, org)
	if err != nil || !any {
		return 0, err
	}
	look := looking{m: m, org: org, people: &people}
	err = account.Each(ctx, m.store.Org(org), func(a *account.Account) error { return look.at(ctx, a.Person, a.Things()) })
	if err == nil {
		err = consent.Each(ctx, m.store.Org(org), func(s *consent.Sheet) error { return look.at(ctx, s.ID, s.Things()) })
	}
	if err == nil {
		err = look.over(ctx)
	}
	return people, err
}

// looking asks the keys store about many things at once.
type looking struct {
	m       *Members
	org     string
	people  *int
	things  []string
	persons []string // whose each of them is
}

func (l *looking) at(ctx context.Context, person string, things []string) error {
	for _, t := range things {
		l.things, l.persons = append(l.things, t), append(l.persons, person)
	}
	if len(l.things) < store.MaxIDs {
		return nil
	}
	return l.over(ctx)
}

// over takes back what of the things gathered so far was.
func (l *looking) over(ctx context.Context) error {
	gone, err := l.m.keys.Retracted(ctx, l.m.store.Org(l.org), l.things)
	if err != nil {
		return err
	}
	last := ""
	for i, t := range l.things {
		if _, ok := gone[t]; !ok || l.persons[i] == last {
			continue
		}
		last = l.persons[i]
		changed, err := l.m.takeBack(ctx, l.org, last)
		if err != nil {
			return err
		}
		if changed {
			*l.people++
		}
	}
	l.things, l.persons = l.things[:0], l.persons[:0]
	return nil
}

// takeBack takes back what was of one person, with all that follows from it.
func (m *Members) takeBack(ctx context.Context, org, person string) (changed bool, err error) {
	host := access.HostIn(org)
	err = m.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		changed = false
		a, err := account.OfPerson(ctx, tx, person)
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return err
		}
		sheet, err := consent.Of(ctx, tx, person)
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return err
		}
		var things []string
		if a != nil {
			things = a.Things()
		}
		if sheet != nil {
			things = append(things, sheet.Things()...)
		}
		gone, err := m.keys.Retracted(ctx, tx, things)
		if err != nil || len(gone) == 0 {
			return err
		}
		changed = true
		if a != nil {
			fields, closed, err := account.TakeBack(ctx, tx, a, gone)
			if err != nil {
				return err
			}
			if len(fields) > 0 {
				if err := m.audit.Did(ctx, tx, host, access.DecideOnRole, []string{person}, fields...); err != nil {
					return err
				}
			}
			if closed {
				if err := m.audit.Did(ctx, tx, host, access.CloseAccount, []string{person}, "closed"); err != nil {
					return err
				}
			}
		}
		if sheet == nil {
			return nil
		}
		ended, err := consent.TakeBack(ctx, tx, sheet, gone)
		if err != nil {
			return err
		}
		she := host
		she.Person = person
		for _, purpose := range ended {
			if _, err := m.followWithdrawal(ctx, tx, she, purpose); err != nil {
				return err
			}
			if err := m.audit.Did(ctx, tx, host, access.WithdrawConsent, []string{person}, string(purpose)); err != nil {
				return err
			}
		}
		return nil
	})
	return changed, err
}
