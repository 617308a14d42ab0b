package member

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/store"
)

// Ledger is every answer that she ever gave, and what she could say now.
type Ledger struct {
	Given []consent.Shown
	Open  []consent.Text
}

// Ledger shows the actor her own, with what is open in a language.
func (m *Members) Ledger(ctx context.Context, a access.Actor, language string) (*Ledger, error) {
	if err := access.Decide(a, access.ReadOwn, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	space := m.store.Org(a.Org)
	doc, err := members.Get(ctx, space, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	sheet, err := consent.Of(ctx, space, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	texts, words, err := consent.AskedNow(ctx, m.shown(a.Org), language, sheet.Consents...)
	if err != nil {
		return nil, err
	}
	l := &Ledger{Given: words.Shown(sheet.Consents, m.clock.Now()), Open: []consent.Text{}}
	for _, t := range texts {
		if m.askable(a, doc, sheet, t.Purpose) {
			l.Open = append(l.Open, t)
		}
	}
	return l, nil
}

// Sharings shows the actor what of hers went out of the circle.
func (m *Members) Sharings(ctx context.Context, a access.Actor) ([]*consent.Sharing, error) {
	if err := access.Decide(a, access.ReadOwn, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	return consent.SharingsOf(ctx, m.store.Org(a.Org), a.Person)
}

// shown is the space of the organisation itself, also of who is in its decoy
// tenant: what is asked is the same there.
func (m *Members) shown(org string) *store.Space { return m.store.Org(organisation.Shown(org)) }

// askable tells whether she could answer a purpose on her own page now: it would
// open something that is there, and she hasn't answered. What belongs to an act of
// its own is asked there.
func (m *Members) askable(a access.Actor, doc *Member, sheet *consent.Sheet, p consent.Purpose) bool {
	if doc.State == Ended || doc.State == Declined {
		return false
	}
	there := true
	switch p {
	case consent.CoordinatorPhone:
		there = len(doc.Phone) > 0
	case consent.CoordinatorName:
		there = len(doc.PaperName) > 0
	case consent.CoordinatorDistrict:
		there = len(doc.District) > 0
	case consent.SupporterName:
		there = a.Has(access.PeerSupporter)
	}
	where := consent.AskedAt(p)
	elsewhere := where == consent.Nowhere || where == consent.Messages || where == consent.Publishing
	return there && !elsewhere && !sheet.Given(p, m.clock.Now()) && !sheet.Refuses(p)
}

// GiveConsent writes one answer of hers down: a yes to one text, or her no to
// what is done unless she says it. A no takes no fresh proof, as taking back takes
// none. Faults: consent.bundled, consent.text_unknown,
// consent.not_an_answer, consent.text_old.
func (m *Members) GiveConsent(ctx context.Context, a access.Actor, k once.Key, given []consent.Given) (*Mine, error) {
	act := access.GiveConsent
	if len(given) == 1 && given[0].Answer == "no" {
		act = access.WithdrawConsent
	}
	if err := access.Decide(a, act, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	if len(given) != 1 {
		return nil, consent.ErrBundled
	}
	g := given[0]
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		doc, err := members.Get(ctx, tx, a.Person)
		if err != nil {
			return notFound(err)
		}
		sheet, err := consent.Of(ctx, tx, a.Person)
		if err != nil {
			return notFound(err)
		}
		answered := sheet.Given(g.Purpose, m.clock.Now()) || sheet.Refuses(g.Purpose)
		if !answered && !m.askable(a, doc, sheet, g.Purpose) {
			return fault.Of("request.invalid", fault.At("consents[0]", "consent.text_unknown"))
		}
		if _, err := consent.Add(ctx, tx, a.Person, consent.BySelf, given, m.clock.Now()); err != nil {
			return err
		}
		// Written anew, so that every directory looks at her again.
		if err := members.Replace(ctx, tx, doc); err != nil {
			return err
		}
		if err := m.audit.Did(ctx, tx, a, act, []string{a.Person}, string(g.Purpose)); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, m.clock.Now())
	})
	if err != nil {
		return nil, err
	}
	mine, err := m.Mine(ctx, a)
	if err == nil {
		m.names.changed(a.Org, mine.Opened)
	}
	return mine, err
}

// WithdrawConsent takes one answer back. Without the yes to being kept the
// membership ends, and with it everybody else's sight of her; without the yes
// to her phone number, the number goes; without the yes to messages, the number
// they went to and what waits for it.
func (m *Members) WithdrawConsent(ctx context.Context, a access.Actor, k once.Key, given string) (*Mine, error) {
	if err := access.Decide(a, access.WithdrawConsent, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	var changed bool
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		changed = false
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		purpose, err := consent.Withdraw(ctx, tx, a.Person, given, m.clock.Now())
		if err != nil {
			return notFound(err)
		}
		if changed, err = m.followWithdrawal(ctx, tx, a, purpose); err != nil {
			return err
		}
		if err := m.audit.Did(ctx, tx, a, access.WithdrawConsent, []string{a.Person}, string(purpose)); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, m.clock.Now(), given)
	})
	if err != nil {
		return nil, err
	}
	// That it is taken back outlives any copy of the data. If the keys store is
	// away just now, the sweep tells it.
	_, _ = m.keys.KeepRetracted(ctx, m.store.Org(a.Org), store.MaxLimit)
	mine, err := m.Mine(ctx, a)
	if err == nil && changed {
		m.names.changed(a.Org, mine.Opened)
	}
	return mine, err
}

// followWithdrawal does what follows when somebody takes a yes for a purpose
// back, and tells whether that changed her page.
func (m *Members) followWithdrawal(ctx context.Context, tx *store.Tx, a access.Actor, purpose consent.Purpose) (changed bool, err error) {
	for _, follow := range m.after[purpose] {
		if err := follow(ctx, tx, a); err != nil {
			return false, err
		}
	}
	switch purpose {
	case consent.Membership:
		_, err = members.Update(ctx, tx, a.Person, func(doc *Member) error {
			doc.State, doc.Since = Ended, m.today()
			return nil
		})
		if err != nil {
			return false, notFound(err)
		}
		// She keeps a way in to her own page, as an applicant has.
		if err := account.SetRole(ctx, tx, a.Person, access.Applicant, access.Member); err != nil {
			return false, err
		}
		for _, leave := range m.leaving {
			if err := leave(ctx, tx, a); err != nil {
				return false, err
			}
		}
		return true, nil
	case consent.CoordinatorPhone:
		// The number was there for them alone.
		_, err = members.Update(ctx, tx, a.Person, func(doc *Member) error {
			doc.Phone = nil
			return nil
		})
		return err == nil, notFound(err)
	}
	return false, nil
}
