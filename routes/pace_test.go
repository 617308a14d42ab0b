package routes

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/clock"
	"chautari/models/fault"
)

func paceOf(c clock.Clock) *Pace {
	p := wordsPace()
	p.clock = c
	return p
}

// Requirement 25: behind one address there may be a whole district. However many
// others try there, and however often, who gives her own words waits a minute at
// most, even when she mistyped them before.
func TestADistrictBehindOneAddressIsNotShutOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := clock.At(time.Unix(1_800_000_000, 0))
		p := paceOf(c)
		all := Network{1}
		storm := func(tries int) {
			for i := range tries {
				_ = p.TakeAt(all, fmt.Sprintf("somebody-%d", i%rapid.IntRange(1, 50).Draw(t, "names")))
			}
		}
		storm(rapid.IntRange(0, 300).Draw(t, "before"))
		wrong := rapid.IntRange(0, 5).Draw(t, "mistyped")
		for range wrong {
			for p.TakeAt(all, "her-own-name") != nil {
				c.Advance(time.Second)
			}
			storm(rapid.IntRange(0, 40).Draw(t, "between"))
		}
		began := c.Now()
		for p.TakeAt(all, "her-own-name") != nil {
			storm(5) // they go on while she waits
			c.Advance(time.Second)
		}
		if waited := c.Now().Sub(began); waited > time.Minute {
			t.Fatalf("after %d mistyped she waited %v", wrong, waited)
		}
		p.SucceededAt(all, "her-own-name")
		if err := p.TakeAt(all, "her-own-name"); err != nil {
			t.Fatalf("right words made her wait: %v", err)
		}
	})
}

func TestTheWaitDoublesForANameAndAnotherNetworkKnowsNothingOfIt(t *testing.T) {
	c := clock.At(time.Unix(1_800_000_000, 0))
	p := paceOf(c)
	for range p.Free - 1 {
		if err := p.TakeAt(Network{1}, "a"); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []int{1, 2, 4, 8, 16, 32, 60, 60, 60} {
		if err := p.TakeAt(Network{1}, "a"); err != nil {
			t.Fatal(err)
		}
		e, ok := fault.As(p.TakeAt(Network{1}, "a"))
		if !ok || e.Kind != fault.TooMany || e.Retry != time.Duration(want)*time.Second {
			t.Fatalf("%+v, want %d s", e, want)
		}
		if err := p.TakeAt(Network{2}, "a"); err != nil {
			t.Fatalf("from elsewhere: %v", err)
		}
		c.Advance(e.Retry)
	}
	// Trying every name once is slow too, as each is made to wait at once.
	for i := range 100 {
		name := fmt.Sprint("name-", i)
		if err := p.TakeAt(Network{1}, name); err != nil {
			t.Fatal(err)
		}
		if e, ok := fault.As(p.TakeAt(Network{1}, name)); !ok || e.Retry != time.Minute {
			t.Fatalf("%s: %+v", name, e)
		}
	}
}

func TestWaitsOfNamesTakeBoundedMemory(t *testing.T) {
	p := paceOf(clock.At(time.Unix(1_800_000_000, 0)))
	for i := range 3 * paceSize {
		_ = p.TakeAt(Network{1}, fmt.Sprint(i))
	}
	if held := len(p.waits) + len(p.before); held > 2*paceSize {
		t.Errorf("%d are kept", held)
	}
}
