package training

import (
	"slices"
	"strconv"

	"chautari/models/calendar"
	"chautari/models/fault"
)

// State is where an intake stands on a day.
type State string

// The states.
const (
	Planned   State = "planned" // applying opens later
	Open      State = "open"
	Closed    State = "closed" // begins later
	Running   State = "running"
	Finished  State = "finished"
	Cancelled State = "cancelled"
)

// States lists them all.
var States = []State{Planned, Open, Closed, Running, Finished, Cancelled}

// On is the state on a day, which nothing stores: the days decide.
func (in *Intake) On(day calendar.Date) State {
	switch {
	case in.Cancelled:
		return Cancelled
	case day.Before(in.Opens):
		return Planned
	case !day.After(in.Closes):
		return Open
	case day.Before(in.Begins):
		return Closed
	case !day.After(in.Ends):
		return Running
	}
	return Finished
}

// Left is how many seats nobody has.
func (in *Intake) Left() int { return in.Seats - len(in.Enrolled) }

// Position is the place in the line, 1 for the first; 0 for who doesn't wait.
func (in *Intake) Position(enrolment string) int {
	return 1 + slices.IndexFunc(in.Waiting, func(p Place) bool { return p.Enrolment == enrolment })
}

// Standing is where an enrolment stands, as the intake has it.
func (in *Intake) Standing(enrolment string) Standing {
	is := func(p Place) bool { return p.Enrolment == enrolment }
	switch {
	case slices.ContainsFunc(in.Enrolled, is):
		return Enrolled
	case slices.ContainsFunc(in.Waiting, is):
		return Waiting
	}
	return Withdrawn
}

// place gives somebody a free seat, or the last place in the line. It fails for
// somebody who has one of both.
func (in *Intake) place(p Place) (Standing, error) {
	is := func(other Place) bool { return other.Person == p.Person || other.Enrolment == p.Enrolment }
	if slices.ContainsFunc(in.Enrolled, is) || slices.ContainsFunc(in.Waiting, is) {
		return "", errApplied
	}
	if in.Left() > 0 && len(in.Waiting) == 0 {
		in.Enrolled = append(in.Enrolled, p)
		return Enrolled, nil
	}
	in.Waiting = append(in.Waiting, p)
	return Waiting, nil
}

// leave takes an enrolment out and tells who moved up for it.
func (in *Intake) leave(enrolment string) (moved []Place) {
	is := func(p Place) bool { return p.Enrolment == enrolment }
	in.Enrolled = slices.DeleteFunc(in.Enrolled, is)
	in.Waiting = slices.DeleteFunc(in.Waiting, is)
	return in.moveUp()
}

// moveUp gives free seats to the first in the line, in their order.
func (in *Intake) moveUp() (moved []Place) {
	n := min(max(in.Left(), 0), len(in.Waiting))
	moved = slices.Clone(in.Waiting[:n])
	in.Enrolled = append(in.Enrolled, moved...)
	in.Waiting = slices.Delete(in.Waiting, 0, n)
	return moved
}

// setSeats changes how many seats there are and tells who moved up. Fewer than
// are enrolled is a fault, and changes nothing.
func (in *Intake) setSeats(n int) (moved []Place, err error) {
	if n < len(in.Enrolled) {
		return nil, &fault.Error{
			Kind: fault.Conflict, Code: "training.seats_below_enrolled",
			Fields: []fault.Field{fault.At("seats", "training.seats_below_enrolled", "enrolled", strconv.Itoa(len(in.Enrolled)))},
		}
	}
	in.Seats = n
	return in.moveUp(), nil
}

// cancel ends the intake and tells who loses a place.
func (in *Intake) cancel() (gone []Place) {
	gone = slices.Concat(in.Enrolled, in.Waiting)
	in.Cancelled, in.Enrolled, in.Waiting = true, nil, nil
	return gone
}
