package routes_test

import (
	"context"
	"testing"

	"chautari/routes"
	"chautari/routes/routestest"
)

func TestEveryRouteIsClosedToOtherRoles(t *testing.T) {
	h, _ := open(t)
	h.SweepAccess(t)
}

func TestBadInputIsRefusedAndNothingWritten(t *testing.T) {
	h, n := open(t)
	h.SweepBadInput(t, n.writes)
}

// No noun stands behind the table here: whoever reached one would break.
func TestTheTableIsClosedToOtherRoles(t *testing.T) {
	routestest.New(t, routes.Table(routes.Nouns{})).SweepAccess(t)
}

// A server that waits for its first organisation has nobody to sign in and
// nothing to speak up about, and no noun is asked.
func TestWhereNoOrganisationStandsOnlyFoundingOneAnswers(t *testing.T) {
	routestest.New(t, routes.Table(routes.Nouns{}), func(d *routes.Deps) {
		d.Tenant = func(context.Context, string) (string, error) { return "", nil }
	}).SweepBefore(t)
}

func TestTheTableRefusesBadInput(t *testing.T) {
	routestest.New(t, routes.Table(routes.Nouns{})).SweepBadInput(t, func() any { return nil })
}

func TestTheTableIsWhollyDescribed(t *testing.T) { whollyDescribed(t, routes.Table(routes.Nouns{})) }
