package grievance

import (
	"slices"
	"testing"

	"chautari/models/access"
)

var everyone = []candidate{
	{"mem_sagun", []access.Role{access.Coordinator}},
	{"mem_maya", []access.Role{access.Coordinator}},
	{"mem_sarita", []access.Role{access.FocalPoint}},
	{"mem_urmi", []access.Role{access.Deputy}},
	{"mem_binu", []access.Role{access.Board}},
	{"mem_devi", []access.Role{access.FocalPoint, access.Board}},
}

// Requirement 48, over every set of named people.
func TestTheFirstReaderIsAlwaysFreeWhoeverIsNamed(t *testing.T) {
	for _, c := range Categories {
		for bits := range 1 << len(everyone) {
			var named []string
			for i, p := range everyone {
				if bits&(1<<i) != 0 {
					named = append(named, p.person)
				}
			}
			for _, described := range []bool{false, true} {
				got := route(everyone, matter{category: c, described: described, apart: named})
				free := 0
				for _, p := range everyone {
					may := slices.ContainsFunc(p.roles, func(r access.Role) bool {
						return slices.Contains(rules[c].order, r) && !(described && r == access.Coordinator)
					})
					if may && !slices.Contains(named, p.person) {
						free++
					}
				}
				if len(got) != free {
					t.Fatalf("%s without %v: %d readers, want %d", c, named, len(got), free)
				}
				seen := map[string]bool{}
				for _, p := range got {
					if slices.Contains(named, p.person) || seen[p.person] {
						t.Fatalf("%s without %v: %v", c, named, got)
					}
					seen[p.person] = true
				}
			}
		}
	}
}

func TestEachCategoryGoesToWhomItShould(t *testing.T) {
	for c, want := range map[Category]access.Role{
		Danger: access.FocalPoint, Harm: access.FocalPoint, Retaliation: access.FocalPoint, Privacy: access.FocalPoint,
		Discrimination: access.FocalPoint, Money: access.Board, Service: access.Coordinator, Idea: access.Coordinator,
	} {
		got := route(everyone, matter{category: c})
		if got[0].role != want {
			t.Errorf("%s goes to %s first", c, got[0].role)
		}
		for _, p := range got {
			if c.Sensitive() && p.role == access.Coordinator {
				t.Errorf("%s goes through a coordinator", c)
			}
		}
	}
	if got := route(everyone, matter{category: Service, described: true}); got[0].role != access.FocalPoint {
		t.Errorf("somebody described: it goes to %s first", got[0].role)
	}
	got := route(everyone, matter{category: Harm, before: []string{"mem_sarita"}})
	if got[0].person != "mem_devi" || got[len(got)-1].person != "mem_sarita" {
		t.Errorf("whoever handled the earlier one doesn't come last: %v", got)
	}
}
