package routes

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// PageAddresses are the pages of the browser application. The words are
// neutral: an address stays in the phone's history.
var PageAddresses = []string{
	"/", "/join", "/in", "/again", "/begin", "/invited", "/talk", "/answer",
	"/mine", "/home", "/meet", "/learn", "/read", "/hours",
	"/today", "/week", "/people", "/list", "/courses", "/matters", "/release", "/figures",
	"/ask", "/asks", "/ties", "/log", "/settings", "/setup",
}

const (
	immutable = "public, max-age=31536000, immutable"
	ask       = "no-cache" // kept, but asked about each time
)

// static is one file of the build with its compressed forms.
type static struct {
	plain, brotli, gzip []byte
	contentType, etag   string
	cache               string
}

const (
	// aheadFile says which files of the build each page address needs beside the
	// first ones, and under "plain" the script of the plain pages. It is for the
	// server alone.
	aheadFile = "ahead.json"
	// workerFile is what a phone keeps if she lets it; offFile is given out in its
	// place, under its name, when it is switched off.
	workerFile = "worker.js"
	offFile    = "worker-off.js"
)

// mountFrontend serves the build from memory: what has a hash in its name for
// good, other files after asking, and the one page at each page address, with
// word of the files that this address will ask for next.
func (s *server) mountFrontend(app *fiber.App, files map[string]*static) {
	links := linksAhead(files)
	delete(files, aheadFile)
	s.mountWorker(app, files)
	for name, file := range files {
		if name != "index.html" {
			get(app, "/"+name, file.send)
			continue
		}
		file.cache = noStore
		for _, address := range PageAddresses {
			get(app, address, func(c *fiber.Ctx) error {
				if links[address] != "" {
					c.Set(fiber.HeaderLink, links[address])
				}
				c.Set(permissionsPolicy, appPermissions)
				return file.send(c)
			})
		}
	}
}

// needs are what the build says of each page address; none without a build.
func needs(files map[string]*static) map[string][]string {
	var needs map[string][]string
	if f := files[aheadFile]; f != nil {
		if err := json.Unmarshal(f.plain, &needs); err != nil {
			panic("routes: the build's " + aheadFile + ": " + err.Error())
		}
	}
	return needs
}

// plainScript is the address of the script of the plain pages; none without a build.
func plainScript(files map[string]*static) string {
	if names := needs(files)["plain"]; len(names) == 1 {
		return "/" + names[0]
	}
	return ""
}

// mountWorker serves the worker, or what ends it, and the word by which one
// that is kept already learns whether it may go on.
func (s *server) mountWorker(app *fiber.App, files map[string]*static) {
	worker := files[workerFile]
	if s.WorkerOff {
		worker = files[offFile]
	}
	delete(files, workerFile)
	delete(files, offFile)
	if worker == nil {
		return
	}
	get(app, "/"+workerFile, worker.send)
	get(app, "/worker.json", func(c *fiber.Ctx) error {
		return c.JSON(workerWord{On: !s.WorkerOff, Exit: s.ExitTo})
	})
}

// workerWord is what a kept worker is told each time a page is opened.
type workerWord struct {
	On   bool   `json:"on"`
	Exit string `json:"exit"` // where the way out leads when this server can't be reached
}

// linksAhead makes a Link header for each page address.
func linksAhead(files map[string]*static) map[string]string {
	needs := needs(files)
	links := make(map[string]string, len(needs))
	for address, files := range needs {
		all := make([]string, len(files))
		for i, f := range files {
			all[i] = "</" + f + ">; rel=modulepreload"
		}
		links[address] = strings.Join(all, ", ")
	}
	return links
}

// load reads a build. A fresh clone has none, and then there are no pages.
func load(build fs.FS) map[string]*static {
	files := map[string]*static{}
	if build == nil {
		return files
	}
	err := fs.WalkDir(build, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		ext := path.Ext(name)
		if ext == ".br" || ext == ".gz" {
			return nil
		}
		body, err := fs.ReadFile(build, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		f := &static{plain: body, contentType: contentType(ext), cache: ask, etag: `"` + hex.EncodeToString(sum[:8]) + `"`}
		if strings.HasPrefix(name, "assets/") {
			f.cache = immutable
		}
		f.brotli, _ = fs.ReadFile(build, name+".br") // absent is fine
		f.gzip, _ = fs.ReadFile(build, name+".gz")
		files[name] = f
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		panic(err)
	}
	return files
}

// contentType doesn't depend on what the machine has installed.
func contentType(ext string) string {
	switch ext {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return fiber.MIMEOctetStream
}

func (f *static) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, f.cache)
	c.Set(fiber.HeaderContentType, f.contentType)
	c.Vary(fiber.HeaderAcceptEncoding)
	if f.cache == ask {
		c.Set(fiber.HeaderETag, f.etag)
		if c.Get(fiber.HeaderIfNoneMatch) == f.etag {
			return c.SendStatus(fiber.StatusNotModified)
		}
	}
	switch {
	case f.brotli != nil && accepts(c, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(f.brotli)
	case f.gzip != nil && accepts(c, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(f.gzip)
	}
	return c.Send(f.plain)
}

// accepts tells whether the browser names the coding and doesn't rule it out.
func accepts(c *fiber.Ctx, coding string) bool {
	for part := range strings.SplitSeq(c.Get(fiber.HeaderAcceptEncoding), ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q := strings.ReplaceAll(params, " ", "")
			return strings.Trim(strings.TrimPrefix(q, "q="), "0.") != "" || q == ""
		}
	}
	return false
}
