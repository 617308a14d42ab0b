package script

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Index finds people by name and lists them in the order of their name keys.
// It holds keys, ids and groups in memory, never a name as written. Ids and
// groups are opaque; who may see what is the caller's to say at each call. It
// can be used by many goroutines at once.
//
// A page of a list costs its own length, whatever the number of names. A
// search costs what its words match: words are looked up in a sorted list and,
// for slips of the keyboard, by their trigrams.
type Index struct {
	mu     sync.RWMutex
	slots  map[string]slot  // by id
	people []person         // by slot; a free one has no words and no id
	free   []slot           // slots to use again
	groups []group          // by number; a group once seen keeps its number
	byName map[string]int32 // group number by name
	words  vocabulary       // every word of every key
	joined []slot           // ordered by skeleton, then slot
}

// slot is a person's place in the index.
type slot = uint32

type person struct {
	id, key, skeleton string
	group             int32
	words             []word
}

type group struct {
	name    string
	members []slot // ordered by key, then id
}

// Position is a place in an order: after the person of this rank, key and id.
// The zero Position is before everyone. Key gives a name away, so a cursor made
// of it must be sealed before it leaves the server.
type Position struct {
	Rank Rank
	Key  string
	ID   string
}

// Hit is one person found or listed.
type Hit struct {
	ID    string
	Group string
	Key   string
	Rank  Rank // how well she was found; 0 in a list
}

// Position is the place of the hit, from which the next page goes on.
func (h Hit) Position() Position { return Position{h.Rank, h.Key, h.ID} }

func (p Position) compare(q Position) int {
	return cmp.Or(cmp.Compare(p.Rank, q.Rank), strings.Compare(p.Key, q.Key), strings.Compare(p.ID, q.ID))
}

// NewIndex makes an empty index.
func NewIndex() *Index {
	return &Index{slots: map[string]slot{}, byName: map[string]int32{}, words: newVocabulary()}
}

// Len is the number of people in the index.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.slots)
}

// Put files a person under a name, in place of what was filed under her id.
// A name without letters is listed but never found.
func (x *Index) Put(id, groupName, name string) {
	key := NameKey(name)
	x.mu.Lock()
	defer x.mu.Unlock()
	if s, ok := x.slots[id]; ok {
		p := &x.people[s]
		if p.key == key && x.groups[p.group].name == groupName {
			return
		}
		x.remove(id, s)
	}
	var s slot
	if n := len(x.free); n > 0 {
		s, x.free = x.free[n-1], x.free[:n-1]
	} else {
		s = slot(len(x.people))
		x.people = append(x.people, person{})
	}
	g, ok := x.byName[groupName]
	if !ok {
		g = int32(len(x.groups))
		groupName = strings.Clone(groupName)
		x.groups = append(x.groups, group{name: groupName})
		x.byName[groupName] = g
	}
	id = strings.Clone(id)
	x.people[s] = person{id: id, key: key, skeleton: skeleton(key), group: g, words: x.words.file(key, s)}
	x.slots[id] = s
	at, _ := x.inGroup(g, s)
	x.groups[g].members = slices.Insert(x.groups[g].members, at, s)
	at, _ = x.inJoined(s)
	x.joined = slices.Insert(x.joined, at, s)
}

// Remove takes a person out. An unknown id is no fault.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if s, ok := x.slots[id]; ok {
		x.remove(id, s)
	}
}

func (x *Index) remove(id string, s slot) {
	p := &x.people[s]
	if at, ok := x.inGroup(p.group, s); ok {
		x.groups[p.group].members = slices.Delete(x.groups[p.group].members, at, at+1)
	}
	if at, ok := x.inJoined(s); ok {
		x.joined = slices.Delete(x.joined, at, at+1)
	}
	x.words.unfile(p.words, s)
	*p = person{}
	x.free = append(x.free, s)
	delete(x.slots, id)
}

func (x *Index) inGroup(g int32, s slot) (int, bool) {
	return slices.BinarySearchFunc(x.groups[g].members, s, x.byKey)
}

func (x *Index) byKey(a, b slot) int {
	p, q := &x.people[a], &x.people[b]
	return cmp.Or(strings.Compare(p.key, q.key), strings.Compare(p.id, q.id))
}

func (x *Index) inJoined(s slot) (int, bool) {
	return slices.BinarySearchFunc(x.joined, s, func(a, b slot) int {
		return cmp.Or(strings.Compare(x.people[a].skeleton, x.people[b].skeleton), cmp.Compare(a, b))
	})
}

// List gives up to limit people of the groups, in the order of their keys and
// then ids, from after on. Groups that nobody is in are empty; a group named
// twice counts once.
func (x *Index) List(groups []string, after Position, limit int) []Hit {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var heads [][]slot // what is left of each group
	seen := map[int32]bool{}
	for _, name := range groups {
		g, ok := x.byName[name]
		if !ok || seen[g] {
			continue
		}
		seen[g] = true
		if rest := x.from(x.groups[g].members, after); len(rest) > 0 {
			heads = append(heads, rest)
		}
	}
	h := mergeOf(heads, x.byKey)
	var out []Hit
	for len(out) < limit && h.more() {
		out = append(out, x.hit(h.next(), 0))
	}
	return out
}

// from cuts off what is not after a position.
func (x *Index) from(members []slot, after Position) []slot {
	if after.ID == "" && after.Key == "" {
		return members
	}
	at, found := slices.BinarySearchFunc(members, after, func(s slot, p Position) int {
		return cmp.Or(strings.Compare(x.people[s].key, p.Key), strings.Compare(x.people[s].id, p.ID))
	})
	if found {
		at++
	}
	return members[at:]
}

func (x *Index) hit(s slot, rank Rank) Hit {
	p := &x.people[s]
	return Hit{ID: p.id, Group: x.groups[p.group].name, Key: p.key, Rank: rank}
}
