package plain

import (
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// TestNumbersAreTheOrganisationsOwnOrElseTheUsualOnes: whoever looks for a number finds one.
func TestNumbersAreTheOrganisationsOwnOrElseTheUsualOnes(t *testing.T) {
	page := func(numbers Numbers) string {
		app := fiber.New()
		Mount(app, Site{Numbers: numbers})
		res, err := app.Test(httptest.NewRequest("GET", "http://sathi.example/safe?l=en", nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		return string(text)
	}
	own := page(func(_ *fiber.Ctx, language string) []Line {
		return []Line{{Number: "16600", Name: "Listening house, " + language}}
	})
	if !strings.Contains(own, "tel:16600") || !strings.Contains(own, "Listening house, en") || strings.Contains(own, "tel:1145") {
		t.Errorf("the organisation's own numbers are not shown:\n%s", own)
	}
	for name, numbers := range map[string]Numbers{
		"nobody to ask":   nil,
		"none of its own": func(*fiber.Ctx, string) []Line { return nil },
	} {
		for _, l := range Lines {
			if !strings.Contains(page(numbers), "tel:"+l.Number) {
				t.Errorf("%s: %s is missing", name, l.Number)
			}
		}
	}
}

// visit asks a site for a page; ended counts how often a session was to end.
func visit(t *testing.T, method, path string, headers ...string) (res *http.Response, body string, ended int) {
	t.Helper()
	app := fiber.New()
	Mount(app, Site{ExitTo: "https://weather.example/", End: func(*fiber.Ctx) { ended++ }})
	app.Use(func(c *fiber.Ctx) error { return Failed(c, http.StatusNotFound) })
	req := httptest.NewRequest(method, "http://sathi.example"+path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(res.Body)
	return res, string(text), ended
}

func TestWayOutActsOnlyForAPerson(t *testing.T) {
	for _, c := range []struct {
		name, method string
		headers      []string
		status       int
		ended        int
	}{
		{"our own link", "GET", []string{"Sec-Fetch-Site", "same-origin"}, 303, 1},
		{"a typed address", "GET", []string{"Sec-Fetch-Site", "none"}, 303, 1},
		{"an old browser", "GET", nil, 303, 1},
		{"a page elsewhere", "GET", []string{"Sec-Fetch-Site", "cross-site"}, 303, 0},
		{"a browser that fetches ahead", "GET", []string{"Sec-Fetch-Site", "same-origin", "Sec-Purpose", "prefetch;prerender"}, 503, 0},
		{"a look at the headers", "HEAD", nil, 303, 0},
	} {
		res, _, ended := visit(t, c.method, "/exit", c.headers...)
		if res.StatusCode != c.status || ended != c.ended {
			t.Errorf("%s: status %d, ended %d", c.name, res.StatusCode, ended)
		}
		if to := res.Header.Get("Location"); c.status == 303 && to != "https://weather.example/" {
			t.Errorf("%s: goes to %q", c.name, to)
		}
	}
}

func TestSafetyPageInEveryLanguage(t *testing.T) {
	for _, w := range languages {
		res, body, _ := visit(t, "GET", "/safe?l="+w.Lang)
		if res.StatusCode != 200 {
			t.Fatalf("%s: %d", w.Lang, res.StatusCode)
		}
		for _, text := range []string{
			`<html lang="` + w.Lang + `">`, "<title>" + w.Title + "</title>", w.ExitWhat, w.History, w.Unsent,
			"<b>sathi.example</b>", w.ExitKeys, w.Seen, w.Covered, w.CoveredNot, w.ClearHow, w.Remember,
			w.Private, w.PrivateHow, w.PrivateNot, w.Other, w.Account, w.Watched, w.WatchedDo, w.Icon, w.IconHow, w.Person, w.Women, "tel:1145", "tel:1098", "tel:104", "tel:100", cssHash,
		} {
			if !strings.Contains(body, text) {
				t.Errorf("%s lacks %q", w.Lang, text)
			}
		}
		if first := regexp.MustCompile(`<a [^>]*>`).FindString(body); !strings.Contains(first, "skip") || !strings.Contains(first, "/exit") {
			t.Errorf("%s: the first link is %s", w.Lang, first)
		}
		// What only a script does is promised by the script: until it has run, it isn't there to be read.
		for _, promised := range []string{w.ExitKeys, w.Covered} {
			if !regexp.MustCompile(`<span class="scripted" hidden> ?` + regexp.QuoteMeta(promised) + ` ?</span>`).MatchString(body) {
				t.Errorf("%s promises without scripts: %q", w.Lang, promised)
			}
		}
		if strings.Contains(body, "<script") || strings.Contains(body, "style=") {
			t.Errorf("%s has a script or a style of its own", w.Lang)
		}
	}
}

// What may be kept on the phone is offered where it can be, and only a script shows it.
func TestPagesAreKeptOnlyWhereSheMayAndScriptsRun(t *testing.T) {
	page := func(site Site) string {
		app := fiber.New()
		Mount(app, site)
		res, err := app.Test(httptest.NewRequest("GET", "http://sathi.example/safe?l=en", nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		return string(text)
	}
	with := page(Site{Script: "/assets/a1.js", Keep: true})
	for _, text := range []string{`<script type="module" src="/assets/a1.js"></script>`, `<section id="keep" aria-labelledby="keep-title" hidden>`, english.KeepWhat, english.KeepRisk, english.KeepEnds} {
		if !strings.Contains(with, text) {
			t.Errorf("lacks %s", text)
		}
	}
	if strings.Count(with, "<script") != 1 {
		t.Error("there is another script")
	}
	if without := page(Site{}); strings.Contains(without, "<script") || strings.Contains(without, english.KeepOn) {
		t.Error("it is offered where it can't be")
	}
}

// A browser without Sec-Fetch-Site proves where a form comes from by its Origin,
// which it leaves out under the policy no-referrer.
func TestOlderBrowsersMayTellTheOriginOfAForm(t *testing.T) {
	if _, body, _ := visit(t, "GET", "/safe"); !strings.Contains(body, `<meta name="referrer" content="same-origin">`) {
		t.Error("it could not be told")
	}
}

func TestLanguageIsTheAskedOrTheBrowsersOrNepali(t *testing.T) {
	for header, want := range map[string]string{"": "ne", "fr,en-GB;q=0.7": "en", "no": "nb", "nn-NO": "nb", "fr": "ne"} {
		if _, body, _ := visit(t, "GET", "/safe", "Accept-Language", header); !strings.Contains(body, `<html lang="`+want) {
			t.Errorf("%q is not answered in %s", header, want)
		}
	}
	if _, body, _ := visit(t, "GET", "/safe?l=nb", "Accept-Language", "en"); !strings.Contains(body, `<html lang="nb`) {
		t.Error("what is asked for doesn't win")
	}
}

func TestWhereNoPageIsThereIsAWayBack(t *testing.T) {
	res, body, _ := visit(t, "GET", "/no-such-page", "Accept-Language", "en")
	if res.StatusCode != 404 || !strings.Contains(body, english.NotThere) || !strings.Contains(body, `href="/"`) || strings.Contains(body, "no-such") {
		t.Errorf("%d: %s", res.StatusCode, body)
	}
}

func TestStyleIsSmallAndKeptByItsHash(t *testing.T) {
	res, body, _ := visit(t, "GET", "/plain.css?v="+cssHash)
	if !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || len(body) > 6<<10 || len(body) == 0 {
		t.Errorf("%d bytes, %q", len(body), res.Header.Get("Cache-Control"))
	}
	if res, _, _ := visit(t, "GET", "/plain.css?v=old"); strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
		t.Error("another version is kept for good")
	}
}

func TestNoWordIsMissingAndNoneHoldsADigit(t *testing.T) {
	for _, w := range languages {
		v := reflect.ValueOf(w)
		for i := range v.NumField() {
			text := v.Field(i).String()
			if text == "" || strings.ContainsAny(text, "0123456789०१२३४५६७८९") {
				t.Errorf("%s.%s is %q", w.Lang, v.Type().Field(i).Name, text)
			}
		}
		if !strings.Contains(w.Return, "{address}") || !strings.Contains(w.NotUrgent, "{phone}") {
			t.Errorf("%s lacks a placeholder", w.Lang)
		}
		for _, l := range Lines {
			if w.Whose(l) == "" {
				t.Errorf("%s doesn't say whose %s is", w.Lang, l.Number)
			}
		}
	}
}

// What she takes to read stands in the digits of her language, but for what is dialled.
func TestHerOwnPageIsWrittenInHerDigits(t *testing.T) {
	page, err := Own("ne", []byte(`{"person":{"phone":"+9779841000005","version":"1"},"training":{"enrolments":[{"id":"enr_x"}]},
		"meetings":{"hours":{"spans":[{"weekday":0,"from":"10:00","to":"13:00"}]}},"messages":{"sms":{"until":"18:30","sentTo":"+9779841000006"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for _, want := range []string{"पटक", "१", "१०:००", "१३:००", "१८:३०", "9779841000005", "9779841000006", "निवेदन नम्बर", "enr_x"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q: %s", want, text)
		}
	}
	for _, never := range []string{"अंक", "10:00", "13:00", "18:30", ">1<"} {
		if strings.Contains(text, never) {
			t.Errorf("it has %q", never)
		}
	}
}
