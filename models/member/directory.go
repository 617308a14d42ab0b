package member

import (
	"context"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/script"
	"chautari/models/store"
)

// Names and numbers lie sealed, so the order of a list and the search in it come
// from an index in memory, one for each organisation. A person stands in it under her
// group and state, so that a page of one group costs what the page holds.

type directory struct {
	once   sync.Once
	err    error
	index  *script.Index
	phones numbers

	mu    sync.Mutex
	known time.Time // changes up to here are in the index
}

type directories struct {
	clock store.Clock
	mu    sync.Mutex
	kept  map[string]*directory
}

const (
	// catchUpEvery is how old the index may be where other instances also write.
	catchUpEvery = time.Second
	// overlap is how far back changes are read again, since a transaction may be
	// dated a moment before it is seen.
	overlap = 5 * time.Second
)

func shelf(group string, s State) string { return group + "|" + string(s) }

func (ds *directories) of(org string) *directory {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	d := ds.kept[org]
	if d == nil {
		d = &directory{index: script.NewIndex(), phones: newNumbers()}
		ds.kept[org] = d
	}
	return d
}

// changed files a person anew after a transaction that this instance made.
func (ds *directories) changed(org string, o *Opened) { ds.of(org).put(o) }

func (ds *directories) removed(org, person string) {
	d := ds.of(org)
	d.index.Remove(person)
	d.phones.put(person, "", "")
}

// put files a person, in place of where she stood.
func (d *directory) put(o *Opened) {
	at := shelf(o.Group, o.State)
	d.index.Put(o.ID, at, o.Name().Reveal())
	d.phones.put(o.ID, at, o.Phone.Reveal())
}

// directory returns the index of an organisation, filled and at most a second old.
func (m *Members) directory(ctx context.Context, org string) (*directory, error) {
	d := m.names.of(org)
	d.once.Do(func() { d.err = m.catchUp(context.WithoutCancel(ctx), org, d, true) })
	if d.err != nil {
		// The next one tries again.
		m.names.mu.Lock()
		delete(m.names.kept, org)
		m.names.mu.Unlock()
		return nil, d.err
	}
	return d, m.catchUp(ctx, org, d, false)
}

// catchUp files whoever changed since the last time.
func (m *Members) catchUp(ctx context.Context, org string, d *directory, first bool) error {
	now := m.clock.Now()
	d.mu.Lock()
	since := d.known
	if !first && now.Sub(since) < catchUpEvery {
		d.mu.Unlock()
		return nil
	}
	d.known = now // the others go on with what is there
	d.mu.Unlock()
	if !first {
		since = since.Add(-overlap)
	}
	batch := make([]*Member, 0, store.MaxIDs)
	file := func() error {
		opened, err := m.openAll(ctx, org, batch)
		for _, o := range opened {
			d.put(o)
		}
		batch = batch[:0]
		return err
	}
	err := members.ChangesSince(ctx, m.store.Org(org), since, func(doc *Member) error {
		batch = append(batch, doc)
		if len(batch) < cap(batch) {
			return nil
		}
		return file()
	})
	if err == nil {
		err = file()
	}
	if err != nil && !first {
		d.mu.Lock()
		d.known = since
		d.mu.Unlock()
	}
	return err
}

// Warm fills the index of an organisation before anybody waits for it.
func (m *Members) Warm(ctx context.Context, org string) error {
	_, err := m.directory(ctx, org)
	return err
}

// Count is how many people of a state are in each of the actor's groups.
func (m *Members) Count(ctx context.Context, a access.Actor, state State) (map[string]int, error) {
	if err := access.Decide(a, access.ReadDesk, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	d, err := m.directory(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int, len(a.Groups))
	for _, g := range a.Groups {
		counts[g] = d.index.Count(shelf(g, state))
	}
	return counts, nil
}
