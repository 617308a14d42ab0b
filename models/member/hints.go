package member

import (
	"strings"

	"chautari/models/access"
)

// Hints on a row.
const (
	HintSameName  = "same_name"
	HintSamePhone = "same_phone"
)

// hints tell that somebody else of the actor's groups has the same name or the
// same phone. It is no more than a reason to ask: mothers and daughters share phones.
func (d *directory) hints(a access.Actor, doc *Member) []string {
	hints := []string{}
	mine := func(shelf string) bool {
		group, state, _ := strings.Cut(shelf, "|")
		return a.Coordinates(group) && State(state) != Ended && State(state) != hidden // who left is nobody to hint at
	}
	if d.index.Namesakes(doc.ID, mine) {
		hints = append(hints, HintSameName)
	}
	if d.phones.shared(doc.ID, mine) {
		hints = append(hints, HintSamePhone)
	}
	return hints
}
