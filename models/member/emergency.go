package member

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/seal"
	"chautari/models/store"
)

// InEmergency shows one person to whom two people have opened her record. granted
// says in the transaction whose record it is and what is known of the grant, and
// makes the transaction depend on it. Each showing is an entry in the trail, and
// of each day she reads on her own page that it was opened: no yes is asked, since
// a life may be at stake.
func (m *Members) InEmergency(ctx context.Context, a access.Actor, granted func(context.Context, *store.Tx) (person string, f access.Facts, err error)) (*Row, error) {
	var o *Opened
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		person, f, err := granted(ctx, tx)
		if err != nil {
			return err
		}
		if err := access.Decide(a, access.UseEmergency, f); err != nil {
			return err
		}
		doc, err := members.Get(ctx, tx, person)
		if err == nil {
			o, err = m.openOne(ctx, a.Org, doc) // nobody reads that she was opened where nothing was
		}
		if err != nil {
			return notFound(err)
		}
		line := consent.Shared{To: consent.ToEmergency, What: o.kept()}
		if err := consent.Note(ctx, tx, person, line, m.clock.Now()); err != nil {
			return err
		}
		return m.audit.Saw(ctx, tx, a, access.UseEmergency, []string{person})
	})
	if err != nil {
		return nil, err
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	return &Row{Opened: o, Group: tree.Get(o.Group)}, nil
}

// kept names what is held of her and sealed, but what doesn't open: nobody sees that.
func (o *Opened) kept() []string {
	var fields []string
	d := o.Member
	for _, f := range []struct {
		name string
		text seal.Sealed
	}{{"alias", d.Alias}, {"paper_name", d.PaperName}, {"phone", d.Phone}, {"birth", d.Birth}, {"age", d.Age}, {"district", d.District}} {
		if len(f.text) > 0 && !slices.Contains(o.Damaged, f.name) {
			fields = append(fields, f.name)
		}
	}
	return fields
}
