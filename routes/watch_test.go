package routes_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/routes"
	"chautari/routes/routestest"
)

// tally is a Watch that keeps what it was told.
type tally struct {
	mu    sync.Mutex
	began int
	all   []routes.Label
}

func (w *tally) Began() { w.mu.Lock(); w.began++; w.mu.Unlock() }

func (w *tally) Ended(l routes.Label, _ time.Duration) {
	w.mu.Lock()
	w.all = append(w.all, l)
	w.mu.Unlock()
}

func TestWhatIsCountedNamesOperationsOnly(t *testing.T) {
	var w tally
	h, _ := open(t, func(d *routes.Deps) { d.Watch, d.Frontend = &w, os.DirFS(t.TempDir()) })
	for _, c := range []struct {
		do   func() *routestest.Answer
		want routes.Label
	}{
		{func() *routestest.Answer { return h.As(sita).Get("/api/notes/nte_1") }, routes.Label{Method: "GET", Route: "/api/notes/:id", Status: "2xx"}},
		{func() *routestest.Answer { return h.As(sita).Head("/api/notes/nte_1") }, routes.Label{Method: "GET", Route: "/api/notes/:id", Status: "2xx"}},
		{func() *routestest.Answer { return h.Nobody().Get("/api/notes/nte_marker") }, routes.Label{Method: "GET", Route: "/api/notes/:id", Status: "4xx"}},
		{func() *routestest.Answer { return h.Nobody().Get("/api/marker") }, routes.Label{Method: "GET", Route: "nowhere", Status: "4xx"}},
		{func() *routestest.Answer { return h.Nobody().Get("/marker.php?id=marker") }, routes.Label{Method: "GET", Route: "nowhere", Status: "4xx"}},
		{func() *routestest.Answer { return h.Nobody().Delete("/marker") }, routes.Label{Method: "DELETE", Route: "nowhere", Status: "4xx"}},
		{func() *routestest.Answer { return h.Nobody().Get("/readyz") }, routes.Label{Method: "GET", Route: "health", Status: "2xx"}},
		{func() *routestest.Answer { return h.Nobody().Get("/safe") }, routes.Label{Method: "any", Route: "pages", Status: "2xx"}},
	} {
		before := len(w.all)
		c.do()
		if len(w.all) != before+1 || w.all[before] != c.want {
			t.Errorf("counted %v, want %v", w.all[before:], c.want)
		}
	}
	if w.began != len(w.all) {
		t.Errorf("%d began and %d ended", w.began, len(w.all))
	}
}

// That somebody spoke up at this minute must be in no count and no line.
func TestWhatLooksUpNoSessionIsCountedTogetherAndHasNoLine(t *testing.T) {
	var w tally
	var log bytes.Buffer
	nothing := func(context.Context, *routes.Call, routes.Nothing) (routes.Nothing, error) {
		return routes.Nothing{}, nil
	}
	table := []routes.Endpoint{
		routes.Route[routes.Nothing, routes.Nothing]{
			Method: http.MethodPost, Path: "/api/said", ID: "saySomething", Tag: "said", Summary: "Say something",
			Roles: routes.Anyone, NoKey: true, Do: nothing,
		},
		routes.Route[routes.Nothing, routes.Nothing]{
			Method: http.MethodGet, Path: "/api/said", ID: "readSomething", Tag: "said", Summary: "Read something",
			Roles: routes.Anyone, Do: nothing,
		},
	}
	h := routestest.New(t, table, func(d *routes.Deps) {
		d.Watch = &w
		d.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	h.Nobody().Post("/api/said", "{}").Wants(204)
	h.Nobody().Get("/api/said").Wants(204)
	if len(w.all) != 2 || w.all[0] != w.all[1] || w.all[0].Route != "apart" {
		t.Errorf("counted %v", w.all)
	}
	if log.Len() > 0 {
		t.Errorf("the log says %s", &log)
	}
	h.Nobody().Get("/safe")
	if !strings.Contains(log.String(), `"route":"pages"`) {
		t.Errorf("the log says %s", &log)
	}
}

func TestReadyzSaysWhichPartIsAway(t *testing.T) {
	wrong := ""
	h, _ := open(t, func(d *routes.Deps) {
		d.Ready = func(context.Context) []routes.Part {
			return []routes.Part{{Name: "store", Wrong: wrong}, {Name: "keys"}}
		}
	})
	h.Nobody().Get("/livez").Wants(200)
	if a := h.Nobody().Get("/readyz").Wants(200); a.Body != `{"ready":true,"parts":{"keys":"ok","store":"ok"}}` {
		t.Errorf("says %s", a.Body)
	}
	wrong = "does not answer"
	if a := h.Nobody().Get("/readyz").Wants(503); a.Body != `{"ready":false,"parts":{"keys":"ok","store":"does not answer"}}` {
		t.Errorf("says %s", a.Body)
	}
	h.Nobody().Get("/livez").Wants(200)
}
