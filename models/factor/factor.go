// Package factor is what people who work with the matters of others give beside
// their words when they sign in: a passkey, the six digits of an app, or one of
// ten codes on paper for the day both are lost. It keeps these, tells which of
// them somebody still owes, and checks each once.
//
// What belongs here: enrolling, giving, listing and removing factors. What
// doesn't: who needs one, and what an unfinished sign-in may do (package
// account), and getting back in without any (package founding, on the host).
package factor

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// set is all that one account can give. It is one document, so that of two who
// bring the same code at once one finds it used.
type set struct {
	store.Meta `bson:",inline"` // its id is the account's
	Person     string           `bson:"person"`
	Passkeys   []passkey        `bson:"passkeys,omitempty"`
	Apps       []app            `bson:"apps,omitempty"`
	Paper      string           `bson:"paper,omitempty"` // names the sheet of codes that counts
	Salt       []byte           `bson:"salt,omitempty"`  // of the codes on it
	Codes      []printed        `bson:"codes,omitempty"` // those not used yet
}

var sets = store.Declare[set]("factors",
	store.Index{Name: "person", Fields: []string{"person"}, Unique: true},
).Guarded()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{sets.Spec(), ceremonies.Spec()} }

// most is how many passkeys and apps an account may have.
const most = 10

var (
	// errWrong is the same for what was never right and what was used already.
	errWrong = fault.New(fault.Unauthenticated, "factor.wrong")
	errMany  = fault.New(fault.Conflict, "factor.too_many")
	errLast  = fault.New(fault.Conflict, "factor.last_one")
	// errStale: what was begun is over, or was never begun in this sign-in.
	errStale = fault.New(fault.Conflict, "factor.begin_again")
)

// Factors are the use cases.
type Factors struct {
	store    *store.Store
	keys     *seal.Keys
	orgs     *organisation.Organisations
	accounts *account.Accounts
	codes    *seal.Slow  // hashes what is on paper
	drawn    seal.Hashes // what a sheet of codes is drawn from, so that a lost answer can be given again
	users    seal.Hashes // what an authenticator knows an account by
	clock    clock.Clock
	audit    audit.Log
}

// New serves the factors of a store.
func New(s *store.Store, keys *seal.Keys, orgs *organisation.Organisations, accounts *account.Accounts, c clock.Clock) *Factors {
	return &Factors{
		store: s, keys: keys, orgs: orgs, accounts: accounts, clock: c, audit: orgs.Log(),
		codes: keys.Slow("printed code"), drawn: keys.Hashes("printed codes"), users: keys.Hashes("passkey user"),
	}
}

// of finds what an account has, or an empty set that isn't stored yet.
func of(ctx context.Context, v store.View, acc, person string) (s *set, there bool, err error) {
	s, err = sets.Get(ctx, v, acc)
	if errors.Is(err, store.ErrAbsent) {
		return &set{Meta: store.Meta{ID: acc}, Person: person}, false, nil
	}
	return s, err == nil, err
}

// save writes a set that of found.
func (s *set) save(ctx context.Context, tx *store.Tx, there bool) error {
	if there {
		return sets.Replace(ctx, tx, s)
	}
	return sets.Insert(ctx, tx, s)
}

// Needs is what is still missing in a sign-in.
type Needs struct {
	Kind Kind
	Ways []account.Factor
}

// Kind is whether she gives what she has, or enrols what she has not.
type Kind string

// The kinds.
const (
	Give  Kind = "factor"
	Enrol Kind = "enrol"
)

// Needs tells what a sign-in still needs; nil for nothing.
func (f *Factors) Needs(ctx context.Context, in *account.SignedIn) (*Needs, error) {
	if in.Demand.MetBy(in.Given) {
		return nil, nil
	}
	s, _, err := of(ctx, f.store.Org(in.Space), in.Account, "")
	if err != nil {
		return nil, err
	}
	return s.needs(in.Demand, in.Given), nil
}

// needs is what is asked for next: first something that she has and that is
// enough, else something that she has at all, and at last a new one.
func (s *set) needs(demand account.Demand, given account.Factor) *Needs {
	if demand.MetBy(given) {
		return nil
	}
	ways := s.ways(demand)
	if len(ways) == 0 && given == account.NoFactor {
		ways = s.ways(account.AnyFactor)
	}
	if len(ways) > 0 {
		return &Needs{Give, ways}
	}
	if demand == account.StrongFactor {
		return &Needs{Enrol, []account.Factor{account.Passkey}}
	}
	return &Needs{Enrol, []account.Factor{account.Passkey, account.TOTP}}
}

// ways are the factors that she has and that meet a demand.
func (s *set) ways(demand account.Demand) []account.Factor {
	var ways []account.Factor
	for _, w := range []struct {
		kind account.Factor
		has  int
	}{{account.Passkey, len(s.Passkeys)}, {account.TOTP, len(s.Apps)}, {account.Printed, len(s.Codes)}} {
		if w.has > 0 && demand.MetBy(w.kind) {
			ways = append(ways, w.kind)
		}
	}
	return ways
}

// Item is one factor as its owner sees it.
type Item struct {
	ID   string
	Kind account.Factor
	Name seal.Clear
	Day  calendar.Date // when it was enrolled
}

// own are the facts of what is hers.
func own(a access.Actor) access.Facts {
	return access.Facts{Org: a.Org, Own: a.Account != ""}
}

// List is what the actor has, and how many codes are left on her paper.
func (f *Factors) List(ctx context.Context, a access.Actor) (items []Item, codesLeft int, err error) {
	if err := access.Decide(a, access.ReadFactors, own(a)); err != nil {
		return nil, 0, err
	}
	s, there, err := of(ctx, f.store.Org(a.Org), a.Account, a.Person)
	if err != nil || !there {
		return nil, 0, err
	}
	key, err := f.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return nil, 0, err
	}
	for _, it := range s.all() {
		name, err := key.Open(s.ID, "name/"+it.id, it.name)
		if err != nil {
			return nil, 0, err
		}
		items = append(items, Item{ID: it.id, Kind: it.kind, Name: name, Day: it.day})
	}
	return items, len(s.Codes), nil
}

// one is what passkeys and apps have in common.
type one struct {
	id   string
	kind account.Factor
	name seal.Sealed
	day  calendar.Date
}

func (s *set) all() []one {
	var all []one
	for _, p := range s.Passkeys {
		all = append(all, one{p.ID, account.Passkey, p.Name, p.Day})
	}
	for _, p := range s.Apps {
		all = append(all, one{p.ID, account.TOTP, p.Name, p.Day})
	}
	return all
}
