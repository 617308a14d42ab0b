package script

import "slices"

// trigram is three letters in a row; a word is taken with two blanks before
// and one behind, so that its start weighs more than its end.
type trigram [3]byte

// trigramsOf gives the different trigrams of a word of ASCII letters and
// digits; other words have none, and no slips are forgiven in them.
func trigramsOf(text string) []trigram {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return nil
		}
	}
	padded := "  " + text + " "
	out := make([]trigram, 0, len(text)+1)
	for i := range len(text) + 1 {
		t := trigram{padded[i], padded[i+1], padded[i+2]}
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// slipsFor is how many slips of the keyboard a word of a query is forgiven:
// none below four letters, two from eight on.
func slipsFor(text string) int {
	switch {
	case len(text) > longestWord || trigramsOf(text) == nil:
		return 0
	case len(text) >= 8:
		return 2
	case len(text) >= 4:
		return 1
	}
	return 0
}

// longestWord is where a word is no name any more.
const longestWord = 40

// withinSlips tells whether b comes from a by at most n slips: a letter too
// many, too few, another one, or two neighbours swapped (the restricted
// Damerau-Levenshtein distance).
func withinSlips(a, b string, n int) bool {
	if len(a)-len(b) > n || len(b)-len(a) > n || len(b) > longestWord+2 {
		return false
	}
	var rows [3][longestWord + 3]int
	before, above, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			best = min(best, d)
		}
		if best > n {
			return false
		}
		before, above, row = above, row, before
	}
	return above[len(b)] <= n
}
