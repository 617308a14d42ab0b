package routes

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"

	"chautari/models/fault"
	"chautari/models/id"
)

// inlined is the name of an embedded struct in a validator's path; its fields
// stand on the level above.
const inlined = "^"

var validate = func() *validator.Validate {
	v := validator.New()
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		if f.Anonymous {
			return inlined
		}
		for _, tag := range []string{"path", "query", "form", "json"} {
			if name, _, _ := strings.Cut(f.Tag.Get(tag), ","); name != "" && name != "-" {
				return name
			}
		}
		return f.Name
	})
	// id=mem asks for an identifier of this kind.
	if err := v.RegisterValidation("id", func(fl validator.FieldLevel) bool {
		return id.Valid(fl.Param(), fl.Field().String())
	}); err != nil {
		panic(err)
	}
	return v
}()

// tagCode is what a failed check is called: on a text, on a list, on a number,
// and the name under which the tag's parameter is handed on. Empty where the
// check doesn't suit.
type tagCode struct{ text, list, number, param string }

// tagCodes holds the checks that a validate tag may use.
var tagCodes = map[string]tagCode{
	"required":      {"field.required", "field.required", "", ""},
	"required_with": {"field.required", "field.required", "", ""},
	"required_if":   {"field.required", "field.required", "", ""},
	"min":           {"field.too_short", "field.too_few", "field.too_small", "min"},
	"max":           {"field.too_long", "field.too_many", "field.too_large", "max"},
	"len":           {"field.wrong_length", "field.wrong_length", "", "length"},
	"oneof":         {"field.not_one_of", "", "field.not_one_of", "allowed"},
	"unique":        {"", "field.repeated", "", ""},
	"datetime":      {"field.not_a_day", "", "", ""},
	"id":            {"field.not_an_id", "", "", ""},
}

// on is the code for a kind of field. A pointer that holds nothing, as a
// required one, counts as text.
func (c tagCode) on(k reflect.Kind) string {
	switch {
	case k >= reflect.Bool && k <= reflect.Float64:
		return c.number
	case k == reflect.Slice || k == reflect.Array || k == reflect.Map:
		return c.list
	}
	return c.text
}

// check finds everything that is wrong with the shape of in, a pointer to a struct.
func check(in any) error {
	err := validate.Struct(in)
	var wrong validator.ValidationErrors
	if err == nil || !errors.As(err, &wrong) {
		return err
	}
	fields := make([]fault.Field, len(wrong))
	for i, w := range wrong {
		codes := tagCodes[w.Tag()]
		f := fault.At(fieldPath(w.Namespace()), codes.on(w.Kind()))
		if codes.param != "" {
			f.Params = map[string]string{codes.param: w.Param()}
		}
		fields[i] = f
	}
	return fault.Of("request.invalid", fields...)
}

// fieldPath writes "In.^.consents[0].purpose" as "consents.0.purpose".
func fieldPath(namespace string) string {
	_, path, _ := strings.Cut(namespace, ".")
	path = strings.ReplaceAll(path, inlined+".", "")
	return strings.NewReplacer("[", ".", "]", "").Replace(path)
}

// checkTag refuses at build time what the validator would refuse, or let
// through, only when a request comes.
func checkTag(f reflect.StructField) error {
	t := f.Type
	tag := f.Tag.Get("validate")
	if holdsMany(t) && elem(t).Kind() == reflect.Struct && !strings.Contains(tag, "dive") {
		return errors.New("a list of structs needs dive")
	}
	for level := range strings.SplitSeq(tag, "dive") {
		optional := t.Kind() == reflect.Pointer
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		for rule := range strings.SplitSeq(level, ",") {
			name, _, _ := strings.Cut(rule, "=")
			if name == "" || name == "omitempty" {
				continue
			}
			codes, known := tagCodes[name]
			if !known {
				return fmt.Errorf("the check %q is not in the table", name)
			}
			if codes.on(t.Kind()) == "" && !(optional && strings.HasPrefix(name, "required")) {
				// A required boolean or number would refuse false and 0; a pointer tells them from nothing.
				return fmt.Errorf("the check %q doesn't suit a %s", name, t.Kind())
			}
		}
		if holdsMany(t) {
			t = t.Elem()
		}
	}
	return nil
}

func holdsMany(t reflect.Type) bool {
	return slices.Contains([]reflect.Kind{reflect.Slice, reflect.Array, reflect.Map}, t.Kind())
}
