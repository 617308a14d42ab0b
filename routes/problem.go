package routes

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"chautari/models/fault"
	"chautari/models/seal"
	"chautari/models/store"
)

// Problem is the body of every answer that is not a success. Words for the
// codes stand in the language files.
type Problem struct {
	Type      string        `json:"type" enum:"about:blank"`
	Title     string        `json:"title"`
	Status    int           `json:"status"`
	Code      string        `json:"code"`
	Fields    []fault.Field `json:"fields"`
	RequestID string        `json:"requestId"`

	version int64 // the ETag that is there now, where the one that was seen is not
}

const problemType = "application/problem+json"

// Codes are those that this package answers with on its own.
var Codes = []string{
	"field.bad_text", "field.duplicate", "field.not_a_day", "field.not_an_id", "field.not_one_of",
	"field.null", "field.repeated", "field.required", "field.too_few", "field.too_large",
	"field.too_long", "field.too_many", "field.too_short", "field.too_small", "field.unknown",
	"field.wrong_length", "field.wrong_type",
	"list.cursor_invalid",
	"record.unreadable",
	"request.absent", "request.foreign", "request.idempotency_key_missing",
	"request.idempotency_key_reused", "request.invalid", "request.malformed",
	"request.method_not_allowed", "request.precondition_missing", "request.stale",
	"request.timed_out", "request.too_large", "request.wrong_media",
	"server.busy", "server.trouble", "session.absent", "session.needs_https", "session.proof_needed", "session.renewed",
	"store.away", "store.full", "store.unknown",
}

// statuses is the one place where kinds become statuses.
var statuses = map[fault.Kind]int{
	fault.Malformed:       http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Unproved:        http.StatusForbidden,
	fault.Foreign:         http.StatusForbidden,
	fault.Absent:          http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Stale:           http.StatusPreconditionFailed,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.WrongMedia:      http.StatusUnsupportedMediaType,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unconditional:   http.StatusPreconditionRequired,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Full:            http.StatusInsufficientStorage,
}

// wireCodes are the codes of errors that the server itself answers with.
var wireCodes = map[int]string{
	http.StatusBadRequest:                  "request.malformed",
	http.StatusNotFound:                    "request.absent",
	http.StatusMethodNotAllowed:            "request.method_not_allowed",
	http.StatusRequestTimeout:              "request.timed_out",
	http.StatusRequestEntityTooLarge:       "request.too_large",
	http.StatusRequestHeaderFieldsTooLarge: "request.too_large",
}

var (
	errAbsent = fault.New(fault.Absent, "request.absent")
	errBusy   = &fault.Error{Kind: fault.Unavailable, Code: "server.busy", Retry: time.Second}
	errAway   = &fault.Error{Kind: fault.Unavailable, Code: "store.away", Retry: 5 * time.Second}
	errCursor = fault.New(fault.Malformed, "list.cursor_invalid")
	errFull   = fault.New(fault.Full, "store.full")
	errUnsure = &fault.Error{Kind: fault.Unavailable, Code: "store.unknown", Retry: 5 * time.Second}
)

// problemOf says how an error is answered, and whether it is one that somebody
// has to look at.
func problemOf(err error) (p Problem, retry time.Duration, unknown bool) {
	f, known := fault.As(err)
	var wire *fiber.Error
	switch {
	case known:
	case errors.Is(err, store.ErrCursor):
		f = errCursor
	case errors.Is(err, store.ErrAbsent):
		f = errAbsent
	case errors.Is(err, seal.ErrNoKey):
		// Erased in the middle of what she or somebody else did: of hers there is
		// nothing left. That a key is gone for another reason is for somebody to see.
		f, unknown = errAbsent, true
	case errors.Is(err, seal.ErrUnreadable):
		return Problem{Status: http.StatusInternalServerError, Code: "record.unreadable"}, 0, true
	case errors.Is(err, store.ErrBusy), errors.Is(err, store.ErrClosed),
		errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		f = errBusy
	case errors.Is(err, store.ErrAway), errors.Is(err, store.ErrOutlived):
		f, unknown = errAway, true
	case errors.Is(err, store.ErrUnknown):
		f, unknown = errUnsure, true
	case errors.Is(err, store.ErrFull):
		f, unknown = errFull, true
	case errors.As(err, &wire) && wireCodes[wire.Code] != "":
		return Problem{Status: wire.Code, Code: wireCodes[wire.Code]}, 0, false
	default:
		return Problem{Status: http.StatusInternalServerError, Code: "server.trouble"}, 0, true
	}
	if f.Kind == fault.Absent {
		f = errAbsent // what isn't there and what isn't hers have the same bytes
	}
	status, ok := statuses[f.Kind]
	if !ok {
		return Problem{Status: http.StatusInternalServerError, Code: "server.trouble"}, 0, true
	}
	return Problem{Status: status, Code: f.Code, Fields: f.Fields, version: f.Version}, f.Retry, unknown
}

// writeProblem answers with problem+json.
func writeProblem(c *fiber.Ctx, p Problem, retry time.Duration) error {
	p.Type, p.Title, p.RequestID = "about:blank", http.StatusText(p.Status), requestID(c)
	body, err := marshal(p)
	if err != nil {
		return err
	}
	if retry > 0 {
		// Rounded up: somebody who waits exactly so long must get through.
		seconds := int64((retry + time.Second - 1) / time.Second)
		c.Set(fiber.HeaderRetryAfter, strconv.FormatInt(seconds, 10))
	}
	if p.version > 0 {
		c.Set(fiber.HeaderETag, etag(p.version))
	}
	c.Set(fiber.HeaderContentType, problemType)
	return c.Status(p.Status).Send(body)
}
