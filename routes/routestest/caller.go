package routestest

import (
	"bytes"
	"crypto/rand"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// Caller sends requests as one person from one browser.
type Caller struct {
	house   *House
	tb      testing.TB
	token   string
	host    string
	headers http.Header
	without []string
}

// For is the same caller in a subtest.
func (c *Caller) For(tb testing.TB) *Caller {
	d := c.copy()
	d.tb = tb
	return d
}

// On is the same caller at another host name.
func (c *Caller) On(host string) *Caller {
	d := c.copy()
	d.host = host
	return d
}

// With sets a header, also one that would have been set to something else.
func (c *Caller) With(name, value string) *Caller {
	d := c.copy()
	d.headers.Set(name, value)
	return d
}

// Without leaves headers out.
func (c *Caller) Without(names ...string) *Caller {
	d := c.copy()
	d.without = append(d.without, names...)
	return d
}

// HavingLeft is the same caller from a page that has said that she left.
func (c *Caller) HavingLeft() *Caller {
	left := "__Host-x=1"
	if c.token != "" {
		left = "__Host-s=" + c.token + "; " + left
	}
	return c.With("Cookie", left)
}

func (c *Caller) copy() *Caller {
	d := *c
	d.headers = c.headers.Clone()
	d.without = append([]string(nil), c.without...)
	return &d
}

// Get asks for something.
func (c *Caller) Get(path string) *Answer { return c.send(http.MethodGet, path, nil, nil) }

// Head asks for something's headers.
func (c *Caller) Head(path string) *Answer { return c.send(http.MethodHead, path, nil, nil) }

// Post sends a body: bytes and texts as they are, anything else as JSON.
func (c *Caller) Post(path string, body any) *Answer {
	return c.send(http.MethodPost, path, c.bytes(body), jsonHeaders)
}

// Patch changes the version that the caller has seen.
func (c *Caller) Patch(path string, version int64, body any) *Answer {
	return c.send(http.MethodPatch, path, c.bytes(body),
		map[string]string{"Content-Type": "application/json", "If-Match": `"` + strconv.FormatInt(version, 10) + `"`})
}

// Delete removes something.
func (c *Caller) Delete(path string) *Answer { return c.send(http.MethodDelete, path, nil, nil) }

// Upload posts a file as the browser does.
func (c *Caller) Upload(path, name string, content []byte) *Answer {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		c.tb.Fatal(err)
	}
	part.Write(content)
	form.Close()
	return c.send(http.MethodPost, path, body.Bytes(), map[string]string{"Content-Type": form.FormDataContentType()})
}

var jsonHeaders = map[string]string{"Content-Type": "application/json"}

func (c *Caller) bytes(body any) []byte {
	switch b := body.(type) {
	case nil:
		return nil
	case []byte:
		return b
	case string:
		return []byte(b)
	}
	return mustJSON(c.tb, body)
}

// send makes a request as a browser on our own page would, and checks of the
// answer what holds for every one.
func (c *Caller) send(method, path string, body []byte, headers map[string]string) *Answer {
	c.tb.Helper()
	req := httptest.NewRequest(method, "http://"+c.host+path, bytes.NewReader(body))
	req.Host = c.host
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	if method != http.MethodGet && method != http.MethodHead {
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if method == http.MethodPost {
		req.Header.Set("Idempotency-Key", rand.Text())
	}
	if c.token != "" {
		req.Header.Set("Cookie", "__Host-s="+c.token)
	}
	for name, values := range c.headers {
		req.Header[name] = values
	}
	for _, name := range c.without {
		req.Header.Del(name)
	}
	res, err := c.house.App.Test(req, -1)
	if err != nil {
		c.tb.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil && method != http.MethodHead {
		c.tb.Fatalf("%s %s: %v", method, path, err)
	}
	a := &Answer{tb: c.tb, what: method + " " + path, Status: res.StatusCode, Header: res.Header, Body: string(text)}
	a.holds()
	bare, _, _ := strings.Cut(path, "?")
	if op, ok := c.house.operation(method, bare); ok && a.Status >= 400 {
		a.declared(op)
	}
	return a
}
