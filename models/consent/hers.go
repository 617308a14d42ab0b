package consent

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Kept answers for the sheets before her rights: what is hers of them, and that
// it goes with her.
type Kept struct{}

// Hers is what she ever said yes to, each with the text that she read.
type Hers struct {
	Consents   []HersGiven `json:"consents"`
	Restricted bool        `json:"restricted"` // nobody but she uses what is hers
}

// HersGiven is one yes of hers.
type HersGiven struct {
	Purpose     Purpose    `json:"purpose"`
	Recipient   Recipient  `json:"recipient"`
	Text        string     `json:"text"`
	Version     string     `json:"version"`
	Language    string     `json:"language"`
	How         How        `json:"how"`
	GivenAt     time.Time  `json:"givenAt"`
	Until       time.Time  `json:"until"`
	WithdrawnAt *time.Time `json:"withdrawnAt,omitempty"`
}

// Holds names the collections it answers for.
func (Kept) Holds() []string { return []string{sheets.Spec().Name} }

// Hers is a *Hers, or nil where she has no sheet.
func (Kept) Hers(ctx context.Context, v store.View, _ *seal.Key, a access.Actor) (any, error) {
	sheet, err := sheets.Get(ctx, v, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	h := &Hers{Consents: []HersGiven{}, Restricted: sheet.Restricted}
	for _, c := range sheet.Consents {
		h.Consents = append(h.Consents, HersGiven{
			Purpose: c.Purpose, Recipient: c.Recipient, Text: Words(c.Purpose, c.Version, c.Language), Version: c.Version,
			Language: c.Language, How: c.How, GivenAt: c.GivenAt, Until: c.Until, WithdrawnAt: c.Withdrawn,
		})
	}
	return h, nil
}

// Leave ends everybody else's sight of her at once, before anything is removed.
func (Kept) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	_, err := Restrict(ctx, tx, a.Person, true)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	return err
}

// Erase removes her sheet.
func (Kept) Erase(ctx context.Context, tx *store.Tx, a access.Actor, _ int) (int, error) {
	sheet, err := sheets.Get(ctx, tx, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return 1, sheets.Delete(ctx, tx, sheet)
}

// Stays: nothing does.
func (Kept) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
