package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/grievance"
	"chautari/models/id"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/place"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/sqlite"
	"chautari/models/training"
)

// installation is a filled folder with its key file, and who can sign in.
type installation struct {
	data, key    string
	org          string
	groups       []group
	coordinator  signIn   // over all groups
	coordinators []signIn // one of each group
	members      []signIn
	supporters   []access.Actor // nobody signs in as them
	carried      []string       // persons of the old register
}

type group struct{ id, name string }

// signIn is somebody who can sign in, and who she is then.
type signIn struct {
	handle, group string
	actor         access.Actor
	app           *app
}

// phrase is everybody's, so that a sign-in can be printed nowhere.
const phrase = "river basket seven maize window"

// nouns are those that fill a store, over the two files of one folder.
type nouns struct {
	data, keys *store.Store
	seals      *seal.Keys
	orgs       *organisation.Organisations
	accounts   *account.Accounts
	members    *member.Members
	support    *peersupport.Support
	courses    *training.Courses
	grievances *grievance.Grievances
	commits    *atomic.Int64 // transactions of the data store
	org, root  string
}

// counting counts the transactions that an engine runs.
type counting struct {
	store.Engine
	n *atomic.Int64
}

func (c counting) Tx(ctx context.Context, body func(store.Writer) error) error {
	c.n.Add(1)
	return c.Engine.Tx(ctx, body)
}

// found makes an empty organisation in a new folder.
func found(ctx context.Context, folder string) (*nouns, *installation, error) {
	in := &installation{data: filepath.Join(folder, "data"), key: filepath.Join(folder, "master.key")}
	content, err := seal.NewKeyFile()
	if err != nil {
		return nil, nil, err
	}
	if err := errors.Join(os.MkdirAll(in.data, 0o700), os.WriteFile(in.key, content, 0o600)); err != nil {
		return nil, nil, err
	}
	n, err := reopen(ctx, in)
	if err != nil {
		return nil, nil, err
	}
	in.org, n.root, err = n.orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Pipalbot"}, Group: organisation.Name{EN: "All groups"},
	})
	if err != nil {
		return nil, nil, errors.Join(err, n.close())
	}
	n.org = in.org
	return n, in, nil
}

// reopen puts the nouns over an installation that no server has open.
func reopen(ctx context.Context, in *installation) (*nouns, error) {
	content, err := os.ReadFile(in.key)
	if err != nil {
		return nil, err
	}
	master, err := seal.OpenMaster(content)
	if err != nil {
		return nil, err
	}
	var specs []*store.Spec
	for _, of := range []func() []*store.Spec{
		seal.Specs, once.Specs, audit.Specs, organisation.Specs, account.Specs, consent.Specs, conflict.Specs, member.Specs,
		peersupport.Specs, training.Specs, grievance.Specs,
	} {
		specs = append(specs, of()...)
	}
	data, err := sqlite.Open(ctx, filepath.Join(in.data, "data.db"), sqlite.Options{}, specs...)
	if err != nil {
		return nil, err
	}
	keys, err := sqlite.Open(ctx, filepath.Join(in.data, "keys.db"), sqlite.Options{SecureDelete: true}, seal.KeySpecs()...)
	if err != nil {
		return nil, errors.Join(err, data.Close())
	}
	c := clock.System{}
	commits := &atomic.Int64{}
	n := &nouns{keys: store.New(keys, c), commits: commits, org: in.org}
	n.seals = seal.NewKeys(n.keys, master)
	n.data = store.New(counting{data, commits}, c).GuardedBy(n.seals.Guard(organisation.Shown, nil))
	n.orgs = organisation.New(n.data, c)
	n.accounts = account.New(n.data, n.seals, master, n.orgs, c)
	n.members = member.New(n.data, n.seals, master, n.orgs, n.accounts, c)
	n.support = peersupport.New(n.data, n.orgs, n.members, c)
	n.courses = training.New(n.data, n.seals, n.orgs, n.members, c)
	n.grievances = grievance.New(n.data, n.seals, master, n.orgs, n.accounts, n.members, c)
	return n, nil
}

func (n *nouns) close() error {
	return errors.Join(n.data.Engine().Close(), n.keys.Engine().Close())
}

// fill makes an organisation of ten groups with `size` people from an old
// register, a coordinator of each group and one over all, and a member for each
// client, with as much behind them as people of that number leave in a year.
// The folder is closed again when it returns.
func fill(ctx context.Context, folder string, size, clients int) (_ *installation, err error) {
	n, in, err := found(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	if err := n.staff(ctx, in); err != nil {
		return nil, err
	}
	for i := range clients {
		m, err := n.admit(ctx, in.groups[i%len(in.groups)].id, access.Member)
		if err != nil {
			return nil, err
		}
		in.members = append(in.members, m)
	}
	who := newPeople(uint64(size))
	for first := 0; first < size; first += store.MaxIDs {
		if err := n.carry(ctx, in, who, first, min(first+store.MaxIDs, size)); err != nil {
			return nil, err
		}
	}
	return in, errors.Join(n.fillSupport(ctx, in), n.fillTraining(ctx, in), n.fillGrievances(ctx, in))
}

// staff makes ten groups and whoever works for them.
func (n *nouns) staff(ctx context.Context, in *installation) (err error) {
	for i, d := range place.Districts()[:10] {
		g, err := n.orgs.AddGroup(ctx, n.org, n.root, organisation.Name{NE: d.NE, EN: d.EN}, i)
		if err != nil {
			return err
		}
		in.groups = append(in.groups, group{g, d.EN})
	}
	if in.coordinator, err = n.admit(ctx, n.root, access.Member, access.Coordinator); err != nil {
		return err
	}
	for _, g := range in.groups {
		c, err := n.admit(ctx, g.id, access.Member, access.Coordinator)
		if err != nil {
			return err
		}
		in.coordinators = append(in.coordinators, c)
	}
	for _, role := range []access.Role{access.FocalPoint, access.Deputy, access.Board} {
		if _, err := n.wait(ctx, n.root, access.Member, role); err != nil {
			return err
		}
	}
	return nil
}

func consents() []consent.Given {
	return []consent.Given{{Purpose: consent.Membership, Version: "1", Language: "en"}}
}

// admit takes somebody in who can sign in.
func (n *nouns) admit(ctx context.Context, groupID string, roles ...access.Role) (signIn, error) {
	r, err := n.members.Admit(ctx, n.org, groupID, member.Admission{
		Alias: "Junkiri", Language: "en", Passphrase: phrase, Consents: consents(), Roles: roles,
	})
	if err != nil {
		return signIn{}, err
	}
	a, err := n.as(ctx, r.Account)
	return signIn{r.Handle.Reveal(), groupID, a, &app{}}, err
}

// wait takes somebody in as whom nobody can sign in.
func (n *nouns) wait(ctx context.Context, groupID string, roles ...access.Role) (access.Actor, error) {
	r, err := n.members.Admit(ctx, n.org, groupID, member.Admission{
		Alias: "Sayapatri", Language: "en", Consents: consents(), Roles: roles, Waiting: true,
	})
	if err != nil {
		return access.Actor{}, err
	}
	return n.as(ctx, r.Account)
}

// as is somebody who has just given her passphrase.
func (n *nouns) as(ctx context.Context, account string) (access.Actor, error) {
	a, err := n.accounts.ActorOf(ctx, n.org, account)
	a.Fresh = true
	return a, err
}

// carry brings people in as an import does. Every second one also has a sheet
// of consents, so that reading her costs what reading a member costs.
func (n *nouns) carry(ctx context.Context, in *installation, who people, first, end int) error {
	groups := in.groups
	ids := make([]string, end-first)
	for i := range ids {
		ids[i] = member.NewPerson()
	}
	keys, err := n.seals.Create(ctx, n.org, ids...)
	if err != nil {
		return err
	}
	imported := id.New("imp")
	docs := make([]*member.Member, len(ids))
	for i := range ids {
		line := first + i + 1
		docs[i], err = n.members.NewCarried(ctx, n.org, keys[i], ids[i], imported, line, member.Carried{
			Group: groups[line%len(groups)].id,
			Details: member.Details{
				PaperName: who.name(), Phone: fmt.Sprintf("+977984%07d", line), District: groups[line%len(groups)].name,
			},
		})
		if err != nil {
			return err
		}
	}
	in.carried = append(in.carried, ids...)
	now := time.Now()
	return n.data.Org(n.org).Tx(ctx, func(tx *store.Tx) error {
		for i, d := range docs {
			if err := n.members.InsertCarried(ctx, tx, d); err != nil {
				return err
			}
			if i%2 == 0 {
				continue
			}
			if _, err := consent.Begin(ctx, tx, d.ID, consent.BySelf, consents(), now); err != nil {
				return err
			}
		}
		return nil
	})
}
