package routes

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Watch counts requests. What it is told holds nothing of who asked or what
// for: a label names an operation, or several of them together.
type Watch interface {
	Began()
	Ended(Label, time.Duration)
}

// Label says what is counted together. Each part is one of few fixed words.
type Label struct {
	Method string // one that the server takes, "any", or "other"
	Route  string // the pattern of an operation of the table, or one of the words below
	Status string // "2xx" and so on
}

// Timed tells whether it may be told how long it took. What looks up no session
// is either a glance or a slow hash, so its times would tell one from the other.
func (l Label) Timed() bool { return l.Route != apart }

// What is counted together, because a count of its own would tell when
// somebody speaks up, or because the address is what somebody typed.
const (
	apart   = "apart"   // what looks up no session: operations and forms of pages without scripts
	pages   = "pages"   // files of the application and pages without scripts
	health  = "health"  // what monitors ask
	nowhere = "nowhere" // there is no such address
)

var healthAddresses = []string{"/healthz", "/livez", "/readyz"}

// labels finds what a request is counted under.
type labels struct{ operations map[string]string }

func labelsOf(endpoints []*endpoint) labels {
	l := labels{operations: map[string]string{}}
	for _, e := range endpoints {
		route := e.Path
		if e.NeverLooks() {
			route = apart
		}
		l.operations[e.Method+" "+e.Path] = route
	}
	return l
}

func (l labels) of(c *fiber.Ctx) Label {
	method, path := c.Method(), pattern(c)
	if method == http.MethodHead {
		method = http.MethodGet
	}
	out := Label{Method: method, Status: class(c.Response().StatusCode())}
	switch route, ok := l.operations[method+" "+path]; {
	case ok:
		out.Route = route
	case slices.Contains(healthAddresses, path):
		out.Route = health
	case path == "" && c.Path() != "/" || strings.HasPrefix(path, "/api"):
		out.Route = nowhere
	case method == http.MethodGet:
		out.Route = pages
	default:
		out.Route = apart // what is sent from a page without scripts
	}
	switch {
	case out.Route == apart || out.Route == pages:
		out.Method = "any"
	case !slices.Contains(methods, method):
		out.Method = "other"
	}
	return out
}

// class is the hundred of a status.
func class(status int) string {
	if status < 100 || status > 599 {
		return "other"
	}
	return string(rune('0'+status/100)) + "xx"
}
