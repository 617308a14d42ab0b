package steady

import (
	"context"
	"testing"
	"time"

	"chautari/models/clock"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

func TestAClockThatLeaptIsNotBelievedForADay(t *testing.T) {
	const day = 24 * time.Hour
	for name, looks := range map[string][]struct {
		on       time.Duration
		believed bool
	}{
		"it runs":                       {{0, true}, {10 * time.Minute, true}, {day, true}},
		"a weekend":                     {{0, true}, {64 * time.Hour, true}, {10 * time.Minute, true}},
		"a month off, and then running": {{0, true}, {30 * day, false}, {10 * time.Minute, false}, {23 * time.Hour, false}, {time.Hour, true}},
		"wrong, and set right":          {{0, true}, {30 * day, false}, {time.Hour, false}, {-30 * day, true}, {time.Hour, true}},
		"wrong, and wrong again":        {{0, true}, {30 * day, false}, {-30 * day, true}, {40 * day, false}},
		"set back, and set right":       {{0, true}, {-9000 * day, true}, {9000 * day, false}, {day, true}},
		// Two leaps in turn agree, so whoever is on once a week isn't kept waiting for ever.
		"on once a week": {{0, true}, {7 * day, false}, {7 * day, true}, {7 * day, false}, {7 * day, true}},
	} {
		t.Run(name, func(t *testing.T) {
			c := clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC))
			storetest.Each(t, Specs(), c, func(t *testing.T, s *store.Store) {
				for i, look := range looks {
					c.Advance(look.on)
					believed, err := Look(context.Background(), s, c.Now())
					if err != nil || believed != look.believed {
						t.Errorf("look %d: %v %v", i, believed, err)
					}
				}
			})
		})
	}
}
