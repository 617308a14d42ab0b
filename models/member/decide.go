package member

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Approval answers an application with yes. A group is needed when she did not
// know hers; it must be one of the coordinator's.
type Approval struct {
	Group *string `json:"group,omitempty" validate:"omitempty,max=64"`
}

// Declining answers an application with no, for a reason, in words of the
// coordinator's own if she has any.
type Declining struct {
	Reason Reason `json:"reason" validate:"required,oneof=duplicate not_this_group talk_first other"`
	Words  string `json:"words,omitempty" validate:"max=600"`
}

var errNotApplied = fault.New(fault.Conflict, "member.not_applied")

// Approve makes an applicant a member. Faults: member.not_applied,
// member.group_missing, registration.group_unknown; access.Refused.
func (m *Members) Approve(ctx context.Context, a access.Actor, k once.Key, person string, in Approval) (*Opened, error) {
	return m.decide(ctx, a, k, person, nil, func(ctx context.Context, tx *store.Tx, doc *Member) error {
		switch {
		case in.Group != nil && !a.Coordinates(*in.Group):
			return fault.Of("request.invalid", fault.At("group", "registration.group_unknown"))
		case in.Group != nil:
			doc.Group, doc.Unsure = *in.Group, false
		case doc.Unsure:
			return fault.Of("request.invalid", fault.At("group", "member.group_missing"))
		}
		// She joins on a yes that still holds at this moment.
		if _, err := consent.Prove(ctx, tx, doc.ID, consent.Membership, m.clock.Now()); err != nil {
			return notFound(err)
		}
		doc.State = Active
		return account.SetRole(ctx, tx, doc.ID, access.Member, access.Applicant)
	})
}

// Decline answers no. She reads the reason and the words on her page.
func (m *Members) Decline(ctx context.Context, a access.Actor, k once.Key, person string, in Declining) (*Opened, error) {
	words := script.Clean(in.Words)
	if utf8.RuneCountInString(words) > maxWords {
		return nil, fault.Of("request.invalid", fault.At("words", "field.too_long", "max", "600"))
	}
	key, err := m.keys.Of(ctx, a.Org, person)
	if err != nil {
		return nil, m.refuse(ctx, a, access.DecideOnApplying, person, notFound(err))
	}
	theirs, err := m.wordsForTwin(ctx, a.Org, person, words)
	if err != nil {
		return nil, err
	}
	return m.decide(ctx, a, k, person, theirs, func(_ context.Context, _ *store.Tx, doc *Member) error {
		doc.State, doc.Reason = Declined, in.Reason
		doc.Words, err = key.Seal(doc.ID, "words", words)
		return err
	})
}

// decide runs one answer to an application: allowed, still open, and written
// down with who gave it. The twin gets the same one, with words sealed for it.
func (m *Members) decide(ctx context.Context, a access.Actor, k once.Key, person string, words seal.Sealed, answer func(context.Context, *store.Tx, *Member) error) (*Opened, error) {
	space := m.store.Org(a.Org)
	err := space.Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		doc, err := members.Get(ctx, tx, person)
		if err != nil {
			return notFound(err)
		}
		if err := m.allow(ctx, tx, a, access.DecideOnApplying, doc); err != nil {
			return err
		}
		if doc.State != Applied {
			return errNotApplied
		}
		doc.Since = m.today()
		if err := answer(ctx, tx, doc); err != nil {
			return err
		}
		if err := members.Replace(ctx, tx, doc); err != nil {
			return err
		}
		if err := m.answerTwin(ctx, tx, doc, words); err != nil {
			return err
		}
		if err := m.audit.Did(ctx, tx, a, access.DecideOnApplying, []string{person}, "state"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, m.clock.Now(), person)
	})
	if err != nil {
		return nil, m.refuse(ctx, a, access.DecideOnApplying, person, err)
	}
	doc, err := members.Get(ctx, space, person)
	if err != nil {
		return nil, notFound(err)
	}
	opened, err := m.openOne(ctx, a.Org, doc)
	if err != nil {
		return nil, err
	}
	sheets, err := consent.OfMany(ctx, space, []string{person})
	if err != nil {
		return nil, err
	}
	opened.listedBy(sheets[person], m.clock.Now(), m.today())
	m.names.changed(a.Org, opened)
	return opened, nil
}

// allow asks the decider about one person, on what is true of her in this
// transaction, which depends on nobody's declaring anything between the two.
func (m *Members) allow(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, doc *Member) error {
	o, err := m.openOne(ctx, a.Org, doc)
	if err != nil {
		return notFound(err)
	}
	return m.allowOpened(ctx, tx, a, act, o)
}

// allowOpened is allow for somebody whose texts are open.
func (m *Members) allowOpened(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, o *Opened) error {
	sheet, err := consent.Of(ctx, tx, o.ID)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return err
	}
	f := facts(a, o, sheet, consent.Membership, m.clock.Now())
	if f.Apart, err = conflict.StillApart(ctx, tx, a.Person, o.ID); err != nil {
		return err
	}
	return access.Decide(a, act, f)
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (m *Members) refuse(ctx context.Context, a access.Actor, act access.Action, person string, err error) error {
	return m.audit.Refusal(ctx, m.store.Org(a.Org), a, act, person, err)
}

// notFound makes what is absent look like what is refused.
func notFound(err error) error {
	absent := []error{store.ErrAbsent, consent.ErrNone, seal.ErrNoKey}
	if slices.ContainsFunc(absent, func(e error) bool { return errors.Is(err, e) }) {
		return access.Refused
	}
	return err
}

func (m *Members) openOne(ctx context.Context, org string, doc *Member) (*Opened, error) {
	key, err := m.keys.Of(ctx, org, doc.ID)
	if err != nil {
		return nil, err
	}
	return open(key, doc)
}
