package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/id"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/place"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

// installation is a filled folder with its key file, and who can sign in.
type installation struct {
	data, key    string
	groups       []group
	coordinator  signIn   // over all groups
	coordinators []signIn // one of each group
	members      []signIn
}

type group struct{ id, name string }

type signIn struct{ handle, group string }

// phrase is everybody's, so that a sign-in can be printed nowhere.
const phrase = "river basket seven maize window"

// nouns are those that fill a store, over the two files of one folder.
type nouns struct {
	data, keys *store.Store
	seals      *seal.Keys
	orgs       *organisation.Organisations
	accounts   *account.Accounts
	members    *member.Members
	org, root  string
}

// found makes an empty organisation in a new folder.
func found(ctx context.Context, folder string) (*nouns, *installation, error) {
	in := &installation{data: filepath.Join(folder, "data"), key: filepath.Join(folder, "master.key")}
	content, err := seal.NewKeyFile()
	if err != nil {
		return nil, nil, err
	}
	master, err := seal.OpenMaster(content)
	if err != nil {
		return nil, nil, err
	}
	if err := errors.Join(os.MkdirAll(in.data, 0o700), os.WriteFile(in.key, content, 0o600)); err != nil {
		return nil, nil, err
	}
	var specs []*store.Spec
	for _, of := range []func() []*store.Spec{once.Specs, audit.Specs, organisation.Specs, account.Specs, consent.Specs, member.Specs} {
		specs = append(specs, of()...)
	}
	data, err := sqlite.Open(ctx, filepath.Join(in.data, "data.db"), sqlite.Options{}, specs...)
	if err != nil {
		return nil, nil, err
	}
	keys, err := sqlite.Open(ctx, filepath.Join(in.data, "keys.db"), sqlite.Options{SecureDelete: true}, seal.KeySpecs()...)
	if err != nil {
		return nil, nil, errors.Join(err, data.Close())
	}
	c := clock.System{}
	n := &nouns{data: store.New(data, c), keys: store.New(keys, c)}
	n.seals = seal.NewKeys(n.keys, master)
	n.orgs = organisation.New(n.data, c)
	n.accounts = account.New(n.data, n.seals, master, n.orgs, c)
	n.members = member.New(n.data, n.seals, master, n.orgs, n.accounts, c)
	n.org, n.root, err = n.orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Pipalbot"}, Group: organisation.Name{EN: "All groups"},
	})
	if err != nil {
		return nil, nil, errors.Join(err, n.close())
	}
	return n, in, nil
}

func (n *nouns) close() error {
	return errors.Join(n.data.Engine().Close(), n.keys.Engine().Close())
}

// fill makes an organisation of ten groups with `size` people from an old
// register, a coordinator of each group and one over all, and a member for each
// client. The folder is closed again when it returns.
func fill(ctx context.Context, folder string, size, clients int) (_ *installation, err error) {
	n, in, err := found(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	for i, d := range place.Districts()[:10] {
		g, err := n.orgs.AddGroup(ctx, n.org, n.root, organisation.Name{NE: d.NE, EN: d.EN}, i)
		if err != nil {
			return nil, err
		}
		in.groups = append(in.groups, group{g, d.EN})
	}
	if in.coordinator, err = n.admit(ctx, n.root); err != nil {
		return nil, err
	}
	for _, g := range in.groups {
		c, err := n.admit(ctx, g.id)
		if err != nil {
			return nil, err
		}
		in.coordinators = append(in.coordinators, c)
	}
	if err := n.signUp(ctx, in, clients); err != nil {
		return nil, err
	}
	who := newPeople(uint64(size))
	for first := 0; first < size; first += store.MaxIDs {
		if err := n.carry(ctx, in.groups, who, first, min(first+store.MaxIDs, size)); err != nil {
			return nil, err
		}
	}
	return in, nil
}

func consents() []consent.Given {
	return []consent.Given{{Purpose: consent.Membership, Version: "1", Language: "en"}}
}

func (n *nouns) admit(ctx context.Context, groupID string) (signIn, error) {
	r, err := n.members.Admit(ctx, n.org, groupID, member.Admission{
		Alias: "Sagun", Language: "en", Passphrase: phrase, Consents: consents(),
	})
	if err != nil {
		return signIn{}, err
	}
	return signIn{r.Handle.Reveal(), groupID}, nil
}

// signUp registers members of their own hand and lets them in.
func (n *nouns) signUp(ctx context.Context, in *installation, count int) error {
	coordinator, err := n.actor(ctx, in.coordinator.handle)
	if err != nil {
		return err
	}
	for i := range count {
		g := in.groups[i%len(in.groups)].id
		r, err := n.members.Register(ctx, access.AnonymousIn(n.org), once.Key{}, member.Registration{
			Alias: "Junkiri", Group: &g, Language: "en", Passphrase: phrase, Consents: consents(),
		})
		if err != nil {
			return err
		}
		she, err := n.actor(ctx, r.Handle.Reveal())
		if err != nil {
			return err
		}
		if _, err := n.members.Approve(ctx, coordinator, once.Key{}, she.Person, member.Approval{}); err != nil {
			return err
		}
		in.members = append(in.members, signIn{r.Handle.Reveal(), g})
	}
	return nil
}

func (n *nouns) actor(ctx context.Context, handle string) (access.Actor, error) {
	token, _, err := n.accounts.SignIn(ctx, n.org, "localhost", handle, phrase)
	if err != nil {
		return access.Actor{}, err
	}
	return n.accounts.Authenticate(ctx, "localhost", token)
}

// carry brings people in as an import does. Every second one also has a sheet
// of consents, so that reading her costs what reading a member costs.
func (n *nouns) carry(ctx context.Context, groups []group, who people, first, end int) error {
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
		docs[i], err = n.members.NewCarried(n.org, keys[i], ids[i], imported, line, member.Carried{
			Group: groups[line%len(groups)].id,
			Details: member.Details{
				PaperName: who.name(), Phone: fmt.Sprintf("+977984%07d", line), District: groups[line%len(groups)].name,
			},
		})
		if err != nil {
			return err
		}
	}
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
