package archive_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/archive"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// standing is what somebody has: her roles and groups, an open account, and the
// ids of the yeses that she has not withdrawn.
type standing struct {
	roles, groups []string
	open          bool
	yes, agreed   []string // agreed are those to being a member
}

func standingOf(t require.TestingT, v store.View, person string) (s standing) {
	a, err := account.OfPerson(ctx, v, person)
	require.NoError(t, err)
	for _, r := range a.Roles {
		if r != access.Applicant {
			s.roles = append(s.roles, string(r))
		}
	}
	s.groups, s.open = slices.Clone(a.Groups), !a.Closed
	sheet, err := consent.Of(ctx, v, person)
	require.NoError(t, err)
	for _, c := range sheet.Consents {
		if c.Withdrawn == nil {
			s.yes = append(s.yes, c.ID)
			if c.Purpose == consent.Membership {
				s.agreed = append(s.agreed, c.ID)
			}
		}
	}
	slices.Sort(s.roles)
	slices.Sort(s.groups)
	return s.plain()
}

// plain has nil in place of every empty list.
func (s standing) plain() standing {
	for _, list := range []*[]string{&s.roles, &s.groups, &s.yes, &s.agreed} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	return s
}

func both(one, other []string) (all []string) {
	for _, o := range one {
		if slices.Contains(other, o) {
			all = append(all, o)
		}
	}
	return all
}

// after is what must stand when older data comes back beside newer keys: what
// the data has and was not taken back since.
func (s standing) after(newer standing) standing {
	s.groups = both(s.groups, newer.groups)
	without := len(s.groups) == 0 // a coordinator without a group is none
	s.roles = slices.DeleteFunc(both(s.roles, newer.roles), func(r string) bool {
		return r == string(access.Coordinator) && without ||
			r == string(access.Member) && len(both(s.agreed, newer.yes)) < len(s.agreed)
	})
	if !slices.Contains(s.roles, string(access.Coordinator)) {
		s.groups = nil
	}
	s.open = s.open && newer.open
	s.yes, s.agreed = both(s.yes, newer.yes), both(s.agreed, newer.yes)
	return s.plain()
}

// turns does something at random that gives somebody a thing or takes it back.
func turns(r *rapid.T, s *stage.Stage, who access.Actor) {
	act := rapid.SampledFrom([]string{"role", "group", "account", "withdraw", "agree", "sweep"}).Draw(r, "act")
	if act == "sweep" {
		_, err := s.Keys.KeepRetracted(ctx, s.Store.Org(s.Org), rapid.IntRange(1, store.MaxLimit).Draw(r, "limit"))
		require.NoError(r, err)
		return
	}
	group := rapid.SampledFrom([]string{s.First, s.Second}).Draw(r, "group")
	role := rapid.SampledFrom([]access.Role{access.Trainer, access.PeerSupporter, access.Liaison}).Draw(r, "role")
	purpose := rapid.SampledFrom([]consent.Purpose{consent.Membership, consent.PeerName}).Draw(r, "purpose")
	which := rapid.IntRange(0, 5).Draw(r, "which")
	require.NoError(r, s.Store.Org(s.Org).Tx(ctx, func(tx *store.Tx) error {
		a, err := account.OfPerson(ctx, tx, who.Person)
		if err != nil {
			return err
		}
		roles, groups := slices.Clone(a.Roles), slices.Clone(a.Groups)
		switch act {
		case "role":
			if i := slices.Index(roles, role); i >= 0 {
				return account.SetRole(ctx, tx, who.Person, "", role)
			}
			return account.SetRole(ctx, tx, who.Person, role, "")
		case "group":
			roles = slices.DeleteFunc(roles, func(r access.Role) bool { return r == access.Coordinator })
			if i := slices.Index(groups, group); i >= 0 {
				groups = slices.Delete(groups, i, i+1)
			} else {
				groups = append(groups, group)
			}
			if len(groups) > 0 {
				roles = append(roles, access.Coordinator)
			}
			return account.SetRoles(ctx, tx, a, roles, groups)
		case "account":
			if a.Closed {
				return account.Reopen(ctx, tx, a)
			}
			return s.Accounts.Leave(ctx, tx, who)
		case "agree":
			if purpose == consent.Membership {
				if err := account.SetRole(ctx, tx, who.Person, access.Member, access.Applicant); err != nil {
					return err
				}
			}
			_, err := consent.Add(ctx, tx, who.Person, consent.BySelf, stage.Yes(purpose), s.Clock.Now())
			return err
		}
		sheet, err := consent.Of(ctx, tx, who.Person)
		if err != nil {
			return err
		}
		given := sheet.Consents[max(0, len(sheet.Consents)-1-which)].ID // one of the latest
		ended, err := consent.Withdraw(ctx, tx, who.Person, given, s.Clock.Now())
		if err == nil && ended == consent.Membership {
			err = account.SetRole(ctx, tx, who.Person, access.Applicant, access.Member)
		}
		return err
	}))
}

// Whatever was given, taken back and given again, and wherever in that the data
// was backed up: beside keys that are newer nothing is live that was taken back
// before they were copied, and nothing is gone that was not.
func TestWhatWasTakenBackDoesNotComeBackWithOlderData(t *testing.T) {
	stage.Each(t, dataSpecs(), func(t *testing.T, s *stage.Stage) {
		require.NoError(t, s.Keys.Check(ctx))
		id := identity(t)
		people := []access.Actor{s.Person(access.Coordinator, s.First, "Coordinates"), s.Person(access.Trainer, s.Second, "Trains")}
		now := func(r *rapid.T) (all []standing) {
			for _, p := range people {
				all = append(all, standingOf(r, s.Store.Org(s.Org), p.Person))
			}
			return all
		}
		some := func(r *rapid.T) {
			for range rapid.IntRange(0, 12).Draw(r, "steps") {
				turns(r, s, rapid.SampledFrom(people).Draw(r, "who"))
			}
		}
		rapid.Check(t, func(r *rapid.T) {
			some(r)
			then := now(r)
			data := file(saved(t, s, archive.Data, id), id)
			keys := file(saved(t, s, archive.Keys, id), id)
			some(r)
			between := file(saved(t, s, archive.Keys, id), id)
			some(r)
			b := archive.Backup{Data: data, Keys: &keys}
			newer := rapid.Bool().Draw(r, "with newer keys")
			if newer {
				_, err := s.Keys.KeepRetracted(ctx, s.Store.Org(s.Org), store.MaxLimit)
				require.NoError(r, err)
				b.Tombstones = rapid.Permutation([]archive.File{between, file(saved(t, s, archive.Keys, id), id)}).Draw(r, "files")
			}
			last := now(r)

			to := target(storetest.Hostile(t, dataSpecs()...), storetest.Hostile(t, seal.KeySpecs()...), s.Master, s.Clock)
			require.NoError(r, restore(to, b))
			orgs, accounts := at(to, s)
			members := member.New(to.Data, to.Seals, to.Master, orgs, accounts, s.Clock)
			swept := rapid.Bool().Draw(r, "swept first")
			if swept { // what the older data had still to tell
				_, err := to.Seals.KeepRetracted(ctx, to.Data.Org(s.Org), store.MaxLimit)
				require.NoError(r, err)
			}
			_, err := members.Replay(ctx, s.Org)
			require.NoError(r, err)
			for i, p := range people {
				want := then[i]
				if newer {
					want = want.after(last[i])
				}
				require.Equal(r, want, standingOf(r, to.Data.Org(s.Org), p.Person))
			}

			// Again it does nothing, and what is given from now on stays.
			n, err := members.Replay(ctx, s.Org)
			require.NoError(r, err)
			require.Zero(r, n)
			require.NoError(r, to.Data.Org(s.Org).Tx(ctx, func(tx *store.Tx) error {
				a, err := account.OfPerson(ctx, tx, people[0].Person)
				if err == nil && a.Closed {
					err = account.Reopen(ctx, tx, a)
				}
				if err != nil {
					return err
				}
				return account.SetRole(ctx, tx, people[0].Person, access.Trainer, "")
			}))
			for range 2 {
				_, err = members.Replay(ctx, s.Org)
				require.NoError(r, err)
				has := standingOf(r, to.Data.Org(s.Org), people[0].Person)
				require.True(r, has.open)
				require.Contains(r, has.roles, string(access.Trainer))
				_, err = to.Seals.KeepRetracted(ctx, to.Data.Org(s.Org), store.MaxLimit)
				require.NoError(r, err)
			}
		})
	})
}

func TestAnOrganisationTakesAlongWhatWasTakenBack(t *testing.T) {
	s, id := filled(t), identity(t)
	she := s.Person(access.Trainer, s.First, "Trained")
	older := held(t, s.Store.Engine(), dataSpecs(), s.Org)["accounts/"+s.Org+"/"+she.Account]
	require.NotEmpty(t, older.Body)
	s.TakeRole(she, access.Trainer)
	_, err := s.Keys.KeepRetracted(ctx, s.Store.Org(s.Org), store.MaxLimit)
	require.NoError(t, err)
	for place, r := range held(t, s.KeyStore.Engine(), seal.KeySpecs(), s.Org) {
		require.NotContains(t, place, "trainer")
		require.NotContains(t, string(r.Body), she.Account)
	}
	f := file(saved(t, s, archive.Organisation, id), id)
	to := fresh(t, s, otherMaster(t))
	require.NoError(t, to.Seals.Check(ctx))
	require.NoError(t, bringIn(to, f, s, "pipal.example"))

	// There too an older copy of her account comes back without the role.
	spec := dataSpecs()[slices.IndexFunc(dataSpecs(), func(c *store.Spec) bool { return c.Name == "accounts" })]
	require.NoError(t, to.Data.Empty(ctx, spec, s.Org))
	_, err = to.Data.Load(ctx, spec, s.Org, []store.Record{older})
	require.NoError(t, err)
	orgs, accounts := at(to, s)
	n, err := member.New(to.Data, to.Seals, to.Master, orgs, accounts, s.Clock).Replay(ctx, s.Org)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.NotContains(t, standingOf(t, to.Data.Org(s.Org), she.Person).roles, string(access.Trainer))
}
