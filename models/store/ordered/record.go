package ordered

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"chautari/models/store"
)

// maxID bounds organisation and document ids, in bytes.
const maxID = 200

// Org checks the organisation of a call: without one there is no wall.
func Org(org string) error { return identifier("organisation", org) }

// Record checks what an engine is asked to write: the organisation, the id, a
// version from least on, and a body that is well-formed BSON.
func Record(org string, r store.Record, least int64) error {
	if err := Org(org); err != nil {
		return err
	}
	if err := identifier("document", r.ID); err != nil {
		return err
	}
	if r.Version < least {
		return fmt.Errorf("store: version %d", r.Version)
	}
	if !store.WellFormed(r.Body) {
		return fmt.Errorf("store: the body of %s is no BSON document", r.ID)
	}
	return nil
}

func identifier(of, id string) error {
	switch {
	case id == "":
		return fmt.Errorf("store: the %s has no id", of)
	case len(id) > maxID:
		return fmt.Errorf("store: the id of the %s is too long", of)
	}
	return text(id)
}

var name = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// Spec checks a declaration: names, fields, and that none occurs twice.
func Spec(c *store.Spec) error {
	if !name.MatchString(c.Name) {
		return fmt.Errorf("store: %q is no name of a collection", c.Name)
	}
	seen := map[string]bool{store.ChangedIndex: true}
	for _, ix := range c.Indexes {
		switch {
		case !name.MatchString(ix.Name):
			return fmt.Errorf("store: %s: %q is no name of an index", c.Name, ix.Name)
		case seen[ix.Name]:
			return fmt.Errorf("store: %s: index %s occurs twice", c.Name, ix.Name)
		case len(ix.Fields) == 0:
			return fmt.Errorf("store: %s: index %s has no field", c.Name, ix.Name)
		}
		for _, f := range ix.Fields {
			if f == "" || strings.HasPrefix(f, ".") || strings.HasSuffix(f, ".") || strings.Contains(f, "..") {
				return errors.New("store: " + c.Name + "." + ix.Name + ": an empty field name")
			}
		}
		seen[ix.Name] = true
	}
	return nil
}

// Indexes are those declared and the one that every collection has.
func Indexes(c *store.Spec) []store.Index {
	changed, _ := c.Index(store.ChangedIndex)
	return append([]store.Index{changed}, c.Indexes...)
}
