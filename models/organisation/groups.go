package organisation

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"chautari/models/id"
	"chautari/models/store"
)

// Group is a local part of an organisation. The root has no parent.
type Group struct {
	store.Meta `bson:",inline"`
	Name       Name   `bson:"name"`
	Parent     string `bson:"parent,omitempty"`
	Order      int    `bson:"order"` // among its siblings
}

var groups = store.Declare[Group]("groups")

// AddGroup puts a group below another and returns its id.
func (o *Organisations) AddGroup(ctx context.Context, org, parent string, name Name, order int) (string, error) {
	g := &Group{Meta: store.Meta{ID: id.New("grp")}, Name: name, Parent: parent, Order: order}
	err := o.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		above, err := groups.Get(ctx, tx, parent)
		if err != nil {
			return err
		}
		if err := groups.Require(ctx, tx, above); err != nil {
			return err
		}
		return groups.Insert(ctx, tx, g)
	})
	o.trees.forget(org)
	return g.ID, err
}

// Tree is the groups of an organisation as they were a moment ago. It is not
// changed once made, so it is shared freely.
type Tree struct {
	Groups []*Group // parents before children, siblings in their order
	byID   map[string]*Group
}

// Root is the group at the top.
func (t *Tree) Root() *Group { return t.Groups[0] }

// Get finds a group by id; nil when there is none.
func (t *Tree) Get(group string) *Group { return t.byID[group] }

// Below lists the given groups and all below them, each once, in tree order.
func (t *Tree) Below(ids ...string) []string {
	in := make(map[string]bool, len(t.Groups))
	for _, g := range ids {
		in[g] = true
	}
	var below []string
	for _, g := range t.Groups {
		if in[g.ID] || in[g.Parent] {
			in[g.ID] = true
			below = append(below, g.ID)
		}
	}
	return below
}

// Tree returns the groups of an organisation, at most a second old; for a decoy
// tenant those of the one it belongs to.
func (o *Organisations) Tree(ctx context.Context, org string) (*Tree, error) {
	org = Shown(org)
	return o.trees.get(org, func() (*Tree, error) { return o.readTree(ctx, org) })
}

func (o *Organisations) readTree(ctx context.Context, org string) (*Tree, error) {
	var all []*Group
	err := groups.Each(ctx, o.store.Org(org), store.Query{Index: store.ChangedIndex}, func(g *Group) error {
		all = append(all, g)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return newTree(all)
}

func newTree(all []*Group) (*Tree, error) {
	t := &Tree{byID: make(map[string]*Group, len(all))}
	children := make(map[string][]*Group, len(all))
	for _, g := range all {
		t.byID[g.ID] = g
		children[g.Parent] = append(children[g.Parent], g)
	}
	for _, siblings := range children {
		slices.SortFunc(siblings, func(a, b *Group) int {
			return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
		})
	}
	var walk func(parent string)
	walk = func(parent string) {
		for _, g := range children[parent] {
			t.Groups = append(t.Groups, g)
			walk(g.ID)
		}
	}
	walk("")
	if len(t.Groups) != len(all) || len(children[""]) != 1 {
		return nil, fmt.Errorf("organisation: %d groups are not one tree", len(all))
	}
	return t, nil
}
