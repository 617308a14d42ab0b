package main

import (
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
