package main

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"time"

	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

// How far clocks may be apart before something is said.
const (
	driftSome = 5 * time.Second
	driftMuch = time.Minute
)

// lookAtStore opens both stores for reading and looks at what is in them.
func lookAtStore(ctx context.Context, s settings, now time.Time) []finding {
	all := []finding{afterBuild(now, builtAt())}
	if !s.onMongo() {
		if _, err := os.Stat(s.dataFile()); errors.Is(err, os.ErrNotExist) {
			return append(all, toWatch("store", "there is no data in %s yet", s.DataDir))
		}
	}
	data, keys, err := openStores(ctx, s, true)
	if errors.Is(err, sqlite.ErrInUse) {
		return append(all, besideARunningServer(ctx, s)...)
	}
	if err != nil {
		return append(all, isWrong("store", "%v", err))
	}
	defer data.Close()
	defer keys.Close()
	if err := errors.Join(data.Ready(ctx), keys.Ready(ctx)); err != nil {
		return append(all, isWrong("store", "it does not answer: %v", err))
	}
	all = append(all, isWell("store", "it answers, and its schema is the one of this program"))
	all = append(all, whetherTheyFit(ctx, s, data, keys)...)
	all = append(all, afterNewest(ctx, data, now), lookAtTrail(ctx, s, data))
	if f, ok := drift(ctx, data, time.Now); ok {
		all = append(all, f)
	}
	return all
}

func besideARunningServer(ctx context.Context, s settings) []finding {
	trail, err := askReady(ctx, s)
	if err != nil {
		return []finding{isWrong("store", "another program has it open, and it is no server that is ready on port %d: %v", s.Port, err)}
	}
	all := []finding{isWell("store", "the running server has it open and says that it is ready")}
	switch trail {
	case trailCopied:
		return append(all, isWell("trail", "%s", trail))
	case trailForked, trailUnsealed:
		return append(all, isWrong("trail", "%s", trail))
	}
	// Nobody shares an embedded store: what that one doesn't seal, nobody does.
	return append(all, toWatch("trail", "%s", trail))
}

// whetherTheyFit tells of two open stores whether the key file opens the keys, and
// whether a server could begin on them.
func whetherTheyFit(ctx context.Context, s settings, data, keys store.Engine) []finding {
	all := []finding{lookAtKeys(ctx, s, keys)}
	if err := fit(ctx, newStore(data), newStore(keys)); err != nil {
		all = append(all, isWrong("store", "%v", err))
	}
	return all
}

// lookAtKeys tells whether the key file opens what the keys store holds.
func lookAtKeys(ctx context.Context, s settings, keys store.Engine) finding {
	master, err := s.openKey(ctx)
	if err != nil {
		return isWrong("keys", "%v", err)
	}
	switch err := seal.NewKeys(store.New(keys, clock.System{}), master).Verify(ctx); {
	case errors.Is(err, store.ErrAbsent):
		return toWatch("keys", "nothing was sealed yet")
	case errors.Is(err, seal.ErrOtherKey):
		return isWrong("keys", "%s is not the one of this data: bring the right one back there", s.keyPlace())
	case err != nil:
		return isWrong("keys", "%v", err)
	}
	return isWell("keys", "%s opens them", s.keyPlace())
}

// builtAt is the instant of the sources that this program was built from, as
// far as it knows.
func builtAt() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.time" {
			at, _ := time.Parse(time.RFC3339, setting.Value) // unreadable: unknown
			return at
		}
	}
	return time.Time{}
}

// afterBuild holds the clock against the time this program was built.
func afterBuild(now, built time.Time) finding {
	if now.Before(built) {
		return isWrong("clock", "it says %s, before this program was built: set the machine's clock", now.UTC().Format(time.DateTime))
	}
	return isWell("clock", "it says %s UTC", now.UTC().Format(time.DateTime))
}

// afterNewest holds the clock against the newest change in the data.
func afterNewest(ctx context.Context, data store.Engine, now time.Time) finding {
	newest, err := newestChange(ctx, data)
	switch {
	case err != nil:
		return isWrong("store", "reading failed: %v", err)
	case newest.Sub(now) > driftMuch:
		return isWrong("clock", "data was written at %s UTC, which is still to come: set the machine's clock", newest.UTC().Format(time.DateTime))
	}
	return isWell("clock", "it is not behind the data")
}

// newestChange is the latest instant at which something was changed. What is
// dated by the day alone isn't asked.
func newestChange(ctx context.Context, data store.Engine) (newest time.Time, err error) {
	orgs := []string{store.SystemSpace}
	for _, spec := range organisation.Specs() {
		if spec.Name != "organisations" {
			continue
		}
		page, err := data.Reader().Find(ctx, spec, store.SystemSpace, store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit})
		if err != nil {
			return newest, err
		}
		for _, r := range page.Records {
			orgs = append(orgs, r.ID)
		}
	}
	for _, spec := range specs() {
		if spec.Daily {
			continue
		}
		for _, org := range orgs {
			page, err := data.Reader().Find(ctx, spec, org, store.Query{Index: store.ChangedIndex, Down: true, Limit: 1})
			if err != nil {
				return newest, err
			}
			for _, r := range page.Records {
				if r.Changed.After(newest) {
					newest = r.Changed
				}
			}
		}
	}
	return newest, nil
}

// timed is an engine whose server has a clock of its own.
type timed interface {
	Time(ctx context.Context) (time.Time, error)
}

// drift holds this machine's clock against the store's, half of the way there
// and back allowed for.
func drift(ctx context.Context, data store.Engine, now func() time.Time) (finding, bool) {
	engine, ok := data.(timed)
	if !ok {
		return finding{}, false
	}
	before := now()
	theirs, err := engine.Time(ctx)
	if err != nil {
		return isWrong("clock", "the store's clock can't be asked: %v", err), true
	}
	after := now()
	apart := theirs.Sub(before.Add(after.Sub(before) / 2)).Abs().Round(time.Second)
	switch {
	case apart > driftMuch:
		return isWrong("clock", "this machine and the store are %s apart: set both clocks", apart), true
	case apart > driftSome:
		return toWatch("clock", "this machine and the store are %s apart", apart), true
	}
	return isWell("clock", "this machine and the store agree"), true
}
