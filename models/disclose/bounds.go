package disclose

import (
	"math"
	"slices"

	"chautari/models/fault"
)

// Unsafe is the code of figures that would give something hidden away. Each
// field names a table by its key; its parameter "merge" says what of it would be
// safe: "total", its total without rows.
const Unsafe = "disclose.unsafe"

// Check looks at tables that are about to leave together, as a stranger would
// who has nothing else, and answers an Unsafe fault if they give away what they
// hide, or could not have come from Publish. Being a test of what shows alone,
// it holds for figures that were stored meanwhile, too.
func (r Rule) Check(shown []Shown) error {
	var faults []fault.Field
	for _, i := range r.leaks(shown) {
		faults = append(faults, fault.At(shown[i].Key, Unsafe, "merge", "total"))
	}
	if len(faults) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Conflict, Code: Unsafe, Fields: faults}
}

// span is what may be true of a count: lo to hi, both included.
type span struct{ lo, hi int }

func (s span) meet(o span) span { return span{max(s.lo, o.lo), min(s.hi, o.hi)} }

// unlimited stands for no upper limit; sums of several still fit an int.
const unlimited = math.MaxInt32

var anything = span{0, unlimited}

// small are the counts that are hidden.
func (r Rule) small() span { return span{1, r.below() - 1} }

// spread are the true counts that a cell of this value may stand for; none where
// it is never shown.
func (r Rule) spread(value int) span {
	switch {
	case value == 0:
		return span{0, 0} // 1 and 2 would be hidden
	case value%Base != 0:
		return span{0, -1}
	}
	return span{max(value-Base/2, r.below()), value + Base/2}
}

// total is what the total by itself allows.
func (r Rule) total(s Shown) span {
	if s.Total.Hidden {
		return r.small()
	}
	return r.spread(s.Total.Value)
}

// rows is what each row by itself allows. Where any row shows, a hidden one is
// small; where none does, each may be anything, since all may stand in one.
func (r Rule) rows(s Shown) []span {
	hidden := anything
	if !s.bare() {
		hidden = r.small()
	}
	spans := make([]span, len(s.Rows))
	for i, c := range s.Rows {
		spans[i] = hidden
		if !c.Hidden {
			spans[i] = r.spread(c.Value)
		}
	}
	return spans
}

// bare tells that no row shows.
func (s Shown) bare() bool {
	return !slices.ContainsFunc(s.Rows, func(c Cell) bool { return !c.Hidden })
}

// bounds are, for each row of each table, the least and the largest count that
// agree with everything shown. Tables of the same Of hang together by their one
// total and by nothing else, and sums of whole spans leave no gaps, so narrowing
// the totals by the rows once, and then the rows by the totals, is exact.
func (r Rule) bounds(shown []Shown) [][]span {
	totals := map[string]span{}
	for _, s := range shown {
		total := r.total(s)
		if len(s.Rows) > 0 {
			total = total.meet(sum(r.rows(s)))
		}
		if other, known := totals[s.Of]; known {
			total = total.meet(other)
		}
		totals[s.Of] = total
	}
	all := make([][]span, len(shown))
	for i, s := range shown {
		total, rows := totals[s.Of], r.rows(s)
		for j, row := range rows {
			others := sum(slices.Concat(rows[:j], rows[j+1:]))
			all[i] = append(all[i], row.meet(span{total.lo - others.hi, total.hi - others.lo}))
		}
	}
	return all
}

func sum(spans []span) (all span) {
	for _, s := range spans {
		all.lo += s.lo
		all.hi += s.hi
	}
	return all
}

// leaks are the places of tables of which something hidden can be narrowed too
// far, or which agree with nothing.
func (r Rule) leaks(shown []Shown) []int {
	var wrong []int
	small := r.small()
	for i, spans := range r.bounds(shown) {
		for j, b := range spans {
			hidden := shown[i].Rows[j].Hidden
			if b.lo > b.hi || hidden && (b.lo > small.lo || b.hi < small.hi) {
				wrong = append(wrong, i)
				break
			}
		}
	}
	return wrong
}
