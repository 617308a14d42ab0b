package grievance

import (
	"context"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// List is a page of what lies in the actor's hands, soonest due first, the
// closed ones last, of these the newest first. No text is opened.
func (g *Grievances) List(ctx context.Context, a access.Actor, limit int, after store.Cursor) ([]*Grievance, store.Cursor, error) {
	if err := access.Decide(a, access.ListGrievances, access.Facts{Org: a.Org, Assigned: a.Person != ""}); err != nil {
		return nil, "", err
	}
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return nil, "", err
	}
	docs, next, err := grievances.Find(ctx, g.store.Org(a.Org), store.Query{
		Index: "handler", Equal: []any{a.Person}, Limit: limit, After: after,
	})
	if err != nil {
		return nil, "", err
	}
	docs, err = g.readable(ctx, g.store.Org(a.Org), a, root, docs)
	return docs, next, err
}

// readable leaves out what she may not handle any more.
func (g *Grievances) readable(ctx context.Context, v store.View, a access.Actor, root string, docs []*Grievance) ([]*Grievance, error) {
	t, err := g.ties(ctx, v, a.Org, docs...)
	if err != nil {
		return nil, err
	}
	kept := docs[:0]
	for _, d := range docs {
		if listed(access.Decide(a, d.Category.act(), facts(a, root, d, t))) {
			kept = append(kept, d)
		}
	}
	return kept, nil
}

// Waiting is what a reader's desk says of her grievances.
type Waiting struct {
	Open int
	Late int
	Next *Grievance // the soonest due; nil when there is none
}

// Waiting counts the open ones in the actor's hands. Who reads none has none.
func (g *Grievances) Waiting(ctx context.Context, a access.Actor) (Waiting, error) {
	var w Waiting
	if access.Decide(a, access.ListGrievances, access.Facts{Org: a.Org, Assigned: a.Person != ""}) != nil {
		return w, nil
	}
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return w, err
	}
	today := g.today()
	q := store.Query{Index: "handler", Equal: []any{a.Person}, Until: ended.String()}
	var docs []*Grievance
	err = grievances.Each(ctx, g.store.Org(a.Org), q, func(doc *Grievance) error {
		docs = append(docs, doc)
		return nil
	})
	if err != nil {
		return w, err
	}
	if docs, err = g.readable(ctx, g.store.Org(a.Org), a, root, docs); err != nil {
		return w, err
	}
	for _, doc := range docs {
		w.Open++
		if doc.Next(today).Late {
			w.Late++
		}
		if w.Next == nil {
			w.Next = doc
		}
	}
	return w, nil
}

// Opened is a grievance with its texts, for the reader in whose hands it is.
type Opened struct {
	*Grievance
	Text    seal.Clear
	Name    seal.Clear
	Outcome seal.Clear
	Lines   []ReaderLine
	Readers []Reader // in whose hands it is, first, and was
}

// ReaderLine is one line of a thread as a reader sees it. Who wrote, or to whom
// it went; empty for the sender.
type ReaderLine struct {
	ID       string
	By       By
	Who      seal.Clear
	Day      calendar.Date
	Text     seal.Clear
	Decision bool
}

// Read opens one for the reader in whose hands it is, and notes it in the trail.
// Who hasn't said lately to whom she stands too close gets conflict.declare_first.
func (g *Grievances) Read(ctx context.Context, a access.Actor, grievance string) (*Opened, error) {
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	var doc *Grievance
	err = g.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var err error
		if doc, err = grievances.Get(ctx, tx, grievance); err != nil {
			return notFound(err)
		}
		if err := g.mayAct(ctx, tx, a, root, doc); err != nil {
			return err
		}
		if err := g.declared(ctx, tx, a); err != nil {
			return err
		}
		return g.audit.Saw(ctx, tx, a, doc.Category.act(), []string{grievance})
	})
	if err != nil {
		return nil, g.refuse(ctx, a, grievance, err)
	}
	return g.open(ctx, a.Org, doc)
}

func (g *Grievances) open(ctx context.Context, org string, doc *Grievance) (*Opened, error) {
	key, err := g.keys.Of(ctx, org, doc.ID)
	if err != nil {
		return nil, err
	}
	o := &Opened{Grievance: doc}
	for _, f := range []struct {
		field string
		from  seal.Sealed
		to    *seal.Clear
	}{{"text", doc.Text, &o.Text}, {"name", doc.Name, &o.Name}, {"outcome", doc.Outcome, &o.Outcome}} {
		if *f.to, err = key.Open(doc.ID, f.field, f.from); err != nil {
			return nil, err
		}
	}
	names, err := g.namesOf(ctx, org, doc.persons())
	if err != nil {
		return nil, err
	}
	for _, e := range doc.Entries {
		text, err := key.Open(doc.ID, e.field(), e.Text)
		if err != nil {
			return nil, err
		}
		o.Lines = append(o.Lines, ReaderLine{e.ID, e.By, names[e.Person], e.Day, text, e.Decision})
	}
	o.Readers, err = g.readers(ctx, org, doc.Category, append([]string{doc.Handler}, doc.Was...))
	return o, err
}

// persons are the readers of whom something stands in the thread, each once.
func (g *Grievance) persons() []string {
	var persons []string
	seen := map[string]bool{"": true}
	for _, e := range g.Entries {
		if !seen[e.Person] {
			seen[e.Person] = true
			persons = append(persons, e.Person)
		}
	}
	return persons
}
