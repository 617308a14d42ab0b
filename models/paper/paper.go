// Package paper makes codes that are printed or read out once and typed back
// from paper: sixteen signs without any that is taken for another. It keeps and
// hashes nothing; what a code opens, and for how long, is its noun's.
package paper

import (
	"crypto/rand"
	"encoding/base32"
	"strings"

	"chautari/models/script"
)

// alphabet has no I, O, 0 or 1.
var alphabet = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

// Len is the number of signs of a code, and Bytes what it is made of: 80 random
// bits. Under 112 bits a code is stored as a slow hash (OWASP ASVS 6.5.2).
const (
	Len   = 16
	Bytes = 10
)

// Draw makes a code out of nothing.
func Draw() string {
	raw := make([]byte, Bytes)
	_, _ = rand.Read(raw)
	return alphabet.EncodeToString(raw)
}

// Of makes the code out of the first Bytes of a keyed hash, always the same one.
// It panics when there are fewer.
func Of(hash []byte) string { return alphabet.EncodeToString(hash[:Bytes]) }

// Spelt is a code as it is printed: "K7QM-2XPA-9RTC-WZ4H".
func Spelt(code string) string {
	var parts []string
	for len(code) > 4 {
		parts, code = append(parts, code[:4]), code[4:]
	}
	return strings.Join(append(parts, code), "-")
}

// Fold gives a typed code the form it was drawn in: capitals or not, with dashes
// and blanks anywhere, in digits of either script.
func Fold(typed string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ', '–', '—', '‑', '−':
			return -1
		}
		return r
	}, script.FoldDigits(script.Clean(typed))))
}
