package archive_test

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

const forever = 1 << 30

type records = map[string]store.Record

// written makes a file while the history goes on, from snapshots of which the
// first ones outlive, and tells what there was when the last one began. Where
// that one outlived too, what was written so far is no file, and another is made.
func (h *history) written(e store.Engine, id *age.X25519Identity, all func(store.Reader) records, save func(archive.Order, store.Engine) error) (content []byte, then records) {
	limits := rapid.SliceOfN(rapid.IntRange(1, 12), 0, 20).Draw(h.T, "reads")
	from := &fleeting{
		Engine: e,
		opened: func(r store.Reader) { then = all(r) },
		meanwhile: func() {
			for range rapid.IntRange(0, 2).Draw(h.T, "steps") {
				h.step()
			}
		},
		reads: func() int {
			if len(limits) == 0 {
				return forever
			}
			defer func() { limits = limits[1:] }()
			return limits[0]
		},
	}
	for {
		var out bytes.Buffer
		err := save(order(&out, id), from)
		if err == nil {
			return out.Bytes(), then
		}
		require.ErrorIs(h, err, store.ErrOutlived)
		_, err = archive.Each(ctx, &out, []age.Identity{id}, func(archive.Head, archive.Entry) error { return nil })
		require.True(h, refused(err), "%v", err)
	}
}

// spacesIn are the server's own space and those that a collection in it names.
func spacesIn(tb require.TestingT, r store.Reader, specs []*store.Spec, index string) []string {
	all := []string{store.SystemSpace}
	for place := range read(tb, r, specs, store.SystemSpace) {
		if collection, org, _ := strings.Cut(place, "/"+store.SystemSpace+"/"); collection == index {
			all = append(all, org)
		}
	}
	return all
}

// to is an empty installation of notes.
func (h *history) to(t *testing.T, keys store.Engine, master *seal.Master) archive.Target {
	to := target(storetest.Hostile(t, noteSpecs()...), keys, master, h.clock)
	to.DataSpecs = noteSpecs()
	return to
}

func (h *history) saveData(o archive.Order, e store.Engine) error {
	return archive.Save(ctx, o, archive.Data, archive.Source{Engine: e, Specs: noteSpecs()})
}

func saveKeys(o archive.Order, e store.Engine) error {
	return archive.Save(ctx, o, archive.Keys, archive.Source{Engine: e, Specs: seal.KeySpecs()})
}

func TestAFileOfPartsIsTheStoreAtItsLastMoment(t *testing.T) {
	master, id := otherMaster(t), identity(t)
	parts := 0
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(t, r, master)
		content, then := h.written(h.store.Engine(), id, func(from store.Reader) records {
			return read(r, from, noteSpecs(), spacesIn(r, from, noteSpecs(), organisation.Collection)...)
		}, h.saveData)
		if bytes.Contains(unpacked(t, content, id), []byte("V")) {
			parts++
		}
		to := h.to(t, h.sealed, master)
		require.NoError(r, restore(to, archive.Backup{Data: file(content, id)}))
		require.Equal(r, then, read(r, to.Data.Engine().Reader(), noteSpecs(), append(h.all, store.SystemSpace)...))
	})
	require.NotZero(t, parts)
}

func TestAFileOfTheKeysInPartsIsTheirStoreAtItsLastMoment(t *testing.T) {
	master, id := otherMaster(t), identity(t)
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(t, r, master)
		data, _ := h.written(h.store.Engine(), id, func(store.Reader) records { return nil }, h.saveData)
		content, then := h.written(h.sealed, id, func(from store.Reader) records {
			return read(r, from, seal.KeySpecs(), spacesIn(r, from, seal.KeySpecs(), seal.Secrets)...)
		}, saveKeys)
		to := h.to(t, storetest.Hostile(t, seal.KeySpecs()...), master)
		keys := file(content, id)
		require.NoError(r, restore(to, archive.Backup{Data: file(data, id), Keys: &keys}))
		now := read(r, to.Keys.Engine().Reader(), seal.KeySpecs(), append(h.all, store.SystemSpace)...)
		for _, found := range []records{then, now} { // restoring heeds tombstones, which is counted there
			maps.DeleteFunc(found, func(place string, _ store.Record) bool { return strings.HasPrefix(place, "key_losses/") })
		}
		require.Equal(r, then, now)
	})
}

func TestAnOrganisationThatLeavesInPartsIsWholeAndOfOneMoment(t *testing.T) {
	master, id := otherMaster(t), identity(t)
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(t, r, master)
		org := h.all[0]
		content, then := h.written(h.store.Engine(), id, func(from store.Reader) records {
			found := read(r, from, noteSpecs(), org, store.SystemSpace)
			maps.DeleteFunc(found, func(place string, d store.Record) bool {
				collection, id, ofServer := strings.Cut(place, "/"+store.SystemSpace+"/")
				return ofServer && (collection != organisation.Collection || id != org) &&
					(collection != organisation.HostsCollection || organisation.Serves(d.Body) != org)
			})
			return found
		}, func(o archive.Order, e store.Engine) error {
			return archive.SaveOrganisation(ctx, o, org, archive.Source{Engine: e, Specs: noteSpecs()}, h.keys)
		})
		to := h.to(t, storetest.Hostile(t, seal.KeySpecs()...), master)
		m, err := archive.ExamineOrganisation(ctx, to.Known, file(content, id))
		require.NoError(r, err)
		require.NoError(r, archive.Import(ctx, to, m, nil, h.clock))
		require.Equal(r, then, read(r, to.Data.Engine().Reader(), noteSpecs(), append(h.all, store.SystemSpace)...))
	})
}

func TestNoDocumentIsLostOrKeptAtTheBordersOfWhatIsReadAtOnce(t *testing.T) {
	id, clk := identity(t), clock.At(stage.Start)
	s := store.New(storetest.Hostile(t, noteSpecs()...), clk)
	org, _, err := organisation.New(s, clk).Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}, Hosts: []string{"pipal.example"},
	})
	require.NoError(t, err)
	const many = 2*store.MaxStamps + store.MaxIDs // full lists and a full page, with nothing behind them
	crowd(t, s, org, many)
	// Notes beside each border are changed, removed, or get new neighbours.
	change := func(tx *store.Tx) error {
		for i := range many {
			n, err := notes.Get(ctx, tx, noteName(i))
			if err != nil {
				return err
			}
			switch page, at := i/store.MaxIDs, i%store.MaxIDs; {
			case at > 1 && at < store.MaxIDs-2 || page%4 == 3:
			case page%4 == 0:
				err = notes.Delete(ctx, tx, n)
			case page%4 == 1:
				n.Slot += 2 * many
				err = notes.Replace(ctx, tx, n)
			default:
				err = notes.Insert(ctx, tx, &note{Meta: store.Meta{ID: n.ID + "+"}, Slot: n.Slot + many})
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	reads := 0
	from := &fleeting{Engine: s.Engine(), reads: func() int { return forever }, meanwhile: func() { reads++ }}
	var out bytes.Buffer
	save := func() {
		out.Reset()
		require.NoError(t, archive.Save(ctx, order(&out, id), archive.Data, archive.Source{Engine: from, Specs: noteSpecs()}))
	}
	save()
	whole := reads - 1
	from.snapshots = 0
	from.reads = func() int {
		switch from.snapshots {
		case 1:
			return whole
		case 2:
			require.NoError(t, s.Org(org).Tx(ctx, change))
		}
		return forever
	}
	save()
	require.Equal(t, 3, from.snapshots)
	copies := map[string]int{}
	_, err = archive.Each(ctx, bytes.NewReader(out.Bytes()), []age.Identity{id}, func(_ archive.Head, e archive.Entry) error {
		copies[e.Record.ID]++
		return nil
	})
	require.NoError(t, err)
	for i := range many {
		times := 1
		if at := i % store.MaxIDs; i/store.MaxIDs%4 == 1 && (at < 2 || at > store.MaxIDs-3) {
			times = 2
		}
		require.Equal(t, times, copies[noteName(i)], "%d: only what changed is copied again", i)
	}
	to := target(storetest.Hostile(t, noteSpecs()...), storetest.Hostile(t, seal.KeySpecs()...), otherMaster(t), clk)
	to.DataSpecs = noteSpecs()
	_, err = to.Seals.Create(ctx, org, "psn_any") // the organisation's keys are there
	require.NoError(t, err)
	require.NoError(t, restore(to, archive.Backup{Data: file(out.Bytes(), id)}))
	require.Equal(t, held(t, s.Engine(), noteSpecs(), org), held(t, to.Data.Engine(), noteSpecs(), org))
}
