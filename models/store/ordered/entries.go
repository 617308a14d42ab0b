package ordered

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

// Entries finds the entries of a document in an index, sorted and distinct:
// none if a field is missing, null or an empty array, one for each distinct
// element of an array field, else one. Two array fields are an error.
func Entries(ix store.Index, body bson.Raw) ([][]byte, error) {
	keys := [][]byte{nil}
	arrays := 0
	for _, field := range ix.Fields {
		found, array, err := lookUp(bson.RawValue{Type: bson.TypeEmbeddedDocument, Value: body}, field)
		if err != nil {
			return nil, fmt.Errorf("index %s, field %s: %w", ix.Name, field, err)
		}
		if array {
			arrays++
		}
		keys = join(keys, found)
	}
	if len(keys) == 0 {
		return nil, nil
	}
	if arrays > 1 {
		return nil, fmt.Errorf("store: index %s has more than one array field", ix.Name)
	}
	for _, key := range keys {
		if err := short(key); err != nil {
			return nil, fmt.Errorf("index %s: %w", ix.Name, err)
		}
	}
	slices.SortFunc(keys, bytes.Compare)
	return slices.CompactFunc(keys, bytes.Equal), nil
}

// join puts each value behind each key.
func join(keys, values [][]byte) [][]byte {
	if len(keys) == 1 && len(values) == 1 {
		keys[0] = append(keys[0], values[0]...)
		return keys
	}
	out := make([][]byte, 0, len(keys)*len(values))
	for _, k := range keys {
		for _, v := range values {
			out = append(out, slices.Concat(k, v))
		}
	}
	return out
}

// lookUp encodes what stands at a dotted path, and goes into every element of
// an array that it meets on its way.
func lookUp(v bson.RawValue, path string) (found [][]byte, array bool, err error) {
	switch {
	case v.Type == bson.TypeArray:
		elements, err := bson.Raw(v.Value).Values()
		if err != nil {
			return nil, true, err
		}
		for _, e := range elements {
			if e.Type == bson.TypeArray {
				return nil, true, fmt.Errorf("store: an array in an array can't be indexed")
			}
			values, _, err := lookUp(e, path)
			if err != nil {
				return nil, true, err
			}
			found = append(found, values...)
		}
		return found, true, nil
	case path != "":
		if v.Type != bson.TypeEmbeddedDocument {
			return nil, false, nil
		}
		name, rest, _ := strings.Cut(path, ".")
		next, err := bson.Raw(v.Value).LookupErr(name)
		if err != nil { // the body was validated, so this is an absent field
			return nil, false, nil
		}
		return lookUp(next, rest)
	case v.Type == bson.TypeNull || v.Type == bson.TypeUndefined:
		return nil, false, nil
	default:
		key, err := appendRaw(nil, v)
		if err != nil {
			return nil, false, err
		}
		return [][]byte{key}, false, nil
	}
}
