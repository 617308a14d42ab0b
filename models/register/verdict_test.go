package register

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/register/sheet"
)

var (
	someNames  = []string{"Sita Tamang", "सीता तामाङ", "Seeta Tamang", "Gita Rai", "Laxmi"}
	somePhones = []string{"", "+9779841000001", "+9779841000002"}
	someGroups = []string{"", "grp_a", "grp_b"}
	someBirths = []calendar.Birth{
		{},
		calendar.OnDay(calendar.Date{Year: 1988, Month: time.May, Day: 28}),
		calendar.OnDay(calendar.Date{Year: 1990, Month: time.January, Day: 31}),
		calendar.InYear(2045),
	}
)

func anyRow(key int) *rapid.Generator[sheet.Row] {
	return rapid.Custom(func(t *rapid.T) sheet.Row {
		r := sheet.Row{
			Key: key, Place: sheet.Place{Line: key},
			Name:    rapid.SampledFrom(someNames).Draw(t, "name"),
			Phone:   rapid.SampledFrom(somePhones).Draw(t, "phone"),
			Birth:   rapid.SampledFrom(someBirths).Draw(t, "birth"),
			GroupID: rapid.SampledFrom(someGroups).Draw(t, "group"),
		}
		if r.GroupID == "" || rapid.IntRange(0, 4).Draw(t, "faulty") == 0 {
			r.Faults = []sheet.Fault{{Field: sheet.Phone, Code: "phone.invalid"}}
		}
		return r
	})
}

var anyPerson = rapid.Custom(func(t *rapid.T) member.Known {
	return member.Known{
		ID:      rapid.StringMatching(`mem_[a-z]{4}`).Draw(t, "id"),
		Name:    rapid.SampledFrom(someNames).Draw(t, "name"),
		Phone:   rapid.SampledFrom(somePhones).Draw(t, "phone"),
		Birth:   rapid.SampledFrom(someBirths).Draw(t, "birth"),
		Group:   rapid.SampledFrom(someGroups[1:]).Draw(t, "group"),
		Visible: rapid.IntRange(0, 3).Draw(t, "visible") > 0,
		Carried: rapid.Bool().Draw(t, "carried"),
	}
})

var anyDecision = rapid.SampledFrom([]Decision{"", Auto, Skip, Create, UpdateHer, DropFaulty})

func TestVerdictsKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []sheet.Row
		decisions := map[int]Decision{}
		for i := range rapid.IntRange(1, 8).Draw(t, "rows") {
			rows = append(rows, anyRow(i+1).Draw(t, "row"))
			decisions[i+1] = anyDecision.Draw(t, "decision")
		}
		sheet.Compare(rows)
		people := rapid.SliceOfN(anyPerson, 0, 6).Draw(t, "people")
		mode := rapid.SampledFrom([]Mode{Add, Update}).Draw(t, "mode")

		verdicts := judge(rows, people, nil, decisions, mode)
		again := judge(rows, people, nil, decisions, mode)
		for i, v := range verdicts {
			row, d := rows[i], decisions[rows[i].Key]
			if v.Fate != again[i].Fate || v.Reason != again[i].Reason {
				t.Fatal("the same question had two answers")
			}
			if (v.Reason == "") != (v.Fate == Created || v.Fate == Updated) {
				t.Fatalf("%s with the reason %q", v.Fate, v.Reason)
			}
			if v.Fate == Created && (row.Name == "" || row.GroupID == "") {
				t.Fatal("created without a name or a group")
			}
			if len(row.Faults) > 0 && d != DropFaulty && (v.Fate == Created || v.Fate == Updated) {
				t.Fatal("a faulty row came in unasked")
			}
			if d == Skip && v.Fate != Skipped {
				t.Fatal("came in though she said to skip it")
			}
			if v.Same != nil && !v.Same.Visible {
				t.Fatal("shows or changes somebody who withdrew")
			}
			if v.Fate != Updated {
				continue
			}
			if !v.Same.Carried {
				t.Fatal("changed somebody who looks after herself")
			}
			asRow := sheet.Row{Phone: v.Same.Phone, Birth: v.Same.Birth}
			if !sheet.SamePerson(&row, &asRow) && d != UpdateHer {
				t.Fatal("changed somebody on a name alone")
			}
			for _, f := range v.Fields {
				if f == "phone" && row.Phone == "" || f == "birth" && row.Birth.IsZero() || f == "group" && row.GroupID == "" {
					t.Fatalf("an empty cell wipes her %s", f)
				}
			}
		}
		if c := count(verdicts); c.Created+c.Updated+c.Held+c.Skipped+c.Failed != len(rows) {
			t.Fatalf("%+v for %d rows", c, len(rows))
		}
	})
}

// Whatever number or birth a row tries, the answer is the same: it can't be
// found out from an import what is still held of somebody who withdrew.
func TestNothingOfWhoWithdrewIsFoundOutByTrying(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := anyRow(1).Draw(t, "row")
		row.Faults, row.GroupID = nil, "grp_a"
		d := rapid.SampledFrom([]Decision{"", Auto, UpdateHer, DropFaulty}).Draw(t, "decision")
		gone := member.Known{ID: "mem_gone", Name: row.Name, Group: "grp_a"}
		v := judge([]sheet.Row{row}, []member.Known{gone}, nil, map[int]Decision{1: d}, Update)[0]
		if v.Fate != Held || v.Reason != ReasonAside || v.Same != nil {
			t.Fatalf("%+v", v)
		}
	})
}

func TestEveryReasonIsListed(t *testing.T) {
	if len(slices.Compact(slices.Sorted(slices.Values(Reasons)))) != len(Reasons) {
		t.Error("a reason is listed twice")
	}
}
