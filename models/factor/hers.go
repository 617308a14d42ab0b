package factor

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what is kept of what she gives beside her words.
type Hers struct {
	Factors []HersFactor `json:"factors"`
	Codes   int          `json:"codes"` // left on her paper
}

// HersFactor is one of them, without what would let anybody in.
type HersFactor struct {
	Kind account.Factor `json:"kind"`
	Name string         `json:"name"`
	Day  calendar.Date  `json:"day"`
}

// Holds names the collections that factors answer for before her rights.
func (f *Factors) Holds() []string { return []string{sets.Spec().Name, ceremonies.Spec().Name} }

// Hers is a *Hers, or nil for whoever has none.
func (f *Factors) Hers(ctx context.Context, v store.View, key *seal.Key, a access.Actor) (any, error) {
	s, err := ofPerson(ctx, v, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	h := &Hers{Factors: []HersFactor{}, Codes: len(s.Codes)}
	for _, it := range s.all() {
		name, err := key.Open(s.ID, "name/"+it.id, it.name)
		if err != nil {
			return nil, err
		}
		h.Factors = append(h.Factors, HersFactor{Kind: it.kind, Name: name.Reveal(), Day: it.day})
	}
	return h, nil
}

func ofPerson(ctx context.Context, v store.View, person string) (*set, error) {
	return sets.First(ctx, v, store.Query{Index: "person", Equal: []any{person}})
}

// Leave has nothing to give back; her sign-ins end with her account.
func (f *Factors) Leave(context.Context, *store.Tx, access.Actor) error { return nil }

// Erase removes all of it. What was begun and not ended names nobody, and is
// gone within minutes.
func (f *Factors) Erase(ctx context.Context, tx *store.Tx, a access.Actor, _ int) (int, error) {
	id := a.Account // which names what was damaged too
	switch s, err := ofPerson(ctx, tx, a.Person); {
	case err == nil:
		id = s.ID
	case !errors.Is(err, store.ErrAbsent):
		return 0, err
	case id == "":
		return 0, nil
	}
	was, err := sets.Wipe(ctx, tx, id)
	if !was || err != nil {
		return 0, err
	}
	return 1, nil
}

// Stays: nothing does.
func (f *Factors) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
