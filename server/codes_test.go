package main

import (
	"encoding/json"
	"flag"
	"go/ast"
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

	"chautari/routes"
)

var updateCodes = flag.Bool("update", false, "write the golden list of codes anew")

const codesFile = "../models/fault/codes.golden.json"

// codeForm is a dotted code; namespaces are those that a fault, a reason or a row begins with.
var codeForm = regexp.MustCompile(`^(request|session|server|field|list|member|members|registration|setup|consent|passphrase|phone|birth|name|group|cell|file|register|import|row|support|training|grievance|disclose|report|rights|settings|store|account|approval|conflict|trail|notice|factor|story|picture|text|recording|recovery|record)\.[a-z]+(_[a-z]+)*$`)

// codesIn gathers every code that stands as a string in the sources.
func codesIn(t *testing.T, roots ...string) []string {
	t.Helper()
	found := map[string]bool{}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "test/") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil && codeForm.MatchString(text) {
						found[text] = true
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	codes := make([]string, 0, len(found))
	for c := range found {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	return codes
}

func TestEveryCodeIsListedAndHasWordsInEachLanguage(t *testing.T) {
	codes := codesIn(t, "../models", "../routes")
	text, err := json.MarshalIndent(codes, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if *updateCodes {
		if err := os.WriteFile(codesFile, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(codesFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(golden) != string(text) {
		t.Errorf("%s is not the list of codes in the sources; look at the difference and run with -update", codesFile)
	}
	for _, language := range []string{"ne", "en", "nb"} {
		content, err := os.ReadFile("../frontend/messages/" + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]json.RawMessage
		if err := json.Unmarshal(content, &words); err != nil {
			t.Fatal(err)
		}
		for _, c := range codes {
			if words["fault."+c] == nil {
				t.Errorf("%s has no words for %s", language, c)
			}
		}
	}
}

func TestEveryCodeThatARouteTellsOfIsListed(t *testing.T) {
	codes := codesIn(t, "../models", "../routes")
	for _, o := range routes.Operations(routes.Table(routes.Nouns{})) {
		for _, c := range o.Problems {
			if !slices.Contains(codes, c) {
				t.Errorf("%s tells of %s, which is in no source", o.ID, c)
			}
		}
	}
}
