package routes

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// shape is what an In type takes from where.
type shape struct {
	inputs []input // path and query, in the order of the struct
	body   bool    // whether JSON members are among the fields
	file   []int   // index of the Upload field; nil where there is none
}

// input is one field that comes from the address.
type input struct {
	name  string
	path  bool // else query
	index []int
	typ   reflect.Type
}

var isMember = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`).MatchString

// shapeOf reads an In type and refuses one that would fail only when a request comes.
func shapeOf(t reflect.Type) (*shape, error) {
	if t.Kind() != reflect.Struct {
		return nil, errors.New("what goes in is a struct")
	}
	s := &shape{}
	if err := s.walk(t, nil); err != nil {
		return nil, err
	}
	if s.file != nil && s.body {
		return nil, errors.New("a file comes alone, without JSON members")
	}
	return s, nil
}

func (s *shape) walk(t reflect.Type, at []int) error {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(slices.Clone(at), i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			if err := s.walk(f.Type, index); err != nil {
				return err
			}
			continue
		}
		path, isPath := f.Tag.Lookup("path")
		query, isQuery := f.Tag.Lookup("query")
		_, isFile := f.Tag.Lookup("form")
		member, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported():
			return fmt.Errorf("%s.%s is not exported", t.Name(), f.Name)
		case (isPath || isQuery || isFile) && f.Tag.Get("json") != "-":
			return fmt.Errorf(`%s.%s needs json:"-", or a body could set it`, t.Name(), f.Name)
		case isFile && f.Type != reflect.TypeFor[Upload]():
			return fmt.Errorf("%s.%s is no Upload", t.Name(), f.Name)
		case isFile:
			s.file = index
		case isPath || isQuery:
			if !slices.Contains([]reflect.Kind{reflect.String, reflect.Int, reflect.Int64, reflect.Bool}, f.Type.Kind()) {
				return fmt.Errorf("%s.%s: an address holds texts, whole numbers and booleans", t.Name(), f.Name)
			}
			s.inputs = append(s.inputs, input{name: path + query, path: isPath, index: index, typ: f.Type})
		case !isMember(member):
			return fmt.Errorf("%s.%s needs a json name in camelCase", t.Name(), f.Name)
		default:
			s.body = true
		}
		if err := checkTag(f); err != nil {
			return fmt.Errorf("%s.%s: %w", t.Name(), f.Name, err)
		}
		if inner := elem(f.Type); !isFile && inner.Kind() == reflect.Struct && inner.PkgPath() != "time" {
			if err := members(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// members checks a struct inside the body, where every field is a JSON member.
func members(t reflect.Type) error {
	switch reflect.New(t).Interface().(type) {
	case interface{ UnmarshalText([]byte) error }, nullTaker:
		return nil
	}
	var s shape
	if err := s.walk(t, nil); err != nil {
		return err
	}
	if len(s.inputs) > 0 || s.file != nil {
		return fmt.Errorf("%s stands in a body and takes nothing else", t.Name())
	}
	return nil
}

// elem is the type under pointers and lists.
func elem(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	return t
}

// fits compares the shape with the method and the names in the address.
func (s *shape) fits(method, path string) error {
	var names []string
	for _, in := range s.inputs {
		if in.path {
			names = append(names, in.name)
		}
	}
	want := pathParams(path)
	slices.Sort(names)
	slices.Sort(want)
	switch {
	case !slices.Equal(names, want):
		return fmt.Errorf("the address names %v, what goes in has %v", want, names)
	case s.body && (method == http.MethodGet || method == http.MethodDelete):
		return errors.New("it takes no body")
	case s.file != nil && method != http.MethodPost:
		return errors.New("a file is posted")
	}
	return nil
}

// example writes a good In as an address and a body.
func (s *shape) example(path string, v reflect.Value) (addr string, body []byte, err error) {
	query := url.Values{}
	for _, in := range s.inputs {
		f := v.FieldByIndex(in.index)
		text := fmt.Sprint(f.Interface())
		switch {
		case in.path && f.IsZero():
			return "", nil, fmt.Errorf("it has no %s", in.name)
		case in.path:
			path = strings.Replace(path, ":"+in.name, url.PathEscape(text), 1)
		case !f.IsZero():
			query.Set(in.name, text)
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	if s.body {
		body, err = marshal(v.Interface())
	}
	return path, body, err
}

// set writes a text from the address into its field.
func (in input) set(v reflect.Value, text string) (ok bool) {
	f := v.FieldByIndex(in.index)
	switch in.typ.Kind() {
	case reflect.String:
		f.SetString(text)
	case reflect.Bool:
		f.SetBool(text == "true")
		return text == "true" || text == "false"
	default:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || strconv.FormatInt(n, 10) != text {
			return false
		}
		f.SetInt(n)
	}
	return true
}
