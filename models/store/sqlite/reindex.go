package sqlite

import (
	"slices"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// move is what a change does to one index: entries go and come.
type move struct {
	ix        *index
	drop, add [][]byte
}

// moves finds what a change does to the indexes, and refuses what one of them
// can't take. It changes nothing.
func (ch change) moves(c *conn) ([]move, error) {
	moves := make([]move, 0, len(ch.col.indexes))
	for i := range ch.col.indexes {
		ix := &ch.col.indexes[i]
		was, err := entries(ix, ch.before)
		if err != nil {
			return nil, err
		}
		is, err := entries(ix, ch.after)
		if err != nil {
			return nil, err
		}
		m := move{ix, without(was, is), without(is, was)}
		for _, key := range m.add {
			if err := ix.free(c, ch.col, ch.org, key); err != nil {
				return nil, err
			}
		}
		moves = append(moves, m)
	}
	return moves, nil
}

func entries(ix *index, r *store.Record) ([][]byte, error) {
	if r == nil {
		return nil, nil
	}
	return ordered.Entries(ix.Index, r.Body)
}

// without returns the keys of a that b has not.
func without(a, b [][]byte) [][]byte {
	if len(b) == 0 {
		return a
	}
	return slices.DeleteFunc(slices.Clone(a), func(key []byte) bool {
		return slices.ContainsFunc(b, func(k []byte) bool { return string(k) == string(key) })
	})
}

func (m move) write(c *conn, p place) error {
	for _, key := range m.drop {
		if err := c.exec(m.ix.drop, p.org, key, p.id); err != nil {
			return err
		}
	}
	return m.ix.enter(c, p.org, p.id, m.add)
}

// enter adds entries of one document.
func (ix *index) enter(c *conn, org, id string, keys [][]byte) error {
	for len(keys) >= block {
		args := append(make([]any, 0, block+2), org, id)
		for _, key := range keys[:block] {
			args = append(args, key)
		}
		if err := c.exec(ix.addBlock, args...); err != nil {
			return err
		}
		keys = keys[block:]
	}
	for _, key := range keys {
		if err := c.exec(ix.add, org, id, key); err != nil {
			return err
		}
	}
	return nil
}
