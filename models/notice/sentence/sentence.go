// Package sentence is all that a message may ever say: a short fixed list in
// three languages. No sentence names anybody, the organisation, a place, a
// reason or a group, and none has a link.
//
// Text is a type that only this package fills. Nothing that anybody typed can
// get into one: the one thing that changes in a sentence is Digits, which are
// drawn here. What doesn't belong here: to whom something is said, and when.
package sentence

import (
	"fmt"
	"strings"
)

// Key names a sentence.
type Key string

// The sentences.
const (
	Tomorrow Key = "tomorrow" // something is arranged for the day after
	Off      Key = "off"      // it was called off
	Settled  Key = "settled"  // a place became hers
	Code     Key = "code"     // the digits that show that she has the phone
	AskAgain Key = "askAgain" // some months have gone by since she said yes
	Look     Key = "look"     // for who works here: there is something to look at
)

// Keys lists them all.
var Keys = []Key{Tomorrow, Off, Settled, Code, AskAgain, Look}

// Languages are those in which each can be said.
var Languages = []string{"ne", "en", "nb"}

// place is where the digits stand in the one sentence that has them.
const place = "{code}"

var catalogue = map[Key]map[string]string{
	Tomorrow: {
		"ne": "भोलिको कुरा नबिर्सनुहोस् है।",
		"en": "A reminder for tomorrow.",
		"nb": "En påminnelse for i morgen.",
	},
	Off: {
		"ne": "यसपालि नहुने भयो।",
		"en": "It is off this time.",
		"nb": "Det blir ikke noe av denne gangen.",
	},
	Settled: {
		"ne": "पक्का भयो।",
		"en": "It is all set.",
		"nb": "Alt er i orden.",
	},
	Code: {
		"ne": "राख्ने अङ्क: " + place,
		"en": "Number to type: " + place,
		"nb": "Tallet du skal taste: " + place,
	},
	AskAgain: {
		"ne": "खबर आइरहोस्? मिलेको बेला भन्नुहोस्।",
		"en": "Shall messages keep coming? Please say when you can.",
		"nb": "Skal meldingene fortsette? Si fra når du kan.",
	},
	Look: {
		"ne": "हेर्नुपर्ने कुरा छ।",
		"en": "There is something to look at.",
		"nb": "Det er noe å se på.",
	},
}

// Text is a sentence in a language, ready to leave. The zero Text says nothing
// and is sent nowhere.
type Text struct{ text string }

// Say is a sentence that stands as it is; one of another language than those
// here is said in the first. The zero Text for Code, and for what is not in the
// list.
func Say(k Key, language string) Text {
	if k == Code {
		return Text{}
	}
	return Text{said(k, language)}
}

// SayCode is the sentence with the digits to type.
func SayCode(d Digits, language string) Text {
	if d.Empty() {
		return Text{}
	}
	return Text{strings.Replace(said(Code, language), place, d.six, 1)}
}

func said(k Key, language string) string {
	if text, ok := catalogue[k][language]; ok {
		return text
	}
	return catalogue[k][Languages[0]]
}

// Reveal is what is said, for who carries it.
func (t Text) Reveal() string { return t.text }

// Empty tells that it says nothing.
func (t Text) Empty() bool { return t.text == "" }

// Format shows a mask for every verb: a sentence may hold digits that let
// somebody in.
func (t Text) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("•••")) }
