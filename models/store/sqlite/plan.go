package sqlite

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"chautari/models/store"
)

// Plan lists in plain words what Open would change in a file: nothing for one
// that fits. It writes nothing, and refuses what Open refuses.
func Plan(path string, specs ...*store.Spec) (steps []string, err error) {
	f, err := newFile(path, Options{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	held, err := acquire(f.path+".lock", true)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	defer func() { err = errors.Join(err, held.release()) }()
	c, err := f.reader()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	fresh, err := recognise(c)
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	if fresh {
		return []string{"make all tables: the file is empty"}, nil
	}
	for _, s := range specs {
		col, err := newCollection(s)
		if err != nil {
			return nil, err
		}
		more, err := col.plan(c)
		if err != nil {
			return nil, fmt.Errorf("collection %s: %w", s.Name, err)
		}
		steps = append(steps, more...)
	}
	return steps, nil
}

// plan lists what migrate would do for one collection.
func (col *collection) plan(c *conn) (steps []string, err error) {
	stored, err := col.stored(c)
	if err != nil {
		return nil, err
	}
	there, err := c.integer(`SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1`, "d_"+col.spec.Name)
	if err != nil {
		return nil, err
	}
	if there == 0 {
		return []string{"make collection " + col.spec.Name}, nil
	}
	documents := int64(-1)
	for i := range col.indexes {
		ix := &col.indexes[i]
		if stored[ix.Name] == ix.definition() {
			delete(stored, ix.Name)
			continue
		}
		if documents < 0 {
			if documents, err = c.integer(`SELECT count(*) FROM ` + col.table); err != nil {
				return nil, err
			}
		}
		verb := "fill"
		if _, ok := stored[ix.Name]; ok {
			verb = "fill anew"
		}
		steps = append(steps, fmt.Sprintf("%s index %s of %s, over %d documents", verb, ix.Name, col.spec.Name, documents))
		delete(stored, ix.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(stored)) {
		steps = append(steps, "drop index "+name+" of "+col.spec.Name+", which nothing asks any more")
	}
	return steps, nil
}
