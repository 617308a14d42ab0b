// Package organisation holds the survivor-led bodies on a server and the tree
// of groups within each. An organisation is found by the host name a request
// comes to; after sign-in it is the one of the sign-in, whatever the host.
package organisation

import (
	"cmp"
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/id"
	"chautari/models/store"
)

// Name is a name in the languages it is known in; at least one is there.
type Name struct {
	NE string `bson:"ne,omitempty" json:"ne,omitempty" validate:"max=120"`
	EN string `bson:"en,omitempty" json:"en,omitempty" validate:"max=120"`
	NB string `bson:"nb,omitempty" json:"nb,omitempty" validate:"max=120"`
}

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
}

// host says which organisation a host name serves. Its id is the host name.
type host struct {
	store.Meta   `bson:",inline"`
	Organisation string `bson:"organisation"`
}

// Languages are those the interface speaks, the first being the default.
var Languages = []string{"ne", "en", "nb"}

var (
	organisations = store.Declare[Organisation]("organisations")
	hosts         = store.Declare[host]("hosts")
)

// Specs are the collections of this package.
func Specs() []*store.Spec {
	return []*store.Spec{organisations.Spec(), hosts.Spec(), groups.Spec()}
}

// localHosts are the names by which a machine calls itself; the first
// organisation answers to them.
var localHosts = []string{"localhost", "127.0.0.1", "::1"}

// Organisations finds organisations and their groups.
type Organisations struct {
	store  *store.Store
	trees  trees
	served served
}

// New serves the organisations of a store.
func New(s *store.Store, clock store.Clock) *Organisations {
	return &Organisations{store: s, trees: trees{clock: clock, kept: map[string]*Tree{}}, served: served{names: map[string]servedName{}}}
}

// ErrNone: no organisation answers to this host name.
var ErrNone = errors.New("organisation: none here")

// ByHost finds the organisation that answers to a host name, with or without a
// port; ErrNone where there is none.
func (o *Organisations) ByHost(ctx context.Context, hostPort string) (string, error) {
	name, now := hostName(hostPort), o.trees.clock.Now()
	if org, ok := o.served.get(name, now); ok {
		return org, nil
	}
	h, err := hosts.Get(ctx, o.store.System(), name)
	if errors.Is(err, store.ErrAbsent) {
		return "", ErrNone
	}
	if err != nil {
		return "", err
	}
	o.served.put(name, h.Organisation, now)
	return h.Organisation, nil
}

// served keeps for a second which organisation a host name serves. Only names
// that are served get in, so strangers can't fill it.
type served struct {
	mu    sync.Mutex
	names map[string]servedName
}

type servedName struct {
	org string
	at  time.Time
}

func (s *served) get(name string, now time.Time) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.names[name]
	return n.org, ok && now.Sub(n.at) < treeAge
}

func (s *served) put(name, org string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[name] = servedName{org, now}
}

func hostName(hostPort string) string {
	name := strings.ToLower(hostPort)
	if h, _, err := net.SplitHostPort(name); err == nil {
		name = h
	}
	return strings.Trim(name, "[]")
}

// Get returns an organisation, or store.ErrAbsent.
func (o *Organisations) Get(ctx context.Context, org string) (*Organisation, error) {
	return organisations.Get(ctx, o.store.System(), org)
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
		names = localHosts
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
			if err := hosts.Insert(ctx, system, &host{Meta: store.Meta{ID: hostName(n)}, Organisation: org}); err != nil {
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
