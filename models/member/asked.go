package member

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// InPersonAsked is what somebody carried over answered to whoever asked her in
// person: each text by itself. Without a yes to being kept she stays as she was,
// or is erased at once if she wishes.
type InPersonAsked struct {
	Answers  []consent.Given `json:"answers" validate:"max=4,dive"`
	How      consent.How     `json:"how" validate:"required,oneof=in_person"`
	Language string          `json:"language" validate:"required,oneof=ne en nb"`
	Alias    string          `json:"alias,omitempty" validate:"max=60"` // what she wishes to be called
	Erase    bool            `json:"erase,omitempty"`
	Guardian *GuardianPart   `json:"guardian,omitempty"` // of somebody under 18 who says yes
	Listed   bool            `json:"listed,omitempty"`   // her coordinators may see her, who is under 18
}

// GuardianPart is what is written down of her guardian: that he or she agrees
// too, or is set aside for a reason, until a day on which that is looked at again.
type GuardianPart struct {
	Agreed bool          `json:"agreed"`
	Aside  bool          `json:"aside,omitempty"`
	Reason string        `json:"reason,omitempty" validate:"max=600"`
	Review calendar.Date `json:"review,omitzero"`
}

// The ways in which asking ends.
const (
	BecameMember = "member"
	StaysCarried = "carried"
	WasErased    = "erased"
)

// AskedOutcome tells how it ended. Who became a member has a sign-in name to take
// home; her words she chooses herself, in person, as after losing them.
type AskedOutcome struct {
	State  string
	Handle seal.Clear
}

// inPerson are the purposes that somebody carried over is asked about.
var inPerson = []consent.Purpose{consent.Membership, consent.CoordinatorPhone, consent.CoordinatorName, consent.CoordinatorDistrict}

// reviewWithin is within how many months it is looked at again that a guardian was set aside.
const reviewWithin = 6

func (in InPersonAsked) check() (alias string, err error) {
	var faults []fault.Field
	alias = script.Clean(in.Alias)
	if utf8.RuneCountInString(alias) > maxAlias {
		faults = append(faults, fault.At("alias", "field.too_long", "max", "60"))
	}
	for _, f := range consent.Check(in.Answers) {
		f.Field = "answers" + strings.TrimPrefix(f.Field, "consents")
		faults = append(faults, f)
	}
	for _, g := range in.Answers {
		if !slices.Contains(inPerson, g.Purpose) {
			faults = append(faults, fault.At("answers", "consent.text_unknown"))
		}
	}
	if len(in.Answers) > 0 && !gives(in.Answers, consent.Membership) {
		faults = append(faults, fault.At("answers", "registration.consent_missing"))
	}
	if len(in.Answers) > 0 && in.Erase {
		faults = append(faults, fault.At("erase", "member.erase_or_yes"))
	}
	return alias, fault.Of("request.invalid", faults...)
}

// guardian checks the guardian's part of a yes and makes it ready to be kept.
func (in InPersonAsked) guardian(key *seal.Key, person string, young bool, by consent.Witness, today calendar.Date) (*consent.Guardian, error) {
	switch {
	case !young && in.Guardian != nil:
		return nil, fault.Of("request.invalid", fault.At("guardian", "field.unknown"))
	case !young && in.Listed:
		return nil, fault.Of("request.invalid", fault.At("listed", "field.unknown"))
	case !young:
		return nil, nil
	}
	return in.Guardian.kept(key, person, "guardian", in.Listed, by, today)
}

// kept checks what is written down of a guardian, which stands in a field of what
// came in, and makes it ready to be kept beside her own yes.
func (g *GuardianPart) kept(key *seal.Key, person, field string, listed bool, by consent.Witness, today calendar.Date) (*consent.Guardian, error) {
	at := func(part string) string { return strings.TrimPrefix(field+"."+part, ".") }
	wrong := func(field, code string) error { return fault.Of("request.invalid", fault.At(field, code)) }
	switch {
	case g == nil || g.Agreed == g.Aside:
		return nil, wrong(cmp.Or(field, "agreed"), "member.guardian_needed")
	case g.Aside && script.Clean(g.Reason) == "":
		return nil, wrong(at("reason"), "field.required")
	case g.Aside && (!g.Review.After(today) || g.Review.After(today.AddMonths(reviewWithin))):
		return nil, wrong(at("review"), "member.review_day")
	}
	kept := &consent.Guardian{
		Own: true, Agreed: g.Agreed, Aside: g.Aside, Listed: listed, Day: today, Witness: by.Account, WitnessRole: by.Role,
	}
	if !g.Aside {
		return kept, nil
	}
	var err error
	kept.Review = g.Review
	kept.Reason, err = key.Seal(person, "guardian", script.Clean(g.Reason))
	return kept, err
}

// Asked writes down what somebody carried over answered in person, with the actor
// as witness. A yes to being kept makes her a member, with a sign-in name and no
// words yet; what she did not agree to goes or is hers alone from then on. Faults:
// consent.*, registration.consent_missing, member.erase_or_yes,
// member.guardian_needed, member.review_day, member.not_carried_over; access.Refused.
func (m *Members) Asked(ctx context.Context, a access.Actor, k once.Key, person string, in InPersonAsked) (*AskedOutcome, error) {
	alias, err := in.check()
	if err != nil {
		return nil, err
	}
	refuse := func(err error) error { return m.refuse(ctx, a, access.AskCarried, person, err) }
	space := m.store.Org(a.Org)
	if refs, done, err := once.Earlier(ctx, space, a, k); done || err != nil {
		return m.askedBefore(ctx, a.Org, refs, err)
	}
	key, err := m.keyOf(ctx, a.Org, person)
	if err != nil {
		return nil, refuse(err)
	}
	// Nothing is got ready for who may not ask her.
	if err := space.Tx(ctx, func(tx *store.Tx) error {
		if _, _, _, err := m.asking(ctx, tx, a, key, person); err != nil {
			return err
		}
		return consent.Fits(ctx, tx, in.Answers)
	}); err != nil {
		return nil, refuse(err)
	}
	yes := len(in.Answers) > 0
	var opening *account.Opening
	if yes {
		if opening, err = m.accounts.PrepareWaiting(ctx, a.Org, person, key, in.Language, []access.Role{access.Member}); err != nil {
			return nil, err
		}
	}
	outcome := &AskedOutcome{State: StaysCarried}
	var earlier []string
	var now *Opened
	err = space.Tx(ctx, func(tx *store.Tx) error {
		earlier, now = nil, nil
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if done || err != nil {
			earlier = refs
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		doc, o, is, err := m.asking(ctx, tx, a, key, person)
		if err != nil {
			return err
		}
		act, role := access.AskCarried, access.Coordinator
		if is {
			act, role = access.AskYoung, protects(a)
		}
		fields := []string{"asked"}
		var guardian *consent.Guardian
		switch {
		case yes:
			by := consent.Witness{Account: a.Account, Role: role}
			if guardian, err = in.guardian(key, person, is, by, m.today()); err != nil {
				return err
			}
			outcome.State = BecameMember
			if err := m.becomes(ctx, tx, key, doc, o, alias, in, by, guardian, opening); err != nil {
				return err
			}
			for _, g := range in.Answers {
				fields = append(fields, string(g.Purpose))
			}
		case in.Erase:
			outcome.State, fields = WasErased, []string{"erased"}
			if err := remove(ctx, tx, doc); err != nil {
				return err
			}
		default:
			doc.CarriedOver.Asked = m.today()
			if err := members.Replace(ctx, tx, doc); err != nil {
				return err
			}
		}
		if now, err = open(key, doc); err != nil {
			return err
		}
		now.decided(guardian)
		if is {
			if err := m.audit.Saw(ctx, tx, a, act, []string{person}); err != nil {
				return err
			}
		}
		if err := m.audit.Did(ctx, tx, a, act, []string{person}, fields...); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, m.clock.Now(), person, outcome.State)
	})
	if err != nil {
		return nil, refuse(err)
	}
	if earlier != nil {
		return m.askedBefore(ctx, a.Org, earlier, nil)
	}
	switch outcome.State {
	case WasErased:
		m.names.removed(a.Org, person)
		return outcome, m.keys.Destroy(ctx, a.Org, person)
	case BecameMember:
		outcome.Handle = opening.Handle
		now.phoneUnseen = !gives(in.Answers, consent.CoordinatorPhone)
	}
	m.names.changed(a.Org, now)
	return outcome, nil
}

// protects is the role in which somebody decides on people under 18.
func protects(a access.Actor) access.Role {
	if a.Has(access.FocalPoint) {
		return access.FocalPoint
	}
	return access.Deputy
}

// decided notes what was decided on her as somebody under 18.
func (o *Opened) decided(g *consent.Guardian) {
	s := &consent.Sheet{Guardian: g}
	o.Decided, o.Listing, o.Review = s.Decided(), s.Listed(), s.Review()
}

// asking reads somebody whom the actor may ask, and whether she is under 18.
func (m *Members) asking(ctx context.Context, tx *store.Tx, a access.Actor, key *seal.Key, person string) (*Member, *Opened, bool, error) {
	doc, err := members.Get(ctx, tx, person)
	if err != nil {
		return nil, nil, false, notFound(err)
	}
	o, err := open(key, doc)
	if err != nil {
		return nil, nil, false, err
	}
	is := o.Young(m.today())
	if err := m.mayAsk(ctx, tx, a, o, is, true); err != nil {
		return nil, nil, false, err
	}
	if err := o.whole(); err != nil {
		return nil, nil, false, err
	}
	if doc.CarriedOver == nil {
		return nil, nil, false, ErrNotCarriedOver
	}
	return doc, o, is, nil
}

// becomes makes a member of somebody carried over who said yes.
func (m *Members) becomes(ctx context.Context, tx *store.Tx, key *seal.Key, doc *Member, was *Opened, alias string, in InPersonAsked,
	by consent.Witness, guardian *consent.Guardian, opening *account.Opening,
) error {
	if _, err := consent.BeginBeside(ctx, tx, doc.ID, by, in.Answers, guardian, m.clock.Now()); err != nil {
		return err
	}
	doc.CarriedOver, doc.Since, doc.Language = nil, m.today(), in.Language
	name := was.Name().Reveal()
	if alias != "" {
		sealed, err := key.Seal(doc.ID, "alias", alias)
		if err != nil {
			return err
		}
		doc.Alias, name = sealed, alias
	}
	if !gives(in.Answers, consent.CoordinatorPhone) {
		doc.Phone = nil // it was there for them alone
	}
	if err := members.Replace(ctx, tx, doc); err != nil {
		return err
	}
	if err := m.accounts.Open(ctx, tx, key, opening); err != nil || opening.Twin == nil {
		return err
	}
	of := twinned{alias: name, age: was.ageOfTwin(m.today()), given: in.Answers}
	if err := m.twin(ctx, tx, doc, of, opening.Twin); err != nil || guardian == nil {
		return err
	}
	return m.twinGuarded(ctx, tx, doc.ID, guardian)
}

// askedBefore answers a resend with what the first sending did.
func (m *Members) askedBefore(ctx context.Context, org string, refs []string, err error) (*AskedOutcome, error) {
	if err != nil {
		return nil, err
	}
	outcome := &AskedOutcome{State: refs[1]}
	if outcome.State != BecameMember {
		return outcome, nil
	}
	r, err := m.registered(ctx, org, refs[:1], nil)
	if err != nil {
		return nil, notFound(err)
	}
	outcome.Handle = r.Handle
	return outcome, nil
}
