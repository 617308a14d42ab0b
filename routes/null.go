package routes

import (
	"encoding/json"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/swaggest/jsonschema-go"
)

// orNull is a member of a body that may be left out (it stays as it is), be null
// (it is removed), or have a value.
type orNull[T any] struct {
	told  bool
	value *T
}

// nullTaker marks what reads null itself, so that the decoder lets it through.
type nullTaker interface{ takesNull() }

func (*orNull[T]) takesNull() {}

// IsZero leaves it out of what is written where nothing was told.
func (o orNull[T]) IsZero() bool { return !o.told }

// UnmarshalJSONFrom reads null or a value, as strictly as all else.
func (o *orNull[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	o.told = true
	if d.PeekKind() == 'n' {
		_, err := d.ReadToken()
		return err
	}
	o.value = new(T)
	return jsonv2.UnmarshalDecode(d, o.value, strict)
}

// MarshalJSON is for examples.
func (o orNull[T]) MarshalJSON() ([]byte, error) { return json.Marshal(o.value) }

// JSONSchema is that of its value, or null.
func (orNull[T]) JSONSchema() (jsonschema.Schema, error) {
	var inner jsonschema.Reflector
	schema, err := inner.Reflect(new(T), common, jsonschema.InlineRefs, closed)
	schema.AddType(jsonschema.Null)
	return schema, err
}

// orEmpty is what a noun takes: nil where nothing was told, the zero value for null.
func (o orNull[T]) orEmpty() *T {
	switch {
	case !o.told:
		return nil
	case o.value == nil:
		return new(T)
	}
	return o.value
}

func told[T any](v T) orNull[T] { return orNull[T]{told: true, value: &v} }
