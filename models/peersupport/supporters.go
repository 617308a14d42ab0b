package peersupport

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/member"
	"chautari/models/seal"
	"chautari/models/store"
)

// standing is a supporter as she was found a moment ago, with her slots laid
// out. Her consent is not in it: that is asked anew each time.
type standing struct {
	*Hours
	group string
	name  seal.Clear
	days  [daysAhead][]Slot // of the list's first day and those after it
}

// supporters are all of an organisation, by id.
type supporters struct {
	list  []standing
	first calendar.Date
	at    time.Time
}

// ahead tells how many days a day lies ahead of the list's first; ok is false
// where it is out of reach.
func (l *supporters) ahead(d calendar.Date) (days int, ok bool) {
	for i := range daysAhead {
		if l.first.AddDays(i) == d {
			return i, true
		}
	}
	return 0, false
}

// find is a supporter of the list, or nil.
func (l *supporters) find(person string) *standing {
	i, ok := slices.BinarySearchFunc(l.list, person, func(s standing, id string) int { return cmp.Compare(s.ID, id) })
	if !ok {
		return nil
	}
	return &l.list[i]
}

// kept holds each organisation's supporters and their diaries in memory, so
// that a page of slots needn't read and lay out all of them again. The list is
// a second old at most; a diary is as this process last wrote it, or as old as
// the list. Nothing is decided on them: a booking reads all it needs in its own
// transaction.
type kept struct {
	mu      sync.Mutex
	lists   map[string]*supporters
	diaries map[string]map[string]*Diary // by organisation and supporter
}

// keptFor is how old a list may be.
const keptFor = time.Second

func (k *kept) get(org string, now time.Time) *supporters {
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lists[org]
	if l == nil || now.Sub(l.at).Abs() >= keptFor || l.first != calendar.Of(now) {
		return nil
	}
	return l
}

func (k *kept) forget(org string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.lists, org)
}

// put keeps a list, with its diaries where none newer are known, and lets go of
// the diaries of others.
func (k *kept) put(org string, l *supporters, read map[string]*Diary) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for id, d := range read {
		if known := k.diaries[org][id]; known != nil && known.Version > d.Version {
			read[id] = known
		}
	}
	k.lists[org], k.diaries[org] = l, read
}

// wrote notes diaries that were committed; those of members are not kept.
func (k *kept) wrote(org string, both ...*Diary) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, d := range both {
		if known := k.diaries[org][d.ID]; known != nil && known.Version < d.Version {
			k.diaries[org][d.ID] = d
		}
	}
}

// held gives the diaries of supporters.
func (k *kept) held(org string, of []standing) map[string]*Diary {
	k.mu.Lock()
	defer k.mu.Unlock()
	held := make(map[string]*Diary, len(of))
	for _, s := range of {
		d := k.diaries[org][s.ID]
		if d == nil {
			d = &Diary{} // she came to the list since
		}
		held[s.ID] = d
	}
	return held
}

// supporters lists whoever has hours and still is a supporter, those on a break
// among them.
func (s *Support) supporters(ctx context.Context, org string) (*supporters, error) {
	now := s.clock.Now()
	if l := s.kept.get(org, now); l != nil {
		return l, nil
	}
	space := s.store.Org(org)
	l := &supporters{first: calendar.Of(now), at: now}
	err := hours.Each(ctx, space, store.Query{Index: store.ChangedIndex}, func(h *Hours) error {
		acc, err := account.OfPerson(ctx, space, h.ID)
		if errors.Is(err, store.ErrAbsent) || err == nil && !supports(acc) {
			return nil
		}
		if err != nil {
			return err
		}
		st := standing{Hours: h}
		for i := range st.days {
			st.days[i] = on(h.Spans, h.Length, l.first.AddDays(i))
		}
		l.list = append(l.list, st)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(l.list, func(a, b standing) int { return cmp.Compare(a.ID, b.ID) })
	cards, err := s.cards(ctx, space, org, idsOf(l.list))
	if err != nil {
		return nil, err
	}
	l.list = slices.DeleteFunc(l.list, func(st standing) bool { return cards[st.ID].State != member.Active })
	for i := range l.list {
		card := cards[l.list[i].ID]
		l.list[i].group, l.list[i].name = card.Group, card.Name
	}
	read, err := diariesOf(ctx, space, idsOf(l.list))
	if err != nil {
		return nil, err
	}
	s.kept.put(org, l, read)
	return l, nil
}

// supports tells whether an account is of somebody who may be met.
func supports(acc *account.Account) bool {
	return !acc.Closed && slices.Contains(acc.Roles, access.Member) && slices.Contains(acc.Roles, access.PeerSupporter)
}

// mustSupport makes a transaction depend on a person's still being a supporter;
// otherwise there is no slot of hers.
func mustSupport(ctx context.Context, tx *store.Tx, person string) error {
	acc, err := account.OfPerson(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) || err == nil && !supports(acc) {
		return errNoSlot
	}
	if err != nil {
		return err
	}
	return account.Still(ctx, tx, access.Actor{Account: acc.ID, Roles: acc.Roles, Assigned: acc.Groups})
}

func idsOf(list []standing) []string {
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	return ids
}
