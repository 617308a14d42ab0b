package organisation

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/store"
)

// GroupInput is a group about to be.
type GroupInput struct {
	Name   Name   `json:"name"`
	Parent string `json:"parent" validate:"required,id=grp"`
}

// GroupChange is what is to be changed of a group; nil stays.
type GroupChange struct {
	Name  *Name `json:"name,omitempty"`
	Order *int  `json:"order,omitempty" validate:"omitempty,min=0,max=9999"` // among its siblings
}

// may lets an administrator go on who still is one, in the act's transaction.
func (o *Organisations) may(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action) error {
	if err := o.still(ctx, tx, a); err != nil {
		return err
	}
	return access.Decide(a, act, access.Facts{Org: a.Org})
}

// ListGroups shows the groups with their versions, parents before children.
func (o *Organisations) ListGroups(ctx context.Context, a access.Actor) ([]*Group, error) {
	if err := access.Decide(a, access.ReadSettings, access.Facts{Org: a.Org}); err != nil {
		return nil, o.refuse(ctx, a, access.ReadSettings, "", err)
	}
	tree, err := o.readTree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	return tree.Groups, nil
}

// OpenGroup puts a new group below another, behind its siblings. Faults:
// settings.name_missing, settings.group_unknown, access.Refused.
func (o *Organisations) OpenGroup(ctx context.Context, a access.Actor, k once.Key, in GroupInput) (*Group, error) {
	g := &Group{Meta: store.Meta{ID: id.New("grp")}, Name: in.Name.clean(), Parent: in.Parent}
	if len(g.Name.All()) == 0 {
		return nil, fault.Of("request.invalid", fault.At("name", "settings.name_missing"))
	}
	made := g.ID
	err := o.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		made = g.ID
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if done {
			made = refs[0]
		}
		if done || err != nil {
			return err
		}
		if err := o.may(ctx, tx, a, access.ManageGroups); err != nil {
			return err
		}
		above, err := groups.Get(ctx, tx, in.Parent)
		if errors.Is(err, store.ErrAbsent) {
			return fault.Of("request.invalid", fault.At("parent", "settings.group_unknown"))
		}
		if err != nil {
			return err
		}
		if err := groups.Require(ctx, tx, above); err != nil {
			return err
		}
		g.Order = 0
		err = groups.Each(ctx, tx, store.Query{Index: store.ChangedIndex}, func(other *Group) error {
			if other.Parent == in.Parent {
				g.Order = max(g.Order, other.Order+1)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := groups.Insert(ctx, tx, g); err != nil {
			return err
		}
		if err := o.note(ctx, tx, a, access.ManageGroups, g.ID, move{"groups", "", g.Name.String()}); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, o.clock.Now(), g.ID)
	})
	if err != nil {
		return nil, o.refuse(ctx, a, access.ManageGroups, in.Parent, err)
	}
	o.trees.forget(a.Org)
	return groups.Get(ctx, o.store.Org(a.Org), made)
}

// ChangeGroup renames a group or moves it among its siblings, if nobody changed
// it since. Who belongs to it stays. Faults: settings.name_missing,
// request.stale, access.Refused.
func (o *Organisations) ChangeGroup(ctx context.Context, a access.Actor, group string, version int64, in GroupChange) (*Group, error) {
	var name Name
	if in.Name != nil {
		if name = in.Name.clean(); len(name.All()) == 0 {
			return nil, fault.Of("request.invalid", fault.At("name", "settings.name_missing"))
		}
	}
	var g *Group
	err := o.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if err := o.may(ctx, tx, a, access.ManageGroups); err != nil {
			return err
		}
		var err error
		g, err = groups.Get(ctx, tx, group)
		if errors.Is(err, store.ErrAbsent) {
			return access.Refused
		}
		if err != nil {
			return err
		}
		if g.Version != version {
			return fault.StaleAt(g.Version)
		}
		was := g.Name
		if in.Name != nil {
			g.Name = name
		}
		if in.Order != nil {
			g.Order = *in.Order
		}
		if err := groups.Replace(ctx, tx, g); err != nil {
			return err
		}
		if was == g.Name {
			return o.audit.Did(ctx, tx, a, access.ManageGroups, []string{group}, "order")
		}
		return o.note(ctx, tx, a, access.ManageGroups, group, move{"groups", was.String(), g.Name.String()})
	})
	if err != nil {
		return nil, o.refuse(ctx, a, access.ManageGroups, group, err)
	}
	o.trees.forget(a.Org)
	return g, nil
}
