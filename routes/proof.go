package routes

import (
	"mime"
	"regexp"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"chautari/models/fault"
)

var (
	errForeign    = fault.New(fault.Foreign, "request.foreign")
	errWrongMedia = fault.New(fault.WrongMedia, "request.wrong_media")
	errNoKey      = fault.New(fault.Malformed, "request.idempotency_key_missing")
	errNoMatch    = fault.New(fault.Unconditional, "request.precondition_missing")
)

// sameOrigin demands proof that a change comes from our own pages: the
// browser's word, or from an older one an Origin that is exactly ours.
func sameOrigin(c *fiber.Ctx) error {
	site, origin := c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin)
	switch {
	case site == "same-origin":
		return nil
	case site == "" && origin != "" && origin == c.Protocol()+"://"+c.Hostname():
		return nil
	}
	return errForeign
}

// media demands the content type that the route takes.
func (e *endpoint) media(c *fiber.Ctx) error {
	want := fiber.MIMEApplicationJSON
	if e.Upload {
		want = fiber.MIMEMultipartForm
	}
	got, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || got != want {
		return errWrongMedia
	}
	if charset := params["charset"]; charset != "" && charset != "utf-8" && charset != "UTF-8" {
		return errWrongMedia
	}
	return nil
}

var (
	isKey  = regexp.MustCompile(`^[A-Za-z0-9_-]{16,128}$`).MatchString
	etagRE = regexp.MustCompile(`^"([1-9][0-9]{0,17})"$`)
)

// demands reads the headers that the route asks for into the call.
func (e *endpoint) demands(c *fiber.Ctx, call *Call) error {
	if e.NeedsKey {
		if call.Once.Value = c.Get("Idempotency-Key"); !isKey(call.Once.Value) {
			return errNoKey
		}
	}
	if e.NeedsVersion {
		header := c.Get(fiber.HeaderIfMatch)
		if header == "" {
			return errNoMatch
		}
		m := etagRE.FindStringSubmatch(header)
		if m == nil {
			return malformed("", "")
		}
		call.IfMatch, _ = strconv.ParseInt(m[1], 10, 64) // 18 digits fit
	}
	return nil
}

// etag writes a version as the header does.
func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }
