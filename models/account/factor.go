package account

import (
	"slices"

	"chautari/models/access"
	"chautari/models/organisation"
)

// Factor is what somebody gave beside her words in a sign-in.
type Factor string

// The factors. Text messages are none: whoever holds the phone reads them.
const (
	NoFactor Factor = ""
	Passkey  Factor = "passkey" // can't be told to a false page
	TOTP     Factor = "totp"    // six digits out of an app, RFC 6238
	Printed  Factor = "code"    // one of the codes on her paper
)

// Demand is what roles ask for beside words. Its zero value asks for most.
type Demand int

// The demands, from the strictest down.
const (
	StrongFactor Demand = iota // a passkey, or one of the codes printed for the day it is lost
	AnyFactor
	WordsAlone
)

// demands is what each role asks for: safety requirement 22, NIST SP 800-63B
// AAL2. A role that isn't here asks for most.
var demands = map[access.Role]Demand{
	access.Applicant: WordsAlone, access.Member: WordsAlone, access.PeerSupporter: WordsAlone,
	access.Trainer: AnyFactor, access.Coordinator: AnyFactor, access.Deputy: AnyFactor,
	access.Board: AnyFactor, access.Liaison: AnyFactor,
	access.FocalPoint: StrongFactor, access.Administrator: StrongFactor,
}

// Demanded is the strictest of what the roles ask for; nobody's roles ask for most.
func Demanded(roles []access.Role) Demand {
	if len(roles) == 0 {
		return StrongFactor
	}
	strictest := WordsAlone
	for _, r := range roles {
		strictest = min(strictest, demands[r])
	}
	return strictest
}

// MetBy tells whether a factor that was given is enough.
func (d Demand) MetBy(given Factor) bool {
	switch d {
	case WordsAlone:
		return true
	case AnyFactor:
		return slices.Contains([]Factor{Passkey, TOTP, Printed}, given)
	}
	return given == Passkey || given == Printed
}

// DemandedIn is what an organisation asks of the roles: nothing beside words
// where everything is invented, as the pages say there.
func DemandedIn(by *organisation.Settings, roles []access.Role) Demand {
	if by != nil && by.Organisation != nil && by.Organisation.Demo {
		return WordsAlone
	}
	return Demanded(roles)
}
