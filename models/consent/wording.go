package consent

import (
	"regexp"
	"strconv"
	"unicode"
	"unicode/utf8"

	"chautari/models/fault"
	"chautari/models/script"
)

// Wording is one text in all the languages in which it is asked.
type Wording struct {
	NE string `bson:"ne" json:"ne" validate:"max=2400"`
	EN string `bson:"en" json:"en" validate:"max=2400"`
	NB string `bson:"nb" json:"nb" validate:"max=2400"`
}

// Fewest and most characters of a text: it is read on a small screen, or out loud.
const (
	minText = 20
	maxText = 600
)

// In is the text in a language ("ne", "en" or "nb").
func (w Wording) In(language string) string {
	switch language {
	case "ne":
		return w.NE
	case "en":
		return w.EN
	case "nb":
		return w.NB
	}
	return ""
}

// shownElsewhere is what leads away from a text or dresses it up: addresses, and
// the signs of markup. She reads plain words.
var shownElsewhere = regexp.MustCompile("://|www\\.|[<>{}\\[\\]|*_#`~^\\\\@]|&[a-zA-Z#]|[\\p{L}\\p{N}][.\u2024\u3002\uff0e\uff61][\\p{Latin}]{2,}")

// read cleans a wording and tells all that is wrong with it. Whether it tells
// what is asked, of whom, until when, and that she may refuse, no machine can
// see: the second person reads it for that. Faults: field.required,
// field.too_long, field.too_short, text.not_plain, text.other_script,
// text.same_twice.
func (w Wording) read() (Wording, []fault.Field) {
	w = Wording{script.Clean(w.NE), script.Clean(w.EN), script.Clean(w.NB)}
	var faults []fault.Field
	for _, language := range languages {
		at, text := "texts."+language, w.In(language)
		n := utf8.RuneCountInString(text)
		switch {
		case n == 0:
			faults = append(faults, fault.At(at, "field.required"))
		case n < minText:
			faults = append(faults, fault.At(at, "field.too_short", "min", strconv.Itoa(minText)))
		case n > maxText:
			faults = append(faults, fault.At(at, "field.too_long", "max", strconv.Itoa(maxText)))
		case shownElsewhere.MatchString(text):
			faults = append(faults, fault.At(at, "text.not_plain"))
		case inDevanagari(text) != (language == "ne"):
			faults = append(faults, fault.At(at, "text.other_script"))
		}
	}
	if w.EN != "" && w.EN == w.NB {
		faults = append(faults, fault.At("texts.nb", "text.same_twice"))
	}
	return w, faults
}

var languages = []string{"ne", "en", "nb"}

// inDevanagari tells whether most letters of a text are.
func inDevanagari(text string) bool {
	here, elsewhere := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Devanagari, r):
			here++
		case unicode.IsLetter(r):
			elsewhere++
		}
	}
	return here > elsewhere
}
