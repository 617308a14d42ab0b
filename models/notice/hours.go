package notice

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"chautari/models/calendar"
	"chautari/models/fault"
)

// Hours are when a phone is safe to reach, in Nepal's time: from From until To
// on each of the days. Where To is not after From, they end on the next day.
type Hours struct {
	Days []int  `bson:"days" json:"days" validate:"required,min=1,max=7,dive,min=0,max=6"` // 0 is Sunday
	From string `bson:"from" json:"from" validate:"required,datetime=15:04"`
	To   string `bson:"to" json:"to" validate:"required,datetime=15:04"`
}

const (
	// margin is how much of the hours must still be ahead when something is handed
	// over: a company may take some minutes to deliver it.
	margin = 15 * time.Minute
	// shortest is how long the hours are at least.
	shortest = time.Hour
	day      = 24 * time.Hour
)

// check tells what is wrong with the hours.
func (h Hours) check() []fault.Field {
	from, okFrom := clockTime(h.From)
	to, okTo := clockTime(h.To)
	switch {
	case len(h.Days) == 0 || !okFrom || !okTo || slices.ContainsFunc(h.Days, func(d int) bool { return d < 0 || d > 6 }):
		return []fault.Field{fault.At("hours", "notice.hours_missing")}
	case from == to || h.length() < shortest:
		return []fault.Field{fault.At("hours", "notice.hours_short")}
	}
	return nil
}

// length is how long they are on one day; all day round it is none, since that
// would be no choice.
func (h Hours) length() time.Duration {
	from, _ := clockTime(h.From)
	to, _ := clockTime(h.To)
	if to <= from {
		to += day
	}
	return to - from
}

// spans are the hours as they lie around an instant, in order: those of the day
// before, which may run over midnight, and of the eight days from that day on.
func (h Hours) spans(around time.Time) (spans [][2]time.Time) {
	if h.check() != nil {
		return nil
	}
	from, _ := clockTime(h.From)
	today := calendar.Of(around)
	for i := -1; i <= 7; i++ {
		d := today.AddDays(i)
		if slices.Contains(h.Days, int(d.Weekday())) {
			begins := d.Begins().Add(from)
			spans = append(spans, [2]time.Time{begins, begins.Add(h.length())})
		}
	}
	return spans
}

// Open tells whether something may be handed over at an instant.
func (h Hours) Open(at time.Time) bool {
	return slices.ContainsFunc(h.spans(at), func(s [2]time.Time) bool {
		return !at.Before(s[0]) && !at.Add(margin).After(s[1])
	})
}

// Next is the first instant, from one on, at which something may be handed
// over; ok is false where there is none.
func (h Hours) Next(from time.Time) (next time.Time, ok bool) {
	for _, s := range h.spans(from) {
		if from.Add(margin).After(s[1]) {
			continue
		}
		if from.After(s[0]) {
			return from, true
		}
		return s[0], true
	}
	return time.Time{}, false
}

// clockTime reads "07:30" as the time since midnight.
func clockTime(text string) (time.Duration, bool) {
	hours, minutes, ok := strings.Cut(text, ":")
	h, errH := strconv.Atoi(hours)
	m, errM := strconv.Atoi(minutes)
	if !ok || errH != nil || errM != nil || len(text) != len("07:30") || h < 0 || h > 23 || m < 0 || m > 59 {
		return 0, false
	}
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute, true
}
