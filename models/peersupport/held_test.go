package peersupport_test

import (
	"errors"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/once"
	"chautari/models/peersupport"
)

// Requirement 32: whom others let in again books anew, and learns nothing of the
// meetings that were there before.
func TestMeetingsFromBeforeAreNotShownToWhoIsHeld(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		with := p.supporter(p.First, "Maina", 45, 5, morning...)
		she := p.member("Junkiri")
		before := p.mustBook(she, with, sunday)
		p.Clock.Advance(time.Minute)
		held := she
		held.Hold = access.Hold{Since: p.Clock.Now(), Until: p.Clock.Now().AddDate(0, 0, 7)}
		p.Clock.Advance(time.Minute)
		sees := func(a access.Actor) (ids []string) {
			t.Helper()
			for _, past := range []bool{false, true} {
				list, next, err := p.Sessions(ctx, a, peersupport.SessionQuery{Past: past, Limit: 1})
				if err != nil || past && next != "" {
					t.Fatalf("%q: %v", next, err)
				}
				for _, s := range list {
					ids = append(ids, s.ID)
				}
			}
			return ids
		}
		if got := sees(held); len(got) != 0 {
			t.Errorf("she sees %v", got)
		}
		if _, err := p.Cancel(ctx, held, once.Key{}, before.ID); !errors.Is(err, access.Refused) {
			t.Errorf("she calls it off: %v", err)
		}
		since := p.mustBook(held, with, sunday.AddDate(0, 0, 7))
		if got := sees(held); len(got) != 1 || got[0] != since.ID {
			t.Errorf("she sees %v, and booked %s", got, since.ID)
		}
		if got := sees(she); len(got) != 1 || got[0] != before.ID {
			t.Errorf("open again she sees %v", got)
		}
		if _, err := p.Cancel(ctx, held, once.Key{}, since.ID); err != nil {
			t.Error(err)
		}
		if _, err := p.OwnHours(ctx, held); !access.IsHeld(err) && !errors.Is(err, access.Refused) {
			t.Errorf("her hours: %v", err)
		}
	})
}
