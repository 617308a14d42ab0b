package routes

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/once"
)

// Who may call a route, for the common cases.
var (
	Anyone    = []access.Role{access.Anonymous} // no session is looked up
	SignedIn  = access.Roles[1:]                // whoever has a session
	Everybody = access.Roles                    // with a session or without
)

// Nothing is the In of a route that takes nothing and the Out of one that answers 204.
type Nothing struct{}

// Route is one operation: its address, who may call it, what it takes and gives.
//
// In is a struct. Its fields are `path:"id" json:"-"`, `query:"group" json:"-"`,
// `form:"file" json:"-"` of type Upload, or members of the JSON body; each may
// have a `validate` tag. Out is rendered as JSON; it may implement Versioned
// and Located.
type Route[In, Out any] struct {
	Method  string
	Path    string // as "/api/members/:id"
	ID      string // operationId: verb + noun in camelCase
	Tag     string // the noun
	Summary string
	Roles   []access.Role // nobody else gets past; a route without any doesn't build
	Status  int           // of success; 0 is 200, or 204 when Out is Nothing

	ExampleIn In  // a good request, with its path and query values
	Example   Out // what it is answered with
	// Problems are the codes that the noun may answer with, beside those that
	// follow from the route's shape.
	Problems []string

	Before  bool          // answers where no organisation stands yet too; the others are absent there
	NoKey   bool          // a POST that needs no Idempotency-Key: signing in
	NoMatch bool          // a PATCH that needs no If-Match
	MaxBody int           // bytes; 0 is 64 KB, or 5 MB for a file
	Timeout time.Duration // of the work; 0 is 10 s
	Pace    *Pace         // slows down a network that keeps trying; nil is unlimited
	// PaceAt names what a request tries at, where the wait is for that alone.
	PaceAt func(call *Call, in In) string
	Lane   bool   // one at a time for each network: its slow hash must not keep others waiting
	Crowd  *Crowd // tells the call when very much comes from its network; nil never does

	Do func(ctx context.Context, call *Call, in In) (Out, error)
}

// Versioned is an Out whose version goes into the ETag header.
type Versioned interface{ ETag() int64 }

// Located is an Out that says where the new thing stands.
type Located interface{ Location() string }

// Call is what a request brings beside its input.
type Call struct {
	Actor   access.Actor
	Tenant  string // organisation of the host; after sign-in Actor.Org counts
	Host    string // lower case, without port
	Network Network
	Crowded bool // more comes from this network than the route's Crowd finds usual
	Once    once.Key
	IfMatch int64 // the version the caller has seen; 0 where none is needed

	token string
	leave bool
}

// SetSession puts a session token into the answer's cookie.
func (c *Call) SetSession(token string) { c.token, c.leave = token, false }

// ClearSession takes the cookie and all else that this site keeps away from the browser.
func (c *Call) ClearSession() { c.token, c.leave = "", true }

// Endpoint is a Route of any type, an entry of the table.
type Endpoint interface{ endpoint() *endpoint }

type endpoint struct {
	Operation
	in, out    reflect.Type
	exampleOut any
	shape      *shape
	maxBody    int
	timeout    time.Duration
	pace       *Pace
	paceAt     bool // counted once it is known what is tried at
	lane       bool
	crowd      *Crowd
	do         func(*Call, *request) (any, error)
}

// Operation is what can be known of a route from outside.
type Operation struct {
	Method, Path, ID, Tag, Summary string

	Roles        []access.Role
	Before       bool
	Status       int
	Problems     []string // the noun's and those of the shape, sorted
	NeedsKey     bool
	NeedsVersion bool
	Upload       bool
	URL          string   // the example's address with its query
	Body         []byte   // the example's JSON body; nil where there is none
	TextFields   []string // JSON pointers into Body where a text stands
}

// Changes tells whether the operation may write.
func (o Operation) Changes() bool { return o.Method != http.MethodGet }

// Open tells whether somebody without a session may call it.
func (o Operation) Open() bool { return slices.Contains(o.Roles, access.Anonymous) }

// NeverLooks tells that no session is looked up, whatever cookie comes.
func (o Operation) NeverLooks() bool { return len(o.Roles) == 1 && o.Open() }

// signsOut tells that the operation itself ends the session that it comes with.
func (o Operation) signsOut() bool {
	return o.Method == http.MethodDelete && o.Path == "/api/session"
}

// Operations lists the table in its order.
func Operations(table []Endpoint) []Operation {
	ops := make([]Operation, len(table))
	for i, e := range table {
		ops[i] = e.endpoint().Operation
	}
	return ops
}

const (
	jsonLimit    = 64 << 10
	uploadLimit  = 5 << 20
	workTimeout  = 10 * time.Second
	codePattern  = `^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`
	routePattern = `^/api(/[a-z0-9.-]+|/:[a-zA-Z]+)+$`
)

var (
	isCode  = regexp.MustCompile(codePattern).MatchString
	isRoute = regexp.MustCompile(routePattern).MatchString
)

func (r Route[In, Out]) endpoint() *endpoint {
	in, out := reflect.TypeFor[In](), reflect.TypeFor[Out]()
	refuse := func(format string, args ...any) {
		panic(fmt.Sprintf("route %s %s: ", r.Method, r.Path) + fmt.Sprintf(format, args...))
	}
	switch {
	case !slices.Contains([]string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete}, r.Method):
		refuse("the method is GET, POST, PATCH or DELETE")
	case !isRoute(r.Path):
		refuse("the address has the form /api/nouns/:id")
	case len(r.Roles) == 0:
		refuse("it declares no roles")
	case r.ID == "" || r.Tag == "" || r.Summary == "":
		refuse("it needs an ID, a Tag and a Summary")
	case r.Do == nil:
		refuse("it does nothing")
	}
	for _, role := range r.Roles {
		if !slices.Contains(access.Roles, role) && role != access.Halfway {
			refuse("there is no role %q", role)
		}
	}
	for _, code := range r.Problems {
		if !isCode(code) {
			refuse("%q is no code", code)
		}
	}
	s, err := shapeOf(in)
	if err != nil {
		refuse("%v", err)
	}
	if err := s.fits(r.Method, r.Path); err != nil {
		refuse("%v", err)
	}
	if r.Pace != nil && (!isCode(r.Pace.Code) || r.Pace.First <= 0 || r.Pace.Most < r.Pace.First || r.Pace.Forget <= 0) {
		refuse("its pace needs a Code, First, Most and Forget")
	}
	if r.PaceAt != nil && r.Pace == nil {
		refuse("it names what its pace is at and has none")
	}
	if r.Crowd != nil && (r.Crowd.Most <= 0 || r.Crowd.Within <= 0) {
		refuse("its crowd needs Most and Within")
	}
	e := &endpoint{
		in: in, out: out, exampleOut: r.Example, shape: s, pace: r.Pace, paceAt: r.PaceAt != nil, lane: r.Lane, crowd: r.Crowd,
		maxBody: r.MaxBody, timeout: r.Timeout,
		Operation: Operation{
			Method: r.Method, Path: r.Path, ID: r.ID, Tag: r.Tag, Summary: r.Summary,
			Roles: r.Roles, Before: r.Before, Status: r.Status,
			NeedsKey:     r.Method == http.MethodPost && !r.NoKey,
			NeedsVersion: r.Method == http.MethodPatch && !r.NoMatch,
			Upload:       s.file != nil,
		},
	}
	if e.Status == 0 {
		e.Status = http.StatusOK
		if out == reflect.TypeFor[Nothing]() {
			e.Status = http.StatusNoContent
		}
	}
	if e.timeout == 0 {
		e.timeout = workTimeout
	}
	if e.maxBody == 0 {
		e.maxBody = jsonLimit
		if e.Upload {
			e.maxBody = uploadLimit
		}
	}
	e.Problems = slices.Sorted(slices.Values(append(e.shapeProblems(), r.Problems...)))
	e.Problems = slices.Compact(e.Problems)

	example := r.ExampleIn
	if err := check(&example); err != nil && !e.Upload {
		refuse("its example is refused: %v", err)
	}
	if e.URL, e.Body, err = s.example(r.Path, reflect.ValueOf(example)); err != nil {
		refuse("its example: %v", err)
	}
	e.TextFields = textFields(e.Body)
	e.do = func(call *Call, req *request) (any, error) {
		var in In
		if err := e.read(&in, req, call); err != nil {
			return nil, err
		}
		ctx, cancel := context.WithTimeout(account.From(context.Background(), string(call.Network[:])), e.timeout)
		defer cancel()
		if r.PaceAt == nil {
			return r.Do(ctx, call, in)
		}
		at := r.PaceAt(call, in)
		if err := e.pace.TakeAt(call.Network, at); err != nil {
			return nil, err
		}
		out, err := r.Do(ctx, call, in)
		if err == nil {
			e.pace.SucceededAt(call.Network, at)
		}
		return out, err
	}
	return e
}

// shapeProblems are the codes that follow from what the route demands.
func (e *endpoint) shapeProblems() []string {
	codes := []string{"request.absent", "request.malformed", "server.busy", "server.trouble", "store.away", "store.full", "store.unknown"}
	add := func(when bool, c ...string) {
		if when {
			codes = append(codes, c...)
		}
	}
	add(!e.Open(), "session.absent", "session.renewed", "session.factor_needed", "session.proof_needed", access.HeldCode, audit.TooMany)
	add(len(e.shape.inputs) > 0 || e.shape.body, "request.invalid")
	add(e.Changes(), "request.foreign", "session.needs_https")
	add(e.Changes() && e.Method != http.MethodDelete, "request.wrong_media", "request.too_large")
	add(e.NeedsKey, "request.idempotency_key_missing", "request.idempotency_key_reused")
	add(e.NeedsVersion, "request.precondition_missing", "request.stale")
	add(e.pace != nil, e.pace.code())
	for _, in := range e.shape.inputs {
		add(in.name == "cursor", "list.cursor_invalid")
	}
	return codes
}

// pathParams lists the names behind the colons.
func pathParams(path string) (names []string) {
	for part := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			names = append(names, name)
		}
	}
	return names
}
