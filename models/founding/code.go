package founding

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"time"

	"chautari/models/script"
)

// lifetime is how long a code works.
const lifetime = 24 * time.Hour

// alphabet has no sign that is taken for another one on paper.
var alphabet = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

// codeBytes is what a code is made of: 80 random bits, so that nobody guesses
// one in a day.
const codeBytes = 10

// draw makes a code out of nothing.
func draw() string {
	raw := make([]byte, codeBytes)
	_, _ = rand.Read(raw)
	return alphabet.EncodeToString(raw)
}

// drawn makes a code out of a keyed hash, always the same one.
func drawn(hash string) string {
	raw, err := hex.DecodeString(hash)
	if err != nil || len(raw) < codeBytes {
		panic("founding: a look-up hash is hexadecimal")
	}
	return alphabet.EncodeToString(raw[:codeBytes])
}

// spelt is a code as it is read out: "K7QM-2XPA-9RTC-WZ4H".
func spelt(code string) string {
	return strings.Join([]string{code[:4], code[4:8], code[8:12], code[12:]}, "-")
}

// fold gives a typed code the form it was drawn in.
func fold(code string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, script.Clean(code)))
}
