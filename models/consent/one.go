package consent

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/fault"
	"chautari/models/store"
)

// A yes to publishing is for one story or one picture alone, so of such a
// purpose several stand on a sheet beside each other, each with the id by which
// what it is for knows it.

// GiveFor puts a yes for one thing alone on her sheet, whatever others of its
// purpose stand there, and returns its id. Faults as Begin; ErrNone where she has
// no sheet.
func GiveFor(ctx context.Context, tx *store.Tx, person string, how How, g Given, now time.Time) (string, error) {
	if err := fault.Of("request.invalid", Check([]Given{g})...); err != nil {
		return "", err
	}
	sheet, err := sheets.Get(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) {
		return "", ErrNone
	}
	if err != nil {
		return "", err
	}
	if err := fits(ctx, tx, []Given{g}); err != nil {
		return "", err
	}
	sheet.add(how, []Given{g}, now)
	return sheet.Consents[len(sheet.Consents)-1].ID, sheets.Replace(ctx, tx, sheet)
}

// LiveOne tells whether one yes holds at an instant, for others' sight.
func (s *Sheet) LiveOne(consent string, now time.Time) bool {
	return s != nil && !s.Restricted && s.GivenOne(consent, now)
}

// GivenOne is LiveOne whether restricted or not.
func (s *Sheet) GivenOne(consent string, now time.Time) bool {
	return s != nil && slices.ContainsFunc(s.Consents, func(c Consent) bool { return c.ID == consent && c.Live(now) })
}

// ProveOne makes a transaction depend on one yes of hers that holds; ErrNone
// where it doesn't.
func ProveOne(ctx context.Context, tx *store.Tx, person, consent string, now time.Time) error {
	sheet, err := sheets.Get(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) || err == nil && !sheet.LiveOne(consent, now) {
		return ErrNone
	}
	if err != nil {
		return err
	}
	return sheets.Require(ctx, tx, sheet)
}
