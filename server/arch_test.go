package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// ranks is the order of the house, low to high. A package imports only what
// stands in a lower rank; those of one rank don't know each other.
var ranks = [][]string{
	{"models/fault", "models/id", "models/clock", "models/script"},
	{"models/calendar", "models/phone", "models/place", "models/disclose", "models/paper", "models/notice/sentence", "models/consent/sound"},
	{"models/store", "models/notice/gateway"},
	{"models/store/ordered", "models/seal", "models/lease", "models/steady", "models/notice/mail"},
	{"models/store/sqlite", "models/store/mongo"},
	{"models/store/storetest"},
	{"models/access"},
	{"models/once", "models/audit"},
	{"models/organisation"},
	{"models/account/words", "models/archive"},
	{"models/account"},
	{"models/consent", "models/conflict", "models/factor"},
	{"models/member"},
	{"models/notice"},
	{"models/register/sheet"},
	{"models/stage", "models/factor/softkey"},
	{"models/register", "models/approval", "models/founding", "models/peersupport", "models/training", "models/grievance", "models/story"},
	{"models/trail", "models/recovery"},
	{"models/desk", "models/report", "models/rights"},
	{"models/decoy"},
	{"frontend"},
	{"routes/plain"},
	{"routes"},
	{"routes/routestest"},
	{"server"},
	{"server/bench"},
}

// only names what a few packages alone may import: engines, HTTP and the wire.
var only = map[string][]string{
	"chautari/models/store/sqlite":                   {"server", "server/bench", "models/store/storetest"},
	"chautari/models/store/storetest":                {"models/stage"},
	"chautari/models/stage":                          {},
	"chautari/models/factor/softkey":                 {},
	"github.com/go-webauthn/webauthn/webauthn":       {"models/factor"},
	"github.com/pquerna/otp":                         {"models/factor", "server/bench"},
	"github.com/gofiber/fiber/v2":                    {"routes", "routes/plain", "routes/routestest", "server", "server/bench"},
	"net/http":                                       {"models/notice/gateway", "routes", "routes/plain", "routes/routestest", "server", "server/bench"},
	"github.com/wneessen/go-mail":                    {"models/notice/mail"},
	"chautari/models/notice":                         {"routes", "server"}, // nobody who speaks up can be told anything
	"modernc.org/sqlite":                             {"models/store/sqlite", "server/bench"},
	"database/sql":                                   {"models/store/sqlite", "server/bench"},
	"github.com/prometheus/client_golang/prometheus": {"server"},
	"filippo.io/age":                                 {"models/archive", "server", "server/bench"},
	"github.com/golang-jwt/jwt/v5":                   {"models/account"},
	"github.com/cedar-policy/cedar-go":               {"models/access"},
	"github.com/tink-crypto/tink-go/v2/aead":         {"models/seal"},
}

// acrossWalls names who may open a transaction over two organisations' spaces.
var acrossWalls = []string{
	"models/store", "models/store/storetest", "models/organisation", "models/report",
	// The decoy tenant: its people are born, answered and erased with those whose twins they are.
	"models/account", "models/member", "models/rights",
	// What is asked there is what its organisation asks.
	"models/consent",
}

// examine reads every Go file of a tree and lists what breaks the plan. Test
// files may import what tests need, so they are held only to being somewhere known.
func examine(tree fs.FS) ([]string, error) {
	rank := map[string]int{}
	for i, names := range ranks {
		for _, n := range names {
			rank[n] = i
		}
	}
	var wrong []string
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path != "." {
				// A module of its own keeps its own order.
				if _, err := fs.Stat(tree, path+"/go.mod"); err == nil {
					return fs.SkipDir
				}
			}
			if name := d.Name(); name == "node_modules" || name == "testdata" || name != "." && strings.HasPrefix(name, ".") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		pkg := filepath.ToSlash(filepath.Dir(path))
		mine, known := rank[pkg]
		if !known {
			wrong = append(wrong, fmt.Sprintf("%s: the package is not in the table", path))
			return nil
		}
		if strings.HasSuffix(path, "_test.go") {
			return nil
		}
		source, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range file.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			if allowed, limited := only[name]; limited && !slices.Contains(allowed, pkg) {
				wrong = append(wrong, fmt.Sprintf("%s: %s is not for this package", path, name))
			}
			inner, ours := strings.CutPrefix(name, "chautari/")
			if !ours {
				continue
			}
			theirs, known := rank[inner]
			if !known || theirs >= mine {
				wrong = append(wrong, fmt.Sprintf("%s: %s does not stand below %s", path, inner, pkg))
			}
		}
		if across := regexp.MustCompile(`\.(TxWith|Beside)\(`); across.Match(source) && !slices.Contains(acrossWalls, pkg) {
			wrong = append(wrong, fmt.Sprintf("%s: no transaction over two organisations here", path))
		}
		return nil
	})
	return wrong, err
}

func TestEveryPackageImportsOnlyWhatStandsBelowIt(t *testing.T) {
	wrong, err := examine(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
}

func TestABadTreeIsFound(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	for name, tree := range map[string]fstest.MapFS{
		"an unknown package": {"models/util/util.go": file("package util")},
		"an import upwards":  {"models/store/x.go": file("package store\nimport _ \"chautari/models/member\"")},
		"a noun of its rank": {"models/founding/x.go": file("package founding\nimport _ \"chautari/models/register\"")},
		"an engine":          {"models/member/x.go": file("package member\nimport _ \"chautari/models/store/sqlite\"")},
		"HTTP in a noun":     {"models/member/x.go": file("package member\nimport _ \"net/http\"")},
		"two walls":          {"models/training/x.go": file("package training\nfunc f() { s.TxWith(nil) }")},
		"a look across":      {"models/training/x.go": file("package training\nfunc f() { tx.Beside(\"\") }")},
	} {
		wrong, err := examine(tree)
		if err != nil {
			t.Fatal(err)
		}
		if len(wrong) == 0 {
			t.Errorf("%s was not found", name)
		}
	}
}

func TestTheTopHoldsOnlyWhatThePlanNames(t *testing.T) {
	allowed := []string{
		"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", "Makefile",
		"docker-compose.yml", "Dockerfile", "go.mod", "go.sum", "docs", "server", "routes", "models", "frontend", "bin",
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s stands at the top", e.Name())
		}
	}
}
