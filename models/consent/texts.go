package consent

import (
	"embed"
	"strings"
)

// A text is never changed once somebody said yes to it: a new wording is a new
// version with files of its own, and the old files stay to show what was read.
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
	Months    int // how long a yes holds; 0 where only a no is an answer
}

// firstVersion is the version that comes with the product.
const firstVersion = "1"

// Texts lists what is asked now, in a language ("ne", "en" or "nb").
func Texts(language string) []Text {
	var texts []Text
	for _, r := range rules {
		if full, ok := Current(r.purpose, firstVersion, language); ok {
			texts = append(texts, full)
		}
	}
	return texts
}

// Current finds the text of a purpose if it is asked anywhere, this version is
// the one asked now, and it exists in the language.
func Current(p Purpose, version, language string) (Text, bool) {
	r, known := ruleOf(p)
	if !known || r.asked == Nowhere || version != firstVersion {
		return Text{}, false
	}
	t := Text{
		Purpose: p, Recipient: r.recipient, Version: version, Language: language, Text: Words(p, version, language),
		Optional: !r.needed, OptOut: r.optOut, Asked: r.asked, Months: r.months,
	}
	return t, t.Text != ""
}

// Words is the text that a version of a purpose has in a language, also when
// another version is asked now; empty when there is none.
func Words(p Purpose, version, language string) string {
	words, err := textFiles.ReadFile("texts/" + string(p) + "." + version + "." + language + ".txt")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(words))
}
