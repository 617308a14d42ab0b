// Package plain holds the few pages that work without scripts: the way out,
// the safety page, speaking up and coming back with a receipt, and what is shown
// where no page is. They ask for no session and keep nothing. Where scripts are
// on, one small file of the build empties, covers and clears them; nothing waits
// for it. What needs the browser application doesn't belong here.
package plain

import (
	"bytes"
	"crypto/sha256"
	"embed"
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
	// Numbers are those to call outside the organisation; nil for the usual ones.
	Numbers Numbers
	// Talk is what the pages for speaking up need; nil where there are none.
	Talk *Talk
	// Script is the address of the script that these pages have; empty for none.
	Script string
	// Keep tells that she may let pages stay on her phone.
	Keep bool
}

var (
	//go:embed plain.css
	css []byte
	//go:embed *.html
	html embed.FS

	pages   = template.Must(template.ParseFS(html, "*.html"))
	cssHash = func() string {
		sum := sha256.Sum256(css)
		return hex.EncodeToString(sum[:6])
	}()
)

// Mount gives the pages their addresses.
func Mount(app *fiber.App, site Site) {
	app.Use(func(c *fiber.Ctx) error {
		c.Locals(scriptKey{}, site.Script)
		return c.Next()
	})
	app.Add(fiber.MethodGet, "/exit", site.exit)
	app.Add(fiber.MethodHead, "/exit", site.leave)
	for _, method := range []string{fiber.MethodGet, fiber.MethodHead} {
		app.Add(method, "/safe", site.safe)
		app.Add(method, "/plain.css", style)
	}
	if site.Talk != nil {
		site.Talk.mount(app)
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

// scriptKey is under which a request carries the address of the pages' script:
// a page that says what went wrong is drawn far from the Site.
type scriptKey struct{}

// page is what the templates show.
type page struct {
	Words
	CSS       string
	Script    string
	Keep      bool
	Address   string
	Lines     []Line
	Languages []Words
	Broken    bool // our fault, not a wrong address
	OverTLS   bool // only over TLS is anything taken here
}

func (s Site) safe(c *fiber.Ctx) error {
	p := newPage(c, "")
	p.Lines = s.Numbers.at(c, p.Lang)
	p.Address, p.Keep = c.Hostname(), s.Keep
	return render(c, http.StatusOK, "safe", p)
}

// Failed shows a person that a page is not there or that something broke, with a way back.
func Failed(c *fiber.Ctx, status int) error {
	p := newPage(c, "")
	p.Broken = status != http.StatusNotFound
	return render(c, status, "failed", p)
}

// NeedsTLS says that nothing is taken over plain http.
func NeedsTLS(c *fiber.Ctx) error {
	p := newPage(c, "")
	p.OverTLS = true
	return render(c, http.StatusForbidden, "failed", p)
}

// newPage is what every page has; asked is a language that a form asks for.
func newPage(c *fiber.Ctx, asked string) page {
	script, _ := c.Locals(scriptKey{}).(string)
	return page{Words: wordsFor(c, asked), CSS: "/plain.css?v=" + cssHash, Script: script, Lines: Lines, Languages: languages}
}

func render(c *fiber.Ctx, status int, name string, p any) error {
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, name, p); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Status(status).Send(out.Bytes())
}

// wordsFor takes the language that is asked for, or the first of the browser's
// that we have, or Nepali.
func wordsFor(c *fiber.Ctx, form string) Words {
	asked := []string{form, c.Query("l")}
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
