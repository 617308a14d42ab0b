package routes_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/routes"
	"chautari/routes/routestest"
)

// AUT-07: whoever opens a link from another application arrives without her
// cookie, since it is of this site alone. The page that she gets takes nothing from
// her, and what it then asks for itself is answered as hers.
func TestAPageOpenedFromAnotherApplicationFindsHerSignedIn(t *testing.T) {
	h, _ := open(t, func(d *routes.Deps) {
		d.Frontend = fstest.MapFS{"index.html": {Data: []byte("<!doctype html>page")}}
	})
	she := h.As(maya)
	for _, site := range []string{"cross-site", "none"} {
		for _, path := range routes.PageAddresses {
			for _, caller := range []*routestest.Caller{h.Nobody(), she} { // an older browser sends it all the same
				a := caller.With("Sec-Fetch-Site", site).With("Sec-Fetch-Mode", "navigate").Get(path).Wants(200).Contains("page")
				if a.Header.Get("Set-Cookie") != "" || a.Header.Get("Clear-Site-Data") != "" || a.Header.Get("Location") != "" {
					t.Errorf("%s opened from elsewhere takes something from her: %v", path, a.Header)
				}
			}
		}
		she.With("Sec-Fetch-Site", "same-origin").Get("/api/session").Wants(200)
		she.With("Sec-Fetch-Site", "same-origin").Get("/api/greeting").Wants(200).Contains("member")
	}
	if a := h.Nobody().With("Sec-Fetch-Site", "same-origin").Get("/api/session").Refused(401, "session.absent"); a.Header.Get("Set-Cookie") != "" || a.Header.Get("Clear-Site-Data") != "" {
		t.Errorf("asking who she is ends something: %v", a.Header)
	}
}

// AUT-07: behind the proxy the program hears plain http. Browsers that tell where
// a form comes from, and those that tell its origin alone, sign in, with a cookie
// for https, and what they do next is hers; the proxy's word counts, nobody else's.
func TestBehindTheProxySheSignsInOnceAndStaysSignedIn(t *testing.T) {
	for _, c := range []struct {
		proxy, scheme, origin, site string
		status                      int
	}{
		{"127.0.0.1", "https", "https://" + routestest.Host, "same-origin", 200},
		{"127.0.0.1", "https", "https://" + routestest.Host, "", 200},
		{"127.0.0.1", "https", "http://" + routestest.Host, "", 403},
		{"127.0.0.1", "http", "https://" + routestest.Host, "", 403},
		{"203.0.113.9", "https", "https://" + routestest.Host, "", 403},
		{"", "https", "https://" + routestest.Host, "", 403},
	} {
		h, _ := open(t, func(d *routes.Deps) {
			d.Proxy = c.proxy
			d.Authenticate = func(_ context.Context, tenant, _, token string) (access.Actor, error) {
				if token != "fresh" { // what signing in gave
					return access.Actor{}, fault.New(fault.Unauthenticated, "session.absent")
				}
				she := maya
				she.Org = tenant
				return she, nil
			}
		})
		address := listen(t, h)
		ask := func(method, path, body, cookie string) *http.Response {
			t.Helper()
			req, err := http.NewRequest(method, "http://"+address+path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			req.Host = routestest.Host
			for name, value := range map[string]string{
				"Content-Type": "application/json", "Origin": c.origin, "Sec-Fetch-Site": c.site, "Cookie": cookie,
				"X-Forwarded-Proto": c.scheme, "X-Forwarded-Host": routestest.Host, "X-Forwarded-For": "198.51.100.7",
			} {
				if value != "" {
					req.Header.Set(name, value)
				}
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			return res
		}
		in := ask("POST", "/api/session", `{"handle":"river","passphrase":"right"}`, "")
		if in.StatusCode != c.status {
			t.Errorf("%+v: %d", c, in.StatusCode)
		}
		if c.status == 200 {
			cookies := in.Cookies()
			if len(cookies) != 1 || !cookies[0].Secure || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode || cookies[0].Path != "/" ||
				cookies[0].MaxAge != 0 || !cookies[0].Expires.IsZero() || cookies[0].Domain != "" || !strings.HasPrefix(cookies[0].Name, "__Host-") {
				t.Fatalf("%+v: the cookie is %v", c, in.Header.Values("Set-Cookie"))
			}
			hers := cookies[0].Name + "=" + cookies[0].Value
			for range 2 {
				if res := ask("GET", "/api/session", "", hers); res.StatusCode != 200 || res.Header.Get("Set-Cookie") != "" || res.Header.Get("Clear-Site-Data") != "" {
					t.Errorf("%+v: she is sent back to the door: %d %v", c, res.StatusCode, res.Header)
				}
			}
		}
		http.DefaultClient.CloseIdleConnections()
	}
}
