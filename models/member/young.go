package member

import (
	"context"
	"slices"
	"sync"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/script"
	"chautari/models/store"
)

// Whoever is under 18 stands, beside the shelves of her group, in an index of her
// own, by which the focal point and the deputy find her. Like the others it is in
// memory alone: nothing stored tells who is young without being opened.

type youngOnes struct {
	index *script.Index

	mu     sync.Mutex
	known  map[string]youngOne
	looked calendar.Date // the day as of which they are young
}

// youngOne is what is known of one without opening her.
type youngOne struct {
	gone    bool // declined, ended, or restricted by her: nobody looks for her
	carried bool
	decided bool
	listed  bool
	review  calendar.Date // when it is looked at again that her guardian was set aside
}

// waits tells whether it is to be decided on her, who came in herself.
func (y youngOne) waits() bool { return !y.gone && !y.decided && !y.carried }

// due tells whether the day has come to look at it again that her guardian was set aside.
func (y youngOne) due(today calendar.Date) bool {
	return !y.gone && !y.review.IsZero() && !y.review.After(today)
}

func newYoungOnes() *youngOnes {
	return &youngOnes{index: script.NewIndex(), known: map[string]youngOne{}}
}

// put files somebody, or takes out who isn't young.
func (y *youngOnes) put(o *Opened, is bool) {
	if !is {
		y.remove(o.ID)
		return
	}
	gone := o.Restricted || o.State == Ended || o.State == Declined
	if gone {
		y.index.Remove(o.ID)
	} else {
		y.index.Put(o.ID, o.Group, o.Name().Reveal())
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	y.known[o.ID] = youngOne{gone: gone, carried: o.CarriedOver != nil, decided: o.Decided, listed: o.Listing, review: o.Review}
}

func (y *youngOnes) remove(person string) {
	y.index.Remove(person)
	y.mu.Lock()
	defer y.mu.Unlock()
	delete(y.known, person)
}

// those lists the ids of whom a condition holds, in order.
func (y *youngOnes) those(is func(youngOne) bool) []string {
	y.mu.Lock()
	defer y.mu.Unlock()
	ids := []string{}
	for id, one := range y.known {
		if is(one) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// grownUp files anew, once on each day in Nepal, whoever was young on the day
// before: who has turned 18 stands on the shelf of her group from midnight on.
func (m *Members) grownUp(ctx context.Context, org string, d *directory) error {
	today := m.today()
	d.young.mu.Lock()
	was := d.young.looked
	d.young.looked = today
	d.young.mu.Unlock()
	if was == today {
		return nil
	}
	err := m.fileAnew(ctx, org, d, today)
	if err != nil {
		d.young.mu.Lock()
		d.young.looked = was
		d.young.mu.Unlock()
	}
	return err
}

func (m *Members) fileAnew(ctx context.Context, org string, d *directory, today calendar.Date) error {
	space := m.store.Org(org)
	for ids := range slices.Chunk(d.young.all(), store.MaxIDs) {
		docs, err := members.GetMany(ctx, space, ids)
		if err != nil {
			return err
		}
		opened, err := m.openAll(ctx, org, docs)
		if err != nil {
			return err
		}
		sheets, err := consent.OfMany(ctx, space, ids)
		if err != nil {
			return err
		}
		for _, o := range opened {
			o.listedBy(sheets[o.ID], m.clock.Now(), today)
			d.put(o, today)
		}
	}
	return nil
}

func (y *youngOnes) all() []string { return y.those(func(youngOne) bool { return true }) }

// UnlistedYoung are the people under 18 whom none but those who protect may know of:
// they stand in no figure either.
func (m *Members) UnlistedYoung(ctx context.Context, org string) (map[string]bool, error) {
	d, err := m.directory(ctx, org)
	if err != nil {
		return nil, err
	}
	unlisted := map[string]bool{}
	for _, id := range d.young.those(func(y youngOne) bool { return !y.listed }) {
		unlisted[id] = true
	}
	return unlisted, nil
}

// YoungWaiting is how many people under 18 came in themselves and wait for the
// actor's decision, and of how many the day has come to look again at a guardian
// who was set aside; none for who doesn't decide on them.
func (m *Members) YoungWaiting(ctx context.Context, a access.Actor) (waiting, reviews int, err error) {
	a.Fresh = true // it counts and shows nobody
	if access.Decide(a, access.AskYoung, access.Facts{Org: a.Org, Apart: true, Consent: true}) != nil {
		return 0, 0, nil
	}
	d, err := m.directory(ctx, a.Org)
	if err != nil {
		return 0, 0, err
	}
	close, err := conflict.Close(ctx, m.store.Org(a.Org), []string{a.Person})
	if err != nil {
		return 0, 0, err
	}
	today := m.today()
	hers := func(id string) bool { return id != a.Person && !slices.Contains(close[a.Person], id) }
	count := func(is func(youngOne) bool) (n int) {
		for _, id := range d.young.those(is) {
			if hers(id) {
				n++
			}
		}
		return n
	}
	return count(youngOne.waits), count(func(y youngOne) bool { return y.due(today) }), nil
}
