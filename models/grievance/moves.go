package grievance

import (
	"chautari/models/calendar"
	"chautari/models/fault"
)

// move is something that is done to a grievance.
type move string

const (
	answers move = "answers" // a reader writes to the sender
	decides move = "decides" // so does she, and it is the decision
	notes   move = "notes"   // a reader writes for readers
	names   move = "names"   // a reader notes that somebody is named
	passes  move = "passes"  // it goes on to another reader, by her or by the clock
	closes  move = "closes"
	writes  move = "writes"  // the sender writes again
	forgets move = "forgets" // the sender has the readers' words removed
)

// moves says from which state a move may be made and to which it leads. There
// is no other place where a state changes, and no way back.
var moves = map[move]map[State]State{
	answers: {Received: Reading, Reading: Reading, Decided: Decided},
	decides: {Received: Decided, Reading: Decided, Decided: Decided},
	notes:   {Received: Received, Reading: Reading, Decided: Decided},
	names:   {Received: Received, Reading: Reading, Decided: Decided},
	passes:  {Received: Received, Reading: Reading, Decided: Decided},
	closes:  {Decided: Closed},
	writes:  {Received: Received, Reading: Reading, Decided: Decided},
	forgets: {Received: Received, Reading: Reading, Decided: Decided, Closed: Closed},
}

var (
	errClosed     = fault.New(fault.Conflict, "grievance.closed")
	errNotDecided = fault.New(fault.Conflict, "grievance.not_decided")
)

// advance moves the grievance on a day, or tells why it can't be.
func (g *Grievance) advance(m move, today calendar.Date) error {
	to, ok := moves[m][g.State]
	if m == closes && g.Category.Everyday() && g.State == Reading {
		to, ok = Closed, true // an answer is enough for an idea or a complaint of the day
	}
	switch {
	case !ok && g.State == Closed:
		return errClosed
	case !ok:
		return errNotDecided
	}
	if (m == answers || m == decides) && g.Acknowledged.IsZero() {
		g.Acknowledged = today
	}
	if m == decides && g.Decided.IsZero() {
		g.Decided = today
	}
	if m == closes {
		g.Closed = today
	}
	g.State = to
	g.schedule()
	return nil
}
