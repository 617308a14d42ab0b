// Package decoy keeps each organisation's decoy tenant plausible and alive.
//
// Behind the second passphrase lies a space that looks like the organisation to
// a member of it and holds nothing of hers. Its people are the twins of the
// accounts, which are born with them; what they find there is made here, by the
// nouns' own use cases, as invented people would make it. It is made for every
// account alike and whether or not anybody ever chose a second passphrase, so
// that what is written there tells nothing of use.
//
// What belongs here: the twins of accounts from before there were any, the
// invented people, and what happens by itself. What doesn't: how a twin is born,
// answered, closed and erased (account, member and rights do that in the same
// transaction), and anything that reads or writes an organisation's own space,
// but for its public catalogue of courses, which the decoy tenant repeats.
package decoy

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/rights"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/training"
)

// Decoys look after the decoy tenants of a store.
type Decoys struct {
	store    *store.Store
	orgs     *organisation.Organisations
	accounts *account.Accounts
	members  *member.Members
	support  *peersupport.Support
	courses  *training.Courses
	rights   *rights.Rights
	clock    clock.Clock
	dice     func(n int) int // 0 to n-1
}

// New looks after the decoy tenants of a store.
func New(s *store.Store, orgs *organisation.Organisations, accounts *account.Accounts, members *member.Members, support *peersupport.Support, courses *training.Courses, r *rights.Rights, c clock.Clock) *Decoys {
	return &Decoys{
		store: s, orgs: orgs, accounts: accounts, members: members, support: support, courses: courses, rights: r,
		clock: c, dice: rand.IntN,
	}
}

// Settle brings an organisation of a store from before there were decoy tenants
// up to date: what opens its accounts gets its second slot, and each account its
// twin. It says how many twins it made, may be cut short anywhere, and done again
// changes nothing.
func (d *Decoys) Settle(ctx context.Context, org string) (twins int, err error) {
	if _, err := d.accounts.Upgrade(ctx, org); err != nil {
		return 0, err
	}
	without, err := account.WithoutTwin(ctx, d.store, org)
	if err != nil {
		return 0, err
	}
	var damaged error
	for page := range slices.Chunk(without, store.MaxIDs) {
		n, err := d.members.GiveTwins(ctx, org, page)
		twins += n
		if errors.Is(err, seal.ErrUnreadable) {
			damaged, err = err, nil // the others have theirs all the same
		}
		if err != nil {
			return twins, err
		}
	}
	return twins, damaged
}

// Tend lets a while go by in an organisation's decoy tenant. One that nobody
// belongs to is left empty, and so is that of a body that takes no members.
func (d *Decoys) Tend(ctx context.Context, org string) error {
	about, err := d.orgs.Get(ctx, org)
	if err != nil || about.Kind == organisation.Supporting || about.Closed {
		return err
	}
	space := organisation.Decoy(org)
	people, err := account.CountMembers(ctx, d.store.Org(space), manyPeople)
	if err != nil || people == 0 {
		return err
	}
	first, err := d.supporters(ctx, space)
	if err != nil {
		return err
	}
	gaps, err := d.courses.Mirror(ctx, org)
	if err != nil {
		return err
	}
	return errors.Join(d.seat(ctx, space, gaps), d.meet(ctx, space, people, first), d.visit(ctx, space, people))
}

// manyPeople is as far as people are counted: beyond it nothing grows with them.
const manyPeople = 500

// somebody is a member of the decoy tenant by chance, who may be anybody's twin;
// nil where the die fell on one who isn't a plain member.
func (d *Decoys) somebody(ctx context.Context, space string) (*account.Account, error) {
	a, err := account.Near(ctx, d.store.Org(space), member.NewPerson())
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	if err != nil || a.Closed || !slices.Equal(a.Roles, []access.Role{access.Member}) {
		return nil, err
	}
	return a, nil
}

// acts is somebody of the decoy tenant as if she had just come.
func (d *Decoys) acts(ctx context.Context, space, account string) (access.Actor, error) {
	a, err := d.accounts.ActorOf(ctx, space, account)
	a.Fresh = true
	return a, err
}

// told tells whether an act was answered as people are answered on any day: a
// time that is gone, a yes that has run out, somebody who just left.
func told(err error) bool {
	f, ok := fault.As(err)
	return ok && slices.Contains([]fault.Kind{fault.Conflict, fault.Invalid, fault.Absent, fault.Unauthenticated}, f.Kind)
}
