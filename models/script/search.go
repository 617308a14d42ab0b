package script

import (
	"slices"
	"strings"
)

// Rank says how well a name fits a query; lower is better.
type Rank uint8

// The ranks of a hit.
const (
	SameKey    Rank = iota + 1 // the whole name
	SameLoose                  // the whole name by its loose key
	WholeWords                 // every word of the query is a word of the name
	WordStarts                 // every word of the query starts a word of the name
	Joined                     // the name starts so when nobody minds blanks and a
	Slips                      // every word starts a word or is a few slips from one
)

// joinedFrom is how many letters without a it takes to mean a name.
const joinedFrom = 3

// Search gives up to limit people whose names fit the query, best first and
// then in the order of their keys, from after on. Only people of groups that
// allow accepts are looked at; allow is asked once a group and must not call
// the index. Signs in the query mean nothing but an end of a word; a query
// without letters or digits finds nobody.
func (x *Index) Search(query string, allow func(group string) bool, limit int, after Position) []Hit {
	key := NameKey(query)
	if key == "" || limit <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := search{
		index: x, key: key, loose: loosen(key), skeleton: skeleton(key),
		allow: allow, allowed: make([]int8, len(x.groups)),
		seen: make([]uint64, (len(x.people)+63)/64), limit: limit, after: after,
	}
	for _, text := range strings.Fields(key) {
		s.terms = append(s.terms, x.words.term(text))
	}
	s.run()
	return s.found
}

// term is one word of a query and the words of the index that it may mean.
type term struct {
	text  string
	fits  map[word]Rank // WholeWords, WordStarts or Slips
	total int           // people of all those words
}

func (v *vocabulary) term(text string) term {
	t := term{text: text, fits: map[word]Rank{}}
	add := func(w word, r Rank) {
		if _, ok := t.fits[w]; !ok {
			t.fits[w] = r
			t.total += len(v.people[w])
		}
	}
	if at, found := v.find(text); found {
		add(v.sorted[at], WholeWords)
	}
	for _, start := range startsOf(text) {
		for _, w := range v.startingWith(start.prefix) {
			if start.begins(v.texts[w]) {
				add(w, WordStarts)
			}
		}
	}
	for _, w := range v.like(text) {
		add(w, Slips)
	}
	return t
}

type search struct {
	index                *Index
	key, loose, skeleton string
	terms                []term
	allow                func(string) bool
	allowed              []int8   // by group: not asked, yes, no
	seen                 []uint64 // bit by slot
	after                Position
	limit                int
	found                []Hit // the best so far, in order, limit at most
}

func (s *search) run() {
	// Whoever fits all terms fits the rarest one.
	rarest := slices.MinFunc(s.terms, func(a, b term) int { return a.total - b.total })
	for w := range rarest.fits {
		for _, p := range s.index.words.people[w] {
			s.consider(p)
		}
	}
	if len(s.skeleton) < 1 {
		return
	}
	for _, p := range s.index.startingJoined(s.skeleton, len(s.skeleton) < joinedFrom) {
		s.consider(p)
	}
}

// startingJoined gives the people whose skeleton is, or starts with, a text.
func (x *Index) startingJoined(text string, whole bool) []slot {
	from, _ := slices.BinarySearchFunc(x.joined, text, func(s slot, t string) int { return strings.Compare(x.people[s].skeleton, t) })
	to := from
	for to < len(x.joined) {
		k := x.people[x.joined[to]].skeleton
		if k != text && (whole || !strings.HasPrefix(k, text)) {
			break
		}
		to++
	}
	return x.joined[from:to]
}

// consider keeps a person if she may be seen, fits, and is among the best.
func (s *search) consider(p slot) {
	if s.seen[p/64]&(1<<(p%64)) != 0 {
		return
	}
	s.seen[p/64] |= 1 << (p % 64)
	who := &s.index.people[p]
	if !s.mayBeSeen(who.group) {
		return
	}
	rank := s.rank(who)
	if rank == 0 {
		return
	}
	hit := s.index.hit(p, rank)
	at := hit.Position()
	if s.after != (Position{}) && at.compare(s.after) <= 0 {
		return
	}
	if len(s.found) == s.limit {
		if at.compare(s.found[s.limit-1].Position()) >= 0 {
			return
		}
		s.found = s.found[:s.limit-1]
	}
	i, _ := slices.BinarySearchFunc(s.found, at, func(h Hit, q Position) int { return h.Position().compare(q) })
	s.found = slices.Insert(s.found, i, hit)
}

func (s *search) mayBeSeen(g int32) bool {
	if s.allowed[g] == 0 {
		s.allowed[g] = -1
		if s.allow(s.index.groups[g].name) {
			s.allowed[g] = 1
		}
	}
	return s.allowed[g] > 0
}

// rank gives how well a person fits, 0 for not.
func (s *search) rank(p *person) Rank {
	switch {
	case p.key == s.key:
		return SameKey
	case p.skeleton == s.skeleton && loosen(p.key) == s.loose:
		return SameLoose
	}
	words := s.byWords(p)
	joined := len(s.skeleton) >= joinedFrom && strings.HasPrefix(p.skeleton, s.skeleton)
	if joined && (words == 0 || words > Joined) {
		return Joined
	}
	return words
}

// byWords gives the worst of the best fits of each term, 0 when one has none.
func (s *search) byWords(p *person) Rank {
	var worst Rank
	for i := range s.terms {
		var best Rank
		for _, w := range p.words {
			if r, ok := s.terms[i].fits[w]; ok && (best == 0 || r < best) {
				best = r
			}
		}
		if best == 0 {
			return 0
		}
		worst = max(worst, best)
	}
	return worst
}
