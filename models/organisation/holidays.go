package organisation

import (
	"slices"

	"chautari/models/calendar"
)

// Holiday is a day on which the organisation is closed. It stops no clock of
// hers: what is due to her is due all the same.
type Holiday struct {
	Day  calendar.Date `bson:"day"`
	Name Name          `bson:"name"`
}

// inOrder puts holidays in the order of their days.
func inOrder(list []Holiday) []Holiday {
	return slices.SortedFunc(slices.Values(list), func(a, b Holiday) int { return a.Day.Compare(b.Day) })
}
