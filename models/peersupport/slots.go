package peersupport

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chautari/models/calendar"
)

// Times of day are minutes after midnight in Nepal, and always on a quarter of
// its hour: 10:00 there is 04:15 in UTC, so a grid laid out in any other zone
// would start meetings at odd minutes.
const (
	quarter = 15
	day     = 24 * 60
)

// Span is a stretch of one weekday in which a supporter has time.
type Span struct {
	Weekday time.Weekday `bson:"weekday"` // 0 is Sunday, the first day of a week in Nepal
	From    int          `bson:"from"`    // minutes after midnight in Nepal
	To      int          `bson:"to"`      // up to 1440, the end of the day
}

// sound tells whether a span is one: forward, within its day, on quarter hours.
func (s Span) sound() bool {
	return s.Weekday >= time.Sunday && s.Weekday <= time.Saturday &&
		s.From >= 0 && s.From < s.To && s.To <= day && s.From%quarter == 0 && s.To%quarter == 0
}

func (s Span) overlaps(t Span) bool {
	return s.Weekday == t.Weekday && s.From < t.To && t.From < s.To
}

// Slot is a time that somebody can be met, from Start up to End.
type Slot struct {
	Start time.Time
	End   time.Time
}

// on lays a day's slots out: one after another from the start of each span,
// and nothing that doesn't fit whole. They come in the order of time.
func on(spans []Span, length int, d calendar.Date) []Slot {
	var slots []Slot
	weekday := weekdayOf(d)
	for _, s := range spans {
		if s.Weekday != weekday {
			continue
		}
		for m := s.From; m+length <= s.To; m += length {
			slots = append(slots, Slot{Start: instant(d, m), End: instant(d, m+length)})
		}
	}
	slices.SortFunc(slots, func(a, b Slot) int { return a.Start.Compare(b.Start) })
	return slots
}

// How far ahead slots are offered: today and the days after it, but nothing
// that begins too soon for the other to hear of it.
const (
	daysAhead = 14
	leastTime = time.Hour
)

// inReach tells whether a meeting may be booked for a start.
func inReach(start, now time.Time) bool {
	return !tooSoon(start, now) && calendar.Of(start).Before(calendar.Of(now).AddDays(daysAhead))
}

func tooSoon(start, now time.Time) bool { return start.Before(now.Add(leastTime)) }

// slotAt finds the slot of these hours that begins at an instant.
func (h *Hours) slotAt(start time.Time) (Slot, bool) {
	slots := on(h.Spans, h.Length, calendar.Of(start))
	i := slices.IndexFunc(slots, func(s Slot) bool { return s.Start.Equal(start) })
	if i < 0 {
		return Slot{}, false
	}
	return slots[i], true
}

// instant is a time of a day in Nepal.
func instant(d calendar.Date, minutes int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, calendar.Kathmandu).UTC()
}

func weekdayOf(d calendar.Date) time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// weekOf is the Sunday on which the week of a day began.
func weekOf(d calendar.Date) calendar.Date { return d.AddDays(-int(weekdayOf(d))) }

// TimeOfDay writes minutes after midnight as "09:45".
func TimeOfDay(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// readTimeOfDay reads what TimeOfDay writes and nothing else; "24:00" is the end of a day.
func readTimeOfDay(s string) (minutes int, ok bool) {
	h, m, found := strings.Cut(s, ":")
	hours, errH := strconv.ParseUint(h, 10, 8)
	mins, errM := strconv.ParseUint(m, 10, 8)
	minutes = int(hours)*60 + int(mins)
	if !found || errH != nil || errM != nil || mins > 59 || minutes > day || TimeOfDay(minutes) != s {
		return 0, false
	}
	return minutes, true
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
