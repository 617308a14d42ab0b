package member

import (
	"context"
	"errors"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// What the focal point and the deputy decide on people under 18 who came in
// themselves: who wishes to join, and who told her birth later. A coordinator comes
// to none of it: to her they are absent.

// YoungDecision is what was decided on somebody under 18, with her, in person.
type YoungDecision struct {
	Agrees   bool          `json:"agrees"` // she said so herself
	Guardian *GuardianPart `json:"guardian"`
	Listed   bool          `json:"listed"`                                      // her coordinators may see her
	Group    *string       `json:"group,omitempty" validate:"omitempty,max=64"` // where she did not know hers
}

// GuardianAgain is what comes of looking again at the guardian of somebody under 18.
type GuardianAgain struct {
	GuardianPart
	Listed *bool `json:"listed,omitempty"` // else it stays as it was
}

// BirthTold is a birth that was told to who protects.
type BirthTold struct {
	Birth calendar.Birth `json:"birth"`
}

var (
	errNotDecided = fault.New(fault.Conflict, "member.not_decided")
	errOwnYes     = fault.Of("request.invalid", fault.At("agrees", "member.own_yes_needed"))
)

// minor is one of them, opened, in the transaction that changes something about her.
type minor struct {
	*Opened
	key   *seal.Key
	sheet *consent.Sheet
	by    consent.Witness
}

// DecideYoung lets somebody under 18 in who came in herself, with her own yes and her
// guardian's part, or decides on one who is a member already. Faults:
// member.own_yes_needed, member.guardian_needed, member.review_day,
// member.group_missing, member.not_applied, registration.group_unknown,
// field.required; access.Refused, also of who is not young any more.
func (m *Members) DecideYoung(ctx context.Context, a access.Actor, k once.Key, person string, in YoungDecision) error {
	if !in.Agrees {
		return errOwnYes
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return err
	}
	return m.onYoung(ctx, a, k, person, func(ctx context.Context, tx *store.Tx, y *minor) ([]string, error) {
		if y.CarriedOver != nil {
			return nil, errNotApplied // she is asked, each text by itself
		}
		g, err := in.Guardian.kept(y.key, person, "guardian", in.Listed, y.by, m.today())
		if err != nil {
			return nil, err
		}
		if y.State == Applied {
			if err := m.letIn(ctx, tx, y, in.Group, tree); err != nil {
				return nil, err
			}
		}
		if err := consent.SetGuardian(ctx, tx, person, g); err != nil {
			return nil, err
		}
		y.decided(g)
		return []string{"guardian", "listed"}, m.twinDecided(ctx, tx, y, g, nil)
	})
}

// letIn makes a member of an applicant, on a yes of hers that holds at this moment.
func (m *Members) letIn(ctx context.Context, tx *store.Tx, y *minor, group *string, tree *organisation.Tree) error {
	switch {
	case group != nil && tree.Get(*group) == nil:
		return fault.Of("request.invalid", fault.At("group", "registration.group_unknown"))
	case group != nil:
		y.Group, y.Unsure = *group, false
	case y.Unsure:
		return fault.Of("request.invalid", fault.At("group", "member.group_missing"))
	}
	if _, err := consent.Prove(ctx, tx, y.ID, consent.Membership, m.clock.Now()); err != nil {
		return notFound(err)
	}
	y.State, y.Since = Active, m.today()
	return account.SetRole(ctx, tx, y.ID, access.Member, access.Applicant)
}

// DeclineYoung answers the application of somebody under 18 with no. She reads the
// reason and the words on her page, and what helps without joining stays open to
// her. Faults: member.not_applied, field.too_long; access.Refused.
func (m *Members) DeclineYoung(ctx context.Context, a access.Actor, k once.Key, person string, in Declining) error {
	words := script.Clean(in.Words)
	if utf8.RuneCountInString(words) > maxWords {
		return fault.Of("request.invalid", fault.At("words", "field.too_long", "max", "600"))
	}
	theirs, err := m.wordsForTwin(ctx, a.Org, person, words)
	if err != nil {
		return err
	}
	return m.onYoung(ctx, a, k, person, func(ctx context.Context, tx *store.Tx, y *minor) ([]string, error) {
		if y.State != Applied {
			return nil, errNotApplied
		}
		y.State, y.Since, y.Reason = Declined, m.today(), in.Reason
		var err error
		if y.Member.Words, err = y.key.Seal(person, "words", words); err != nil {
			return nil, err
		}
		return []string{"state"}, m.twinDecided(ctx, tx, y, nil, theirs)
	})
}

// GuardianAgain writes down what came of looking again at the guardian of somebody
// on whom it was decided. Faults: those of a guardian's part, member.not_decided;
// access.Refused.
func (m *Members) GuardianAgain(ctx context.Context, a access.Actor, k once.Key, person string, in GuardianAgain) error {
	return m.onYoung(ctx, a, k, person, func(ctx context.Context, tx *store.Tx, y *minor) ([]string, error) {
		if !y.sheet.Decided() {
			return nil, errNotDecided
		}
		listed := y.sheet.Listed()
		if in.Listed != nil {
			listed = *in.Listed
		}
		g, err := in.kept(y.key, person, "", listed, y.by, m.today())
		if err != nil {
			return nil, err
		}
		g.Own = y.sheet.Guardian.Own
		if err := consent.SetGuardian(ctx, tx, person, g); err != nil {
			return nil, err
		}
		y.decided(g)
		return []string{"guardian"}, m.twinGuarded(ctx, tx, y.ID, g)
	})
}

// TellBirth keeps the birth that somebody told of whom it was known only that she is
// under 18. Whoever is of age by it is from then on one of the others: her
// coordinators see her, and decide if she has applied. Faults: birth.*, field.required;
// access.Refused.
func (m *Members) TellBirth(ctx context.Context, a access.Actor, k once.Key, person string, in BirthTold) error {
	if in.Birth.IsZero() {
		return fault.Of("request.invalid", fault.At("birth", "field.required"))
	}
	if err := in.Birth.Check(m.today()); err != nil {
		return fault.Of("request.invalid", fault.At("birth", codeOf(err, "birth.unreadable")))
	}
	return m.onYoung(ctx, a, k, person, func(ctx context.Context, tx *store.Tx, y *minor) ([]string, error) {
		if _, err := (OwnChange{Birth: &in.Birth}).write(y.key, y.Member, y.Opened, m.today()); err != nil {
			return nil, err
		}
		// Who counted as young because nothing could be read gave as somebody of age.
		if y.ageless() && young(in.Birth, m.today()) {
			her := a
			her.Person = y.ID
			if err := m.turnsYoung(ctx, tx, her); err != nil {
				return nil, err
			}
		}
		return []string{"birth"}, nil
	})
}

// onYoung does something about one person under 18 whom the actor decides on: allowed,
// still young, written anew so that every directory looks at her again, and noted
// both as done and as an opening that she reads of.
func (m *Members) onYoung(ctx context.Context, a access.Actor, k once.Key, person string, do func(context.Context, *store.Tx, *minor) ([]string, error)) error {
	key, err := m.keyOf(ctx, a.Org, person)
	if err != nil {
		return m.refuse(ctx, a, access.AskYoung, person, err)
	}
	space := m.store.Org(a.Org)
	var now *Opened
	err = space.Tx(ctx, func(tx *store.Tx) error {
		now = nil
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		y, err := m.minor(ctx, tx, a, key, person)
		if err != nil {
			return err
		}
		fields, err := do(ctx, tx, y)
		if err != nil {
			return err
		}
		if err := members.Replace(ctx, tx, y.Member); err != nil {
			return err
		}
		if now, err = open(key, y.Member); err != nil {
			return err
		}
		now.listedBy(y.sheet, m.clock.Now(), m.today())
		now.Decided, now.Listing, now.Review = y.Decided, y.Listing, y.Review
		if err := m.audit.Saw(ctx, tx, a, access.AskYoung, []string{person}); err != nil {
			return err
		}
		if err := m.audit.Did(ctx, tx, a, access.AskYoung, []string{person}, fields...); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, m.clock.Now(), person)
	})
	if err != nil {
		return m.refuse(ctx, a, access.AskYoung, person, err)
	}
	if now != nil {
		m.names.changed(a.Org, now)
	}
	return nil
}

// minor reads somebody under 18 whom the actor decides on.
func (m *Members) minor(ctx context.Context, tx *store.Tx, a access.Actor, key *seal.Key, person string) (*minor, error) {
	doc, err := members.Get(ctx, tx, person)
	if err != nil {
		return nil, notFound(err)
	}
	o, err := open(key, doc)
	if err != nil {
		return nil, err
	}
	if !o.Young(m.today()) {
		// To who protects, others than the young are as absent as before.
		return nil, access.Refused
	}
	if err := m.allow(ctx, tx, a, access.AskYoung, doc); err != nil {
		return nil, err
	}
	sheet, err := consent.Of(ctx, tx, person)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return nil, err
	}
	if sheet != nil {
		o.decided(sheet.Guardian)
	}
	return &minor{Opened: o, key: key, sheet: sheet, by: consent.Witness{Account: a.Account, Role: protects(a)}}, nil
}

// twinDecided gives a twin what was decided on its person, without the reason.
func (m *Members) twinDecided(ctx context.Context, tx *store.Tx, y *minor, g *consent.Guardian, words seal.Sealed) error {
	if err := m.answerTwin(ctx, tx, y.Member, words); err != nil || g == nil {
		return err
	}
	return m.twinGuarded(ctx, tx, y.ID, g)
}

func (m *Members) twinGuarded(ctx context.Context, tx *store.Tx, person string, g *consent.Guardian) error {
	if organisation.IsDecoy(tx.Org()) {
		return nil
	}
	theirs := *g
	theirs.Reason = nil
	err := consent.SetGuardian(ctx, tx.Beside(organisation.Decoy(tx.Org())), person, &theirs)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	return err
}
