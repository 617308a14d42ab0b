package grievance

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/store"
)

// candidate is somebody who may read grievances. Coordinator is among her roles
// only if she is over the root: only then is she not of the group it is about.
type candidate struct {
	person string
	roles  []access.Role
}

// matter is what decides who reads.
type matter struct {
	category  Category
	described bool     // somebody is described rather than picked from the list
	apart     []string // never
	before    []string // only when nobody else is left: they handled the earlier one
}

// place is one person in the order in which a grievance goes on.
type place struct {
	person string
	role   access.Role
}

// route gives the order of readers. Who is apart is never in it; each person
// stands where her first role puts her.
func route(pool []candidate, m matter) []place {
	var first, last []place
	taken := map[string]bool{}
	for _, role := range rules[m.category].order {
		if m.described && role == access.Coordinator {
			continue // it may be about one of them: only the focal point can tell
		}
		for _, c := range pool {
			if taken[c.person] || !slices.Contains(c.roles, role) || slices.Contains(m.apart, c.person) {
				continue
			}
			taken[c.person] = true
			if slices.Contains(m.before, c.person) {
				last = append(last, place{c.person, role})
			} else {
				first = append(first, place{c.person, role})
			}
		}
	}
	return append(first, last...)
}

// pool reads who may read grievances now.
func (g *Grievances) pool(ctx context.Context, v store.View, root string) ([]candidate, error) {
	found, err := account.WithRole(ctx, v, everyday...)
	if err != nil {
		return nil, err
	}
	pool := make([]candidate, 0, len(found))
	for _, a := range found {
		c := candidate{person: a.Person}
		for _, r := range everyday {
			if slices.Contains(a.Roles, r) && (r != access.Coordinator || slices.Contains(a.Groups, root)) {
				c.roles = append(c.roles, r)
			}
		}
		pool = append(pool, c)
	}
	return pool, nil
}

// root is the group at the top of an organisation.
func (g *Grievances) root(ctx context.Context, org string) (string, error) {
	tree, err := g.orgs.Tree(ctx, org)
	if err != nil {
		return "", err
	}
	return tree.Root().ID, nil
}

// onwards gives the readers to whom a grievance can still go from where it is:
// nobody who has had it, and nobody who is apart.
func (g *Grievances) onwards(ctx context.Context, v store.View, org, root string, doc *Grievance) ([]place, error) {
	pool, err := g.pool(ctx, v, root)
	if err != nil {
		return nil, err
	}
	var apart, before []string
	if doc.Linked != "" {
		earlier, err := grievances.Get(ctx, v, doc.Linked)
		if err == nil {
			apart, before = doc.after(earlier)
		} else if !errors.Is(err, store.ErrAbsent) { // gone, when its time was over
			return nil, err
		}
	}
	t, err := g.ties(ctx, v, org, doc)
	if err != nil {
		return nil, err
	}
	return doc.onwards(pool, t, apart, before), nil
}

// onwards is the same of those who may read now, with what an earlier one says.
func (g *Grievance) onwards(pool []candidate, t *ties, apart, before []string) []place {
	m := g.matter(pool, t)
	m.apart, m.before = append(m.apart, apart...), before
	return slices.DeleteFunc(route(pool, m), func(p place) bool { return slices.Contains(g.handlers(), p.person) })
}

// matter is what decides who of the pool reads it.
func (g *Grievance) matter(pool []candidate, t *ties) matter {
	return matter{category: g.Category, described: g.Described, apart: slices.Concat(g.Apart, t.shut(pool, g.Named))}
}

// stays tells that whoever has it now may read it.
func (g *Grievance) stays(pool []candidate, t *ties) bool {
	return slices.ContainsFunc(route(pool, g.matter(pool, t)), func(p place) bool { return p.person == g.Handler })
}

// after is what an earlier one means for it, as it stands now. Nobody who is
// apart of that reads this; in a retaliation neither does whoever handled it,
// and else she comes last.
func (g *Grievance) after(earlier *Grievance) (apart, before []string) {
	if g.Category == Retaliation {
		return slices.Concat(earlier.Apart, earlier.handlers()), nil
	}
	return earlier.Apart, earlier.handlers()
}

// handlers are those in whose hands it is or was.
func (g *Grievance) handlers() []string { return append(slices.Clone(g.Was), g.Handler) }

// handOn gives it to the next reader.
func (g *Grievance) handOn(to string) {
	g.Was = append(g.Was, g.Handler)
	g.Handler = to
}
