// Package founding gives an empty server its first organisation, with a first
// group and a first coordinator, for a code that is printed once on the
// server's own screen. There are no built-in accounts.
package founding

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"strings"
	"time"

	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// pass is the printed code, as a keyed hash. There is one, under a fixed id.
type pass struct {
	store.Meta `bson:",inline"`
	Code       string    `bson:"code"`
	Until      time.Time `bson:"until"`
}

var passes = store.Declare[pass]("founding")

const passID = "founding"

// lifetime is how long the printed code works.
const lifetime = 24 * time.Hour

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{passes.Spec()} }

// Founders sets an empty server up.
type Founders struct {
	store   *store.Store
	codes   seal.Lookup
	orgs    *organisation.Organisations
	members *member.Members
	clock   clock.Clock
}

// New serves the founding of a store's first organisation.
func New(s *store.Store, master *seal.Master, orgs *organisation.Organisations, members *member.Members, c clock.Clock) *Founders {
	return &Founders{store: s, codes: master.Lookup("founding code"), orgs: orgs, members: members, clock: c}
}

var alphabet = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

// NewCode makes the code for a server without an organisation, in place of any
// earlier one, such as "K7QM-…" (80 random bits). An empty code means that the
// server has its organisation.
func (f *Founders) NewCode(ctx context.Context) (string, error) {
	founded, err := f.orgs.Founded(ctx)
	if founded || err != nil {
		return "", err
	}
	raw := make([]byte, 10)
	_, _ = rand.Read(raw)
	code := alphabet.EncodeToString(raw)
	err = f.store.System().Tx(ctx, func(tx *store.Tx) error {
		doc, err := passes.Get(ctx, tx, passID)
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return err
		}
		fresh := doc == nil
		if fresh {
			doc = &pass{Meta: store.Meta{ID: passID}}
		}
		doc.Code, doc.Until = f.codes.Of("", code), f.clock.Now().Add(lifetime)
		if fresh {
			return passes.Insert(ctx, tx, doc)
		}
		return passes.Replace(ctx, tx, doc)
	})
	return strings.Join([]string{code[:4], code[4:8], code[8:12], code[12:]}, "-"), err
}

// Founding is what the first coordinator tells.
type Founding struct {
	Code             string          `json:"code" validate:"required,max=40"`
	OrganisationName string          `json:"organisationName" validate:"required,max=120"`
	GroupName        string          `json:"groupName" validate:"required,max=120"`
	Alias            string          `json:"alias" validate:"required,max=60"`
	Language         string          `json:"language" validate:"required,oneof=ne en nb"`
	Passphrase       string          `json:"passphrase" validate:"required,max=256"`
	Consents         []consent.Given `json:"consents" validate:"required,max=20,dive"`
}

var errCode = fault.Of("request.invalid", fault.At("code", "setup.code_refused"))

// Found makes the organisation, its group and its first coordinator, and uses
// the code up, all at once or nothing. The faults are setup.code_refused and those of registering.
func (f *Founders) Found(ctx context.Context, in Founding) (*member.Registered, error) {
	orgName, groupName := script.Clean(in.OrganisationName), script.Clean(in.GroupName)
	if err := f.accepts(ctx, in.Code); err != nil {
		return nil, err
	}
	var faults []fault.Field
	if orgName == "" {
		faults = append(faults, fault.At("organisationName", "setup.name_missing"))
	}
	if groupName == "" {
		faults = append(faults, fault.At("groupName", "setup.name_missing"))
	}
	founder := member.Admission{Alias: in.Alias, Language: in.Language, Passphrase: in.Passphrase, Consents: in.Consents}
	if err := fault.Of("request.invalid", append(faults, founder.Check()...)...); err != nil {
		return nil, err
	}
	org, root := organisation.NewIDs()
	ready, err := f.members.PrepareAdmission(ctx, org, root, founder)
	if err != nil {
		return nil, err
	}
	err = f.orgs.FoundAs(ctx, org, root, organisation.Founding{
		Name: named(in.Language, orgName), Group: named(in.Language, groupName),
		With: func(system, tx *store.Tx) error {
			if err := f.use(ctx, system, in.Code); err != nil {
				return err
			}
			return f.members.TakeIn(ctx, tx, ready)
		},
	})
	if err != nil {
		return nil, err
	}
	return f.members.TakenIn(org, ready), nil
}

// Open tells whether somebody may still found an organisation here.
func (f *Founders) Open(ctx context.Context) (bool, error) {
	founded, err := f.orgs.Founded(ctx)
	return !founded, err
}

func (f *Founders) accepts(ctx context.Context, code string) error {
	doc, err := passes.Get(ctx, f.store.System(), passID)
	if errors.Is(err, store.ErrAbsent) {
		return errCode
	}
	if err != nil {
		return err
	}
	if doc.Code != f.codes.Of("", fold(code)) || !f.clock.Now().Before(doc.Until) {
		return errCode
	}
	return nil
}

// use takes the code away with what it pays for; of two who come at once one gets errCode.
func (f *Founders) use(ctx context.Context, system *store.Tx, code string) error {
	doc, err := passes.Get(ctx, system, passID)
	if errors.Is(err, store.ErrAbsent) || err == nil && doc.Code != f.codes.Of("", fold(code)) {
		return errCode
	}
	if err != nil {
		return err
	}
	return passes.Delete(ctx, system, doc)
}

func fold(code string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, script.Clean(code)))
}

// named puts a name under the language it was typed in.
func named(language, name string) organisation.Name {
	switch language {
	case "en":
		return organisation.Name{EN: name}
	case "nb":
		return organisation.Name{NB: name}
	default:
		return organisation.Name{NE: name}
	}
}
