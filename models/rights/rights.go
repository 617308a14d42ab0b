// Package rights is what a person may ask of everything that is kept of her: to
// take it away, to have it stand still, to have it erased; and what goes by
// itself when its time is over.
//
// It reaches over all nouns and knows none of their fields: each noun is a
// Holder that answers for its collections. What belongs here: gathering what
// the holders give, the order and the resuming of an erasure, the purge. What doesn't: correcting, which is each
// noun's own, and who opened her record, which is the trail's.
package rights

import (
	"context"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Holder answers for the collections of one noun. The actor is the person
// herself; while an erasure goes on she has her ids alone, and no roles.
type Holder interface {
	// Holds names the collections.
	Holds() []string
	// Hers is what they keep of her, as a pointer to a struct for JSON that holds
	// nothing of anybody else; nil for nothing.
	Hers(ctx context.Context, v store.View, key *seal.Key, a access.Actor) (any, error)
	// Leave gives back what others wait for and shuts what she could still use,
	// or refuses with a fault what would leave others without what they need.
	Leave(ctx context.Context, tx *store.Tx, a access.Actor) error
	// Erase removes about limit documents of hers at the most and says how many
	// it touched; 0 is the end. Done again it changes nothing.
	Erase(ctx context.Context, tx *store.Tx, a access.Actor, limit int) (int, error)
	// Stays are codes of what is kept after her, each with the last day it is, if
	// there is one. It is the same for everybody where a difference would tell.
	Stays(ctx context.Context, v store.View, a access.Actor) (map[string]calendar.Date, error)
}

// Part is a holder with the name of its part in what she takes away.
type Part struct {
	Name string
	Holder
}

// Rights are the use cases.
type Rights struct {
	store   *store.Store
	keys    *seal.Keys
	orgs    *organisation.Organisations
	members *member.Members
	audit   audit.Log
	clock   clock.Clock
	parts   []Part
	purgers []Purger
	purged  purged
}

// New serves the rights of the people of a store. The parts are erased in their
// order, so whoever holds the person herself comes last, and what depends on her
// account being there comes after it.
func New(s *store.Store, keys *seal.Keys, orgs *organisation.Organisations, members *member.Members, c clock.Clock, parts ...Part) *Rights {
	r := &Rights{
		store: s, keys: keys, orgs: orgs, members: members, audit: orgs.Log(), clock: c,
		purged: purged{on: map[string]calendar.Date{}},
	}
	r.parts = append(r.parts, Part{"", own{}})
	r.parts = append(r.parts, parts...)
	return r
}

// Collections are all that somebody answers for.
func (r *Rights) Collections() []string {
	var all []string
	for _, p := range r.parts {
		all = append(all, p.Holds()...)
	}
	return all
}

// KeyCollections are those of the keys store that an erasure sees to by itself.
func KeyCollections() []string { return []string{"person_keys", "tombstones"} }

func (r *Rights) today() calendar.Date { return calendar.Of(r.clock.Now()) }

// mine are the facts of what is about herself.
func mine(a access.Actor) access.Facts { return access.Facts{Org: a.Org, Own: a.Person != ""} }

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (r *Rights) refuse(ctx context.Context, a access.Actor, act access.Action, err error) error {
	return r.audit.Refusal(ctx, r.store.Org(a.Org), a, act, a.Person, err)
}

// daysOfKeys is how long the backups of keys are kept at the most, which is when
// a destroyed key is gone from everywhere: what whoever runs the server is told
// to do (see docs/runbook.md).
const daysOfKeys = 14
