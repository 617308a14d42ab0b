package member

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Admission is somebody who is taken in as active at once, with her roles: the
// first coordinator of a new organisation, and whoever else is set up with it.
type Admission struct {
	Alias      string
	Language   string
	Passphrase string // empty only where Waiting
	Second     string // passphrase that leads into the decoy tenant, if she wants one
	Consents   []consent.Given
	Roles      []access.Role // none: member and coordinator
	// Waiting: she has no passphrase yet, and nobody can sign in as her.
	Waiting bool
}

func (f Admission) roles() []access.Role {
	if len(f.Roles) == 0 {
		return []access.Role{access.Member, access.Coordinator}
	}
	return f.Roles
}

// Check tells what is wrong with an admission before anything is made.
func (f Admission) Check() []fault.Field {
	_, faults := readAlias(f.Alias)
	if !gives(f.Consents, consent.Membership) {
		faults = append(faults, fault.At("consents", "registration.consent_missing"))
	}
	faults = append(faults, consent.Check(f.Consents)...)
	if f.Waiting {
		return faults
	}
	return append(faults, f.words().Check(account.Least(f.roles()), f.Alias)...)
}

func (f Admission) words() account.Chosen {
	return account.Chosen{Passphrase: f.Passphrase, Second: f.Second}
}

// Admitting is an admission about to happen: her key, passphrase and texts are
// ready, and only the transaction is missing.
type Admitting struct {
	doc     *Member
	alias   string
	key     *seal.Key
	opening *account.Opening
	given   []consent.Given
}

// PrepareAdmission gets somebody ready for a group; a coordinator gets it to look after.
func (m *Members) PrepareAdmission(ctx context.Context, org, group string, f Admission) (*Admitting, error) {
	if err := fault.Of("request.invalid", f.Check()...); err != nil {
		return nil, err
	}
	if err := consent.Fits(ctx, m.shown(org), f.Consents); err != nil {
		return nil, err
	}
	alias := script.Clean(f.Alias)
	doc := &Member{
		Meta: store.Meta{ID: NewPerson()}, Group: group, State: Active, Since: m.today(), Language: f.Language,
	}
	var groups []string
	if slices.Contains(f.roles(), access.Coordinator) {
		groups = []string{group}
	}
	open := func(key *seal.Key) (*account.Opening, error) {
		if f.Waiting {
			return m.accounts.PrepareWaiting(ctx, org, doc.ID, key, f.Language, f.roles(), groups...)
		}
		return m.accounts.Prepare(ctx, org, doc.ID, key, f.words(), f.Language, f.roles(), groups...)
	}
	opening, key, err := m.prepare(ctx, org, doc, alias, Details{}, open)
	return &Admitting{doc: doc, alias: alias, key: key, opening: opening, given: f.Consents}, err
}

// TakeIn takes somebody prepared in; in the transaction that founds her
// organisation if it is new.
func (m *Members) TakeIn(ctx context.Context, tx *store.Tx, f *Admitting) error {
	proof, err := consent.Begin(ctx, tx, f.doc.ID, consent.BySelf, f.given, m.clock.Now())
	if err != nil {
		return err
	}
	if err := m.admit(ctx, tx, proof, f.doc, f.key, f.opening); err != nil {
		return err
	}
	if f.opening.Twin != nil {
		if err := m.twin(ctx, tx, f.doc, twinned{alias: f.alias, given: f.given}, f.opening.Twin); err != nil {
			return err
		}
	}
	return m.audit.Did(ctx, tx, access.AnonymousIn(tx.Org()), access.SendRegistration, []string{f.doc.ID})
}

// Person is the id of somebody prepared.
func (f *Admitting) Person() string { return f.doc.ID }

// Discard destroys the keys of somebody prepared who was not taken in after all.
func (m *Members) Discard(ctx context.Context, org string, f *Admitting) error {
	return m.discard(ctx, org, f.doc.ID, m.keys.Destroy)
}

// TakenInBefore tells the sign-in name of somebody who was taken in already, to
// whoever sent the same act again.
func (m *Members) TakenInBefore(ctx context.Context, org, person string) (*Registered, error) {
	return m.registered(ctx, org, []string{person}, nil)
}

// TakenIn tells her sign-in name once she is in.
func (m *Members) TakenIn(org string, f *Admitting) *Registered {
	m.names.changed(org, &Opened{Member: f.doc, Alias: seal.Open(f.alias)})
	return &Registered{Handle: f.opening.Handle, State: Active, Account: f.opening.Account.ID}
}

// Admit takes somebody into an organisation that is there already: the demo's
// filler and the tests do so.
func (m *Members) Admit(ctx context.Context, org, group string, f Admission) (*Registered, error) {
	ready, err := m.PrepareAdmission(ctx, org, group, f)
	if err != nil {
		return nil, err
	}
	err = m.store.Org(org).Tx(ctx, func(tx *store.Tx) error { return m.TakeIn(ctx, tx, ready) })
	if err != nil {
		return nil, err
	}
	return m.TakenIn(org, ready), nil
}
