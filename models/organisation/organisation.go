// Package organisation holds the survivor-led bodies on a server, the tree of
// groups within each, and its settings with their history. An organisation is
// found by the host name a request comes to; after sign-in it is the one of the
// sign-in, whatever the host. What a number of the settings does is said by the
// noun that reads it.
package organisation

import (
	"cmp"
	"context"
	"strings"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/script"
	"chautari/models/store"
)

// LongestName is how many characters a name may have; the rules below say it again.
const LongestName = 120

// Name is a name in the languages it is known in; at least one is there.
type Name struct {
	NE string `bson:"ne,omitempty" json:"ne,omitempty" validate:"max=120"`
	EN string `bson:"en,omitempty" json:"en,omitempty" validate:"max=120"`
	NB string `bson:"nb,omitempty" json:"nb,omitempty" validate:"max=120"`
}

// clean gives the spellings the form they are stored in.
func (n Name) clean() Name { return Name{script.Clean(n.NE), script.Clean(n.EN), script.Clean(n.NB)} }

// String is all spellings beside each other.
func (n Name) String() string { return strings.Join(n.All(), " / ") }

// All lists the spellings that are there.
func (n Name) All() []string {
	var all []string
	for _, s := range []string{n.NE, n.EN, n.NB} {
		if s != "" {
			all = append(all, s)
		}
	}
	return all
}

// Kind is what sort of body an organisation is.
type Kind string

// The kinds.
const (
	SurvivorLed Kind = "survivorLed"
	Supporting  Kind = "supporting" // gives support from outside and receives released figures
)

// Organisation is one body; its data is walled off from every other.
type Organisation struct {
	store.Meta `bson:",inline"`
	Name       Name     `bson:"name"`
	Languages  []string `bson:"languages"`
	Demo       bool     `bson:"demo,omitempty"` // invented, to try things out
	Kind       Kind     `bson:"kind"`
	Supporters []string `bson:"supporters,omitempty"` // ids of the supporting bodies that receive its released figures
	Closed     bool     `bson:"closed,omitempty"`     // its door is shut: nobody gets in, and nothing is deleted
}

// Languages are those the interface speaks, the first being the default.
var Languages = []string{"ne", "en", "nb"}

var organisations = store.Declare[Organisation]("organisations")

// Specs are the collections of this package.
func Specs() []*store.Spec {
	return []*store.Spec{organisations.Spec(), hosts.Spec(), groups.Spec(), chosen.Spec(), history.Spec()}
}

// Organisations finds organisations and their groups, and keeps their settings.
type Organisations struct {
	store    *store.Store
	clock    clock.Clock
	audit    audit.Log
	trees    *kept[*Tree]
	served   *kept[string] // organisations by the host names they serve
	settings *kept[*Settings]
	still    func(context.Context, *store.Tx, access.Actor) error
	waits    func(context.Context, store.View, string) (bool, error)
}

// New serves the organisations of a store.
func New(s *store.Store, c clock.Clock) *Organisations {
	return &Organisations{
		store: s, clock: c, audit: audit.Log{Clock: c},
		trees: keeping[*Tree](c), served: keeping[string](c), settings: keeping[*Settings](c),
		still: func(context.Context, *store.Tx, access.Actor) error { return access.Refused },
		waits: func(context.Context, store.View, string) (bool, error) { return false, nil },
	}
}

// StillBy takes what makes a transaction depend on an actor being what she was.
// The accounts, which know, stand above; without them nobody changes anything.
func (o *Organisations) StillBy(still func(context.Context, *store.Tx, access.Actor) error) {
	o.still = still
}

// WaitingBy takes what tells, in the server's own space, that a host name waits
// for an organisation to be founded at it. Founding, which knows, stands above.
func (o *Organisations) WaitingBy(waits func(ctx context.Context, system store.View, host string) (bool, error)) {
	o.waits = waits
}

// Get returns an organisation, or store.ErrAbsent; for a decoy tenant the one it
// belongs to.
func (o *Organisations) Get(ctx context.Context, org string) (*Organisation, error) {
	return organisations.Get(ctx, o.store.System(), Shown(org))
}

// Founding is what a new organisation begins with. Without host names it
// answers to the machine's own, as the first one does.
type Founding struct {
	Name       Name
	Hosts      []string
	Demo       bool
	Kind       Kind // SurvivorLed where empty
	Supporters []string
	Group      Name // its root group
	// With is done in the same transaction, with the server's own space beside
	// the new organisation's; nil for nothing more.
	With func(system, tx *store.Tx) error
}

// NewIDs proposes the ids of an organisation and its root group.
func NewIDs() (org, root string) { return id.New("org"), id.New("grp") }

// Found makes an organisation with its root group and returns both ids. It
// belongs to setting a server up, before anybody could be asked.
func (o *Organisations) Found(ctx context.Context, f Founding) (org, root string, err error) {
	org, root = NewIDs()
	return org, root, o.FoundAs(ctx, org, root, f)
}

// FoundAs is Found with ids that NewIDs proposed before.
func (o *Organisations) FoundAs(ctx context.Context, org, root string, f Founding) error {
	names := f.Hosts
	if len(names) == 0 {
		names = LocalHosts()
	}
	return o.store.System().TxWith(ctx, o.store.Org(org), func(system, tx *store.Tx) error {
		err := organisations.Insert(ctx, system, &Organisation{
			Meta: store.Meta{ID: org}, Name: f.Name, Languages: Languages, Demo: f.Demo,
			Kind: cmp.Or(f.Kind, SurvivorLed), Supporters: f.Supporters,
		})
		if err != nil {
			return err
		}
		for _, n := range names {
			if err := hosts.Insert(ctx, system, &host{Meta: store.Meta{ID: HostName(n)}, Organisation: org}); err != nil {
				return err
			}
		}
		if err := groups.Insert(ctx, tx, &Group{Meta: store.Meta{ID: root}, Name: f.Group}); err != nil {
			return err
		}
		if f.With == nil {
			return nil
		}
		return f.With(system, tx)
	})
}

// Founded tells whether this server has an organisation yet.
func (o *Organisations) Founded(ctx context.Context) (bool, error) {
	n, err := hosts.Count(ctx, o.store.System(), store.Query{Index: store.ChangedIndex}, 1)
	return n > 0, err
}

// Front is what anybody sees of an organisation before signing in.
type Front struct {
	Name      Name
	Languages []string
	Demo      bool
	Kind      Kind
	Tree      *Tree
}

// Front shows the organisation whose host the actor came to.
func (o *Organisations) Front(ctx context.Context, a access.Actor) (*Front, error) {
	if err := access.Decide(a, access.ReadOrganisation, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	org, err := o.Get(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	tree, err := o.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	return &Front{Name: org.Name, Languages: org.Languages, Demo: org.Demo, Kind: org.Kind, Tree: tree}, nil
}

// All lists the ids of every organisation, for the server's timed jobs.
func (o *Organisations) All(ctx context.Context) ([]string, error) {
	var ids []string
	err := organisations.Each(ctx, o.store.System(), store.Query{Index: store.ChangedIndex}, func(d *Organisation) error {
		ids = append(ids, d.ID)
		return nil
	})
	return ids, err
}
