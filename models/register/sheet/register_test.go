package sheet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"chautari/models/calendar"
)

var today = calendar.Date{Year: 2026, Month: 11, Day: 26}

// tenGroups are districts that bear groups, in both scripts.
func tenGroups() Known {
	return Known{Today: today, Groups: []KnownGroup{
		{"grp_jhapa", []string{"झापा", "Jhapa"}},
		{"grp_banke", []string{"बाँके", "Banke"}},
		{"grp_kaski", []string{"कास्की", "Kaski"}},
		{"grp_sindhupalchok", []string{"सिन्धुपाल्चोक", "Sindhupalchok"}},
		{"grp_kailali", []string{"कैलाली", "Kailali"}},
		{"grp_makwanpur", []string{"मकवानपुर", "Makwanpur"}},
		{"grp_nuwakot", []string{"नुवाकोट", "Nuwakot"}},
		{"grp_kathmandu", []string{"काठमाडौं", "Kathmandu"}},
		{"grp_rautahat", []string{"रौतहट", "Rautahat"}},
		{"grp_dolakha", []string{"दोलखा", "Dolakha"}},
	}}
}

func groupNamed(tb testing.TB, known Known, name string) string {
	tb.Helper()
	for _, g := range known.Groups {
		for _, n := range g.Names {
			if n == name {
				return g.ID
			}
		}
	}
	tb.Fatalf("no group is called %q", name)
	return ""
}

func testFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func understand(tb testing.TB, name string, data []byte, known Known, ch Choices) *Reading {
	tb.Helper()
	table, err := Open(name, data, Options{})
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	r, err := Understand(table, known, ch)
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	return r
}

func TestOldRegisterComesOutAsExpected(t *testing.T) {
	var want struct {
		Fates  map[string]int
		People []struct {
			Line                     int
			Name, Phone, Birth, Fate string
			Group                    string
			Why                      []string
			DuplicateOfLine          int
		}
	}
	if err := json.Unmarshal(testFile(t, "old-register.expected.json"), &want); err != nil {
		t.Fatal(err)
	}
	known := tenGroups()
	r := understand(t, "old-register.xlsx", testFile(t, "old-register.xlsx"), known, Choices{})
	if len(r.Rows) != len(want.People) {
		t.Fatalf("%d people, want %d", len(r.Rows), len(want.People))
	}
	if l := r.Layouts[0]; l.HeadingLine != 3 || l.Calendar != calendar.Bikram || l.CalendarFrom != FromTitle {
		t.Errorf("layout %+v", l)
	}
	why := map[Field]string{Birth: "birth date", Phone: "phone", District: "group or district"}
	fates := map[string]int{}
	for i, p := range want.People {
		row := r.Rows[i]
		fate, duplicateOf, reason := "ok", 0, ""
		if row.SameAs != nil {
			fate, duplicateOf = "duplicate", row.SameAs.Line
		}
		if len(row.Faults) > 0 {
			fate, reason = "fault", why[row.Faults[0].Field]
		}
		fates[fate]++
		if fate != p.Fate || duplicateOf != p.DuplicateOfLine || len(p.Why) == 1 && p.Why[0] != reason || len(row.Faults) > 1 {
			t.Errorf("line %d: fate %s of %d because %s (%v), want %s of %d because %v", p.Line, fate, duplicateOf, reason, row.Faults, p.Fate, p.DuplicateOfLine, p.Why)
		}
		group := ""
		if p.Group != "" {
			group = groupNamed(t, known, p.Group)
		}
		birth := row.Birth.String()
		if row.Birth.IsZero() {
			birth = ""
		}
		if row.Line != p.Line || row.Name != p.Name || row.Phone != p.Phone || birth != p.Birth || row.GroupID != group {
			t.Errorf("line %d: %d %q %q %q %q, want %+v", p.Line, row.Line, row.Name, row.Phone, birth, row.GroupID, p)
		}
	}
	if fates["ok"] != 476 || fates["fault"] != 34 || fates["duplicate"] != 10 {
		t.Errorf("fates %v", fates)
	}
	if len(r.Others) != 1 || r.Others[0].Why != LineTotal || r.Others[0].Line != 525 {
		t.Errorf("other lines %v", r.Others)
	}
	if len(r.UnknownGroups) != 1 || r.UnknownGroups[0] != (UnknownGroup{"???", 11}) {
		t.Errorf("unknown groups %v", r.UnknownGroups)
	}
	if len(r.Sheets) != 2 || !r.Sheets[0].Read || r.Sheets[1].Read || r.Sheets[1].Name != "टिपोट" {
		t.Errorf("sheets %+v", r.Sheets)
	}
}
