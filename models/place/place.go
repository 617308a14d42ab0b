// Package place knows Nepal's provinces and districts by name in either
// script. It does not know addresses, groups or secret places.
package place

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"chautari/models/script"
)

// District is one of the 77. ID is the data's own number, not an official code.
type District struct {
	ID       int
	EN, NE   string
	Province Province
}

// Province is one of the seven.
type Province struct {
	ID     int
	EN, NE string
}

//go:embed nepal_admin.json
var adminJSON []byte

// Districts lists all 77 by ID. The caller may change the list.
func Districts() []District { return append([]District(nil), atlas().districts...) }

// Provinces lists all seven by ID.
func Provinces() []Province { return append([]Province(nil), atlas().provinces...) }

// FindDistrict gives the district that a text names, in either script, in any
// listed or like-sounding spelling, with or without the word for district. Of
// parts between commas exactly one may name a district ("Ward 4, Kathmandu").
// ok is false when none is named, or when several could be meant: Rukum and
// Nawalparasi have been two since 2015.
func FindDistrict(name string) (d District, ok bool) {
	at := -1
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == ',' || r == ';' || r == '،' }) {
		i, found := atlas().find(part)
		if !found {
			continue
		}
		if at >= 0 && at != i {
			return District{}, false
		}
		at = i
	}
	if at < 0 {
		return District{}, false
	}
	return atlas().districts[at], true
}

type names struct {
	provinces []Province
	districts []District
	// by key and by loose key; several is a name that more than one has.
	strict, loose map[string]int
}

const several = -1

var atlas = sync.OnceValue(func() *names { return load(adminJSON) })

func load(data []byte) *names {
	var file struct {
		Provinces []row `json:"provinces"`
		Districts []row `json:"districts"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		panic(err) // the data is in the binary
	}
	n := &names{strict: map[string]int{}, loose: map[string]int{}}
	for _, r := range file.Provinces {
		n.provinces = append(n.provinces, Province{ID: r.number(0), EN: r.text(1), NE: r.text(2)})
	}
	for i, r := range file.Districts {
		d := District{ID: r.number(0), Province: n.provinces[r.number(1)-1], EN: r.text(2), NE: r.text(3)}
		n.districts = append(n.districts, d)
		spellings := append([]string{d.EN, d.NE}, r.list(4)...)
		for _, s := range append(spellings, alsoCalled[d.EN]...) {
			add(n.strict, script.NameKey(s), i)
			add(n.loose, script.LooseKey(s), i)
		}
	}
	for _, s := range split {
		n.strict[script.NameKey(s)] = several
		n.loose[script.LooseKey(s)] = several
	}
	return n
}

func add(m map[string]int, key string, i int) {
	if at, taken := m[key]; taken && at != i {
		i = several
	}
	m[key] = i
}

func (n *names) find(part string) (int, bool) {
	var kept []string
	for _, w := range strings.Fields(script.NameKey(part)) {
		if !ignored()[w] {
			kept = append(kept, w)
		}
	}
	key := strings.Join(kept, " ")
	if key == "" {
		return 0, false
	}
	if i, ok := n.strict[key]; ok {
		return i, i != several
	}
	i, ok := n.loose[script.LooseKey(key)]
	return i, ok && i != several
}

// row is one list of mixed values in the data file.
type row []json.RawMessage

func (r row) number(i int) (n int)    { must(json.Unmarshal(r[i], &n)); return n }
func (r row) text(i int) (s string)   { must(json.Unmarshal(r[i], &s)); return s }
func (r row) list(i int) (s []string) { must(json.Unmarshal(r[i], &s)); return s }
func must(err error) {
	if err != nil {
		panic(err)
	}
}
