package grievance

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Naming says that somebody is named in a grievance: by her sign-in name, or as
// one of the readers whom the form offers.
type Naming struct {
	Handle string `json:"handle,omitempty" validate:"max=400"`
	Person string `json:"person,omitempty" validate:"omitempty,id=mem"`
}

var (
	errWhoMissing = fault.Of("request.invalid", fault.At("handle", "grievance.who_missing"))
	errNoSuchName = fault.Of("request.invalid", fault.At("handle", "account.unknown"))
	errTooMany    = fault.Of("request.invalid", fault.At("handle", "field.too_many", "max", strconv.Itoa(maxApart)))
)

// Name notes that somebody is named in an open grievance, which the sender's
// later words may tell. From then on neither she nor who is too close to her
// reads it, nor what was sent about the same; a reader who isn't free any more
// hands it on with that. Faults: grievance.who_missing, account.unknown,
// grievance.closed, conflict.declare_first.
func (g *Grievances) Name(ctx context.Context, a access.Actor, k once.Key, grievance string, in Naming) error {
	handle := script.Clean(in.Handle)
	if handle == "" && in.Person == "" {
		return errWhoMissing
	}
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return err
	}
	return g.handle(ctx, a, k, grievance, []string{"named", "apart"}, func(ctx context.Context, tx *store.Tx, _ *seal.Key, doc *Grievance) error {
		if err := g.declared(ctx, tx, a); err != nil {
			return err
		}
		if err := doc.advance(names, g.today()); err != nil {
			return err
		}
		person := in.Person
		if handle != "" {
			found, err := g.accounts.ByHandle(ctx, tx, handle)
			if errors.Is(err, store.ErrAbsent) {
				return errNoSuchName
			}
			if err != nil {
				return err
			}
			person = found.Person
		}
		if err := doc.name(person); err != nil {
			return err
		}
		if err := g.nameBelow(ctx, tx, a, doc, person); err != nil {
			return err
		}
		t, err := g.ties(ctx, tx, a.Org, doc)
		if err != nil || !t.close(doc.Handler, doc.Named) {
			return err
		}
		next, err := g.onwards(ctx, tx, a.Org, root, doc)
		if err != nil || len(next) == 0 {
			return err // it lies with nobody who may read it, which its sender is told
		}
		return g.move(ctx, tx, doc, next[0].person)
	})
}

// name adds somebody to those who are named and never read it.
func (g *Grievance) name(person string) error {
	for _, list := range []*[]string{&g.Named, &g.Apart} {
		if *list = append(*list, person); len(*list) > maxApart {
			return errTooMany
		}
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return nil
}

// nameBelow does the same with whatever was sent later about the same.
func (g *Grievances) nameBelow(ctx context.Context, tx *store.Tx, a access.Actor, of *Grievance, person string) error {
	seen, todo := map[string]bool{of.ID: true}, []string{of.ID}
	var changed []*Grievance
	for ; len(todo) > 0; todo = todo[1:] {
		err := grievances.Each(ctx, tx, store.Query{Index: "linked", Equal: []any{todo[0]}}, func(doc *Grievance) error {
			if !seen[doc.ID] {
				seen[doc.ID] = true
				todo, changed = append(todo, doc.ID), append(changed, doc)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, doc := range changed {
		if err := doc.name(person); err != nil {
			return err
		}
		if err := grievances.Replace(ctx, tx, doc); err != nil {
			return err
		}
		if err := g.audit.Did(ctx, tx, a, doc.Category.act(), []string{doc.ID}, "named", "apart"); err != nil {
			return err
		}
	}
	return nil
}

// move gives it to the next reader, with a line that says so.
func (g *Grievances) move(ctx context.Context, tx *store.Tx, doc *Grievance, to string) error {
	doc.handOn(to)
	doc.Entries = append(doc.Entries, Entry{ID: id.New("ent"), By: ByMove, Day: g.today(), Person: to})
	return depend(ctx, tx, to, doc)
}
