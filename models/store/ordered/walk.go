package ordered

import (
	"bytes"
	"errors"
	"fmt"

	"chautari/models/store"
)

// Place is where an entry stands in an index: by key, then by document.
type Place struct {
	Key []byte
	ID  string
}

// Compare orders places as an index does.
func (p Place) Compare(q Place) int {
	if c := bytes.Compare(p.Key, q.Key); c != 0 {
		return c
	}
	return bytes.Compare([]byte(p.ID), []byte(q.ID))
}

// Walk is the way through one index that answers a query. Upwards it passes
// the entries after Start whose key is before Hi, downwards those before Start
// whose key is Lo or after it.
type Walk struct {
	Index  store.Index
	Lo, Hi []byte
	Start  Place
	Down   bool
}

// Plan plans the walk of a query. It returns store.ErrCursor for a cursor that
// doesn't lie on the query's way, and an error for what is no query of the collection.
func Plan(c *store.Spec, q store.Query) (Walk, error) {
	ix, err := q.Check(c)
	if err != nil {
		return Walk{}, err
	}
	w := Walk{Index: ix, Down: q.Down}
	if w.Lo, w.Hi, err = bounds(q); err != nil {
		return Walk{}, fmt.Errorf("%s.%s: %w", c.Name, ix.Name, err)
	}
	if q.After != "" {
		w.Start, err = w.place(q.After)
		return w, err
	}
	if w.Down {
		w.Start.Key = w.Hi
	} else {
		w.Start.Key = w.Lo
	}
	return w, nil
}

// bounds are the first key of the query and the first one behind it.
func bounds(q store.Query) (lo, hi []byte, err error) {
	prefix, err := Key(q.Equal)
	if err != nil {
		return nil, nil, err
	}
	lo, hi = prefix, clip(prefix, last)
	if len(lo) == 0 {
		lo = []byte{first}
	}
	if q.From != nil {
		if lo, err = appendValue(clip(prefix), q.From); err != nil {
			return nil, nil, err
		}
		hi = clip(prefix, lo[len(prefix)]+1) // no further than its type
	}
	if q.Until != nil {
		if hi, err = appendValue(clip(prefix), q.Until); err != nil {
			return nil, nil, err
		}
		tag := hi[len(prefix)]
		if q.From == nil {
			lo = clip(prefix, tag)
		} else if lo[len(prefix)] != tag {
			return nil, nil, errors.New("store: the ends of a range are of two types")
		}
	}
	return lo, hi, errors.Join(short(lo), short(hi))
}

// clip copies the prefix and appends to the copy.
func clip(prefix []byte, more ...byte) []byte {
	return append(prefix[:len(prefix):len(prefix)], more...)
}

// place reads a cursor. It must lie within the walk.
func (w Walk) place(c store.Cursor) (Place, error) {
	values, id, err := c.Position(w.Index.Name, len(w.Index.Fields))
	if err != nil {
		return Place{}, err
	}
	key, err := Key(values)
	if err != nil || text(id) != nil || bytes.Compare(key, w.Lo) < 0 || bytes.Compare(key, w.Hi) >= 0 {
		return Place{}, store.ErrCursor
	}
	return Place{Key: key, ID: id}, nil
}

// Cursor is the cursor after a place.
func (w Walk) Cursor(p Place) (store.Cursor, error) {
	values, err := Values(p.Key)
	if err != nil {
		return "", err
	}
	return store.NewCursor(w.Index.Name, values, p.ID)
}

// Page checks the limit of a page.
func Page(limit int) error { return within("page", limit, store.MaxLimit) }

// Stamps checks the limit of a list of stamps.
func Stamps(limit int) error { return within("list of stamps", limit, store.MaxStamps) }

// IDs checks the number of ids asked for at once.
func IDs(n int) error {
	if n > store.MaxIDs {
		return fmt.Errorf("store: %d ids at once, at most %d are allowed", n, store.MaxIDs)
	}
	return nil
}

// Batch checks the limit of a DeleteRange.
func Batch(limit int) error { return within("deletion", limit, maxBatch) }

// maxBatch bounds one DeleteRange: longer transactions would keep all others waiting.
const maxBatch = 1000

func within(what string, n, most int) error {
	if n < 1 || n > most {
		return fmt.Errorf("store: limit of a %s is %d, allowed are 1 to %d", what, n, most)
	}
	return nil
}
