// Package disclose makes tables of counts safe to leave the organisation:
// small numbers hidden, the others rounded, and so much hidden beside them that
// none can be worked out again. It knows counts and rows, and nothing of what is
// counted, of people or of where the figures go.
//
// What holds of everything it gives out:
//
//   - A count above zero is hidden below a number, usually 10. Zero shows, unless
//     all of a table stand in one row: that would tell something of each of them.
//   - What shows is rounded to the nearest 5. A total is counted by itself and
//     rounded by itself.
//   - Whoever knows these rules, this code and everything that shows can narrow a
//     hidden small count, 1 to 9 as a rule, no further than to all small ones, and
//     any other hidden count to no fewer neighbouring values than that number.
//
// An organisation may choose the number, never below Least: less would be rounded
// away to nothing. It is the same for all that leaves together.
//
// Sources: NHS England's rule of suppression and rounding to base 5 with totals
// rounded independently; the attacker's intervals after Hundepool et al.,
// "Handbook on Statistical Disclosure Control".
package disclose

// The numbers of the rules above.
const (
	Usual = 10 // the least count above zero that shows, where nothing else was chosen
	Least = 3  // the least that can be chosen for it
	Base  = 5  // what shows is a multiple of it
)

// Rule is how small a count may be and still show: HiddenBelow is the least
// count above zero that does. Less than Least counts as Usual.
type Rule struct{ HiddenBelow int }

// below is the number that counts.
func (r Rule) below() int {
	if r.HiddenBelow < Least {
		return Usual
	}
	return r.HiddenBelow
}

// Table is a table of counts with one breakdown. Its total is the sum of its
// rows. Tables of one release with the same Of count the same people, so their
// sums are equal, and they are made safe together.
type Table struct {
	Key       string // its name, for a fault
	Of        string // what is counted
	Rows      []int  // true counts, none below zero
	TotalOnly bool   // it is given out without rows
}

// Cell is a count as it shows, or that it is hidden.
type Cell struct {
	Value  int // a multiple of Base; 0 when hidden
	Hidden bool
}

// Shown is a table as it may leave. Rows are those of the table in their order.
// There are none where it is given out without, or has but one, which is its total.
type Shown struct {
	Key, Of string
	Total   Cell
	Rows    []Cell
}

// Publish makes all tables of one release safe. The same counts always give the
// same answer, whatever their order.
//
// First only what is small is hidden: in most tables the rounding of the other
// rows then hides the difference. Where it doesn't, every row of the table is
// hidden and its total stands alone. There is no step between, though it would
// show more: to hide the next larger row as well tells whoever knows the rule
// that less was not enough, and that narrows the small ones again. Hiding all or
// nothing tells her no more than the rows that show.
func (r Rule) Publish(tables []Table) []Shown {
	shown := make([]Shown, len(tables))
	for i, t := range tables {
		shown[i] = r.shown(t)
	}
	for _, i := range r.leaks(shown) {
		shown[i].hideRows()
	}
	// A table without rows tells less of the total it shares, so the others are
	// no less safe than before.
	return shown
}

// shown hides what is small in a table, and rounds the rest.
func (r Rule) shown(t Table) Shown {
	total, filled := 0, 0
	for _, n := range t.Rows {
		total += n
		if n > 0 {
			filled++
		}
	}
	s := Shown{Key: t.Key, Of: t.Of, Total: r.cell(total)}
	if t.TotalOnly || len(t.Rows) < 2 {
		return s
	}
	s.Rows = make([]Cell, len(t.Rows))
	for i, n := range t.Rows {
		s.Rows[i] = r.cell(n)
	}
	if filled == 1 || s.Total.Hidden {
		s.hideRows()
	}
	return s
}

func (s *Shown) hideRows() {
	for i := range s.Rows {
		s.Rows[i] = Cell{Hidden: true}
	}
}

// cell shows a count by itself.
func (r Rule) cell(n int) Cell {
	if 0 < n && n < r.below() {
		return Cell{Hidden: true}
	}
	return Cell{Value: round(n)}
}

// round gives the nearest multiple of Base.
func round(n int) int { return (n + Base/2) / Base * Base }

// Percent is how much of a whole a part is, in whole per cent to the nearest 5,
// reckoned from the rounded counts. ok is false where the whole is too small to
// be shown.
func (r Rule) Percent(part, whole int) (percent int, ok bool) {
	if whole < r.below() {
		return 0, false
	}
	p, w := round(part), round(whole)
	return (2*100*p/Base + w) / (2 * w) * Base, true
}
