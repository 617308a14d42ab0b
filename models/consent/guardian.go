package consent

import (
	"context"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Guardian is what the focal point or the deputy wrote down of somebody under 18:
// that whoever cares for her agreed too, or is set aside because she is safer so,
// and when that is looked at again (Individual Privacy Act 2075, s. 33); and whether
// the coordinators of her group may see her.
type Guardian struct {
	Own         bool          `bson:"own,omitempty"` // she said herself, in person, that she wishes it
	Agreed      bool          `bson:"agreed"`
	Aside       bool          `bson:"aside,omitempty"`
	Reason      seal.Sealed   `bson:"reason,omitempty"` // why the guardian was set aside
	Review      calendar.Date `bson:"review,omitempty"` // the day on which that is looked at again
	Listed      bool          `bson:"listed,omitempty"`
	Day         calendar.Date `bson:"day"`
	Witness     string        `bson:"witness"`
	WitnessRole access.Role   `bson:"witness_role"`
}

// Guarded tells whether a yes of hers may be used though she is under 18: the
// guardian agreed, or is set aside and the day of the review has not passed.
func (s *Sheet) Guarded(today calendar.Date) bool {
	if s == nil || s.Guardian == nil {
		return false
	}
	g := s.Guardian
	return g.Agreed || g.Aside && !g.Review.Before(today)
}

// Decided tells whether it was decided on her as somebody under 18.
func (s *Sheet) Decided() bool { return s != nil && s.Guardian != nil }

// Listed tells whether it was decided that her coordinators may see her though she
// is under 18. Where nothing was decided they may not.
func (s *Sheet) Listed() bool { return s.Decided() && s.Guardian.Listed }

// Review is the day on which it is looked at again that her guardian was set aside;
// zero where none is.
func (s *Sheet) Review() calendar.Date {
	if !s.Decided() || !s.Guardian.Aside {
		return calendar.Date{}
	}
	return s.Guardian.Review
}

// SetGuardian puts what was decided on her sheet, in place of what was before.
// store.ErrAbsent where she has none.
func SetGuardian(ctx context.Context, tx *store.Tx, person string, g *Guardian) error {
	sheet, err := sheets.Get(ctx, tx, person)
	if err != nil {
		return err
	}
	sheet.Guardian = g
	return sheets.Replace(ctx, tx, sheet)
}
