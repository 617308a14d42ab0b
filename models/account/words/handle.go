package words

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chautari/models/script"
)

// Bounds of what may be a sign-in name, wider than the list, so that the list
// can change without shutting anybody out.
const (
	longestTyped = 256 // bytes
	longestPart  = 16  // letters
)

// FoldHandle gives a typed sign-in name its one form, as river-lamp-seven:
// three parts of ASCII letters or digits. Capitals, full-width letters,
// Devanagari digits, composed or decomposed text, invisible characters, and
// any run of blanks, dots, commas, underscores or dashes of any kind between
// the parts make no difference. Anything else gives "" and false. The words
// need not be in the list, so the answer tells nothing about which exist.
func FoldHandle(s string) (string, bool) {
	if len(s) > longestTyped {
		return "", false
	}
	folded := script.FoldDigits(strings.ToLower(norm.NFKC.String(s)))
	folded = strings.Map(func(r rune) rune {
		switch {
		case invisible(r):
			return -1
		case between(r):
			return ' '
		}
		return r
	}, folded)
	parts := strings.Fields(folded)
	if len(parts) != handleParts {
		return "", false
	}
	for _, p := range parts {
		if len(p) > longestPart || strings.ContainsFunc(p, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9')
		}) {
			return "", false
		}
	}
	return strings.Join(parts, "-"), true
}

// between tells whether a character may stand between two parts of a name.
func between(r rune) bool {
	switch r {
	case '.', ',', '·', '।', '\u2212': // the last is the minus sign
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Pd, unicode.Pc)
}

// invisible tells whether a character takes no room of its own: joiners, soft
// hyphens, direction marks, byte order marks and variation selectors, which
// keyboards and copying put in unasked.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u034F'
}
