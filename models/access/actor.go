package access

import (
	"slices"
	"time"
)

// Role is what a person may be in an organisation.
type Role string

// The roles, as in the scope matrix.
const (
	Anonymous     Role = "anonymous" // nobody signed in
	Applicant     Role = "applicant"
	Member        Role = "member"
	PeerSupporter Role = "peerSupporter"
	Trainer       Role = "trainer"
	Coordinator   Role = "coordinator"
	FocalPoint    Role = "focalPoint"
	Deputy        Role = "deputy"
	Board         Role = "board"
	Liaison       Role = "liaison"
	Administrator Role = "administrator"
)

// Roles lists every role in the order of the matrix.
var Roles = []Role{
	Anonymous, Applicant, Member, PeerSupporter, Trainer, Coordinator,
	FocalPoint, Deputy, Board, Liaison, Administrator,
}

// Host stands in the trail for who acts on the server's own machine. It is none
// of Roles: no account has it, and no policy knows it.
const Host Role = "host"

// Halfway is who gave her words and still owes what her roles ask for beside
// them. It is none of Roles either, and may do nothing but give it; her own
// roles come back with it.
const Halfway Role = "halfway"

// Actor is who does something. The zero Actor is nobody in no organisation and
// may do nothing; every use case takes one as an argument.
type Actor struct {
	Org      string   // the organisation: the session's, or before sign-in the host's
	Account  string   // empty for an anonymous actor
	Person   string   // her id as a member; empty for an anonymous actor
	Session  string   // id of the sign-in
	Roles    []Role   // {Anonymous} before sign-in
	Groups   []string // ids of the groups she coordinates, with all below them
	Assigned []string // of these, the ones she was given herself
	Fresh    bool     // she proved a short while ago that it is she

	// Hold is there while what she had before is closed to her; else it is zero.
	Hold Hold
}

// Hold is when others let somebody in again, and until when what she had before that
// is closed to her.
type Hold struct{ Since, Until time.Time }

// IsHeld tells whether what was hers before is closed to her.
func (a Actor) IsHeld() bool { return a.Hold != (Hold{}) }

// Before tells whether something of an instant is among what is closed to her.
func (a Actor) Before(at time.Time) bool { return a.IsHeld() && !at.After(a.Hold.Since) }

// Has tells whether she has the role.
func (a Actor) Has(r Role) bool { return slices.Contains(a.Roles, r) }

// Coordinates tells whether the group is one of hers or below one.
func (a Actor) Coordinates(group string) bool {
	return group != "" && slices.Contains(a.Groups, group)
}

// AnonymousIn is the actor of a request that brings no sign-in.
func AnonymousIn(org string) Actor { return Actor{Org: org, Roles: []Role{Anonymous}} }

// HostIn is the actor of a command on the server's own machine.
func HostIn(org string) Actor { return Actor{Org: org, Roles: []Role{Host}} }
