package member

import (
	"context"

	"chautari/models/access"
	"chautari/models/store"
)

// InEmergency shows one person to whom two people have opened her record. granted
// says in the transaction whose record it is and what is known of the grant, and
// makes the transaction depend on it. Each showing is an entry in the trail.
func (m *Members) InEmergency(ctx context.Context, a access.Actor, granted func(context.Context, *store.Tx) (person string, f access.Facts, err error)) (*Row, error) {
	var doc *Member
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		person, f, err := granted(ctx, tx)
		if err != nil {
			return err
		}
		if err := access.Decide(a, access.UseEmergency, f); err != nil {
			return err
		}
		if doc, err = members.Get(ctx, tx, person); err != nil {
			return notFound(err)
		}
		return m.audit.Saw(ctx, tx, a, access.UseEmergency, []string{person})
	})
	if err != nil {
		return nil, err
	}
	o, err := m.openOne(ctx, a.Org, doc)
	if err != nil {
		return nil, notFound(err)
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	return &Row{Opened: o, Group: tree.Get(doc.Group)}, nil
}
