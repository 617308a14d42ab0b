package sentence

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"strings"

	"chautari/models/script"
)

// sixDigits is how many there are: one in a million is guessed right, and few
// guesses are let.
const sixDigits = 6

// Digits are six digits that were drawn at random, ASCII.
type Digits struct{ six string }

// Draw draws new ones.
func Draw() Digits {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // crypto/rand doesn't err
	}
	return Digits{fmt.Sprintf("%06d", n)}
}

// Read takes digits of either script, blanks and dashes between them left out;
// ok is false for anything but six.
func Read(typed string) (d Digits, ok bool) {
	text := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, script.FoldDigits(typed))
	if len(text) != sixDigits || strings.Trim(text, "0123456789") != "" {
		return Digits{}, false
	}
	return Digits{text}, true
}

// Reveal is what they are, for sealing them.
func (d Digits) Reveal() string { return d.six }

// Empty tells that there are none.
func (d Digits) Empty() bool { return d.six == "" }

// Same compares in a time that tells nothing; none are the same as none.
func (d Digits) Same(other Digits) bool {
	return d.six != "" && subtle.ConstantTimeCompare([]byte(d.six), []byte(other.six)) == 1
}

// Format shows a mask for every verb.
func (d Digits) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("•••")) }
