package store

import (
	"reflect"
	"strings"
	"time"
)

// fieldsOf lists what a stored type keeps, by path: "name.ne". A type that
// writes itself as one value, an instant or bytes, is one field.
func fieldsOf(t reflect.Type, prefix string) []string {
	var fields []string
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("bson"), ",")
		inner := f.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice && inner.Elem().Kind() != reflect.Uint8 {
			inner = inner.Elem()
		}
		switch {
		case options == "inline":
			fields = append(fields, fieldsOf(inner, prefix)...)
		case inner.Kind() == reflect.Struct && !single(inner):
			fields = append(fields, fieldsOf(inner, prefix+name+".")...)
		default:
			fields = append(fields, prefix+name)
		}
	}
	return fields
}

func single(t reflect.Type) bool {
	_, writes := reflect.PointerTo(t).MethodByName("MarshalBSONValue")
	return writes || t == reflect.TypeFor[time.Time]()
}
