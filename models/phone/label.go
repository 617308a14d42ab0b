package phone

import (
	"regexp"
	"strings"
	"unicode"
)

// labels are words that say which device a number rings, in what network, or
// that it is her own. Words for people are not among them: a number "of the
// husband" isn't hers and must not become so.
var labels = wordSet(`मो मोनं मोबाइल मोबाईल मोवाइल फो फोनं फोन टेलिफोन टेलीफोन दूरभाष सम्पर्क नं नम्बर नंबर घर घरको आफ्नै आफ्नो निजी एनटीसी एनटिसी एनसेल नमस्ते
	m mo mob mobile mobil cell cellphone ph phone fon telefon telephone tel tlf contact no nr num number home hjem hjemme landline own self personal ntc ncell whatsapp viber`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

var (
	wordsBefore = regexp.MustCompile(`^[\s(\[]*([\p{L}\p{M}][\p{L}\p{M}\s./]*)[\s.:\-=)\]#]*`)
	wordsAfter  = regexp.MustCompile(`[\s.,:\-=(\[]+([\p{L}\p{M}][\p{L}\p{M}\s./]*)[\s.:)\]]*$`)
)

// unlabelled drops what is said before and after a number where all of it are
// labels: "मो. नं. 9841000005", "9841000005 (घर)".
func unlabelled(s string) string {
	if m := wordsBefore.FindStringSubmatch(s); m != nil && onlyLabels(m[1]) {
		rest := s[len(m[0]):]
		if strings.HasPrefix(m[0], "(") && strings.Count(rest, ")") > strings.Count(rest, "(") {
			rest = strings.TrimRight(rest, " )")
		}
		s = rest
	}
	if at := wordsAfter.FindStringSubmatchIndex(s); at != nil && onlyLabels(s[at[2]:at[3]]) {
		s = s[:at[0]]
	}
	return s
}

func onlyLabels(text string) bool {
	for w := range strings.FieldsFuncSeq(strings.ReplaceAll(strings.ToLower(text), ".", " "), func(r rune) bool {
		return unicode.IsSpace(r) || r == '/'
	}) {
		if !labels[w] {
			return false
		}
	}
	return true
}
