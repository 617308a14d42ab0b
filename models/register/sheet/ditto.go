package sheet

import (
	"strings"
	"unicode"

	"chautari/models/script"
)

// dittoWords say "as above", without blanks, dots and dashes.
var dittoWords = map[string]bool{
	"ऐजन": true, "एजन": true, "सोही": true, "उही": true, "तदैव": true, "माथिकै": true, "माथिजस्तै": true,
	"do": true, "dodo": true, "ditto": true, "dito": true, "idem": true, "same": true, "sameasabove": true, "asabove": true, "samme": true, "sammesomover": true,
}

// dittoMarks are the signs that hands and keyboards make for it.
const dittoMarks = "\"'`´‘’‚‛“”„‟′″‴〃＂＇゛«»,،，"

// isDitto tells whether a cell repeats what stands above it: a word for it, or
// nothing but quote marks and commas, however many and with whatever between.
// Dashes and dots alone are an empty cell.
func isDitto(text string) bool {
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune(".।॰_|/−…", r) {
			return -1
		}
		return r
	}, strings.ToLower(script.Clean(text)))
	return bare != "" && (dittoWords[bare] || strings.Trim(bare, dittoMarks) == "" || strings.Trim(bare, "ऐ") == "")
}
