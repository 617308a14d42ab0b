package member

import (
	"context"
	"errors"
	"strconv"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/phone"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Registration is what a woman sends to become a member. Only the alias, the
// passphrase and her yes to being kept are needed; without a group it lies
// with the organisation's root.
type Registration struct {
	Alias      string  `json:"alias" validate:"required,max=60"`
	Group      *string `json:"group" validate:"omitempty,max=64"`
	Phone      string  `json:"phone,omitempty" validate:"max=40"`
	Language   string  `json:"language" validate:"required,oneof=ne en nb"`
	Passphrase string  `json:"passphrase" validate:"required,max=256"`
	// SecondPassphrase leads into the decoy tenant; no page speaks of it.
	SecondPassphrase string          `json:"secondPassphrase,omitempty" validate:"max=256"`
	Consents         []consent.Given `json:"consents" validate:"required,max=20,dive"`
	// Age is whether she is 18; she need not say, and is answered the same either way.
	Age Said `json:"age,omitempty" validate:"omitempty,oneof=older younger unsaid" enum:"older,younger,unsaid"`
}

func (in Registration) words() account.Chosen {
	return account.Chosen{Passphrase: in.Passphrase, Second: in.SecondPassphrase}
}

// Registered is what she takes away: the name by which she signs in.
type Registered struct {
	Handle  seal.Clear
	State   State
	Account string
}

// maxAlias and the like are limits of what is kept, in characters.
const (
	maxAlias = 60
	maxName  = 120
	maxWords = 600
)

// Register takes an application in and opens an account for it. It answers the
// same whether or not anything about her is known already. The faults are
// registration.alias_missing, registration.group_unknown,
// registration.consent_missing, registration.phone_consent_missing, consent.*, phone.*
// and passphrase.*, all at once.
func (m *Members) Register(ctx context.Context, a access.Actor, k once.Key, in Registration) (*Registered, error) {
	if err := access.Decide(a, access.SendRegistration, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	space := m.store.Org(a.Org)
	if refs, done, err := once.Earlier(ctx, space, a, k); done || err != nil {
		return m.registered(ctx, a.Org, refs, err)
	}
	org, err := m.orgs.Get(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	if org.Kind == organisation.Supporting {
		return nil, access.Refused // it has figures and never a member's name
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	alias, number, err := in.check(tree)
	if err != nil {
		return nil, err
	}
	// Looked at before anything of hers is made, and again where it is kept.
	if err := consent.Fits(ctx, m.shown(a.Org), in.Consents); err != nil {
		return nil, err
	}
	doc := &Member{
		Meta: store.Meta{ID: NewPerson()}, State: Applied, Since: m.today(), Language: in.Language,
	}
	if in.Group != nil {
		doc.Group = *in.Group
	} else {
		doc.Group, doc.Unsure = tree.Root().ID, true
	}
	age := Age{Said: in.Age, On: m.today()}
	opening, key, err := m.prepare(ctx, a.Org, doc, alias, Details{Phone: number}, func(key *seal.Key) (*account.Opening, error) {
		return m.accounts.Prepare(ctx, a.Org, doc.ID, key, in.words(), in.Language, []access.Role{access.Applicant})
	})
	if err != nil {
		return nil, err
	}
	if err := sealAge(key, doc, age); err != nil {
		return nil, err
	}
	var earlier []string
	err = space.Tx(ctx, func(tx *store.Tx) error {
		earlier = nil
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if done || err != nil {
			earlier = refs
			return err
		}
		proof, err := consent.Begin(ctx, tx, doc.ID, consent.BySelf, in.Consents, m.clock.Now())
		if err != nil {
			return err
		}
		if err := m.admit(ctx, tx, proof, doc, key, opening); err != nil {
			return err
		}
		if err := m.twin(ctx, tx, doc, twinned{alias: alias, age: age, given: in.Consents}, opening.Twin); err != nil {
			return err
		}
		if err := m.audit.Did(ctx, tx, access.AnonymousIn(a.Org), access.SendRegistration, []string{doc.ID}); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, m.clock.Now(), doc.ID)
	})
	if err != nil || earlier != nil {
		return m.registered(ctx, a.Org, earlier, err)
	}
	m.names.changed(a.Org, &Opened{Member: doc, Alias: seal.Open(alias), Phone: seal.Open(number), Age: age})
	return &Registered{Handle: opening.Handle, State: Applied, Account: opening.Account.ID}, nil
}

// prepare makes a person's key and account outside any transaction, and seals
// what is known of her into the document.
func (m *Members) prepare(ctx context.Context, org string, doc *Member, alias string, d Details, open func(*seal.Key) (*account.Opening, error)) (*account.Opening, *seal.Key, error) {
	made, err := m.keys.Create(ctx, org, doc.ID)
	if err != nil {
		return nil, nil, err
	}
	key := made[0]
	opening, err := open(key)
	if err != nil {
		return nil, nil, errors.Join(err, m.discard(ctx, org, doc.ID, m.keys.Discard))
	}
	if doc.Alias, err = key.Seal(doc.ID, "alias", alias); err != nil {
		return nil, nil, err
	}
	return opening, key, write(key, doc, d)
}

// discard gives the keys up of somebody and her twin who were not taken in.
func (m *Members) discard(ctx context.Context, org, person string, how func(ctx context.Context, org string, ids ...string) error) error {
	return errors.Join(how(ctx, org, person), how(ctx, organisation.Decoy(org), person))
}

// errNoConsent: somebody is to be kept without having agreed to it.
var errNoConsent = fault.Of("request.invalid", fault.At("consents", "registration.consent_missing"))

// admit stores a person with her account. There is no way in without her yes.
func (m *Members) admit(ctx context.Context, tx *store.Tx, yes consent.Proof, doc *Member, key *seal.Key, opening *account.Opening) error {
	if !yes.Covers(consent.Membership) {
		return errNoConsent
	}
	if err := members.Insert(ctx, tx, doc); err != nil {
		return err
	}
	return m.accounts.Open(ctx, tx, key, opening)
}

// registered answers a resend with what the first sending made.
func (m *Members) registered(ctx context.Context, org string, refs []string, err error) (*Registered, error) {
	if err != nil {
		return nil, err
	}
	space := m.store.Org(org)
	doc, err := members.Get(ctx, space, refs[0])
	if err != nil {
		return nil, err
	}
	acc, err := account.OfPerson(ctx, space, doc.ID)
	if err != nil {
		return nil, err
	}
	handle, err := m.accounts.HandleOf(ctx, org, acc)
	return &Registered{Handle: handle, State: doc.State, Account: acc.ID}, err
}

// check cleans a registration and tells everything that is wrong with it.
func (in Registration) check(tree *organisation.Tree) (alias, number string, err error) {
	var faults []fault.Field
	alias, faults = readAlias(in.Alias)
	if in.Group != nil && tree.Get(*in.Group) == nil {
		faults = append(faults, fault.At("group", "registration.group_unknown"))
	}
	if script.Clean(in.Phone) != "" {
		var wrong error
		if number, wrong = phone.Read(in.Phone); wrong != nil {
			faults = append(faults, fault.At("phone", codeOf(wrong, "phone.invalid")))
		}
		if !gives(in.Consents, consent.CoordinatorPhone) {
			faults = append(faults, fault.At("phone", "registration.phone_consent_missing"))
		}
	}
	if !gives(in.Consents, consent.Membership) {
		faults = append(faults, fault.At("consents", "registration.consent_missing"))
	}
	faults = append(faults, consent.Check(in.Consents)...)
	faults = append(faults, in.words().Check(account.MinOwn, alias, number)...)
	return alias, number, fault.Of("request.invalid", faults...)
}

// readAlias cleans the name she chose and tells what is wrong with it.
func readAlias(text string) (alias string, faults []fault.Field) {
	alias = script.Clean(text)
	switch {
	case alias == "":
		faults = append(faults, fault.At("alias", "registration.alias_missing"))
	case utf8.RuneCountInString(alias) > maxAlias:
		faults = append(faults, fault.At("alias", "field.too_long", "max", strconv.Itoa(maxAlias)))
	}
	return alias, faults
}

func gives(given []consent.Given, p consent.Purpose) bool {
	for _, g := range given {
		if g.Purpose == p {
			return true
		}
	}
	return false
}

// codeOf is the code that a reader's error carries.
func codeOf(err error, otherwise string) string {
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	return otherwise
}
