package store

import (
	"reflect"
	"strings"
	"time"
)

// field is one path of a stored type: "name.ne". It is single if what stands
// there, and all that it stands in, is one value and no array.
type field struct {
	path   string
	single bool
}

// fieldsOf lists what a stored type keeps. A type that writes itself as one
// value, an instant or bytes, is one field; so is a map, of which nothing more is known.
func fieldsOf(t reflect.Type, prefix string, array bool) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("bson"), ",")
		inner, several := f.Type, array
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice && inner.Elem().Kind() != reflect.Uint8 {
			several = several || inner.Kind() == reflect.Slice
			inner = inner.Elem()
		}
		switch kind := inner.Kind(); {
		case options == "inline":
			fields = append(fields, fieldsOf(inner, prefix, several)...)
		case kind == reflect.Struct && !single(inner):
			fields = append(fields, fieldsOf(inner, prefix+name+".", several)...)
		default:
			open := kind == reflect.Interface || kind == reflect.Array || kind == reflect.Map
			fields = append(fields, field{prefix + name, !several && !open})
		}
	}
	return fields
}

func single(t reflect.Type) bool {
	_, writes := reflect.PointerTo(t).MethodByName("MarshalBSONValue")
	return writes || t == reflect.TypeFor[time.Time]()
}
