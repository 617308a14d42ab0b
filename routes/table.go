package routes

import (
	"slices"

	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/desk"
	"chautari/models/factor"
	"chautari/models/founding"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/notice"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/recovery"
	"chautari/models/register"
	"chautari/models/report"
	"chautari/models/rights"
	"chautari/models/story"
	"chautari/models/trail"
	"chautari/models/training"
)

// Nouns are what the routes call.
type Nouns struct {
	Organisations *organisation.Organisations
	Accounts      *account.Accounts
	Factors       *factor.Factors
	Members       *member.Members
	Notices       *notice.Notices
	Conflicts     *conflict.Conflicts
	Founders      *founding.Founders
	Registers     *register.Registers
	Support       *peersupport.Support
	Courses       *training.Courses
	Grievances    *grievance.Grievances
	Approvals     *approval.Requests
	Recoveries    *recovery.Recoveries
	Reports       *report.Reports
	Rights        *rights.Rights
	Stories       *story.Stories
	Texts         *consent.Texts
	Trails        *trail.Trails
	Desk          desk.Desk
}

// Table is every operation of the API, in the order of the document. The
// access of each stands beside its address.
func Table(n Nouns) []Endpoint {
	return slices.Concat(
		organisationRoutes(n),
		accountRoutes(n),
		factorRoutes(n),
		foundingRoutes(n),
		setupRoutes(n),
		settingsRoutes(n),
		consentRoutes(n),
		textRoutes(n),
		registrationRoutes(n),
		mineRoutes(n),
		noticeRoutes(n),
		ledgerRoutes(n),
		rightsRoutes(n),
		storyRoutes(n),
		deskRoutes(n),
		memberRoutes(n),
		carriedRoutes(n),
		conflictRoutes(n),
		registerRoutes(n),
		supportRoutes(n),
		trainingRoutes(n),
		grievanceRoutes(n),
		reportRoutes(n.Reports),
		approvalRoutes(n),
		recoveryRoutes(n),
		trailRoutes(n),
	)
}
