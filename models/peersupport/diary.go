package peersupport

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/calendar"
	"chautari/models/store"
)

// Diary is what one person has before her: her booked meetings since the
// current week in Nepal began, on whichever side. Its id is hers.
//
// It owns what must hold of her time: she is never in two meetings at once, has
// few booked ahead, and supports no more in a week than she said. Whoever books
// or cancels writes the diaries of both in one transaction.
type Diary struct {
	store.Meta `bson:",inline"`
	Held       []Held `bson:"held"`
}

// Held is one booked meeting in a diary.
type Held struct {
	Session  string    `bson:"session"`
	Start    time.Time `bson:"start"`
	End      time.Time `bson:"end"`
	Supports bool      `bson:"supports"` // she is the supporter in it
}

// mostAhead is how many meetings one member has booked ahead at most, so that
// there is time for the others.
const mostAhead = 3

// busy tells whether something in it overlaps a slot. A meeting that ends when
// another begins doesn't.
func (d *Diary) busy(s Slot) bool {
	return slices.ContainsFunc(d.Held, func(h Held) bool { return h.Start.Before(s.End) && s.Start.Before(h.End) })
}

// ahead counts the meetings that she booked and that haven't begun.
func (d *Diary) ahead(now time.Time) int {
	n := 0
	for _, h := range d.Held {
		if !h.Supports && h.Start.After(now) {
			n++
		}
	}
	return n
}

// load counts the meetings in which she supports somebody in the week of a day.
func (d *Diary) load(of calendar.Date) int {
	week, n := weekOf(of), 0
	from, until := instant(week, 0), instant(week.AddDays(7), 0)
	for _, h := range d.Held {
		if h.Supports && !h.Start.Before(from) && h.Start.Before(until) {
			n++
		}
	}
	return n
}

// diaryOf reads a diary; somebody who never had a meeting has an empty one.
func diaryOf(ctx context.Context, v store.View, person string) (*Diary, error) {
	d, err := diaries.Get(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		return &Diary{Meta: store.Meta{ID: person}}, nil
	}
	return d, err
}

// write stores diaries in the order of their ids, without what lies before the
// current week: neither an overlap nor a count asks for it any more.
func write(ctx context.Context, tx *store.Tx, now time.Time, both ...*Diary) error {
	slices.SortFunc(both, func(a, b *Diary) int {
		return cmp.Compare(a.ID, b.ID)
	})
	began := instant(weekOf(calendar.Of(now)), 0)
	for _, d := range both {
		d.Held = slices.DeleteFunc(d.Held, func(h Held) bool { return h.End.Before(began) })
		if d.Version > 0 {
			if err := diaries.Replace(ctx, tx, d); err != nil {
				return err
			}
			continue
		}
		err := diaries.Insert(ctx, tx, d)
		if store.IsDuplicate(err, "id") {
			return store.ErrConflict // somebody began it meanwhile
		}
		if err != nil {
			return err
		}
	}
	return nil
}
