package member

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/once"
	"chautari/models/store"
)

// ChangePassphrase gives the actor another passphrase, in which what others know
// her by counts for nothing. It answers the token under which her sign-in goes
// on; the faults are those of account.ChangePassphrase.
func (m *Members) ChangePassphrase(ctx context.Context, a access.Actor, k once.Key, host, passphrase string) (token string, err error) {
	own, err := m.knownBy(ctx, m.store.Org(a.Org), a)
	if err != nil {
		return "", err
	}
	return m.accounts.ChangePassphrase(ctx, a, k, host, passphrase, own...)
}

// KnownBy is what others call or reach somebody by: none of it counts in words that
// she chooses.
func (m *Members) KnownBy(ctx context.Context, a access.Actor) ([]string, error) {
	return m.knownBy(ctx, m.store.Org(a.Org), a)
}

// knownBy is what others call or reach somebody by.
func (m *Members) knownBy(ctx context.Context, v store.View, a access.Actor) ([]string, error) {
	doc, err := members.Get(ctx, v, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	o, err := m.openOne(ctx, a.Org, doc)
	if err != nil {
		return nil, err
	}
	acc, err := account.Get(ctx, v, a.Account)
	if err != nil {
		return nil, notFound(err)
	}
	handle, err := m.accounts.HandleOf(ctx, a.Org, acc)
	if err != nil {
		return nil, err
	}
	return []string{handle.Reveal(), o.Alias.Reveal(), o.PaperName.Reveal(), o.Phone.Reveal()}, nil
}
