package consent

import (
	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
)

// Guardian is what stands beside the yes of somebody under 18: that whoever cares
// for her agreed too, or that the focal point set that person aside because she is
// safer so, and when that is looked at again (Individual Privacy Act 2075, s. 33).
type Guardian struct {
	Agreed      bool          `bson:"agreed"`
	Aside       bool          `bson:"aside,omitempty"`
	Reason      seal.Sealed   `bson:"reason,omitempty"` // why the guardian was set aside
	Review      calendar.Date `bson:"review,omitempty"` // the day on which that is looked at again
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
