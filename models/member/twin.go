package member

import (
	"context"
	"errors"
	"slices"

	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// twinned is what a twin has of a person's own: the name she chose, whether she is
// 18, and what she said yes to.
type twinned struct {
	alias string
	age   Age // none where she wasn't asked
	given []consent.Given
}

// twin stores the person of a decoy tenant that stands beside a person from her
// birth: with her group, her state and what is twinned, and nothing of what
// else is known of her. A number isn't there, so neither is a yes to its use.
func (m *Members) twin(ctx context.Context, tx *store.Tx, doc *Member, of twinned, twin *account.Twin) error {
	beside := tx.Beside(organisation.Decoy(tx.Org()))
	given := slices.DeleteFunc(slices.Clone(of.given), func(g consent.Given) bool { return g.Purpose == consent.CoordinatorPhone })
	if _, err := consent.Begin(ctx, beside, doc.ID, consent.BySelf, given, m.clock.Now()); err != nil {
		return err
	}
	d := &Member{
		Meta: store.Meta{ID: doc.ID}, Group: doc.Group, Unsure: doc.Unsure, State: doc.State, Since: doc.Since,
		Reason: doc.Reason, Language: doc.Language,
	}
	var err error
	if d.Alias, err = twin.Key.Seal(d.ID, "alias", of.alias); err != nil {
		return err
	}
	if of.age != (Age{}) {
		if err := sealAge(twin.Key, d, of.age); err != nil {
			return err
		}
	}
	return members.Insert(ctx, beside, d)
}

// answerTwin gives a twin the answer that its person's application got. One that
// was answered, ended or erased is left alone.
func (m *Members) answerTwin(ctx context.Context, tx *store.Tx, doc *Member, words seal.Sealed) error {
	if organisation.IsDecoy(tx.Org()) {
		return nil
	}
	beside := tx.Beside(organisation.Decoy(tx.Org()))
	twin, err := members.Get(ctx, beside, doc.ID)
	if errors.Is(err, store.ErrAbsent) || err == nil && twin.State != Applied {
		return nil
	}
	if err != nil {
		return err
	}
	twin.State, twin.Since, twin.Group, twin.Unsure = doc.State, doc.Since, doc.Group, doc.Unsure
	twin.Reason, twin.Words = doc.Reason, words
	return members.Replace(ctx, beside, twin)
}

// wordsForTwin seals for a twin what a coordinator wrote to its person; nothing
// for one that is gone.
func (m *Members) wordsForTwin(ctx context.Context, org, person, words string) (seal.Sealed, error) {
	if organisation.IsDecoy(org) {
		return nil, nil
	}
	var sealed seal.Sealed
	key, err := m.keys.Of(ctx, organisation.Decoy(org), person)
	if err == nil {
		sealed, err = key.Seal(person, "words", words)
	}
	if errors.Is(err, seal.ErrNoKey) || errors.Is(err, seal.ErrUnreadable) {
		return nil, nil // what happened to a twin keeps nobody from answering its person
	}
	return sealed, err
}

// GiveTwins makes the twins of at most store.MaxIDs accounts of an organisation
// that have none and had none, and says how many. It is for a store from before
// there were twins; done again it changes nothing. With seal.ErrUnreadable some have
// none yet, of whose accounts or names something doesn't open.
func (m *Members) GiveTwins(ctx context.Context, org string, accounts []string) (int, error) {
	made := 0
	var damaged error
	for _, id := range accounts {
		a, err := account.Get(ctx, m.store.Org(org), id)
		if errors.Is(err, store.ErrAbsent) {
			continue
		}
		if err == nil {
			err = m.giveTwin(ctx, org, a)
		}
		switch {
		case errors.Is(err, seal.ErrBuried):
			continue // it was erased by whoever signed in to it
		case errors.Is(err, seal.ErrUnreadable):
			damaged = err // a twin under another name than hers would stay so
			continue
		case err != nil:
			return made, err
		}
		made++
	}
	return made, damaged
}

func (m *Members) giveTwin(ctx context.Context, org string, a *account.Account) error {
	space := m.store.Org(org)
	twin, err := m.accounts.PrepareTwin(ctx, org, a)
	if err != nil {
		return err
	}
	doc, err := members.Get(ctx, space, a.Person)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return err
	}
	var of twinned
	if doc != nil {
		o, err := m.openOne(ctx, org, doc)
		if err != nil {
			return err
		}
		if err := o.whole(); err != nil {
			return err
		}
		of.alias, of.age = o.Name().Reveal(), o.ageOfTwin(m.today())
	}
	return space.Tx(ctx, func(tx *store.Tx) error {
		now, err := account.Get(ctx, tx, a.ID)
		if errors.Is(err, store.ErrAbsent) {
			return nil // she was erased meanwhile
		}
		if err != nil {
			return err
		}
		if err := account.Require(ctx, tx, now); err != nil {
			return err
		}
		twin.Account.Closed = now.Closed
		if err := account.OpenTwin(ctx, tx, twin); err != nil || doc == nil {
			return err
		}
		still := *doc
		if still.State != Applied && still.State != Declined {
			still.State = Active // that she left is not for the twin's visitor to see
		}
		of := of
		if of.given, err = consent.Yes(ctx, tx, a.Language, consent.Membership); err != nil {
			return err
		}
		return m.twin(ctx, tx, &still, of, twin)
	})
}
