package grievance

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Answer is what a reader writes to the sender; Decision tells that it is the
// decision.
type Answer struct {
	Text     string `json:"text" validate:"max=8000"`
	Decision bool   `json:"decision,omitempty"`
}

// Note is what a reader writes for whoever reads after her. It can't be changed.
type Note struct {
	Text string `json:"text" validate:"max=8000"`
}

// Why is the reason for which a reader passes on.
type Why string

// The reasons. Who is in conflict never sees the grievance again; neither does
// the other, but for that nothing stands between them.
const (
	Conflict Why = "conflict"
	NotMine  Why = "not_mine"
)

// Closing ends a grievance. Told says that the sender was told: for somebody
// without a name, the answer behind her receipt is that.
type Closing struct {
	Outcome string `json:"outcome" validate:"max=8000"`
	Wishes  Wishes `json:"wishes" validate:"required,oneof=met partly not_met not_given"`
	Told    bool   `json:"told"`
}

var (
	errNotTold    = fault.Of("request.invalid", fault.At("told", "grievance.not_told"))
	errNobodyNext = fault.New(fault.Conflict, "grievance.nobody_next")
)

// Answer writes to the sender. Faults: grievance.text_missing, grievance.closed,
// conflict.declare_first.
func (g *Grievances) Answer(ctx context.Context, a access.Actor, k once.Key, id string, in Answer) (*Opened, error) {
	m := answers
	if in.Decision {
		m = decides
	}
	return g.add(ctx, a, k, id, m, Entry{By: ByReader, Decision: in.Decision}, in.Text)
}

// Note writes among readers. Faults as Answer.
func (g *Grievances) Note(ctx context.Context, a access.Actor, k once.Key, id string, in Note) (*Opened, error) {
	return g.add(ctx, a, k, id, notes, Entry{By: ByNote}, in.Text)
}

// add writes one entry with a text.
func (g *Grievances) add(ctx context.Context, a access.Actor, k once.Key, grievance string, m move, e Entry, text string) (*Opened, error) {
	text = script.CleanLines(text)
	if err := fault.Of("request.invalid", checkText("text", text)...); err != nil {
		return nil, err
	}
	e.ID, e.Day, e.Person = id.New("ent"), g.today(), a.Person
	err := g.handle(ctx, a, k, grievance, []string{"entries", "state"}, func(ctx context.Context, tx *store.Tx, key *seal.Key, doc *Grievance) error {
		if err := g.declared(ctx, tx, a); err != nil {
			return err
		}
		if err := doc.advance(m, g.today()); err != nil {
			return err
		}
		var err error
		if e.Text, err = key.Seal(doc.ID, e.field(), text); err != nil {
			return err
		}
		doc.Entries = append(doc.Entries, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return g.Read(ctx, a, grievance)
}

// Close ends it. Faults: grievance.text_missing (at outcome),
// grievance.not_told, grievance.not_decided, grievance.closed,
// conflict.declare_first.
func (g *Grievances) Close(ctx context.Context, a access.Actor, k once.Key, grievance string, in Closing) (*Opened, error) {
	outcome := script.CleanLines(in.Outcome)
	if err := fault.Of("request.invalid", checkText("outcome", outcome)...); err != nil {
		return nil, err
	}
	if !in.Told {
		return nil, errNotTold
	}
	err := g.handle(ctx, a, k, grievance, []string{"state", "outcome", "wishes"}, func(ctx context.Context, tx *store.Tx, key *seal.Key, doc *Grievance) error {
		if err := g.declared(ctx, tx, a); err != nil {
			return err
		}
		if err := doc.advance(closes, g.today()); err != nil {
			return err
		}
		doc.Wishes = in.Wishes
		var err error
		doc.Outcome, err = key.Seal(doc.ID, "outcome", outcome)
		return err
	})
	if err != nil {
		return nil, err
	}
	return g.Read(ctx, a, grievance)
}

// PassOn gives it to the next free reader; the actor does not see it again. It
// can be done without having declared anything: nothing is read for it.
// Faults: grievance.nobody_next, grievance.closed.
func (g *Grievances) PassOn(ctx context.Context, a access.Actor, k once.Key, grievance string, why Why) error {
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return err
	}
	return g.handle(ctx, a, k, grievance, []string{"handler"}, func(ctx context.Context, tx *store.Tx, _ *seal.Key, doc *Grievance) error {
		if err := doc.advance(passes, g.today()); err != nil {
			return err
		}
		next, err := g.onwards(ctx, tx, a.Org, root, doc)
		if err != nil {
			return err
		}
		if len(next) == 0 {
			return errNobodyNext
		}
		if why == Conflict {
			doc.Apart = append(doc.Apart, a.Person)
			slices.Sort(doc.Apart)
			doc.Apart = slices.Compact(doc.Apart)
		}
		return g.move(ctx, tx, doc, next[0].person)
	})
}

// handle runs one act of the reader in whose hands a grievance is.
func (g *Grievances) handle(ctx context.Context, a access.Actor, k once.Key, grievance string, fields []string, do func(context.Context, *store.Tx, *seal.Key, *Grievance) error) error {
	root, err := g.root(ctx, a.Org)
	if err != nil {
		return err
	}
	key, err := g.keys.Of(ctx, a.Org, grievance)
	if err != nil {
		return g.refuse(ctx, a, grievance, notFound(err))
	}
	err = g.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		doc, err := grievances.Get(ctx, tx, grievance)
		if err != nil {
			return notFound(err)
		}
		if err := g.mayAct(ctx, tx, a, root, doc); err != nil {
			return err
		}
		if err := depend(ctx, tx, a.Person, doc); err != nil {
			return err
		}
		if err := do(ctx, tx, key, doc); err != nil {
			return err
		}
		if err := grievances.Replace(ctx, tx, doc); err != nil {
			return err
		}
		if err := g.audit.Did(ctx, tx, a, doc.Category.act(), []string{grievance}, fields...); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, g.clock.Now(), grievance)
	})
	return g.refuse(ctx, a, grievance, err)
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (g *Grievances) refuse(ctx context.Context, a access.Actor, grievance string, err error) error {
	return g.audit.Refusal(ctx, g.store.Org(a.Org), a, access.HandleSensitive, grievance, err)
}

// notFound makes what is absent look like what is refused.
func notFound(err error) error {
	if errors.Is(err, store.ErrAbsent) || errors.Is(err, seal.ErrNoKey) {
		return access.Refused
	}
	return err
}
