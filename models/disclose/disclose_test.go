package disclose_test

import (
	"encoding/csv"
	"os"
	"reflect"
	"slices"
	"testing"

	"chautari/models/disclose"
	"chautari/models/fault"
)

// usual is the rule where nothing was chosen.
var usual disclose.Rule

const hidden = -1

// one publishes a single table and gives its total and rows, hidden ones as hidden.
func one(rows ...int) (total int, shown []int) {
	s := usual.Publish([]disclose.Table{{Rows: rows}})[0]
	return value(s.Total), values(s)
}

func value(c disclose.Cell) int {
	if c.Hidden {
		return hidden
	}
	return c.Value
}

func values(s disclose.Shown) (rows []int) {
	for _, c := range s.Rows {
		rows = append(rows, value(c))
	}
	return rows
}

func TestWhatShowsOfATable(t *testing.T) {
	for name, c := range map[string]struct {
		rows, shown []int
		total       int
	}{
		"nothing small is rounded":                            {[]int{12, 23, 58}, []int{10, 25, 60}, 95},
		"the total is rounded by itself":                      {[]int{12, 12, 12}, []int{10, 10, 10}, 35},
		"nobody at all":                                       {[]int{0, 0, 0}, []int{0, 0, 0}, 0},
		"zero shows beside others":                            {[]int{0, 20, 31}, []int{0, 20, 30}, 50},
		"eight and nine don't become ten":                     {[]int{9, 40, 52, 61, 30}, []int{hidden, 40, 50, 60, 30}, 190},
		"the rounding of others hides the difference":         {[]int{27, 20, 3}, []int{25, 20, hidden}, 50},
		"it doesn't, so the total stands alone":               {[]int{50, 2}, []int{hidden, hidden}, 50},
		"two small ones that together are too few":            {[]int{1, 1, 50}, []int{hidden, hidden, hidden}, 50},
		"everybody in one row":                                {[]int{40, 0, 0}, []int{hidden, hidden, hidden}, 40},
		"a small total hides its rows, zeros too":             {[]int{3, 4, 0}, []int{hidden, hidden, hidden}, hidden},
		"all small, and enough of them":                       {[]int{4, 4, 4}, []int{hidden, hidden, hidden}, 10},
		"one row is but its total":                            {[]int{40}, nil, 40},
		"several small ones hide each other with a zero":      {[]int{8, 3, 6, 0, 12, 15}, []int{hidden, hidden, hidden, 0, 10, 15}, 45},
		"a small one whose neighbours all round the same way": {[]int{2, 18, 18, 18}, []int{hidden, hidden, hidden, hidden}, 55},
	} {
		total, shown := one(c.rows...)
		if total != c.total || !slices.Equal(shown, c.shown) {
			t.Errorf("%s: %v shows %v of %d, wanted %v of %d", name, c.rows, shown, total, c.shown, c.total)
		}
	}
}

// A second table of the same people can narrow the total so far that the first
// gives its small row away.
func TestTablesOfTheSamePeopleAreMadeSafeTogether(t *testing.T) {
	narrow := disclose.Table{Key: "b", Of: "people", Rows: []int{12, 102}}
	first := disclose.Table{Key: "a", Of: "people", Rows: []int{90, 18, 6}}
	alone := usual.Publish([]disclose.Table{first})[0]
	if slices.Equal(values(alone), []int{hidden, hidden, hidden}) {
		t.Fatalf("alone it is not safe: %+v", alone)
	}
	both := usual.Publish([]disclose.Table{first, narrow})
	if !slices.Equal(values(both[0]), []int{hidden, hidden, hidden}) || !slices.Equal(values(both[1]), []int{10, 100}) {
		t.Errorf("together they show %+v", both)
	}
	if err := usual.Check([]disclose.Shown{alone, both[1]}); !fault.Is(err, fault.Conflict) {
		t.Errorf("what shows alone beside the other: %v", err)
	}
	apart := usual.Publish([]disclose.Table{first, {Key: "b", Of: "others", Rows: []int{12, 102}}})
	if !reflect.DeepEqual(values(apart[0]), values(alone)) {
		t.Errorf("a table of others changed it: %+v", apart)
	}
}

func TestATableMayBeGivenOutWithoutRows(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: hidden, 9: hidden, 10: 10, 13: 15, 1002: 1000} {
		s := usual.Publish([]disclose.Table{{Rows: []int{n}, TotalOnly: true}})[0]
		if value(s.Total) != want || s.Rows != nil {
			t.Errorf("%d shows %+v", n, s)
		}
	}
}

func TestPercentagesComeFromRoundedCountsAndOnlyOfEnough(t *testing.T) {
	for _, c := range []struct {
		part, whole, percent int
		ok                   bool
	}{
		{9, 9, 0, false},
		{0, 0, 0, false},
		{10, 10, 100, true},
		{0, 10, 0, true},
		{3, 10, 50, true},
		{38, 40, 100, true},
		{37, 40, 90, true},
		{19, 20, 100, true},
		{2, 12, 0, true},
		{170, 200, 85, true},
		{190, 201, 95, true},
	} {
		if p, ok := usual.Percent(c.part, c.whole); p != c.percent || ok != c.ok {
			t.Errorf("%d of %d: %d %v", c.part, c.whole, p, ok)
		}
	}
}

// What was stored is looked at again before it leaves: figures that give
// something away, or that the rules never make, are refused with what would be safe.
func TestUnsafeFiguresAreRefusedWithTheMergeThatIsSafe(t *testing.T) {
	shows := func(total int, rows ...int) disclose.Shown {
		s := disclose.Shown{Key: "members", Total: disclose.Cell{Value: total}}
		for _, n := range rows {
			s.Rows = append(s.Rows, disclose.Cell{Value: max(n, 0), Hidden: n == hidden})
		}
		return s
	}
	for name, s := range map[string]disclose.Shown{
		"the difference is the small row": shows(50, 40, hidden),
		"a small number shows":            shows(50, 45, 5),
		"a number that isn't rounded":     shows(51, 25, 26),
		"rows that can't be the total's":  shows(100, 20, 20),
	} {
		err := usual.Check([]disclose.Shown{s})
		f, ok := fault.As(err)
		if !ok || f.Code != disclose.Unsafe || len(f.Fields) != 1 || f.Fields[0].Field != "members" || f.Fields[0].Params["merge"] != "total" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s.Rows = nil
		if s.Total.Value%disclose.Base == 0 && usual.Check([]disclose.Shown{s}) != nil {
			t.Errorf("%s: the merge isn't safe either", name)
		}
	}
}

// Fifty invented people by district and by gender: hiding the small cells alone
// would leave them to be worked out from the totals.
func TestSmallCellsOfTheFixtureAreNotDerivable(t *testing.T) {
	file, err := os.Open("testdata/persons.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var tables []disclose.Table
	for _, by := range []struct {
		column int
		groups []string
	}{
		{1, []string{"Kathmandu", "Lalitpur", "Bhaktapur"}},
		{2, []string{"woman", "man", "other"}},
	} {
		rows := make([]int, len(by.groups))
		for _, r := range records[1:] {
			rows[slices.Index(by.groups, r[by.column])]++
		}
		tables = append(tables, disclose.Table{Of: "people", Rows: rows})
	}
	shown := usual.Publish(tables)
	if err := usual.Check(shown); err != nil {
		t.Error(err)
	}
	for i, want := range [][]int{{25, 15, 15}, {25, 20, hidden}} {
		if got := values(shown[i]); value(shown[i].Total) != 50 || !slices.Equal(got, want) {
			t.Errorf("%v shows %v of %d, wanted %v of 50", tables[i].Rows, got, value(shown[i].Total), want)
		}
		attack(t, usual, tables[i])
	}
	attack(t, usual, tables...)
}
