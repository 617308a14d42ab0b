package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/id"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var (
	ctx     = context.Background()
	twinDay = time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC) // Thursday 13:45 in Nepal
)

const twinPhrase = "nadi tokari saat makai jhyal"

// twins are two servers over the same two stores, which can be made to fail.
type twins struct {
	*testing.T
	clock      clock.Clock
	fake       *clock.Fake // nil where the clock is the machine's
	data, keys *storetest.Faulty
	master     *seal.Master
	log        *bytes.Buffer
	logger     *slog.Logger
	a, b       *house
	atA, atB   *fiber.App

	org, root, group string
}

func newTwins(t *testing.T, c clock.Clock) *twins {
	t.Helper()
	content, err := seal.NewKeyFile()
	if err != nil {
		t.Fatal(err)
	}
	w := &twins{
		T: t, clock: c, log: &bytes.Buffer{},
		data: storetest.Failing(storetest.SQLite(t, specs()...)),
		keys: storetest.Failing(storetest.SQLite(t, seal.KeySpecs()...)),
	}
	w.fake, _ = c.(*clock.Fake)
	w.logger = slog.New(slog.NewTextHandler(w.log, nil))
	if w.master, err = seal.OpenMaster(content); err != nil {
		t.Fatal(err)
	}
	w.a, w.b = w.start(), w.start()
	w.atA, w.atB = w.a.app(), w.b.app()
	w.org, w.root, err = w.a.nouns.Organisations.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}, Demo: true,
	})
	w.must(err)
	w.group, err = w.a.nouns.Organisations.AddGroup(ctx, w.org, w.root, organisation.Name{EN: "Kaski"}, 1)
	w.must(err)
	return w
}

// start begins one more server over the stores, which outlive it.
func (w *twins) start() *house {
	w.Helper()
	h, err := assemble(ctx, settings{Port: 8080}, w.master, w.clock, w.logger,
		lent{w.data}, lent{w.keys})
	w.must(err)
	return h
}

// lent is an engine that isn't closed by who uses it.
type lent struct{ *storetest.Faulty }

func (lent) Close() error { return nil }

func (w *twins) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// admit makes somebody with a role, and with all that is said yes to beforehand.
func (w *twins) admit(role access.Role, group, alias string) (handle string) {
	w.Helper()
	roles := []access.Role{access.Member}
	if role != access.Member {
		roles = append(roles, role)
	}
	in, err := w.a.nouns.Members.Admit(ctx, w.org, group, member.Admission{
		Alias: alias, Language: "ne", Passphrase: twinPhrase, Roles: roles,
		Consents: []consent.Given{{Purpose: consent.Membership, Version: "1", Language: "ne"}},
	})
	w.must(err)
	return in.Handle.Reveal()
}

// caller is somebody's browser, which can come to either server.
type caller struct {
	testing.TB
	token string
	who   access.Actor
}

// enter signs in at the first server.
func (w *twins) enter(handle string) *caller {
	w.Helper()
	return w.enterAt(w.a, handle)
}

func (w *twins) enterAt(h *house, handle string) *caller {
	w.Helper()
	token, _, err := h.nouns.Accounts.SignIn(ctx, w.org, "localhost", handle, twinPhrase)
	w.must(err)
	who, err := h.nouns.Accounts.Authenticate(ctx, w.org, "localhost", token)
	w.must(err)
	return &caller{w, token, who}
}

// answer is what came back.
type answer struct {
	testing.TB
	status int
	code   string
	tag    string
	body   string
	json   map[string]any
}

func (c *caller) request(method, path string, body any) *http.Request {
	c.Helper()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			c.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	r, err := http.NewRequest(method, "http://localhost"+path, content)
	if err != nil {
		c.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Idempotency-Key", id.New("key"))
	if c.token != "" {
		r.Header.Set("Cookie", "__Host-s="+c.token)
	}
	return r
}

func (c *caller) send(app *fiber.App, r *http.Request) answer {
	c.Helper()
	res, err := app.Test(r, -1)
	if err != nil {
		c.Fatal(err)
	}
	return read(c, res)
}

func read(tb testing.TB, res *http.Response) answer {
	tb.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		tb.Fatal(err)
	}
	a := answer{TB: tb, status: res.StatusCode, tag: res.Header.Get("ETag"), body: string(body)}
	if json.Unmarshal(body, &a.json) == nil {
		a.code, _ = a.json["code"].(string)
	}
	return a
}

func (c *caller) get(app *fiber.App, path string) answer {
	c.Helper()
	return c.send(app, c.request(http.MethodGet, path, nil))
}

func (c *caller) post(app *fiber.App, path string, body any) answer {
	c.Helper()
	if body == nil {
		body = map[string]any{}
	}
	return c.send(app, c.request(http.MethodPost, path, body))
}

// wants checks a status and hands the answer on.
func (a answer) wants(status int) answer {
	a.Helper()
	if a.status != status {
		a.Errorf("answered %d %s, want %d", a.status, a.code, status)
	}
	return a
}

func (a answer) wantsCode(status int, code string) {
	a.Helper()
	if a.status != status || a.code != code {
		a.Errorf("answered %d %q, want %d %q", a.status, a.code, status, code)
	}
}

// etag is the version that a change must name.
func (a answer) etag() string { return a.tag }

// shows tells whether a text stands in the answer.
func (a answer) shows(text string) bool { return strings.Contains(a.body, text) }

// second lets a second pass, in which everything that is kept in memory gets too old.
func (w *twins) second() { w.fake.Advance(time.Second) }

// accountOf changes somebody's account as a use case would.
func (w *twins) change(person string, give, take access.Role) {
	w.Helper()
	w.must(w.a.data.Org(w.org).Tx(ctx, func(tx *store.Tx) error {
		return account.SetRole(ctx, tx, person, give, take)
	}))
}
