package routes_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/grievance"
	"chautari/models/stage"
	"chautari/routes"
	"chautari/routes/routestest"
)

// square is a town with the readers of grievances in it.
type square struct {
	*town
	focal, deputy, board access.Actor
}

func newSquare(t *testing.T) *square {
	w := newTown(t)
	return &square{
		town:  w,
		focal: w.Person(access.FocalPoint, w.Root, "Sarita"), deputy: w.Person(access.Deputy, w.Root, "Urmi"),
		board: w.Person(access.Board, w.Root, "Binu"),
	}
}

type talkForm struct {
	Token      string
	Categories []struct {
		Key      string
		Decision *int
		Readers  []struct{ ID, Name, Role string }
	}
}

// form looks at a form for a minute.
func (w *square) form() (f talkForm) {
	w.TB.Helper()
	w.Nobody().Get("/api/talk").Wants(200).Into(&f)
	w.Stage.Clock.Advance(time.Minute)
	return f
}

// speak sends a grievance and returns its receipt.
func (w *square) speak(as *routestest.Caller, category, text string, more ...any) string {
	w.TB.Helper()
	body := map[string]any{"token": w.form().Token, "category": category, "text": text}
	for i := 0; i+1 < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	var sent struct{ Receipt string }
	as.Post("/api/talk", body).Wants(201).Into(&sent)
	return sent.Receipt
}

// first is the id of the first grievance in somebody's list.
func (w *square) first(a access.Actor) string {
	w.TB.Helper()
	var list struct{ Items []struct{ ID string } }
	w.As(a).Get("/api/grievances").Wants(200).Into(&list)
	if len(list.Items) == 0 {
		w.TB.Fatal("nothing is in her hands")
	}
	return list.Items[0].ID
}

func TestSomebodySpeaksUpIsAnsweredAndReadsItWithHerReceipt(t *testing.T) {
	w := newSquare(t)
	f := w.form()
	if f.Categories[7].Key != "idea" || f.Categories[7].Decision != nil || f.Categories[1].Readers[0].Name != "Sarita" {
		t.Fatalf("%+v", f)
	}
	body := map[string]any{"token": f.Token, "category": "discrimination", "text": "तालिममा हामीलाई पछाडि राख्छन्।"}
	var sent struct{ Receipt string }
	w.Nobody().Post("/api/talk", body).Wants(201).Contains(`"acknowledgeBy":"2026-11-29"`, "Sarita").Into(&sent)
	w.Nobody().Post("/api/talk", body).Wants(201).Contains(sent.Receipt)
	body["text"] = "other"
	w.Nobody().Post("/api/talk", body).Refused(409, "grievance.form_used")

	reader := w.As(w.focal)
	id := w.first(w.focal)
	reader.Get("/api/grievances").Wants(200).Contains(`"acknowledge"`, `"daysLeft":3`, `"anonymous":true`, `"unread":true`).Lacks("तालिममा")
	reader.Get("/api/grievances/"+id).Wants(200).Contains("तालिममा", `"name":null`, `"me":true`).Lacks(sent.Receipt)
	reader.Post("/api/grievances/"+id+"/reply", `{"text":"धन्यवाद। पढेँ।"}`).Wants(200).Contains(`"reading"`, `"decide"`)
	reader.Post("/api/grievances/"+id+"/note", `{"text":"ask the trainer"}`).Wants(200)
	reader.Post("/api/grievances/"+id+"/close", `{"outcome":"x","wishes":"met","told":true}`).Refused(409, "grievance.not_decided")

	open := map[string]any{"receipt": sent.Receipt}
	w.Nobody().Post("/api/talk/open", open).Wants(200).Contains("धन्यवाद", `"more":true`).Lacks("तालिममा", "trainer", id)
	w.Nobody().Post("/api/talk/open", map[string]any{"receipt": sent.Receipt, "earlier": true}).Wants(200).Contains("तालिममा", `"more":false`).Lacks("trainer")
	reply := map[string]any{"receipt": sent.Receipt, "text": "पालो मिलाइदिए पुग्छ।", "replyKey": "0123456789abcdef"}
	w.Nobody().Post("/api/talk/reply", reply).Wants(200).Lacks("धन्यवाद")
	w.Nobody().Post("/api/talk/reply", reply).Wants(200)
	reader.Get("/api/grievances/"+id).Wants(200).Contains("पालो मिलाइदिए", `"unread":true`)
	reader.Post("/api/grievances/"+id+"/reply", `{"text":"अब पालो मिल्छ।","decision":true}`).Wants(200).Contains(`"decided"`)
	w.Nobody().Post("/api/talk/forget", open).Wants(200).Lacks("पालो मिल्छ")
	w.Nobody().Post("/api/talk/open", map[string]any{"receipt": sent.Receipt, "earlier": true}).Wants(200).Lacks("पालो मिल्छ", "धन्यवाद")
	reader.Post("/api/grievances/"+id+"/close", `{"outcome":"they take turns","wishes":"met","told":false}`).Refused(422, "request.invalid").Field("told", "grievance.not_told")
	reader.Post("/api/grievances/"+id+"/close", `{"outcome":"they take turns","wishes":"met","told":true}`).Wants(200).Contains(`"closed"`, "they take turns")
	w.Nobody().Post("/api/talk/reply", map[string]any{"receipt": sent.Receipt, "text": "more", "replyKey": "0123456789abcdeg"}).Refused(409, "grievance.closed")
}

// GRV-04: 30 wrong ones in a minute, then the right one after the wait.
func TestGuessingReceiptsIsSlowedAndTheRightOneGetsThrough(t *testing.T) {
	w := newSquare(t)
	receipt := w.speak(w.Nobody(), "harm", "x")
	var refused *routestest.Answer
	bodies := map[string]bool{}
	for i := range 30 {
		typed := []string{"1234 5678 9012 3456 7890", "123", "", "not digits", strings.Repeat("9", 900)}[i%5]
		a := w.Nobody().Post("/api/talk/open", map[string]any{"receipt": typed})
		if a.Status == http.StatusTooManyRequests {
			refused = a
			break
		}
		a.Refused(422, "request.invalid").Field("receipt", "grievance.receipt_unknown")
		bodies[strings.ReplaceAll(a.Body, a.Problem().RequestID, "")] = true
		w.Stage.Clock.Advance(time.Second)
	}
	if refused == nil || refused.Problem().Code != "grievance.receipt_slow" {
		t.Fatal("nobody was slowed down")
	}
	if len(bodies) != 1 {
		t.Errorf("wrong receipts can be told apart: %v", bodies)
	}
	wait, err := strconv.Atoi(refused.Header.Get("Retry-After"))
	if err != nil || wait < 1 || wait > 60 {
		t.Fatalf("Retry-After is %q", refused.Header.Get("Retry-After"))
	}
	// The same count stands before each way to try one.
	w.Nobody().Post("/api/talk/forget", map[string]any{"receipt": receipt}).Refused(429, "grievance.receipt_slow")
	f := w.form()
	for range 8 { // a minute has gone by; guesses through a form for an earlier one count as well
		a := w.Nobody().Post("/api/talk", map[string]any{"token": f.Token, "category": "harm", "text": "x", "earlier": "1234"})
		if a.Status == http.StatusTooManyRequests {
			break
		}
		a.Refused(422, "request.invalid").Field("earlier", "grievance.receipt_unknown")
	}
	w.Nobody().Post("/api/talk", map[string]any{"token": f.Token, "category": "harm", "text": "x", "earlier": "1234"}).Refused(429, "grievance.receipt_slow")
	w.Nobody().Post("/api/talk", map[string]any{"token": f.Token, "category": "harm", "text": "x"}).Wants(201)
	w.Stage.Clock.Advance(time.Minute)
	w.Nobody().Post("/api/talk/open", map[string]any{"receipt": receipt}).Wants(200)
}

// A house with many women behind one address is not slowed by those who have theirs right.
func TestRightReceiptsAreNotCounted(t *testing.T) {
	w := newSquare(t)
	receipt := w.speak(w.Nobody(), "harm", "x")
	for range 25 {
		w.Nobody().Post("/api/talk/open", map[string]any{"receipt": receipt}).Wants(200)
	}
}

// GRV-11, over HTTP.
func TestTheReceiptOpensInWhateverHandItIsTyped(t *testing.T) {
	w := newSquare(t)
	r := w.speak(w.Nobody(), "harm", "x")
	groups := []string{r[:4], r[4:8], r[8:12], r[12:16], r[16:]}
	devanagari := strings.Map(func(d rune) rune { return d - '0' + '०' }, r)
	for _, typed := range []string{
		strings.Join(groups, " "), strings.Join(groups, "-"), strings.Join(groups, "\u00a0"), devanagari,
		strings.Join(groups, "\u200b"), "\ufeff" + r, groups[0] + groups[1] + "\r\n" + groups[2] + groups[3] + groups[4] + "\n",
	} {
		w.Nobody().Post("/api/talk/open", map[string]any{"receipt": typed}).Wants(200)
	}
}

// GRV-06: sent while signed in, and read as everybody.
func TestWhoIsSignedInLeavesNothingOfHerselfWithWhatSheSends(t *testing.T) {
	w := newSquare(t)
	member := w.Register("जुनकीरी", w.First, stage.WithPhone("9841000001"))
	she := w.as(member)
	receipt := w.speak(she.With("User-Agent", "MarkerPhone/7").With("X-Forwarded-For", "203.0.113.77"), "harm", "Marker of the words")
	id := w.first(w.focal)
	for _, a := range []access.Actor{w.focal, w.deputy, w.board, w.Coordinator, w.Person(access.Administrator, w.Root, "Hari")} {
		for _, path := range []string{"/api/grievances", "/api/grievances/" + id} {
			w.As(a).Get(path).Lacks(member.Account, member.Person, member.Session, "जुनकीरी", "9841000001", "MarkerPhone", "203.0.113", receipt)
		}
	}
	for _, e := range w.Trail(id, audit.Done) {
		if e.Account != "" || e.At != nil || !slices.Equal(e.Roles, []access.Role{access.Anonymous}) {
			t.Errorf("the trail says %+v", e)
		}
	}
	for _, text := range []string{"MarkerPhone", "203.0.113.77", receipt, "Marker of the words"} {
		w.WantsNowhere(text, townSpecs()...)
	}
	for _, op := range routes.Operations(routes.Table(routes.Nouns{})) {
		if strings.HasPrefix(op.Path, "/api/talk") && !op.NeverLooks() {
			t.Errorf("%s looks at who is signed in", op.ID)
		}
	}
}

func TestACrowdIsMarkedAndNeverRefused(t *testing.T) {
	w := newSquare(t)
	for range 22 {
		w.speak(w.Nobody(), "service", "x")
		w.Stage.Clock.Advance(-50 * time.Second)
	}
	held := 0
	all := w.As(w.Coordinator).Get("/api/grievances?limit=100").Wants(200)
	held = strings.Count(all.Body, `"held":true`)
	if held != 2 || strings.Count(all.Body, `"held":false`) != 20 {
		t.Errorf("%d of 22 are marked", held)
	}
}

func TestAGrievanceIsReachedOnlyByWhoHasIt(t *testing.T) {
	w := newSquare(t)
	w.speak(w.Nobody(), "harm", "Marker of the words", "about", []string{w.focal.Person})
	id := w.first(w.deputy)
	absent := w.As(w.focal).Get("/api/grievances/grv_aaaaaaaaaaaaaaaaaaaaaaaaaa").Refused(404, "request.absent")
	for _, a := range []access.Actor{w.focal, w.board, w.Coordinator, w.OfFirst} {
		for _, answer := range []*routestest.Answer{
			w.As(a).Get("/api/grievances/" + id),
			w.As(a).Post("/api/grievances/"+id+"/reply", `{"text":"x"}`),
			w.As(a).Post("/api/grievances/"+id+"/note", `{"text":"x"}`),
			w.As(a).Post("/api/grievances/"+id+"/pass-on", `{"why":"not_mine"}`),
			w.As(a).Post("/api/grievances/"+id+"/close", `{"outcome":"x","wishes":"met","told":true}`),
		} {
			answer.Refused(404, "request.absent").Lacks("Marker")
			if len(answer.Body) != len(absent.Body) {
				t.Errorf("refused looks other than absent: %s", answer.Body)
			}
		}
	}
	w.As(w.deputy).Post("/api/grievances/"+id+"/pass-on", `{"why":"conflict"}`).Wants(204)
	w.As(w.deputy).Get("/api/grievances/"+id).Refused(404, "request.absent")
	w.As(w.deputy).Get("/api/grievances").Wants(200).Contains(`"items":[]`)
	w.As(w.board).Get("/api/grievances/"+id).Wants(200).Contains("Marker", `"move"`)
	w.As(w.board).Post("/api/grievances/"+id+"/pass-on", `{"why":"conflict"}`).Refused(409, "grievance.nobody_next")
	w.Nobody().Post("/api/talk", map[string]any{
		"token": w.form().Token, "category": "harm", "text": "x", "about": []string{w.focal.Person, w.deputy.Person, w.board.Person},
	}).Refused(409, "grievance.nobody_free")
}

var changing = regexp.MustCompile(`req_[a-z0-9]+|"token":"[^"]*"|name="token" value="[^"]*"`)

// ownEntry is what the page of the trail says of the reader's own acts.
var ownEntry = regexp.MustCompile(`\{"id":"aud_[^{}]*"mine":true[^{}]*\},?`)

// told is everything that somebody gets from every address she may ask.
func (w *square) told(a access.Actor, more ...string) map[string]string {
	w.TB.Helper()
	out := map[string]string{}
	paths := append([]string{"/say", "/back", "/safe"}, more...)
	for _, op := range routes.Operations(routes.Table(routes.Nouns{})) {
		mine := op.Open() || slices.ContainsFunc(op.Roles, a.Has)
		// Proposed passphrases are drawn by chance each time.
		if op.Method == http.MethodGet && mine && op.Path != "/api/passphrase-words" {
			paths = append(paths, op.URL)
		}
	}
	she := w.As(a)
	for _, path := range append(paths, "/say begun", "/back begun") {
		var answer *routestest.Answer
		if page, begun := strings.CutSuffix(path, " begun"); begun {
			answer = she.With("Content-Type", "application/x-www-form-urlencoded").Post(page, "begin=1").Wants(200)
		} else {
			answer = she.Get(path)
		}
		header := answer.Header.Clone()
		header.Del("Date")
		if path == "/api/trail" {
			// That she looked here before stands here too.
			header.Del("Content-Length")
			answer.Body = ownEntry.ReplaceAllString(answer.Body, "")
		}
		var lines []string
		for name, values := range header {
			lines = append(lines, name+": "+strings.Join(values, ", "))
		}
		slices.Sort(lines)
		out[path] = changing.ReplaceAllString(strconv.Itoa(answer.Status)+"\n"+strings.Join(lines, "\n")+"\n"+answer.Body, "…")
	}
	return out
}

// Requirement 45.
func TestWhoIsNamedIsToldNothingOtherThanBefore(t *testing.T) {
	w := newSquare(t)
	other := w.Person(access.FocalPoint, w.Root, "Devi")
	// She has some of her own, so that there are lists and counts to change.
	w.speak(w.Nobody(), "service", "an ordinary one")
	w.speak(w.Nobody(), "harm", "another one", "about", []string{other.Person})
	named := []access.Actor{w.Coordinator, w.focal, w.OfFirst}
	// The id of what is to come can be known only afterwards: any id is asked for.
	noted := func(id string) []map[string]string {
		w.Stage.Clock.Set(time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC))
		var all []map[string]string
		for _, a := range named {
			all = append(all, w.told(a, "/api/grievances/"+id))
		}
		return all
	}
	before := noted("grv_aaaaaaaaaaaaaaaaaaaaaaaaaa")
	about := []string{w.Coordinator.Person, w.focal.Person, w.OfFirst.Person, other.Person}
	for _, c := range []string{"harm", "money", "service", "retaliation"} {
		w.speak(w.Nobody(), c, "about all of you", "about", about)
	}
	id := w.first(w.deputy)
	w.As(w.deputy).Post("/api/grievances/"+id+"/reply", `{"text":"x"}`).Wants(200)
	w.As(w.deputy).Post("/api/grievances/"+id+"/pass-on", `{"why":"not_mine"}`).Wants(204)
	after := noted(id)
	for i := range named {
		for path, was := range before[i] {
			now := after[i][strings.Replace(path, "grv_aaaaaaaaaaaaaaaaaaaaaaaaaa", id, 1)]
			if path == "/api/grievances/grv_b7k2m9x4q8w3e6r5t2y7u4n8pa" {
				now = after[i][path]
			}
			if now != was {
				t.Errorf("%s changed for who is named:\n%s\n--- was\n%s", path, now, was)
			}
		}
	}
	if len(before[1]) < 12 {
		t.Errorf("only %d addresses were asked", len(before[1]))
	}
}

// page is a page without scripts on its way through its forms.
type walk struct {
	w      *square
	answer *routestest.Answer
	path   string
}

// walk goes past the page that stands before the first question.
func (w *square) walk(path string) *walk {
	w.TB.Helper()
	p := &walk{w: w, path: path, answer: w.Nobody().With("Accept-Language", "ne").Get(path).Wants(200)}
	p.neutral().answer.Contains("सुरु गर्नुअघि", "फोनले सम्झिरहन्छ", `href="/safe?l=ne"`).Lacks(`type="radio"`, `name="receipt"`)
	return p.press("begin", "1")
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)

// press sends the page's form with what was filled in.
func (p *walk) press(fields ...string) *walk {
	p.w.TB.Helper()
	form := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(p.answer.Body, -1) {
		if !slices.Contains(form[m[1]], m[2]) {
			form.Add(m[1], m[2])
		}
	}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	p.answer = p.w.Nobody().With("Content-Type", "application/x-www-form-urlencoded").Post(p.path, form.Encode())
	return p
}

// neutral demands what holds for every step: no script, one title, nothing kept.
func (p *walk) neutral() *walk {
	p.w.TB.Helper()
	a := p.answer
	if a.Header.Get("Cache-Control") != "no-store" || strings.Contains(a.Body, "<script") || strings.Contains(a.Body, "style=") ||
		!strings.Contains(a.Body, "<title>चौतारी</title>") || a.Header.Get("Location") != "" || a.Header.Get("Set-Cookie") != "" {
		p.w.TB.Errorf("%s: %v %s", p.path, a.Header, a.Body)
	}
	return p
}

func TestSpeakingUpAndComingBackWorkWithoutScripts(t *testing.T) {
	w := newSquare(t)
	p := w.walk("/say").neutral()
	p.answer.Contains("कुरा राख्ने", "Sarita", "Sagun", `href="/exit"`, "1145", "CHS Alliance", "खाली फारम")
	w.Stage.Clock.Advance(time.Minute)
	p.press("category", "").neutral().answer.Wants(422).Contains(`role="alert"`)
	p.press("category", "harm", "about", w.focal.Person).neutral().answer.Wants(200).Contains("Urmi", "<textarea").Lacks("Sarita")
	p.press("text", " ").neutral().answer.Wants(422).Contains(`role="alert"`, "<textarea")
	words := "नराम्ररी छोयो <b>&amp;"
	p.press("text", words).neutral().answer.Wants(200).Lacks("नराम्ररी", "<textarea").Contains("Urmi", "मंसिर ११ (नोभेम्बर २७)")
	m := regexp.MustCompile(`<p class="other" lang="en">([0-9 ]{24})</p>`).FindStringSubmatch(p.answer.Body)
	if m == nil {
		t.Fatalf("no receipt: %s", p.answer.Body)
	}
	devanagari := strings.Map(func(d rune) rune {
		if d == ' ' {
			return d
		}
		return d - '0' + '०'
	}, m[1])
	for _, group := range strings.Fields(devanagari) {
		p.answer.Contains("<li>" + group + "</li>")
	}
	id := w.first(w.deputy)
	w.As(w.deputy).Get("/api/grievances/" + id).Wants(200).Contains("नराम्ररी छोयो")
	w.As(w.deputy).Post("/api/grievances/"+id+"/reply", `{"text":"पढेँ।\nआइतबार आउनुहोस्।"}`).Wants(200)

	b := w.walk("/back").neutral()
	b.press("receipt", "1234").neutral().answer.Wants(422).Contains(`role="alert"`)
	b.press("receipt", devanagari).neutral().answer.Wants(200).Contains("पढेँ।\nआइतबार").Lacks("नराम्ररी")
	b.press("do", "earlier").neutral().answer.Wants(200).Contains("नराम्ररी छोयो &lt;b&gt;&amp;amp;")
	b.press("do", "reply", "text", "").neutral().answer.Wants(422).Contains(`role="alert"`, "पढेँ।")
	b.press("do", "reply", "text", "हुन्छ, आउँछु।").neutral().answer.Wants(200).Contains(`role="status"`).Lacks("पढेँ।")
	w.As(w.deputy).Get("/api/grievances/" + id).Wants(200).Contains("हुन्छ, आउँछु।")
	b.press("do", "forget").neutral().answer.Wants(200)
	b.press("do", "earlier").neutral().answer.Wants(200).Lacks("पढेँ।").Contains("हुन्छ")
}

func TestPlainFormsComeFromOurOwnPagesOnly(t *testing.T) {
	w := newSquare(t)
	var f talkForm
	w.Nobody().Get("/api/talk").Wants(200).Into(&f)
	w.Stage.Clock.Advance(time.Minute)
	form := url.Values{"token": {f.Token}, "step": {"send"}, "category": {"harm"}, "text": {"x"}}.Encode()
	own := w.Nobody().With("Content-Type", "application/x-www-form-urlencoded")
	for name, c := range map[string]struct {
		from   *routestest.Caller
		body   string
		status int
	}{
		"without proof":            {own.Without("Sec-Fetch-Site"), form, 403},
		"from another site":        {own.With("Sec-Fetch-Site", "cross-site"), form, 403},
		"from another origin":      {own.Without("Sec-Fetch-Site").With("Origin", "http://elsewhere.example"), form, 403},
		"as JSON":                  {w.Nobody(), `{}`, 415},
		"with a token of nobody":   {own, strings.Replace(form, url.QueryEscape(f.Token), "x", 1), 409},
		"at an unknown host":       {own.On("elsewhere.example"), form, 404},
		"with more than a form":    {own, form + "&more=" + strings.Repeat("a", 1<<20), 413},
		"that can't be read":       {own, "a=%zz", 400},
		"from an older browser":    {own.Without("Sec-Fetch-Site").With("Origin", "http://"+routestest.Host), form, 200},
		"once more, as a resend":   {own, form, 200},
		"a receipt without a form": {own, "receipt=1234", 422},
	} {
		path := "/say"
		if strings.HasPrefix(c.body, "receipt") {
			path = "/back"
			c.status = 409
		}
		if a := c.from.Post(path, c.body); a.Status != c.status {
			t.Errorf("%s: %d, want %d: %s", name, a.Status, c.status, a.Body)
		}
	}
	docs := 0
	err := grievance.EachSent(context.Background(), w.Store.Org(w.Org), w.nouns.Grievances.Today(), w.nouns.Grievances.Today().AddDays(1), func(*grievance.Grievance) error {
		docs++
		return nil
	})
	if err != nil || docs != 1 {
		t.Errorf("%d are stored, %v", docs, err)
	}
}

func TestPlainPagesCountGuessesWithTheOthers(t *testing.T) {
	w := newSquare(t)
	for range 20 {
		w.Nobody().Post("/api/talk/open", map[string]any{"receipt": "1234"})
	}
	a := w.walk("/back").press("receipt", "1234").neutral().answer.Wants(429).Contains(`role="alert"`)
	if a.Header.Get("Retry-After") == "" {
		t.Error("it doesn't say how long to wait")
	}
}
