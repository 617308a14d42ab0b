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

// A test that a document leans on is there under that name.
func TestEveryTestThatADocumentNamesExists(t *testing.T) {
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
				if !strings.Contains(sources.String(), m[1]) {
					t.Errorf("%s leans on %s, which is not there", file, m[1])
				}
			}
		}
	}
}

// Every requirement that an installation leans on has a row of its own in the
// threat model: what holds it, or what is missing.
func TestEveryRequirementOfTrustHasARow(t *testing.T) {
	text, err := os.ReadFile("../docs/threat-model.md")
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	for _, span := range [][2]int{{39, 56}, {61, 65}, {70, 75}, {77, 79}, {81, 82}, {107, 122}} {
		for n := span[0]; n <= span[1]; n++ {
			if n != 80 {
				numbers = append(numbers, n)
			}
		}
	}
	for _, n := range numbers {
		if rows := regexp.MustCompile(fmt.Sprintf(`(?m)^\| %d \| [^|]+ \| (test|in part|configuration|not yet) \| [^|]+ \|$`, n)).FindAll(text, -1); len(rows) != 1 {
			t.Errorf("requirement %d has %d rows", n, len(rows))
		}
	}
}
