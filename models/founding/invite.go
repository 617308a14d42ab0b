package founding

import (
	"context"
	"time"

	"chautari/models/access"
	"chautari/models/once"
	"chautari/models/store"
)

// Invitation is a code that is shown once, to be handed over in person.
type Invitation struct {
	Role  access.Role
	Code  string
	Until time.Time
}

// Invite makes the code for a role of Invited, in place of one that waits. Sent
// again, it shows the same code. Faults: setup.role_taken when somebody has come
// already, setup.invitation_over for a resend of what was replaced or taken
// meanwhile, access.Refused when set-up is closed.
func (f *Founders) Invite(ctx context.Context, a access.Actor, k once.Key, role access.Role) (*Invitation, error) {
	code := draw()
	if k.Value != "" {
		// A lost answer can be given again though the code isn't stored: it follows
		// from the sender's random key and a secret of the server.
		code = drawn(f.drawn.Of(a.Org, a.Account+"\x00"+k.Value))
	}
	hash := f.codes.Of(a.Org, code)
	until := f.clock.Now().Add(lifetime)
	err := f.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		_, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		doc, err := f.openSetup(ctx, tx, a)
		if err != nil {
			return err
		}
		was := doc.invitation(role)
		if done {
			if was == nil || was.Code != hash {
				return errOver
			}
			until = was.Until
			return nil
		}
		if was != nil && was.Taken {
			return errTaken
		}
		doc.invite(role, hash, until)
		if err := doc.save(ctx, tx); err != nil {
			return err
		}
		if err := f.audit.Did(ctx, tx, a, access.ManageSetup, []string{a.Org}, string(role)); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, f.clock.Now())
	})
	if err != nil {
		return nil, f.refuse(ctx, a, err)
	}
	return &Invitation{Role: role, Code: spelt(code), Until: until}, nil
}

// InviteAdministrator makes the code with which a new administrator comes in,
// though set-up is closed; who was one before isn't from then on. It is for
// whoever has the host in her hands, and no route leads here.
func (f *Founders) InviteAdministrator(ctx context.Context, org string) (string, error) {
	code := draw()
	err := f.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		doc, err := setupOf(ctx, tx)
		if err != nil {
			return err
		}
		doc.invite(access.Administrator, f.codes.Of(org, code), f.clock.Now().Add(lifetime))
		if err := doc.save(ctx, tx); err != nil {
			return err
		}
		return f.audit.Did(ctx, tx, access.HostIn(org), access.ManageSetup, []string{org}, string(access.Administrator))
	})
	return spelt(code), err
}
