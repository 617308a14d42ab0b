// Package script holds what the product knows about text in two scripts:
// cleaning it for storing, one key for a name however it is spelt, and an
// index over such keys. It knows nothing of members, groups or languages of
// the interface; words shown to people live in the frontend's language files.
package script

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	virama = '\u094D'
	nukta  = '\u093C'
	zwnj   = '\u200C'
	zwj    = '\u200D'
)

// Clean gives text the form it is stored in: NFC, every kind of blank and
// control character a plain space, runs of spaces one, none at the ends,
// invisible characters gone. A lone dash, which people write for "nothing",
// becomes "". Bytes that aren't UTF-8 become U+FFFD, so that they are seen.
//
// A joiner or non-joiner stays in one place only: between a virama and a
// Devanagari consonant, where it chooses the visible form (गर्‍यौ and गर्यौ
// look different and the first is how it is written by hand). NameKey drops
// it there too, so each form finds the other.
func Clean(s string) string {
	runes := []rune(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
	var b strings.Builder
	b.Grow(len(s))
	space := false // a space is owed before the next visible character
	last := rune(0)
	for i, r := range runes {
		switch {
		case r == zwj || r == zwnj:
			if space || last != virama || i+1 == len(runes) || !isConsonant(runes[i+1]) {
				continue
			}
		case r == '\u2028', r == '\u2029', unicode.IsControl(r), unicode.Is(unicode.Zs, r):
			space = true
			continue
		case unicode.Is(unicode.Cf, r), filler(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
		last = r
	}
	// Taking something out from between two characters can let them compose.
	out := norm.NFC.String(b.String())
	switch out {
	case "-", "–", "—":
		return ""
	}
	return out
}

// filler tells whether a character counts as a letter or sign and shows nothing.
func filler(r rune) bool {
	switch r {
	case '\u115F', '\u1160', '\u3164', '\uFFA0', '\u2800', '\u034F', '\u17B4', '\u17B5':
		return true
	}
	return false
}

// FoldDigits turns Devanagari and full-width digits into ASCII ones and
// leaves the rest alone.
func FoldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '०' && r <= '९':
			return r - '०' + '0'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, s)
}

func isConsonant(r rune) bool { return r >= 'क' && r <= 'ह' || r >= '\u0958' && r <= '\u095F' }
