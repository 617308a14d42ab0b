package main

import (
	"bytes"
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

// helpOf is what a command says with --help.
func helpOf(t *testing.T, command string) string {
	t.Helper()
	var out bytes.Buffer
	app, err := kong.New(&commands{}, kong.Name("server"), kong.Writers(&out, &out), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = app.Parse([]string{command, "--help"}) // it goes on where it would have ended
	return strings.Join(strings.Fields(out.String()), " ")
}

func TestTheHelpOfACommandTellsWhatItTakes(t *testing.T) {
	for command, want := range map[string]string{
		"serve": "`server --help` lists them", "run": "`server --help` lists them",
		"init": "`server --help` lists them", "demo": "`server --help` lists them",
		"create-organisation": "Usage: server create-organisation --host=HOST [flags]",
		"recover-admin":       "A code counts on the server that made it",
		"export-organisation": "open nothing on the other server",
		"backup":              "Leave “keys” in the names",
	} {
		if got := helpOf(t, command); !strings.Contains(got, want) {
			t.Errorf("%s lacks %q: %s", command, want, got)
		}
	}
	for _, c := range []struct {
		line []string
		says string
	}{
		{[]string{"--host", newHost}, "--withdraw"},
		{[]string{"--host", newHost, "--name", "x", "--withdraw"}, "can't be used together"},
		{[]string{"--name", "x"}, "--host"},
	} {
		if err := parsed(t, append([]string{"create-organisation"}, c.line...)...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v", c.line, err)
		}
	}
}

func TestTheDemoWantsAnEmptyFolder(t *testing.T) {
	folder := t.TempDir()
	for _, empty := range []string{folder, filepath.Join(folder, "none-yet")} {
		if err := unused(empty); err != nil {
			t.Error(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "letter.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DATA_DIR", folder)
	if err := parsed(t, "demo"); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Error(err)
	}
	if lie, err := os.ReadDir(folder); err != nil || len(lie) != 1 {
		t.Errorf("it wrote something: %v (%v)", lie, err)
	}
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
