package consent

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Kept answers for the sheets before her rights: what is hers of them, and that
// it goes with her. The organisation's own texts it reads from its store; they are
// nobody's, and stay.
type Kept struct{ Store *store.Store }

// Hers is what she ever said yes to, each with the text that she read.
type Hers struct {
	Consents   []HersGiven  `json:"consents"`
	Sharings   []HersShared `json:"sharings"`
	Restricted bool         `json:"restricted"` // nobody but she uses what is hers
}

// HersShared is one line of what went out of the circle.
type HersShared struct {
	Day     calendar.Date `json:"day"`
	To      Outside       `json:"recipient"`
	What    []string      `json:"what"`
	Purpose Purpose       `json:"purpose,omitempty"`
}

// HersGiven is one answer of hers.
type HersGiven struct {
	Purpose     Purpose     `json:"purpose"`
	Recipient   Recipient   `json:"recipient"`
	Text        string      `json:"text"`
	Version     string      `json:"version"`
	Language    string      `json:"language"`
	Heard       bool        `json:"heard"`
	No          bool        `json:"no"`
	How         How         `json:"how"`
	WitnessRole access.Role `json:"witnessRole,omitempty"`
	GivenAt     time.Time   `json:"givenAt"`
	Until       time.Time   `json:"until,omitzero"` // a no has no end
	WithdrawnAt *time.Time  `json:"withdrawnAt,omitempty"`
}

// Holds names the collections it answers for.
func (Kept) Holds() []string {
	return []string{sheets.Spec().Name, sharings.Spec().Name, versions.Spec().Name, asked.Spec().Name, pieces.Spec().Name}
}

// Hers is a *Hers, or nil where she has no sheet.
func (k Kept) Hers(ctx context.Context, v store.View, _ *seal.Key, a access.Actor) (any, error) {
	sheet, err := sheets.Get(ctx, v, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	words, err := WordingsOf(ctx, k.Store.Org(organisation.Shown(a.Org)), sheet.Consents)
	if err != nil {
		return nil, err
	}
	h := &Hers{Consents: []HersGiven{}, Sharings: []HersShared{}, Restricted: sheet.Restricted}
	for _, c := range sheet.Consents {
		h.Consents = append(h.Consents, HersGiven{
			Purpose: c.Purpose, Recipient: c.Recipient, Text: words.Words(c.Purpose, c.Version, c.Language), Version: c.Version,
			Language: c.Language, Heard: c.Heard, No: c.No, How: c.How, WitnessRole: c.WitnessRole, GivenAt: c.GivenAt, Until: c.Until, WithdrawnAt: c.Withdrawn,
		})
	}
	went, err := SharingsOf(ctx, v, a.Person)
	for _, s := range went {
		h.Sharings = append(h.Sharings, HersShared{s.Day, s.To, s.What, s.Purpose})
	}
	return h, err
}

// Leave ends everybody else's sight of her at once, before anything is removed.
func (Kept) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	_, err := Restrict(ctx, tx, a.Person, true)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	return err
}

// Erase removes her sheet and the lines of what went out.
func (Kept) Erase(ctx context.Context, tx *store.Tx, a access.Actor, limit int) (int, error) {
	gone, err := sharings.DeleteRange(ctx, tx, store.Query{Index: "person", Equal: []any{a.Person}}, limit)
	if err != nil || gone == limit {
		return gone, err
	}
	sheet, err := sheets.Get(ctx, tx, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return gone, nil
	}
	if err != nil {
		return gone, err
	}
	return gone + 1, sheets.Delete(ctx, tx, sheet)
}

// Stays: nothing does.
func (Kept) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
