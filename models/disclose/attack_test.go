package disclose_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chautari/models/disclose"
)

// The attacker of these tests shares no reckoning with the package. She knows
// the code: she tries every table that there could be, publishes it, and keeps
// those that come out as what she was shown. What a hidden row holds in these
// is all that she can know of it.

// attack fails when she narrows a hidden row too far. It takes one table, or two of the same people.
func attack(t rapid.TB, r disclose.Rule, tables ...disclose.Table) {
	t.Helper()
	shown := r.Publish(tables)
	worlds := make([]map[int][][]int, len(tables))
	for i, s := range shown {
		worlds[i] = guesses(below(r), s)
	}
	for i := range tables {
		seen := make([][]int, len(shown[i].Rows)) // what she finds possible for each row: least, most
		for total, mine := range worlds[i] {
			others := [][]int{nil}
			if len(tables) == 2 {
				others = worlds[1-i][total]
			}
			for _, rows := range mine {
				if widens(seen, rows) && slices.ContainsFunc(others, func(other []int) bool {
					tried := slices.Clone(tables)
					tried[i].Rows = rows
					if other != nil {
						tried[1-i].Rows = other
					}
					return reflect.DeepEqual(r.Publish(tried), shown)
				}) {
					learn(seen, rows)
				}
			}
		}
		for j, c := range shown[i].Rows {
			if c.Hidden && tooNarrow(below(r), tables[i].Rows[j], seen[j]) {
				t.Fatalf("%v shown as %+v: row %d is known to be from %d to %d", tables[i].Rows, shown[i], j, seen[j][0], seen[j][1])
			}
		}
	}
}

// tooNarrow tells that what she finds possible says too much of a hidden count.
func tooNarrow(below, truth int, seen []int) bool {
	least, most := seen[0], seen[1]
	if truth < least || truth > most {
		panic("the truth is not among what she finds")
	}
	if 1 <= truth && truth < below {
		return least > 1 || most < below-1
	}
	return most-least < below-1
}

// below is the number that a rule goes by, reckoned here once more.
func below(r disclose.Rule) int {
	if r.HiddenBelow < 3 {
		return 10
	}
	return r.HiddenBelow
}

// rules are those that an organisation may choose, the usual one among them.
var rules = []disclose.Rule{{}, {HiddenBelow: 3}, {HiddenBelow: 4}, {HiddenBelow: 5}, {HiddenBelow: 7}, {HiddenBelow: 12}, {HiddenBelow: 15}, {HiddenBelow: 20}}

// guesses are all rows that could be behind a table, by their sum. She tries
// every count up to what the total allows.
func guesses(below int, s disclose.Shown) map[int][][]int {
	most := s.Total.Value + 2
	if s.Total.Hidden {
		most = below - 1
	}
	all := map[int][][]int{}
	if s.Rows == nil {
		for n := 0; n <= most; n++ {
			all[n] = [][]int{{n}}
		}
		return all
	}
	rows := make([]int, len(s.Rows))
	var try func(at, left int)
	try = func(at, left int) {
		if at == len(rows) {
			all[most-left] = append(all[most-left], slices.Clone(rows))
			return
		}
		for n := 0; n <= left; n++ {
			if c := s.Rows[at]; c.Hidden || n >= c.Value-2 && n <= c.Value+2 {
				rows[at] = n
				try(at+1, left-n)
			}
		}
	}
	try(0, most)
	for total := range all {
		if total < s.Total.Value-2 || s.Total.Hidden && total == 0 {
			delete(all, total)
		}
	}
	return all
}

// widens tells whether rows would add to what she finds possible.
func widens(seen [][]int, rows []int) bool {
	for j, n := range rows[:len(seen)] {
		if len(seen[j]) == 0 || n < seen[j][0] || n > seen[j][1] {
			return true
		}
	}
	return false
}

func learn(seen [][]int, rows []int) {
	for j, n := range rows[:len(seen)] {
		if len(seen[j]) == 0 {
			seen[j] = []int{n, n}
		}
		seen[j][0], seen[j][1] = min(seen[j][0], n), max(seen[j][1], n)
	}
}

// count draws small numbers often, since they are what matters.
func count(most int) *rapid.Generator[int] {
	return rapid.OneOf(rapid.IntRange(0, 9), rapid.IntRange(0, most))
}

func TestNobodyWhoKnowsTheRulesWorksOutAHiddenRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 4).Draw(t, "rows")
		rows := rapid.SliceOfN(count(26), n, n).Draw(t, "counts")
		r := rapid.SampledFrom(rules).Draw(t, "rule")
		attack(t, r, disclose.Table{Of: "people", Rows: rows})
	})
}

func TestNobodyWorksItOutFromTwoTablesOfTheSamePeople(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.SliceOfN(count(22), 2, 3).Draw(t, "counts")
		total := sum(people)
		again := make([]int, rapid.IntRange(2, 3).Draw(t, "rows of the other"))
		left := total
		for i := range again[1:] {
			again[i] = rapid.IntRange(0, left).Draw(t, "of the other")
			left -= again[i]
		}
		again[len(again)-1] = left
		r := rapid.SampledFrom(rules).Draw(t, "rule")
		attack(t, r, disclose.Table{Of: "people", Rows: people}, disclose.Table{Of: "people", Rows: again})
	})
}

// Every table of two and three rows up to a size, not only drawn ones.
func TestNoSmallTableAtAllGivesAHiddenRowAway(t *testing.T) {
	for _, r := range rules {
		noSmallTable(t, r)
	}
}

func noSmallTable(t *testing.T, r disclose.Rule) {
	for _, n := range []int{2, 3} {
		top := map[int]int{2: 60, 3: 45}[n]
		behind := map[string][][]int{} // what shows, and every table it may stand for
		rows := make([]int, n)
		var fill func(at int)
		fill = func(at int) {
			if at == n {
				k := key(r.Publish([]disclose.Table{{Rows: rows}})[0])
				behind[k] = append(behind[k], slices.Clone(rows))
				return
			}
			for rows[at] = 0; rows[at] <= top; rows[at]++ {
				fill(at + 1)
			}
		}
		fill(0)
		for shows, worlds := range behind {
			seen := make([][]int, n)
			for _, w := range worlds {
				learn(seen, w)
			}
			for _, w := range worlds {
				if sum(w) > top-5 { // what shows like it may lie beyond the size
					continue
				}
				for j, truth := range w {
					if shows[j] == 'h' && tooNarrow(below(r), truth, seen[j]) {
						t.Errorf("%+v: %v shown as %s: row %d is known to be from %d to %d", r, w, shows, j, seen[j][0], seen[j][1])
					}
				}
			}
		}
	}
}

func sum(rows []int) (total int) {
	for _, n := range rows {
		total += n
	}
	return total
}

// key writes what shows, with an h in the place of each hidden row.
func key(s disclose.Shown) string {
	var places, numbers string
	for _, c := range s.Rows {
		if c.Hidden {
			places += "h"
		} else {
			places += "s"
			numbers += string(rune('0' + c.Value/5))
		}
	}
	total := "h"
	if !s.Total.Hidden {
		total = string(rune('0' + s.Total.Value/5))
	}
	return places + numbers + total
}

func TestTheOrderOfRowsAndTablesChangesNothingButTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(count(80), 1, 8).Draw(t, "rows")
		again := rapid.Permutation(rows).Draw(t, "other order")
		tables := []disclose.Table{{Key: "a", Of: "p", Rows: rows}, {Key: "b", Of: "p", Rows: again}}
		shown := usual.Publish(tables)
		turned := usual.Publish([]disclose.Table{tables[1], tables[0]})
		if !reflect.DeepEqual(shown, []disclose.Shown{turned[1], turned[0]}) {
			t.Fatalf("%v, turned %v", shown, turned)
		}
		a, b := values(shown[0]), values(shown[1])
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Fatalf("%v, other order %v", a, b)
		}
		if err := usual.Check(shown); err != nil {
			t.Fatal(err)
		}
	})
}
