package routes

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
)

// request is what the frame hands to the reader of an In: copies and the
// body's stream, never the server's own context.
type request struct {
	body        io.Reader
	contentType string
	params      map[string]string
	query       string
}

func requestOf(c *fiber.Ctx) *request {
	return &request{
		body:        bodyOf(c),
		contentType: c.Get(fiber.HeaderContentType),
		params:      c.AllParams(),
		query:       string(c.Context().URI().QueryString()),
	}
}

// read fills in, a pointer to an In, from the request, checks it, and leaves
// the digest of all of it in the call.
func (e *endpoint) read(in any, req *request, call *Call) error {
	v := reflect.ValueOf(in).Elem()
	// The body may hold a passphrase, and the digest is stored: keyed with the
	// sender's random key, which is not, it can't be guessed against.
	digest := hmac.New(sha256.New, []byte(call.Once.Value))
	io.WriteString(digest, e.Method+" "+e.Path+"\n")
	if err := e.shape.address(v, req, digest); err != nil {
		return err
	}
	switch {
	case e.shape.file != nil:
		_, params, err := mime.ParseMediaType(req.contentType)
		if err != nil || params["boundary"] == "" {
			return malformed("", "")
		}
		// The frame of a multipart body takes a few hundred bytes more than the file.
		u, err := readUpload(&capped{req.body, e.maxBody + 4<<10}, params["boundary"], e.maxBody)
		if err != nil {
			return err
		}
		digest.Write(u.Content)
		v.FieldByIndex(e.shape.file).Set(reflect.ValueOf(u))
	case e.Method != http.MethodGet:
		body, err := io.ReadAll(&capped{req.body, e.maxBody})
		switch {
		case err == errTooLarge:
			return errTooLarge
		case err != nil:
			return malformed("", "")
		}
		if len(body) == 0 && !e.shape.body {
			break // nothing is as good as {} where nothing is asked for
		}
		digest.Write(body)
		if e.Method == http.MethodDelete {
			return malformed("", "")
		}
		if err := decode(body, in); err != nil {
			return err
		}
	}
	if call.Once.Value != "" {
		call.Once.Digest = hex.EncodeToString(digest.Sum(nil))
	}
	return check(in)
}

// address reads path and query. What the In doesn't name is refused, as it is in a body.
func (s *shape) address(v reflect.Value, req *request, digest io.Writer) error {
	query, err := url.ParseQuery(req.query)
	if err != nil {
		return malformed("", "")
	}
	for _, in := range s.inputs {
		var text string
		if in.path {
			if text, err = url.PathUnescape(req.params[in.name]); err != nil {
				return malformed(in.name, "field.bad_text")
			}
		} else {
			given := query[in.name]
			delete(query, in.name)
			if len(given) == 0 {
				continue
			}
			if len(given) > 1 {
				return malformed(in.name, "field.duplicate")
			}
			text = given[0]
		}
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return malformed(in.name, "field.bad_text")
		}
		if !in.set(v, text) {
			return malformed(in.name, "field.wrong_type")
		}
		io.WriteString(digest, in.name+"="+text+"\n")
	}
	for name := range query {
		field := ""
		if isPlainName(name) {
			field = name
		}
		return malformed(field, "field.unknown")
	}
	return nil
}

// drain is what is read of a body that nobody wanted, so that the sender,
// who reads the answer only after sending all, doesn't lose it.
const drain = 8 << 20

// bodyStream is a request's body. It remembers its end: the server's own
// stream of chunks would go on into the next request.
type bodyStream struct {
	r   io.Reader
	end error
}

func (b *bodyStream) Read(p []byte) (int, error) {
	if b.end != nil {
		return 0, b.end
	}
	n, err := b.r.Read(p)
	b.end = err
	return n, err
}

const bodyKey = "body"

// bodyOf is the request's body as a stream, empty where there is none.
func bodyOf(c *fiber.Ctx) io.Reader {
	if b, ok := c.Locals(bodyKey).(*bodyStream); ok {
		return b
	}
	s := c.Context().RequestBodyStream()
	if s == nil {
		return http.NoBody
	}
	b := &bodyStream{r: s}
	c.Locals(bodyKey, b)
	return b
}

// finishBody reads away the rest of a body. A connection with more than that
// in it can't be used again.
func finishBody(c *fiber.Ctx) {
	n, err := io.CopyN(io.Discard, bodyOf(c), drain)
	if n == drain || (err != nil && err != io.EOF) {
		c.Context().SetConnectionClose()
	}
}
