package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chautari/models/script"
)

// shortestForgiven is how many letters a word needs for a slip to be forgiven:
// among shorter ones too many are one letter apart.
const shortestForgiven = 5

// forgiven is a word that is known with a slip in it.
type forgiven struct {
	word     string
	key      []rune
	concepts []concept
}

// misspelt finds the known word that a hand meant: one letter is missing, too
// many, wrong or changed places with the next, or the र् stands elsewhere. Only
// words for a member and her phone are looked for.
func misspelt(word string) []concept {
	key, candidates := []rune(word), forgivenLatin
	if inDevanagari(word) {
		for _, ending := range endings {
			if stem, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(stem) >= shortestForgiven {
				word = stem
				break
			}
		}
		key, candidates = []rune(script.NameKey(word)), forgivenNepali
	}
	if len(key) > longestCompound {
		return nil
	}
	for _, f := range candidates {
		if near(key, f.key) || movedReph(word, f.word) {
			return f.concepts
		}
	}
	return nil
}

var forgivenLatin, forgivenNepali = func() (latin, nepali []forgiven) {
	for _, c := range []concept{cPerson, cPhone} {
		for _, w := range strings.Fields(headingWords[c]) {
			switch {
			case utf8.RuneCountInString(w) < shortestForgiven:
			case inDevanagari(w):
				nepali = append(nepali, forgiven{w, []rune(script.NameKey(w)), exactly(w)})
			default:
				latin = append(latin, forgiven{w, []rune(w), exactly(w)})
			}
		}
	}
	return latin, nepali
}()

func movedReph(a, b string) bool {
	const reph = "र्"
	return len(a) == len(b) && strings.Contains(a, reph) && strings.Contains(b, reph) &&
		strings.Replace(a, reph, "", 1) == strings.Replace(b, reph, "", 1)
}

// near tells whether two words are one slip apart. The first letter is right.
func near(a, b []rune) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) < shortestForgiven || len(a)-len(b) > 1 || a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	if len(a) > len(b) {
		return slices.Equal(a[i+1:], b[i:])
	}
	return i == len(a) || slices.Equal(a[i+1:], b[i+1:]) ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
