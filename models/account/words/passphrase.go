package words

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chautari/models/fault"
)

// longest is how many characters of a passphrase are taken. It bounds the work
// of a check and is far beyond what anybody types.
const longest = 256

// Prepare gives a passphrase the form that is checked and hashed: NFC, without
// invisible characters, each run of blanks and control characters one space,
// none at the ends. So what looks the same on the screen is the same, however
// the keyboard wrote it: composed or decomposed, with a joiner or without, and
// a Devanagari vowel sign typed in two strokes (ा and े for ो). Capitals, the
// length of vowels and compatibility forms stay as they are: NFC and not NFKC,
// since nothing she chose should be thrown away. Bytes that aren't UTF-8
// become U+FFFD. Prepare of a prepared passphrase is the same.
func Prepare(passphrase string) string {
	out := make([]rune, 0, len(passphrase))
	space := false // a space is owed before the next visible character
	for _, r := range norm.NFC.String(strings.ToValidUTF8(passphrase, "\uFFFD")) {
		switch {
		case invisible(r):
			continue
		case unicode.IsSpace(r), unicode.IsControl(r):
			space = true
			continue
		}
		last := len(out) - 1
		if space && last >= 0 {
			out = append(out, ' ')
		} else if last >= 0 {
			if whole, ok := twoStrokes[[2]rune{out[last], r}]; ok {
				out[last] = whole
				continue
			}
		}
		space = false
		out = append(out, r)
	}
	// Taking something out from between two characters can let them compose.
	return norm.NFC.String(string(out))
}

// twoStrokes are vowels that some keyboards write as two characters and fonts
// draw as one; Unicode calls them different.
var twoStrokes = map[[2]rune]rune{
	{'ा', 'े'}: 'ो', {'ा', 'ै'}: 'ौ',
	{'अ', 'ा'}: 'आ', {'अ', 'ो'}: 'ओ', {'अ', 'ौ'}: 'औ',
	{'आ', 'े'}: 'ओ', {'आ', 'ै'}: 'औ',
}

// Check tells whether a passphrase of one's own will do: at least min and at
// most 256 characters, and not easy to guess. Characters are the code points
// of the prepared form, so that a Nepali syllable with its vowel sign counts
// as it is typed. own is what the person is known by to others (her sign-in
// name, alias, phone): it counts for nothing in a passphrase.
//
// The answer is nil or an Invalid fault with one field "passphrase":
// passphrase.too_short (min, have), passphrase.too_long (max) or
// passphrase.too_common.
func Check(passphrase string, min int, own ...string) error {
	prepared := Prepare(passphrase)
	have := utf8.RuneCountInString(prepared)
	var field fault.Field
	switch {
	case have < min:
		field = fault.At("passphrase", "passphrase.too_short", "min", strconv.Itoa(min), "have", strconv.Itoa(have))
	case have > longest:
		field = fault.At("passphrase", "passphrase.too_long", "max", strconv.Itoa(longest))
	case common(prepared, own...):
		field = fault.At("passphrase", "passphrase.too_common")
	default:
		return nil
	}
	return fault.Of("request.invalid", field)
}
