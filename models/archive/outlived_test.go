package archive_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"chautari/models/access"
	"chautari/models/archive"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// A store that nobody writes into, of which no snapshot lasts to its end.
func TestAFileIsMadeHoweverShortAMomentIsKeptAndEndsWhereNoneGetsFurther(t *testing.T) {
	s, id := filledWith(t, 130), identity(t)
	want := held(t, s.Store.Engine(), dataSpecs(), s.Org)
	for _, reads := range []int{1, 2, 3, 8, 20} {
		from := &fleeting{Engine: s.Store.Engine(), reads: func() int { return reads }}
		save := func(out *bytes.Buffer) error {
			return archive.Save(ctx, order(out, id), archive.Data, archive.Source{Engine: from, Specs: dataSpecs()})
		}
		var out bytes.Buffer
		require.ErrorIs(t, save(&out), store.ErrOutlived)
		failed := from.snapshots
		if reads < 2 { // no page is listed and read
			continue
		}
		// The last one goes over everything, and gets the time for it.
		from.snapshots = 0
		from.reads = func() int {
			if from.snapshots == failed {
				return forever
			}
			return reads
		}
		out.Reset()
		require.NoError(t, save(&out))
		require.Equal(t, failed, from.snapshots)
		to := target(storetest.SQLite(t, dataSpecs()...), s.KeyStore.Engine(), s.Master, s.Clock)
		require.NoError(t, restore(to, archive.Backup{Data: file(out.Bytes(), id)}))
		require.Equal(t, want, held(t, to.Data.Engine(), dataSpecs(), s.Org))
	}
}

// erased removes what there is under somebody's id, as an erasure does.
func erased(tb testing.TB, s *stage.Stage, person string) {
	tb.Helper()
	require.NoError(tb, s.Keys.Destroy(ctx, s.Org, person))
	require.NoError(tb, s.Store.Engine().Tx(ctx, func(w store.Writer) error {
		for _, spec := range dataSpecs() {
			has, err := w.GetMany(ctx, spec, s.Org, []string{person})
			if err != nil {
				return err
			}
			for _, d := range has {
				if err := w.Delete(ctx, spec, s.Org, d.ID, d.Version); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

func TestWhoeverIsErasedWhileAFileIsWrittenIsNotBroughtBackByIt(t *testing.T) {
	for _, what := range []archive.What{archive.Data, archive.Organisation} {
		t.Run(string(what), func(t *testing.T) {
			s, id := filled(t), identity(t)
			gone, stays := s.Person(access.Member, s.Second, "Goes"), s.Person(access.Member, s.Second, "Stays")
			of := func(e store.Engine, person string) (n int) {
				for place := range held(t, e, dataSpecs(), s.Org) {
					if strings.HasSuffix(place, "/"+person) {
						n++
					}
				}
				return n
			}
			before := of(s.Store.Engine(), gone.Person)
			require.GreaterOrEqual(t, before, 2)

			reads := 0
			from := &fleeting{Engine: s.Store.Engine(), reads: func() int { return forever }, meanwhile: func() { reads++ }}
			save := func(to io.Writer) {
				source := archive.Source{Engine: from, Specs: dataSpecs()}
				if what == archive.Data {
					require.NoError(t, archive.Save(ctx, order(to, id), what, source))
				} else {
					require.NoError(t, archive.SaveOrganisation(ctx, order(to, id), s.Org, source, s.Keys))
				}
			}
			save(io.Discard)
			require.Equal(t, 1, from.snapshots)
			whole := reads - 1 // at the last one all but the last collection is copied
			from.snapshots = 0
			from.reads = func() int {
				switch from.snapshots {
				case 1:
					return whole
				case 2:
					erased(t, s, gone.Person)
				}
				return forever
			}
			var out bytes.Buffer
			save(&out)
			to := fresh(t, s, s.Master)
			if what == archive.Data {
				keys := file(saved(t, s, archive.Keys, id), id)
				require.NoError(t, restore(to, archive.Backup{Data: file(out.Bytes(), id), Keys: &keys}))
			} else {
				require.NoError(t, bringIn(to, file(out.Bytes(), id), s))
			}
			require.Equal(t, 3, from.snapshots)
			copied := 0
			_, err := archive.Each(ctx, &out, []age.Identity{id}, func(_ archive.Head, e archive.Entry) error {
				if e.Record.ID == gone.Person {
					copied++
				}
				return nil
			})
			require.NoError(t, err)
			require.NotZero(t, copied, "she was in a part")

			require.Zero(t, of(to.Data.Engine(), gone.Person))
			require.Equal(t, before, of(to.Data.Engine(), stays.Person))
			_, err = to.Seals.Of(ctx, s.Org, gone.Person)
			require.ErrorIs(t, err, seal.ErrNoKey)
			_, err = to.Seals.Of(ctx, s.Org, stays.Person)
			require.NoError(t, err)
		})
	}
}

// The instant of a daily state doesn't tell it from another one of that day.
func TestAKeyThatIsMadeAnewOnTheSameDayIsTheNewOneInAFileOfParts(t *testing.T) {
	s, id := filled(t), identity(t)
	_, err := s.Keys.Create(ctx, s.Org, "psn_again")
	require.NoError(t, err)
	data := file(saved(t, s, archive.Data, id), id)
	from := &fleeting{Engine: s.KeyStore.Engine()}
	from.reads = func() int {
		if from.snapshots == 1 {
			return 8 // all is copied but for the last collection
		}
		if from.snapshots == 2 {
			require.NoError(t, s.Keys.Discard(ctx, s.Org, "psn_again"))
			_, err := s.Keys.Create(ctx, s.Org, "psn_again")
			require.NoError(t, err)
		}
		return forever
	}
	var out bytes.Buffer
	require.NoError(t, saveKeys(order(&out, id), from))
	require.Equal(t, 3, from.snapshots)
	copies := 0
	_, err = archive.Each(ctx, bytes.NewReader(out.Bytes()), []age.Identity{id}, func(_ archive.Head, e archive.Entry) error {
		if e.Record.ID == "psn_again" && e.Collection == "person_keys" {
			copies++
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, 2, copies)
	to := fresh(t, s, s.Master)
	keys := file(out.Bytes(), id)
	require.NoError(t, restore(to, archive.Backup{Data: data, Keys: &keys}))
	place := fmt.Sprintf("person_keys/%s/psn_again", s.Org)
	want := held(t, s.KeyStore.Engine(), seal.KeySpecs(), s.Org)[place]
	require.NotEmpty(t, want.Body)
	require.Equal(t, want, held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org)[place])
}

func TestAFileOfPartsThatIsStoppedIsNoFile(t *testing.T) {
	s, id := filled(t), identity(t)
	for stop := 1; ; stop += 1 + stop/4 {
		running, cancel := context.WithCancel(ctx)
		reads := 0
		from := &fleeting{Engine: s.Store.Engine(), reads: func() int { return 20 + reads }}
		from.meanwhile = func() {
			if reads++; reads == stop {
				cancel()
			}
		}
		var out bytes.Buffer
		err := archive.Save(running, order(&out, id), archive.Data, archive.Source{Engine: from, Specs: dataSpecs()})
		cancel()
		if err == nil {
			require.Greater(t, from.snapshots, 2)
			break
		}
		require.ErrorIs(t, err, context.Canceled)
		_, err = archive.Each(ctx, &out, []age.Identity{id}, func(archive.Head, archive.Entry) error { return nil })
		require.True(t, refused(err), "%v", err)
	}
}

func TestAFileThatVoidsWhatItDoesNotHoldIsRefused(t *testing.T) {
	s, id := filled(t), identity(t)
	to := fresh(t, s, s.Master)
	for name, c := range map[string]struct {
		format int
		void   [][]int64
		want   error
	}{
		"what is there":         {2, [][]int64{{1}, {0}}, nil},
		"nothing":               {2, nil, nil},
		"one that is not there": {2, [][]int64{{2}}, archive.ErrDamaged},
		"one before all":        {2, [][]int64{{-1}}, archive.ErrDamaged},
		"one twice":             {2, [][]int64{{1, 1}}, archive.ErrDamaged},
		"one twice, apart":      {2, [][]int64{{1}, {1}}, archive.ErrDamaged},
		"in a file of one part": {1, [][]int64{{1}}, archive.ErrDamaged},
	} {
		f := written(t, id, archive.Head{Format: c.format, What: archive.Organisation, Organisation: "org_this"}, func(w *archive.Writer) {
			require.NoError(t, w.Document("groups", "org_this", document(t, "grp_a")))
			require.NoError(t, w.Document("groups", "org_this", document(t, "grp_b")))
			for _, numbers := range c.void {
				require.NoError(t, w.Void(numbers))
			}
			require.NoError(t, w.Document("organisations", store.SystemSpace, document(t, "org_this")))
			require.NoError(t, w.Other(archive.Secret, "", make([]byte, 32)))
		})
		_, err := archive.ExamineOrganisation(ctx, to.Known, f)
		require.ErrorIs(t, err, c.want, name)
	}
}
