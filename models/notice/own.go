package notice

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/notice/sentence"
	"chautari/models/store"
)

// Own is what somebody sees of her messages.
type Own struct {
	SMS   Way
	Mail  Way // of who works here
	InApp []*Message
}

// Way is how one channel stands for her.
type Way struct {
	Here     bool          // the organisation has somebody to carry messages so
	On       bool          // messages come
	Held     bool          // there is a number or address
	Checked  bool          // she typed the digits that were sent to it
	CodeLeft bool          // digits were sent and still count
	Ends     string        // last two digits of the number
	Hours    *Hours        // in which it is safe
	AskAgain calendar.Date // she is asked again on that day
}

// Read shows the actor what she chose, and what she hasn't seen.
func (n *Notices) Read(ctx context.Context, a access.Actor) (*Own, error) {
	if err := access.Decide(a, access.ReadOwn, own(a)); err != nil {
		return nil, err
	}
	space := n.store.Org(a.Org)
	choice, err := choiceOf(ctx, space, a.Person)
	if err != nil {
		return nil, err
	}
	sheet, err := consent.Of(ctx, space, a.Person)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return nil, err
	}
	by, err := n.orgs.Settings(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	o := &Own{InApp: []*Message{}}
	if o.SMS, err = n.way(ctx, a, choice, SMS); err != nil {
		return nil, err
	}
	if o.SMS.Held {
		o.SMS.AskAgain = choice.SMS.Asked.AddMonths(askAgain.Of(by))
		o.SMS.On = o.SMS.Checked && n.today().Before(o.SMS.AskAgain) && sheet.Live(consent.MessagesSMS, n.clock.Now())
	}
	if o.Mail, err = n.way(ctx, a, choice, Mail); err != nil {
		return nil, err
	}
	o.Mail.On = o.Mail.Checked
	return o, messages.Each(ctx, space, store.Query{Index: "person", Equal: []any{a.Person}, Down: true}, func(m *Message) error {
		if m.Channel == App && m.State == Shown {
			o.InApp = append(o.InApp, m)
		}
		return nil
	})
}

func (n *Notices) way(ctx context.Context, a access.Actor, choice *Choice, c Channel) (Way, error) {
	l := choice.line(c)
	w := Way{Here: n.carries(c), Held: l.held(), Checked: l.Checked, Hours: l.Hours}
	w.CodeLeft = !l.Code.Empty() && n.clock.Now().Before(l.CodeUntil)
	if !w.Held || c != SMS {
		return w, nil
	}
	key, err := n.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return w, notFound(err)
	}
	doc, field := sealedAs(a.Person, c)
	number, err := key.Open(doc, field, l.To)
	if text := number.Reveal(); err == nil && len(text) > 2 {
		w.Ends = text[len(text)-2:]
	}
	return w, err
}

// MarkSeen puts away one message of hers that was shown; one that isn't hers is
// access.Refused.
func (n *Notices) MarkSeen(ctx context.Context, a access.Actor, message string) error {
	err := access.Decide(a, access.AnswerMessages, own(a))
	if err == nil {
		err = n.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
			m, err := messages.Get(ctx, tx, message)
			if err != nil {
				return notFound(err)
			}
			if m.Person != a.Person || m.Channel != App {
				return access.Refused
			}
			if m.State != Shown {
				return nil
			}
			m.State, m.Over = Seen, n.today()
			return messages.Replace(ctx, tx, m)
		})
	}
	return n.audit.Refusal(ctx, n.store.Org(a.Org), a, access.AnswerMessages, message, err)
}

// Setup is how messages leave the server, as whoever runs the organisation reads it.
type Setup struct {
	SMS  string // what the companies are called; empty where nothing leaves
	Mail bool
}

// ReadSetup tells what leaves this server.
func (n *Notices) ReadSetup(_ context.Context, a access.Actor) (Setup, error) {
	if err := access.Decide(a, access.ReadSettings, access.Facts{Org: a.Org}); err != nil {
		return Setup{}, err
	}
	s := Setup{Mail: n.carries(Mail)}
	if n.carries(SMS) {
		s.SMS = n.outside.SMS.Name()
	}
	return s, nil
}

// To is somebody who can be told something: a person with an open account. It
// is made by known alone, from an account; who speaks up without a name has none.
type To struct{ person string }

// known finds whom to tell; ok is false for who has no way in, or none any more.
func known(ctx context.Context, v store.View, person string) (to To, ok bool, err error) {
	acc, err := account.OfPerson(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		return To{}, false, nil
	}
	return To{person}, err == nil && !acc.Closed, err
}

// shownFor is how long something unseen stays in the application.
const shownFor = 30

// tell says a sentence to somebody about one thing that happened: inside the
// application, and by SMS if she asked for that, until an instant.
func (n *Notices) tell(ctx context.Context, tx *store.Tx, to To, k sentence.Key, ref string, until time.Time) error {
	if to.person == "" {
		return nil
	}
	now := n.clock.Now()
	m := &Message{
		Meta: store.Meta{ID: named(App, k, to.person, ref)}, Person: to.person, Sentence: k, Channel: App, State: Shown,
		NotBefore: now, Until: until, Day: n.today(), Over: n.today().AddDays(shownFor),
	}
	if err := insertOnce(ctx, tx, m); err != nil {
		return err
	}
	choice, err := choiceOf(ctx, tx, to.person)
	if err != nil || !choice.SMS.Checked || choice.SMS.Hours == nil {
		return err
	}
	next, ok := choice.SMS.Hours.Next(now)
	if !ok || !next.Before(until) {
		return nil
	}
	return insertOnce(ctx, tx, &Message{
		Meta: store.Meta{ID: named(SMS, k, to.person, ref)}, Person: to.person, Sentence: k, Channel: SMS, State: Waiting,
		NotBefore: next, Until: until, To: choice.SMS.Hash, Day: n.today(),
	})
}

// insertOnce stores a message unless the same was made before.
func insertOnce(ctx context.Context, tx *store.Tx, m *Message) error {
	_, err := messages.Get(ctx, tx, m.ID)
	if !errors.Is(err, store.ErrAbsent) {
		return err
	}
	err = messages.Insert(ctx, tx, m)
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}
