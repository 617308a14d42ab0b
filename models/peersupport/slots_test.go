package peersupport

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/calendar"
)

// anyHours draws hours that the checks would let through.
func anyHours(t *rapid.T) *Hours {
	h := &Hours{Length: rapid.SampledFrom([]int{30, 45, 60}).Draw(t, "length"), Cap: 20}
	for range rapid.IntRange(0, 12).Draw(t, "spans") {
		from := rapid.IntRange(0, day/quarter-1).Draw(t, "from") * quarter
		span := Span{
			Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday")),
			From:    from, To: rapid.IntRange(from/quarter+1, day/quarter).Draw(t, "to") * quarter,
		}
		if !slices.ContainsFunc(h.Spans, span.overlaps) {
			h.Spans = append(h.Spans, span)
		}
	}
	return h
}

func anyDay(t *rapid.T) calendar.Date {
	return calendar.Date{Year: 2026, Month: time.January, Day: 1}.AddDays(rapid.IntRange(0, 3000).Draw(t, "day"))
}

func TestSlotsLieOnRoundNepaliTimesInsideASpanAndNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, d := anyHours(t), anyDay(t)
		slots := on(h.Spans, h.Length, d)
		want := 0
		for _, s := range h.Spans {
			if s.Weekday == weekdayOf(d) {
				want += (s.To - s.From) / h.Length
			}
		}
		if len(slots) != want {
			t.Fatalf("%d slots, want %d", len(slots), want)
		}
		for i, s := range slots {
			local := s.Start.In(calendar.Kathmandu)
			if calendar.Of(s.Start) != d || local.Minute()%quarter != 0 || local.Second() != 0 || s.Start.Location() != time.UTC {
				t.Fatalf("a slot starts at %v on %v", local, d)
			}
			if s.End.Sub(s.Start) != time.Duration(h.Length)*time.Minute {
				t.Fatalf("a slot lasts %v", s.End.Sub(s.Start))
			}
			from := local.Hour()*60 + local.Minute()
			inside := func(p Span) bool { return p.Weekday == weekdayOf(d) && p.From <= from && from+h.Length <= p.To }
			if !slices.ContainsFunc(h.Spans, inside) {
				t.Fatalf("%v lies in no span of %v", local, h.Spans)
			}
			if i > 0 && s.Start.Before(slots[i-1].End) {
				t.Fatalf("%v begins before %v ends", s, slots[i-1])
			}
			if found, ok := h.slotAt(s.Start); !ok || found != s {
				t.Fatalf("the slot at %v is %v", s.Start, found)
			}
		}
	})
}

func TestSlotsAreTheSameWhateverTheZoneOfTheServer(t *testing.T) {
	zone := time.Local
	t.Cleanup(func() { time.Local = zone })
	zones := []*time.Location{time.UTC, calendar.Kathmandu}
	for _, name := range []string{"Europe/Oslo", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"} {
		z, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, z)
	}
	rapid.Check(t, func(t *rapid.T) {
		h, d := anyHours(t), anyDay(t)
		time.Local = time.UTC
		want, week := on(h.Spans, h.Length, d), weekOf(d)
		for _, z := range zones {
			time.Local = z
			if got := on(h.Spans, h.Length, d); !slices.Equal(got, want) || weekOf(d) != week {
				t.Fatalf("in %v: %v, want %v", z, got, want)
			}
		}
	})
}

func TestAWeekBeginsOnSundayInNepal(t *testing.T) {
	for day, sunday := range map[string]string{
		"2026-11-22": "2026-11-22", "2026-11-28": "2026-11-22", "2026-11-29": "2026-11-29", "2027-01-01": "2026-12-27",
	} {
		d, err := calendar.Parse(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := weekOf(d).String(); got != sunday {
			t.Errorf("the week of %s began on %s, want %s", day, got, sunday)
		}
	}
	// Half past six on Saturday evening in UTC is already Sunday in Nepal.
	if d := calendar.Of(time.Date(2026, 11, 28, 18, 30, 0, 0, time.UTC)); weekOf(d).String() != "2026-11-29" {
		t.Errorf("the week began on %v", weekOf(d))
	}
}

func TestTimesOfDayAreReadAsTheyAreWritten(t *testing.T) {
	for m := range day + 1 {
		if got, ok := readTimeOfDay(TimeOfDay(m)); !ok || got != m {
			t.Fatalf("%s is read as %d", TimeOfDay(m), got)
		}
	}
	for _, s := range []string{"", "10", "10:0", "9:45", "10:60", "24:15", "25:00", "-1:00", "+9:45", "10:00 ", "१०:००", "10:00:00", "a:b", ":"} {
		if m, ok := readTimeOfDay(s); ok {
			t.Errorf("%q is read as %d", s, m)
		}
	}
}

func FuzzTimeOfDay(f *testing.F) {
	f.Add("10:00")
	f.Add("24:00")
	f.Fuzz(func(t *testing.T, s string) {
		if m, ok := readTimeOfDay(s); ok && TimeOfDay(m) != s {
			t.Errorf("%q is read as %d", s, m)
		}
	})
}

func TestADiaryCountsWhatItHolds(t *testing.T) {
	base := time.Date(2026, 11, 29, 4, 15, 0, 0, time.UTC)
	slot := func(from, minutes int) Slot {
		start := base.Add(time.Duration(from) * time.Minute)
		return Slot{start, start.Add(time.Duration(minutes) * time.Minute)}
	}
	d := &Diary{Held: []Held{{Start: base, End: base.Add(time.Hour), Supports: true}, {Start: base.Add(2 * time.Hour), End: base.Add(3 * time.Hour)}}}
	for _, c := range []struct {
		from, minutes int
		busy          bool
	}{{-60, 60, false}, {-30, 45, true}, {0, 30, true}, {15, 30, true}, {45, 30, true}, {60, 60, false}, {60, 61, true}, {-60, 300, true}, {180, 30, false}} {
		if got := d.busy(slot(c.from, c.minutes)); got != c.busy {
			t.Errorf("%d minutes at %d: busy %v", c.minutes, c.from, got)
		}
	}
	sunday := calendar.Of(base)
	if d.load(sunday) != 1 || d.load(sunday.AddDays(6)) != 1 || d.load(sunday.AddDays(7)) != 0 || d.load(sunday.AddDays(-1)) != 0 {
		t.Error("the load is not that of the week")
	}
	if d.ahead(base) != 1 || d.ahead(base.Add(2*time.Hour)) != 0 {
		t.Error("what she supports counts as hers, or what has begun as ahead")
	}
}
