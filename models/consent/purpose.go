package consent

import "slices"

// Purpose is what a yes is for: one thing, one recipient.
type Purpose string

// The purposes (docs/data.md names what each opens).
const (
	Membership          Purpose = "membership"           // to keep what she writes, to be a member
	CoordinatorName     Purpose = "coordinator_name"     // her group's coordinators may see her name on paper
	CoordinatorPhone    Purpose = "coordinator_phone"    // her group's coordinators may see her phone number
	CoordinatorDistrict Purpose = "coordinator_district" // her group's coordinators may see her district
	PeerName            Purpose = "peer_name"            // the supporter she meets may see the name she chose
	SupporterName       Purpose = "supporter_name"       // members may see that she is a supporter, by the name she chose
	Figures             Purpose = "figures"              // to be counted in totals; done unless she says no
	MessagesSMS         Purpose = "messages_sms"         // neutral messages to her phone, by a company that carries them
	History             Purpose = "sensitive_history"    // to note what happened to her
	Health              Purpose = "sensitive_health"     // to note her health
	Referral            Purpose = "referral"             // one named body is told about her, for one thing, until a day
	Police              Purpose = "police"               // somebody goes to the police with her
	Story               Purpose = "story"                // her story is published
	Picture             Purpose = "picture"              // a picture of hers is published
	Voice               Purpose = "voice"                // her voice is published
)

// Recipient is who may use it.
type Recipient string

// The recipients.
const (
	Organisation Recipient = "organisation"
	Coordinator  Recipient = "coordinator"
	Supporter    Recipient = "supporter"
	Members      Recipient = "members"
	Carrier      Recipient = "carrier" // the company that carries messages
	NamedBody    Recipient = "named_body"
	PoliceOffice Recipient = "police"
	Everyone     Recipient = "everyone"
)

// How tells how a yes was given.
type How string

// The ways.
const (
	BySelf   How = "self"      // by her own hand
	InPerson How = "in_person" // somebody filled in with her, as witness
)

// Asked is where a purpose is asked for: where it is first needed, never before.
type Asked string

// The places. What nothing uses yet is asked nowhere: its text stands ready, and
// no yes to it is taken.
const (
	Nowhere    Asked = ""
	Joining    Asked = "joining"  // when she registers
	Meeting    Asked = "meeting"  // when she books her first meeting
	Hours      Asked = "hours"    // when a supporter first gives her hours
	OwnPage    Asked = "own"      // on her own page, at her wish
	Messages   Asked = "messages" // where she turns messages on
	Publishing Asked = "story"    // where she hands something in to be published
)

// rule is what holds for a purpose, whatever its wording.
type rule struct {
	purpose   Purpose
	recipient Recipient
	asked     Asked
	months    int  // how long a yes holds
	needed    bool // without it nothing can be kept
	optOut    bool // it is done unless she says no
}

// rules lists every purpose in the order in which she reads them.
var rules = []rule{
	{Membership, Organisation, Joining, 36, true, false},
	{CoordinatorPhone, Coordinator, Joining, 12, false, false},
	{CoordinatorName, Coordinator, OwnPage, 12, false, false},
	{CoordinatorDistrict, Coordinator, OwnPage, 12, false, false},
	{PeerName, Supporter, Meeting, 12, false, false},
	{SupporterName, Members, Hours, 12, false, false},
	{MessagesSMS, Carrier, Messages, 6, false, false},
	{Figures, Organisation, OwnPage, 0, false, true},
	{Story, Everyone, Publishing, 12, false, false},
	{Picture, Everyone, Publishing, 12, false, false},
	{Voice, Everyone, Nowhere, 12, false, false},
	{History, Organisation, Nowhere, 12, false, false},
	{Health, Organisation, Nowhere, 12, false, false},
	{Referral, NamedBody, Nowhere, 3, false, false},
	{Police, PoliceOffice, Nowhere, 1, false, false},
}

// ruleOf finds the rule of a purpose.
func ruleOf(p Purpose) (rule, bool) {
	for _, r := range rules {
		if r.purpose == p {
			return r, true
		}
	}
	return rule{}, false
}

// AskedAt is where a purpose is asked for.
func AskedAt(p Purpose) Asked {
	r, _ := ruleOf(p)
	return r.asked
}

// Purposes lists every purpose in the order in which she reads them.
func Purposes() []Purpose {
	all := make([]Purpose, len(rules))
	for i, r := range rules {
		all[i] = r.purpose
	}
	return all
}

// placeOf is where a purpose stands among them.
func placeOf(p Purpose) int {
	return slices.IndexFunc(rules, func(r rule) bool { return r.purpose == p })
}
