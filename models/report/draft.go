package report

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/store"
)

var (
	errOpen  = fault.New(fault.Conflict, "report.quarter_open")
	errTaken = fault.New(fault.Conflict, "report.quarter_taken")
)

// Preview shows the figures of a quarter as a draft of it would hold them now,
// or, where it has been drafted, as they stand: from then on the same question
// always has the same answer. A run is one entry in the trail. Faults:
// report.quarter_open for one that isn't over, access.Refused.
func (r *Reports) Preview(ctx context.Context, a access.Actor, q Quarter) (*Named, error) {
	space := r.store.Org(a.Org)
	if err := r.allowDraft(ctx, a); err != nil {
		return nil, r.refuse(ctx, a, access.DraftRelease, "", err)
	}
	doc, err := releases.First(ctx, space, ofQuarter(q))
	if err == nil {
		return r.named(ctx, a.Org, doc)
	}
	if !errors.Is(err, store.ErrAbsent) {
		return nil, err
	}
	if doc, err = r.draft(ctx, a, q); err != nil {
		return nil, err
	}
	doc.ID, doc.State, doc.DraftedBy, doc.DraftedOn = "", Undrafted, "", calendar.Date{}
	// Shares answered in time move while readers work. Whoever looked every day
	// could tell from them that something is being decided.
	doc.Figures.Percentages = nil
	err = space.Tx(ctx, func(tx *store.Tx) error {
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		return r.audit.Saw(ctx, tx, a, access.DraftRelease, []string{a.Org})
	})
	if err != nil {
		return nil, err
	}
	return r.named(ctx, a.Org, doc)
}

// Draft fixes the figures of a quarter. Somebody else must release them. Faults:
// report.quarter_open, report.quarter_taken, access.Refused.
func (r *Reports) Draft(ctx context.Context, a access.Actor, k once.Key, q Quarter) (*Named, error) {
	space := r.store.Org(a.Org)
	if err := r.allowDraft(ctx, a); err != nil {
		return nil, r.refuse(ctx, a, access.DraftRelease, "", err)
	}
	doc, err := r.draft(ctx, a, q)
	if err != nil {
		return nil, err
	}
	stored := doc.ID
	err = space.Tx(ctx, func(tx *store.Tx) error {
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if stored = doc.ID; done {
			stored = refs[0]
			return nil
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		_, err = releases.First(ctx, tx, ofQuarter(q))
		if err == nil {
			return errTaken
		}
		if !errors.Is(err, store.ErrAbsent) {
			return err
		}
		if err := releases.Insert(ctx, tx, doc); err != nil {
			if store.IsDuplicate(err, "quarter") {
				return errTaken
			}
			return err
		}
		if err := r.audit.Did(ctx, tx, a, access.DraftRelease, []string{doc.ID}, "figures"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, r.clock.Now(), doc.ID)
	})
	if err != nil {
		return nil, r.refuse(ctx, a, access.DraftRelease, "", err)
	}
	if doc, err = releases.Get(ctx, space, stored); err != nil {
		return nil, err
	}
	return r.named(ctx, a.Org, doc)
}

// draft makes a release that isn't stored.
func (r *Reports) draft(ctx context.Context, a access.Actor, q Quarter) (*Release, error) {
	today := r.today()
	if !q.over(today) {
		return nil, errOpen
	}
	figures, err := r.gather(ctx, a.Org, q)
	if err != nil {
		return nil, err
	}
	return &Release{
		Meta: store.Meta{ID: id.New("rel")}, Quarter: q.String(), State: Drafted,
		DraftedBy: a.Account, DraftedOn: today, Figures: figures,
	}, nil
}

func ofQuarter(q Quarter) store.Query {
	return store.Query{Index: "quarter", Equal: []any{q.String()}}
}

// allowDraft: only who looks after the whole organisation.
func (r *Reports) allowDraft(ctx context.Context, a access.Actor) error {
	over, err := r.overAll(ctx, a)
	if err != nil {
		return err
	}
	return access.Decide(a, access.DraftRelease, access.Facts{Org: a.Org, Group: over})
}

// overAll tells whether the actor coordinates the group at the top.
func (r *Reports) overAll(ctx context.Context, a access.Actor) (bool, error) {
	if !a.Has(access.Coordinator) {
		return false, nil
	}
	tree, err := r.orgs.Tree(ctx, a.Org)
	if err != nil {
		return false, err
	}
	return a.Coordinates(tree.Root().ID), nil
}

// named adds what the organisation is called.
func (r *Reports) named(ctx context.Context, org string, doc *Release) (*Named, error) {
	o, err := r.orgs.Get(ctx, org)
	if err != nil {
		return nil, err
	}
	return &Named{doc, o.Name}, nil
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (r *Reports) refuse(ctx context.Context, a access.Actor, act access.Action, subject string, err error) error {
	return r.audit.Refusal(ctx, r.store.Org(a.Org), a, act, subject, err)
}
