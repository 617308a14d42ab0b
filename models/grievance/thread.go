package grievance

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Line is one line of a thread as the sender sees it.
type Line struct {
	ID       string
	By       By
	Day      calendar.Date
	Text     seal.Clear
	Decision bool
}

// Thread is what lies behind a receipt. More tells that there are earlier
// lines which are not shown until they are asked for: somebody else may be
// looking at the screen.
type Thread struct {
	Category Category
	State    State
	Sent     calendar.Date
	Limits
	Acknowledged bool
	Lines        []Line
	More         bool
	Outside      bool // nobody here may read it any more: somebody outside has to hear it
}

// firstLine is the id of the words that began it.
const firstLine = "first"

// errUnknown is the answer to any receipt that opens nothing, whatever is
// wrong with it.
var errUnknown = fault.Of("request.invalid", fault.At("receipt", "grievance.receipt_unknown"))

// errFull: the sender has written as often as is kept.
var errFull = fault.New(fault.Conflict, "grievance.full")

// mostOfSender bounds how much a sender can add to one grievance.
const mostOfSender = 50

// byReceipt finds a grievance by the hash of its receipt; nil when there is none.
func byReceipt(ctx context.Context, v store.View, hash string) (*Grievance, error) {
	doc, err := grievances.First(ctx, v, store.Query{Index: "receipt", Equal: []any{hash}})
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	return doc, err
}

// find looks a receipt up: one slow hash and one read, whatever was typed.
func (g *Grievances) find(ctx context.Context, a access.Actor, receipt string) (*Grievance, error) {
	hash, err := g.receipts.hash(ctx, a.Org, receipt)
	if err != nil {
		return nil, err
	}
	doc, err := byReceipt(ctx, g.store.Org(a.Org), hash)
	if err != nil {
		return nil, err
	}
	if doc == nil {
		return nil, errUnknown
	}
	// Whoever brings the receipt is whose it is.
	return doc, access.Decide(a, access.FollowGrievance, access.Facts{Org: a.Org, Own: true})
}

// Open shows what readers wrote since the sender's last words, or with earlier
// all of both. Her own reading leaves no entry in the trail. Anything that is
// not a receipt of this organisation is grievance.receipt_unknown.
func (g *Grievances) Open(ctx context.Context, a access.Actor, receipt string, earlier bool) (*Thread, error) {
	doc, err := g.find(ctx, a, receipt)
	if err != nil {
		return nil, err
	}
	return g.thread(ctx, a.Org, doc, earlier)
}

// Write adds the sender's words. The same key sent again adds them once; with
// other words it is grievance.form_used. The faults beside that are
// grievance.receipt_unknown, grievance.text_missing, grievance.closed and
// grievance.full.
func (g *Grievances) Write(ctx context.Context, a access.Actor, receipt, text, key string) (*Thread, error) {
	text = script.CleanLines(text)
	if err := fault.Of("request.invalid", checkText("text", text)...); err != nil {
		return nil, err
	}
	doc, err := g.find(ctx, a, receipt)
	if err != nil {
		return nil, err
	}
	own, err := g.keys.Of(ctx, a.Org, doc.ID)
	if err != nil {
		return nil, err
	}
	name, err := g.forms.reply(ctx, a.Org, doc.ID, key)
	if err != nil {
		return nil, err
	}
	entry := Entry{ID: name, By: BySender, Day: g.today()}
	if entry.Text, err = own.Seal(doc.ID, entry.field(), text); err != nil {
		return nil, err
	}
	doc, err = g.follow(ctx, a, doc.ID, func(doc *Grievance) (bool, error) {
		of := 0
		for _, e := range doc.Entries {
			if e.ID == entry.ID {
				return false, sameWords(own, doc.ID, e, text)
			}
			if e.By == BySender {
				of++
			}
		}
		if err := doc.advance(writes, g.today()); err != nil {
			return false, err
		}
		if of >= mostOfSender {
			return false, errFull
		}
		doc.Entries = append(doc.Entries, entry)
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return g.thread(ctx, a.Org, doc, false)
}

// field is what the entry's text is bound to within its grievance.
func (e Entry) field() string { return "entries." + e.ID }

func sameWords(key *seal.Key, doc string, e Entry, text string) error {
	was, err := key.Open(doc, e.field(), e.Text)
	if err == nil && was.Reveal() != text {
		return errUsed
	}
	return err
}

// Forget removes what readers wrote, for good: somebody may find the receipt.
// That they wrote, and when, stays.
func (g *Grievances) Forget(ctx context.Context, a access.Actor, receipt string) (*Thread, error) {
	doc, err := g.find(ctx, a, receipt)
	if err != nil {
		return nil, err
	}
	doc, err = g.follow(ctx, a, doc.ID, func(doc *Grievance) (bool, error) {
		changed := false
		for i := range doc.Entries {
			if e := &doc.Entries[i]; e.By == ByReader && !e.Text.Empty() {
				e.Text, changed = nil, true
			}
		}
		return changed, doc.advance(forgets, g.today())
	})
	if err != nil {
		return nil, err
	}
	return g.thread(ctx, a.Org, doc, false)
}

// follow changes a grievance for its sender; change tells whether it did.
func (g *Grievances) follow(ctx context.Context, a access.Actor, id string, change func(*Grievance) (bool, error)) (doc *Grievance, err error) {
	err = g.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var err error
		if doc, err = grievances.Get(ctx, tx, id); err != nil {
			return err
		}
		changed, err := change(doc)
		if err != nil || !changed {
			return err
		}
		if err := grievances.Replace(ctx, tx, doc); err != nil {
			return err
		}
		return g.audit.Did(ctx, tx, access.AnonymousIn(a.Org), access.FollowGrievance, []string{id}, "entries")
	})
	return doc, err
}

// thread opens the lines that the sender is shown.
func (g *Grievances) thread(ctx context.Context, org string, doc *Grievance, earlier bool) (*Thread, error) {
	key, err := g.keys.Of(ctx, org, doc.ID)
	if err != nil {
		return nil, err
	}
	t := &Thread{
		Category: doc.Category, State: doc.State, Sent: doc.Sent, More: !earlier,
		Limits: Limits{doc.AcknowledgeBy, doc.DecideBy, doc.OutcomeBy}, Acknowledged: !doc.Acknowledged.IsZero(),
	}
	if t.Outside, err = g.outside(ctx, org, doc); err != nil {
		return nil, err
	}
	lines := slices.DeleteFunc(slices.Clone(doc.Entries), func(e Entry) bool {
		return e.Text.Empty() || e.By != BySender && e.By != ByReader
	})
	if earlier {
		text, err := key.Open(doc.ID, "text", doc.Text)
		if err != nil {
			return nil, err
		}
		t.Lines = append(t.Lines, Line{ID: firstLine, By: BySender, Day: doc.Sent, Text: text})
	} else {
		for i, e := range slices.Backward(lines) {
			if e.By == BySender {
				lines = lines[i+1:]
				break
			}
		}
	}
	for _, e := range lines {
		text, err := key.Open(doc.ID, e.field(), e.Text)
		if err != nil {
			return nil, err
		}
		t.Lines = append(t.Lines, Line{e.ID, e.By, e.Day, text, e.Decision})
	}
	return t, nil
}

// outside tells that an open grievance lies with somebody who may not read it,
// and that nobody is next.
func (g *Grievances) outside(ctx context.Context, org string, doc *Grievance) (bool, error) {
	if doc.State == Closed {
		return false, nil
	}
	root, err := g.root(ctx, org)
	if err != nil {
		return false, err
	}
	space := g.store.Org(org)
	pool, err := g.pool(ctx, space, root)
	if err != nil {
		return false, err
	}
	ties, err := g.ties(ctx, space, org, doc)
	if err != nil || doc.stays(pool, ties) {
		return false, err
	}
	next, err := g.onwards(ctx, space, org, root, doc)
	return len(next) == 0, err
}
