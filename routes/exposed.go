package routes

import (
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"

	"chautari/models/fault"
)

var errNeedsHTTPS = fault.New(fault.Foreign, "session.needs_https")

// overTLS refuses what would go over a network that others can listen to. On
// plain http from another device no sign-in holds either: a browser drops a
// __Host- cookie everywhere but on the machine itself. Where a proxy speaks TLS,
// that is what comes past it.
func (s *server) overTLS(c *fiber.Ctx) error {
	listened := s.Exposed || s.Proxy != "" && !c.IsProxyTrusted()
	if listened && !c.Secure() && !sameMachine(host(c)) {
		return errNeedsHTTPS
	}
	return nil
}

// sameMachine tells whether a host name leads a browser to its own machine.
func sameMachine(name string) bool {
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && addr.Unmap().IsLoopback()
}
