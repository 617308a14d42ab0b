package archive_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/archive"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

func bringIn(t archive.Target, f archive.File, s *stage.Stage, hosts ...string) error {
	m, err := archive.ExamineOrganisation(ctx, t.Known, f)
	if err != nil {
		return err
	}
	return archive.Import(ctx, t, m, hosts, s.Clock)
}

// at puts nouns over a target.
func at(t archive.Target, s *stage.Stage) (*organisation.Organisations, *account.Accounts) {
	orgs := organisation.New(t.Data, s.Clock)
	return orgs, account.New(t.Data, t.Seals, t.Master, orgs, s.Clock)
}

func TestAnOrganisationLivesOnUnderAnotherKeyFile(t *testing.T) {
	s, id := filled(t), identity(t)
	me, err := s.Members.Admit(ctx, s.Org, s.First, member.Admission{
		Alias: "Arrives", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
	})
	require.NoError(t, err)
	coming := s.SignIn(me.Handle.Reveal())
	gone := s.Person(access.Member, s.Second, "Goes")
	require.NoError(t, s.Keys.Destroy(ctx, s.Org, gone.Person))
	before := held(t, s.Store.Engine(), dataSpecs(), s.Org)
	f := file(saved(t, s, archive.Organisation, id), id)

	to := fresh(t, s, otherMaster(t))
	require.NoError(t, to.Seals.Check(ctx))
	orgs, accounts := at(to, s)
	other, _, err := orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Bar"}, Group: organisation.Name{EN: "All"}, Hosts: []string{"bar.example"},
	})
	require.NoError(t, err)
	theirs := held(t, to.Data.Engine(), dataSpecs(), other)

	require.NoError(t, bringIn(to, f, s, "pipal.example"))
	now := held(t, to.Data.Engine(), dataSpecs(), s.Org, other)
	for place, r := range theirs {
		require.Equal(t, r, now[place], "of the other organisation")
		delete(now, place)
	}
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		delete(before, "hosts/system/"+name)
	}
	delete(now, "hosts/system/pipal.example")
	require.Equal(t, before, now)

	org, err := orgs.ByHost(ctx, "pipal.example")
	require.NoError(t, err)
	require.Equal(t, s.Org, org)
	_, _, err = accounts.SignIn(ctx, s.Org, "pipal.example", me.Handle.Reveal(), stage.Phrase)
	require.NoError(t, err)
	_, err = to.Seals.Of(ctx, s.Org, coming.Person)
	require.NoError(t, err)
	_, err = to.Seals.Of(ctx, s.Org, gone.Person)
	require.ErrorIs(t, err, seal.ErrNoKey)
	require.ErrorIs(t, bringIn(to, f, s, "elsewhere.example"), archive.ErrThere)
}

func TestWhatIsHereAlreadyIsNotReplaced(t *testing.T) {
	s, id := filled(t), identity(t)
	f := file(saved(t, s, archive.Organisation, id), id)
	to := fresh(t, s, otherMaster(t))
	orgs, _ := at(to, s)
	_, _, err := orgs.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Bar"}, Group: organisation.Name{EN: "All"}})
	require.NoError(t, err)
	before := held(t, to.Data.Engine(), dataSpecs(), s.Org)
	require.ErrorIs(t, bringIn(to, f, s), archive.ErrHost, "both call themselves localhost")
	require.Equal(t, before, held(t, to.Data.Engine(), dataSpecs(), s.Org))
	require.Empty(t, held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org))
}

func TestSupportersWhoAreNotHereReceiveNothing(t *testing.T) {
	s, id := filled(t), identity(t)
	org, _, err := s.Orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Supported"}, Group: organisation.Name{EN: "All"}, Hosts: []string{"supported.example"},
		Supporters: []string{s.Org, "org_elsewhere"},
	})
	require.NoError(t, err)
	_, err = s.Keys.Create(ctx, org, "psn_one")
	require.NoError(t, err)
	first := file(saved(t, s, archive.Organisation, id), id)
	here := s.Org
	s.Org = org
	second := file(saved(t, s, archive.Organisation, id), id)
	to := fresh(t, s, otherMaster(t))
	require.NoError(t, bringIn(to, first, s))
	require.NoError(t, bringIn(to, second, s))
	orgs, _ := at(to, s)
	about, err := orgs.Get(ctx, org)
	require.NoError(t, err)
	require.Equal(t, []string{here}, about.Supporters)
}

var errPulled = errors.New("the plug was pulled")

// fragile is an engine that stops in the middle of its work.
type fragile struct {
	store.Engine
	left int
}

func (f *fragile) Tx(ctx context.Context, body func(store.Writer) error) error {
	if f.left--; f.left < 0 {
		return errPulled
	}
	return f.Engine.Tx(ctx, body)
}

func TestARestoreThatWasCutShortIsNotServedAndIsBegunAnew(t *testing.T) {
	s, id := filled(t), identity(t)
	b := backup(t, s, id)
	want := held(t, s.Store.Engine(), dataSpecs(), s.Org)
	wantKeys := held(t, s.KeyStore.Engine(), seal.KeySpecs(), s.Org)
	cuts := 0
	for left := 1; ; left += 1 + left/3 {
		data := &fragile{Engine: storetest.SQLite(t, dataSpecs()...), left: left}
		keys := &fragile{Engine: storetest.SQLite(t, seal.KeySpecs()...), left: 1 << 30}
		to := target(data, keys, s.Master, s.Clock)
		err := restore(to, b)
		if err == nil {
			break
		}
		require.ErrorIs(t, err, errPulled)
		require.ErrorIs(t, archive.Finished(ctx, to.Data), archive.ErrUnfinished, "after %d", left)
		cuts++
		// Cut short once more, in the middle of clearing up, and then not.
		data.left = 3
		require.ErrorIs(t, restore(to, b), errPulled)
		require.ErrorIs(t, archive.Finished(ctx, to.Data), archive.ErrUnfinished)
		data.left = 1 << 30
		require.NoError(t, restore(to, b))
		require.NoError(t, archive.Finished(ctx, to.Data))
		require.Equal(t, want, held(t, to.Data.Engine(), dataSpecs(), s.Org))
		require.Equal(t, wantKeys, held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org))
	}
	require.Greater(t, cuts, 5)
}

func TestKeysThatWereRestoredInPartAreCompletedAndNotServed(t *testing.T) {
	s, id := filled(t), identity(t)
	b := backup(t, s, id)
	for left := range 3 {
		keys := &fragile{Engine: storetest.SQLite(t, seal.KeySpecs()...), left: left}
		to := target(storetest.SQLite(t, dataSpecs()...), keys, s.Master, s.Clock)
		require.ErrorIs(t, restore(to, b), errPulled)
		require.ErrorIs(t, archive.Finished(ctx, to.Data), archive.ErrUnfinished)
		keys.left = 1 << 30
		require.NoError(t, restore(to, b))
		require.Equal(t, held(t, s.KeyStore.Engine(), seal.KeySpecs(), s.Org), held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org))
	}
}

func TestAnImportThatWasCutShortShowsNothingAndIsBegunAnew(t *testing.T) {
	s, id := filled(t), identity(t)
	f := file(saved(t, s, archive.Organisation, id), id)
	want := held(t, s.Store.Engine(), dataSpecs(), s.Org)
	cuts := 0
	for left := 1; ; left += 1 + left/3 {
		data := &fragile{Engine: storetest.SQLite(t, dataSpecs()...), left: left}
		to := target(data, storetest.SQLite(t, seal.KeySpecs()...), otherMaster(t), s.Clock)
		err := bringIn(to, f, s)
		if err == nil {
			break
		}
		require.ErrorIs(t, err, errPulled)
		cuts++
		require.NoError(t, archive.Finished(ctx, to.Data), "the others are served")
		orgs, _ := at(to, s)
		if _, err := orgs.ByHost(ctx, "localhost"); err == nil {
			// Its names came last: all the rest is there.
			require.Equal(t, want, held(t, to.Data.Engine(), dataSpecs(), s.Org))
		}
		data.left = 1 << 30
		require.NoError(t, bringIn(to, f, s))
		require.Equal(t, want, held(t, to.Data.Engine(), dataSpecs(), s.Org))
		require.ErrorIs(t, bringIn(to, f, s), archive.ErrThere)
	}
	require.Greater(t, cuts, 5)
}
