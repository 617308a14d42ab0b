package grievance

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/organisation"
	"chautari/models/store"
)

// ties tell who stands too close to whom of those who are named in grievances:
// by what either declared, and because one answers to the other.
type ties struct {
	declared map[string][]string
	tree     *organisation.Tree
	posts    map[string]conflict.Post
}

// atWork are the roles by which somebody may answer to somebody.
var atWork = append(slices.Clone(everyday), access.PeerSupporter, access.Trainer)

// ties reads what there is between those who are named in grievances and those
// who work here. Where nobody is named it reads nothing.
func (g *Grievances) ties(ctx context.Context, v store.View, org string, docs ...*Grievance) (*ties, error) {
	t := &ties{posts: map[string]conflict.Post{}}
	var named []string
	for _, doc := range docs {
		named = append(named, doc.Named...)
	}
	slices.Sort(named)
	if named = slices.Compact(named); len(named) == 0 {
		return t, nil
	}
	var err error
	if t.declared, err = conflict.Close(ctx, v, named); err != nil {
		return nil, err
	}
	if t.tree, err = g.orgs.Tree(ctx, org); err != nil {
		return nil, err
	}
	found, err := account.WithRole(ctx, v, atWork...)
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		reads := slices.ContainsFunc(everyday, func(r access.Role) bool { return slices.Contains(a.Roles, r) })
		if !reads && !slices.Contains(named, a.Person) {
			continue
		}
		if t.posts[a.Person], err = g.post(ctx, v, a); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// post is where somebody works: in the groups she looks after, and as supporter
// or trainer in her own.
func (g *Grievances) post(ctx context.Context, v store.View, a *account.Account) (p conflict.Post, err error) {
	if slices.Contains(a.Roles, access.Coordinator) {
		p.Over = a.Groups
	}
	if slices.Contains(a.Roles, access.PeerSupporter) || slices.Contains(a.Roles, access.Trainer) {
		own, _, err := g.members.GroupOf(ctx, v, a.Person)
		if err != nil {
			return p, err
		}
		p.In = []string{own}
	}
	return p, nil
}

// close tells that somebody is named herself or stands too close to one who is.
func (t *ties) close(person string, named []string) bool {
	return slices.ContainsFunc(named, func(n string) bool {
		return n == person || slices.Contains(t.declared[n], person) || conflict.Answers(t.tree, t.posts[n], t.posts[person])
	})
}

// shut lists those of the readers who are too close to anybody named.
func (t *ties) shut(pool []candidate, named []string) []string {
	var shut []string
	for _, c := range pool {
		if t.close(c.person, named) {
			shut = append(shut, c.person)
		}
	}
	return shut
}

// depend makes a transaction in which somebody gets a grievance into her hands,
// or acts on it, depend on nobody's declaring anything between her and those who
// are named.
func depend(ctx context.Context, tx *store.Tx, person string, doc *Grievance) error {
	if len(doc.Named) == 0 {
		return nil
	}
	apart, err := conflict.StillApart(ctx, tx, person, doc.Named...)
	if err == nil && !apart {
		return store.ErrConflict
	}
	return err
}

// mayAct tells whether the actor may handle a grievance as everything stands in
// this view.
func (g *Grievances) mayAct(ctx context.Context, v store.View, a access.Actor, root string, doc *Grievance) error {
	t, err := g.ties(ctx, v, a.Org, doc)
	if err != nil {
		return err
	}
	return access.Decide(a, doc.Category.act(), facts(a, root, doc, t))
}

// declared demands that a reader has said lately to whom she stands too close.
func (g *Grievances) declared(ctx context.Context, v store.View, a access.Actor) error {
	has, err := conflict.HasDeclared(ctx, v, a.Person, g.today())
	if err == nil && !has {
		return conflict.ErrFirst
	}
	return err
}

// listed tells that something may stand in a list: also where nothing but a
// fresh proof of who she is is missing for opening it.
func listed(err error) bool { return err == nil || errors.Is(err, access.Unproved) }
