package routes_test

import (
	"context"
	"testing"

	"chautari/routes"
	"chautari/routes/routestest"
)

func TestNothingIsTakenOverPlainHTTPFromAnotherDevice(t *testing.T) {
	anyHost := func(d *routes.Deps) {
		d.Tenant = func(context.Context, string) (string, error) { return routestest.Org, nil }
	}
	exposed := func(d *routes.Deps) { d.Exposed = true }
	body := `{"text":"a","phone":"9800000001"}`
	h, n := open(t, anyHost, exposed)
	for _, host := range []string{"sathi.example", "192.168.1.20", "localhost.example", "127.example", "[fe80::1]"} {
		h.As(sita).On(host).Post("/api/notes", body).Refused(403, "session.needs_https")
		h.As(sita).On(host).Get("/api/notes/sample").Wants(200)
	}
	if len(n.notes) != 1 {
		t.Errorf("%d were kept", len(n.notes)-1)
	}
	for _, host := range []string{"localhost", "localhost:8080", "nadi.localhost", "127.0.0.1:8080", "[::1]:8080"} {
		h.As(sita).On(host).Post("/api/notes", body).Wants(201)
	}
	// 0.0.0.0 is where these requests come from.
	for proxy, status := range map[string]int{"172.30.10.2": 403, "0.0.0.0": 201} {
		past, _ := open(t, anyHost, func(d *routes.Deps) { d.Proxy = proxy })
		past.As(sita).On("192.168.1.20").Post("/api/notes", body).Wants(status)
		past.As(sita).On("localhost").Post("/api/notes", body).Wants(201)
	}
	behind, _ := open(t, anyHost)
	behind.As(sita).Post("/api/notes", body).Wants(201)
}
