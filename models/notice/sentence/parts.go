package sentence

import (
	"strings"
	"unicode/utf16"
)

// How much goes into one SMS, by 3GPP TS 23.038 and 23.040: in the alphabet of
// seven bits 160 characters, or 153 in each of several parts; in UCS-2, which
// Devanagari takes, 70 and 67.
const (
	sevenBit, sevenBitEach = 160, 153
	ucs2, ucs2Each         = 70, 67
)

// The default alphabet, and the characters that take two places in it.
const (
	alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extended = "\f^{}\\[~]|€"
)

// Parts is as how many SMS a text goes out, which is what it costs; 0 for an
// empty one. A pair of surrogates or an extended character may fall on the edge
// of a part, so a text of several parts can be one too few.
func (t Text) Parts() int {
	if places, ok := inSevenBit(t.text); ok {
		return parts(places, sevenBit, sevenBitEach)
	}
	return parts(len(utf16.Encode([]rune(t.text))), ucs2, ucs2Each)
}

func inSevenBit(text string) (places int, ok bool) {
	for _, r := range text {
		switch {
		case strings.ContainsRune(alphabet, r):
			places++
		case strings.ContainsRune(extended, r):
			places += 2
		default:
			return 0, false
		}
	}
	return places, true
}

func parts(places, alone, each int) int {
	switch {
	case places == 0:
		return 0
	case places <= alone:
		return 1
	}
	return (places + each - 1) / each
}
