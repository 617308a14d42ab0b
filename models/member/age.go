package member

import (
	"fmt"
	"strings"

	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/seal"
)

// Said is what somebody answered who was asked once, when she registered, whether
// she is 18. She need not answer.
type Said string

// The answers.
const (
	Older   Said = "older"
	Younger Said = "younger"
	Unsaid  Said = "unsaid"
)

// fullAge is the age from which nobody's guardian is asked (Act Relating to
// Children 2075: a child is under 18).
const fullAge = 18

// Age is an answer with the day on which it was given. "Younger" needs no birth.
//
// How long "younger" holds: whoever is under 18 on a day was born after that day
// eighteen years ago, and at the latest on the day itself, so nothing but eighteen
// years more makes it certain that she is of age. Until then it ends only where a
// birth is told, by her or by those who protect: a birth that is known is believed
// before any answer, and the answer is written anew from it, so that an earlier one
// doesn't come back when she has her birth removed again.
type Age struct {
	Said Said
	On   calendar.Date
}

// young tells whether the answer makes her somebody under 18 on a day.
func (a Age) young(today calendar.Date) bool {
	return a.Said == Younger && a.On.Age(today) < fullAge
}

// text is the answer as it is sealed. All are of one length, so that what is stored
// doesn't tell which it is; who gave none has said that she would rather not.
func (a Age) text() string { return fmt.Sprintf("%-7s %s", a.Said, a.On) }

func readAge(clear seal.Clear) (a Age, err error) {
	said, on, _ := strings.Cut(strings.TrimSpace(clear.Reveal()), " ")
	if said == "" {
		return a, nil
	}
	a.Said = Said(said)
	a.On, err = calendar.Parse(strings.TrimSpace(on))
	return a, err
}

// sealAge puts an answer in place of what stood there.
func sealAge(key *seal.Key, doc *Member, a Age) (err error) {
	if a.Said == "" {
		a.Said = Unsaid
	}
	doc.Age, err = key.Seal(doc.ID, "age", a.text())
	return err
}

// keepAge writes the answer anew once a birth was told or is being removed: of the
// new one if there is one, else of the one that goes. Nobody becomes older by
// removing what can't be read.
func keepAge(key *seal.Key, doc *Member, was *Opened, now calendar.Birth, today calendar.Date) error {
	birth := now
	if birth.IsZero() {
		birth = was.Birth
	}
	said := Older
	switch {
	case birth.IsZero() && !(was.ageless() && was.Age.Said == ""):
		return nil
	case birth.IsZero() || young(birth, today):
		said = Younger
	}
	return sealAge(key, doc, Age{Said: said, On: today})
}

// young tells whether somebody is under 18 by what is known of her birth; of a
// year alone the younger age counts, and whoever seems not to be born yet is young.
func young(b calendar.Birth, today calendar.Date) bool {
	if b.IsZero() {
		return false
	}
	age, approximate, known := b.AgeAt(today)
	return !known || age < fullAge || approximate && age == fullAge
}

// Young tells whether she is under 18 on a day, by her birth or else by what she
// answered. Where that can't be read she counts as young: then fewer see her.
func (o *Opened) Young(today calendar.Date) bool {
	if o.ageless() {
		return true
	}
	if !o.Birth.IsZero() {
		return young(o.Birth, today)
	}
	return o.Age.young(today)
}

// ageOfTwin is what a twin says from its birth of whether it is 18, so that it may do
// what its person may: what she answered, or what goes before that. What she tells
// later stays where she told it (record 40).
func (o *Opened) ageOfTwin(today calendar.Date) Age {
	switch young := o.Young(today); {
	case young == o.Age.young(today):
		return o.Age
	case young:
		return Age{Said: Younger, On: today}
	}
	return Age{Said: Older, On: today}
}

// listed tells whether her coordinators may see her, as far as her age goes.
func (o *Opened) listed(sheet *consent.Sheet, today calendar.Date) bool {
	return !o.Young(today) || sheet.Listed()
}
