package routes

import (
	"chautari/models/calendar"
	"chautari/models/seal"
)

// What there is none of is null on the wire, never an empty text, zero or day.

// positive is null for none.
func positive(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// known is null for a day that isn't known.
func known(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// said is null for nothing said.
func said(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// shown is a name for somebody who may read it; null where there is none to show.
func shown(name seal.Clear) *string {
	if name.Empty() {
		return nil
	}
	return pointer(name.Reveal())
}
