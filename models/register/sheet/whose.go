package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A register of women is full of other people: husbands, neighbours, brokers,
// those who wrote it. Their names and numbers must never become hers. So a
// heading is about her only while every word of it is known; a word of
// possession that isn't makes the column somebody else's, any other makes it
// doubtful.

// ofWords come before the one whom something belongs to.
var ofWords = []string{"of", "til", "av", "på", "for", "hos", "to"}

// owner tells whether the unknown word at i is one whom the column belongs to:
// दलालको नाम, Trafficker's name, name of guarantor, sønnens navn.
func owner(text string, words []string, i int) bool {
	word := words[i]
	if inDevanagari(word) {
		return owns(word) || i+1 < len(words) && slices.Contains([]string{"को", "का", "की", "के"}, words[i+1])
	}
	for _, s := range []string{"'s", "’s", "`s", "´s"} {
		if strings.Contains(text, word+s) {
			return true
		}
	}
	if stem, ok := strings.CutSuffix(word, "s"); ok && utf8.RuneCountInString(stem) > 2 && !strings.HasSuffix(stem, "s") {
		if strings.Contains(text, word+"'") || strings.Contains(text, word+"’") || i+1 < len(words) && hers(conceptsOf(words[i+1])) {
			return true
		}
	}
	for at := i - 1; at >= 0 && at >= i-2; at-- {
		if slices.Contains(ofWords, words[at]) {
			return true
		}
	}
	return false
}

func owns(word string) bool {
	for _, ending := range []string{"को", "का", "की", "कै"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(stem) > 1 {
			return true
		}
	}
	return false
}

// hers tells whether a word names something that a person has.
func hers(found []concept) bool {
	return slices.ContainsFunc(found, func(c concept) bool {
		return c == cName || c == cPhone || c == cBirth || c == cSurname || c == cGiven || c == cAlias
	})
}

// personal tells whether a field says who she is or how she is reached.
func (f Field) personal() bool {
	switch f {
	case Name, GivenName, FamilyName, Alias, Phone, Birth, OtherBirth, BirthYear, BirthMonth, BirthDay:
		return true
	}
	return false
}

// kindOf puts the fields together that tell the same thing.
func (f Field) kindOf() Field {
	switch f {
	case GivenName, FamilyName:
		return Name
	case OtherBirth, BirthYear, BirthMonth, BirthDay:
		return Birth
	}
	return f
}

// doubt takes the fields of doubtful columns away: of a phone always, since a
// number that isn't hers brings danger to her, of others where another column
// tells the same, and where two are as doubtful. It leaves the column unknown,
// to be asked about.
func doubt(columns []Column) {
	sure, doubtful := map[Field]int{}, map[Field]int{}
	for _, c := range columns {
		if c.From == "chosen" || !c.doubtful {
			sure[c.Field.kindOf()]++
		} else {
			doubtful[c.Field]++
		}
	}
	for i := range columns {
		c := &columns[i]
		if c.From != "heading" || !c.doubtful || !c.Field.personal() {
			continue
		}
		if c.Field == Phone || sure[c.Field.kindOf()] > 0 || doubtful[c.Field] > 1 {
			c.Field, c.From, c.Calendar, c.Years = "", "", "", false
		}
	}
}
