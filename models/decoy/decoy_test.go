package decoy_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/decoy"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/rights"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/training"
)

const second = "badal kitab dhunga ghoda phulbari"

var ctx = context.Background()

// yard is a stage with what fills a decoy tenant, and one who has both passphrases.
type yard struct {
	*stage.Stage
	support *peersupport.Support
	courses *training.Courses
	rights  *rights.Rights
	decoys  *decoy.Decoys
	space   string // the decoy tenant's
	handle  string
}

func specs() []*store.Spec {
	return slices.Concat(peersupport.Specs(), training.Specs(), rights.Specs())
}

func each(t *testing.T, fn func(t *testing.T, y *yard)) {
	stage.Each(t, stage.Specs(specs()...), func(t *testing.T, s *stage.Stage) {
		y := &yard{
			Stage: s, space: organisation.Decoy(s.Org), support: peersupport.New(s.Store, s.Orgs, s.Members, s.Clock),
			courses: training.New(s.Store, s.Keys, s.Orgs, s.Members, s.Clock),
		}
		s.Members.WhenLeaving(y.support.Leave, y.courses.Leave)
		y.rights = rights.New(s.Store, s.Keys, s.Orgs, s.Members, s.Clock,
			rights.Part{Name: "meetings", Holder: y.support}, rights.Part{Name: "training", Holder: y.courses},
			rights.Part{Name: "account", Holder: s.Accounts}, rights.Part{Name: "consents", Holder: consent.Kept{Store: s.Store}},
			rights.Part{Name: "person", Holder: s.Members})
		y.decoys = decoy.New(s.Store, s.Orgs, s.Accounts, s.Members, y.support, y.courses, y.rights, s.Clock)
		y.decoys.Dice(func(n int) int { return n - 1 }) // nobody does anything by chance
		r, err := s.Members.Register(ctx, access.AnonymousIn(s.Org), once.Key{}, member.Registration{
			Alias: "Junkiri", Group: &s.First, Language: "ne", Passphrase: stage.Phrase, SecondPassphrase: second,
			Consents: stage.Yes(consent.Membership),
		})
		require.NoError(t, err)
		y.handle = r.Handle.Reveal()
		fn(t, y)
	})
}

// as is she, signed in with one of her passphrases and just proved.
func (y *yard) as(t *testing.T, phrase string) access.Actor {
	t.Helper()
	token, _, err := y.Accounts.SignIn(ctx, y.Org, "localhost", y.handle, phrase)
	require.NoError(t, err)
	a, err := y.Accounts.Authenticate(ctx, y.Org, "localhost", token)
	require.NoError(t, err)
	return a
}

// course is one that takes applications now.
func (y *yard) course(t *testing.T) *training.Intake {
	t.Helper()
	made, err := y.courses.CreateCourse(ctx, y.Coordinator, once.Key{}, training.NewCourse{Name: organisation.Name{EN: "Sewing"}, Picture: "sewing"})
	require.NoError(t, err)
	day := func(n int) string { return y.Orgs.Today().AddDays(n).String() }
	sunday := 0
	in, err := y.courses.CreateIntake(ctx, y.Coordinator, once.Key{}, made.ID, training.NewIntake{
		Seats: 3, Opens: day(-1), Closes: day(10), Begins: day(20), Ends: day(60),
		Times: []training.TimeInput{{Weekday: &sunday, From: "07:00", To: "09:00"}},
	})
	require.NoError(t, err)
	return in
}

// held are the documents of a space, by collection and id.
func (y *yard) held(t *testing.T, space string) map[string]bson.Raw {
	t.Helper()
	all := map[string]bson.Raw{}
	require.NoError(t, y.Store.Engine().Snapshot(ctx, func(r store.Reader) error {
		for _, spec := range stage.Specs(specs()...) {
			q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
			for {
				page, err := r.Find(ctx, spec, space, q)
				if err != nil {
					return err
				}
				for _, rec := range page.Records {
					all[spec.Name+"/"+rec.ID] = bytes.Clone(rec.Body)
				}
				if page.Next == "" {
					break
				}
				q.After = page.Next
			}
		}
		return nil
	}))
	return all
}

func (y *yard) approve(t *testing.T, person string) {
	t.Helper()
	_, err := y.Members.Approve(ctx, y.Coordinator, once.Key{}, person, member.Approval{})
	require.NoError(t, err)
}

func TestAnApprovalReachesTheTwinAtOnceAndNoneOfTheTwinsDoingsComesBack(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		her := y.as(t, stage.Phrase)
		require.Equal(t, []access.Role{access.Applicant}, y.as(t, second).Roles)
		y.approve(t, her.Person)
		require.NoError(t, y.decoys.Tend(ctx, y.Org))
		in := y.course(t)
		require.NoError(t, y.decoys.Tend(ctx, y.Org))
		twin := y.as(t, second)
		require.Equal(t, []access.Role{access.Member}, twin.Roles)
		mine, err := y.Members.Mine(ctx, twin)
		require.NoError(t, err)
		require.Equal(t, member.Active, mine.State)
		require.Equal(t, "Junkiri", mine.Alias.Reveal())
		require.Equal(t, y.handle, mine.Handle.Reveal())

		before := y.held(t, y.Org)
		name := "Indreni"
		_, err = y.Members.ChangeOwn(ctx, twin, mine.Version, member.OwnChange{Alias: &name})
		require.NoError(t, err)
		// What was made up for her at the beginning may be as much as anybody may have.
		coming, _, err := y.support.Sessions(ctx, twin, peersupport.SessionQuery{Limit: 100})
		require.NoError(t, err)
		for _, s := range coming {
			if s.State == peersupport.Booked {
				_, err = y.support.Cancel(ctx, twin, once.Key{}, s.ID)
				require.NoError(t, err)
			}
		}
		offer, err := y.support.Slots(ctx, twin, peersupport.SlotQuery{Days: 14})
		require.NoError(t, err)
		_, err = y.support.Book(ctx, twin, once.Key{}, peersupport.Booking{Start: firstFree(t, offer)})
		require.NoError(t, err)
		_, err = y.courses.Apply(ctx, twin, once.Key{}, in.ID, training.Application{Note: "x"})
		require.NoError(t, err)
		_, err = y.Members.WithdrawConsent(ctx, twin, once.Key{}, mine.Consents[0].ID)
		require.NoError(t, err)
		require.NoError(t, y.Accounts.SignOutEverywhere(ctx, twin))
		require.NoError(t, y.rights.Erase(ctx, y.as(t, second)))
		after := y.held(t, y.Org)
		for name, body := range before {
			require.Equal(t, body, after[name], name)
		}
		require.Len(t, after, len(before))
		her = y.as(t, stage.Phrase)
		own, err := y.Members.Mine(ctx, her)
		require.NoError(t, err)
		require.Equal(t, member.Active, own.State)
		_, _, err = y.Accounts.SignIn(ctx, y.Org, "localhost", y.handle, second)
		require.Error(t, err)
		// A twin that was erased doesn't come back.
		made, err := y.decoys.Settle(ctx, y.Org)
		require.NoError(t, err)
		require.Zero(t, made)
	})
}

func TestErasingHerErasesTheTwin(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		her := y.as(t, stage.Phrase)
		y.approve(t, her.Person)
		her = y.as(t, stage.Phrase)
		token, _, err := y.Accounts.SignIn(ctx, y.Org, "localhost", y.handle, second)
		require.NoError(t, err)
		require.NoError(t, y.rights.Erase(ctx, her))
		_, err = y.Accounts.Authenticate(ctx, y.Org, "localhost", token)
		require.ErrorIs(t, err, account.ErrAbsent)
		for _, space := range []string{y.Org, y.space} {
			_, err = y.Keys.Of(ctx, space, her.Person)
			require.ErrorIs(t, err, seal.ErrNoKey, space)
			for name, body := range y.held(t, space) {
				// The trail keeps who was there, and other instances are told who left.
				if strings.HasPrefix(name, "audit") || strings.HasPrefix(name, "departures") {
					continue
				}
				require.NotContains(t, name+body.String(), her.Person, name)
			}
		}
	})
}

func TestADecoyTenantIsFilledAndLivesOn(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		her := y.as(t, stage.Phrase)
		y.approve(t, her.Person)
		in := y.course(t)
		_, err := y.courses.Apply(ctx, y.Person(access.Member, y.Second, "Asha"), once.Key{}, in.ID, training.Application{})
		require.NoError(t, err)
		y.decoys.Dice(rand.New(rand.NewPCG(1, 1)).IntN)
		happened := func() (meetings, signIns int) {
			for name := range y.held(t, y.space) {
				meetings += strings.Count(name, "support_sessions/")
				signIns += strings.Count(name, "sessions/")
			}
			return meetings, signIns - meetings
		}
		// Who is chosen depends on ids, which no seed decides: somebody meets somebody
		// after twelve rounds mostly, and after some more surely.
		for rounds := 1; ; rounds++ {
			require.NoError(t, y.decoys.Tend(ctx, y.Org))
			meetings, signIns := happened()
			if rounds >= 12 && meetings > 0 && signIns > 0 {
				break
			}
			require.Less(t, rounds, 120, "%d meetings and %d sign-ins: nobody meets anybody, or nobody looks in", meetings, signIns)
		}
		twin := y.as(t, second)
		offer, err := y.support.Slots(ctx, twin, peersupport.SlotQuery{Days: 14})
		require.NoError(t, err)
		require.Len(t, offer.Supporters, 4)
		weeks := map[bool]bool{}
		for i, day := range offer.Days {
			for _, s := range day.Slots {
				weeks[i >= 7] = weeks[i >= 7] || s.Free
			}
		}
		require.True(t, weeks[false] && weeks[true], "no open hours in one of the weeks")
		for _, supporter := range offer.Supporters {
			_, err := account.OfPerson(ctx, y.Store.Org(y.Org), supporter.ID)
			require.ErrorIs(t, err, store.ErrAbsent, "an invented one is known to the organisation")
		}
		// The catalogue is the one that anybody may read, with as many in it.
		real, err := y.courses.List(ctx, her)
		require.NoError(t, err)
		shown, err := y.courses.List(ctx, twin)
		require.NoError(t, err)
		require.Len(t, shown, 1)
		require.Equal(t, real[0].ID, shown[0].ID)
		require.Equal(t, real[0].Intakes[0].ID, shown[0].Intakes[0].ID)
		require.Equal(t, real[0].Intakes[0].Left(), shown[0].Intakes[0].Left())

		// A year later others have come in the place of those whose yes ran out.
		y.Clock.Advance(360 * 24 * time.Hour)
		require.NoError(t, y.decoys.Tend(ctx, y.Org))
		now, err := account.WithRole(ctx, y.Store.Org(y.space), access.PeerSupporter)
		require.NoError(t, err)
		require.Len(t, now, 4)
		for _, a := range now {
			require.False(t, slices.ContainsFunc(offer.Supporters, func(s peersupport.Supporter) bool { return s.ID == a.Person }))
		}
	})
}

func TestAStoreFromBeforeGetsATwinForEveryAccount(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		y.approve(t, y.as(t, stage.Phrase).Person)
		for _, spec := range stage.Specs(specs()...) {
			require.NoError(t, y.Store.Empty(ctx, spec, y.space))
		}
		for _, spec := range seal.KeySpecs() {
			require.NoError(t, y.KeyStore.Empty(ctx, spec, y.space))
		}
		without, err := account.WithoutTwin(ctx, y.Store, y.Org)
		require.NoError(t, err)
		made, err := y.decoys.Settle(ctx, y.Org)
		require.NoError(t, err)
		require.Equal(t, len(without), made)
		again, err := y.decoys.Settle(ctx, y.Org)
		require.NoError(t, err)
		require.Zero(t, again)
		mine, err := y.Members.Mine(ctx, y.as(t, second))
		require.NoError(t, err)
		require.Equal(t, "Junkiri", mine.Alias.Reveal())
		require.Equal(t, member.Active, mine.State)
	})
}

// What somebody may do goes by whether she is 18. If her twin went by something else
// from the beginning, whoever knows her would know in which space he stands. What she
// tells later stays in the space in which she tells it.
func TestTheTwinBeginsWithTheSameAgeAndHearsNothingLater(t *testing.T) {
	each(t, func(t *testing.T, y *yard) {
		is := func(person, space string) bool {
			t.Helper()
			young, _, err := y.Members.Young(ctx, y.Store.Org(space), space, person)
			require.NoError(t, err)
			return young
		}
		focal := y.Person(access.FocalPoint, y.Root, "Sarita")
		coordinator := y.OfFirst
		focal.Fresh, coordinator.Fresh = true, true
		yes := member.InPersonAsked{Answers: stage.Yes(consent.Membership), How: consent.InPerson, Language: "ne"}
		woman := y.Carry(y.First, member.Details{PaperName: "Kopila Thapa", Birth: calendar.InYear(2040)})
		_, err := y.Members.Asked(ctx, coordinator, once.Key{}, woman, yes)
		require.NoError(t, err)
		require.False(t, is(woman, y.Org))
		require.False(t, is(woman, y.space))
		girl := y.Carry(y.First, member.Details{PaperName: "Sunita Rai", Birth: calendar.InYear(2069)})
		yes.Guardian = &member.GuardianPart{Agreed: true}
		_, err = y.Members.Asked(ctx, focal, once.Key{}, girl, yes)
		require.NoError(t, err)
		require.True(t, is(girl, y.Org))
		require.True(t, is(girl, y.space))

		she := y.as(t, stage.Phrase)
		before := y.held(t, y.space)
		mine, err := y.Members.Mine(ctx, she)
		require.NoError(t, err)
		birth := calendar.InYear(2069)
		_, err = y.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{Birth: &birth})
		require.NoError(t, err)
		require.True(t, is(she.Person, y.Org))
		require.NoError(t, y.Members.TellBirth(ctx, focal, once.Key{}, she.Person, member.BirthTold{Birth: calendar.InYear(2040)}))
		require.False(t, is(she.Person, y.Org))
		require.Equal(t, before, y.held(t, y.space))
	})
}

func firstFree(t *testing.T, offer *peersupport.Offer) time.Time {
	t.Helper()
	for _, day := range offer.Days {
		for _, s := range day.Slots {
			if s.Free {
				return s.Start
			}
		}
	}
	t.Fatal("no slot is free")
	return time.Time{}
}
