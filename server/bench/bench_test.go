package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestQuantileIsTheSmallestThatCoversTheShare(t *testing.T) {
	list := func(n int) []time.Duration {
		out := make([]time.Duration, n)
		for i := range out {
			out[i] = time.Duration(i + 1)
		}
		return out
	}
	for _, c := range []struct {
		n, percent int
		want       time.Duration
	}{{0, 50, 0}, {1, 50, 1}, {1, 99, 1}, {2, 50, 1}, {100, 50, 50}, {100, 99, 99}, {1000, 99, 990}} {
		if got := quantile(list(c.n), c.percent); got != c.want {
			t.Errorf("%d %% of %d: %d, want %d", c.percent, c.n, got, c.want)
		}
	}
}

func TestColumnsOfATableLineUp(t *testing.T) {
	var out strings.Builder
	print(&out, "Title", [][]string{{"work", "÷ thin"}, {"सीता", "1.00"}, {"short row"}})
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")[2:]
	if len(lines) != 4 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, l := range lines {
		if utf8.RuneCountInString(l) != utf8.RuneCountInString(lines[0]) {
			t.Errorf("%q is not as wide as %q", l, lines[0])
		}
	}
}

func TestGeneratedRegisterNamesEveryGroupAndNoPhoneTwice(t *testing.T) {
	groups := []group{{"grp_a", "Kaski"}, {"grp_b", "Jhapa"}}
	rows := table(groups)
	phones, named := map[string]bool{}, map[string]bool{}
	for _, r := range rows[1:] {
		phones[r[3]], named[r[4]] = true, true
	}
	if len(phones) != registerRows || len(named) != len(groups) {
		t.Errorf("%d phones, %d groups", len(phones), len(named))
	}
}
