package routes

import (
	"slices"

	"chautari/models/account"
	"chautari/models/founding"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/register"
)

// Nouns are what the routes call.
type Nouns struct {
	Organisations *organisation.Organisations
	Accounts      *account.Accounts
	Members       *member.Members
	Founders      *founding.Founders
	Registers     *register.Registers
}

// Table is every operation of the API, in the order of the document. The
// access of each stands beside its address.
func Table(n Nouns) []Endpoint {
	return slices.Concat(
		organisationRoutes(n),
		accountRoutes(n),
		foundingRoutes(n),
		consentRoutes(),
		registrationRoutes(n),
		mineRoutes(n),
		memberRoutes(n),
		registerRoutes(n),
	)
}
