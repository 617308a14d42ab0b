package routes

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/swaggest/jsonschema-go"

	"chautari/models/access"
)

const schemaPrefix = "#/components/schemas/"

// schemas turns Go types into JSON schemas. What goes in is written out where
// it stands and has the constraints of its validate tags; what comes out is
// collected under its name, with every member required that is always there.
type schemas struct {
	reflector jsonschema.Reflector
	named     map[string]any
}

func newSchemas() *schemas { return &schemas{named: map[string]any{}} }

// in is the schema of a request body.
func (s *schemas) in(t reflect.Type) (jsonschema.Schema, error) {
	var inner jsonschema.Reflector
	return inner.Reflect(reflect.New(t).Interface(), common, jsonschema.InlineRefs, closed,
		jsonschema.InterceptProp(func(p jsonschema.InterceptPropParams) error {
			if !p.Processed {
				return nil
			}
			tag := p.Field.Tag.Get("validate")
			if constrain(p.PropertySchema, p.Field.Type, tag) {
				p.ParentSchema.Required = append(p.ParentSchema.Required, p.Name)
			}
			if reflect.PointerTo(p.Field.Type).Implements(reflect.TypeFor[nullTaker]()) {
				nullable(p.PropertySchema, true)
			}
			return nil
		}))
}

// out is the schema of an answer, a reference.
func (s *schemas) out(t reflect.Type) (jsonschema.Schema, error) {
	return s.reflector.Reflect(reflect.New(t).Interface(), common, jsonschema.RootRef,
		jsonschema.DefinitionsPrefix(schemaPrefix),
		jsonschema.InterceptDefName(func(t reflect.Type, _ string) string { return plainTypeName(t) }),
		jsonschema.CollectDefinitions(func(name string, schema jsonschema.Schema) { s.named[name] = schema }),
		func(rc *jsonschema.ReflectContext) { rc.EnvelopNullability = true },
		jsonschema.InterceptProp(func(p jsonschema.InterceptPropParams) error {
			if !p.Processed {
				return nil
			}
			_, options, _ := strings.Cut(p.Field.Tag.Get("json"), ",")
			if !strings.Contains(options, "omit") {
				p.ParentSchema.Required = append(p.ParentSchema.Required, p.Name)
			}
			nullable(p.PropertySchema, p.Field.Type.Kind() == reflect.Pointer)
			if p.Field.Type.Kind() == reflect.Pointer && len(p.PropertySchema.Enum) > 0 {
				p.PropertySchema.Enum = append(p.PropertySchema.Enum, nil)
			}
			return nil
		}))
}

// common holds for both ways: only pointers are ever null, and a role is one of the roles.
func common(rc *jsonschema.ReflectContext) {
	jsonschema.InterceptNullability(func(p jsonschema.InterceptNullabilityParams) {
		if p.Type.Kind() != reflect.Pointer {
			*p.Schema = p.OrigSchema
			p.Schema.RemoveType(jsonschema.Null)
		}
		if len(p.Schema.AnyOf) > 0 {
			// Null or a reference; a type beside them would rule null out again.
			p.Schema.Type = nil
			for _, one := range p.Schema.AnyOf {
				if one.TypeObject != nil && one.TypeObject.Ref != nil {
					one.TypeObject.Type = nil
				}
			}
		}
	})(rc)
	jsonschema.InterceptSchema(func(p jsonschema.InterceptSchemaParams) (bool, error) {
		if p.Value.Type() == reflect.TypeFor[access.Role]() {
			p.Schema.Enum = nil
			for _, r := range access.Roles {
				p.Schema.Enum = append(p.Schema.Enum, string(r))
			}
		}
		return false, nil
	})(rc)
}

// nullable says of one property whether it may be null. The reflector hands the
// same type out again for a type it has seen, so what is changed is a copy.
func nullable(schema *jsonschema.Schema, yes bool) {
	if schema.Type == nil {
		return // a reference, or one of several
	}
	own := *schema.Type
	own.SliceOfSimpleTypeValues = slices.Clone(own.SliceOfSimpleTypeValues)
	schema.Type = &own
	schema.RemoveType(jsonschema.Null)
	if yes {
		schema.AddType(jsonschema.Null)
	}
}

// closed says that unknown members are refused.
func closed(rc *jsonschema.ReflectContext) {
	jsonschema.InterceptSchema(func(p jsonschema.InterceptSchemaParams) (bool, error) {
		if p.Processed && elem(p.Value.Type()).Kind() == reflect.Struct && p.Schema.HasType(jsonschema.Object) {
			no := false
			p.Schema.AdditionalProperties = &jsonschema.SchemaOrBool{TypeBoolean: &no}
		}
		return false, nil
	})(rc)
}

// constrain writes a validate tag into a schema and tells whether the field is required.
func constrain(schema *jsonschema.Schema, t reflect.Type, tag string) (required bool) {
	tag, inner, dives := strings.Cut(tag, ",dive")
	if strings.HasPrefix(tag, "dive") {
		tag, inner, dives = "", strings.TrimPrefix(tag, "dive"), true
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	many, text := holdsMany(t), t.Kind() == reflect.String
	for rule := range strings.SplitSeq(tag, ",") {
		name, param, _ := strings.Cut(rule, "=")
		n, _ := strconv.ParseInt(param, 10, 64)
		switch {
		case name == "required":
			required = true
			if text && schema.MinLength == 0 {
				schema.MinLength = 1
			}
			if many && schema.MinItems == 0 {
				schema.MinItems = 1
			}
		case name == "oneof":
			for word := range strings.FieldsSeq(param) {
				schema.Enum = append(schema.Enum, enumValue(t, word))
			}
		case name == "unique":
			yes := true
			schema.UniqueItems = &yes
		case name == "datetime":
			schema.WithFormat("date")
		case name == "id":
			schema.WithPattern(fmt.Sprintf("^%s_[a-km-np-z2-9]{26}$", param))
		case text && name == "min":
			schema.MinLength = n
		case text && name == "max":
			schema.MaxLength = &n
		case text && name == "len":
			schema.MinLength, schema.MaxLength = n, &n
		case many && name == "min":
			schema.MinItems = n
		case many && name == "max":
			schema.MaxItems = &n
		case many && name == "len":
			schema.MinItems, schema.MaxItems = n, &n
		case name == "min":
			schema.WithMinimum(float64(n))
		case name == "max":
			schema.WithMaximum(float64(n))
		}
	}
	if dives && many && schema.Items != nil && schema.Items.SchemaOrBool != nil && schema.Items.SchemaOrBool.TypeObject != nil {
		constrain(schema.Items.SchemaOrBool.TypeObject, t.Elem(), strings.TrimPrefix(inner, ","))
	}
	return required
}

func enumValue(t reflect.Type, word string) any {
	if t.Kind() == reflect.String {
		return word
	}
	n, _ := strconv.ParseInt(word, 10, 64)
	return n
}

// parameter is the schema of one value from the address.
func parameter(t reflect.Type, tag string) (schema jsonschema.Schema, required bool) {
	switch t.Kind() {
	case reflect.String:
		schema.AddType(jsonschema.String)
	case reflect.Bool:
		schema.AddType(jsonschema.Boolean)
	default:
		schema.AddType(jsonschema.Integer)
	}
	required = constrain(&schema, t, tag)
	return schema, required
}

// plainTypeName is a type's name without its package, an Out at the end and
// brackets: List[routes.memberOut] is MemberList.
func plainTypeName(t reflect.Type) string {
	name := t.Name()
	generic, arg, isGeneric := strings.Cut(strings.TrimSuffix(name, "]"), "[")
	if isGeneric {
		arg = arg[strings.LastIndexAny(arg, "./")+1:]
		return upperFirst(strings.TrimSuffix(arg, "Out")) + generic
	}
	return upperFirst(strings.TrimSuffix(name, "Out"))
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
