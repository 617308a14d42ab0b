package grievance

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Sending is a filled-in form. Text is needed; About are readers whom it
// concerns, Described tells that the words describe somebody without naming
// her; Earlier is the receipt of what was sent before about the same.
type Sending struct {
	Token     string   `json:"token" validate:"required,max=400"`
	Category  Category `json:"category" validate:"required,oneof=danger harm retaliation privacy money discrimination service idea"`
	Text      string   `json:"text" validate:"max=8000"`
	About     []string `json:"about,omitempty" validate:"max=20,unique,dive,id=mem"`
	Described bool     `json:"described,omitempty"`
	Name      string   `json:"name,omitempty" validate:"max=200"`
	Earlier   string   `json:"earlier,omitempty" validate:"max=400"`
}

// Sent is what the sender takes away. Readers has the one who reads it.
type Sent struct {
	Receipt  string
	Category Category
	Limits
	Readers []Reader
}

var errNobodyFree = fault.New(fault.Conflict, "grievance.nobody_free")

// Send takes a grievance in; held tells that very many come from its network
// just now. The same form sent again gets the same answer. The faults are
// grievance.text_missing, grievance.receipt_unknown (of the earlier one),
// grievance.form_old, grievance.form_too_fast, grievance.form_used and
// grievance.nobody_free.
func (g *Grievances) Send(ctx context.Context, a access.Actor, in Sending, held bool) (*Sent, error) {
	if err := access.Decide(a, access.SendGrievance, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	of, err := g.forms.open(a.Org, in.Token, g.clock.Now())
	if err != nil {
		return nil, err
	}
	digest, err := of.digest(in)
	if err != nil {
		return nil, err
	}
	name, err := g.forms.id(ctx, a.Org, of)
	if err != nil {
		return nil, err
	}
	receipt, err := g.forms.receipt(ctx, a.Org, of)
	if err != nil {
		return nil, err
	}
	doc := &Grievance{Meta: store.Meta{ID: name}, Digest: digest, Held: held}
	if earlier, err := sentBefore(ctx, g.store.Org(a.Org), doc); err != nil || earlier != nil {
		return g.sent(ctx, a.Org, receipt, earlier, err)
	}
	if err := in.clean(); err != nil {
		return nil, err
	}
	by, err := g.orgs.Settings(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	doc.fill(in, g.today(), by)
	var linked string
	if in.Earlier != "" {
		if linked, err = g.receipts.hash(ctx, a.Org, in.Earlier); err != nil {
			return nil, err
		}
	}
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	// Whoever can't be read by anybody leaves no key behind.
	if _, err := g.assign(ctx, g.store.Org(a.Org), a.Org, root, linked, doc); err != nil {
		return nil, err
	}
	if err := g.seal(ctx, a.Org, doc, in); err != nil {
		return nil, err
	}
	if doc.Receipt, err = g.receipts.hash(ctx, a.Org, receipt); err != nil {
		return nil, err
	}
	stored := doc
	err = g.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		earlier, err := sentBefore(ctx, tx, doc)
		if err != nil {
			return err
		}
		if earlier != nil {
			stored = earlier
			return nil
		}
		if stored, err = g.assign(ctx, tx, a.Org, root, linked, doc); err != nil {
			return err
		}
		if err := depend(ctx, tx, stored.Handler, stored); err != nil {
			return err
		}
		// Two of one form meet at the id; the later one then finds the earlier.
		if err := grievances.Insert(ctx, tx, stored); err != nil {
			if store.IsDuplicate(err, "id") {
				return store.ErrConflict
			}
			return err
		}
		return g.audit.Did(ctx, tx, access.AnonymousIn(a.Org), access.SendGrievance, []string{doc.ID})
	})
	return g.sent(ctx, a.Org, receipt, stored, err)
}

// sentBefore finds what this form made already; nil when it made nothing yet.
func sentBefore(ctx context.Context, v store.View, doc *Grievance) (*Grievance, error) {
	earlier, err := grievances.Get(ctx, v, doc.ID)
	switch {
	case errors.Is(err, store.ErrAbsent):
		return nil, nil
	case err != nil:
		return nil, err
	case earlier.Digest != doc.Digest:
		return nil, errUsed
	}
	return earlier, nil
}

// fill writes what follows from the form, the day and the organisation's limits.
func (g *Grievance) fill(in Sending, today calendar.Date, by *organisation.Settings) {
	l := LimitsFrom(in.Category, today, by)
	g.Category, g.State, g.Sent, g.Described = in.Category, Received, today, in.Described
	g.AcknowledgeBy, g.DecideBy, g.OutcomeBy = l.Acknowledge, l.Decide, l.Outcome
	g.Apart, g.Named = in.About, in.About
	g.schedule()
}

// assign finds the first reader, on what is true in this view, and gives a copy
// that lies in her hands.
func (g *Grievances) assign(ctx context.Context, v store.View, org, root, linked string, doc *Grievance) (*Grievance, error) {
	out := *doc
	out.Apart, out.Named = slices.Clone(doc.Apart), slices.Clone(doc.Named)
	m := matter{category: doc.Category, described: doc.Described}
	if linked != "" {
		earlier, err := byReceipt(ctx, v, linked)
		if err != nil {
			return nil, err
		}
		if earlier == nil {
			return nil, fault.Of("request.invalid", fault.At("earlier", "grievance.receipt_unknown"))
		}
		out.Linked = earlier.ID
		var apart []string
		apart, m.before = doc.after(earlier)
		out.Apart, out.Named = append(out.Apart, apart...), append(out.Named, earlier.Named...)
	}
	slices.Sort(out.Named)
	out.Named = slices.Compact(out.Named)
	slices.Sort(out.Apart)
	if out.Apart = slices.Compact(out.Apart); len(out.Apart) > maxApart {
		return nil, fault.Of("request.invalid", fault.At("about", "field.too_many", "max", strconv.Itoa(maxApart)))
	}
	pool, err := g.pool(ctx, v, root)
	if err != nil {
		return nil, err
	}
	t, err := g.ties(ctx, v, org, &out)
	if err != nil {
		return nil, err
	}
	m.apart = slices.Concat(out.Apart, t.shut(pool, out.Named))
	chain := route(pool, m)
	if len(chain) == 0 {
		return nil, errNobodyFree
	}
	out.Handler = chain[0].person
	return &out, nil
}

// seal makes the grievance's own key and closes its texts with it. A form that
// was cut short before has its key already.
func (g *Grievances) seal(ctx context.Context, org string, doc *Grievance, in Sending) error {
	key, err := g.keys.Of(ctx, org, doc.ID)
	if errors.Is(err, seal.ErrNoKey) {
		var made []*seal.Key
		made, err = g.keys.Create(ctx, org, doc.ID)
		switch {
		case store.IsDuplicate(err, "id"): // another try of the same form made it just now
			key, err = g.keys.Of(ctx, org, doc.ID)
		case err == nil:
			key = made[0]
		}
	}
	if err != nil {
		return err
	}
	if doc.Text, err = key.Seal(doc.ID, "text", in.Text); err != nil {
		return err
	}
	doc.Name, err = key.Seal(doc.ID, "name", in.Name)
	return err
}

// sent answers with the receipt and the reader in whose hands it is.
func (g *Grievances) sent(ctx context.Context, org, receipt string, doc *Grievance, err error) (*Sent, error) {
	if err != nil {
		return nil, err
	}
	out := &Sent{Receipt: receipt, Category: doc.Category, Limits: Limits{doc.AcknowledgeBy, doc.DecideBy, doc.OutcomeBy}}
	out.Readers, err = g.readers(ctx, org, doc.Category, []string{doc.Handler})
	return out, err
}
