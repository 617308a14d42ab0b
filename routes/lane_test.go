package routes_test

import (
	"context"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"chautari/routes"
	"chautari/routes/routestest"
)

// A slow hash serves few at a time. Whoever sends very much holds up her own
// network, and nobody elsewhere.
func TestWhoSendsVeryMuchHoldsUpHerOwnNetworkOnly(t *testing.T) {
	var arrived, began atomic.Int32
	entered, goOn := make(chan struct{}, 100), make(chan struct{})
	h := routestest.New(t, []routes.Endpoint{routes.Route[routes.Nothing, routes.Nothing]{
		Method: http.MethodPost, Path: "/api/slow", ID: "doSlowly", Tag: "slow", Summary: "Something slow.",
		Roles: routes.Anyone, NoKey: true, Lane: true,
		Do: func(context.Context, *routes.Call, routes.Nothing) (routes.Nothing, error) {
			began.Add(1)
			entered <- struct{}{}
			<-goOn
			return routes.Nothing{}, nil
		},
	}}, func(d *routes.Deps) {
		d.Proxy = "0.0.0.0"
		d.Tenant = func(context.Context, string) (string, error) {
			arrived.Add(1)
			return "org_here", nil
		}
	})
	var all sync.WaitGroup
	send := func(network string) {
		all.Go(func() { h.Nobody().With("X-Forwarded-For", network).Post("/api/slow", `{}`).Wants(204) })
	}
	for range 30 {
		send("203.0.113.7")
	}
	<-entered
	// Each of these comes from elsewhere, and gets in while the others wait.
	for _, network := range []string{"198.51.100.7", "192.0.2.7", "10.1.2.3"} {
		send(network)
		<-entered
	}
	// All are at the door by now, and whoever could get in would.
	for arrived.Load() < 33 {
		runtime.Gosched()
	}
	for range 10_000 {
		runtime.Gosched()
	}
	if n := began.Load(); n != 4 {
		t.Errorf("%d are being served, one of each network would be 4", n)
	}
	close(goOn)
	all.Wait()
	if n := began.Load(); n != 33 {
		t.Errorf("%d were served", n)
	}
}
