package archive_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"reflect"
	"slices"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/archive"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var ctx = context.Background()

// marker is the alias of somebody, which must stand nowhere in clear.
const marker = "Ujyaliyamarker"

func identity(tb testing.TB) *age.X25519Identity {
	tb.Helper()
	id, err := age.GenerateX25519Identity()
	require.NoError(tb, err)
	return id
}

func dataSpecs() []*store.Spec {
	return stage.Specs(archive.Specs()...)
}

// filled is an organisation with a few people on the embedded engine.
func filled(tb testing.TB) *stage.Stage { return filledWith(tb, 12) }

func filledWith(tb testing.TB, people int) *stage.Stage {
	tb.Helper()
	s := stage.New(tb, archive.Specs()...)
	require.NoError(tb, s.Keys.Check(ctx))
	s.Register(marker, s.First, stage.WithPhone("9841234567"))
	for i := range people {
		s.Person(access.Member, s.Second, fmt.Sprint("Person ", i))
	}
	return s
}

func order(to io.Writer, to2 *age.X25519Identity) archive.Order {
	return archive.Order{To: to, Recipients: []age.Recipient{to2.Recipient()}, Day: "2026-11-26"}
}

func saved(tb testing.TB, s *stage.Stage, what archive.What, id *age.X25519Identity) []byte {
	tb.Helper()
	var out bytes.Buffer
	from := archive.Source{Engine: s.Store.Engine(), Specs: dataSpecs()}
	switch what {
	case archive.Keys:
		from = archive.Source{Engine: s.KeyStore.Engine(), Specs: seal.KeySpecs()}
		fallthrough
	case archive.Data:
		require.NoError(tb, archive.Save(ctx, order(&out, id), what, from))
	case archive.Organisation:
		require.NoError(tb, archive.SaveOrganisation(ctx, order(&out, id), s.Org, from, s.Keys))
	}
	return out.Bytes()
}

func file(content []byte, id age.Identity) archive.File {
	return archive.File{Identities: []age.Identity{id}, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
}

// target is an empty installation; engines are opened by the caller.
func target(data, keys store.Engine, master *seal.Master, c store.Clock) archive.Target {
	t := archive.Target{
		Known: archive.Known{DataSpecs: dataSpecs(), KeySpecs: seal.KeySpecs(), Master: master},
		Data:  store.New(data, c), Keys: store.New(keys, c),
	}
	t.Seals = seal.NewKeys(t.Keys, master)
	return t
}

func fresh(tb testing.TB, s *stage.Stage, master *seal.Master) archive.Target {
	return target(storetest.SQLite(tb, dataSpecs()...), storetest.SQLite(tb, seal.KeySpecs()...), master, s.Clock)
}

func otherMaster(tb testing.TB) *seal.Master {
	tb.Helper()
	content, err := seal.NewKeyFile()
	require.NoError(tb, err)
	m, err := seal.OpenMaster(content)
	require.NoError(tb, err)
	return m
}

// held is every document of an engine by its place, but for what passes.
func held(tb testing.TB, e store.Engine, specs []*store.Spec, orgs ...string) map[string]store.Record {
	tb.Helper()
	return read(tb, e.Reader(), specs, append(orgs, store.SystemSpace)...)
}

func read(tb require.TestingT, from store.Reader, specs []*store.Spec, orgs ...string) map[string]store.Record {
	found := map[string]store.Record{}
	for _, spec := range specs {
		if spec.Passing {
			continue
		}
		for _, org := range orgs {
			q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
			for {
				page, err := from.Find(ctx, spec, org, q)
				require.NoError(tb, err)
				for _, r := range page.Records {
					r.Changed = r.Changed.UTC()
					found[spec.Name+"/"+org+"/"+r.ID] = r
				}
				if page.Next == "" {
					break
				}
				q.After = page.Next
			}
		}
	}
	return found
}

func restore(t archive.Target, b archive.Backup) error {
	found, err := archive.ExamineBackup(ctx, t.Known, b)
	if err != nil {
		return err
	}
	return archive.Restore(ctx, t, found)
}

func backup(tb testing.TB, s *stage.Stage, id *age.X25519Identity) archive.Backup {
	keys := file(saved(tb, s, archive.Keys, id), id)
	return archive.Backup{Data: file(saved(tb, s, archive.Data, id), id), Keys: &keys}
}

func TestAWholeStoreComesBackAsItWasIntoEitherKindOfEngine(t *testing.T) {
	s, id := filledWith(t, 130), identity(t) // more than a page of several collections
	b := backup(t, s, id)
	data := held(t, s.Store.Engine(), dataSpecs(), s.Org)
	keys := held(t, s.KeyStore.Engine(), seal.KeySpecs(), s.Org)
	require.Greater(t, len(data), 400)
	for name, to := range map[string]archive.Target{
		"sqlite":  fresh(t, s, s.Master),
		"hostile": target(storetest.Hostile(t, dataSpecs()...), storetest.Hostile(t, seal.KeySpecs()...), s.Master, s.Clock),
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, restore(to, b))
			require.True(t, reflect.DeepEqual(data, held(t, to.Data.Engine(), dataSpecs(), s.Org)))
			require.True(t, reflect.DeepEqual(keys, held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org)))
			require.NoError(t, archive.Finished(ctx, to.Data))
			require.NoError(t, to.Seals.Verify(ctx))
			require.ErrorIs(t, restore(to, b), archive.ErrNotEmpty)
			// And from there once more: a backup of one engine is a backup of the other.
			var again bytes.Buffer
			require.NoError(t, archive.Save(ctx, order(&again, id), archive.Data, archive.Source{Engine: to.Data.Engine(), Specs: dataSpecs()}))
			next := fresh(t, s, s.Master)
			require.NoError(t, restore(next, archive.Backup{Data: file(again.Bytes(), id), Keys: b.Keys}))
			require.True(t, reflect.DeepEqual(data, held(t, next.Data.Engine(), dataSpecs(), s.Org)))
		})
	}
}

// What was first sealed between the two opens no more, and nobody would know until
// somebody asks for it.
func TestKeysOfAnEarlierDayThanTheDataAreToldOf(t *testing.T) {
	s, id := filled(t), identity(t)
	of := func(what archive.What, day string) archive.File {
		var out bytes.Buffer
		from := archive.Source{Engine: s.Store.Engine(), Specs: dataSpecs()}
		if what == archive.Keys {
			from = archive.Source{Engine: s.KeyStore.Engine(), Specs: seal.KeySpecs()}
		}
		o := order(&out, id)
		o.Day = day
		require.NoError(t, archive.Save(ctx, o, what, from))
		return file(out.Bytes(), id)
	}
	data, newest := of(archive.Data, "2026-11-26"), of(archive.Keys, "2026-11-27")
	known := fresh(t, s, s.Master).Known
	for day, older := range map[string]bool{"2026-11-25": true, "2026-11-26": false, "2026-11-27": false} {
		keys := of(archive.Keys, day)
		found, err := archive.ExamineBackup(ctx, known, archive.Backup{Data: data, Keys: &keys, Tombstones: []archive.File{newest}})
		require.NoError(t, err)
		require.Equal(t, older, found.KeysOlder(), day)
	}
	found, err := archive.ExamineBackup(ctx, known, archive.Backup{Data: data, Tombstones: []archive.File{newest}})
	require.NoError(t, err)
	require.False(t, found.KeysOlder(), "the keys store is still there")
}

func TestASignInIsInNoFile(t *testing.T) {
	s, id := filled(t), identity(t)
	n := 0
	for _, what := range []archive.What{archive.Data, archive.Keys, archive.Organisation} {
		h, err := archive.Each(ctx, bytes.NewReader(saved(t, s, what, id)), []age.Identity{id}, func(_ archive.Head, e archive.Entry) error {
			n++
			require.NotContains(t, []string{"sessions", seal.KeyHolders, "arrivals"}, e.Collection)
			return nil
		})
		require.NoError(t, err)
		require.NotContains(t, h.Collections, "sessions")
	}
	require.Greater(t, n, 100)
}

func TestWhoeverWasErasedSinceStaysUnreadable(t *testing.T) {
	for _, keptKeys := range []bool{false, true} {
		t.Run(fmt.Sprint("keys store is still there: ", keptKeys), func(t *testing.T) {
			s, id := filled(t), identity(t)
			gone := s.Person(access.Member, s.Second, "Goes")
			stays := s.Person(access.Member, s.Second, "Stays")
			old := backup(t, s, id)
			require.NoError(t, s.Keys.Destroy(ctx, s.Org, gone.Person))
			newer := saved(t, s, archive.Keys, id)

			to := fresh(t, s, s.Master)
			if keptKeys {
				// Even where the old keys are given too.
				to = target(storetest.SQLite(t, dataSpecs()...), s.KeyStore.Engine(), s.Master, s.Clock)
			} else {
				old.Tombstones = []archive.File{file(newer, id)}
			}
			require.NoError(t, restore(to, old))
			_, err := to.Seals.Of(ctx, s.Org, gone.Person)
			require.ErrorIs(t, err, seal.ErrNoKey)
			_, err = to.Seals.Of(ctx, s.Org, stays.Person)
			require.NoError(t, err)
			require.NotContains(t, held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org), "person_keys/"+s.Org+"/"+gone.Person)
			require.ErrorIs(t, to.Seals.Adopt(ctx, s.Org, make([]byte, 32), true), seal.ErrOtherSecret)
		})
	}
}

// No server would begin on what came of it.
func TestKeysThatLackADecoyTenantWithPeopleAreRefused(t *testing.T) {
	s, id := filled(t), identity(t)
	b := backup(t, s, id)
	for _, spec := range seal.KeySpecs() {
		if spec.Name != seal.Secrets {
			continue
		}
		err := s.KeyStore.Engine().Tx(ctx, func(w store.Writer) error {
			has, err := w.Get(ctx, spec, store.SystemSpace, organisation.Decoy(s.Org))
			if err != nil {
				return err
			}
			return w.Delete(ctx, spec, store.SystemSpace, has.ID, has.Version)
		})
		require.NoError(t, err)
	}
	lacking := file(saved(t, s, archive.Keys, id), id)
	to := fresh(t, s, s.Master)
	require.ErrorIs(t, restore(to, archive.Backup{Data: b.Data, Keys: &lacking}), archive.ErrKeysMissing)
	require.NoError(t, restore(to, b))
}

func TestDataIsRestoredBesideAKeysStoreThatIsStillThere(t *testing.T) {
	s, id := filled(t), identity(t)
	b := backup(t, s, id)
	b.Keys = nil
	require.ErrorIs(t, restore(fresh(t, s, s.Master), b), archive.ErrNoKeys)
	to := target(storetest.SQLite(t, dataSpecs()...), s.KeyStore.Engine(), s.Master, s.Clock)
	require.NoError(t, restore(to, b))
	_, err := to.Seals.Of(ctx, s.Org, s.Coordinator.Person)
	require.NoError(t, err)
}

// What has no mark counts for nothing after a restore either, unless whoever
// restores says that it is from before there were marks; and what was brought
// elsewhere is as strict there.
func TestWhatHasNoMarkGetsNoneByARestoreOrAMove(t *testing.T) {
	s, id := filled(t), identity(t)
	require.NoError(t, s.Store.Engine().Tx(ctx, func(w store.Writer) error {
		spec := account.Specs()[0]
		r, err := w.Get(ctx, spec, s.Org, s.Coordinator.Account)
		if err != nil {
			return err
		}
		var d bson.D
		if err := bson.Unmarshal(r.Body, &d); err != nil {
			return err
		}
		r.Version++
		r.Body, err = bson.Marshal(slices.DeleteFunc(d, func(e bson.E) bool { return e.Key == "mark" }))
		if err != nil {
			return err
		}
		return w.Replace(ctx, spec, s.Org, r)
	}))
	counts := func(to archive.Target) bool {
		t.Helper()
		_, err := account.Get(ctx, to.Data.GuardedBy(to.Seals.Guard(organisation.Shown, nil)).Org(s.Org), s.Coordinator.Account)
		if err != nil {
			require.ErrorIs(t, err, store.ErrAbsent)
		}
		return err == nil
	}
	b := backup(t, s, id)
	for _, before := range []bool{false, true} {
		to := fresh(t, s, s.Master)
		to.BeforeMarks = before
		require.NoError(t, restore(to, b))
		require.Equal(t, before, counts(to))
		bare, err := archive.WithoutMarks(ctx, to)
		require.NoError(t, err)
		require.Equal(t, !before, len(bare) == 1)
	}
	moved := fresh(t, s, otherMaster(t))
	var out bytes.Buffer
	require.NoError(t, archive.SaveOrganisation(ctx, order(&out, id), s.Org, archive.Source{Engine: s.Store.Engine(), Specs: dataSpecs()}, s.Keys))
	require.NoError(t, bringIn(moved, file(out.Bytes(), id), s))
	require.False(t, counts(moved))
	_, err := account.Get(ctx, moved.Data.GuardedBy(moved.Seals.Guard(organisation.Shown, nil)).Org(s.Org), s.OfFirst.Account)
	require.NoError(t, err)
}
