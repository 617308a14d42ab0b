package main

import (
	"errors"
	"fmt"
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

func TestAPairIsDoneAndTakenBackInTurnOrTogether(t *testing.T) {
	var did strings.Builder
	of := func(*connection, int) (do, undo work, err error) {
		note := func(what string) work { return func() error { did.WriteString(what); return nil } }
		return note("+"), note("-"), nil
	}
	for _, c := range []struct {
		prepare func(*connection, int) (work, error)
		want    string
	}{{inTurn(of), "+-+"}, {together(of), "+-+-+-"}} {
		did.Reset()
		do, err := c.prepare(nil, 0)
		for range 3 {
			err = errors.Join(err, do())
		}
		if err != nil || did.String() != c.want {
			t.Errorf("%s, want %s (%v)", did.String(), c.want, err)
		}
	}
}

func TestAWorkStandsBesideTheThinOneOfItsSize(t *testing.T) {
	speeds := []speed{
		{work: openSlots, size: 500, thin: true, rate: 1},
		{work: openSlots, size: 5000, thin: true, rate: 2},
		{work: sendGrievance, size: 5000, thin: true, rate: 3},
		{work: openSlots, size: 500, rate: 4},
		{work: openSlots, size: 5000, rate: 5},
		{work: sendGrievance, size: 5000, rate: 6},
		{work: search, size: 5000, rate: 7},
	}
	got := ""
	for _, b := range bounds(speeds, speed{rate: 8}, 5000) {
		got += fmt.Sprintf("%s %.0f %.0f; ", b.product.work, b.product.rate, b.thin.rate)
	}
	want := openSlots + " 5 2; " + sendGrievance + " 6 3; " + grievanceWrites + " 8 3; "
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestARaceFailsUnlessEachSlotHasOneWinnerAndNobodyWasToldWrongly(t *testing.T) {
	good := raced{racers: 100, slots: 10, booked: 10, taken: 90, stored: 10}
	if err := good.verdict(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*raced){
		"one too many booked":    func(r *raced) { r.booked, r.taken = 11, 89 },
		"one too few":            func(r *raced) { r.booked, r.taken = 9, 91 },
		"somebody got no answer": func(r *raced) { r.taken, r.other = 89, 1 },
		"a booking is not there": func(r *raced) { r.stored = 9 },
		"told of another's":      func(r *raced) { r.wrong = 1 },
	} {
		r := good
		spoil(&r)
		if r.verdict() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
