package report

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/store"
)

var errSamePerson = fault.New(fault.Conflict, "report.same_person")

// Release lets drafted figures go: it marks them as released and puts a copy
// into the space of each body that receives the organisation's figures then. Who
// drafted them can't. Faults: report.same_person, disclose.unsafe, access.Refused.
//
// The mark and a copy are one transaction over both organisations, one for each
// supporting body. Should the server stop between two of them, the same act done
// again adds the copies that are missing and changes nothing else; a copy can't
// be there twice. A body that is added later gets what is released later, and
// one that was taken away gets nothing any more.
func (r *Reports) Release(ctx context.Context, a access.Actor, k once.Key, release string) (*Named, error) {
	for {
		to, err := r.orgs.Receivers(ctx, a.Org)
		if err != nil {
			return nil, err
		}
		doc, err := r.releaseTo(ctx, a, k, release, to)
		if errors.Is(err, organisation.ErrMoved) {
			continue // somebody changed who receives figures: look again
		}
		if err != nil {
			return nil, r.refuse(ctx, a, access.ReleaseFigures, release, err)
		}
		return doc, nil
	}
}

// releaseTo is Release while these are the receivers; else organisation.ErrMoved.
func (r *Reports) releaseTo(ctx context.Context, a access.Actor, k once.Key, release string, to *organisation.Receivers) (*Named, error) {
	own := r.store.Org(a.Org)
	over, err := r.overAll(ctx, a)
	if err != nil {
		return nil, err
	}
	mark := func(tx *store.Tx) (*Release, error) {
		if err := to.Still(ctx, tx); err != nil {
			return nil, err
		}
		_, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return nil, err
		}
		doc, err := r.markReleased(ctx, tx, a, over, release, to.Bodies)
		if done || err != nil {
			return doc, err
		}
		return doc, once.Remember(ctx, tx, a, k, r.clock.Now(), release)
	}
	if len(to.Bodies) == 0 {
		err = own.Tx(ctx, func(tx *store.Tx) error {
			_, err := mark(tx)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for _, body := range to.Bodies {
		copied := id.New("res")
		err = own.TxWith(ctx, r.store.Org(body), func(tx, theirs *store.Tx) error {
			doc, err := mark(tx)
			if err != nil || !slices.Contains(doc.To, body) {
				return err
			}
			return deposit(ctx, theirs, copied, a.Org, to.Of, doc)
		})
		if err != nil {
			return nil, err
		}
	}
	doc, err := releases.Get(ctx, own, release)
	if err != nil {
		return nil, err
	}
	return &Named{doc, to.Of}, nil
}

// markReleased marks figures as released in a transaction, if the actor may and
// they still prove safe. What is marked already stays as it is.
func (r *Reports) markReleased(ctx context.Context, tx *store.Tx, a access.Actor, over bool, release string, to []string) (*Release, error) {
	if err := account.Still(ctx, tx, a); err != nil {
		return nil, err
	}
	doc, err := releases.Get(ctx, tx, release)
	if errors.Is(err, store.ErrAbsent) {
		return nil, access.Refused
	}
	if err != nil {
		return nil, err
	}
	facts := access.Facts{Org: a.Org, Group: over, Apart: doc.DraftedBy != a.Account}
	if err := access.Decide(a, access.ReleaseFigures, facts); err != nil {
		if facts.Apart {
			return nil, err
		}
		// Whoever could release another's draft is told why not this one.
		if facts.Apart = true; access.Decide(a, access.ReleaseFigures, facts) == nil {
			return nil, errSamePerson
		}
		return nil, err
	}
	if doc.State == Released {
		return doc, releases.Require(ctx, tx, doc)
	}
	if err := doc.Figures.check(); err != nil {
		return nil, err
	}
	doc.State, doc.ReleasedBy, doc.ReleasedOn, doc.To = Released, a.Account, r.today(), to
	if err := releases.Replace(ctx, tx, doc); err != nil {
		return nil, err
	}
	return doc, r.audit.Did(ctx, tx, a, access.ReleaseFigures, []string{release}, "state")
}

// deposit puts a copy into a supporting body's space, unless it lies there.
func deposit(ctx context.Context, theirs *store.Tx, name, org string, called organisation.Name, doc *Release) error {
	_, err := results.First(ctx, theirs, store.Query{Index: "source", Equal: []any{org, doc.Quarter}})
	if !errors.Is(err, store.ErrAbsent) {
		return err
	}
	err = results.Insert(ctx, theirs, &Result{
		Meta: store.Meta{ID: name}, Organisation: org, Name: called, Quarter: doc.Quarter,
		DraftedOn: doc.DraftedOn, ReleasedOn: doc.ReleasedOn, Figures: doc.Figures,
	})
	if store.IsDuplicate(err, "source") {
		return store.ErrConflict // somebody did it at the same time: look again
	}
	return err
}

// Releases lists the organisation's releases, the latest quarter first.
func (r *Reports) Releases(ctx context.Context, a access.Actor, limit int, after store.Cursor) ([]*Named, store.Cursor, error) {
	if err := access.Decide(a, access.ReadReleases, access.Facts{Org: a.Org}); err != nil {
		return nil, "", err
	}
	docs, next, err := releases.Find(ctx, r.store.Org(a.Org), store.Query{Index: "quarter", Down: true, Limit: limit, After: after})
	if err != nil {
		return nil, "", err
	}
	org, err := r.orgs.Get(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	list := make([]*Named, len(docs))
	for i, d := range docs {
		list[i] = &Named{d, org.Name}
	}
	return list, next, nil
}
