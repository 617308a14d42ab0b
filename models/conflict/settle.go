package conflict

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Settling says whom a declaration in words is about, by her sign-in name.
type Settling struct {
	Handle string `json:"handle" validate:"required,max=400"`
}

// Settle notes whom a declaration in words is about, from when on it counts. Who
// made it sees that it is settled, and whom it is about she knows. Nobody settles
// her own, nor says of one that it is about herself: that looks like a sign-in
// name that isn't known. Faults: account.unknown, conflict.settled,
// conflict.ended, access.Refused.
func (c *Conflicts) Settle(ctx context.Context, a access.Actor, k once.Key, declaration string, in Settling) (*Read, error) {
	handle := script.Clean(in.Handle)
	return c.about(ctx, a, k, declaration, "about", func(ctx context.Context, tx *store.Tx, sheet *Sheet, d *Declaration) error {
		if d.About != "" {
			return errSettled
		}
		about, err := c.person(ctx, tx, handle)
		if err != nil {
			return err
		}
		if about == sheet.ID || about == a.Person {
			return errUnknown
		}
		d.About = about
		return mirror(ctx, tx, about, Mirror{d.ID, sheet.ID})
	})
}

// Dismissing says why a declaration has no ground.
type Dismissing struct {
	Reason string `json:"reason" validate:"required,max=600"`
}

// Dismiss ends a declaration that has no ground, so that nobody shields herself or
// another with one. Whoever made it reads the reason. Nobody ends one that is
// about herself or that she made: the first she doesn't know of, the second she
// takes back. Faults: conflict.ended, field.required, access.Refused.
func (c *Conflicts) Dismiss(ctx context.Context, a access.Actor, k once.Key, declaration string, in Dismissing) (*Read, error) {
	reason := script.Clean(in.Reason)
	if reason == "" {
		return nil, fault.Of("request.invalid", fault.At("reason", "field.required"))
	}
	return c.about(ctx, a, k, declaration, "ended", func(ctx context.Context, tx *store.Tx, sheet *Sheet, d *Declaration) error {
		key, err := c.keys.Of(ctx, a.Org, sheet.ID)
		if errors.Is(err, seal.ErrNoKey) {
			return access.Refused // she is being erased, and it with her
		}
		if err != nil {
			return err
		}
		if d.Why, err = key.Seal(sheet.ID, d.field("why"), reason); err != nil {
			return err
		}
		d.Ended = c.today()
		return unmirror(ctx, tx, d.About, d.ID)
	})
}

// about runs one act of the actor on a declaration of somebody else that has not
// ended, and that she may settle.
func (c *Conflicts) about(ctx context.Context, a access.Actor, k once.Key, declaration, field string, do func(context.Context, *store.Tx, *Sheet, *Declaration) error) (*Read, error) {
	var r *Read
	err := c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		r = nil
		_, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		sheet, err := holding(ctx, tx, declaration)
		if err != nil {
			return err
		}
		d := sheet.find(declaration)
		mine, err := sheetOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		f, role, err := c.facts(ctx, tx, a, sheet.ID)
		if err != nil {
			return err
		}
		f.Apart = readable(mine, sheet.ID, *d)
		if err := access.Decide(a, access.SettleConflict, f); err != nil {
			return err
		}
		r = readBy(sheet.ID, role, *d)
		switch {
		case done:
			return nil
		case !d.Ended.IsZero():
			return errEnded
		}
		if err := do(ctx, tx, sheet, d); err != nil {
			return err
		}
		if err := save(ctx, tx, sheet); err != nil {
			return err
		}
		r = readBy(sheet.ID, role, *d)
		if err := c.audit.Did(ctx, tx, a, access.SettleConflict, []string{d.ID, sheet.ID}, field); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, c.clock.Now(), d.ID)
	})
	if err != nil {
		return nil, c.refuse(ctx, a, access.SettleConflict, declaration, err)
	}
	return r, c.fill(ctx, a.Org, []*Read{r})
}

// holding finds the sheet on which a declaration stands.
func holding(ctx context.Context, v store.View, declaration string) (*Sheet, error) {
	sheet, err := sheets.First(ctx, v, store.Query{Index: "declared", Equal: []any{declaration}})
	if errors.Is(err, store.ErrAbsent) {
		return nil, access.Refused
	}
	return sheet, err
}
