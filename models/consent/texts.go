package consent

import (
	"embed"
	"strings"
)

// A text is never changed once somebody said yes to it: a new wording is a new
// version, and the old one stays to show what was read. The first of each comes
// with the product; an organisation gives itself others (Version).
//
//go:embed texts/*.txt
var textFiles embed.FS

// Text is what is asked, in one language.
type Text struct {
	Purpose   Purpose
	Recipient Recipient
	Version   string
	Language  string
	Text      string
	Optional  bool // refusing it changes nothing but this one thing
	OptOut    bool // it is done unless she says no
	Asked     Asked
	Months    int      // how long a yes holds; 0 where only a no is an answer
	Heard     []string // the languages in which it can be heard
}

// shipped is the version that comes with the product.
const shipped = "1"

// Shipped lists what comes with the product, in a language ("ne", "en" or
// "nb"): it is what an organisation asks that released no text of its own.
func Shipped(language string) []Text { return textsOf(&inForce{}, nil, language) }

// textsOf lists what is asked now in a language.
func textsOf(f *inForce, own Wordings, language string) []Text {
	var texts []Text
	for _, r := range rules {
		version := f.of(r.purpose)
		words := own.Words(r.purpose, version, language)
		if r.asked == Nowhere || words == "" {
			continue
		}
		texts = append(texts, Text{
			Purpose: r.purpose, Recipient: r.recipient, Version: version, Language: language, Text: words,
			Optional: !r.needed, OptOut: r.optOut, Asked: r.asked, Months: r.months,
			Heard: own.heard(r.purpose, version),
		})
	}
	return texts
}

// Words is the text that a version which comes with the product has in a
// language; empty when there is none.
func Words(p Purpose, version, language string) string {
	words, err := textFiles.ReadFile("texts/" + string(p) + "." + version + "." + language + ".txt")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(words))
}
