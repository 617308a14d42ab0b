package grievance

import (
	"context"

	"chautari/models/access"
	"chautari/models/store"
)

// InHands are the ids of those that lie in the actor's hands and that she may
// handle, for whoever tells her what was done about them.
func (g *Grievances) InHands(ctx context.Context, v store.View, a access.Actor) ([]string, error) {
	if a.Person == "" {
		return nil, nil
	}
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	var docs []*Grievance
	err = grievances.Each(ctx, v, store.Query{Index: "handler", Equal: []any{a.Person}}, func(doc *Grievance) error {
		docs = append(docs, doc)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if docs, err = g.readable(ctx, v, a, root, docs); err != nil {
		return nil, err
	}
	ids := make([]string, len(docs))
	for i, d := range docs {
		ids[i] = d.ID
	}
	return ids, nil
}
