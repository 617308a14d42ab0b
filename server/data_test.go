package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chautari/models/seal"
)

// Every stored field stands in the register with its purpose, ground, class,
// sealing, readers and lifetime, and nothing else does.
func TestTheRegisterOfFieldsIsWhatIsStored(t *testing.T) {
	text, err := os.ReadFile("../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile("^\\| `([a-z_]+\\.[a-z_.]+)` \\|")
	var listed []string
	for line := range strings.Lines(string(text)) {
		m := row.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		listed = append(listed, m[1])
		for i, cell := range strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|") {
			if strings.TrimSpace(cell) == "" {
				t.Errorf("%s: column %d is empty", m[1], i+1)
			}
		}
	}
	var stored []string
	for _, spec := range append(specs(), seal.KeySpecs()...) {
		for _, f := range spec.Fields {
			stored = append(stored, spec.Name+"."+f)
		}
	}
	slices.Sort(listed)
	slices.Sort(stored)
	for _, f := range stored {
		if !slices.Contains(listed, f) {
			t.Errorf("%s is stored, but not in the register", f)
		}
	}
	for i, f := range listed {
		if !slices.Contains(stored, f) {
			t.Errorf("%s is in the register, but not stored", f)
		}
		if i > 0 && listed[i-1] == f {
			t.Errorf("%s is there twice", f)
		}
	}
}
