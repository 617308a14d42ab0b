package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"chautari/models/access"
	"chautari/routes"
)

// What the scenario's people are called and say. Each stands nowhere else.
const (
	herAlias    = "Zunkirimark"
	herPaper    = "जुनमार्का झिल्केमार्का"
	herNumber   = "9812009343"
	herWords    = "ठूलोमार्का मान्छेले समात्यो handmarker"
	herSecond   = "अर्को कुरामार्का भन्छु"
	readerWords = "सुनेँमार्का धन्यवाद"
	noteWords   = "टिपोटमार्का भित्री"
	paperPerson = "Purnimarka Deuralimark"
	paperNumber = "9841777234"
	whyWords    = "कारणमार्का यस्तो छ"
	tieWords    = "Bhinajumarka of the second group"
	sorryWords  = "पर्खनुमार्का होला"
)

// markers are all of them, with what a searcher would also try: other cases,
// decomposed letters, the ways in which a number is written, and Devanagari digits.
func markers(texts ...string) (all []string) {
	digits := strings.NewReplacer("0", "०", "1", "१", "2", "२", "3", "३", "4", "४", "5", "५", "6", "६", "7", "७", "8", "८", "9", "९")
	seen := map[string]bool{}
	add := func(more ...string) {
		for _, m := range more {
			if !seen[m] {
				seen[m] = true
				all = append(all, m)
			}
		}
	}
	for _, text := range texts {
		add(text, strings.ToLower(text), strings.ToUpper(text), norm.NFD.String(text))
		if strings.Trim(text, "0123456789") == "" {
			add("+977"+text, text[:3]+"-"+text[3:], digits.Replace(text))
			continue
		}
		for _, word := range strings.Fields(text) { // a part of it is found too
			if strings.Contains(word, "मार्का") || strings.Contains(strings.ToLower(word), "mark") {
				add(word, strings.ToLower(word))
			}
		}
	}
	return all
}

// says sends a request and demands a status; the answer's members come back.
func (v *visitor) says(t *testing.T, want int, method, address string, body any, headers ...string) map[string]any {
	t.Helper()
	content, kind := []byte(nil), "application/json"
	switch b := body.(type) {
	case nil:
	case upload:
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		part, err := w.CreateFormFile("file", b.name)
		require.NoError(t, err)
		part.Write(b.content)
		require.NoError(t, w.Close())
		content, kind = form.Bytes(), w.FormDataContentType()
	default:
		var err error
		content, err = json.Marshal(b)
		require.NoError(t, err)
	}
	req := httptest.NewRequest(method, "http://"+v.host+address, bytes.NewReader(content))
	req.Host = v.host
	if v.cookie != "" {
		req.Header.Set("Cookie", v.cookie)
	}
	if method != http.MethodGet {
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("Content-Type", kind)
		req.Header.Set("Idempotency-Key", rand.Text())
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := v.app.Test(req, -1)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Equal(t, want, res.StatusCode, "%s %s: %s", method, address, text)
	for _, line := range res.Header.Values("Set-Cookie") {
		if c, err := http.ParseSetCookie(line); err == nil && c.Name == "__Host-s" && c.Value != "" {
			v.cookie = "__Host-s=" + c.Value
		}
	}
	answer := map[string]any{"text": string(text), "etag": res.Header.Get("ETag")}
	_ = json.Unmarshal(text, &answer)
	return answer
}

// upload is a file that is sent.
type upload struct {
	name    string
	content []byte
}

func items(t *testing.T, answer map[string]any) (all []map[string]any) {
	t.Helper()
	list, ok := answer["items"].([]any)
	require.True(t, ok, "%v", answer["text"])
	for _, one := range list {
		all = append(all, one.(map[string]any))
	}
	return all
}

var yes = func(purposes ...string) (given []map[string]string) {
	for _, p := range purposes {
		given = append(given, map[string]string{"purpose": p, "version": "1", "language": "ne"})
	}
	return given
}

// Requirements 73 and 107: a whole scenario in which people say, send and are
// answered what stands nowhere else. Afterwards nothing of it is in any file of the
// server, its log, its backups, a temporary folder, or an answer to somebody whose
// it isn't, in any form in which a thief would search for it.
func TestAWholeScenarioLeavesNoMarkerWhereItDoesNotBelong(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	in, list := installLived(t)
	in.settings.LogRequests = true
	master, err := openKey(in.KeyFile)
	require.NoError(t, err)
	c := demoNow()
	h, err := build(t.Context(), in.settings, master, c, slog.New(slog.NewJSONHandler(in.logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	require.NoError(t, err)
	door := h.openDoor()
	c.past.Set(time.Now())
	c.live.Store(false)
	app := h.app()
	all := visitors(t, h, app, list)
	as := func(r access.Role) *visitor {
		t.Helper()
		for _, v := range all {
			if v.Role == r && v.host == "localhost" {
				return v
			}
		}
		t.Fatalf("nobody signs in as %s", r)
		return nil
	}
	coordinator, reader := as(access.Coordinator), as(access.FocalPoint)
	nobody := &visitor{app: app, host: "localhost"}

	// She joins, is let in, tells what is on paper, meets somebody and takes a course.
	group := nobody.says(t, 200, "GET", "/api/organisation", nil)["groups"].([]any)[1].(map[string]any)["id"]
	phrase := "makai jhyal nadi tokari markaphrase"
	joined := nobody.says(t, 201, "POST", "/api/registrations", map[string]any{
		"alias": herAlias, "phone": herNumber, "group": group, "language": "ne", "passphrase": phrase, "consents": yes("membership", "coordinator_phone"),
	})
	handle := joined["handle"].(string)
	she := &visitor{app: app, host: "localhost"}
	she.says(t, 200, "POST", "/api/session", map[string]any{"handle": handle, "passphrase": phrase})
	var her string
	for _, m := range items(t, coordinator.says(t, 200, "GET", "/api/members?state=applied&limit=100", nil)) {
		if m["name"] == herAlias {
			her = m["id"].(string)
		}
	}
	require.NotEmpty(t, her)
	coordinator.says(t, 200, "POST", "/api/members/"+her+"/approve", map[string]any{"group": group})
	mine := she.says(t, 200, "GET", "/api/me", nil)
	she.says(t, 200, "PATCH", "/api/me", map[string]any{"paperName": herPaper}, "If-Match", mine["etag"].(string))
	supporter, start := "", ""
	for _, one := range she.says(t, 200, "GET", "/api/support/slots", nil)["supporters"].([]any) {
		supporter = one.(map[string]any)["id"].(string)
		offered := she.says(t, 200, "GET", "/api/support/slots?supporter="+supporter, nil)
		for _, day := range offered["days"].([]any) {
			for _, slot := range day.(map[string]any)["slots"].([]any) {
				if slot := slot.(map[string]any); slot["free"] == true {
					start = slot["start"].(string)
				}
			}
		}
		if start != "" {
			break
		}
	}
	she.says(t, 201, "POST", "/api/support/sessions", map[string]any{"start": start, "supporter": supporter, "consents": yes("peer_name")})
	declined := nobody.says(t, 201, "POST", "/api/registrations", map[string]any{
		"alias": "Dosrimark", "group": group, "language": "ne", "passphrase": phrase + " two", "consents": yes("membership"),
	})
	for _, m := range items(t, coordinator.says(t, 200, "GET", "/api/members?state=applied&limit=100", nil)) {
		if m["name"] == "Dosrimark" {
			coordinator.says(t, 200, "POST", "/api/members/"+m["id"].(string)+"/decline", map[string]any{"reason": "other", "words": sorryWords})
		}
	}

	// She speaks up; it is answered, noted, and answered by her.
	form := nobody.says(t, 200, "GET", "/api/talk", nil)
	c.past.Advance(time.Minute)
	receipt := nobody.says(t, 201, "POST", "/api/talk", map[string]any{"token": form["token"], "category": "harm", "text": herWords, "described": false})["receipt"].(string)
	var matter string
	for _, g := range items(t, reader.says(t, 200, "GET", "/api/grievances?limit=100", nil)) {
		if opened := reader.says(t, 200, "GET", "/api/grievances/"+g["id"].(string), nil); strings.Contains(opened["text"].(string), herWords) {
			matter = g["id"].(string)
		}
	}
	require.NotEmpty(t, matter)
	at := func() string {
		return reader.says(t, 200, "GET", "/api/grievances/"+matter, nil)["etag"].(string)
	}
	reader.says(t, 200, "POST", "/api/grievances/"+matter+"/reply", map[string]any{"text": readerWords, "decision": false}, "If-Match", at())
	reader.says(t, 200, "POST", "/api/grievances/"+matter+"/note", map[string]any{"text": noteWords}, "If-Match", at())
	nobody.says(t, 200, "POST", "/api/talk/open", map[string]any{"receipt": receipt, "earlier": true})
	nobody.says(t, 200, "POST", "/api/talk/reply", map[string]any{"receipt": receipt, "text": herSecond, "replyKey": strings.ToLower(rand.Text())})

	// An old register is read, somebody asks for a right, somebody says whom she is close to.
	file := fmt.Sprintf("Name,Phone,Group\n%s,%s,Kaski\n", paperPerson, paperNumber)
	coordinator.says(t, 201, "POST", "/api/register-imports", upload{"old.csv", []byte(file)})
	coordinator.says(t, 201, "POST", "/api/requests", map[string]any{"kind": "role", "role": "trainer", "give": true, "handle": handle, "reason": whyWords})
	coordinator.says(t, 201, "POST", "/api/conflicts", map[string]any{"kind": "relative", "words": tieWords})
	own := she.says(t, 200, "GET", "/api/me/everything", nil)["text"].(string)
	for _, hers := range []string{herAlias, herPaper, herNumber, handle} {
		require.Contains(t, own, hers, "what she takes away lacks it")
	}
	require.NotContains(t, own, whyWords)

	secret := markers(herAlias, herPaper, herNumber, herWords, herSecond, readerWords, noteWords, paperPerson, paperNumber, whyWords, tieWords, sorryWords, "Dosrimark", "markaphrase")
	secret = append(secret, handle, declined["handle"].(string), phrase, receipt, strings.ReplaceAll(receipt, " ", ""))

	t.Run("answers to others", func(t *testing.T) {
		hers := map[access.Role][]string{
			// What a role may read of it; for all others, nothing.
			access.Coordinator: {herAlias, herPaper, herNumber, paperPerson, paperNumber, sorryWords, "Dosrimark", tieWords, handle, whyWords},
			access.FocalPoint:  {herWords, herSecond, readerWords, noteWords, tieWords, handle}, // which she tells who forgot it
			access.Deputy:      {tieWords, handle},
			access.Board:       {handle, whyWords}, // who decides on the request
		}
		read := 0
		for _, v := range all {
			allowed := markers(hers[v.Role]...)
			if v.host != "localhost" {
				allowed = nil
			}
			for _, op := range routes.Operations(routes.Table(h.nouns)) {
				if op.Changes() || op.NeverLooks() {
					continue
				}
				for _, address := range []string{op.URL, strings.Split(op.URL, "?")[0] + "?limit=100"} {
					address = strings.NewReplacer(anID.FindString(op.URL), map[string]string{"mem_": her, "grv_": matter}[(anID.FindString(op.URL) + "____")[:4]]).Replace(address)
					status, body := v.asks(t, op, address, nil)
					if status == http.StatusOK {
						read++
					}
					for _, marker := range secret {
						if strings.Contains(body, marker) && !slices.Contains(allowed, marker) {
							t.Errorf("%s of %s reads %q by %s", v.Role, v.Organisation, marker, op.ID)
						}
					}
				}
			}
		}
		require.Greater(t, read, 50)
	})

	// Backups are made beside the running server, and the server stops.
	id, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	files := t.TempDir()
	in.here(t)
	to := func(name string) writing {
		return writing{To: filepath.Join(files, name), For: []string{id.Recipient().String()}}
	}
	require.NoError(t, backupDataCommand{to("data")}.Run(t.Context()))
	require.NoError(t, backupKeysCommand{to("keys")}.Run(t.Context()))
	look := searchFor(secret...)
	look.in(t, "the decrypted backup of data", opened(t, filepath.Join(files, "data"), id))
	look.in(t, "the decrypted backup of keys", opened(t, filepath.Join(files, "keys"), id))
	// What is being written goes when the server stops.
	require.Positive(t, look.in(t, "the write-ahead log", contentOf(t, filepath.Join(in.DataDir, "data.db-wal"))))
	look.in(t, "the write-ahead log of keys", contentOf(t, filepath.Join(in.DataDir, "keys.db-wal")))
	require.NoError(t, door())
	require.NoError(t, h.close())
	searched := 0
	for _, folder := range []string{filepath.Dir(in.DataDir), files, temporary} {
		searched += look.under(t, folder)
	}
	log := in.logged.text()
	require.True(t, bytes.Contains(log, []byte("/api/members/:id/approve")), "the requests were logged")
	look.in(t, "the log", log)
	t.Logf("%d markers in %d forms, in %d bytes of files and %d of log: none found", len(secret), len(look.forms), searched, len(log))
}
