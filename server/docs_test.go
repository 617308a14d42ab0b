package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// testSources are the texts of all tests, Go and browser, with their paths.
func testSources(t *testing.T) string {
	t.Helper()
	var sources strings.Builder
	for _, root := range []string{"../models", "../routes", "../server", "../frontend/src", "../frontend/e2e"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "node_modules" {
				return fs.SkipDir
			}
			if name := d.Name(); !strings.HasSuffix(name, "_test.go") && !strings.Contains(name, ".test.ts") && !strings.Contains(path, "test/") {
				return nil
			}
			text, err := os.ReadFile(path)
			sources.Write(text)
			sources.WriteString(path)
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return sources.String()
}

// A test that a document leans on is there under that name.
func TestEveryTestThatADocumentNamesExists(t *testing.T) {
	sources := testSources(t)
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Z]\\w+|[a-z-]+\\.test\\.tsx?)`")
	for _, root := range []string{"../docs", ".."} {
		files, err := filepath.Glob(root + "/*.md")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range named.FindAllStringSubmatch(string(text), -1) {
				if !strings.Contains(sources, m[1]) {
					t.Errorf("%s leans on %s, which is not there", file, m[1])
				}
			}
		}
	}
}

// Every requirement of the product's list has a row of its own in the
// threat model: what holds it, or what is missing.
func TestEveryRequirementOfTrustHasARow(t *testing.T) {
	text, err := os.ReadFile("../docs/threat-model.md")
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 122; n++ {
		if rows := regexp.MustCompile(fmt.Sprintf(`(?m)^\| %d \| [^|]+ \| (test|in part|configuration|not yet) \| [^|]+ \|$`, n)).FindAll(text, -1); len(rows) != 1 {
			t.Errorf("requirement %d has %d rows", n, len(rows))
		}
	}
}
