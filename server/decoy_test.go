package main

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/stretchr/testify/require"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/seal"
	"chautari/models/store/storetest"
	"chautari/models/training"
	"chautari/routes"
)

const otherPhrase = "badal kitab dhunga ghoda phulbari"

// duress is a server whose store is watched, with a woman who has both
// passphrases, in an organisation in which there is as much as in its decoy tenant.
type duress struct {
	t      *testing.T
	house  *house
	app    *fiber.App
	asked  *storetest.Counted
	org    string
	handle string
}

func underDuress(t *testing.T) *duress {
	t.Helper()
	content, err := seal.NewKeyFile()
	require.NoError(t, err)
	master, err := seal.OpenMaster(content)
	require.NoError(t, err)
	d := &duress{t: t, asked: storetest.Counting(storetest.SQLite(t, specs()...))}
	d.house, err = assemble(ctx, settings{Port: 8080}, master, clock.At(twinDay), slog.New(slog.DiscardHandler),
		d.asked, storetest.SQLite(t, seal.KeySpecs()...))
	require.NoError(t, err)
	n := d.house.nouns
	var root string
	d.org, root, err = n.Organisations.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}, Demo: true,
	})
	require.NoError(t, err)
	takeIn := func(alias string, roles ...access.Role) access.Actor {
		in, err := n.Members.Admit(ctx, d.org, root, member.Admission{
			Alias: alias, Language: "ne", Waiting: true, Roles: roles, Consents: demoOnly(consent.Membership),
		})
		require.NoError(t, err)
		a, err := n.Accounts.ActorOf(ctx, d.org, in.Account)
		require.NoError(t, err)
		a.Fresh = true
		return a
	}
	coordinator := takeIn("Sagun", access.Member, access.Coordinator)
	require.NoError(t, n.Conflicts.SayNone(ctx, coordinator, once.Key{}))
	course, err := n.Courses.CreateCourse(ctx, coordinator, once.Key{}, training.NewCourse{Name: organisation.Name{EN: "Sewing"}, Picture: "sewing"})
	require.NoError(t, err)
	in := func(days int) string { return n.Organisations.Today().AddDays(days).String() }
	sunday := 0
	_, err = n.Courses.CreateIntake(ctx, coordinator, once.Key{}, course.ID, training.NewIntake{
		Seats: 8, Opens: in(-1), Closes: in(10), Begins: in(20), Ends: in(60),
		Times: []training.TimeInput{{Weekday: &sunday, From: "07:00", To: "09:00"}},
	})
	require.NoError(t, err)
	// The decoy tenant is filled while she is none of those who may be met there.
	for range 4 {
		require.NoError(t, d.house.decoys.Tend(ctx, d.org))
	}
	for i, name := range []string{"Maina", "Asha", "Kosi", "Junu"} {
		most := 5
		_, err := n.Support.SetHours(ctx, takeIn(name, access.Member, access.PeerSupporter), 1, peersupport.HoursChange{
			Spans: demoSpans[i], Cap: &most, Languages: []string{"ne"}, Consents: demoOnly(consent.SupporterName),
		})
		require.NoError(t, err)
	}
	r, err := n.Members.Register(ctx, access.AnonymousIn(d.org), once.Key{}, member.Registration{
		Alias: "Junkiri", Group: &root, Language: "ne", Passphrase: twinPhrase, SecondPassphrase: otherPhrase,
		Consents: demoOnly(consent.Membership),
	})
	require.NoError(t, err)
	d.handle = r.Handle.Reveal()
	her, err := n.Accounts.ActorOf(ctx, d.org, r.Account)
	require.NoError(t, err)
	_, err = n.Members.Approve(ctx, coordinator, once.Key{}, her.Person, member.Approval{})
	require.NoError(t, err)
	d.app = d.house.app()
	return d
}

// answered is what came back, and what the store was asked for it.
type answered struct {
	status       int
	body         string
	cookies      []string
	calls, where []string
}

// phone is a browser that is signed in with one of the two.
type phone struct {
	*duress
	cookie, etag string
}

func (p *phone) asks(method, address string, body []byte) answered {
	p.t.Helper()
	req := httptest.NewRequest(method, "http://localhost"+address, bytes.NewReader(body))
	req.Host = "localhost"
	req.Header.Set("Cookie", p.cookie)
	if method != http.MethodGet {
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", rand.Text())
		req.Header.Set("If-Match", cmp.Or(p.etag, `"1"`))
	}
	p.asked.Asked()
	res, err := p.app.Test(req, -1)
	require.NoError(p.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(p.t, err)
	p.etag = res.Header.Get("ETag")
	a := answered{status: res.StatusCode, body: string(text), cookies: res.Header.Values("Set-Cookie")}
	a.calls, a.where = p.asked.Asked()
	for _, line := range a.cookies {
		if c, err := http.ParseSetCookie(line); err == nil && c.Value != "" {
			p.cookie = c.Name + "=" + c.Value
		}
	}
	return a
}

func (d *duress) signsIn(phrase string) (*phone, answered) {
	d.t.Helper()
	p := &phone{duress: d}
	body, _ := json.Marshal(map[string]string{"handle": d.handle, "passphrase": phrase})
	a := p.asks(http.MethodPost, "/api/session", body)
	require.Equal(d.t, http.StatusOK, a.status, a.body)
	return p, a
}

// fieldsIn are the names of all members of an answer, and the lists in it that
// hold nothing.
func fieldsIn(body string) (names, empty []string) {
	var answer any
	if json.Unmarshal([]byte(body), &answer) != nil {
		return nil, nil
	}
	found, bare := map[string]bool{}, map[string]bool{}
	keysOf(answer, "", found)
	emptyIn(answer, "", bare)
	return slices.Sorted(maps.Keys(found)), slices.Sorted(maps.Keys(bare))
}

// emptyIn lists the empty lists of a JSON value, as paths.
func emptyIn(v any, path string, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			emptyIn(inner, strings.TrimPrefix(path+"."+name, "."), into)
		}
	case []any:
		if len(v) == 0 {
			into[path+"[]"] = true
		}
		for _, inner := range v {
			emptyIn(inner, path+"[]", into)
		}
	}
}

// outside are the names that lie in none of some lists: where one woman has nothing
// in a list and another has, that is no difference of kind.
func outside(names, lists []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.ContainsFunc(lists, func(list string) bool { return strings.HasPrefix(name, list) })
	})
}

// alike compares what both were answered, and what was done for it.
func (d *duress) alike(name string, her, twin answered) {
	d.t.Helper()
	if her.status != twin.status {
		d.t.Errorf("%s: %d with the first, %d with the second: %s / %s", name, her.status, twin.status, her.body, twin.body)
	}
	a, noneOfA := fieldsIn(her.body)
	b, noneOfB := fieldsIn(twin.body)
	lists := append(noneOfA, noneOfB...)
	if a, b := outside(a, lists), outside(b, lists); !slices.Equal(a, b) {
		d.t.Errorf("%s: fields %v with the first, %v with the second", name, a, b)
	}
	if a, b := len(her.body), len(twin.body); max(a, b) > 2*min(a, b)+400 {
		d.t.Errorf("%s: %d bytes with the first, %d with the second", name, a, b)
	}
	if len(her.cookies) != len(twin.cookies) {
		d.t.Fatalf("%s: %d and %d cookies", name, len(her.cookies), len(twin.cookies))
	}
	for i := range her.cookies {
		if len(her.cookies[i]) != len(twin.cookies[i]) {
			d.t.Errorf("%s: cookies of %d and %d bytes", name, len(her.cookies[i]), len(twin.cookies[i]))
		}
	}
	if !slices.Equal(her.calls, twin.calls) {
		d.t.Errorf("%s: the store is asked\n%s\nwith the first, with the second\n%s", name, strings.Join(her.calls, "\n"), strings.Join(twin.calls, "\n"))
	}
	if all := twin.body + strings.Join(twin.cookies, " "); strings.Contains(all, "decoy") || strings.Contains(all, organisation.Decoy(d.org)) {
		d.t.Errorf("%s names the decoy tenant: %s", name, all)
	}
}

// ofTheRealSpace are the collections in an organisation's own space that a request
// of its decoy tenant may ask: its settings and groups, which text is asked now, and
// what opens her account.
var ofTheRealSpace = []string{"settings", "groups", "consent_texts_asked", "credentials"}

func (d *duress) staysInside(name string, twin answered) {
	d.t.Helper()
	for _, call := range twin.where {
		space, rest, _ := strings.Cut(call, " ")
		collection := rest[strings.LastIndexByte(rest, ' ')+1:]
		if space == d.org && (!slices.Contains(ofTheRealSpace, collection) || strings.HasPrefix(rest, "insert") || strings.HasPrefix(rest, "delete")) {
			d.t.Errorf("%s in the decoy tenant: %s", name, call)
		}
	}
}

// lastly are the operations after which she is signed in no more, or has other
// words, in the order in which they are tried.
var lastly = []string{"signOut", "signOutEverywhere", "changePassphrase", "eraseMine"}

// Requirement 34: over every operation that is open to a member, both passphrases
// are answered alike, and the store is asked the same.
func TestBothPassphrasesAreAnsweredAlikeByEveryOperationOpenToAMember(t *testing.T) {
	d := underDuress(t)
	d.signsIn(twinPhrase) // what is kept in memory for a while is read before
	d.signsIn(otherPhrase)
	her, first := d.signsIn(twinPhrase)
	twin, second := d.signsIn(otherPhrase)
	d.alike("signIn", first, second)
	require.Equal(t, first.body, second.body)

	for _, p := range []*phone{her, twin} {
		p.books(t)
	}
	ops := routes.Operations(routes.Table(d.house.nouns))
	slices.SortStableFunc(ops, func(a, b routes.Operation) int { return slices.Index(lastly, a.ID) - slices.Index(lastly, b.ID) })
	tried := 0
	for _, op := range ops {
		if op.Upload || op.NeverLooks() || op.ID == "signIn" || !slices.Contains(op.Roles, access.Member) {
			continue
		}
		tried++
		if op.ID == "signOutEverywhere" || op.ID == "changePassphrase" {
			her, _ = d.signsIn(twinPhrase)
			twin, _ = d.signsIn(otherPhrase)
		}
		hers, theirs := op.Body, op.Body
		if op.ID == "changePassphrase" { // not the same words for both
			hers, theirs = []byte(`{"passphrase":"lamp river nine barley door"}`), []byte(`{"passphrase":"door barley nine river lamp"}`)
		}
		for _, address := range slices.Compact([]string{op.URL, strings.Split(op.URL, "?")[0]}) {
			if !op.Changes() { // what is kept in memory for a while is read before
				her.asks(op.Method, address, op.Body)
				twin.asks(op.Method, address, op.Body)
			}
			b := twin.asks(op.Method, address, theirs)
			a := her.asks(op.Method, address, hers)
			if op.ID == "eraseMine" { // with her goes her twin, so there is more to do
				a.calls, b.calls = nil, nil
			}
			d.alike(op.ID, a, b)
			twin.staysInside(op.ID, b)
		}
	}
	require.Greater(t, tried, 25)
	// The twin was erased last. She is erased too here, so that both are gone alike.
	for _, words := range []string{"lamp river nine barley door", "door barley nine river lamp"} {
		body, err := json.Marshal(map[string]string{"handle": d.handle, "passphrase": words})
		require.NoError(t, err)
		require.Equal(t, http.StatusUnauthorized, her.asks(http.MethodPost, "/api/session", body).status)
	}
}

// What she says of her age is answered alike by both, whether she is younger, is
// of age, takes it back or mistypes it, and all her pages after it.
func TestBothPassphrasesAreAnsweredAlikeWhateverSheSaysOfHerAge(t *testing.T) {
	d := underDuress(t)
	her, _ := d.signsIn(twinPhrase)
	twin, _ := d.signsIn(otherPhrase)
	both := func(name, method, address string, body []byte) {
		t.Helper()
		b := twin.asks(method, address, body)
		a := her.asks(method, address, body)
		d.alike(name, a, b)
		twin.staysInside(name, b)
	}
	pages := []string{"/api/me", "/api/session", "/api/support/sessions", "/api/support/slots?days=14", "/api/courses", "/api/me/messages", "/api/me/consents", "/api/me/stories", "/api/me/everything"}
	read := func(after string) {
		t.Helper()
		for _, page := range pages {
			her.asks(http.MethodGet, page, nil) // what is kept in memory for a while is read before
			twin.asks(http.MethodGet, page, nil)
			both(page+" after "+after, http.MethodGet, page, nil)
		}
	}
	today := d.house.nouns.Organisations.Today()
	for _, said := range []any{
		calendar.InYear(2045), calendar.OnDay(today.AddDays(-16 * 365)), calendar.InYear(2068), nil,
		calendar.OnDay(today.AddDays(-30 * 365)), calendar.OnDay(today.AddDays(-12 * 365)), calendar.OnDay(today.AddDays(1)), "not a birth",
	} {
		body, err := json.Marshal(map[string]any{"birth": said})
		require.NoError(t, err)
		name := string(body)
		her.asks(http.MethodGet, "/api/me", nil) // its version
		twin.asks(http.MethodGet, "/api/me", nil)
		both(name, http.MethodPatch, "/api/me", body)
		read(name)
	}
}

// books makes a meeting and asks for a place, so that there is something to read.
func (p *phone) books(t *testing.T) {
	t.Helper()
	var offer struct {
		Days []struct {
			Slots []struct {
				Start string `json:"start"`
				Free  bool   `json:"free"`
			} `json:"slots"`
		} `json:"days"`
	}
	a := p.asks(http.MethodGet, "/api/support/slots?days=14", nil)
	require.Equal(t, http.StatusOK, a.status, a.body)
	require.NoError(t, json.Unmarshal([]byte(a.body), &offer))
	for _, day := range offer.Days {
		for _, s := range day.Slots {
			if s.Free {
				body, _ := json.Marshal(map[string]string{"start": s.Start})
				a := p.asks(http.MethodPost, "/api/support/sessions", body)
				require.Equal(t, http.StatusCreated, a.status, a.body)
				return
			}
		}
	}
	t.Fatal("no slot is free")
}
