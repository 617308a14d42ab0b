package words

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// everyPair is all values of two bytes, once each, in order.
func everyPair() *bytes.Reader {
	raw := make([]byte, 0, 2<<16)
	for i := range 1 << 16 {
		raw = binary.BigEndian.AppendUint16(raw, uint16(i))
	}
	return bytes.NewReader(raw)
}

func TestEveryWordIsEquallyLikely(t *testing.T) {
	for name, list := range lists {
		drawn := make(map[string]int)
		for _, w := range draw(everyPair(), list.words, 1<<16) {
			drawn[w]++
		}
		for _, w := range list.words {
			if drawn[w] != 1<<16/list.count {
				t.Errorf("%s: %q was drawn %d times of %d", name, w, drawn[w], 1<<16)
			}
		}
	}
}

func TestHandleIsThreeWordsOfTheList(t *testing.T) {
	got := Handle(bytes.NewReader([]byte{0, 0, 0xFC, 1, 3, 0xFF}))
	want := strings.Join([]string{handleWords[0], handleWords[1], handleWords[1023]}, "-")
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for range 200 {
		h := Handle(nil)
		if folded, ok := FoldHandle(h); !ok || folded != h {
			t.Fatalf("%q folds to %q", h, folded)
		}
	}
}

func TestPhraseIsFiveWordsOfItsLanguage(t *testing.T) {
	raw := []byte{0, 1, 0x08, 2, 1, 0, 3, 3, 7, 0xFF}
	for lang, list := range map[string]string{"ne": "ne", "en": "en", "nb": "nb", "": "ne", "xx": "ne"} {
		got := Phrase(lang, bytes.NewReader(raw))
		w := phraseWords[list]
		want := []string{w[1], w[2], w[256], w[0x303], w[2047]}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%q: got %q, want %q", lang, got, want)
		}
	}
}

func TestDifferentReadingsOfRandomnessGiveDifferentWords(t *testing.T) {
	seen := make(map[string]bool)
	for range 1000 {
		seen[strings.Join(Phrase("ne", nil), " ")] = true
	}
	if len(seen) != 1000 {
		t.Errorf("%d different phrases of 1000", len(seen))
	}
}

// Staff need fifteen characters; whatever is offered must do for everybody.
func TestEveryOfferedPhraseWillDo(t *testing.T) {
	source := rand.NewChaCha8([32]byte{1})
	for lang, list := range phraseWords {
		shortest := longest
		for _, w := range list {
			shortest = min(shortest, utf8.RuneCountInString(w))
		}
		if n := phraseParts*shortest + phraseParts - 1; n < 15 {
			t.Errorf("%s: a phrase may have only %d characters", lang, n)
		}
		for range 5000 {
			phrase := strings.Join(draw(source, list, phraseParts), " ")
			if common(phrase) {
				t.Errorf("%s: %q would be drawn again; that should be rare", lang, phrase)
			}
			if err := Check(phrase, 15); err != nil {
				t.Errorf("%s: %q: %v", lang, phrase, err)
			}
		}
	}
}

func TestPhraseDrawsAgainWhenTheFirstIsEasilyGuessed(t *testing.T) {
	same := make([]byte, 2*phraseParts)
	other := []byte{0, 1, 0, 2, 1, 0, 3, 3, 7, 0xFF}
	got := Phrase("en", bytes.NewReader(append(same, other...)))
	if got[0] != phraseWords["en"][1] {
		t.Errorf("one word said five times was offered: %q", got)
	}
}

func TestWithoutRandomnessNothingIsOffered(t *testing.T) {
	for name, f := range map[string]func(){
		"failing": func() { Handle(iotest.ErrReader(errors.New("no entropy"))) },
		"short":   func() { Phrase("ne", bytes.NewReader([]byte{1, 2, 3})) },
		"stuck":   func() { Phrase("ne", bytes.NewReader(make([]byte, 2*phraseParts*longestDraw))) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a %s reader gave words", name)
				}
			}()
			f()
		}()
	}
}
