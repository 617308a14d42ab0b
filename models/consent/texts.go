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

// Asked is where a purpose is asked for: where it is first needed, never before.
type Asked string

// The places.
const (
	Joining Asked = "joining" // when she registers
	Meeting Asked = "meeting" // when she books her first meeting
	Hours   Asked = "hours"   // when a supporter first gives her hours
)

// Text is what is asked, in one language.
type Text struct {
	Purpose   Purpose
	Recipient Recipient
	Version   string
	Language  string
	Text      string
	Optional  bool // refusing it changes nothing but this one thing
	Asked     Asked
	Months    int // how long a yes holds
}

// current lists the version that is asked now of each purpose.
var current = []Text{
	{Purpose: Membership, Recipient: Organisation, Version: "1", Months: 36, Asked: Joining},
	{Purpose: CoordinatorPhone, Recipient: Coordinator, Version: "1", Optional: true, Months: 12, Asked: Joining},
	{Purpose: PeerName, Recipient: Supporter, Version: "1", Optional: true, Months: 12, Asked: Meeting},
	{Purpose: SupporterName, Recipient: Members, Version: "1", Optional: true, Months: 12, Asked: Hours},
}

// Texts lists what is asked now, in a language ("ne", "en" or "nb").
func Texts(language string) []Text {
	var texts []Text
	for _, t := range current {
		if full, ok := Current(t.Purpose, t.Version, language); ok {
			texts = append(texts, full)
		}
	}
	return texts
}

// Current finds the text of a purpose if this version is the one asked now and
// exists in the language.
func Current(p Purpose, version, language string) (Text, bool) {
	for _, t := range current {
		if t.Purpose != p || t.Version != version {
			continue
		}
		t.Language, t.Text = language, Words(p, version, language)
		return t, t.Text != ""
	}
	return Text{}, false
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
