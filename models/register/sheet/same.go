package sheet

import "chautari/models/calendar"

// SamePerson tells whether two rows whose names are alike are one person: the
// same phone with births that don't contradict, or the same day of birth with
// phones that don't.
func SamePerson(a, b *Row) bool { return samePerson(a, b) }

// Contradict tells whether two births can't be one person's.
func Contradict(a, b calendar.Birth) bool { return contradict(a, b) }
