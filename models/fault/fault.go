// Package fault holds the one error type that reaches a person.
//
// A fault says what kind of trouble it is, a code that the language files have
// words for, and the fields it concerns. Anything else that goes wrong is an
// unknown error: it is logged and answered without its text.
package fault

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind is the sort of trouble; routes turn it into an HTTP status in one place.
type Kind uint8

// The kinds, from "the request can't be read" to "ask again later".
const (
	Malformed       Kind = iota + 1 // the request can't be read
	Unauthenticated                 // nobody is signed in, or the sign-in was refused
	Unproved                        // first she shows again that it is she
	Foreign                         // no proof that the request comes from our own pages
	Absent                          // there is no such thing, or not for her
	Conflict                        // it doesn't fit the present state
	Stale                           // somebody changed it meanwhile
	TooLarge                        // more than the route takes
	WrongMedia                      // a content type or file type that isn't taken
	Invalid                         // read, but against a rule
	Unconditional                   // a change without saying which version it changes
	TooMany                         // slow down
	Unavailable                     // the server can't do it now
	Full                            // there is no room to write
)

// Field tells what is wrong with one input. Params are numbers or words that
// the message shows, never something a person wrote in another field.
type Field struct {
	Field  string            `json:"field"`
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
}

// Error is a fault on its way to a person. Code is dotted and stable.
type Error struct {
	Kind   Kind
	Code   string
	Fields []Field
	// Retry is how long to wait, for TooMany and Unavailable; zero otherwise.
	Retry time.Duration
	// Version is the one that is there now, for Stale; 0 where it isn't told.
	Version int64
}

// Error names the code and the codes of the fields, never a value.
func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Code
	}
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Field + ": " + f.Code
	}
	return fmt.Sprintf("%s (%s)", e.Code, strings.Join(parts, ", "))
}

// New makes a fault without fields.
func New(kind Kind, code string) *Error { return &Error{Kind: kind, Code: code} }

// StaleCode is the code of every Stale fault.
const StaleCode = "request.stale"

// StaleAt is for whoever changes another version than the one that is there now.
func StaleAt(version int64) *Error { return &Error{Kind: Stale, Code: StaleCode, Version: version} }

// Is tells that two Stale faults are one and the same, whichever version they tell.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && e.Kind == Stale && t.Kind == Stale && e.Code == t.Code
}

// Of makes an Invalid fault of its fields, or nil when there is none, so that
// a check can collect everything that is wrong and end with it.
func Of(code string, fields ...Field) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: code, Fields: fields}
}

// At makes one field's fault; params are pairs of name and value.
func At(field, code string, params ...string) Field {
	f := Field{Field: field, Code: code}
	for i := 0; i+1 < len(params); i += 2 {
		if f.Params == nil {
			f.Params = make(map[string]string, len(params)/2)
		}
		f.Params[params[i]] = params[i+1]
	}
	return f
}

// As finds a fault in err's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Is tells whether err is a fault of this kind.
func Is(err error, kind Kind) bool {
	e, ok := As(err)
	return ok && e.Kind == kind
}
