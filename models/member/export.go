package member

import (
	"context"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Export hands over the active people of some groups, in the order of their
// names, for a file that leaves: those alone who agree now to being kept, under
// the name they chose, with the phone number of those who agree to that. Whoever is
// carried over from a paper has agreed to nothing and isn't there.
//
// allowed says in each transaction what is known of the approval, and makes it
// depend on it. A page of 100 is one entry in the trail, with the request's id
// before theirs; a file without anybody is one too. Each of them reads on her own
// page that she was in it.
func (m *Members) Export(ctx context.Context, a access.Actor, request string, groups []string,
	allowed func(context.Context, *store.Tx) (access.Facts, error), fn func(*Opened) error,
) error {
	d, err := m.directory(ctx, a.Org)
	if err != nil {
		return err
	}
	shelves := make([]string, len(groups))
	for i, g := range groups {
		shelves[i] = shelf(g, Active)
	}
	var after script.Position
	for {
		hits := d.index.List(shelves, after, store.MaxIDs)
		opened, err := m.exported(ctx, a, request, groups, hits, allowed)
		if err != nil {
			return err
		}
		for _, o := range opened {
			if err := fn(o); err != nil {
				return err
			}
		}
		if len(hits) < store.MaxIDs {
			return nil
		}
		after = hits[len(hits)-1].Position()
	}
}

// exported reads a page of people in one transaction and leaves out whoever isn't
// in the file.
func (m *Members) exported(ctx context.Context, a access.Actor, request string, groups []string, hits []script.Hit,
	allowed func(context.Context, *store.Tx) (access.Facts, error),
) ([]*Opened, error) {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	now := m.clock.Now()
	var going []*Opened
	phones := map[string]bool{}
	err := m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		f, err := allowed(ctx, tx)
		if err != nil {
			return err
		}
		if err := access.Decide(a, access.TakeExport, f); err != nil {
			return err
		}
		docs, err := members.GetMany(ctx, tx, ids)
		if err != nil {
			return err
		}
		sheets, err := consent.OfMany(ctx, tx, ids)
		if err != nil {
			return err
		}
		opened, err := m.openWhole(ctx, a.Org, docs)
		if err != nil {
			return err
		}
		going = nil
		subjects := []string{request}
		for _, o := range opened {
			doc := o.Member
			agrees := func(act access.Action, p consent.Purpose) bool {
				return sheets[doc.ID].Live(p, now) && access.Decide(a, act, facts(a, o, sheets[doc.ID], p, now)) == nil
			}
			if doc.State != Active || doc.Alias.Empty() || !slices.Contains(groups, doc.Group) || !agrees(access.ListMembers, consent.Membership) {
				continue
			}
			going, subjects = append(going, o), append(subjects, doc.ID)
			phones[doc.ID] = len(doc.Phone) > 0 && agrees(access.ReadContact, consent.CoordinatorPhone)
			if err := leaves(ctx, tx, sheets[doc.ID], phones[doc.ID], now); err != nil {
				return err
			}
		}
		return m.audit.Saw(ctx, tx, a, access.TakeExport, subjects)
	})
	if err != nil {
		return nil, err
	}
	for _, o := range going {
		if !phones[o.ID] {
			o.Phone = seal.Clear{}
		}
	}
	return going, nil
}

// leaves writes the lines from which she reads that she is in a file, and has the
// transaction depend on the yeses that she is in it by.
func leaves(ctx context.Context, tx *store.Tx, sheet *consent.Sheet, phone bool, now time.Time) error {
	needs := []consent.Purpose{consent.Membership}
	if phone {
		needs = append(needs, consent.CoordinatorPhone)
	}
	if err := consent.Share(ctx, tx, sheet, consent.Shared{To: consent.ToFile, What: []string{"alias", "group"}, Purpose: consent.Membership}, now, needs...); err != nil || !phone {
		return err
	}
	return consent.Note(ctx, tx, sheet.ID, consent.Shared{To: consent.ToFile, What: []string{"phone"}, Purpose: consent.CoordinatorPhone}, now)
}
