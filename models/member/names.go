package member

import (
	"context"
	"errors"
	"time"

	"chautari/models/consent"
	"chautari/models/seal"
	"chautari/models/store"
)

// Card is what other nouns need to know of a person: where she belongs, and
// what she is called. Whether somebody may be told is for the asking noun to
// decide, and to note in the trail.
type Card struct {
	Group string
	State State
	Name  seal.Clear
}

// Cards looks at most store.MaxIDs persons up, in the view where it is decided
// who may see them. Whoever was erased, whoever withdrew her yes to being kept,
// whoever has it restricted, and whoever is under 18 and not listed, is left out.
func (m *Members) Cards(ctx context.Context, v store.View, org string, ids []string) (map[string]Card, error) {
	return m.cards(ctx, v, org, ids, (*consent.Sheet).Live, false)
}

func (m *Members) cards(ctx context.Context, v store.View, org string, ids []string, yes func(*consent.Sheet, consent.Purpose, time.Time) bool, all bool) (map[string]Card, error) {
	docs, err := members.GetMany(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	sheets, err := consent.OfMany(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	now, today := m.clock.Now(), m.today()
	kept := docs[:0]
	for _, d := range docs {
		if yes(sheets[d.ID], consent.Membership, now) || d.carried(today) {
			kept = append(kept, d)
		}
	}
	opened, err := m.openAll(ctx, org, kept)
	if err != nil {
		return nil, err
	}
	cards := make(map[string]Card, len(opened))
	for _, o := range opened {
		if o.Name().Empty() || !all && !o.listed(sheets[o.ID], today) {
			continue
		}
		cards[o.ID] = Card{Group: o.Group, State: o.State, Name: o.Name()}
	}
	return cards, nil
}

// Names is what people are called who read what others send in. Here a
// restriction hides nobody, nor does her age: whoever speaks up must be able to say whom it is
// about, so that she is not the one who reads it.
func (m *Members) Names(ctx context.Context, v store.View, org string, ids []string) (map[string]seal.Clear, error) {
	cards, err := m.cards(ctx, v, org, ids, (*consent.Sheet).Given, true)
	if err != nil {
		return nil, err
	}
	names := make(map[string]seal.Clear, len(cards))
	for id, k := range cards {
		names[id] = k.Name
	}
	return names, nil
}

// GroupOf is where a person belongs and how her membership stands. Who is
// unknown has an empty group.
func (m *Members) GroupOf(ctx context.Context, v store.View, person string) (group string, state State, err error) {
	doc, err := members.Get(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	return doc.Group, doc.State, nil
}
