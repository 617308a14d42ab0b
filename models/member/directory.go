package member

import (
	"context"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
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
	young  *youngOnes

	mu     sync.Mutex
	known  time.Time // changes up to here are in the index
	combed time.Time // when they were last read from far back
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
	// Now and then they are read from further back, since the clock that dated
	// them may be behind this one, and some transactions take long.
	combEvery   = time.Minute
	combOverlap = 5 * time.Minute
)

// hidden is the shelf of whoever has what is hers restricted, and of whoever is
// under 18 and not listed: no list, count or hint looks there.
const hidden State = "restricted"

func shelf(group string, s State) string { return group + "|" + string(s) }

func (ds *directories) of(org string) *directory {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	d := ds.kept[org]
	if d == nil {
		d = &directory{index: script.NewIndex(), phones: newNumbers(), young: newYoungOnes()}
		ds.kept[org] = d
	}
	return d
}

// changed files a person anew after a transaction that this instance made.
func (ds *directories) changed(org string, o *Opened) {
	ds.of(org).put(o, calendar.Of(ds.clock.Now()))
}

func (ds *directories) removed(org, person string) { ds.of(org).remove(person) }

func (d *directory) remove(person string) {
	d.index.Remove(person)
	d.phones.put(person, "", "")
	d.young.remove(person)
}

// put files a person as of a day, in place of where she stood.
func (d *directory) put(o *Opened, today calendar.Date) {
	at, is := shelf(o.Group, o.State), o.Young(today)
	if o.Restricted || is && !o.Listing {
		at = shelf(o.Group, hidden)
	}
	d.index.Put(o.ID, at, o.Name().Reveal())
	number := o.Phone.Reveal()
	if o.phoneUnseen {
		number = ""
	}
	d.phones.put(o.ID, at, number)
	d.young.put(o, is)
}

// forget lets go of a directory, so that the next one is filled anew.
func (ds *directories) forget(org string, d *directory) {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if ds.kept[org] == d {
		delete(ds.kept, org)
	}
}

// directory returns the index of an organisation, filled and at most a second old.
func (m *Members) directory(ctx context.Context, org string) (*directory, error) {
	d := m.names.of(org)
	d.once.Do(func() { d.err = m.catchUp(context.WithoutCancel(ctx), org, d, time.Time{}) })
	if d.err != nil {
		m.names.forget(org, d) // the next one tries again
		return nil, d.err
	}
	since, due, ok := d.due(m.clock.Now())
	switch {
	case !ok:
		m.names.forget(org, d)
		return m.directory(ctx, org)
	case due:
		if err := m.catchUp(ctx, org, d, since); err != nil {
			d.missed(since)
			return nil, err
		}
	}
	return d, m.grownUp(ctx, org, d)
}

// due tells whether changes must be read, and since when; ok is false where the
// directory can't be brought up to date any more: the clock was set back, or
// it was not looked at for so long that some departures are forgotten. One
// caller reads for all: the others go on with what is there.
func (d *directory) due(now time.Time) (since time.Time, due, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	age := now.Sub(d.known)
	if age < -overlap || age > departuresKept/2 {
		return since, false, false
	}
	if age < catchUpEvery {
		return since, false, true
	}
	since = d.known.Add(-overlap)
	if now.Sub(d.combed) >= combEvery {
		since, d.combed = d.known.Add(-combOverlap), now
	}
	d.known = now
	return since, true, true
}

// missed takes a reading back that failed.
func (d *directory) missed(since time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.known = since
}

// catchUp files whoever changed since an instant, and takes out whoever left;
// since the zero instant it is everybody.
func (m *Members) catchUp(ctx context.Context, org string, d *directory, since time.Time) error {
	if since.IsZero() {
		now := m.clock.Now()
		d.mu.Lock()
		d.known, d.combed = now, now
		d.mu.Unlock()
	}
	batch := make([]*Member, 0, store.MaxIDs)
	file := func() error {
		opened, err := m.openAll(ctx, org, batch)
		if err != nil {
			return err
		}
		sheets, err := consent.OfMany(ctx, m.store.Org(org), idsOf(opened))
		for _, o := range opened {
			o.listedBy(sheets[o.ID], m.clock.Now(), m.today())
			d.put(o, m.today())
		}
		batch = batch[:0]
		return err
	}
	space := m.store.Org(org)
	err := members.ChangesSince(ctx, space, since, func(doc *Member) error {
		batch = append(batch, doc)
		if len(batch) < cap(batch) {
			return nil
		}
		return file()
	})
	if err == nil {
		err = file()
	}
	if err != nil {
		return err
	}
	// After the changes: whoever changed and then left is not there.
	return departures.ChangesSince(ctx, space, since, func(gone *departure) error {
		d.remove(gone.ID)
		return nil
	})
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
