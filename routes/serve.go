package routes

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"chautari/models/access"
	"chautari/models/id"
	"chautari/routes/plain"
)

const (
	requestIDKey = "request"
	errorKey     = "error"
)

// requestID is random and says nothing; it joins an answer with a line in the log.
func requestID(c *fiber.Ctx) string {
	if r, ok := c.Locals(requestIDKey).(string); ok {
		return r
	}
	r := id.New("req")
	c.Locals(requestIDKey, r)
	c.Set("X-Request-Id", r)
	return r
}

// around stands about every request: its id, what happens to a panic, the rest
// of its body, its line in the log.
func (s *server) around(c *fiber.Ctx) (err error) {
	start := time.Now()
	requestID(c)
	if s.Watch != nil {
		s.Watch.Began()
	}
	defer func() {
		if p := recover(); p != nil {
			err = s.answerError(c, panicError(p))
		}
		finishBody(c)
		s.note(c, time.Since(start))
	}()
	if err := c.Next(); err != nil {
		return s.answerError(c, err)
	}
	return nil
}

// panicError says what kind of panic it was and where. Its text is told only
// when the runtime wrote it; another could hold what somebody typed.
func panicError(p any) error {
	text := fmt.Sprintf("%T", p)
	if r, ok := p.(runtime.Error); ok {
		text = r.Error()
	}
	return fmt.Errorf("panic: %s\n%s", text, debug.Stack())
}

// note counts a request and writes its line: which route, how it ended, how
// long it took. Addresses, parameters, queries, bodies and names are in no line.
// What looks up no session and went well has none: its time would tell when
// somebody spoke up.
func (s *server) note(c *fiber.Ctx, took time.Duration) {
	label := s.labels.of(c)
	if s.Watch != nil {
		s.Watch.Ended(label, took)
	}
	line := func(method, route string) []any {
		return []any{"request", requestID(c), "method", method, "route", route, "status", c.Response().StatusCode(), "ms", took.Milliseconds()}
	}
	if cause, ok := c.Locals(errorKey).(error); ok {
		s.Log.Error("request failed", append(line(c.Method(), pattern(c)), "error", cause.Error())...)
		return
	}
	if label.Route != apart {
		s.Log.Debug("request", line(label.Method, label.Route)...)
	}
}

// pattern is the address with the names of its parameters, or nothing where no
// route was found: what somebody typed there isn't kept.
func pattern(c *fiber.Ctx) string {
	if r := c.Route(); r != nil && r.Path != "/" {
		return r.Path
	}
	return ""
}

// answerError is the one place where an error becomes an answer.
func (s *server) answerError(c *fiber.Ctx, err error) error {
	secure(&c.Response().Header) // the server's own errors come here without the rest
	p, retry, unknown := problemOf(err)
	if unknown {
		c.Locals(errorKey, err)
	}
	if strings.HasPrefix(c.Path(), "/api") {
		return writeProblem(c, p, retry)
	}
	requestID(c)
	if p.Code == errNeedsHTTPS.Code {
		return plain.NeedsTLS(c)
	}
	return plain.Failed(c, p.Status)
}

// mount gives the route its address.
func (s *server) mount(app *fiber.App, e *endpoint) {
	handle := func(c *fiber.Ctx) error { return s.serve(c, e) }
	app.Add(e.Method, e.Path, handle)
	if e.Method == http.MethodGet {
		app.Add(http.MethodHead, e.Path, handle)
	}
}

// serve runs one request through a route: who and whence, what it must bring,
// what it takes, the work, the answer.
func (s *server) serve(c *fiber.Ctx, e *endpoint) error {
	call, err := s.meet(c, e)
	if err != nil {
		return err
	}
	if e.Changes() && e.Method != http.MethodDelete {
		if err := e.media(c); err != nil {
			return err
		}
	}
	if err := e.demands(c, call); err != nil {
		return err
	}
	if e.pace != nil || e.crowd != nil || e.lane {
		call.Network = s.networks.of(s.remote(c))
	}
	if e.crowd != nil {
		call.Crowded = e.crowd.Beyond(call.Network)
	}
	if e.pace != nil && !e.paceAt {
		if err := e.pace.Take(call.Network); err != nil {
			return err
		}
	}
	if e.lane {
		leave, err := s.line(call.Network)
		if err != nil {
			return err
		}
		defer leave()
	}
	req := requestOf(c)
	out, err := e.do(call, req)
	if err != nil {
		return s.refused(e, call, req, err)
	}
	if e.pace != nil && !e.paceAt {
		e.pace.Succeeded(call.Network)
	}
	return e.render(c, call, out)
}

// line waits for a network's turn. A crowd behind one address waits in its own
// line, and nobody elsewhere behind it.
func (s *server) line(n Network) (leave func(), err error) {
	ctx, cancel := context.WithTimeout(context.Background(), workTimeout)
	defer cancel()
	return s.lanes.In(ctx, string(n[:]))
}

// meet finds out at which organisation's door the request stands and who brings it.
func (s *server) meet(c *fiber.Ctx, e *endpoint) (*Call, error) {
	ctx, cancel := context.WithTimeout(context.Background(), workTimeout)
	defer cancel()
	call := &Call{Host: host(c)}
	var err error
	if call.Tenant, err = s.Tenant(ctx, call.Host); err != nil {
		return nil, err
	}
	if e.Changes() {
		if err := s.overTLS(c); err != nil {
			return nil, err
		}
		if err := sameOrigin(c); err != nil {
			return nil, err
		}
	}
	if err := s.actor(ctx, c, e, call); err != nil {
		return nil, err
	}
	if call.Tenant == "" && !e.Before {
		return nil, access.Refused
	}
	return call, nil
}

// render writes a success.
func (e *endpoint) render(c *fiber.Ctx, call *Call, out any) error {
	switch {
	case call.leave:
		clearSession(c)
	case call.token != "":
		setSession(c, call.token)
	}
	if v, ok := out.(Versioned); ok {
		c.Set(fiber.HeaderETag, etag(v.ETag()))
	}
	if l, ok := out.(Located); ok {
		c.Location(l.Location())
	}
	c.Status(e.Status)
	if e.Status == http.StatusNoContent {
		return nil
	}
	if f, ok := out.(File); ok {
		return f.send(c)
	}
	body, err := marshal(out)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(body)
}

// host is the name the caller used, lower case and without its port.
func host(c *fiber.Ctx) string {
	name := strings.ToLower(c.Hostname())
	if h, _, err := net.SplitHostPort(name); err == nil {
		name = h
	}
	return strings.TrimSuffix(name, ".")
}

// endSession is the quick exit's part that knows sessions. It ends one if a
// good cookie comes; she gets out in any case.
func (s *server) endSession(c *fiber.Ctx) {
	ctx, cancel := context.WithTimeout(context.Background(), workTimeout)
	defer cancel()
	if token := c.Cookies(cookieName); token != "" {
		name := host(c)
		tenant, err := s.Tenant(ctx, name)
		if err == nil {
			err = s.EndSession(ctx, tenant, name, token)
		}
		if _, _, unknown := problemOf(err); err != nil && unknown {
			c.Locals(errorKey, err)
		}
	}
	clearSession(c)
}
