package sqlite

import "chautari/models/store"

// group is what the bodies of one transaction of SQLite share.
type group struct {
	cache   *cache
	changed map[place]struct{} // by any of them, even if it was undone
	broken  error              // a write that failed halfway: nothing of the group can be committed
}

// read takes from the cache what is as it was committed last. The rest comes
// from the file, where nobody else can commit meanwhile.
func (g *group) read(c *conn, places []place, load load) ([]*store.Record, error) {
	for _, p := range places {
		if _, ok := g.changed[p]; ok {
			return load(c)
		}
	}
	if found, ok := g.cache.get(places...); ok {
		return found, nil
	}
	found, err := load(c)
	if err == nil {
		g.cache.put(g.cache.now(), places, found)
	}
	return found, err
}

// apply makes a change of a document and of its index entries.
func (g *group) apply(c *conn, ch change, moves []move) error {
	g.changed[ch.place] = struct{}{}
	err := ch.write(c)
	for _, m := range moves {
		if err == nil {
			err = m.write(c, ch.place)
		}
	}
	if err != nil {
		g.broken = err
	}
	return err
}
