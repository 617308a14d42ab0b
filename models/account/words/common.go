package words

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chautari/models/script"
)

//go:embed common.txt
var commonText string

const (
	// fewest is how many different letters must be left when everything that
	// is easily guessed has been taken out.
	fewest = 6
	// shortestOwn is the shortest piece of what she is known by that counts.
	shortestOwn = 3
	// shortestWalk is the shortest run of neighbouring keys that counts.
	shortestWalk = 4
)

// rows are the keys of keyboards and the letters of alphabets in their order;
// runs of them, either way, are guessed early. The fifth to seventh are the
// traditional Nepali layout.
var rows = []string{
	"qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
	"टधभचतथगषयउ", "बकमानजवपि", "शहअखदल",
	"कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह", "अआइईउऊएऐओऔ",
}

// fragments are the folded texts that count for nothing, and the length of the
// longest in runes.
var fragments, longestFragment = gather()

func gather() (map[string]bool, int) {
	all := make(map[string]bool)
	for line := range strings.Lines(commonText) {
		if f := foldCommon(line); f != "" && !strings.HasPrefix(line, "#") {
			all[f] = true
		}
	}
	for _, row := range rows {
		keys := []rune(row)
		for i := range keys {
			for j := i + shortestWalk; j <= len(keys); j++ {
				there, back := keys[i:j], make([]rune, 0, j-i)
				for k := len(there) - 1; k >= 0; k-- {
					back = append(back, there[k])
				}
				all[string(there)], all[string(back)] = true, true
			}
		}
	}
	longest := 0
	for f := range all {
		longest = max(longest, utf8.RuneCountInString(f))
	}
	return all, longest
}

// common tells whether a passphrase is easily guessed: it is one text said
// twice or more, or hardly any letters are left once digits, common fragments
// and the person's own names are taken out. So phone numbers, dates, walks
// over the keyboard, नेपाल with a year behind it and aaaaaaaaaaaa are refused.
func common(passphrase string, own ...string) bool {
	text := foldCommon(passphrase)
	if text == "" || repeats(text) {
		return true
	}
	known, reach := fragments, longestFragment
	if len(own) > 0 {
		known, reach = withOwn(own)
	}
	runes := []rune(text)
	left := make(map[rune]bool)
	for i := 0; i < len(runes); {
		n := longestAt(runes[i:], known, reach)
		if n == 0 {
			n = 1
			if !unicode.IsNumber(runes[i]) {
				left[runes[i]] = true
			}
		}
		i += n
	}
	return len(left) < fewest
}

// longestAt is the length in runes of the longest known fragment that the
// text begins with; 0 when there is none.
func longestAt(text []rune, known map[string]bool, reach int) int {
	for n := min(reach, len(text)); n > 0; n-- {
		if known[string(text[:n])] {
			return n
		}
	}
	return 0
}

// withOwn adds what a person is known by, whole and in pieces, to the fragments.
func withOwn(own []string) (map[string]bool, int) {
	all, reach := make(map[string]bool, len(fragments)+4*len(own)), longestFragment
	for f := range fragments {
		all[f] = true
	}
	for _, name := range own {
		pieces := strings.FieldsFunc(Prepare(name), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
		for _, piece := range append(pieces, name) {
			f := foldCommon(piece)
			if n := utf8.RuneCountInString(f); n >= shortestOwn && n <= longest {
				all[f], reach = true, max(reach, n)
			}
		}
	}
	return all, reach
}

// repeats tells whether a text is a shorter text said twice or more.
func repeats(text string) bool {
	// A text of period p meets itself when it is moved by p within its double.
	return strings.Index(text[1:]+text, text) < len(text)-1
}

// foldCommon is the form in which passphrases and the list are compared: NFKC,
// lower case, ASCII digits, letters with their marks and digits only.
func foldCommon(s string) string {
	s = script.FoldDigits(strings.ToLower(norm.NFKC.String(Prepare(s))))
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, s)
	return norm.NFC.String(s)
}
