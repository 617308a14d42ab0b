package sheet

import (
	"strings"
	"unicode"

	"chautari/models/place"
	"chautari/models/script"
)

// KnownGroup is a group that rows may belong to, with its names in all scripts.
type KnownGroup struct {
	ID    string
	Names []string
}

// groups finds a group by what a register calls it.
type groups struct {
	strict, loose map[string]string // by key; "" where several groups share one
	byDistrict    map[int]string
	chosen        map[string]string // by strict key of the raw value
}

// beside are words that stand beside a group's own name.
var beside = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range []string{"group", "समूह", "शाखा", "branch", "district", "जिल्ला", "गाउँ", "unit", "gruppe", "the", "को", "महिला", "members", "सदस्य", "list", "सूची"} {
		set[script.NameKey(w)] = true
	}
	return set
}()

func newGroups(known []KnownGroup, chosen map[string]string) *groups {
	g := &groups{strict: map[string]string{}, loose: map[string]string{}, byDistrict: map[int]string{}, chosen: map[string]string{}}
	put := func(m map[string]string, key, id string) {
		if have, taken := m[key]; taken && have != id {
			id = ""
		}
		if key != "" {
			m[key] = id
		}
	}
	for _, one := range known {
		for _, name := range one.Names {
			put(g.strict, script.NameKey(name), one.ID)
			put(g.strict, bare(name), one.ID)
			put(g.loose, script.LooseKey(name), one.ID)
			if d, ok := place.FindDistrict(bare(name)); ok {
				if have, taken := g.byDistrict[d.ID]; taken && have != one.ID {
					g.byDistrict[d.ID] = ""
				} else {
					g.byDistrict[d.ID] = one.ID
				}
			}
		}
	}
	for value, id := range chosen {
		g.chosen[choiceKey(value)] = id
	}
	return g
}

// choiceKey makes a choice hold for all spellings of the value; a value without
// letters stands for itself.
func choiceKey(value string) string {
	if key := script.NameKey(value); key != "" {
		return key
	}
	return script.Clean(value)
}

// bare is the key of a name without the words beside it.
func bare(name string) string {
	var kept []string
	for _, w := range strings.Fields(script.NameKey(name)) {
		if !beside[w] {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// find gives the group that a value names: what was chosen for it, the group's
// name, or the district whose name the group bears.
func (g *groups) find(value string) (id string, ok bool) {
	if id, ok := g.chosen[choiceKey(value)]; ok && id != "" {
		return id, true
	}
	for _, key := range []string{script.NameKey(value), bare(value)} {
		if id := g.strict[key]; key != "" && id != "" {
			return id, true
		}
	}
	if d, ok := place.FindDistrict(value); ok {
		id := g.byDistrict[d.ID]
		return id, id != ""
	}
	if d, ok := place.FindDistrict(bare(value)); ok {
		id := g.byDistrict[d.ID]
		return id, id != ""
	}
	if id := g.loose[script.LooseKey(value)]; id != "" {
		return id, true
	}
	return "", false
}

// otherwise gives the group chosen for rows that name none.
func (g *groups) otherwise() string { return g.chosen[""] }

// districtIn finds the one district that a value names, as it stands or among
// the words of an address: "Ward 4 Kathmandu", "पोखरा-६, कास्की".
func districtIn(value string) (place.District, bool) {
	if d, ok := place.FindDistrict(value); ok {
		return d, true
	}
	var found place.District
	words := strings.FieldsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if len(words) > 12 {
		return found, false
	}
	for _, w := range words {
		if len([]rune(w)) < 3 {
			continue
		}
		if d, ok := place.FindDistrict(w); ok {
			if found.ID != 0 && found.ID != d.ID {
				return place.District{}, false
			}
			found = d
		}
	}
	return found, found.ID != 0
}
