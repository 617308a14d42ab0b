package routes_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/routes"
)

func TestEveryFaultOfAnInputIsNamedAtOnce(t *testing.T) {
	h, _ := open(t)
	a := h.As(sita).Post("/api/notes", `{"text":"","state":"lost","phone":"1","tags":["a","a","toolong"],"consents":[{"purpose":"x","day":"2026-13-01"}]}`)
	a.Refused(422, "request.invalid").
		Field("text", "field.required").
		Field("state", "field.not_one_of").
		Field("phone", "field.too_short").
		Field("tags", "field.too_many").
		Field("consents.0.purpose", "field.not_one_of").
		Field("consents.0.day", "field.not_a_day").
		Contains(`"params":{"allowed":"open done"}`, `"params":{"min":"4"}`, `"params":{"max":"2"}`).
		Lacks("lost", "toolong")
	h.As(sita).Post("/api/notes", `{"text":"a","tags":["a","a"]}`).Field("tags", "field.repeated")
	h.As(sita).Post("/api/notes", `{"text":"a","tags":["toolong"]}`).Field("tags.0", "field.too_long")
	h.As(sita).Post("/api/notes", `{"text":"`+strings.Repeat("न", 20)+`"}`).Wants(201)
	h.As(sita).Get("/api/notes?limit=101").Refused(422, "request.invalid").Field("limit", "field.too_large")
}

func TestUnreadableInputNamesItsFieldAndNeverItsValue(t *testing.T) {
	h, n := open(t)
	for body, want := range map[string]string{
		`{"text":"a","extra":"secret"}`:                            "extra:field.unknown",
		`{"Text":"secret"}`:                                        "Text:field.unknown",
		`{"text":{"$ne":"secret"}}`:                                "text:field.wrong_type",
		`{"text":["secret"]}`:                                      "text:field.wrong_type",
		`{"text":7}`:                                               "text:field.wrong_type",
		`{"text":null}`:                                            "text:field.null",
		`{"text":"a","tags":null}`:                                 "tags:field.null",
		`{"text":"a","urgent":null}`:                               "urgent:field.null",
		`{"text":"a","consents":[null]}`:                           "consents.0:field.null",
		`{"text":"a","urgent":"yes"}`:                              "urgent:field.wrong_type",
		`{"text":"a","text":"secret"}`:                             "text:field.duplicate",
		`{"text":"secret\u0000"}`:                                  "text:field.bad_text",
		`{"text":"a","consents":[{"purpose":"x","$gt":"secret"}]}`: "",
		`{"$where":"secret"}`:                                      "",
		`{"a secret sentence":1}`:                                  "",
		"{\"text\":\"secret\xff\"}":                                "",
		"{\"text\":\"secret\x00\"}":                                "",
		`{"text":"a"} {}`:                                          "",
		`{"text":"\ud800"}`:                                        "",
		``:                                                         "",
		`null`:                                                     "",
		`"secret"`:                                                 "",
	} {
		a := h.As(sita).Post("/api/notes", body).Refused(400, "request.malformed").Lacks("secret")
		got := ""
		for _, f := range a.Problem().Fields {
			got += f.Field + ":" + f.Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
	h.As(sita).Post("/api/notes", `{"text":"a\\u0000"}`).Wants(201) // a backslash, and text
	h.As(sita).Post("/api/notes", `{"text":"b","phone":null}`).Wants(201)
	if len(n.notes) != 3 {
		t.Errorf("%d notes", len(n.notes))
	}
}

func TestUnreadableAddressIsRefused(t *testing.T) {
	h, _ := open(t)
	for path, field := range map[string]string{
		"/api/notes?limit=x": "limit", "/api/notes?limit=07": "limit", "/api/notes?limit=1&limit=2": "limit",
		"/api/notes?role=board": "role", "/api/notes?state=a%00b": "state", "/api/notes?state=%ff": "state",
		"/api/notes/%ff": "id", "/api/notes/a%00": "id",
	} {
		if fields := h.As(sita).Get(path).Refused(400, "request.malformed").Problem().Fields; len(fields) != 1 || fields[0].Field != field {
			t.Errorf("%s: %v", path, fields)
		}
	}
	h.As(sita).Get("/api/notes?%zz").Refused(400, "request.malformed")
	h.As(sita).Get("/api/notes?cursor=broken").Refused(400, "list.cursor_invalid")
	h.As(sita).Get("/API/notes").Wants(404)
	h.As(sita).Get("/api/notes/").Refused(404, "request.absent")
}

func TestOriginMustBeExactlyOurs(t *testing.T) {
	h, _ := open(t)
	c := h.As(sita).Without("Sec-Fetch-Site")
	c.With("Origin", "http://sathi.example").Post("/api/notes", `{"text":"a"}`).Wants(201)
	for _, origin := range []string{"null", "https://sathi.example", "http://sathi.example:8080", "http://SATHI.example.evil.example", "http://evil.example"} {
		c.With("Origin", origin).Post("/api/notes", `{"text":"a"}`).Refused(403, "request.foreign")
	}
	h.As(sita).With("Sec-Fetch-Site", "none").Delete("/api/notes/nte_1").Refused(403, "request.foreign")
	h.As(sita).With("Content-Type", "application/json; charset=utf-8").Post("/api/notes", `{"text":"a"}`).Wants(201)
	h.As(sita).With("Content-Type", "application/json; charset=utf-16").Post("/api/notes", `{"text":"a"}`).Refused(415, "request.wrong_media")
}

func TestUploadTakesOneFileAndNothingElse(t *testing.T) {
	h, n := open(t)
	h.As(sita).Upload("/api/note-files", `C:\list\register.csv`, []byte("a,b\n")).Wants(201).Contains(`"bytes":4`)
	if n.files[0].Name != "register.csv" && n.files[0].Name != `C:\list\register.csv` {
		t.Errorf("its name is %q", n.files[0].Name)
	}
	h.As(sita).Upload("/api/note-files", "five.csv", make([]byte, 5<<20)).Wants(201)
	h.As(sita).Upload("/api/note-files", "more.csv", make([]byte, 5<<20+1)).Refused(413, "request.too_large")
	part := func(head, body string) string {
		return "--x\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + body + "\r\n"
	}
	for name, body := range map[string]string{
		"no file":      "--x--\r\n",
		"another name": part(`name="other"; filename="a.csv"`, "a") + "--x--\r\n",
		"a text":       part(`name="file"`, "a") + "--x--\r\n",
		"two":          part(`name="file"; filename="a.csv"`, "a") + part(`name="file"; filename="b.csv"`, "b") + "--x--\r\n",
		"a field more": part(`name="file"; filename="a.csv"`, "a") + part(`name="orgId"`, "b") + "--x--\r\n",
		"half":         "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc",
		"nothing":      "",
	} {
		a := h.As(sita).With("Content-Type", "multipart/form-data; boundary=x").Post("/api/note-files", body)
		if a.Status != 400 {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	h.As(sita).With("Content-Type", "multipart/form-data").Post("/api/note-files", "x").Refused(400, "request.malformed")
	if len(n.files) != 2 {
		t.Errorf("%d files were kept", len(n.files))
	}
}

func TestTroubleIsAnsweredWithoutItsTextAndLoggedWithoutPeople(t *testing.T) {
	var log bytes.Buffer
	h, _ := open(t, func(d *routes.Deps) {
		d.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		d.Frontend = os.DirFS(t.TempDir())
	})
	a := h.As(sita).Post("/api/notes", `{"text":"odd","phone":"9800000001"}`).Refused(500, "server.trouble").Lacks("disk")
	if !strings.Contains(log.String(), "disk is full") || !strings.Contains(log.String(), a.Problem().RequestID) || !strings.Contains(log.String(), `"route":"/api/notes"`) {
		t.Errorf("the log says %s", &log)
	}
	h.As(sita).Post("/api/notes", `{"text":"panic"}`).Refused(500, "server.trouble").Lacks("Sita")
	h.As(sita).Post("/api/notes", `{"text":"busy"}`).Refused(503, "server.busy")
	if h.As(sita).Post("/api/notes", `{"text":"unknown"}`).Refused(503, "server.busy").Header.Get("Retry-After") != "1" {
		t.Error("it doesn't say when to come back")
	}
	h.As(sita).Post("/api/notes", `{"text":"many"}`).Refused(409, "note.too_many")
	h.As(sita).Get("/api/notes/nte_secret?state=9800000001")
	h.As(sita).Get("/secret-page?q=9800000001")
	for _, secret := range []string{"Sita was here", "9800000001", "nte_secret", "secret-page", "0.0.0.0", "token-1"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q: %s", secret, &log)
		}
	}
	h.As(sita).Get("/api/notes/sample").Wants(200) // it still stands
}

func TestOtherMethodsAreRefused(t *testing.T) {
	h, _ := open(t)
	for _, method := range []string{http.MethodOptions, http.MethodPut, http.MethodTrace, "BREW"} {
		req, _ := http.NewRequest(method, "http://sathi.example/api/notes", nil)
		res, err := h.App.Test(req, -1)
		if err != nil || res.StatusCode != 405 || res.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %v %v", method, res, err)
		}
	}
	if allow := h.As(sita).Patch("/api/notes", 1, `{}`).Refused(405, "request.method_not_allowed").Header.Get("Allow"); !strings.Contains(allow, "GET") {
		t.Errorf("allows %q", allow)
	}
}

func TestCodesAreListedOnceAndInOrder(t *testing.T) {
	if !slices.IsSorted(routes.Codes) || len(slices.Compact(slices.Clone(routes.Codes))) != len(routes.Codes) {
		t.Error("they aren't")
	}
	for _, op := range routes.Operations(newNotes().table()) {
		for _, code := range op.Problems {
			own := strings.HasPrefix(code, "request.") || strings.HasPrefix(code, "server.") || strings.HasPrefix(code, "list.")
			if own && !slices.Contains(routes.Codes, code) {
				t.Errorf("%s is not listed", code)
			}
		}
	}
}

func TestWhatCannotWorkDoesNotBuild(t *testing.T) {
	type in[T any] struct {
		Value T `json:"value"`
	}
	ok := routes.Route[routes.Nothing, routes.Nothing]{
		Method: "POST", Path: "/api/things", ID: "addThing", Tag: "thing", Summary: "Add", Roles: routes.SignedIn,
		Do: func(context.Context, *routes.Call, routes.Nothing) (routes.Nothing, error) {
			return routes.Nothing{}, nil
		},
	}
	with := func(change func(*routes.Route[routes.Nothing, routes.Nothing])) routes.Endpoint {
		r := ok
		change(&r)
		return r
	}
	for name, e := range map[string]routes.Endpoint{
		"no roles":     with(func(r *routes.Route[routes.Nothing, routes.Nothing]) { r.Roles = nil }),
		"unknown role": with(func(r *routes.Route[routes.Nothing, routes.Nothing]) { r.Roles = []access.Role{"queen"} }),
		"no name":      with(func(r *routes.Route[routes.Nothing, routes.Nothing]) { r.ID = "" }),
		"odd method":   with(func(r *routes.Route[routes.Nothing, routes.Nothing]) { r.Method = "PUT" }),
		"odd address":  with(func(r *routes.Route[routes.Nothing, routes.Nothing]) { r.Path = "/things" }),
		"lost param":   with(func(r *routes.Route[routes.Nothing, routes.Nothing]) { r.Path = "/api/things/:id" }),
		"odd code":     with(func(r *routes.Route[routes.Nothing, routes.Nothing]) { r.Problems = []string{"Oops"} }),
		"no work":      with(func(r *routes.Route[routes.Nothing, routes.Nothing]) { r.Do = nil }),
		"unknown check": routed[struct {
			A string `json:"a" validate:"alias"`
		}](ok),
		"required number": routed[struct {
			A int `json:"a" validate:"required"`
		}](ok),
		"list without dive": routed[struct {
			A []in[string] `json:"a" validate:"max=3"`
		}](ok),
		"unnamed member": routed[struct{ A string }](ok),
		"open query": routed[struct {
			A string `query:"a"`
		}](ok),
		"unknown check inside": routed[struct {
			A []struct {
				B string `json:"b" validate:"nope"`
			} `json:"a" validate:"dive"`
		}](ok),
		"bad example": routed[struct {
			A string `json:"a" validate:"required"`
		}](ok),
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s builds", name)
				}
			}()
			routes.Operations([]routes.Endpoint{e})
		}()
	}
	routes.Operations([]routes.Endpoint{ok})
	defer func() {
		if recover() == nil {
			t.Error("two of one name build")
		}
	}()
	_, _ = routes.Document([]routes.Endpoint{ok, ok})
}

// routed is the route ok with another In.
func routed[In any](ok routes.Route[routes.Nothing, routes.Nothing]) routes.Endpoint {
	return routes.Route[In, routes.Nothing]{
		Method: ok.Method, Path: ok.Path, ID: ok.ID, Tag: ok.Tag, Summary: ok.Summary, Roles: ok.Roles,
		Do: func(context.Context, *routes.Call, In) (routes.Nothing, error) {
			return routes.Nothing{}, errors.ErrUnsupported
		},
	}
}
