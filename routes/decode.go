package routes

import (
	"bytes"
	"errors"
	"reflect"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"chautari/models/fault"
)

// marshal is how answers are written: maps in order, so that equal things have
// equal bytes; a list without items is [], a pointer to nothing is null.
func marshal(v any) ([]byte, error) { return json.Marshal(v, json.Deterministic(true)) }

var errNull = errors.New("null")

// noNull refuses null except where a pointer waits for it; left to itself the
// decoder would take it for an empty value.
var noNull = json.WithUnmarshalers(json.UnmarshalFromFunc(func(d *jsontext.Decoder, v any) error {
	if _, takes := v.(nullTaker); d.PeekKind() == 'n' && !takes && reflect.TypeOf(v).Elem().Kind() != reflect.Pointer {
		return errNull
	}
	return errors.ErrUnsupported
}))

var strict = json.JoinOptions(json.RejectUnknownMembers(true), noNull)

// decode reads one JSON value of exactly the type. Members that it doesn't
// have, members given twice or in another case, null where no pointer waits,
// broken UTF-8, NUL, and anything behind the value are refused.
func decode(body []byte, into any) error {
	var told error
	if err := json.Unmarshal(body, into, strict); err != nil {
		told = unreadable(err)
	}
	// A value that reads itself tells a NUL for something else.
	if (told == nil || fault.Is(told, fault.Invalid)) && bytes.Contains(body, []byte(`\u0000`)) {
		if err := withoutNUL(body); err != nil {
			return err
		}
	}
	return told
}

// withoutNUL walks the texts of a body; a raw NUL is refused by JSON itself.
func withoutNUL(body []byte) error {
	d := jsontext.NewDecoder(bytes.NewReader(body))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return nil // its end: it was read as a whole before
		}
		if t.Kind() == '"' && strings.ContainsRune(t.String(), 0) {
			return malformed(fieldOf(d.StackPointer()), "field.bad_text")
		}
	}
}

// unreadable turns a decoder's error into a fault with the field's name, never its value.
func unreadable(err error) error {
	var shape *json.SemanticError
	var grammar *jsontext.SyntacticError
	switch {
	case errors.As(err, &grammar) && errors.Is(err, jsontext.ErrDuplicateName):
		return malformed(fieldOf(grammar.JSONPointer), "field.duplicate")
	case errors.As(err, &grammar):
		return malformed("", "")
	case errors.As(err, &shape) && errors.Is(err, json.ErrUnknownName):
		return malformed(fieldOf(shape.JSONPointer), "field.unknown")
	case errors.As(err, &shape) && errors.Is(err, errNull):
		return malformed(fieldOf(shape.JSONPointer), "field.null")
	case errors.As(err, &shape):
		// A value that reads itself, such as a day, may say better what is wrong.
		if told, ok := fault.As(err); ok && told.Kind == fault.Invalid {
			return fault.Of("request.invalid", fault.At(fieldOf(shape.JSONPointer), told.Code))
		}
		return malformed(fieldOf(shape.JSONPointer), "field.wrong_type")
	}
	return malformed("", "")
}

func malformed(field, code string) error {
	e := fault.New(fault.Malformed, "request.malformed")
	if field != "" {
		e.Fields = []fault.Field{fault.At(field, code)}
	}
	return e
}

// isPlainName is a name that may be handed back: somebody might have written a
// sentence where a name belongs.
var isPlainName = regexp.MustCompile(`^[A-Za-z0-9_]{1,40}(\.[A-Za-z0-9_]{1,40}){0,7}$`).MatchString

// fieldOf writes a JSON pointer as "consents.0.purpose"; empty if it isn't plain.
func fieldOf(p jsontext.Pointer) string {
	name := strings.ReplaceAll(strings.TrimPrefix(string(p), "/"), "/", ".")
	if !isPlainName(name) {
		return ""
	}
	return name
}

// textFields lists where texts stand in a body, as JSON pointers.
func textFields(body []byte) (at []string) {
	d := jsontext.NewDecoder(bytes.NewReader(body))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return at
		}
		kind, n := d.StackIndex(d.StackDepth())
		isName := kind == '{' && n%2 == 1
		if t.Kind() == '"' && !isName {
			at = append(at, string(d.StackPointer()))
		}
	}
}
