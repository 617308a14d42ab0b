package routes

import (
	"cmp"
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"chautari/models/access"
	"chautari/models/clock"
	"chautari/models/grievance"
	"chautari/models/organisation"
	"chautari/models/store"
	"chautari/routes/plain"
)

// Deps is what the frame needs of the rest of the house.
type Deps struct {
	// Tenant finds the organisation of a host name (lower case, no port). It errs
	// with an Absent fault for an unknown one; the empty id is a server that has
	// no organisation yet.
	Tenant func(ctx context.Context, host string) (org string, err error)
	// Authenticate finds who a session token belongs to; an Unauthenticated fault
	// when it is nobody's (any more).
	Authenticate func(ctx context.Context, tenant, host, token string) (access.Actor, error)
	// EndSession ends the session of a token if there is one.
	EndSession func(ctx context.Context, tenant, host, token string) error
	// Refused notes that somebody signed in asked for an operation that is for
	// other roles, or that was refused to her and is in no trail yet; subject is the
	// id that she asked for, or empty. nil notes nothing.
	Refused func(ctx context.Context, a access.Actor, operation, subject string) error
	// Ready tells of each part that the server stands on whether it is well; nil
	// is a server that stands on nothing.
	Ready func(ctx context.Context) []Part
	// Frontend is the built browser application, with index.html at its root.
	Frontend fs.FS
	// Proxy is the address or network of the one proxy in front; empty is none.
	Proxy string
	// Exposed tells that neither this server nor a proxy before it speaks TLS.
	Exposed bool
	// Watch counts requests; nil counts none.
	Watch Watch
	// Grievances are what the pages without scripts for speaking up stand on; nil
	// is a server without these pages.
	Grievances *grievance.Grievances
	// Helplines are the numbers to call that an organisation shows to anybody; nil
	// is a server that shows the usual ones.
	Helplines func(ctx context.Context, org string) []organisation.Helpline
	// ExitTo is the neutral site where the quick exit ends.
	ExitTo string
	// WorkerOff takes the worker, and all that it kept, off every phone that has it.
	WorkerOff bool
	Clock     clock.Clock
	Log       *slog.Logger
}

// Limits of a connection, whatever it asks for.
const (
	headerTimeout = 10 * time.Second
	uploadTimeout = 3 * time.Minute // 5 MB on a slow line
	writeTimeout  = 30 * time.Second
	idleTimeout   = 75 * time.Second
	headerBytes   = 16 << 10 // of all headers, the address with a long query among them
)

// server is the application and what it was built from.
type server struct {
	Deps
	networks *networks
	lanes    store.Queues
	labels   labels
}

// New builds the application from the table. What is wrong with a route
// panics here, not when a request comes.
func New(deps Deps, table []Endpoint) *fiber.App {
	s := &server{Deps: deps, networks: &networks{clock: deps.Clock}}
	app := fiber.New(fiber.Config{
		Immutable:                    true, // or a kept parameter becomes the next person's value
		CaseSensitive:                true,
		StrictRouting:                true,
		DisableStartupMessage:        true,
		EnableTrustedProxyCheck:      true,
		TrustedProxies:               trusted(deps.Proxy),
		ReadTimeout:                  headerTimeout,
		WriteTimeout:                 writeTimeout,
		IdleTimeout:                  idleTimeout,
		ReadBufferSize:               headerBytes,
		StreamRequestBody:            true, // so that nobody sends much before it is known who she is
		DisablePreParseMultipartForm: true,
		ErrorHandler:                 s.answerError,
	})
	endpoints := compile(table)
	s.labels = labelsOf(endpoints)
	s.guard(app.Server(), endpoints)
	app.Use(s.around)

	for _, e := range inOrder(endpoints) {
		if e.pace != nil {
			e.pace.clock = deps.Clock
		}
		if e.crowd != nil {
			e.crowd.clock = deps.Clock
		}
		s.mount(app, e)
	}
	document, err := Document(table)
	if err != nil {
		panic(err)
	}
	get(app, "/api/openapi.json", func(c *fiber.Ctx) error {
		return c.Type("json").Send(document)
	})
	s.mountHealth(app)
	build := load(deps.Frontend)
	plain.Mount(app, plain.Site{
		ExitTo: deps.ExitTo, End: s.endSession, Numbers: s.numbers, Talk: s.talk(endpoints),
		Script: plainScript(build), Keep: build[workerFile] != nil && !deps.WorkerOff,
	})
	s.mountFrontend(app, build)
	return app
}

// compile builds every route and refuses two of one name or address.
func compile(table []Endpoint) []*endpoint {
	seen := map[string]bool{}
	out := make([]*endpoint, len(table))
	for i, e := range table {
		out[i] = e.endpoint()
		for _, name := range []string{out[i].ID, out[i].Method + " " + out[i].Path} {
			if seen[name] {
				panic("route " + name + ": there are two of it")
			}
			seen[name] = true
		}
	}
	return out
}

// inOrder puts fixed addresses before those with a parameter in the same place.
func inOrder(list []*endpoint) []*endpoint {
	return slices.SortedFunc(slices.Values(list), func(a, b *endpoint) int {
		last := func(e *endpoint) string { return strings.ReplaceAll(e.Path, ":", "\x7f") }
		return cmp.Compare(last(a), last(b))
	})
}

func get(app *fiber.App, path string, h fiber.Handler) {
	app.Add(fiber.MethodGet, path, h)
	app.Add(fiber.MethodHead, path, h)
}

func trusted(proxy string) []string {
	if proxy == "" {
		return nil
	}
	return []string{proxy}
}

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodDelete}

// guard sets what must hold before a handler is found: security headers on
// whatever is answered, time for the body by route, and no other method.
func (s *server) guard(server *fasthttp.Server, endpoints []*endpoint) {
	inner := server.Handler
	server.Handler = func(c *fasthttp.RequestCtx) {
		secure(&c.Response.Header)
		if !slices.Contains(methods, string(c.Method())) {
			c.Response.Header.Set(fiber.HeaderAllow, strings.Join(methods, ", "))
			c.SetStatusCode(http.StatusMethodNotAllowed)
			c.SetConnectionClose()
			return
		}
		inner(c)
	}
	var uploads []string
	for _, e := range endpoints {
		if e.Upload {
			uploads = append(uploads, e.Path)
		}
	}
	server.HeaderReceived = func(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
		// Sizes are counted while the body is read; here no route's limit is known for sure.
		config := fasthttp.RequestConfig{ReadTimeout: headerTimeout, MaxRequestBodySize: 1 << 30}
		path, _, _ := strings.Cut(string(h.RequestURI()), "?")
		// Time for a file on a slow line is for whoever brings a sign-in.
		if h.IsPost() && len(h.Cookie(cookieName)) > 0 && slices.ContainsFunc(uploads, func(p string) bool { return leads(p, path) }) {
			config.ReadTimeout = uploadTimeout
		}
		return config
	}
}

// leads tells whether an address is one of a route's path, whatever stands where
// it has a parameter.
func leads(route, address string) bool {
	parts := strings.Split(address, "/")
	want := strings.Split(route, "/")
	if len(parts) != len(want) {
		return false
	}
	for i, w := range want {
		if !strings.HasPrefix(w, ":") && w != parts[i] {
			return false
		}
	}
	return true
}
