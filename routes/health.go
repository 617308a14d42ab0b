package routes

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Part is one thing that the server stands on.
type Part struct {
	Name  string // one fixed word: "store", "keys", …
	Wrong string // what is wrong with it, in fixed words; empty when it is well
	Says  string // what is worth knowing while it is well; empty for "ok"
}

// readiness is the answer of /readyz. Its words are fixed: whoever asks from
// outside learns which part is away, and nothing else.
type readiness struct {
	Ready bool              `json:"ready"`
	Parts map[string]string `json:"parts"`
}

// readyTimeout is how long the parts may take to answer, all together.
const readyTimeout = 2 * time.Second

func (s *server) mountHealth(app *fiber.App) {
	alive := func(c *fiber.Ctx) error { return c.SendString("ok\n") }
	get(app, "/healthz", alive)
	get(app, "/livez", alive)
	get(app, "/readyz", s.readyz)
}

// readyz says 200 when every part answers, and otherwise 503 and which doesn't.
func (s *server) readyz(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.Background(), readyTimeout)
	defer cancel()
	out := readiness{Ready: true, Parts: map[string]string{}}
	if s.Ready != nil {
		for _, p := range s.Ready(ctx) {
			out.Parts[p.Name] = cmp.Or(p.Says, "ok")
			if p.Wrong != "" {
				out.Ready, out.Parts[p.Name] = false, p.Wrong
			}
		}
	}
	body, err := marshal(out)
	if err != nil {
		return err
	}
	if !out.Ready {
		c.Status(http.StatusServiceUnavailable)
	}
	return c.Type("json").Send(body)
}
