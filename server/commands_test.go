package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// asCommand is the program as documents write it, by hand or in a container.
var asCommand = regexp.MustCompile(`(?:(?:^|[ /])server|(?:^| )app(?: /server)?) ([a-z][a-z-]+)((?: .*)?)$`)

// shown are the lines and spans of a document that a reader may type.
func shown(text string) (all []string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "    ") {
			all = append(all, strings.TrimSpace(line))
			continue
		}
		for i, span := range strings.Split(line, "`") {
			if i%2 == 1 {
				all = append(all, span)
			}
		}
	}
	return all
}

// unknown says what of a typed line the program doesn't have.
func unknown(app *kong.Kong, line string) string {
	m := asCommand.FindStringSubmatch(line)
	if m == nil {
		return ""
	}
	node := app.Model.Node
	flags := map[string]bool{"--help": true}
	words := append([]string{m[1]}, strings.Fields(m[2])...)
	for i, word := range words {
		at := slices.IndexFunc(node.Children, func(c *kong.Node) bool { return c.Name == word })
		if at < 0 {
			if i == 0 {
				return "command " + word
			}
			break
		}
		node = node.Children[at]
		for _, f := range node.Flags {
			flags["--"+f.Name] = true
		}
	}
	for _, word := range words {
		if flag, _, _ := strings.Cut(word, "="); strings.HasPrefix(flag, "--") && !flags[flag] {
			return "flag " + flag
		}
	}
	return ""
}

func TestEveryCommandThatADocumentShowsIsThere(t *testing.T) {
	app, err := kong.New(&commands{}, kong.Name("server"))
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"server doctor":                                "",
		"bin/server backup data --to x --for y":        "",
		"docker compose exec app /server mend":         "command mend",
		"docker compose run --rm app upgrade":          "",
		"KEY_FILE=x ./new/server restore --nothing":    "flag --nothing",
		"docker compose up -d --force-recreate app":    "",
		"server recover-admin --host sathi.example -x": "",
	} {
		if got := unknown(app, line); got != want {
			t.Errorf("%s: %q", line, got)
		}
	}
	seen := 0
	for _, pattern := range []string{"../*.md", "../docs/*.md", "deploy/*.md", "../Makefile"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range shown(string(text)) {
				if asCommand.MatchString(line) {
					seen++
				}
				if what := unknown(app, line); what != "" {
					t.Errorf("%s shows %q: there is no %s", file, line, what)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d lines were looked at", seen)
	}
}
