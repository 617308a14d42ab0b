package script

import "strings"

// start is one beginning that a longer word may have when only its first
// letters are typed so far: what is folded at the end of a word is not yet
// known to be folded.
type start struct {
	prefix string
	then   string // what must follow: C a plain consonant, V a vowel or the end
}

// startsOf gives the beginnings that the key of an unfinished word may mean:
// itself; without an a that the rest would leave unspoken (kama and kamal for
// kamla); with a y or m that the rest would bring (dilmai for dilmaya, kun for
// kumbar).
func startsOf(text string) []start {
	out := []start{{prefix: text}}
	n := len(text)
	silent := func(i int) bool {
		return i >= 2 && text[i] == 'a' && isVowel(text[i-2]) && plain(text[i-1])
	}
	if n >= 3 && silent(n-1) {
		out = append(out, start{text[:n-1], "CV"})
	}
	if n >= 4 && silent(n-2) && plain(text[n-1]) {
		out = append(out, start{text[:n-2] + text[n-1:], "V"})
	}
	if n >= 2 {
		switch stem := text[:n-1]; text[n-1] {
		case 'i':
			out = append(out, start{stem + "y", "V"})
		case 'n':
			out = append(out, start{stem + "mb", ""}, start{stem + "mp", ""})
		}
	}
	return out
}

// begins tells whether a word has this beginning.
func (s start) begins(word string) bool {
	rest, ok := strings.CutPrefix(word, s.prefix)
	if !ok {
		return false
	}
	for i := range len(s.then) {
		switch {
		case i == len(rest):
			return s.then[i] == 'V'
		case s.then[i] == 'V' && !isVowel(rest[i]), s.then[i] == 'C' && !plain(rest[i]):
			return false
		}
	}
	return true
}
