package routes

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

type object = map[string]any

// Document describes the table as OpenAPI 3.1. The same table gives the same bytes.
func Document(table []Endpoint) ([]byte, error) {
	types := newSchemas()
	if _, err := types.out(reflect.TypeFor[Problem]()); err != nil {
		return nil, err
	}
	paths := object{}
	for _, e := range compile(table) {
		op, err := e.describe(types)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.ID, err)
		}
		path := regexp.MustCompile(`:([a-zA-Z]+)`).ReplaceAllString(e.Path, "{$1}")
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path].(object)[strings.ToLower(e.Method)] = op
	}
	return json.MarshalIndent(object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Chautari", "version": "1",
			"description": "Every change comes from our own pages: Sec-Fetch-Site: same-origin, or else an Origin that is exactly ours. " +
				"Problems are application/problem+json; x-problem-codes lists which codes an operation may answer with. " +
				"A person without a fitting role is told 404, as for what doesn't exist.",
		},
		"servers": []any{object{"url": "/"}},
		"paths":   paths,
		"components": object{
			"schemas": types.named,
			"securitySchemes": object{
				"session": object{
					"type": "apiKey", "in": "cookie", "name": cookieName,
					"description": "Set by signing in; sent back with every request until signing out.",
				},
			},
		},
	}, "", " ")
}

func (e *endpoint) describe(types *schemas) (object, error) {
	op := object{
		"operationId": e.ID, "tags": []string{e.Tag}, "summary": e.Summary,
		"x-roles": e.Roles, "x-problem-codes": e.Problems,
		"security": e.security(),
	}
	if list := e.parameters(); len(list) > 0 {
		op["parameters"] = list
	}
	body, err := e.requestBody(types)
	if err != nil {
		return nil, err
	}
	if body != nil {
		op["requestBody"] = body
	}
	success, err := e.success(types)
	if err != nil {
		return nil, err
	}
	headers := object{"X-Request-Id": textHeader("Names the request in the server's log.")}
	if e.NeedsVersion {
		headers["ETag"] = textHeader("With 412: the version that is there now.")
	}
	op["responses"] = object{
		strconv.Itoa(e.Status): success,
		"default": object{
			"description": "A problem; its code is one of x-problem-codes.",
			"headers":     headers,
			"content":     object{problemType: object{"schema": object{"$ref": schemaPrefix + "Problem"}, "example": exampleProblem}},
		},
	}
	return op, nil
}

func (e *endpoint) security() []object {
	session := object{"session": []string{}}
	switch {
	case e.NeverLooks():
		return []object{}
	case e.Open():
		return []object{{}, session}
	}
	return []object{session}
}

func (e *endpoint) parameters() (list []object) {
	for _, in := range e.shape.inputs {
		place, field := "query", e.in.FieldByIndex(in.index)
		schema, required := parameter(in.typ, field.Tag.Get("validate"))
		if in.path {
			place, required = "path", true
		}
		list = append(list, object{"name": in.name, "in": place, "required": required, "schema": schema})
	}
	header := func(name, pattern, description, example string) {
		list = append(list, object{
			"name": name, "in": "header", "required": true, "description": description, "example": example,
			"schema": object{"type": "string", "pattern": pattern},
		})
	}
	if e.NeedsKey {
		header("Idempotency-Key", "^[A-Za-z0-9_-]{16,128}$", "Random, new for each act and the same when it is sent again.", "k3v9q2m8x4b7n6w1")
	}
	if e.NeedsVersion {
		header("If-Match", `^"[1-9][0-9]*"$`, "The ETag of what is changed, as it was read.", `"7"`)
	}
	return list
}

func (e *endpoint) requestBody(types *schemas) (object, error) {
	switch {
	case e.Upload:
		file := object{"type": "string", "contentMediaType": "application/octet-stream", "maxLength": e.maxBody}
		return object{"required": true, "content": object{"multipart/form-data": object{
			"schema":  object{"type": "object", "required": []string{uploadField}, "properties": object{uploadField: file}, "additionalProperties": false},
			"example": object{uploadField: "नाम,फोन\nसीता,9800000000\n"},
		}}}, nil
	case e.shape.body:
		schema, err := types.in(e.in)
		if err != nil {
			return nil, err
		}
		return jsonBody(schema, jsontext.Value(e.Body)), nil
	case e.Method == http.MethodPost || e.Method == http.MethodPatch:
		return jsonBody(object{"type": "object", "additionalProperties": false}, object{}), nil
	}
	return nil, nil
}

func jsonBody(schema, example any) object {
	return object{"required": true, "content": object{"application/json": object{"schema": schema, "example": example}}}
}

func (e *endpoint) success(types *schemas) (object, error) {
	headers := object{"X-Request-Id": textHeader("Names the request in the server's log.")}
	answer := object{"description": http.StatusText(e.Status), "headers": headers}
	if e.out.Implements(reflect.TypeFor[Versioned]()) {
		headers["ETag"] = textHeader("The version, for If-Match of a change.")
	}
	if e.out.Implements(reflect.TypeFor[Located]()) {
		headers["Location"] = textHeader("Where the thing stands.")
	}
	if e.Status == http.StatusNoContent {
		return answer, nil
	}
	if e.out == fileType {
		headers["Content-Disposition"] = textHeader("Always an attachment.")
		answer["content"] = e.exampleOut.(File).describe()
		return answer, nil
	}
	schema, err := types.out(e.out)
	if err != nil {
		return nil, err
	}
	example, err := marshal(e.exampleOut)
	if err != nil {
		return nil, err
	}
	answer["content"] = object{"application/json": object{"schema": schema, "example": jsontext.Value(example)}}
	return answer, nil
}

var exampleProblem = object{
	"type": "about:blank", "title": http.StatusText(http.StatusNotFound), "status": http.StatusNotFound,
	"code": errAbsent.Code, "fields": []any{}, "requestId": "req_k3v9q2m8x4b7n6w1k3v9q2m8x4",
}

func textHeader(description string) object {
	return object{"description": description, "schema": object{"type": "string"}}
}
