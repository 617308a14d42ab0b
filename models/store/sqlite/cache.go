package sqlite

import (
	"strings"
	"sync"

	"chautari/models/store"
)

// cache keeps records as they are committed, so that what is read often is read
// without SQLite, whose readers begin anew after every commit.
//
// It never answers anything older than the file would. Before a commit the
// writer withholds what the commit changes: it is taken out, and until the
// commit has ended nobody can put it in. Who reads the file notes the epoch
// before, and what was read in an epoch that is over is not put in, since the
// commit that ended it may have changed it.
//
// A nil cache keeps nothing.
type cache struct {
	half int // bytes of one generation

	mu         sync.Mutex
	young, old map[place]*store.Record // nil for a document that is known to be absent
	size       int                     // of the young, in bytes
	epoch      uint64                  // counts commits
	withheld   map[place]struct{}
}

// place is where a document of a collection is, or is not.
type place struct {
	col     *collection
	org, id string
}

// overhead is about what an entry takes besides its texts, in bytes.
const overhead = 250

// newCache makes a cache of at most size bytes. It forgets in generations: once
// the young are half of it they become the old, and what was old and not asked
// for is forgotten.
func newCache(size int) *cache {
	return &cache{half: size / 2, young: map[place]*store.Record{}}
}

// get returns records by their places, all of one moment, if it knows all of them.
// Their bodies are shared and must not be changed.
func (c *cache) get(places ...place) (found []*store.Record, ok bool) {
	if c == nil {
		return nil, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	found = make([]*store.Record, len(places))
	for i, p := range places {
		r, ok := c.young[p]
		if !ok {
			if r, ok = c.old[p]; !ok {
				return nil, false
			}
			c.keep(p, r)
		}
		found[i] = r
	}
	return found, true
}

// now is the epoch, to be asked for before the file is read.
func (c *cache) now() uint64 {
	if c == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.epoch
}

// put keeps what was read in an epoch; nil for an absent document. One that was
// asked for alone is kept only if it is there: strangers may ask for any
// number of documents that aren't.
func (c *cache) put(epoch uint64, places []place, found []*store.Record) {
	if c == nil || len(places) == 1 && found[0] == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if epoch != c.epoch || c.young == nil {
		return
	}
	for i, p := range places {
		if _, ok := c.withheld[p]; !ok {
			c.keep(p, found[i])
		}
	}
}

func (c *cache) keep(p place, r *store.Record) {
	if _, ok := c.young[p]; ok {
		return // and it hasn't changed since
	}
	c.size += overhead + len(p.org) + len(p.id)
	if r != nil {
		c.size += len(r.ID) + cap(r.Body)
	}
	// The caller may use the memory of its texts again.
	c.young[place{p.col, strings.Clone(p.org), strings.Clone(p.id)}] = r
	if c.size > c.half {
		c.old, c.young, c.size = c.young, map[place]*store.Record{}, 0
	}
}

// withhold is called before a commit that changes these.
func (c *cache) withhold(places map[place]struct{}) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.withheld = places
	for p := range places {
		delete(c.young, p)
		delete(c.old, p)
	}
}

// release is called when the commit has ended, well or not, and before anybody hears of it.
func (c *cache) release() {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	c.withheld = nil
}

// close forgets everything for good.
func (c *cache) close() {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.young, c.old = nil, nil
}
