package grievance

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Reader is somebody who reads grievances, as a sender may know her.
type Reader struct {
	Person string
	Name   seal.Clear
	Role   access.Role
}

// Offer is a category with its limits from today and the order in which its
// grievances go on. Nobody may be in it.
type Offer struct {
	Category Category
	Limits
	Readers []Reader
}

// Form is what is needed to send a grievance.
type Form struct {
	Token  string
	Today  calendar.Date
	Offers []Offer
}

// Form makes a fresh form. Nothing is stored.
func (g *Grievances) Form(ctx context.Context, a access.Actor) (*Form, error) {
	if err := access.Decide(a, access.SendGrievance, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	pool, err := g.pool(ctx, g.store.Org(a.Org), root)
	if err != nil {
		return nil, err
	}
	by, err := g.orgs.Settings(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	f := &Form{Today: g.today()}
	if f.Token, err = g.forms.issue(a.Org, g.clock.Now()); err != nil {
		return nil, err
	}
	names, err := g.names(ctx, a.Org, pool)
	if err != nil {
		return nil, err
	}
	for _, c := range Categories {
		o := Offer{Category: c, Limits: LimitsFrom(c, f.Today, by)}
		for _, p := range route(pool, matter{category: c}) {
			o.Readers = append(o.Readers, Reader{p.person, names[p.person], p.role})
		}
		f.Offers = append(f.Offers, o)
	}
	return f, nil
}

// Readers are those who would read a grievance of a category, were it sent now,
// in their order; nobody who is named is among them.
func (f *Form) Readers(c Category, about []string, described bool) []Reader {
	for _, o := range f.Offers {
		if o.Category == c {
			return slices.DeleteFunc(slices.Clone(o.Readers), func(r Reader) bool {
				return slices.Contains(about, r.Person) || described && r.Role == access.Coordinator
			})
		}
	}
	return nil
}

func (g *Grievances) names(ctx context.Context, org string, pool []candidate) (map[string]seal.Clear, error) {
	persons := make([]string, len(pool))
	for i, c := range pool {
		persons[i] = c.person
	}
	return g.namesOf(ctx, org, persons)
}

// namesOf is what persons are called, however many they are.
func (g *Grievances) namesOf(ctx context.Context, org string, persons []string) (map[string]seal.Clear, error) {
	names := make(map[string]seal.Clear, len(persons))
	for page := range slices.Chunk(persons, store.MaxIDs) {
		found, err := g.members.Names(ctx, g.store.Org(org), org, page)
		if err != nil {
			return nil, err
		}
		for person, n := range found {
			names[person] = n
		}
	}
	return names, nil
}

// readers tells what persons are called and as what they read a category. Who
// has no such role any more has none here.
func (g *Grievances) readers(ctx context.Context, org string, c Category, persons []string) ([]Reader, error) {
	root, err := g.root(ctx, org)
	if err != nil {
		return nil, err
	}
	pool, err := g.pool(ctx, g.store.Org(org), root)
	if err != nil {
		return nil, err
	}
	names, err := g.namesOf(ctx, org, persons)
	if err != nil {
		return nil, err
	}
	roles := map[string]access.Role{}
	for _, p := range route(pool, matter{category: c}) {
		roles[p.person] = p.role
	}
	out := make([]Reader, len(persons))
	for i, p := range persons {
		out[i] = Reader{p, names[p], roles[p]}
	}
	return out, nil
}
