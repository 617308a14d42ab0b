package routes_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"chautari/routes"
)

// document reads the OpenAPI document of a table.
func document(t testing.TB, table []routes.Endpoint) map[string]any {
	t.Helper()
	raw, err := routes.Document(table)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// at walks a document by member names.
func at(doc any, steps ...string) any {
	for _, step := range steps {
		m, ok := doc.(map[string]any)
		if !ok {
			return nil
		}
		doc = m[step]
	}
	return doc
}

func TestEveryOperationIsWhollyDescribed(t *testing.T) {
	whollyDescribed(t, newNotes().table())
}

func whollyDescribed(t *testing.T, table []routes.Endpoint) {
	t.Helper()
	doc := document(t, table)
	if at(doc, "openapi") != "3.1.0" {
		t.Errorf("version is %v", at(doc, "openapi"))
	}
	for _, op := range routes.Operations(table) {
		path := regexp.MustCompile(`:(\w+)`).ReplaceAllString(op.Path, "{$1}")
		o := at(doc, "paths", path, strings.ToLower(op.Method))
		for _, member := range []string{"operationId", "tags", "summary", "x-roles", "x-problem-codes", "security", "responses"} {
			if at(o, member) == nil {
				t.Errorf("%s has no %s", op.ID, member)
			}
		}
		if at(o, "responses", "default", "content", "application/problem+json", "schema", "$ref") != "#/components/schemas/Problem" {
			t.Errorf("%s has no problems", op.ID)
		}
		success := at(o, "responses", fmt.Sprint(op.Status))
		answers, _ := at(success, "content").(map[string]any)
		if op.Status != 204 && len(answers) != 1 {
			t.Errorf("%s shows no answer: %v", op.ID, success)
		}
		for kind := range answers { // JSON, or a file
			if at(answers, kind, "schema") == nil || at(answers, kind, "example") == nil {
				t.Errorf("%s shows no answer: %v", op.ID, success)
			}
		}
		if op.Changes() && op.Method != "DELETE" {
			content, _ := at(o, "requestBody", "content").(map[string]any)
			for kind := range content {
				if at(content, kind, "schema") == nil || at(content, kind, "example") == nil {
					t.Errorf("%s shows no body", op.ID)
				}
			}
			if len(content) != 1 {
				t.Errorf("%s takes %d kinds of body", op.ID, len(content))
			}
		}
		headers := fmt.Sprint(at(o, "parameters"))
		if op.NeedsKey != strings.Contains(headers, "Idempotency-Key") || op.NeedsVersion != strings.Contains(headers, "If-Match") {
			t.Errorf("%s has the parameters %s", op.ID, headers)
		}
	}
}

func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	doc := document(t, newNotes().table())
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok && at(doc, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...) == nil {
				t.Errorf("%s leads nowhere", ref)
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(doc)
}

func TestSchemasSayWhatTheTagsDemand(t *testing.T) {
	doc := document(t, newNotes().table())
	add := at(doc, "paths", "/api/notes", "post", "requestBody", "content", "application/json", "schema")
	for want, got := range map[string]any{
		"[text]":                     at(add, "required"),
		"20":                         at(add, "properties", "text", "maxLength"),
		"1":                          at(add, "properties", "text", "minLength"),
		"[open done]":                at(add, "properties", "state", "enum"),
		"true":                       at(add, "properties", "tags", "uniqueItems"),
		"5":                          at(add, "properties", "tags", "items", "maxLength"),
		"[membership phone]":         at(add, "properties", "consents", "items", "properties", "purpose", "enum"),
		"[purpose]":                  at(add, "properties", "consents", "items", "required"),
		"date":                       at(add, "properties", "consents", "items", "properties", "day", "format"),
		"false":                      at(add, "additionalProperties"),
		"#/components/schemas/Note":  at(doc, "paths", "/api/notes/{id}", "get", "responses", "200", "content", "application/json", "schema", "$ref"),
		"[id text state phone tags]": at(doc, "components", "schemas", "Note", "required"),
		"[string null]":              at(doc, "components", "schemas", "Note", "properties", "phone", "type"),
		"array":                      at(doc, "components", "schemas", "Note", "properties", "tags", "type"),
		"[items next]":               at(doc, "components", "schemas", "NoteList", "required"),
		"5.24288e+06":                at(doc, "paths", "/api/note-files", "post", "requestBody", "content", "multipart/form-data", "schema", "properties", "file", "maxLength"),
	} {
		if fmt.Sprint(got) != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
}

func TestAThingThatMayBeNullIsNullOrAReference(t *testing.T) {
	doc := document(t, routes.Table(routes.Nouns{}))
	got, _ := json.Marshal(at(doc, "components", "schemas", "Member", "properties", "group"))
	if want := `{"anyOf":[{"type":"null"},{"$ref":"#/components/schemas/GroupRef"}]}`; string(got) != want {
		t.Errorf("it is %s", got)
	}
}

// A day stands in many answers; that it may be missing in one says nothing of the others.
func TestADayMayBeNullOnlyWhereItIsSaid(t *testing.T) {
	doc := document(t, routes.Table(routes.Nouns{}))
	for _, name := range []string{"Sent", "Thread", "GrievanceRow"} {
		for day, want := range map[string]string{"acknowledgeBy": "string", "decideBy": "[string null]", "outcomeBy": "string"} {
			if got := fmt.Sprint(at(doc, "components", "schemas", name, "properties", day, "type")); got != want {
				t.Errorf("%s.%s is %s", name, day, got)
			}
		}
	}
}

func TestSameTableGivesTheSameBytes(t *testing.T) {
	first, _ := routes.Document(newNotes().table())
	second, _ := routes.Document(newNotes().table())
	if string(first) != string(second) {
		t.Error("they differ")
	}
	h, _ := open(t)
	if body := h.Nobody().Get("/api/openapi.json").Wants(200).Body; body != string(first) {
		t.Error("another document is served")
	}
}
