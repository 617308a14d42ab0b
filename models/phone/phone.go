// Package phone reads telephone numbers as people write them in Nepal and
// gives them one form. It sends nothing and knows nobody.
package phone

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"

	"chautari/models/fault"
	"chautari/models/script"
)

// region is where a number without a country code is.
const region = "NP"

var (
	scientific = regexp.MustCompile(`^(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$`)
	wholeFloat = regexp.MustCompile(`^(\+?\d{7,})[.,]0+$`)
	shape      = regexp.MustCompile(`^\+?[\d\s().\-/]+$`)
	between    = regexp.MustCompile(`[/,;|&\\]|\p{L}+`)
	trunkZero  = regexp.MustCompile(`^((?:\+|00)[\s\-.()]*977|977)[\s\-.()]*0`)
)

// Read gives the E.164 form ("+9779841000005") of a number written any usual
// way: digits of either script, blanks, dashes, brackets, with or without the
// country code, with a trunk zero too many. A number of another country needs
// its +. Reading the result again gives the same.
//
// The faults: phone.digits_lost when a spreadsheet has cut it to 9.841E+09,
// phone.several when there is more than one number, phone.invalid for all
// else, the empty text too. Words for the device before or after the number are
// dropped; other words and extensions are not accepted: they may say that the
// number is somebody else's, and would be lost without a word.
func Read(text string) (string, error) {
	s := unlabelled(plain(text))
	s, err := fromCell(s)
	if err != nil {
		return "", err
	}
	if several(s) {
		return "", fault.New(fault.Invalid, "phone.several")
	}
	if e164, ok := parse(s); ok {
		return e164, nil
	}
	return "", invalid()
}

// plain folds digits and punctuation to ASCII and drops what can't be seen.
func plain(text string) string {
	s := script.FoldDigits(script.Clean(text))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '−':
			return '-'
		case r >= '！' && r <= '～': // full-width forms
			return r - '！' + '!'
		}
		return r
	}, s)
	return strings.TrimSpace(strings.TrimLeft(s, "'"))
}

// fromCell undoes what a spreadsheet does to a number, where it can be undone.
func fromCell(s string) (string, error) {
	if m := wholeFloat.FindStringSubmatch(s); m != nil {
		return m[1], nil
	}
	m := scientific.FindStringSubmatch(s)
	if m == nil {
		return s, nil
	}
	digits := m[1] + m[2]
	exponent := 0
	for _, c := range m[3] {
		exponent = exponent*10 + int(c-'0')
	}
	if len(digits) != exponent+1 {
		return "", fault.New(fault.Invalid, "phone.digits_lost")
	}
	return digits, nil
}

// several tells whether there is more than one number: parts beside a stroke,
// comma or word, of which the first is a number, or two numbers with a blank
// between.
func several(s string) bool {
	var parts []string
	for _, p := range between.Split(s, -1) {
		if strings.ContainsAny(p, "0123456789") {
			parts = append(parts, strings.TrimSpace(p))
		}
	}
	if len(parts) > 1 {
		_, ok := parse(parts[0])
		return ok
	}
	blanks := strings.Fields(s)
	for i := 1; i < len(blanks); i++ {
		_, first := parse(strings.Join(blanks[:i], " "))
		_, second := parse(strings.Join(blanks[i:], " "))
		if first && second {
			return true
		}
	}
	return false
}

// parse reads one number.
func parse(s string) (string, bool) {
	if !shape.MatchString(s) || len(s) > 40 {
		return "", false
	}
	if e164, ok := judge(s); ok && !trunkZero.MatchString(s) {
		return e164, true
	}
	if m := trunkZero.FindStringSubmatch(s); m != nil {
		return judge(m[1] + s[len(m[0]):])
	}
	return "", false
}

func judge(s string) (string, bool) {
	n, err := phonenumbers.Parse(s, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// Mask shows of an E.164 number the country code and the last two digits, for
// lists where she must only recognise it.
func Mask(e164 string) string {
	n, err := phonenumbers.Parse(e164, region)
	if err != nil || len(e164) < 6 {
		return ""
	}
	national := phonenumbers.GetNationalSignificantNumber(n)
	if len(national) < 4 {
		return ""
	}
	code := strings.TrimSuffix(e164, national)
	return code + " " + strings.Repeat("•", len(national)-2) + national[len(national)-2:]
}

func invalid() error { return fault.New(fault.Invalid, "phone.invalid") }
