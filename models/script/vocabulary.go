package script

import (
	"slices"
	"sort"
	"strings"
)

// word is the number of a word in a vocabulary.
type word = uint32

// vocabulary holds each different word of all keys once, with the people who
// have it. Names share words, so it grows far more slowly than the names.
type vocabulary struct {
	texts    []string // by word; "" where free
	people   [][]slot // by word, ordered
	free     []word
	sorted   []word             // by text, for prefixes
	trigrams map[trigram][]word // ordered
}

func newVocabulary() vocabulary { return vocabulary{trigrams: map[trigram][]word{}} }

// file enters a person's words and gives their numbers, each once.
func (v *vocabulary) file(key string, s slot) []word {
	var out []word
	for _, text := range strings.Fields(key) {
		w := v.number(text)
		if slices.Contains(out, w) {
			continue
		}
		out = append(out, w)
		v.people[w] = insert(v.people[w], s)
	}
	return slices.Clip(out)
}

// unfile takes a person out of words, and words out that nobody has any more.
func (v *vocabulary) unfile(words []word, s slot) {
	for _, w := range words {
		if v.people[w] = without(v.people[w], s); len(v.people[w]) > 0 {
			continue
		}
		text := v.texts[w]
		at, _ := v.find(text)
		v.sorted = slices.Delete(v.sorted, at, at+1)
		for _, t := range trigramsOf(text) {
			if v.trigrams[t] = without(v.trigrams[t], w); len(v.trigrams[t]) == 0 {
				delete(v.trigrams, t)
			}
		}
		v.texts[w], v.people[w] = "", nil
		v.free = append(v.free, w)
	}
}

func (v *vocabulary) number(text string) word {
	at, found := v.find(text)
	if found {
		return v.sorted[at]
	}
	text = strings.Clone(text) // don't keep the whole key alive
	var w word
	if n := len(v.free); n > 0 {
		w, v.free = v.free[n-1], v.free[:n-1]
		v.texts[w] = text
	} else {
		w = word(len(v.texts))
		v.texts = append(v.texts, text)
		v.people = append(v.people, nil)
	}
	v.sorted = slices.Insert(v.sorted, at, w)
	for _, t := range trigramsOf(text) {
		v.trigrams[t] = insert(v.trigrams[t], w)
	}
	return w
}

// find gives the place of a text among the sorted words.
func (v *vocabulary) find(text string) (int, bool) {
	return sort.Find(len(v.sorted), func(i int) int { return strings.Compare(text, v.texts[v.sorted[i]]) })
}

// startingWith gives the words that start with a prefix, in order.
func (v *vocabulary) startingWith(prefix string) []word {
	from, _ := v.find(prefix)
	n := sort.Search(len(v.sorted)-from, func(i int) bool {
		return !strings.HasPrefix(v.texts[v.sorted[from+i]], prefix)
	})
	return v.sorted[from : from+n]
}

// like gives the words within a few slips of a text.
func (v *vocabulary) like(text string) []word {
	allowed := slipsFor(text)
	if allowed == 0 {
		return nil
	}
	// A slip spoils at most four of a text's trigrams (two letters swapped),
	// so whoever shares none or too few can't be meant.
	own := trigramsOf(text)
	shared := map[word]int{}
	for _, t := range own {
		for _, w := range v.trigrams[t] {
			shared[w]++
		}
	}
	need := max(1, len(own)-4*allowed)
	var out []word
	for w, n := range shared {
		if n >= need && withinSlips(text, v.texts[w], allowed) {
			out = append(out, w)
		}
	}
	return out
}

func insert[T ~uint32](list []T, x T) []T {
	at, found := slices.BinarySearch(list, x)
	if found {
		return list
	}
	return slices.Insert(list, at, x)
}

func without[T ~uint32](list []T, x T) []T {
	if at, found := slices.BinarySearch(list, x); found {
		return slices.Delete(list, at, at+1)
	}
	return list
}
