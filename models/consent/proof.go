package consent

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/store"
)

// Proof is a live yes, read or given in a transaction that requires it unchanged.
// Only this package makes one that covers anything.
type Proof struct{ purposes []Purpose }

// Covers tells whether the yes is for this purpose.
func (p Proof) Covers(purpose Purpose) bool { return slices.Contains(p.purposes, purpose) }

// ErrNone: there is no live consent for it.
var ErrNone = errors.New("consent: none")

// Prove looks for a live yes in a transaction and makes the transaction depend on it.
func Prove(ctx context.Context, tx *store.Tx, person string, p Purpose, now time.Time) (Proof, error) {
	sheet, err := sheets.Get(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) {
		return Proof{}, ErrNone
	}
	if err != nil {
		return Proof{}, err
	}
	if !sheet.Live(p, now) {
		return Proof{}, ErrNone
	}
	return Proof{[]Purpose{p}}, sheets.Require(ctx, tx, sheet)
}

// ProveOwn is Prove for what she does herself: a restriction keeps others from
// her, and her from nothing.
func ProveOwn(ctx context.Context, tx *store.Tx, person string, p Purpose, now time.Time) (Proof, error) {
	sheet, err := sheets.Get(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) || err == nil && !sheet.Given(p, now) {
		return Proof{}, ErrNone
	}
	if err != nil {
		return Proof{}, err
	}
	return Proof{[]Purpose{p}}, sheets.Require(ctx, tx, sheet)
}

// Still makes a transaction that used a sheet depend on it: nothing of what was
// decided on it is done once something was taken back.
func (s *Sheet) Still(ctx context.Context, tx *store.Tx) error {
	if s == nil {
		return nil
	}
	return sheets.Require(ctx, tx, s)
}
