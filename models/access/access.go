// Package access answers every "may she?".
//
// The answer comes from the policy files beside this code and from facts whose
// zero value denies. A forbid beats every permit, an error denies, and what is
// refused looks as if it were absent. Nothing else in the house decides.
package access

import (
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/cedar-policy/cedar-go"

	"chautari/models/calendar"
	"chautari/models/fault"
)

// Action is something that a person may or may not do.
type Action string

// The actions that exist; each stands in a policy file and in the golden grid.
const (
	ReadOrganisation Action = "readOrganisation"
	SendRegistration Action = "sendRegistration"
	ReadOwn          Action = "readOwn"
	ChangeOwn        Action = "changeOwn"
	ChooseLanguage   Action = "chooseLanguage"
	WithdrawConsent  Action = "withdrawConsent"
	GiveConsent      Action = "giveConsent"
	ChangePassphrase Action = "changePassphrase"
	GiveFactor       Action = "giveFactor"    // what comes beside her words
	ReadFactors      Action = "readFactors"   // which of them she has
	ManageFactors    Action = "manageFactors" // enrol and remove them
	ReadSignIns      Action = "readSignIns"   // where else she is signed in
	EndSignIn        Action = "endSignIn"
	ManageRecovery   Action = "manageRecovery" // her code for the day her words are lost, and whether others may help
	OpenHeld         Action = "openHeld"       // end with her code that what was written before is closed
	TakeOwnAway      Action = "takeOwnAway"    // a file with all that is hers
	RestrictOwn      Action = "restrictOwn"
	EraseOwn         Action = "eraseOwn"
	SeeOpenings      Action = "seeOpenings"    // who opened what is hers
	ChooseMessages   Action = "chooseMessages" // to which number, and when
	ChooseMail       Action = "chooseMail"     // to which address, for who works here
	AnswerMessages   Action = "answerMessages" // type the digits, stop, put away
	ReadDesk         Action = "readDesk"
	ListMembers      Action = "listMembers"
	ReadMember       Action = "readMember"
	ReadContact      Action = "readContact"
	ReadHandle       Action = "readHandle" // her sign-in name, to tell her in person
	CorrectMember    Action = "correctMember"
	DecideOnApplying Action = "decideOnApplying"
	AskCarried       Action = "askCarried" // write down what somebody carried over answers, as her witness
	AskYoung         Action = "askYoung"   // the same of somebody under 18
	ImportRegister   Action = "importRegister"
	ReadRegister     Action = "readRegister"
	SeeWhyAside      Action = "seeWhyAside" // whether somebody of a list was erased at her wish

	ReadSlots       Action = "readSlots"
	BookSession     Action = "bookSession"
	ReadOwnSessions Action = "readOwnSessions"
	CancelSession   Action = "cancelSession"
	SetHours        Action = "setHours"
	ListSessions    Action = "listSessions"

	ListCourses       Action = "listCourses"
	ApplyToIntake     Action = "applyToIntake"
	ReadOwnPlaces     Action = "readOwnPlaces"
	WithdrawEnrolment Action = "withdrawEnrolment"
	CreateCourse      Action = "createCourse"
	ChangeIntake      Action = "changeIntake"
	ListIntakes       Action = "listIntakes"
	ReadIntake        Action = "readIntake"

	SendGrievance   Action = "sendGrievance"
	FollowGrievance Action = "followGrievance"
	ListGrievances  Action = "listGrievances"
	HandleOrdinary  Action = "handleOrdinary"
	HandleSensitive Action = "handleSensitive"

	DraftRelease   Action = "draftRelease"
	ReleaseFigures Action = "releaseFigures"
	ReadReleases   Action = "readReleases"
	ReadResults    Action = "readResults"

	ReadSettings   Action = "readSettings"
	ChangeSettings Action = "changeSettings"
	ManageGroups   Action = "manageGroups"
	ManageSetup    Action = "manageSetup"

	ReadTexts   Action = "readTexts" // what is asked, with what may take its place
	DraftText   Action = "draftText"
	DropText    Action = "dropText"
	ReleaseText Action = "releaseText"

	DeclareConflict Action = "declareConflict"
	ReadConflicts   Action = "readConflicts"
	SettleConflict  Action = "settleConflict" // say whom a declaration in words is about

	AskForRole            Action = "askForRole"
	AskForRecovery        Action = "askForRecovery" // that somebody may choose new words
	AskForStaffRecovery   Action = "askForStaffRecovery"
	AskForExport          Action = "askForExport"
	AskForEmergency       Action = "askForEmergency" // a closed record, for a time
	ReadRequests          Action = "readRequests"
	DecideOnRole          Action = "decideOnRole"
	DecideOnExport        Action = "decideOnExport"
	DecideOnOpening       Action = "decideOnOpening"
	DecideOnRecovery      Action = "decideOnRecovery"
	DecideOnStaffRecovery Action = "decideOnStaffRecovery"
	UseEmergency          Action = "useEmergency"
	TakeExport            Action = "takeExport"
	CloseAccount          Action = "closeAccount"

	OfferStory    Action = "offerStory" // give a story of hers for others to read
	WithdrawStory Action = "withdrawStory"
	ReadStories   Action = "readStories" // those that show
	ReviewStories Action = "reviewStories"
	DecideOnStory Action = "decideOnStory"

	ReadTrail        Action = "readTrail"        // entries about what lies in her hands
	ReadTrailSummary Action = "readTrailSummary" // how much was done, by roles
	ReadTechnical    Action = "readTechnical"    // what happened, without ids
	ReadAlerts       Action = "readAlerts"
)

// What is done by nobody who is signed in, and so asked of no policy; it stands in
// the trail by these names.
const (
	ComeBack  Action = "comeBack"  // somebody chose new words with a code
	LetBackIn Action = "letBackIn" // the part in it of each of the two who gave her the code
)

// Actions lists them in the order of the grid.
var Actions = []Action{
	ReadOrganisation, SendRegistration, ReadOwn, ChangeOwn, ChooseLanguage, WithdrawConsent, GiveConsent,
	ChangePassphrase, GiveFactor, ReadFactors, ManageFactors, ReadSignIns, EndSignIn, ManageRecovery, OpenHeld, TakeOwnAway, RestrictOwn, EraseOwn, SeeOpenings, ChooseMessages, ChooseMail, AnswerMessages, ReadDesk,
	ListMembers, ReadMember, ReadContact, ReadHandle, CorrectMember, DecideOnApplying, AskCarried, AskYoung, ImportRegister, ReadRegister, SeeWhyAside,
	ReadSlots, BookSession, ReadOwnSessions, CancelSession, SetHours, ListSessions,
	ListCourses, ApplyToIntake, ReadOwnPlaces, WithdrawEnrolment, CreateCourse, ChangeIntake, ListIntakes, ReadIntake,
	SendGrievance, FollowGrievance, ListGrievances, HandleOrdinary, HandleSensitive,
	DraftRelease, ReleaseFigures, ReadReleases, ReadResults,
	ReadSettings, ChangeSettings, ManageGroups, ManageSetup,
	ReadTexts, DraftText, DropText, ReleaseText,
	DeclareConflict, ReadConflicts, SettleConflict,
	AskForRole, AskForExport, AskForEmergency, AskForRecovery, AskForStaffRecovery, ReadRequests, DecideOnRole, DecideOnExport, DecideOnOpening, DecideOnRecovery, DecideOnStaffRecovery,
	UseEmergency, TakeExport, CloseAccount,
	OfferStory, WithdrawStory, ReadStories, ReviewStories, DecideOnStory,
	ReadTrail, ReadTrailSummary, ReadTechnical, ReadAlerts,
}

// Facts are what a noun knows about the thing that is asked for. The zero
// value denies everything but what is open to anybody.
type Facts struct {
	Org     string // the organisation the thing belongs to
	Own     bool   // it is about herself
	Group   bool   // it is in a group that she is assigned to
	Consent bool   // live consent, or the ground that stands for it, covers her role and this field
	Apart   bool   // it is known that no conflict of interest stands between them

	Listed bool // she is of age, or the focal point decided that her coordinators may see her

	Assigned bool // it lies in her hands: hers to handle, or to teach

	Granted bool // two people opened it to her for a time, and the time isn't over

	Stead bool // all whose it is to decide are too close, and she is the next
}

//go:embed policies/*.cedar
var policyFiles embed.FS

var policies = mustLoad(policyFiles)

var (
	// Refused is what a person sees of anything she may not see.
	Refused = fault.New(fault.Absent, "request.absent")
	// Unproved is what she sees of what she may do as soon as she has shown
	// again that it is she.
	Unproved = fault.New(fault.Unproved, "session.proof_needed")
)

// HeldCode is the code of what is closed to her for a while, since others let her in
// again: what was there before, until her own code or the time opens it.
const HeldCode = "account.held"

// held tells the day on which it opens.
func held(until time.Time) error {
	return &fault.Error{Kind: fault.Unproved, Code: HeldCode, Fields: []fault.Field{
		fault.At("until", HeldCode, "day", calendar.Of(until).String()),
	}}
}

// IsHeld tells whether an error is that of what is closed for a while.
func IsHeld(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Code == HeldCode
}

// Decide returns nil when the actor may do it, a fault that IsHeld when nothing but
// that stands in the way, Unproved when nothing but a fresh proof of who she is does,
// and Refused otherwise.
func Decide(a Actor, act Action, f Facts) error {
	if a.Org == "" || len(a.Roles) == 0 {
		return Refused
	}
	if questionOf(a, act, f).allowed() {
		return nil
	}
	if !a.Fresh {
		a.Fresh = true
		if questionOf(a, act, f).allowed() {
			return Unproved
		}
	}
	if until := a.Hold.Until; a.IsHeld() {
		a.Hold = Hold{}
		if questionOf(a, act, f).allowed() {
			return held(until)
		}
	}
	return Refused
}

// mustLoad reads the policy files, each policy under its @id: the ids that the
// parser gives begin anew in every file, and one of two equal ones would be lost.
func mustLoad(files fs.FS) *cedar.PolicySet {
	set, err := load(files)
	if err != nil {
		panic(err)
	}
	return set
}

func load(files fs.FS) (*cedar.PolicySet, error) {
	set := cedar.NewPolicySet()
	names, err := fs.Glob(files, "policies/*.cedar")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		list, err := cedar.NewPolicyListFromBytes(name, text)
		if err != nil {
			return nil, fmt.Errorf("access: %w", err)
		}
		for _, p := range list {
			policyID, ok := p.Annotations()["id"]
			if !ok {
				return nil, fmt.Errorf("access: a policy in %s has no @id", name)
			}
			if !set.Add(cedar.PolicyID(policyID), p) {
				return nil, fmt.Errorf("access: two policies are called %q", policyID)
			}
		}
	}
	return set, nil
}
