// Package words holds the everyday words that sign-in names and offered
// passphrases are made of, and the rules for a passphrase of one's own: the
// form it is compared in, how long it must be and which are too easy to guess.
// It keeps nothing, hashes nothing and knows no accounts.
//
// The lists are one word a line, NFC, in code point order. No two words of the
// sign-in names or of the Nepali list sound alike (script.NameKey tells them
// apart), and no two Latin ones differ by one letter only, so that a slip of
// the pen or the ear doesn't make another word. Nothing in them is about
// bodies, violence, faith, politics, money or sorrow.
package words

import (
	"crypto/rand"
	_ "embed"
	"encoding/binary"
	"io"
	"strings"
)

var (
	//go:embed handle.txt
	handleText string
	//go:embed phrase.ne.txt
	nepaliText string
	//go:embed phrase.en.txt
	englishText string
	//go:embed phrase.nb.txt
	bokmalText string

	handleWords = strings.Fields(handleText)
	phraseWords = map[string][]string{
		"ne": strings.Fields(nepaliText),
		"en": strings.Fields(englishText),
		"nb": strings.Fields(bokmalText),
	}
)

const (
	handleParts = 3 // of 1,024 words: 30 bits
	phraseParts = 5 // of 2,048 words: 55 bits

	// longestDraw ends the search for a phrase that Check takes. A real source
	// of randomness needs a second draw less than once in a million.
	longestDraw = 64
)

// Handle draws a sign-in name: three words with hyphens, as river-lamp-seven.
// Every name is equally likely. A nil reader means crypto/rand; Handle panics
// when the reader fails.
func Handle(r io.Reader) string {
	return strings.Join(draw(r, handleWords, handleParts), "-")
}

// Phrase draws a passphrase to offer: five words of a language ("ne", "en" or
// "nb"; any other means "ne"), to be typed with spaces between them. Every
// phrase is equally likely, except that one which Check would call too common
// is never given. A nil reader means crypto/rand; Phrase panics when the
// reader fails or gives the same bytes for ever.
func Phrase(lang string, r io.Reader) []string {
	list, ok := phraseWords[lang]
	if !ok {
		list = phraseWords["ne"]
	}
	for range longestDraw {
		if phrase := draw(r, list, phraseParts); !common(strings.Join(phrase, " ")) {
			return phrase
		}
	}
	panic("words: the source of randomness is not random")
}

// draw picks n words, each with equal chance and independent of the others.
// The length of a list is a power of two, so the low bits of two random bytes
// are a fair index.
func draw(r io.Reader, list []string, n int) []string {
	if r == nil {
		r = rand.Reader
	}
	raw := make([]byte, 2*n)
	if _, err := io.ReadFull(r, raw); err != nil {
		panic("words: no randomness: " + err.Error())
	}
	out := make([]string, n)
	for i := range out {
		out[i] = list[int(binary.BigEndian.Uint16(raw[2*i:]))&(len(list)-1)]
	}
	return out
}
