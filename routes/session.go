package routes

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
)

// cookieName binds the cookie to this very host and to https.
const cookieName = "__Host-s"

// leftName is the cookie by which a page says that she has left. A page can't
// remove the other one, and without a net nobody hears that it should end.
const leftName = "__Host-x"

// clearSite is what a browser forgets at the end of a session. "cache" is left
// out: it can stall a browser for seconds, and no answer with data is cached.
const clearSite = `"cookies", "storage"`

var errNobody = fault.New(fault.Unauthenticated, "session.absent")

func cookie(name, value string) *fiber.Cookie {
	return &fiber.Cookie{
		Name: name, Value: value, Path: "/", Secure: true, HTTPOnly: true,
		SameSite: fiber.CookieSameSiteStrictMode, SessionOnly: true,
	}
}

func setSession(c *fiber.Ctx, token string) { c.Cookie(cookie(cookieName, token)) }

// clearSession takes away what the browser holds of a session that is over.
func clearSession(c *fiber.Ctx) {
	c.Cookie(past(cookieName))
	clearLeft(c)
	c.Set("Clear-Site-Data", clearSite)
}

// past sets a cookie once more, in the past: a __Host- cookie is only replaced
// by one with the same attributes.
func past(name string) *fiber.Cookie {
	past := cookie(name, "")
	past.SessionOnly, past.Expires = false, time.Unix(1, 0).UTC()
	return past
}

// hasLeft tells that the page from which the cookie comes was left for good.
func hasLeft(c *fiber.Ctx) bool { return c.Cookies(leftName) != "" }

// clearLeft takes away the word that she has left where it came. An answer to
// what was asked before she left doesn't: what it sets is still to be ended.
func clearLeft(c *fiber.Ctx) {
	if hasLeft(c) {
		c.Cookie(past(leftName))
	}
}

// actor finds out who calls, and whether the route is open to her. Somebody
// signed in whose roles don't fit is told what is told of a route that doesn't exist.
// The session of whoever has left ends here, and the request is nobody's.
func (s *server) actor(ctx context.Context, c *fiber.Ctx, e *endpoint, call *Call) error {
	call.Actor = access.AnonymousIn(call.Tenant)
	if e.NeverLooks() {
		return nil
	}
	token := c.Cookies(cookieName)
	signedIn, renewed := false, false
	if token != "" {
		a, err := s.Authenticate(ctx, call.Tenant, call.Host, token)
		switch {
		case err == nil:
			call.Actor, signedIn = a, true
		case errors.Is(err, account.ErrRenewed):
			renewed = true
		case !fault.Is(err, fault.Unauthenticated):
			return err
		}
	}
	if signedIn && hasLeft(c) && !e.signsOut() {
		if err := s.EndSession(ctx, call.Tenant, call.Host, token); err != nil {
			return err
		}
		call.Actor, signedIn = access.AnonymousIn(call.Tenant), false
		call.ClearSession()
	}
	if !signedIn && !renewed {
		clearLeft(c)
	}
	switch {
	case e.Open():
		if call.Actor.Has(access.Halfway) {
			// She is nobody yet; only to be ended is her sign-in known.
			call.Actor = access.Actor{Org: call.Actor.Org, Session: call.Actor.Session, Roles: []access.Role{access.Anonymous}}
		}
		return nil
	case renewed:
		return account.ErrRenewed // the browser has the new value, or is about to: it is left alone
	case !signedIn:
		if token != "" {
			clearSession(c) // it has run out
		}
		return errNobody
	case call.Actor.Has(access.Halfway) && !slices.Contains(e.Roles, access.Halfway):
		return account.ErrFactorNeeded
	case !slices.ContainsFunc(e.Roles, call.Actor.Has):
		if s.Refused != nil {
			if err := s.Refused(ctx, call.Actor, e.ID, ""); err != nil {
				return err
			}
		}
		return errAbsent
	}
	return nil
}
