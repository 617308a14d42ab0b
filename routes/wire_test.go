package routes_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"chautari/models/access"
	"chautari/routes"
	"chautari/routes/routestest"
)

// listen serves a house on a real socket and gives its address.
func listen(t *testing.T, h *routestest.House) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- h.App.Listener(l) }()
	t.Cleanup(func() {
		_ = h.App.Shutdown()
		<-done
	})
	return l.Addr().String()
}

// Over a socket a sender reads the answer only after sending all, so a server
// that hangs up early loses it.
func TestTooLargeBodyIsAnsweredOverASocketAndTheConnectionGoesOn(t *testing.T) {
	h, n := open(t)
	token := "token-1"
	h.As(sita)
	conn, err := net.Dial("tcp", listen(t, h))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	send := func(size int, chunked bool) *http.Response {
		body := io.Reader(strings.NewReader(`{"text":"` + strings.Repeat("a", size) + `"}`))
		if chunked {
			body = io.MultiReader(body) // of a length that isn't known
		}
		req, _ := http.NewRequest("POST", "http://"+routestest.Host+"/api/notes", body)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("Idempotency-Key", "0123456789abcdef")
		req.Header.Set("Cookie", "__Host-s="+token)
		if err := req.Write(conn); err != nil {
			t.Fatal(err)
		}
		res, err := http.ReadResponse(in, req)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		res.Body = io.NopCloser(bytes.NewReader(text))
		return res
	}
	for _, c := range []struct {
		size    int
		chunked bool
		status  int
	}{{5, false, 201}, {2 << 20, false, 413}, {6, false, 201}, {2 << 20, true, 413}, {7, true, 201}, {70_000, false, 413}, {8, false, 201}} {
		if res := send(c.size, c.chunked); res.StatusCode != c.status {
			text, _ := io.ReadAll(res.Body)
			t.Fatalf("%d bytes: %d %s", c.size, res.StatusCode, text)
		}
	}
	token = "nobody" // who isn't known is refused before her body is looked at
	if res := send(2<<20, false); res.StatusCode != 401 {
		t.Errorf("a stranger's two megabytes: %d", res.StatusCode)
	}
	if len(n.notes) != 5 {
		t.Errorf("%d notes", len(n.notes))
	}
}

func TestBrokenRequestsAreAnsweredWithAllHeaders(t *testing.T) {
	h, _ := open(t)
	address := listen(t, h)
	for name, c := range map[string]struct {
		raw    string
		status int
	}{
		"headers without end": {"GET /api/notes HTTP/1.1\r\nHost: a\r\nX-Long: " + strings.Repeat("a", 20<<10) + "\r\n\r\n", 431},
		"no HTTP":             {"GET\r\n\r\n", 400},
		"odd method":          {"BREW /api/notes HTTP/1.1\r\nHost: a\r\n\r\n", 405},
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, c.raw)
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		conn.Close()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if res.StatusCode != c.status || res.Header.Get("Content-Security-Policy") == "" || res.Header.Get("Server") != "" {
			t.Errorf("%s: %d %v", name, res.StatusCode, res.Header)
		}
	}
}

func TestOnlyTheProxyIsBelieved(t *testing.T) {
	for _, c := range []struct {
		proxy string
		adds  bool // the proxy's own header stands behind the caller's
		sent  int  // how many tries of one forged neighbourhood each get through
	}{{"", false, 2}, {"127.0.0.1", false, 6}, {"127.0.0.1", true, 2}} {
		h, _ := open(t, func(d *routes.Deps) { d.Proxy = c.proxy })
		address := listen(t, h)
		passed := 0
		for i := range 6 {
			req, _ := http.NewRequest("POST", "http://"+address+"/api/session", strings.NewReader(`{"handle":"a","passphrase":"b"}`))
			req.Host = routestest.Host
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			req.Header.Set("X-Forwarded-For", fmt.Sprintf("10.9.9.9, 203.0.%d.7", i))
			if c.adds {
				req.Header.Add("X-Forwarded-For", "198.51.100.7")
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode == 401 {
				passed++
			}
		}
		if passed != c.sent {
			t.Errorf("behind proxy %q: %d passed", c.proxy, passed)
		}
		http.DefaultClient.CloseIdleConnections()
	}
	h, _ := open(t)
	h.Nobody().On("elsewhere.example").With("X-Forwarded-Host", routestest.Host).Get("/api/greeting").Refused(404, "request.absent")
	h.Nobody().On("SATHI.example:8080").Get("/api/greeting").Wants(200)
}

func TestBuildIsServedAndNothingElse(t *testing.T) {
	h, _ := open(t, func(d *routes.Deps) {
		d.Frontend = fstest.MapFS{
			"index.html":           {Data: []byte("<!doctype html>page")},
			"ahead.json":           {Data: []byte(`{"/join":["assets/_a1.js","assets/c3.js"],"plain":["assets/_a1.js"]}`)},
			"worker.js":            {Data: []byte("keeps")},
			"worker-off.js":        {Data: []byte("ends")},
			".gitkeep":             {Data: []byte("")},
			"manifest.webmanifest": {Data: []byte("{}")},
			"assets/_a1.js":        {Data: []byte("plain")},
			"assets/_a1.js.br":     {Data: []byte("short")},
			"assets/b2.css":        {Data: []byte("css")},
			"assets/b2.css.gz":     {Data: []byte("zip")},
		}
	})
	for _, page := range routes.PageAddresses {
		a := h.Nobody().Get(page).Wants(200).Contains("page")
		if a.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %v", page, a.Header)
		}
	}
	// A page's own files are named with the page, so that they needn't be found first.
	if got := h.Nobody().Get("/join").Header.Get("Link"); got != "</assets/_a1.js>; rel=modulepreload, </assets/c3.js>; rel=modulepreload" {
		t.Errorf("the files ahead of /join are %q", got)
	}
	if got := h.Nobody().Get("/in").Header.Get("Link"); got != "" {
		t.Errorf("the files ahead of /in are %q", got)
	}
	js := h.Nobody().With("Accept-Encoding", "gzip, br;q=0.9").Get("/assets/_a1.js").Wants(200).Contains("short")
	if js.Header.Get("Content-Encoding") != "br" || !strings.Contains(js.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(js.Header.Get("Content-Type"), "text/javascript") {
		t.Errorf("headers are %v", js.Header)
	}
	h.Nobody().Get("/assets/_a1.js").Contains("plain")
	h.Nobody().With("Accept-Encoding", "br;q=0, gzip").Get("/assets/_a1.js").Contains("plain")
	h.Nobody().With("Accept-Encoding", "gzip").Get("/assets/b2.css").Contains("zip")
	manifest := h.Nobody().Get("/manifest.webmanifest").Wants(200)
	h.Nobody().With("If-None-Match", manifest.Header.Get("ETag")).Get("/manifest.webmanifest").Wants(304)
	for _, path := range []string{"/index.html", "/ahead.json", "/worker-off.js", "/.gitkeep", "/assets/", "/assets", "/assets/_a1.js.br", "/join/", "/Join", "/members", "/assets/../index.html", "/debug/pprof/", "/metrics", "/.git/config", "/api"} {
		h.Nobody().Get(path).Wants(404).Lacks("page.</")
	}
	h.Nobody().Get("/healthz").Wants(200)
	h.Nobody().Get("/readyz").Wants(200)
	h.As(access.Actor{Roles: []access.Role{access.Member}}).Get("/safe?l=en").Wants(200).
		Contains("Safety on this phone", `<script type="module" src="/assets/_a1.js">`, `id="keep"`)
	h.Nobody().Get("/no-such-page").Wants(404).Contains(`src="/assets/_a1.js"`)
}

// Requirement 121.
func TestWorkerIsGivenOutOrEndedByASetting(t *testing.T) {
	build := fstest.MapFS{
		"index.html": {Data: []byte("page")}, "worker.js": {Data: []byte("keeps")}, "worker-off.js": {Data: []byte("ends")},
	}
	for _, c := range []struct {
		name   string
		off    bool
		build  fstest.MapFS
		script string
		word   string
		keep   bool
	}{
		{"on", false, build, "keeps", `{"on":true,"exit":"https://weather.example/"}`, true},
		{"off", true, build, "ends", `{"on":false,"exit":"https://weather.example/"}`, false},
		{"no build", false, fstest.MapFS{}, "", "", false},
	} {
		h, _ := open(t, func(d *routes.Deps) { d.Frontend, d.WorkerOff = c.build, c.off })
		if got := strings.Contains(h.Nobody().Get("/safe").Wants(200).Body, `id="keep"`); got != c.keep {
			t.Errorf("%s: pages may be kept: %v", c.name, got)
		}
		if c.script == "" {
			h.Nobody().Get("/worker.js").Wants(404)
			h.Nobody().Get("/worker.json").Wants(404)
			continue
		}
		a := h.Nobody().Get("/worker.js").Wants(200)
		if a.Body != c.script || a.Header.Get("Cache-Control") != "no-cache" || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/javascript") {
			t.Errorf("%s: the worker is %q, %v", c.name, a.Body, a.Header)
		}
		if word := h.Nobody().Get("/worker.json").Wants(200); word.Body != c.word || word.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: it is told %q, %v", c.name, word.Body, word.Header)
		}
	}
}

// Requirement 16: passkeys are for the application, in which staff sign in, and
// nothing that a page doesn't need is open to it.
func TestPermissionsAreThoseThatAPageNeeds(t *testing.T) {
	h, _ := open(t, func(d *routes.Deps) { d.Frontend = fstest.MapFS{"index.html": {Data: []byte("page")}} })
	for path, passkeys := range map[string]bool{"/in": true, "/home": true, "/safe": false, "/livez": false, "/no-such-page": false, "/api/session": false} {
		got := h.Nobody().Get(path).Header.Get("Permissions-Policy")
		if strings.Contains(got, "publickey-credentials-get=(self)") != passkeys || !strings.Contains(got, "publickey-credentials-create=") {
			t.Errorf("%s: %s", path, got)
		}
		for _, never := range []string{"camera=()", "microphone=()", "geolocation=()", "clipboard-read=()", "clipboard-write=()", "usb=()"} {
			if !strings.Contains(got, never) {
				t.Errorf("%s lacks %s", path, never)
			}
		}
	}
}
