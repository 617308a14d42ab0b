package member

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what is kept of her as a person of the organisation.
type Hers struct {
	ChosenName  string             `json:"chosenName,omitempty"`
	PaperName   string             `json:"paperName,omitempty"`
	Phone       string             `json:"phone,omitempty"`
	Birth       string             `json:"birth,omitempty"`
	District    string             `json:"district,omitempty"`
	Age         Said               `json:"age,omitempty"` // whether she is 18, as she said
	Group       *organisation.Name `json:"group,omitempty"`
	GroupUnsure bool               `json:"groupUnsure"`
	Membership  State              `json:"membership"`
	Since       calendar.Date      `json:"since"`
	Language    string             `json:"language,omitempty"`
	Reason      Reason             `json:"reason,omitempty"`
	Words       string             `json:"words,omitempty"`
	AskedBy     calendar.Date      `json:"askedBy,omitzero"`     // carried over until then
	Unreadable  []string           `json:"unreadable,omitempty"` // what was damaged, and is missing above
}

// Holds names the collections that members answer for before her rights.
func (m *Members) Holds() []string {
	return []string{members.Spec().Name, departures.Spec().Name}
}

// Hers is a *Hers, or nil for nobody.
func (m *Members) Hers(ctx context.Context, v store.View, key *seal.Key, a access.Actor) (any, error) {
	doc, err := members.Get(ctx, v, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	o, err := open(key, doc)
	if err != nil {
		return nil, err
	}
	h := &Hers{
		ChosenName: o.Alias.Reveal(), PaperName: o.PaperName.Reveal(), Phone: o.Phone.Reveal(),
		District: o.District.Reveal(), Age: o.Age.Said, GroupUnsure: o.Unsure, Membership: o.State, Since: o.Since,
		Language: doc.Language, Reason: o.Reason, Words: o.Words.Reveal(), Unreadable: o.Damaged,
	}
	if !o.Birth.IsZero() {
		h.Birth = o.Birth.String()
	}
	if o.CarriedOver != nil {
		h.AskedBy = o.CarriedOver.Until
	}
	tree, err := m.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	if g := tree.Get(o.Group); g != nil {
		h.Group = &g.Name
	}
	return h, nil
}

// Leave ends her membership, as taking back her yes does.
func (m *Members) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	_, err := members.Update(ctx, tx, a.Person, func(doc *Member) error {
		if doc.State != Ended {
			doc.State, doc.Since = Ended, m.today()
		}
		return nil
	})
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	return err
}

// Erase removes her document, tells every instance, and has her key follow.
func (m *Members) Erase(ctx context.Context, tx *store.Tx, a access.Actor, _ int) (int, error) {
	doc, err := members.Get(ctx, tx, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return 1, remove(ctx, tx, doc)
}

// Stays: nothing does.
func (m *Members) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
