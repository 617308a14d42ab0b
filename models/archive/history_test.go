package archive_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"
	"pgregory.net/rapid"

	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// note is a document of no meaning. No two have one slot.
type note struct {
	store.Meta `bson:",inline"`
	Slot       int `bson:"slot"`
}

var (
	slot  = store.Index{Name: "slot", Fields: []string{"slot"}, Unique: true}
	notes = store.Declare[note]("notes", slot)
	days  = store.Declare[note]("days", slot).Daily()
)

func noteSpecs() []*store.Spec {
	return slices.Concat([]*store.Spec{notes.Spec(), days.Spec()}, organisation.Specs(), archive.Specs())
}

// history is what others do while a file is written.
type history struct {
	*rapid.T
	clock  *clock.Fake
	store  *store.Store
	keys   *seal.Keys
	sealed store.Engine // of the keys
	orgs   *organisation.Organisations
	all    []string // every organisation that there was at any time
	crowd  int      // how many notes there were at first
}

func newHistory(t *testing.T, r *rapid.T, master *seal.Master) *history {
	h := &history{T: r, clock: clock.At(stage.Start), sealed: storetest.Hostile(t, seal.KeySpecs()...)}
	h.store = store.New(storetest.Hostile(t, noteSpecs()...), h.clock)
	h.keys = seal.NewKeys(store.New(h.sealed, h.clock), master)
	require.NoError(r, h.keys.Check(ctx))
	h.orgs = organisation.New(h.store, h.clock)
	h.found()
	if rapid.Bool().Draw(r, "a crowd") { // pages of them
		h.crowd = store.MaxIDs + 20
		crowd(r, h.store, h.all[0], h.crowd)
	}
	for range rapid.IntRange(0, 40).Draw(r, "before") {
		h.step()
	}
	return h
}

func (h *history) found() {
	org, _, err := h.orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}, Hosts: []string{fmt.Sprintf("own%d.example", len(h.all))},
	})
	require.NoError(h, err)
	_, err = h.keys.Create(ctx, org, "psn_first")
	require.NoError(h, err)
	h.all = append(h.all, org)
}

func noteName(i int) string { return fmt.Sprintf("n%04d", i) }

// crowd makes so many notes in an organisation's space, of every slot from 0.
func crowd(tb require.TestingT, s *store.Store, org string, n int) {
	var all []store.Record
	for i := range n {
		m := store.Meta{ID: noteName(i), Version: 1, Changed: s.Now()}
		body, err := bson.Marshal(note{Meta: m, Slot: i})
		require.NoError(tb, err)
		all = append(all, store.Record{ID: m.ID, Version: m.Version, Changed: m.Changed, Body: body})
	}
	_, err := s.Load(ctx, notes.Spec(), org, all)
	require.NoError(tb, err)
}

// step is one thing that somebody does: mostly to a note.
func (h *history) step() {
	h.clock.Advance(time.Millisecond)
	org := rapid.SampledFrom(h.all).Draw(h.T, "organisation")
	what := rapid.IntRange(0, 19).Draw(h.T, "what")
	switch {
	case what < 14:
		h.note(org)
	case what < 16:
		h.key(org)
	case what == 16:
		h.host(org)
	case what == 17 && len(h.all) < 4:
		h.found()
	case what == 18 && org != h.all[0]:
		require.NoError(h, h.store.System().Tx(ctx, func(tx *store.Tx) error { return organisation.Forget(ctx, tx, org) }))
	case what == 19:
		// Hours that never lead back to an instant that there was.
		h.clock.Advance(rapid.SampledFrom([]time.Duration{25 * time.Hour, 7 * time.Second, -90*time.Minute + 499*time.Microsecond}).Draw(h.T, "clock"))
	}
}

// note inserts, replaces or deletes; ids are given again.
func (h *history) note(org string) {
	c := rapid.SampledFrom([]store.Collection[note, *note]{notes, days}).Draw(h.T, "collection")
	name := noteName(rapid.IntRange(0, 15+h.crowd).Draw(h.T, "note"))
	slot := rapid.IntRange(0, 11+h.crowd).Draw(h.T, "slot")
	remove := rapid.Bool().Draw(h.T, "remove")
	err := h.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		n, err := c.Get(ctx, tx, name)
		switch {
		case errors.Is(err, store.ErrAbsent):
			return c.Insert(ctx, tx, &note{Meta: store.Meta{ID: name}, Slot: slot})
		case err != nil:
			return err
		case remove:
			return c.Delete(ctx, tx, n)
		}
		n.Slot = slot
		return c.Replace(ctx, tx, n)
	})
	if !store.IsDuplicate(err, "slot") {
		require.NoError(h, err)
	}
}

// key makes a key, destroys it for good, or drops it to be made anew.
func (h *history) key(org string) {
	name := fmt.Sprint("psn_", rapid.IntRange(0, 5).Draw(h.T, "person"))
	switch rapid.IntRange(0, 3).Draw(h.T, "key") {
	case 0:
		require.NoError(h, h.keys.Destroy(ctx, org, name))
	case 1:
		require.NoError(h, h.keys.Discard(ctx, org, name))
	default:
		buried, err := h.keys.Buried(ctx, org, []string{name})
		require.NoError(h, err)
		if !buried[name] {
			_, _ = h.keys.Create(ctx, org, name) // it may be there
		}
	}
}

// host gives a name to an organisation, or takes it from whoever has it.
func (h *history) host(org string) {
	spec := specNamed(organisation.HostsCollection)
	name := fmt.Sprintf("h%d.example", rapid.IntRange(0, 2).Draw(h.T, "host"))
	has, err := h.store.Engine().Reader().Get(ctx, spec, store.SystemSpace, name)
	if err == nil {
		err := store.ErrConflict
		for errors.Is(err, store.ErrConflict) {
			err = h.store.Engine().Tx(ctx, func(w store.Writer) error {
				return w.Delete(ctx, spec, store.SystemSpace, name, has.Version)
			})
		}
		require.NoError(h, err)
		return
	}
	record, err := organisation.HostDocument(name, org, h.clock.Now())
	require.NoError(h, err)
	_, err = h.store.Load(ctx, spec, store.SystemSpace, []store.Record{record})
	require.NoError(h, err)
}

func specNamed(name string) *store.Spec {
	all := noteSpecs()
	return all[slices.IndexFunc(all, func(s *store.Spec) bool { return s.Name == name })]
}
