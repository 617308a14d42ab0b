package notice

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/member"
	"chautari/models/notice/gateway"
	"chautari/models/notice/mail"
	"chautari/models/notice/sentence"
	"chautari/models/once"
	"chautari/models/phone"
	"chautari/models/store"
)

const (
	// codeLasts is for how long digits count.
	codeLasts = 10 * time.Minute
	// mostWrong is how many others may be typed before they count no more.
	mostWrong = 5
	// mostCodes is how often digits go out in a day: for one person, and to one
	// number whoever names it.
	mostCodes = 3
)

// Opting is what it takes to be sent SMS: a number, hours in which it is safe,
// and the yes to it.
type Opting struct {
	Phone   string        `json:"phone" validate:"required,max=40"`
	Hours   Hours         `json:"hours" validate:"required"`
	Consent consent.Given `json:"consent" validate:"required"`
}

// BeginSMS keeps a number and hours, in place of earlier ones, and sends digits
// to the number; nothing else is sent until she typed them. That is done within
// her hours only. What it answers doesn't depend on whose number it is.
//
// Faults: notice.not_here; fields phone: phone.*, notice.not_mobile; hours:
// notice.hours_missing, notice.hours_short, notice.outside_hours; consents:
// consent.*; notice.codes_too_often.
func (n *Notices) BeginSMS(ctx context.Context, a access.Actor, k once.Key, in Opting) (*Own, error) {
	if err := access.Decide(a, access.ChooseMessages, own(a)); err != nil {
		return nil, n.refuse(ctx, a, access.ChooseMessages, err)
	}
	if !n.carries(SMS) {
		return nil, errNotHere
	}
	number, faults := readNumber(in.Phone)
	wrong := in.Hours.check()
	if len(wrong) == 0 && !in.Hours.Open(n.clock.Now()) {
		wrong = []fault.Field{fault.At("hours", "notice.outside_hours")}
	}
	faults = append(faults, wrong...)
	faults = append(faults, consent.Check([]consent.Given{in.Consent})...)
	if in.Consent.Purpose != consent.MessagesSMS {
		faults = append(faults, fault.At("consent", "consent.text_unknown"))
	}
	if err := fault.Of("request.invalid", faults...); err != nil {
		return nil, err
	}
	line, err := n.line(ctx, a, SMS, number)
	if err != nil {
		return nil, err
	}
	line.Hours = &in.Hours
	return n.begin(ctx, a, k, SMS, line, func(tx *store.Tx) error {
		_, state, err := n.members.GroupOf(ctx, tx, a.Person)
		if err == nil && state != member.Active {
			err = access.Refused
		}
		if err != nil {
			return err
		}
		_, err = consent.Add(ctx, tx, a.Person, consent.BySelf, []consent.Given{in.Consent}, n.clock.Now())
		return notFound(err)
	})
}

// BeginMail is BeginSMS for somebody who works here: an address at which she is
// told once a morning at the most that there is something to look at. Faults:
// notice.not_here; address: notice.not_address; notice.codes_too_often.
func (n *Notices) BeginMail(ctx context.Context, a access.Actor, k once.Key, address string) (*Own, error) {
	if err := access.Decide(a, access.ChooseMail, own(a)); err != nil {
		return nil, n.refuse(ctx, a, access.ChooseMail, err)
	}
	if !n.carries(Mail) {
		return nil, errNotHere
	}
	to, ok := mail.Address(address)
	if !ok {
		return nil, fault.Of("request.invalid", fault.At("address", "notice.not_address"))
	}
	line, err := n.line(ctx, a, Mail, to)
	if err != nil {
		return nil, err
	}
	return n.begin(ctx, a, k, Mail, line, func(*store.Tx) error { return nil })
}

func own(a access.Actor) access.Facts { return access.Facts{Org: a.Org, Own: a.Person != ""} }

// readNumber reads a mobile number of Nepal in E.164.
func readNumber(typed string) (string, []fault.Field) {
	number, err := phone.Read(typed)
	if f, ok := fault.As(err); ok {
		return "", []fault.Field{fault.At("phone", f.Code)}
	}
	if _, ok := gateway.Nepali(number); !ok {
		return "", []fault.Field{fault.At("phone", "notice.not_mobile")}
	}
	return number, nil
}

// line seals a number or address and new digits for it.
func (n *Notices) line(ctx context.Context, a access.Actor, c Channel, to string) (l Line, err error) {
	key, err := n.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return l, notFound(err)
	}
	doc, field := sealedAs(a.Person, c)
	if l.To, err = key.Seal(doc, field, to); err != nil {
		return l, err
	}
	doc, field = codeAs(a.Person, c)
	if l.Code, err = key.Seal(doc, field, sentence.Draw().Reveal()); err != nil {
		return l, err
	}
	if l.Hash, err = n.hashes.Of(ctx, a.Org, string(c)+" "+to); err != nil {
		return l, err
	}
	l.CodeUntil, l.Asked = n.clock.Now().Add(codeLasts), n.today()
	return l, nil
}

// begin keeps a line that is not checked yet and has its digits sent.
func (n *Notices) begin(ctx context.Context, a access.Actor, k once.Key, c Channel, l Line, more func(*store.Tx) error) (*Own, error) {
	act := map[Channel]access.Action{SMS: access.ChooseMessages, Mail: access.ChooseMail}[c]
	err := n.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		now := n.clock.Now()
		choice, err := choiceOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		choice.Codes = slices.DeleteFunc(choice.Codes, func(at time.Time) bool { return now.Sub(at) >= day })
		if len(choice.Codes) >= mostCodes {
			return errOften
		}
		if err := more(tx); err != nil {
			return err
		}
		choice.Codes = append(choice.Codes, now)
		*choice.line(c) = l
		if err := keep(ctx, tx, choice); err != nil {
			return err
		}
		if err := n.dropWaiting(ctx, tx, a.Person, c); err != nil {
			return err
		}
		if err := n.codeTo(ctx, tx, a.Person, c, l, now); err != nil {
			return err
		}
		if err := n.audit.Did(ctx, tx, a, act, []string{a.Person}, string(c)); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, now)
	})
	if err != nil {
		return nil, n.refuse(ctx, a, act, err)
	}
	return n.Read(ctx, a)
}

// line is the one of a channel.
func (c *Choice) line(of Channel) *Line {
	if of == Mail {
		return &c.Mail
	}
	return &c.SMS
}

// codeTo has the digits sent, unless as many went to that number today already,
// by whomever: a number that isn't hers is not to be flooded, and that it was
// named before is not told.
func (n *Notices) codeTo(ctx context.Context, tx *store.Tx, person string, c Channel, l Line, now time.Time) error {
	sent := 0
	err := messages.Each(ctx, tx, store.Query{Index: "to", Equal: []any{l.Hash}, From: now.Add(time.Millisecond - day)}, func(m *Message) error {
		if m.Sentence == sentence.Code && m.State != Dropped {
			sent++
		}
		return nil
	})
	if err != nil || sent >= mostCodes {
		return err
	}
	return messages.Insert(ctx, tx, &Message{
		Meta: store.Meta{ID: id.New("msg")}, Person: person, Sentence: sentence.Code,
		Channel: c, State: Waiting, NotBefore: now, Until: l.CodeUntil, To: l.Hash, Day: n.today(),
	})
}

// Check compares digits that she typed with those that were sent; from then on
// messages come. Fault notice.code_wrong: they are others, or too old, or none
// were sent, or too many others were typed.
func (n *Notices) Check(ctx context.Context, a access.Actor, k once.Key, c Channel, typed string) (*Own, error) {
	if err := access.Decide(a, access.AnswerMessages, own(a)); err != nil {
		return nil, n.refuse(ctx, a, access.AnswerMessages, err)
	}
	key, err := n.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	digits, _ := sentence.Read(typed)
	right := false
	err = n.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		right = false
		_, done, err := once.Earlier(ctx, tx, a, k)
		if right = done; done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		choice, err := choiceOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		l, now := choice.line(c), n.clock.Now()
		if l.Code.Empty() || !now.Before(l.CodeUntil) || l.CodeUntil.Sub(now) > codeLasts {
			return nil
		}
		doc, field := codeAs(a.Person, c)
		stored, err := key.Open(doc, field, l.Code)
		if err != nil {
			return err
		}
		wanted, _ := sentence.Read(stored.Reveal())
		if !wanted.Same(digits) {
			if l.Wrong++; l.Wrong >= mostWrong {
				l.Code = nil
			}
			return keep(ctx, tx, choice)
		}
		right = true
		l.Checked, l.Code, l.CodeUntil, l.Wrong, l.Asked = true, nil, time.Time{}, 0, n.today()
		if c == Mail {
			l.Next = nextMorning(now)
		}
		if err := keep(ctx, tx, choice); err != nil {
			return err
		}
		if err := n.audit.Did(ctx, tx, a, access.AnswerMessages, []string{a.Person}, string(c)); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, now)
	})
	if err != nil {
		return nil, n.refuse(ctx, a, access.AnswerMessages, err)
	}
	if !right {
		return nil, errCode
	}
	return n.Read(ctx, a)
}

// Stop ends messages by a channel at once: the number goes, what waits is
// dropped, and the yes to it is taken back. Stopped twice is stopped.
func (n *Notices) Stop(ctx context.Context, a access.Actor, k once.Key, c Channel) (*Own, error) {
	if err := access.Decide(a, access.AnswerMessages, own(a)); err != nil {
		return nil, n.refuse(ctx, a, access.AnswerMessages, err)
	}
	space := n.store.Org(a.Org)
	err := space.Tx(ctx, func(tx *store.Tx) error {
		if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
			return err
		}
		changed, err := n.stop(ctx, tx, a.Person, c)
		if err != nil {
			return err
		}
		if changed {
			if err := n.audit.Did(ctx, tx, a, access.AnswerMessages, []string{a.Person}, string(c)); err != nil {
				return err
			}
		}
		return once.Remember(ctx, tx, a, k, n.clock.Now())
	})
	if err != nil {
		return nil, n.refuse(ctx, a, access.AnswerMessages, err)
	}
	_, _ = n.keys.KeepRetracted(ctx, space, store.MaxLimit) // if the keys store is away, the sweep tells it
	return n.Read(ctx, a)
}

// EndSMS is Stop by SMS within what somebody does elsewhere: taking her yes to
// messages back, or ending her membership, without which none may be sent.
func (n *Notices) EndSMS(ctx context.Context, tx *store.Tx, a access.Actor) error {
	_, err := n.stop(ctx, tx, a.Person, SMS)
	return err
}

// stop ends one channel of somebody, with the yes to it.
func (n *Notices) stop(ctx context.Context, tx *store.Tx, person string, c Channel) (changed bool, err error) {
	choice, err := choiceOf(ctx, tx, person)
	if err != nil {
		return false, err
	}
	if l := choice.line(c); l.held() {
		*l, changed = Line{}, true
		if err := keep(ctx, tx, choice); err != nil {
			return false, err
		}
	}
	if err := n.dropWaiting(ctx, tx, person, c); err != nil || c != SMS {
		return changed, err
	}
	sheet, err := consent.Of(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) {
		return changed, nil
	}
	if err != nil {
		return false, err
	}
	for _, given := range sheet.Consents {
		if given.Purpose == consent.MessagesSMS && given.Live(n.clock.Now()) {
			if _, err := consent.Withdraw(ctx, tx, person, given.ID, n.clock.Now()); err != nil {
				return false, err
			}
			changed = true
		}
	}
	return changed, nil
}

// dropWaiting drops what waits for somebody by a channel.
func (n *Notices) dropWaiting(ctx context.Context, tx *store.Tx, person string, c Channel) error {
	var waiting []*Message
	err := messages.Each(ctx, tx, store.Query{Index: "person", Equal: []any{person}}, func(m *Message) error {
		if m.Channel == c && m.State == Waiting {
			waiting = append(waiting, m)
		}
		return nil
	})
	for _, m := range waiting {
		if err != nil {
			break
		}
		m.State, m.Over = Dropped, n.today()
		err = messages.Replace(ctx, tx, m)
	}
	return err
}
