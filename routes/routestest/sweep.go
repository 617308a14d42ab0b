package routestest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/routes"
)

// SweepAccess calls every route as nobody and once in each role that it isn't
// for, and demands that the answer is 401, or the same bytes as for an address
// that doesn't exist.
func (h *House) SweepAccess(t *testing.T) {
	absent := withoutID(h.Nobody().For(t).Get("/api/there-is-no-such-thing"))
	for _, op := range h.ops {
		if op.Open() {
			continue
		}
		t.Run(op.ID+" as nobody", func(t *testing.T) {
			h.Nobody().For(t).example(op.Operation).Refused(http.StatusUnauthorized, "session.absent")
			h.WithToken("not-a-token").For(t).example(op.Operation).Refused(http.StatusUnauthorized, "session.absent")
		})
		for _, role := range access.Roles[1:] {
			if slices.Contains(op.Roles, role) {
				continue
			}
			t.Run(op.ID+" as "+string(role), func(t *testing.T) {
				a := h.stranger(role).For(t).example(op.Operation).Refused(http.StatusNotFound, "request.absent")
				if withoutID(a) != absent {
					t.Errorf("it can be told from an absent address: %s", a.Body)
				}
			})
		}
	}
}

// SweepBefore calls every route that anybody may call, at a host where no
// organisation stands yet, and demands of those that aren't for founding one
// that they look absent. The house's Tenant must name nobody.
func (h *House) SweepBefore(t *testing.T) {
	absent := withoutID(h.Nobody().For(t).Get("/api/there-is-no-such-thing"))
	for _, op := range h.ops {
		if !op.Open() || op.Before {
			continue
		}
		t.Run(op.ID, func(t *testing.T) {
			if a := h.Nobody().For(t).example(op.Operation).Refused(http.StatusNotFound, "request.absent"); withoutID(a) != absent {
				t.Errorf("it can be told from an absent address: %s", a.Body)
			}
		})
	}
}

// stranger is somebody who has one role and nothing else.
func (h *House) stranger(role access.Role) *Caller {
	return h.As(access.Actor{Account: "acc_stranger", Person: "mem_stranger", Session: "ses_stranger", Roles: []access.Role{role}})
}

func withoutID(a *Answer) string {
	return strings.ReplaceAll(a.Body, a.Problem().RequestID, "")
}

// Example sends the operation's own example.
func (c *Caller) Example(op routes.Operation) *Answer {
	c.tb.Helper()
	return c.example(op)
}

// example sends the operation's own example.
func (c *Caller) example(op routes.Operation) *Answer {
	c.tb.Helper()
	if op.Upload {
		return c.Upload(op.URL, "file.csv", []byte("a,b\n"))
	}
	return c.send(op.Method, op.URL, op.Body, changeHeaders(op))
}

func changeHeaders(op routes.Operation) map[string]string {
	headers := map[string]string{}
	if op.Method == http.MethodPost || op.Method == http.MethodPatch {
		headers["Content-Type"] = "application/json"
	}
	if op.NeedsVersion {
		headers["If-Match"] = `"1"`
	}
	return headers
}

// SweepBadInput sends what no route takes to every route that changes
// something, as somebody who may call it. written tells what is stored; it must
// answer the same before and after each.
func (h *House) SweepBadInput(t *testing.T, written func() any) {
	for _, op := range h.ops {
		if !op.Changes() {
			continue
		}
		caller := h.Nobody()
		if !op.Open() {
			caller = h.stranger(op.Roles[0])
		}
		for _, bad := range badInputs(op.Operation) {
			t.Run(op.ID+" "+bad.name, func(t *testing.T) {
				before := written()
				a := bad.send(caller.For(t), op.Operation)
				if a.Status != http.StatusTooManyRequests { // a pace may stand before the body
					a.Refused(bad.status, bad.code)
				}
				if after := written(); !reflect.DeepEqual(before, after) {
					t.Errorf("something was written: %v, before %v", after, before)
				}
			})
		}
	}
}

type badInput struct {
	name   string
	status int
	code   string
	send   func(*Caller, routes.Operation) *Answer
}

func badInputs(op routes.Operation) []badInput {
	asExample := func(change func(*Caller) *Caller) func(*Caller, routes.Operation) *Answer {
		return func(c *Caller, op routes.Operation) *Answer { return change(c).example(op) }
	}
	list := []badInput{
		{"without proof of its origin", 403, "request.foreign", asExample(func(c *Caller) *Caller { return c.Without("Sec-Fetch-Site") })},
		{"from another site", 403, "request.foreign", asExample(func(c *Caller) *Caller {
			return c.With("Sec-Fetch-Site", "cross-site").With("Origin", "http://"+Host)
		})},
		{"from another origin", 403, "request.foreign", asExample(func(c *Caller) *Caller {
			return c.Without("Sec-Fetch-Site").With("Origin", "http://"+Host+".elsewhere.example")
		})},
		{"with an unknown query", 400, "request.malformed", func(c *Caller, op routes.Operation) *Answer {
			op.URL += "?orgId=org_other"
			return c.example(op)
		}},
	}
	if op.NeedsKey {
		list = append(list,
			badInput{"without a key", 400, "request.idempotency_key_missing", asExample(func(c *Caller) *Caller { return c.Without("Idempotency-Key") })},
			badInput{"with a short key", 400, "request.idempotency_key_missing", asExample(func(c *Caller) *Caller { return c.With("Idempotency-Key", "short") })})
	}
	if op.NeedsVersion {
		list = append(list,
			badInput{"without a version", 428, "request.precondition_missing", asExample(func(c *Caller) *Caller { return c.Without("If-Match") })},
			badInput{"with a weak version", 400, "request.malformed", asExample(func(c *Caller) *Caller { return c.With("If-Match", `W/"1"`) })})
	}
	if op.Method == http.MethodDelete {
		return list
	}
	list = append(list,
		badInput{"without a content type", 415, "request.wrong_media", asExample(func(c *Caller) *Caller { return c.Without("Content-Type") })},
		badInput{"as a form", 415, "request.wrong_media", asExample(func(c *Caller) *Caller {
			return c.With("Content-Type", "application/x-www-form-urlencoded")
		})})
	if op.Upload {
		return append(list,
			badInput{"with six megabytes", 413, "request.too_large", func(c *Caller, op routes.Operation) *Answer {
				return c.Upload(op.URL, "file.csv", make([]byte, 6<<20))
			}},
			badInput{"with a broken frame", 400, "request.malformed", func(c *Caller, op routes.Operation) *Answer {
				return c.With("Content-Type", "multipart/form-data; boundary=x").Upload(op.URL, "file.csv", nil)
			}})
	}
	for name, body := range badBodies(op) {
		list = append(list, badInput{"with " + name, 400, "request.malformed", func(c *Caller, op routes.Operation) *Answer {
			op.Body = body
			return c.example(op)
		}})
	}
	return append(list, badInput{"with two megabytes", 413, "request.too_large", func(c *Caller, op routes.Operation) *Answer {
		op.Body = []byte(`{"text":"` + strings.Repeat("a", 2<<20) + `"}`)
		return c.example(op)
	}})
}

// badBodies are bodies that can't be read as what the operation takes.
func badBodies(op routes.Operation) map[string][]byte {
	example := op.Body
	if len(example) == 0 {
		example = []byte("{}")
	}
	with := func(member string) []byte {
		inner := bytes.TrimSuffix(bytes.TrimPrefix(example, []byte("{")), []byte("}"))
		if len(inner) > 0 {
			member += ","
		}
		return []byte("{" + member + string(inner) + "}")
	}
	bodies := map[string][]byte{
		"an unknown member":   with(`"role":"board"`),
		"an operator":         with(`"$where":"1"`),
		"a dotted member":     with(`"org.id":"org_other"`),
		"broken UTF-8":        with("\"note\":\"\xff\xfe\""),
		"a raw NUL":           with("\"note\":\"\x00\""),
		"a list":              []byte("[]"),
		"null":                []byte("null"),
		"something behind it": append(slices.Clone(example), "{}"...),
		"half of it":          []byte(`{"`),
		"sixty thousand [":    bytes.Repeat([]byte("["), 60_000),
	}
	for _, at := range op.TextFields {
		for name, value := range map[string]any{
			"an operator at ": map[string]any{"$ne": ""}, "a number at ": 7, "a NUL at ": "a\x00b", "a list at ": []any{},
		} {
			if body := replace(example, at, value); body != nil {
				bodies[name+at] = body
			}
		}
		bodies["broken UTF-8 at "+at] = bytes.Replace(replace(example, at, "BROKEN"), []byte("BROKEN"), []byte("\xc3\x28"), 1)
	}
	return bodies
}

// replace writes the example with another value at a place.
func replace(example []byte, pointer string, value any) []byte {
	var whole any
	if json.Unmarshal(example, &whole) != nil {
		return nil
	}
	steps := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	whole = put(whole, steps, value)
	out, err := json.Marshal(whole)
	if err != nil {
		return nil
	}
	return out
}

func put(in any, steps []string, value any) any {
	if len(steps) == 0 {
		return value
	}
	switch v := in.(type) {
	case map[string]any:
		v[steps[0]] = put(v[steps[0]], steps[1:], value)
	case []any:
		for i := range v {
			if steps[0] == string(rune('0'+i)) {
				v[i] = put(v[i], steps[1:], value)
			}
		}
	}
	return in
}
