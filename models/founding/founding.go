// Package founding sets organisations up: it gives a server an organisation
// with a first group and a first administrator, for a code that is printed once
// on the server's own screen, and lets her invite those who will run it. There
// are no built-in accounts. What an organisation chooses later for itself
// doesn't belong here.
package founding

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// pass is a printed code, as a keyed hash. There is one for a server without
// organisations, and one for each host name that waits for its organisation.
type pass struct {
	store.Meta `bson:",inline"`
	Code       string            `bson:"code"`
	Until      time.Time         `bson:"until"`
	Name       organisation.Name `bson:"name"` // what the organisation of a host name is to be called
}

var passes = store.Declare[pass]("founding").Passing().Guarded()

// firstPass is the id of the code for a server without organisations.
const firstPass = "founding"

func passOf(host string) string { return "host " + organisation.HostName(host) }

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{passes.Spec(), setups.Spec()} }

// Founders sets organisations up.
type Founders struct {
	store   *store.Store
	codes   seal.Lookup // what is stored of a code
	drawn   seal.Lookup // what a code is drawn from where a resend must find it again
	orgs    *organisation.Organisations
	members *member.Members
	audit   audit.Log
	clock   clock.Clock
}

// New serves the setting up of a store's organisations.
func New(s *store.Store, master *seal.Master, orgs *organisation.Organisations, members *member.Members, c clock.Clock) *Founders {
	f := &Founders{
		store: s, codes: master.Lookup("founding code"), drawn: master.Lookup("invitation drawn"),
		orgs: orgs, members: members, audit: orgs.Log(), clock: c,
	}
	orgs.WaitingBy(f.waits)
	return f
}

// waits tells whether a code is out with which an organisation may be founded at
// a host name.
func (f *Founders) waits(ctx context.Context, system store.View, host string) (bool, error) {
	doc, err := passes.Get(ctx, system, passOf(host))
	if errors.Is(err, store.ErrAbsent) {
		return false, nil
	}
	return err == nil && f.clock.Now().Before(doc.Until), err
}

// NewCode makes the code for a server without an organisation, in place of any
// earlier one. An empty code means that the server has its organisation.
func (f *Founders) NewCode(ctx context.Context) (string, error) {
	founded, err := f.orgs.Founded(ctx)
	if founded || err != nil {
		return "", err
	}
	return f.print(ctx, firstPass, organisation.Name{})
}

// ErrServed: an organisation answers to this host name already.
var ErrServed = errors.New("founding: an organisation answers to this host name")

// NewCodeFor makes the code for another organisation, to be founded at a host
// name that serves none, in place of any earlier one. Name is what /begin proposes.
func (f *Founders) NewCodeFor(ctx context.Context, host string, name organisation.Name) (string, error) {
	_, err := f.orgs.AtHost(ctx, host)
	if err == nil {
		return "", fmt.Errorf("%s: %w", organisation.HostName(host), ErrServed)
	}
	if !errors.Is(err, organisation.ErrNone) {
		return "", err
	}
	return f.print(ctx, passOf(host), name)
}

// Withdraw takes back the code of a host name, and tells whether one was out.
func (f *Founders) Withdraw(ctx context.Context, host string) (was bool, err error) {
	err = f.store.System().Tx(ctx, func(tx *store.Tx) error {
		was = false
		doc, err := passes.Get(ctx, tx, passOf(host))
		if errors.Is(err, store.ErrAbsent) {
			return nil
		}
		if err == nil {
			was, err = f.clock.Now().Before(doc.Until), passes.Delete(ctx, tx, doc)
		}
		return err
	})
	return was, err
}

// print stores a fresh code under an id.
func (f *Founders) print(ctx context.Context, id string, name organisation.Name) (string, error) {
	code := draw()
	err := f.store.System().Tx(ctx, func(tx *store.Tx) error {
		doc, err := passes.Get(ctx, tx, id)
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return err
		}
		fresh := doc == nil
		if fresh {
			doc = &pass{Meta: store.Meta{ID: id}}
		}
		doc.Code, doc.Until, doc.Name = f.codes.Of("", code), f.clock.Now().Add(lifetime), name
		if fresh {
			return passes.Insert(ctx, tx, doc)
		}
		return passes.Replace(ctx, tx, doc)
	})
	return spelt(code), err
}

// Founding is what the first administrator tells.
type Founding struct {
	Code             string `json:"code" validate:"required,max=40"`
	OrganisationName string `json:"organisationName" validate:"required,max=120"`
	GroupName        string `json:"groupName" validate:"required,max=120"`
	Alias            string `json:"alias" validate:"required,max=60"`
	Language         string `json:"language" validate:"required,oneof=ne en nb"`
	Passphrase       string `json:"passphrase" validate:"required,max=256"`
	// SecondPassphrase leads into the decoy tenant; no page speaks of it.
	SecondPassphrase string          `json:"secondPassphrase,omitempty" validate:"max=256"`
	Consents         []consent.Given `json:"consents" validate:"required,max=20,dive"`
}

var errCode = fault.Of("request.invalid", fault.At("code", "setup.code_refused"))

// founderRoles are those of whoever founds an organisation. She coordinates it
// until the coordinator whom she invites has come.
var founderRoles = []access.Role{access.Member, access.Coordinator, access.Administrator}

// Found makes the organisation of a host name, its group and its first
// administrator, opens its set-up, and uses the code up, all at once or nothing.
// The first organisation of a server also answers to the machine's own names.
// Sent again, it answers the same. The faults are setup.code_refused and those of
// registering.
func (f *Founders) Found(ctx context.Context, host string, k once.Key, in Founding) (*member.Registered, error) {
	if before, err := f.foundedBefore(ctx, host, k); before != nil || err != nil {
		return before, err
	}
	orgName, groupName := script.Clean(in.OrganisationName), script.Clean(in.GroupName)
	paid, err := f.passFor(ctx, f.store.System(), host, in.Code)
	if err != nil {
		return nil, err
	}
	var faults []fault.Field
	if orgName == "" {
		faults = append(faults, fault.At("organisationName", "setup.name_missing"))
	}
	if groupName == "" {
		faults = append(faults, fault.At("groupName", "setup.name_missing"))
	}
	founder := member.Admission{
		Alias: in.Alias, Language: in.Language, Passphrase: in.Passphrase, Second: in.SecondPassphrase,
		Consents: in.Consents, Roles: founderRoles,
	}
	if err := fault.Of("request.invalid", append(faults, founder.Check()...)...); err != nil {
		return nil, err
	}
	org, root := organisation.NewIDs()
	ready, err := f.members.PrepareAdmission(ctx, org, root, founder)
	if err != nil {
		return nil, err
	}
	err = f.orgs.FoundAs(ctx, org, root, organisation.Founding{
		Name: Named(in.Language, orgName), Group: Named(in.Language, groupName), Hosts: hostsOf(paid, host),
		With: func(system, tx *store.Tx) error {
			if err := f.use(ctx, system, host, in.Code); err != nil {
				return err
			}
			if err := setups.Insert(ctx, tx, &setup{Meta: store.Meta{ID: setupID}, Open: true}); err != nil {
				return err
			}
			if err := f.members.TakeIn(ctx, tx, ready); err != nil {
				return err
			}
			return once.Remember(ctx, tx, access.AnonymousIn(org), k, f.clock.Now(), ready.Person())
		},
	})
	if store.IsDuplicate(err, "id") {
		err = errCode // another organisation answers to the host name by now
	}
	if err != nil {
		err = f.discard(ctx, org, ready, err)
		// Of two sendings at once, the later one finds what the other made.
		if before, lost := f.foundedBefore(ctx, host, k); before != nil && lost == nil {
			return before, nil
		}
		return nil, err
	}
	return f.members.TakenIn(org, ready), nil
}

// foundedBefore answers a resend: the code is used up, and nobody but the one
// answer tells the founder her sign-in name. It is nil where this wasn't sent before.
func (f *Founders) foundedBefore(ctx context.Context, host string, k once.Key) (*member.Registered, error) {
	org, err := f.orgs.ByHost(ctx, host)
	if errors.Is(err, organisation.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	refs, done, err := once.Earlier(ctx, f.store.Org(org), access.AnonymousIn(org), k)
	if !done || err != nil {
		return nil, err
	}
	return f.members.TakenInBefore(ctx, org, refs[0])
}

// hostsOf are the names that the organisation of a code will answer to.
func hostsOf(paid *pass, host string) []string {
	name := organisation.HostName(host)
	if paid.ID != firstPass {
		return []string{name}
	}
	names := organisation.LocalHosts()
	for _, n := range names {
		if n == name || name == "" {
			return names
		}
	}
	return append(names, name)
}

// Opening is whether an organisation may still be founded at a host name, and
// what it is to be called, if that is known.
type Opening struct {
	Open bool
	Name organisation.Name
}

// Open tells whether somebody may found an organisation at a host name that serves none.
func (f *Founders) Open(ctx context.Context, host string) (Opening, error) {
	doc, err := passes.Get(ctx, f.store.System(), passOf(host))
	if err == nil && f.clock.Now().Before(doc.Until) {
		return Opening{Open: true, Name: doc.Name}, nil
	}
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return Opening{}, err
	}
	founded, err := f.orgs.Founded(ctx)
	return Opening{Open: !founded}, err
}

// passFor finds what a code pays for at a host name; else errCode.
func (f *Founders) passFor(ctx context.Context, v store.View, host, code string) (*pass, error) {
	hash := f.codes.Of("", fold(code))
	for _, id := range []string{passOf(host), firstPass} {
		doc, err := passes.Get(ctx, v, id)
		if errors.Is(err, store.ErrAbsent) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if doc.Code == hash && f.clock.Now().Before(doc.Until) {
			return doc, nil
		}
	}
	return nil, errCode
}

// use takes the code away with what it pays for; of two who come at once one gets errCode.
func (f *Founders) use(ctx context.Context, system *store.Tx, host, code string) error {
	doc, err := f.passFor(ctx, system, host, code)
	if err != nil {
		return err
	}
	return passes.Delete(ctx, system, doc)
}

// Named puts a name under the language it was typed in.
func Named(language, name string) organisation.Name {
	switch language {
	case "en":
		return organisation.Name{EN: name}
	case "nb":
		return organisation.Name{NB: name}
	default:
		return organisation.Name{NE: name}
	}
}
