package peersupport

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/seal"
)

// SlotQuery asks for open slots: of one supporter or, where none is named, of
// anyone; from a day, the zero Date being today; for so many days.
type SlotQuery struct {
	Supporter string
	From      calendar.Date
	Days      int
}

// Offer is what a member chooses from.
type Offer struct {
	Supporters []Supporter // near first, then by name
	Days       []OpenDay   // each day that was asked for
	AskName    bool        // she hasn't agreed that whom she meets sees her name
}

// Supporter is somebody who can be met, as members see her.
type Supporter struct {
	ID        string
	Name      seal.Clear
	Languages []string
	Near      bool // she belongs to the group of the one who asks
}

// OpenDay is the slots of one day, by their start.
type OpenDay struct {
	Day   calendar.Date
	Slots []OpenSlot
}

// OpenSlot is a slot that may still be free.
type OpenSlot struct {
	Slot
	Free bool
}

// Slots shows a member whom she can meet, and when. Who hasn't agreed to be
// seen, or is on a break, is not among them, and neither is she herself, nor
// anybody between whom and her a conflict of interest was declared: that looks
// like a break. It
// leaves no entry in the trail: what it shows of supporters each of them shows
// to every member.
func (s *Support) Slots(ctx context.Context, a access.Actor, q SlotQuery) (*Offer, error) {
	if err := access.Decide(a, access.ReadSlots, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	space, now := s.store.Org(a.Org), s.clock.Now()
	all, err := s.supporters(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	near, _, err := s.members.GroupOf(ctx, space, a.Person)
	if err != nil {
		return nil, err
	}
	own, err := diaryOf(ctx, space, a.Person)
	if err != nil {
		return nil, err
	}
	sheets, err := sheetsOf(ctx, space, append(idsOf(all.list), a.Person))
	if err != nil {
		return nil, err
	}
	offer := &Offer{AskName: !agreed(sheets[a.Person], consent.PeerName, now)}
	close, err := conflict.Close(ctx, space, []string{a.Person})
	if err != nil {
		return nil, err
	}
	open := make([]standing, 0, len(all.list))
	for _, c := range all.list {
		if c.ID != a.Person && !c.Paused && !slices.Contains(close[a.Person], c.ID) && agreed(sheets[c.ID], consent.SupporterName, now) {
			open = append(open, c)
		}
	}
	for _, c := range open {
		offer.Supporters = append(offer.Supporters, Supporter{ID: c.ID, Name: c.name, Languages: c.Languages, Near: c.group == near})
	}
	slices.SortFunc(offer.Supporters, func(x, y Supporter) int {
		return cmp.Or(nearFirst(x.Near, y.Near), cmp.Compare(x.Name.Reveal(), y.Name.Reveal()), cmp.Compare(x.ID, y.ID))
	})
	if q.Supporter != "" {
		open = slices.DeleteFunc(open, func(c standing) bool { return c.ID != q.Supporter })
	}
	if q.From.IsZero() {
		q.From = calendar.Of(now)
	}
	held := s.kept.held(a.Org, open)
	var ranked []ranking
	for i := range q.Days {
		day := q.From.AddDays(i)
		if i == 0 || weekdayOf(day) == 0 {
			ranked = rank(open, weekOf(day), near, held)
		}
		o := OpenDay{Day: day}
		if ahead, ok := all.ahead(day); ok {
			for _, r := range ranked {
				o.Slots = merge(o.Slots, r.days[ahead], r, own, now)
			}
		}
		offer.Days = append(offer.Days, o)
	}
	return offer, nil
}

// merge puts a supporter's slots of a day among those of the supporters ranked
// before her. Of several that begin together the first that is free stands
// there: the one that a member gets who takes anyone.
func merge(slots []OpenSlot, hers []Slot, r ranking, own *Diary, now time.Time) []OpenSlot {
	full := r.load >= r.Cap
	for _, slot := range hers {
		if tooSoon(slot.Start, now) {
			continue
		}
		i, known := slices.BinarySearchFunc(slots, slot, func(o OpenSlot, s Slot) int { return o.Start.Compare(s.Start) })
		if known && slots[i].Free {
			continue
		}
		free := !full && !r.held.busy(slot) && !own.busy(slot)
		switch {
		case !known:
			slots = slices.Insert(slots, i, OpenSlot{slot, free})
		case free:
			slots[i] = OpenSlot{slot, true}
		}
	}
	return slots
}

// ranking is a supporter's place in the choice for a week.
type ranking struct {
	standing
	held *Diary
	load int
}

// rank sorts supporters as they are chosen for somebody who takes anyone: near
// first, then who has least in that week, then by id.
func rank(open []standing, week calendar.Date, near string, held map[string]*Diary) []ranking {
	ranked := make([]ranking, len(open))
	for i, c := range open {
		ranked[i] = ranking{c, held[c.ID], held[c.ID].load(week)}
	}
	slices.SortFunc(ranked, func(x, y ranking) int {
		return cmp.Or(nearFirst(x.group == near, y.group == near), cmp.Compare(x.load, y.load), cmp.Compare(x.ID, y.ID))
	})
	return ranked
}

func nearFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}
