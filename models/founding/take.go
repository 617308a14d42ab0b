package founding

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/factor"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/store"
)

// Taking is what somebody tells who takes an invitation.
type Taking struct {
	Code       string `json:"code" validate:"required,max=40"`
	Alias      string `json:"alias" validate:"required,max=60"`
	Language   string `json:"language" validate:"required,oneof=ne en nb"`
	Passphrase string `json:"passphrase" validate:"required,max=256"`
	// SecondPassphrase leads into the decoy tenant; no page speaks of it.
	SecondPassphrase string          `json:"secondPassphrase,omitempty" validate:"max=256"`
	Consents         []consent.Given `json:"consents" validate:"required,max=20,dive"`
}

// Arrived is who came in: her sign-in name and what she is.
type Arrived struct {
	Handle seal.Clear
	Role   access.Role
}

// Take lets the person in whom a code was given to, with its role, which acts at
// once; the last of the roles of Invited ends setting up. A coordinator takes
// the groups over from the administrator, an administrator the role from those
// who had it. Sent again, it answers the same. Faults: setup.code_refused,
// whatever is wrong with a code, and those of registering.
func (f *Founders) Take(ctx context.Context, org string, k once.Key, in Taking) (*Arrived, error) {
	space, nobody := f.store.Org(org), access.AnonymousIn(org)
	refs, done, err := once.Earlier(ctx, space, nobody, k)
	if err != nil {
		return nil, err
	}
	if done {
		return f.arrived(ctx, org, refs)
	}
	role, err := f.roleOf(ctx, space, org, in.Code)
	if err != nil {
		return nil, err
	}
	tree, err := f.orgs.Tree(ctx, org)
	if err != nil {
		return nil, err
	}
	ready, err := f.members.PrepareAdmission(ctx, org, tree.Root().ID, member.Admission{
		Alias: in.Alias, Language: in.Language, Passphrase: in.Passphrase, Second: in.SecondPassphrase, Consents: in.Consents,
		Roles: []access.Role{access.Member, role},
	})
	if err != nil {
		return nil, err
	}
	err = space.Tx(ctx, func(tx *store.Tx) error {
		if refs, done, err = once.Earlier(ctx, tx, nobody, k); done || err != nil {
			return err
		}
		if err := f.seat(ctx, tx, role, in.Code); err != nil {
			return err
		}
		if err := f.members.TakeIn(ctx, tx, ready); err != nil {
			return err
		}
		return once.Remember(ctx, tx, nobody, k, f.clock.Now(), ready.Person(), string(role))
	})
	switch {
	case err != nil:
		return nil, f.discard(ctx, org, ready, err)
	case done:
		if err := f.members.Discard(ctx, org, ready); err != nil {
			return nil, err
		}
		return f.arrived(ctx, org, refs)
	}
	return &Arrived{Handle: f.members.TakenIn(org, ready).Handle, Role: role}, nil
}

// discard gives up somebody prepared who was refused in the end. Where it isn't
// sure what came of it her key stays: she may be in.
func (f *Founders) discard(ctx context.Context, org string, ready *member.Admitting, err error) error {
	if _, refused := fault.As(err); refused {
		return errors.Join(err, f.members.Discard(ctx, org, ready))
	}
	return err
}

// arrived answers a resend with what the first sending made.
func (f *Founders) arrived(ctx context.Context, org string, refs []string) (*Arrived, error) {
	in, err := f.members.TakenInBefore(ctx, org, refs[0])
	if err != nil {
		return nil, err
	}
	return &Arrived{Handle: in.Handle, Role: access.Role(refs[1])}, nil
}

// roleOf tells what a code is for; else errCode.
func (f *Founders) roleOf(ctx context.Context, v store.View, org, code string) (access.Role, error) {
	doc, err := setupOf(ctx, v)
	if err != nil {
		return "", err
	}
	hash := f.codes.Of(org, fold(code))
	for _, inv := range doc.Invitations {
		// What the administrator gave out ends with the set-up; what the host did, doesn't.
		if !inv.Taken && inv.Code == hash && f.clock.Now().Before(inv.Until) && (doc.Open || inv.Role == access.Administrator) {
			return inv.Role, nil
		}
	}
	return "", errCode
}

// seat uses an invitation up in the transaction that lets its person in.
func (f *Founders) seat(ctx context.Context, tx *store.Tx, role access.Role, code string) error {
	still, err := f.roleOf(ctx, tx, tx.Org(), code)
	if err == nil && still != role {
		err = errCode
	}
	if err != nil {
		return err
	}
	doc, err := setupOf(ctx, tx)
	if err != nil {
		return err
	}
	inv := doc.invitation(role)
	inv.Taken, inv.Code = true, ""
	if role == access.Administrator {
		doc.takeBack() // they are in the hands of whomever she replaces
	}
	fields := []string{string(role)}
	if doc.Open && doc.full() {
		doc.close()
		fields = append(fields, "closed")
	}
	if err := doc.save(ctx, tx); err != nil {
		return err
	}
	if err := f.makeRoom(ctx, tx, role); err != nil {
		return err
	}
	return f.audit.Did(ctx, tx, access.AnonymousIn(tx.Org()), access.ManageSetup, []string{tx.Org()}, fields...)
}

// makeRoom takes away what goes over to whoever comes now: who coordinated until
// there was a coordinator doesn't any more, be she still the administrator or
// not, and who administered isn't one once there is another. What the latter
// gave beside her words goes too: she may have lost it, and it may be in other
// hands. Her words alone open nothing then but what is left to her.
func (f *Founders) makeRoom(ctx context.Context, tx *store.Tx, role access.Role) error {
	if role != access.Coordinator && role != access.Administrator {
		return nil
	}
	before, err := account.WithRole(ctx, tx, role)
	if err != nil {
		return err
	}
	for _, a := range before {
		if err := account.SetRole(ctx, tx, a.Person, "", role); err != nil {
			return err
		}
		if role != access.Administrator {
			continue
		}
		if err := factor.Lost(ctx, tx, f.audit, access.HostIn(tx.Org()), a.ID); err != nil {
			return err
		}
	}
	return nil
}
