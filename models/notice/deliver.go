package notice

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/notice/gateway"
	"chautari/models/notice/sentence"
	"chautari/models/seal"
	"chautari/models/store"
)

const (
	// mostTries is how often what surely did not go out is tried.
	mostTries = 6
	// firstPause is before the second try; each later one is twice as long.
	firstPause = time.Minute
)

// parcel is a sentence that may leave now, and where it goes.
type parcel struct {
	message Message
	to      seal.Clear
	text    sentence.Text
}

// Deliver hands over what is due in an organisation, and says how many left. It
// runs on one instance at a time. Before something is handed over it is marked
// as being so, in a transaction that depends on everything that lets it out; so
// whatever happens after that, it is never handed over twice.
func (n *Notices) Deliver(ctx context.Context, org string) (left int, err error) {
	due, err := n.inState(ctx, org, Waiting, n.clock.Now())
	for _, id := range due {
		if ctx.Err() != nil {
			break
		}
		p, ready, errOne := n.claim(ctx, org, id)
		if errOne == nil && ready {
			left++
			errOne = n.record(ctx, org, id, n.handOver(ctx, p))
		}
		err = errors.Join(err, errOne)
	}
	return left, err
}

// Abandoned closes what somebody was handing over who is gone: whether it went
// out is not known, so it is not sent again.
func (n *Notices) Abandoned(ctx context.Context, org string) error {
	open, err := n.inState(ctx, org, Sending, n.clock.Now().Add(day))
	for _, id := range open {
		if err == nil {
			err = n.record(ctx, org, id, gateway.Answer{Outcome: gateway.Unknown, Why: gateway.Unclear})
		}
	}
	return err
}

// inState lists at most a page of messages, the longest due first.
func (n *Notices) inState(ctx context.Context, org string, s State, until time.Time) (ids []string, err error) {
	found, _, err := messages.Find(ctx, n.store.Org(org), store.Query{
		Index: "due", Equal: []any{string(s)}, Until: until.Add(time.Millisecond), Limit: store.MaxLimit,
	})
	for _, m := range found {
		ids = append(ids, m.ID)
	}
	return ids, err
}

// claim decides about one message and takes it out of what waits.
func (n *Notices) claim(ctx context.Context, org, id string) (p parcel, ready bool, err error) {
	by, err := n.orgs.Settings(ctx, org)
	if err != nil {
		return p, false, err
	}
	err = n.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		p, ready = parcel{}, false
		m, err := messages.Get(ctx, tx, id)
		if errors.Is(err, store.ErrAbsent) {
			return nil
		}
		if err != nil || m.State != Waiting {
			return err
		}
		s, language, err := n.standing(ctx, tx, m)
		if err != nil {
			return err
		}
		s.months = askAgain.Of(by)
		switch v, when := s.judge(n.clock.Now()); v {
		case wait:
			m.NotBefore = when
			return messages.Replace(ctx, tx, m)
		case send:
			if p, err = n.pack(ctx, tx.Org(), m, s.line, language); err != nil {
				return err
			}
			ready = !p.text.Empty()
		}
		if m.State = Sending; !ready {
			m.State, m.Over = Dropped, n.today()
		}
		m.Tries++
		return messages.Replace(ctx, tx, m)
	})
	return p, ready && err == nil, err
}

// standing looks up all that decides, and makes the transaction depend on it.
func (n *Notices) standing(ctx context.Context, tx *store.Tx, m *Message) (s standing, language string, err error) {
	s = standing{message: *m, carried: n.carries(m.Channel)}
	acc, err := account.OfPerson(ctx, tx, m.Person)
	if errors.Is(err, store.ErrAbsent) {
		return s, "", nil
	}
	if err != nil {
		return s, "", err
	}
	if err := account.Require(ctx, tx, acc); err != nil {
		return s, "", err
	}
	who := access.Actor{Org: tx.Org(), Account: acc.ID, Person: acc.Person, Roles: acc.Roles, Fresh: true}
	s.open, s.staff = !acc.Closed, access.Decide(who, access.ChooseMail, own(who)) == nil
	s.held = acc.Held(n.clock.Now()) != (access.Hold{})
	_, state, err := n.members.GroupOf(ctx, tx, m.Person)
	if err != nil {
		return s, "", err
	}
	s.active = state == member.Active
	choice, err := choices.Get(ctx, tx, m.Person)
	if errors.Is(err, store.ErrAbsent) {
		return s, "", nil
	}
	if err != nil {
		return s, "", err
	}
	s.line = *choice.line(m.Channel)
	if err := choices.Require(ctx, tx, choice); err != nil {
		return s, "", err
	}
	_, err = consent.Prove(ctx, tx, m.Person, consent.MessagesSMS, n.clock.Now())
	s.consents = err == nil
	if errors.Is(err, consent.ErrNone) {
		err = nil
	}
	return s, acc.Language, err
}

// pack opens where it goes and says the sentence.
func (n *Notices) pack(ctx context.Context, org string, m *Message, l Line, language string) (p parcel, err error) {
	key, err := n.keys.Of(ctx, org, m.Person)
	if errors.Is(err, seal.ErrNoKey) {
		return p, nil // she was erased
	}
	if err != nil {
		return p, err
	}
	doc, field := sealedAs(m.Person, m.Channel)
	to, err := key.Open(doc, field, l.To)
	if err != nil {
		return p, err
	}
	text := sentence.Say(m.Sentence, language)
	if m.Sentence == sentence.Code {
		doc, field := codeAs(m.Person, m.Channel)
		stored, err := key.Open(doc, field, l.Code)
		if err != nil {
			return p, err
		}
		digits, _ := sentence.Read(stored.Reveal())
		text = sentence.SayCode(digits, language)
	}
	return parcel{*m, to, text}, nil
}

// handOver gives a parcel to who carries it.
func (n *Notices) handOver(ctx context.Context, p parcel) (a gateway.Answer) {
	defer func() { n.outside.Told(p.message.Channel, a) }()
	if p.message.Channel == Mail {
		return n.outside.Mail.Send(ctx, p.to.Reveal(), p.text)
	}
	number, ok := gateway.Nepali(p.to.Reveal())
	if !ok {
		return gateway.Answer{Outcome: gateway.Refused, Why: gateway.Receiver}
	}
	return n.outside.SMS.Send(ctx, number, p.text)
}

// record writes down what became of a message that was being handed over.
func (n *Notices) record(ctx context.Context, org, id string, a gateway.Answer) error {
	return n.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		m, err := messages.Get(ctx, tx, id)
		if errors.Is(err, store.ErrAbsent) {
			return nil
		}
		if err != nil || m.State != Sending {
			return err
		}
		switch {
		case a.Outcome == gateway.Accepted:
			m.State = Sent
		case a.Outcome == gateway.NotSent && m.Tries < mostTries:
			m.State, m.NotBefore = Waiting, n.clock.Now().Add(firstPause<<(m.Tries-1))
		case a.Outcome == gateway.NotSent, a.Outcome == gateway.Refused:
			m.State = Failed
		default:
			m.State = Unclear
		}
		if m.State != Waiting {
			m.Over = n.today()
		}
		return messages.Replace(ctx, tx, m)
	})
}
