// Package plain holds the few pages that work without scripts: the way out,
// the safety page, and what is shown where no page is. They ask for no session
// and keep nothing. What needs the browser application doesn't belong here.
package plain

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"html/template"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Site is what the pages need of the house.
type Site struct {
	// ExitTo is the neutral site where the way out ends.
	ExitTo string
	// End ends the session of the request, if it has one, and clears what this
	// site keeps in the browser.
	End func(*fiber.Ctx)
}

var (
	//go:embed plain.css
	css []byte
	//go:embed pages.html
	pagesHTML string

	pages   = template.Must(template.New("pages").Parse(pagesHTML))
	cssHash = func() string {
		sum := sha256.Sum256(css)
		return hex.EncodeToString(sum[:6])
	}()
)

// Mount gives the pages their addresses.
func Mount(app *fiber.App, site Site) {
	app.Add(fiber.MethodGet, "/exit", site.exit)
	app.Add(fiber.MethodHead, "/exit", site.leave)
	for _, method := range []string{fiber.MethodGet, fiber.MethodHead} {
		app.Add(method, "/safe", safe)
		app.Add(method, "/plain.css", style)
	}
}

// exit ends the session and goes to the neutral site. It changes something
// though it is a GET, so it acts only for a person who follows our own link or
// types the address: not for a page elsewhere that loads it as a picture, and
// not for a browser that fetches links ahead.
func (s Site) exit(c *fiber.Ctx) error {
	if strings.Contains(c.Get("Sec-Purpose")+c.Get("Purpose"), "prefetch") {
		return c.SendStatus(http.StatusServiceUnavailable)
	}
	switch c.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		s.End(c)
	}
	return s.leave(c)
}

func (s Site) leave(c *fiber.Ctx) error { return c.Redirect(s.ExitTo, http.StatusSeeOther) }

func style(c *fiber.Ctx) error {
	if c.Query("v") == cssHash {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	return c.Send(css)
}

// page is what the templates show.
type page struct {
	Words
	CSS       string
	Address   string
	Lines     []Line
	Languages []Words
	Broken    bool // our fault, not a wrong address
}

func safe(c *fiber.Ctx) error {
	return render(c, http.StatusOK, "safe", page{Address: c.Hostname(), Lines: Lines, Languages: languages})
}

// Failed shows a person that a page is not there or that something broke, with a way back.
func Failed(c *fiber.Ctx, status int) error {
	return render(c, status, "failed", page{Broken: status != http.StatusNotFound})
}

func render(c *fiber.Ctx, status int, name string, p page) error {
	p.Words, p.CSS = wordsFor(c), "/plain.css?v="+cssHash
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, name, p); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Status(status).Send(out.Bytes())
}

// wordsFor takes the language that is asked for, or the first of the browser's
// that we have, or Nepali.
func wordsFor(c *fiber.Ctx) Words {
	asked := []string{c.Query("l")}
	for part := range strings.SplitSeq(c.Get(fiber.HeaderAcceptLanguage), ",") {
		tag, _, _ := strings.Cut(part, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if primary == "no" || primary == "nn" {
			primary = "nb"
		}
		asked = append(asked, primary)
	}
	for _, code := range asked {
		for _, w := range languages {
			if w.Lang == code {
				return w
			}
		}
	}
	return languages[0]
}
