package peersupport

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what is kept of her meetings. Whom she met is the other's to tell.
type Hers struct {
	Hours    *HersHours    `json:"hours,omitempty"`
	Meetings []HersMeeting `json:"meetings"`
}

// HersHours are the hours she gives as a supporter; length in minutes, cap in
// meetings a week.
type HersHours struct {
	Spans     []HersSpan `json:"spans"`
	Length    int        `json:"length"`
	Cap       int        `json:"cap"`
	Languages []string   `json:"languages"`
	Paused    bool       `json:"paused"`
}

// HersSpan is one span of a week in Nepal; weekday 0 is Sunday.
type HersSpan struct {
	Weekday int    `json:"weekday"`
	From    string `json:"from"`
	To      string `json:"to"`
}

// HersMeeting is a meeting of hers without the other.
type HersMeeting struct {
	Start       time.Time `json:"start"`
	End         time.Time `json:"end"`
	As          Side      `json:"as"`
	State       State     `json:"state"`
	CancelledBy Side      `json:"cancelledBy,omitempty"`
}

// nobody stands in a meeting in place of who was erased.
const nobody = ""

// Holds names the collections that meetings answer for before her rights.
func (s *Support) Holds() []string {
	return []string{hours.Spec().Name, diaries.Spec().Name, sessions.Spec().Name}
}

// Hers is a *Hers. Her diary holds nothing that isn't in her meetings.
func (s *Support) Hers(ctx context.Context, v store.View, _ *seal.Key, a access.Actor) (any, error) {
	h := &Hers{Meetings: []HersMeeting{}}
	given, err := hours.Get(ctx, v, a.Person)
	switch {
	case err == nil:
		h.Hours = &HersHours{Spans: []HersSpan{}, Length: given.Length, Cap: given.Cap, Languages: given.Languages, Paused: given.Paused}
		for _, sp := range given.Spans {
			h.Hours.Spans = append(h.Hours.Spans, HersSpan{Weekday: int(sp.Weekday), From: TimeOfDay(sp.From), To: TimeOfDay(sp.To)})
		}
	case !errors.Is(err, store.ErrAbsent):
		return nil, err
	}
	return h, sessions.Each(ctx, v, store.Query{Index: "person", Equal: []any{a.Person}}, func(d *Session) error {
		side, _, _ := d.side(a.Person)
		h.Meetings = append(h.Meetings, HersMeeting{Start: d.Start, End: d.End, As: side, State: d.State, CancelledBy: d.CancelledBy})
		return nil
	})
}

// Erase removes her hours and her diary, and herself from her meetings: that the
// other had one is the other's. A meeting that both have left goes.
func (s *Support) Erase(ctx context.Context, tx *store.Tx, a access.Actor, limit int) (int, error) {
	docs, _, err := sessions.Find(ctx, tx, store.Query{Index: "person", Equal: []any{a.Person}, Limit: limit})
	if err != nil {
		return 0, err
	}
	for _, d := range docs {
		for i := range d.People {
			if d.People[i] == a.Person {
				d.People[i] = nobody
			}
		}
		if slices.ContainsFunc(d.People, func(p string) bool { return p != nobody }) {
			err = sessions.Replace(ctx, tx, d)
		} else {
			err = sessions.Delete(ctx, tx, d)
		}
		if err != nil {
			return 0, err
		}
	}
	if len(docs) == limit {
		return limit, nil
	}
	n := len(docs)
	if own, err := hours.Get(ctx, tx, a.Person); err == nil {
		if err := hours.Delete(ctx, tx, own); err != nil {
			return 0, err
		}
		n++
	} else if !errors.Is(err, store.ErrAbsent) {
		return 0, err
	}
	if own, err := diaries.Get(ctx, tx, a.Person); err == nil {
		if err := diaries.Delete(ctx, tx, own); err != nil {
			return 0, err
		}
		n++
	} else if !errors.Is(err, store.ErrAbsent) {
		return 0, err
	}
	return n, nil
}

// Stays: nothing does.
func (s *Support) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
