package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/access"
	"chautari/models/id"
	"chautari/models/store"
	"chautari/routes"
)

// visitor is somebody of the demo in front of the whole application.
type visitor struct {
	demoSignIn
	actor  access.Actor
	app    *fiber.App
	host   string
	cookie string
}

// visitors are everybody who can sign in to the demo, signed in.
func visitors(t *testing.T, h *house, app *fiber.App, list []demoSignIn) (all []*visitor) {
	t.Helper()
	for _, s := range list {
		at, err := url.Parse(s.Address)
		require.NoError(t, err)
		org, err := h.nouns.Organisations.ByHost(t.Context(), at.Hostname())
		require.NoError(t, err)
		token, _, err := h.nouns.Accounts.SignIn(t.Context(), org, at.Hostname(), s.Handle, s.Passphrase)
		require.NoError(t, err)
		a, err := h.nouns.Accounts.Authenticate(t.Context(), org, at.Hostname(), token)
		require.NoError(t, err)
		all = append(all, &visitor{s, a, app, at.Hostname(), "__Host-s=" + token})
	}
	return all
}

// asks sends a request as her browser would.
func (v *visitor) asks(t *testing.T, op routes.Operation, address string, body []byte) (int, string) {
	t.Helper()
	req := httptest.NewRequest(op.Method, "http://"+v.host+address, bytes.NewReader(body))
	req.Host = v.host
	req.Header.Set("Cookie", v.cookie)
	if op.Changes() {
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", rand.Text())
		req.Header.Set("If-Match", `"1"`)
	}
	res, err := v.app.Test(req, -1)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(text)
}

var (
	anID      = regexp.MustCompile(`\b[a-z]{3}_[a-kmnp-z2-9]{26}\b`)
	requestID = regexp.MustCompile(`"requestId":"[^"]*"`)
)

// stored is every document of every organisation, by organisation and id.
func stored(t *testing.T, s *store.Store, specs []*store.Spec, orgs []string) map[string]map[string]bson.Raw {
	t.Helper()
	all := map[string]map[string]bson.Raw{}
	err := s.Engine().Snapshot(context.Background(), func(r store.Reader) error {
		for _, org := range orgs {
			all[org] = map[string]bson.Raw{}
			for _, spec := range specs {
				q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
				for {
					page, err := r.Find(context.Background(), spec, org, q)
					if err != nil {
						return err
					}
					for _, rec := range page.Records {
						all[org][spec.Name+"/"+rec.ID] = slices.Clone(rec.Body)
					}
					if page.Next == "" {
						break
					}
					q.After = page.Next
				}
			}
		}
		return nil
	})
	require.NoError(t, err)
	return all
}

// byPrefix is up to most ids of each kind that stand in documents of an organisation.
func byPrefix(docs map[string]bson.Raw, most int) map[string][]string {
	found, known := map[string][]string{}, map[string]bool{}
	add := func(one string) {
		if kind := one[:4]; len(found[kind]) < most && !known[one] {
			known[one] = true
			found[kind] = append(found[kind], one)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		for _, one := range anID.FindAllString(name, -1) {
			add(one)
		}
		for _, one := range anID.FindAll(docs[name], -1) { // texts stand in a document as they are
			add(string(one))
		}
	}
	return found
}

// writtenAtEachVisit are the collections in which a refused request leaves
// something too: that she was here, and that it was refused.
var writtenAtEachVisit = []string{"audit", "sessions", "alerts", "leases", "once"}

// Requirement 40: wherever an id can stand, in an address, a query or a body, one
// of another organisation is answered exactly as one that never was, by every
// operation and for every role, and nothing changes.
func TestAnIDOfAnotherOrganisationIsAnsweredAsOneThatNeverWas(t *testing.T) {
	t.Parallel()
	h, list := demoHouse(t)
	app := h.app()
	people := visitors(t, h, app, list)
	orgs, err := h.nouns.Organisations.All(t.Context())
	require.NoError(t, err)
	require.Greater(t, len(orgs), 1)
	before := stored(t, h.data, specs(), orgs)
	all := map[string]map[string][]string{}
	for _, org := range orgs {
		all[org] = byPrefix(before[org], 1<<20)
	}
	tried := 0
	for _, v := range people {
		foreign := map[string][]string{}
		for _, org := range orgs {
			if org != v.actor.Org {
				for kind, ids := range all[org] {
					foreign[kind] = append(foreign[kind], ids[:min(2, len(ids))]...)
				}
			}
		}
		own := all[v.actor.Org]
		for _, op := range routes.Operations(routes.Table(h.nouns)) {
			if op.Upload || strings.HasPrefix(op.Path, "/api/session") || op.NeverLooks() {
				continue
			}
			for at, text := range map[string]string{"address": op.URL, "body": string(op.Body)} {
				for _, place := range anID.FindAllStringIndex(text, -1) {
					kind := text[place[0] : place[0]+4]
					with := func(id string) (int, string) {
						changed := text[:place[0]] + id + text[place[1]:]
						if at == "address" {
							return v.asks(t, op, changed, op.Body)
						}
						return v.asks(t, op, op.URL, []byte(changed))
					}
					wantStatus, want := with(id.New(kind[:3]))
					for _, theirs := range foreign[kind] {
						if slices.Contains(own[kind], theirs) {
							continue // a supporting body's id stands in those it supports
						}
						tried++
						status, got := with(theirs)
						if status != wantStatus || requestID.ReplaceAllString(got, "") != requestID.ReplaceAllString(want, "") {
							t.Errorf("%s as %s of %s, %s in the %s: %d %s, but one that never was: %d %s",
								op.ID, v.Role, v.Organisation, kind, at, status, got, wantStatus, want)
						}
					}
				}
			}
		}
	}
	require.Greater(t, tried, 100, "hardly anything was tried")
	after := stored(t, h.data, specs(), orgs)
	for _, org := range orgs {
		for name, body := range after[org] {
			collection, _, _ := strings.Cut(name, "/")
			if !slices.ContainsFunc(writtenAtEachVisit, func(w string) bool { return strings.HasPrefix(collection, w) }) && !bytes.Equal(before[org][name], body) {
				t.Errorf("%s of %s was written", name, org)
			}
		}
		require.GreaterOrEqual(t, len(after[org]), len(before[org]))
	}
}

// Requirement 49: what a coordinator of one group opens by any id that exists in
// the organisation stands in her group, or in none.
func TestWhateverIDACoordinatorTriesSheOpensOnlyWhatIsOfHerGroups(t *testing.T) {
	t.Parallel()
	h, list := demoHouse(t)
	people := visitors(t, h, h.app(), list)
	opened, refused := 0, 0
	for _, v := range people {
		if v.Role != access.Coordinator {
			continue
		}
		docs := stored(t, h.data, specs(), []string{v.actor.Org})[v.actor.Org]
		group := map[string]string{}
		kinds := map[string][]string{}
		for name, body := range docs {
			_, one, _ := strings.Cut(name, "/")
			if !anID.MatchString(one) {
				continue
			}
			if g, ok := body.Lookup("group").StringValueOK(); ok {
				group[one] = g
			}
			if len(kinds[one[:4]]) < 60 {
				kinds[one[:4]] = append(kinds[one[:4]], one)
			}
		}
		for _, op := range routes.Operations(routes.Table(h.nouns)) {
			if op.Changes() || op.NeverLooks() || len(anID.FindAllString(op.URL, -1)) != 1 {
				continue
			}
			place := anID.FindStringIndex(op.URL)
			kind := op.URL[place[0] : place[0]+4]
			for _, one := range kinds[kind] {
				status, _ := v.asks(t, op, op.URL[:place[0]]+one+op.URL[place[1]:], nil)
				switch g, known := group[one]; {
				case status != http.StatusOK:
					refused++
				case known && !slices.Contains(v.actor.Groups, g):
					t.Errorf("%s opened something of another group by %s", v.Of, op.ID)
				default:
					opened++
				}
			}
		}
	}
	require.Greater(t, opened, 20)
	require.Greater(t, refused, 20)
}

const fieldsFile = "testdata/fields.json"

// keysOf lists the names of all members of a JSON value, as paths.
func keysOf(v any, path string, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			if anID.MatchString(name) {
				name = "*"
			}
			keysOf(inner, strings.TrimPrefix(path+"."+name, "."), into)
		}
	case []any:
		for _, inner := range v {
			keysOf(inner, path+"[]", into)
		}
	default:
		into[path] = true
	}
}

// Requirement 41: which fields each role is answered with, by every operation
// that reads, over all that the demo holds. A field that is new for a role shows
// here; look at it, and run with -update if it is meant.
func TestFieldsThatEachRoleIsAnsweredWith(t *testing.T) {
	t.Parallel()
	h, list := demoHouse(t)
	people := visitors(t, h, h.app(), list)
	seen := map[string]map[string]bool{}
	of := map[string]map[string][]string{} // by organisation: some ids of each kind
	for _, v := range people {
		kinds := of[v.actor.Org]
		if kinds == nil {
			kinds = byPrefix(stored(t, h.data, specs(), []string{v.actor.Org})[v.actor.Org], 40)
			of[v.actor.Org] = kinds
		}
		for _, op := range routes.Operations(routes.Table(h.nouns)) {
			// What she takes away is all that is hers, whatever her role: it has a test of its own.
			if op.Changes() || op.NeverLooks() || op.ID == "takeEverything" {
				continue
			}
			addresses := []string{op.URL, strings.Split(op.URL, "?")[0]}
			if place := anID.FindStringIndex(op.URL); place != nil {
				for _, one := range kinds[op.URL[place[0]:place[0]+4]] {
					addresses = append(addresses, op.URL[:place[0]]+one+op.URL[place[1]:])
				}
			}
			name := fmt.Sprintf("%s · %s", v.Role, op.ID)
			for _, address := range addresses {
				status, body := v.asks(t, op, address, nil)
				var answer any
				if status != http.StatusOK || json.Unmarshal([]byte(body), &answer) != nil {
					continue
				}
				if seen[name] == nil {
					seen[name] = map[string]bool{}
				}
				keysOf(answer, "", seen[name])
			}
		}
	}
	golden := map[string][]string{}
	if content, err := os.ReadFile(fieldsFile); err == nil {
		require.NoError(t, json.Unmarshal(content, &golden))
	}
	merged := map[string][]string{}
	for name, fields := range seen {
		merged[name] = slices.Sorted(maps.Keys(fields))
		for _, field := range merged[name] {
			if !slices.Contains(golden[name], field) && !*updateCodes {
				t.Errorf("%s: the field %s is new", name, field)
			}
		}
		for _, field := range golden[name] {
			if !fields[field] { // an optional one that this round's people don't have
				merged[name] = append(merged[name], field)
			}
		}
		slices.Sort(merged[name])
	}
	if *updateCodes {
		content, err := json.MarshalIndent(merged, "", "\t")
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(fieldsFile, append(content, '\n'), 0o644))
	}
	for name := range golden {
		if seen[name] == nil {
			t.Errorf("%s: nothing is answered any more", name)
		}
	}
}
