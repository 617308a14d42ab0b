package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
)

// marker is an alias that must stand nowhere in clear.
const marker = "Lekhnath-Uniyo"

// registering is one act whose parts reach over both stores.
func registering(w *twins, alias string) (*caller, *http.Request) {
	nobody := &caller{TB: w}
	return nobody, nobody.request(http.MethodPost, "/api/registrations", map[string]any{
		"alias": alias, "group": w.group, "language": "ne", "passphrase": twinPhrase,
		"consents": []map[string]string{{"purpose": "membership", "version": "1", "language": "ne"}},
	})
}

// copyOf is a request sent again, as a phone does with the key of the first.
func copyOf(c *caller, r *http.Request) *http.Request {
	again := r.Clone(ctx)
	body, err := r.GetBody()
	if err != nil {
		c.Fatal(err)
	}
	again.Body = body
	return again
}

// stored counts the documents of each collection in both stores, and fails where
// a text stands in one of them in clear.
func (w *twins) stored(clear ...string) map[string]int {
	w.Helper()
	counts := map[string]int{}
	for _, of := range []struct {
		engine store.Engine
		specs  []*store.Spec
	}{{w.data.Engine, specs()}, {w.keys.Engine, seal.KeySpecs()}} {
		for _, spec := range of.specs {
			q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
			for {
				page, err := of.engine.Reader().Find(ctx, spec, w.org, q)
				w.must(err)
				counts[spec.Name] += len(page.Records)
				for _, r := range page.Records {
					for _, text := range clear {
						if strings.Contains(string(r.Body), text) {
							w.Errorf("%s holds %q in clear", spec.Name, text)
						}
					}
				}
				if q.After = page.Next; page.Next == "" {
					break
				}
			}
		}
	}
	return counts
}

func TestAFailingStoreWritesNothingHalfShowsNothingAndLosesNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fail    func(w *twins)
		status  int
		code    string
		reading bool // what only reads goes on
		part    string
		says    string
	}{
		"the data is away":       {func(w *twins) { w.data.Fail(store.ErrAway) }, 503, "store.away", false, "store", "does not answer"},
		"the data is too slow":   {func(w *twins) { w.data.Fail(context.DeadlineExceeded) }, 503, "server.busy", false, "store", "does not answer in time"},
		"the disk is full":       {func(w *twins) { w.data.FailWrites(store.ErrFull) }, 507, "store.full", true, "store", "has no room left"},
		"the keys are away":      {func(w *twins) { w.keys.Fail(store.ErrAway) }, 503, "store.away", false, "keys", "does not answer"},
		"the keys' disk is full": {func(w *twins) { w.keys.FailWrites(store.ErrFull) }, 507, "store.full", true, "keys", "has no room left"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwins(t, clock.At(twinDay))
			coordinator := w.enter(w.admit(access.Coordinator, w.root, "Sagun"))
			nobody, first := registering(w, "Junkiri")
			nobody.send(w.atA, first).wants(201)
			before := w.stored()
			w.second() // what is kept in memory is too old now
			w.log.Reset()

			c.fail(w)
			_, act := registering(w, marker)
			nobody.send(w.atA, act).wantsCode(c.status, c.code)
			w.second()
			list := coordinator.get(w.atA, "/api/members?limit=50")
			if list.status == 200 && !c.reading || list.status != 200 && list.shows("Junkiri") {
				t.Errorf("the list was answered %d: %s", list.status, list.body)
			}
			ready := nobody.get(w.atA, "/readyz").wants(503)
			parts, _ := ready.json["parts"].(map[string]any)
			if parts[c.part] != c.says {
				t.Errorf("/readyz says %v", parts)
			}
			if log := w.log.String(); log == "" || strings.Contains(log, marker) || strings.Contains(log, "Junkiri") || strings.Contains(log, coordinator.token) || strings.Contains(log, "mem_") {
				t.Errorf("the log says %q", log)
			}

			w.data.Heal()
			w.keys.Heal()
			after := w.stored(marker, "Junkiri")
			for _, collection := range []string{"members", "accounts", "consents", "once"} {
				if after[collection] != before[collection] {
					t.Errorf("%s: %d documents were %d", collection, after[collection], before[collection])
				}
			}
			nobody.get(w.atA, "/readyz").wants(200)
			nobody.send(w.atB, copyOf(nobody, act)).wants(201)
			w.second()
			if list := coordinator.get(w.atA, "/api/members?limit=50").wants(200); !list.shows("Junkiri") || !list.shows(marker) {
				t.Errorf("after it healed somebody is missing: %s", list.body)
			}
		})
	}
}

func TestAnActWhoseAnswerWasLostIsDoneOnceWhenItIsSentAgain(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.At(twinDay))
	coordinator := w.enter(w.admit(access.Coordinator, w.root, "Sagun"))
	w.data.LoseAnswers()
	nobody, act := registering(w, "Junkiri")
	nobody.send(w.atA, act).wantsCode(503, "store.unknown")
	w.data.Heal()
	nobody.send(w.atB, copyOf(nobody, act)).wants(201)
	w.second()
	list := coordinator.get(w.atA, "/api/members?limit=50&q=Junkiri").wants(200)
	if n := strings.Count(list.body, `"Junkiri"`); n != 1 {
		t.Errorf("she is there %d times", n)
	}
}

func TestASignInDoesNotLiveLongerByAClockThatIsSetBack(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.At(twinDay))
	she := w.enter(w.admit(access.Member, w.group, "Junkiri"))
	she.get(w.atA, "/api/me").wants(200)
	w.fake.Advance(-48 * time.Hour)
	she.get(w.atA, "/api/me").wantsCode(401, "session.absent")
	// And nobody is kept out by it.
	again := w.enter(w.admit(access.Member, w.group, "Sayapatri"))
	again.get(w.atB, "/api/me").wants(200)
}

func TestAClockSetForwardByMistakeRemovesNobodyAndMovesNothing(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.At(twinDay))
	coordinator := w.enter(w.admit(access.Coordinator, w.root, "Sagun"))
	carried := w.carry("Dhaulagiri Sherpa")
	w.must(w.a.sweep(ctx))
	before := w.stored()

	w.fake.Advance(500 * 24 * time.Hour) // somebody typed another year
	for _, h := range []*house{w.a, w.b} {
		if err := h.sweep(ctx); !errors.Is(err, errLeapt) {
			t.Errorf("the clock was believed: %v", err)
		}
	}
	w.fake.Advance(20 * time.Hour)
	if err := w.b.sweep(ctx); !errors.Is(err, errLeapt) {
		t.Errorf("the clock was believed before a day had passed: %v", err)
	}
	if after := w.stored(); after["members"] != before["members"] || after["person_keys"] != before["person_keys"] || after["sessions"] != before["sessions"] {
		t.Errorf("%v became %v", before, after)
	}

	w.fake.Set(twinDay.Add(30 * time.Hour)) // and then saw it
	w.must(w.a.sweep(ctx))
	if _, err := w.a.seals.Of(ctx, w.org, carried); err != nil {
		t.Error(err)
	}
	coordinator.get(w.atA, "/api/members").wantsCode(401, "session.absent")

	// A clock that is right all the same is believed after a day.
	w.fake.Advance(500 * 24 * time.Hour)
	if err := w.a.sweep(ctx); !errors.Is(err, errLeapt) {
		t.Errorf("%v", err)
	}
	w.fake.Advance(24 * time.Hour)
	w.must(w.a.sweep(ctx))
	if _, err := w.a.seals.Of(ctx, w.org, carried); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("who was kept on paper is there after her time: %v", err)
	}
}
