package sheet

import (
	"regexp"
	"strings"
	"unicode"

	"chautari/models/calendar"
	"chautari/models/script"
)

// Field is what a column holds.
type Field string

// The fields. GivenName may stand in two columns (first and middle name); Name
// and Phone may too, then the first that isn't empty counts. OtherBirth is the
// same day in the other calendar.
const (
	Name          Field = "name"
	GivenName     Field = "given_name"
	FamilyName    Field = "family_name"
	Alias         Field = "alias"
	Phone         Field = "phone"
	Birth         Field = "birth"
	OtherBirth    Field = "birth_other"
	BirthYear     Field = "birth_year"
	BirthMonth    Field = "birth_month"
	BirthDay      Field = "birth_day"
	CalendarField Field = "calendar"
	Group         Field = "group"
	District      Field = "district"
	Serial        Field = "serial"
	Consent       Field = "consent"
	Ignored       Field = "ignored"
)

// Why a column with a known heading is left out.
const (
	ReasonRelative  = "relative"        // somebody else's name or number
	ReasonIdentity  = "identity_number" // never kept
	ReasonProtected = "protected"       // caste, faith, health, what was done to her
	ReasonAge       = "age"             // an age without its day is no birth
	ReasonNotKept   = "not_kept"        // the register has no place for it
	ReasonRemarks   = "remarks"
	ReasonChosen    = "chosen"
	ReasonSecond    = "second" // another column has the field already
)

// meaning is what a heading says of its column.
type meaning struct {
	field    Field
	reason   string            // why ignored
	calendar calendar.Calendar // of a birth
	loose    bool              // some words of it are not known
	address  bool              // a district is only among its words
	part     bool              // speaks only beside another heading: a calendar, "given"
}

func (m meaning) known() bool { return m.field != "" || m.part || m.marked() }

func (m meaning) marked() bool {
	return m.calendar == calendar.Bikram || m.calendar == calendar.Gregorian
}

// weight ranks a heading as evidence that its line is the heading line.
func (m meaning) weight() int {
	switch {
	case !m.known():
		return 0
	case m.loose || m.field == "" || m.field == Ignored || m.part:
		return 1
	}
	return 2
}

const longestHeading = 80

var brackets = regexp.MustCompile(`[(\[（][^)\]）]*[)\]）]?`)

// meaningOf reads a heading. What stands in brackets counts only for the
// calendar and for whose it is, unless there is nothing else.
func meaningOf(text string) meaning {
	if len(text) > 4*longestHeading || digitsIn(text) > 2 {
		return meaning{} // no heading, and most cells that are asked about
	}
	text = strings.ToLower(script.Clean(splitCamel(text)))
	if text == "" || len([]rune(text)) > longestHeading {
		return meaning{}
	}
	outside := strings.TrimSpace(brackets.ReplaceAllString(text, " "))
	inside := strings.Join(brackets.FindAllString(text, -1), " ")
	m := meaningOfWords(outside)
	if m.field == "" {
		if n := meaningOfWords(inside); n.field != "" && (outside == "" || m.part) {
			m = n
		}
	} else if m.field.personal() && inside != "" {
		m = m.narrowed(inside)
	}
	m.calendar = calendarNamed(text)
	return m
}

// narrowed takes in what brackets add to a heading about her: "Phone (husband)".
func (m meaning) narrowed(inside string) meaning {
	have, unknown, owned := conceptsIn(inside, headingWordsOf(inside))
	switch {
	case have[cRelative], owned:
		return ignored(ReasonRelative)
	case unknown > 0:
		m.loose = true
	}
	return m
}

// splitCamel parts fullName into two words.
func splitCamel(text string) string {
	var out strings.Builder
	last := rune(0)
	for _, r := range text {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
		last = r
	}
	return out.String()
}

// zeroForDot is the digit zero that stands for the abbreviation sign: वि०सं०.
var zeroForDot = regexp.MustCompile(`([\p{L}\p{M}])०`)

// sisters are the members of a women's group, a sister alone is a relative.
var sisters = regexp.MustCompile(`दि?द[ीि][\s/\-]+[वब]हि?न[ीि]`)

// headingWordsOf cuts a heading into words. Dots vanish, so that क्र.सं. and
// D.O.B. are one word each; a possessive s goes too.
func headingWordsOf(text string) []string {
	text = zeroForDot.ReplaceAllString(text, "$1")
	text = sisters.ReplaceAllString(text, "दिदीबहिनी")
	text = strings.NewReplacer(".", "", "॰", "", "’s", "", "'s", "", "s'", "s").Replace(text)
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '#' && r != '\u200C' && r != '\u200D'
	})
}

func meaningOfWords(text string) meaning {
	words := headingWordsOf(text)
	if len(words) == 0 || len(words) > 10 {
		return meaning{}
	}
	have, unknown, owned := conceptsIn(text, words)
	known := len(words) - unknown
	m := meaningOfConcepts(have)
	if m.loose && len(words) > 1 {
		return meaning{} // "सदस्य विवरण" is a title
	}
	m.loose = m.loose || unknown > 0
	// A word or two beside a known one is a heading; a name with a known word in
	// it, or a sentence, isn't.
	if unknown > 2 || unknown > known {
		return meaning{}
	}
	if owned && m.field.personal() {
		return ignored(ReasonRelative)
	}
	return m
}

// conceptsIn gathers what words speak of, how many are not known, and whether
// one of those is the owner of the rest.
func conceptsIn(text string, words []string) (have map[concept]bool, unknown int, owned bool) {
	have = map[concept]bool{}
	for i, w := range words {
		if w == "#" {
			w = "no"
		}
		found := conceptsOf(w)
		if found == nil {
			found = misspelt(w)
		}
		if found == nil {
			if strings.IndexFunc(w, unicode.IsLetter) >= 0 {
				unknown++
				owned = owned || owner(text, words, i)
			}
			continue
		}
		for _, c := range found {
			have[c] = true
		}
	}
	for _, contact := range []string{"सम्पर्क व्यक्ति", "contact person", "kontaktperson", "care of"} {
		have[cRelative] = have[cRelative] || strings.Contains(text, contact)
	}
	return have, unknown, owned
}

func ignored(reason string) meaning { return meaning{field: Ignored, reason: reason} }

// meaningOfConcepts weighs what the words speak of. What must not be taken
// comes first: a husband's name is a name, and a blood group is a group.
func meaningOfConcepts(have map[concept]bool) meaning {
	dateParts := 0
	for _, c := range []concept{cYear, cMonth, cDay} {
		if have[c] {
			dateParts++
		}
	}
	switch {
	case have[cRelative], have[cPhone] && have[cName]:
		return ignored(ReasonRelative)
	case have[cIdentity]:
		return ignored(ReasonIdentity)
	case have[cProtected]:
		return ignored(ReasonProtected)
	case have[cBirth] && (have[cPlace] || have[cDistrict] || have[cAddress]):
		return ignored(ReasonNotKept)
	case have[cCalendar], have[cElse] && have[cDate] && have[cBirth]:
		return meaning{field: CalendarField}
	case have[cBirth] && dateParts == 1 && have[cYear]:
		return meaning{field: BirthYear}
	case have[cBirth] && dateParts == 1 && have[cMonth]:
		return meaning{field: BirthMonth}
	case have[cBirth] && dateParts == 1 && have[cDay]:
		return meaning{field: BirthDay}
	case have[cBirth]:
		return meaning{field: Birth}
	case have[cAge]:
		return ignored(ReasonAge)
	case have[cElse]:
		return ignored(ReasonNotKept)
	case have[cConsent]:
		return meaning{field: Consent}
	case have[cAlias]:
		return meaning{field: Alias}
	case have[cDate]:
		return ignored(ReasonNotKept)
	case have[cGroup]:
		return meaning{field: Group}
	case have[cDistrict]:
		return meaning{field: District}
	case have[cAddress]:
		return meaning{field: District, address: true}
	case have[cPlace]:
		return ignored(ReasonNotKept)
	case have[cPhone]:
		return meaning{field: Phone}
	case have[cGiven] && (have[cSurname] || have[cLast]), have[cSurname] && have[cName] && !have[cLast], have[cFull]:
		return meaning{field: Name}
	case have[cLast], have[cSurname]:
		return meaning{field: FamilyName}
	case have[cGiven]:
		return meaning{field: GivenName}
	case have[cName]:
		return meaning{field: Name}
	case have[cSerial], have[cNumber] && !have[cNeutral]:
		return meaning{field: Serial}
	case have[cNumber]:
		return ignored(ReasonNotKept)
	case have[cRemark]:
		return ignored(ReasonRemarks)
	case dateParts > 0:
		return meaning{part: true}
	case have[cPerson]:
		return meaning{field: Name, loose: true}
	}
	return meaning{}
}

var (
	namesBS = regexp.MustCompile(`(?:^|[^\p{L}\p{M}])(?:[वब]ि\.?\s*[सश][ंँ]?\.?\s*(?:मा)?|विक्रम\s*सम्?ं?[वब]त्?|b\.?\s*s\.?|bikram\s*sam[bv]at|vikram\s*sam[bv]at|nepali\s*(?:date|calendar)|नेपाली\s*मिति)(?:$|[^\p{L}\p{M}])`)
	namesAD = regexp.MustCompile(`(?:^|[^\p{L}\p{M}])(?:[ईइ]\.?\s*[सश][ंँ]?\.?\s*(?:मा)?|[ईइ]स्[वब]ी\s*(?:सम्?ंवत्?|सन्?)?|सन्|a\.?\s*d\.?|c\.?\s*e\.?|gregorian\S*|english\s*(?:date|calendar)|अंग्रेजी\s*मिति)(?:$|[^\p{L}\p{M}])`)
)

// calendarNamed finds which calendar a heading or a title names. Both, as in
// "वि.सं./ई.सं.", say nothing.
func calendarNamed(text string) calendar.Calendar {
	text = zeroForDot.ReplaceAllString(strings.ToLower(script.Clean(text)), "$1.")
	bs, ad := namesBS.MatchString(text), namesAD.MatchString(text)
	switch {
	case bs && !ad:
		return calendar.Bikram
	case ad && !bs:
		return calendar.Gregorian
	}
	return calendar.AnyCalendar
}
