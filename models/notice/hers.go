package notice

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what is kept of her messages.
type Hers struct {
	SMS      *HersLine     `json:"sms,omitempty"`
	Mail     *HersLine     `json:"mail,omitempty"`
	Messages []HersMessage `json:"messages"`
}

// HersLine is a number or address of hers, and what she chose for it.
type HersLine struct {
	To       string        `json:"sentTo"`
	Days     []int         `json:"weekday,omitempty"`
	From     string        `json:"from,omitempty"`
	Until    string        `json:"until,omitempty"`
	Checked  bool          `json:"checked"`
	AskedDay calendar.Date `json:"askedOn"`
}

// HersMessage is that something was said to her; what is said stands in the sentence.
type HersMessage struct {
	Day      calendar.Date `json:"day"`
	Sentence string        `json:"said"` // "says." and the sentence
	By       Channel       `json:"by"`
}

// Holds names the collections that notices answer for before her rights.
func (n *Notices) Holds() []string { return []string{messages.Spec().Name, choices.Spec().Name} }

// Hers is a *Hers.
func (n *Notices) Hers(ctx context.Context, v store.View, key *seal.Key, a access.Actor) (any, error) {
	h := &Hers{Messages: []HersMessage{}}
	choice, err := choiceOf(ctx, v, a.Person)
	if err != nil {
		return nil, err
	}
	for c, to := range map[Channel]**HersLine{SMS: &h.SMS, Mail: &h.Mail} {
		l := choice.line(c)
		if !l.held() {
			continue
		}
		doc, field := sealedAs(a.Person, c)
		clear, err := key.Open(doc, field, l.To)
		if err != nil {
			return nil, err
		}
		line := &HersLine{To: clear.Reveal(), Checked: l.Checked, AskedDay: l.Asked}
		if l.Hours != nil {
			line.Days, line.From, line.Until = l.Hours.Days, l.Hours.From, l.Hours.To
		}
		*to = line
	}
	return h, messages.Each(ctx, v, store.Query{Index: "person", Equal: []any{a.Person}}, func(m *Message) error {
		h.Messages = append(h.Messages, HersMessage{Day: m.Day, Sentence: "says." + string(m.Sentence), By: m.Channel})
		return nil
	})
}

// Leave stops all messages to her.
func (n *Notices) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	for _, c := range []Channel{SMS, Mail} {
		if _, err := n.stop(ctx, tx, a.Person, c); err != nil {
			return err
		}
	}
	return nil
}

// Erase removes what was said to her and what she chose.
func (n *Notices) Erase(ctx context.Context, tx *store.Tx, a access.Actor, limit int) (int, error) {
	gone, err := messages.DeleteRange(ctx, tx, store.Query{Index: "person", Equal: []any{a.Person}}, limit)
	if err != nil || gone > 0 {
		return gone, err
	}
	choice, err := choices.Get(ctx, tx, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return 1, choices.Delete(ctx, tx, choice)
}

// Stays: nothing does.
func (n *Notices) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
