package grievance

import (
	"testing"

	"pgregory.net/rapid"

	"chautari/models/calendar"
)

var allMoves = []move{answers, decides, notes, passes, closes, writes, forgets}

// Requirement 90: a model that knows only what was answered, decided and closed.
func TestOnlyAllowedMovesAreMade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(Categories).Draw(t, "category")
		sent := calendar.Date{Year: 2026, Month: 11, Day: 26}
		g := &Grievance{}
		g.fill(Sending{Category: c}, sent, nil)
		var answered, decided, closed bool
		for i, m := range rapid.SliceOfN(rapid.SampledFrom(allMoves), 0, 12).Draw(t, "moves") {
			today := sent.AddDays(i)
			before := *g
			err := g.advance(m, today)
			var want error
			switch {
			case closed && m != forgets:
				want = errClosed
			case m == closes && !decided && !(answered && (c == Service || c == Idea)):
				want = errNotDecided
			}
			if err != want {
				t.Fatalf("%s when answered %v, decided %v, closed %v: %v, want %v", m, answered, decided, closed, err, want)
			}
			if err != nil {
				if g.State != before.State || g.Due != before.Due || g.Closed != before.Closed {
					t.Fatal("a refused move changed something")
				}
				continue
			}
			answered = answered || m == answers || m == decides
			decided = decided || m == decides
			closed = closed || m == closes
			state := Received
			switch {
			case closed:
				state = Closed
			case decided:
				state = Decided
			case answered:
				state = Reading
			}
			if g.State != state || g.Acknowledged.IsZero() == answered || g.Decided.IsZero() == decided || g.Closed.IsZero() == closed {
				t.Fatalf("after %s: %s, acknowledged %s, decided %s, closed %s", m, g.State, g.Acknowledged, g.Decided, g.Closed)
			}
			if !before.Acknowledged.IsZero() && g.Acknowledged != before.Acknowledged {
				t.Fatal("the day of the first answer moved")
			}
		}
	})
}
