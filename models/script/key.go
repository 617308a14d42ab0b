package script

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// NameKey gives one key for a name however it is spelt: Devanagari or Latin,
// composed or decomposed, with or without joiners, in any usual romanisation
// (सीता, सिता, Sita and Seeta are "sita"). Words are parted by one space; text
// without a letter or digit has the key "". NameKey of a key is that key.
//
// The key is for finding, ordering and hints. It merges some different names
// (ड with द, श with स, व with ब, an unspoken inner a), so it is never an
// identity and never shown.
//
// Source of the rules: romanisations found in Nepali registers; testdata holds
// the pairs that must and must not meet.
func NameKey(s string) string {
	var keys []string
	for _, w := range words(s) {
		if k := fold(latin(w)); k != "" {
			keys = append(keys, k)
		}
	}
	keys = joinLetters(keys)
	for i, k := range keys {
		if usual, ok := oneName[k]; ok {
			keys[i] = usual
		}
	}
	return strings.Join(keys, " ")
}

// LooseKey is NameKey without spaces and without any a but a last one, so that
// Dil Maya meets दिलमाया and Bhagwati meets भगवती. More names meet here than
// should; rank such a match below one of NameKey.
func LooseKey(s string) string { return loosen(NameKey(s)) }

func loosen(key string) string {
	key = flatten(key)
	loose := strings.ReplaceAll(key, "a", "")
	if strings.HasSuffix(key, "a") {
		loose += "a"
	}
	return loose
}

// skeleton is a loose key without its last a too, so that the start of a name
// has the start of its skeleton.
func skeleton(key string) string { return strings.ReplaceAll(flatten(key), "a", "") }

// flatten drops the spaces and makes aya what it is said as: Bijaya and Bijay,
// Rayamajhi and Raimajhi.
func flatten(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, " ", ""), "aya", "ai")
}

// words cuts text into words of letters, marks and digits in lower case,
// without Latin marks, nukta or invisible characters. A dot parts words, but
// not initials: के.सी. is a word as केसी is.
func words(s string) [][]rune {
	var out [][]rune
	var word []rune
	dotted := false // the word so far ended in a dot
	flush := func() {
		if len(word) > 0 {
			out = append(out, word)
			word = nil
		}
		dotted = false
	}
	for _, r := range norm.NFD.String(strings.ToValidUTF8(FoldDigits(s), " ")) {
		switch {
		case r >= '\u0300' && r <= '\u036F', r == nukta, unicode.Is(unicode.Cf, r),
			r >= '\uFE00' && r <= '\uFE0F', r == '\'', r == '’', r == '‘', r == '`':
		case r == '.' || r == '॰':
			dotted = true
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			if dotted && !initials(word) {
				flush()
			}
			if len(word) < longestWritten {
				word = append(word, unicode.ToLower(r))
			}
		default:
			flush()
		}
	}
	flush()
	return out
}

// longestWritten is how many characters of a word are read.
const longestWritten = 256

// initials tells whether all of a word could be letters said one by one.
func initials(word []rune) bool {
	n := 0
	for _, r := range word {
		if !unicode.IsMark(r) {
			n++
		}
	}
	return n <= 2
}

// joinLetters makes a run of single letters one word: K C and K.C. are
// written as often as KC.
func joinLetters(keys []string) []string {
	out := keys[:0]
	run := ""
	flush := func() {
		if run != "" {
			out = append(out, fold(run))
			run = ""
		}
	}
	for _, k := range keys {
		if len(k) == 1 && k[0] >= 'a' {
			run += k
			continue
		}
		flush()
		out = append(out, k)
	}
	flush()
	return out
}
