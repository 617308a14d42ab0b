package routes_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/peersupport"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/routes"
	"chautari/routes/routestest"
)

// bench is a stage on which people meet, behind its routes.
type bench struct {
	*stage.Stage
	*routestest.House
}

func newBench(t *testing.T) *bench {
	t.Helper()
	s := stage.New(t, peersupport.Specs()...)
	table := routes.Table(routes.Nouns{
		Organisations: s.Orgs, Accounts: s.Accounts, Members: s.Members,
		Support: peersupport.New(s.Store, s.Orgs, s.Members, s.Clock),
	})
	return &bench{Stage: s, House: routestest.New(t, table, func(d *routes.Deps) {
		d.Tenant = func(context.Context, string) (string, error) { return s.Org, nil }
		d.Clock = s.Clock
		d.Refused = func(ctx context.Context, a access.Actor, operation, subject string) error {
			return audit.Log{Clock: s.Clock}.WasRefused(ctx, s.Store.Org(a.Org), a, access.Action(operation), subject)
		}
	})}
}

const seen = `"consents":[{"purpose":"supporter_name","version":"1","language":"ne"}]`

// supporter makes somebody who gives hours over HTTP.
func (b *bench) supporter(group, alias, body string) access.Actor {
	b.TB.Helper()
	a := b.Person(access.PeerSupporter, group, alias)
	page := b.As(a).Get("/api/support/hours").Wants(200).Contains(`"spans":[]`, `"agreed":false`)
	b.As(a).Patch("/api/support/hours", page.Version(), body).Wants(200).Contains(`"agreed":true`)
	return a
}

const sundays = `{"spans":[{"weekday":0,"from":"10:00","to":"13:00"}],"length":60,"languages":["ne","thl"],` + seen + `}`

func (b *bench) member(alias string) access.Actor { return b.Person(access.Member, b.First, alias) }

func wish(start, supporter string) string {
	if supporter == "" {
		return fmt.Sprintf(`{"start":%q}`, start)
	}
	return fmt.Sprintf(`{"start":%q,"supporter":%q}`, start, supporter)
}

// held counts the meetings that are stored, by state.
func (b *bench) held() map[peersupport.State]int {
	b.TB.Helper()
	n := map[peersupport.State]int{}
	support := peersupport.New(b.Store, b.Orgs, b.Members, b.Stage.Clock)
	space := b.Store.Org(b.Org)
	later := b.Stage.Clock.Now().AddDate(1, 0, 0)
	b.Stage.Clock.Set(later)
	err := support.Each(context.Background(), space, time.Time{}, later, func(_, _, _ string, _ time.Time, held bool) error {
		if held {
			n[peersupport.Booked]++
		} else {
			n[peersupport.Cancelled]++
		}
		return nil
	})
	b.Stage.Clock.Set(later.AddDate(-1, 0, 0))
	if err != nil {
		b.TB.Fatal(err)
	}
	return n
}

func TestAMemberBooksAndCancelsAMeetingAndBothSeeIt(t *testing.T) {
	b := newBench(t)
	maina := b.supporter(b.First, "Maina", sundays)
	junkiri := b.member("जुनकीरी")
	she, supporter := b.As(junkiri), b.As(maina)

	var offer struct {
		Supporters []struct {
			ID        string
			Name      string
			Languages []string
			Near      bool
		}
		Days []struct {
			Day   string
			Slots []struct {
				Start string
				Free  bool
			}
		}
		AskName bool
	}
	she.Get("/api/support/slots").Wants(200).Lacks("जुनकीरी").Into(&offer)
	if len(offer.Days) != 14 || offer.Days[0].Day != "2026-11-26" || len(offer.Supporters) != 1 || offer.Supporters[0].Name != "Maina" || !offer.Supporters[0].Near || !offer.AskName {
		t.Fatalf("the offer is %+v", offer)
	}
	var starts []string
	for _, s := range offer.Days[3].Slots {
		starts = append(starts, s.Start)
	}
	if got := strings.Join(starts, " "); got != "2026-11-29T04:15:00Z 2026-11-29T05:15:00Z 2026-11-29T06:15:00Z" {
		t.Fatalf("Sunday's slots are %s", got)
	}

	var booked struct{ ID string }
	answer := she.Post("/api/support/sessions", wish(starts[1], maina.Person)).Wants(201).
		Contains(`"as":"member"`, `"with":"Maina"`, `"state":"booked"`, `"cancelledBy":null`, `"end":"2026-11-29T06:15:00Z"`).Into(&booked)
	if answer.Header.Get("Location") != "/api/support/sessions" {
		t.Errorf("it stands at %s", answer.Header.Get("Location"))
	}
	she.Get("/api/support/sessions").Wants(200).Contains(booked.ID, `"with":"Maina"`).Lacks(junkiri.Person, maina.Person)
	supporter.Get("/api/support/sessions").Wants(200).Contains(booked.ID, `"as":"supporter"`, `"with":null`).Lacks("जुनकीरी", junkiri.Person)
	she.Get("/api/support/sessions?past=true").Wants(200).Lacks(booked.ID)
	supporter.Get("/api/support/slots?from=2026-11-29&days=1").Wants(200).Contains(`"days":[{"day":"2026-11-29","slots":[]}]`).Lacks("Maina")

	supporter.Post("/api/support/sessions/"+booked.ID+"/cancel", `{}`).Wants(200).Contains(`"cancelled"`, `"cancelledBy":"supporter"`)
	she.Post("/api/support/sessions/"+booked.ID+"/cancel", nil).Wants(200).Contains(`"cancelledBy":"supporter"`)
	she.Get("/api/support/slots").Wants(200).Lacks(`"free":false`)
}

func TestOnlyAPostFromOurOwnPageCancels(t *testing.T) {
	b := newBench(t)
	maina := b.supporter(b.First, "Maina", sundays)
	she := b.As(b.member("Junkiri"))
	var booked struct{ ID string }
	she.Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", maina.Person)).Wants(201).Into(&booked)
	cancel := "/api/support/sessions/" + booked.ID + "/cancel"
	for _, c := range []*routestest.Caller{she, b.As(maina), b.Nobody()} {
		for range 2 { // what looks a link over comes more than once
			for _, answer := range []*routestest.Answer{c.Get(cancel), c.Head(cancel), c.Delete(cancel), c.Get("/api/support/sessions/" + booked.ID)} {
				if answer.Status != 404 && answer.Status != 405 && answer.Status != 401 {
					t.Errorf("it is answered %d", answer.Status)
				}
			}
		}
	}
	she.Without("Sec-Fetch-Site").Post(cancel, `{}`).Refused(403, "request.foreign")
	she.With("Sec-Fetch-Site", "cross-site").Post(cancel, `{}`).Refused(403, "request.foreign")
	she.With("Content-Type", "application/x-www-form-urlencoded").Post(cancel, `a=b`).Refused(415, "request.wrong_media")
	she.Without("Idempotency-Key").Post(cancel, `{}`).Refused(400, "request.idempotency_key_missing")
	b.Nobody().Post(cancel, `{}`).Refused(401, "session.absent")
	she.Get("/api/support/sessions").Wants(200).Contains(`"booked"`).Lacks(`"cancelled"`)
	cancelled := func() (n int) {
		for _, e := range b.Trail(maina.Person, audit.Done) {
			if e.Action == access.CancelSession {
				n++
			}
		}
		return n
	}
	if n := cancelled(); n != 0 {
		t.Errorf("the trail tells of %d cancellings", n)
	}
	she.Post(cancel, `{}`).Wants(200)
	if n := cancelled(); n != 1 { // or the count above would say nothing
		t.Errorf("the trail tells of %d cancellings after one", n)
	}
}

func TestADoubleTapOnASlowLineIsOneMeeting(t *testing.T) {
	b := newBench(t)
	b.supporter(b.First, "Maina", sundays)
	b.supporter(b.First, "Bela", sundays)
	junkiri := b.member("Junkiri")
	ids := make([]string, 6)
	var wg sync.WaitGroup
	for i := range ids {
		she := b.As(junkiri).With("Idempotency-Key", "0123456789abcdef0123")
		wg.Go(func() {
			var booked struct{ ID string }
			she.Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", "")).Wants(201).Into(&booked)
			ids[i] = booked.ID
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("two meetings: %v", ids)
		}
	}
	if n := b.held(); n[peersupport.Booked] != 1 {
		t.Errorf("stored are %v", n)
	}
	b.As(junkiri).With("Idempotency-Key", "0123456789abcdef0123").Post("/api/support/sessions", wish("2026-11-29T05:15:00Z", "")).
		Refused(409, "request.idempotency_key_reused")
	// Somebody else who happens on the key gets an answer of her own.
	var other struct{ ID string }
	b.As(b.member("Kopila")).With("Idempotency-Key", "0123456789abcdef0123").Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", "")).Wants(201).Into(&other)
	if n := b.held(); other.ID == ids[0] || n[peersupport.Booked] != 2 {
		t.Errorf("the other gets %s, and stored are %v", other.ID, n)
	}
}

func TestOneOfManyWhoConfirmAtOnceGetsTheSlot(t *testing.T) {
	b := newBench(t)
	maina := b.supporter(b.First, "Maina", sundays)
	const many = 20
	codes := make([]string, many)
	var wg sync.WaitGroup
	for i := range many {
		she := b.As(b.member("Junkiri"))
		wg.Go(func() {
			answer := she.Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", maina.Person))
			if codes[i] = "booked"; answer.Status != 201 {
				codes[i] = answer.Problem().Code
			}
		})
	}
	wg.Wait()
	n := map[string]int{}
	for _, c := range codes {
		n[c]++
	}
	if n["booked"] != 1 || n["support.slot_taken"] != many-1 || b.held()[peersupport.Booked] != 1 {
		t.Errorf("answers %v, stored %v", n, b.held())
	}
}

// The grid is Nepal's, whatever other zones do: a supporter who is met every
// week at ten is met at ten also when the clocks of Europe and America change.
func TestAWeeklyTimeStaysWhenOtherZonesChangeTheirClocks(t *testing.T) {
	b := newBench(t)
	b.supporter(b.First, "Maina", sundays)
	she := b.As(b.member("Junkiri"))
	for name, sundays := range map[string][2]string{
		"New York, spring": {"2027-03-07", "2027-03-14"},
		"Oslo, spring":     {"2027-03-21", "2027-03-28"},
		"Oslo, autumn":     {"2027-10-24", "2027-10-31"},
		"New York, autumn": {"2027-10-31", "2027-11-07"},
		"a new year":       {"2026-12-27", "2027-01-03"},
	} {
		day, err := time.Parse("2006-01-02", sundays[0])
		if err != nil {
			t.Fatal(err)
		}
		b.Stage.Clock.Set(day.Add(-24 * time.Hour))
		for _, sunday := range sundays {
			answer := she.Get("/api/support/slots?days=1&from=" + sunday).Wants(200)
			for _, start := range []string{"T04:15:00Z", "T05:15:00Z", "T06:15:00Z"} {
				answer.Contains(`"start":"` + sunday + start)
			}
			if t.Failed() {
				t.Fatal(name)
			}
		}
	}
}

func TestASlotThatIsNoneIsToldWithItsField(t *testing.T) {
	b := newBench(t)
	maina := b.supporter(b.First, "Maina", sundays)
	junkiri := b.member("Junkiri")
	she := b.As(junkiri)
	for body, want := range map[string][2]string{
		wish("2026-11-22T04:15:00Z", maina.Person):                     {"start", "support.slot_past"},
		wish("2026-11-26T08:59:00Z", maina.Person):                     {"start", "support.slot_past"},
		wish("2026-11-29T04:00:00Z", maina.Person):                     {"start", "support.no_such_slot"},
		wish("2026-11-29T10:00:00Z", maina.Person):                     {"start", "support.no_such_slot"},
		wish("2026-12-13T04:15:00Z", maina.Person):                     {"start", "support.no_such_slot"},
		wish("2026-11-29T04:15:00Z", junkiri.Person):                   {"supporter", "support.self"},
		wish("2026-11-29T04:15:00Z", "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa"): {"start", "support.no_such_slot"},
		wish("2026-11-29T04:15:00Z", "acc_aaaaaaaaaaaaaaaaaaaaaaaaaa"): {"supporter", "field.not_an_id"},
		`{"supporter":"` + maina.Person + `"}`:                         {"start", "field.required"},
		`{"start":"2026-11-29T04:15:00Z",` + seen + `}`:                {"consents[0]", "consent.text_unknown"},
	} {
		she.Post("/api/support/sessions", body).Refused(422, "request.invalid").Field(want[0], want[1])
	}
	for _, body := range []string{`{"start":"tomorrow"}`, `{"start":"2026-11-29"}`, `{"start":7}`, `{"start":null}`, `{"start":"2026-11-29T04:15:00Z","member":"` + maina.Person + `"}`} {
		she.Post("/api/support/sessions", body).Refused(400, "request.malformed")
	}
	for _, query := range []string{"days=15", "days=-1", "from=2026-13-01", "from=today", "supporter=maina"} {
		she.Get("/api/support/slots?"+query).Refused(422, "request.invalid")
	}
	she.Get("/api/support/slots?from=9999-12-31").Wants(200).Lacks(`"start"`)
	she.Get("/api/support/slots?from=0001-01-01").Wants(200).Lacks(`"start"`)
	// The same instant, written as in Nepal.
	she.Post("/api/support/sessions", wish("2026-11-29T10:00:00+05:45", maina.Person)).Wants(201).Contains("2026-11-29T04:15:00Z")
	if n := b.held(); n[peersupport.Booked] != 1 {
		t.Errorf("stored are %v", n)
	}
}

func TestHoursThatAreNoneAreToldAndNothingIsKept(t *testing.T) {
	b := newBench(t)
	she := b.As(b.Person(access.PeerSupporter, b.First, "Maina"))
	for body, want := range map[string][2]string{
		`{"spans":[{"weekday":0,"from":"13:00","to":"10:00"}],` + seen + `}`:                                           {"spans[0]", "support.span_invalid"},
		`{"spans":[{"weekday":0,"from":"10:10","to":"11:00"}],` + seen + `}`:                                           {"spans[0]", "support.span_invalid"},
		`{"spans":[{"weekday":0,"from":"१०:००","to":"11:00"}],` + seen + `}`:                                           {"spans[0]", "support.span_invalid"},
		`{"spans":[{"weekday":0,"from":"10:00","to":"12:00"},{"weekday":0,"from":"11:00","to":"13:00"}],` + seen + `}`: {"spans[1]", "support.span_overlap"},
		`{"spans":[{"weekday":7,"from":"10:00","to":"12:00"}],` + seen + `}`:                                           {"spans.0.weekday", "field.too_large"},
		`{"spans":[{"from":"10:00","to":"12:00"}],` + seen + `}`:                                                       {"spans.0.weekday", "field.required"},
		`{"length":40,` + seen + `}`:             {"length", "field.not_one_of"},
		`{"cap":0,` + seen + `}`:                 {"cap", "field.too_small"},
		`{"cap":21,` + seen + `}`:                {"cap", "field.too_large"},
		`{"languages":["ne","ne"],` + seen + `}`: {"languages", "field.repeated"},
		`{"languages":["xx"],` + seen + `}`:      {"languages.0", "field.not_one_of"},
		`{"paused":false}`:                       {"consents", "support.name_needed"},
	} {
		she.Patch("/api/support/hours", 1, body).Refused(422, "request.invalid").Field(want[0], want[1])
	}
	she.Patch("/api/support/hours", 2, sundays).Refused(412, "request.stale")
	she.Get("/api/support/hours").Wants(200).Contains(`"spans":[]`, `"agreed":false`)
	if v := she.Patch("/api/support/hours", 1, sundays).Wants(200).Version(); v != 2 {
		t.Errorf("the version is %d", v)
	}
	she.Patch("/api/support/hours", 2, `{"paused":true}`).Wants(200).Contains(`"paused":true`, `"from":"10:00"`)
	b.As(b.member("Junkiri")).Get("/api/support/slots").Wants(200).Lacks("Maina", `"start"`)
}

func TestMeetingsOfOthersAreAbsentWhateverIdIsTried(t *testing.T) {
	b, abroad := newBench(t), newBench(t)
	maina, foreign := b.supporter(b.First, "Maina", sundays), abroad.supporter(abroad.First, "Marker", sundays)
	she := b.As(b.member("Junkiri"))
	var own, other struct{ ID string }
	she.Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", maina.Person)).Wants(201).Into(&own)
	abroad.As(abroad.member("Kopila")).Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", foreign.Person)).Wants(201).Into(&other)

	stranger := b.As(b.member("Tara"))
	absent := stranger.Post("/api/support/sessions/ses_aaaaaaaaaaaaaaaaaaaaaaaaaa/cancel", `{}`).Refused(404, "request.absent")
	for _, c := range []*routestest.Caller{stranger, b.As(b.Coordinator), b.As(b.OfFirst)} {
		for _, id := range []string{own.ID, other.ID} {
			answer := c.Post("/api/support/sessions/"+id+"/cancel", `{}`).Refused(404, "request.absent")
			if len(answer.Body) != len(absent.Body) {
				t.Errorf("refused looks other than absent: %s", answer.Body)
			}
		}
	}
	stranger.Get("/api/support/sessions").Wants(200).Contains(`"items":[]`)
	stranger.Get("/api/support/slots?supporter="+foreign.Person).Wants(200).Lacks("Marker", `"start"`)
	stranger.Post("/api/support/sessions", wish("2026-11-29T05:15:00Z", foreign.Person)).Refused(422, "request.invalid").Field("start", "support.no_such_slot")
	if n := len(b.Trail(own.ID, audit.Refused)); n != 3 {
		t.Errorf("%d refusals are in the trail", n)
	}
	if n := b.held(); n[peersupport.Booked] != 1 || n[peersupport.Cancelled] != 0 {
		t.Errorf("stored are %v", n)
	}
}

func TestACoordinatorsWeekShowsThatThereIsAMeetingAndNothingElse(t *testing.T) {
	b := newBench(t)
	maina := b.supporter(b.First, "Maina", sundays)
	junkiri := b.member("Junkiri")
	var booked struct{ ID string }
	b.As(junkiri).Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", maina.Person)).Wants(201).Into(&booked)
	elsewhere := b.Person(access.Member, b.Second, "Kopila")
	b.As(elsewhere).Post("/api/support/sessions", wish("2026-11-29T05:15:00Z", maina.Person)).Wants(201)

	var week struct {
		From string
		Days []struct {
			Day      string
			Sessions []map[string]any
		}
		Load []map[string]any
	}
	b.As(b.OfFirst).Get("/api/support/week?from=2026-11-29").Wants(200).
		Contains("Junkiri", "Maina", booked.ID, b.First).Lacks("Kopila", junkiri.Person, maina.Person, b.Second).Into(&week)
	if len(week.Days) != 7 || len(week.Days[0].Sessions) != 1 {
		t.Fatalf("the week is %+v", week)
	}
	for _, key := range []string{"id", "start", "end", "state", "member", "supporter", "group"} {
		delete(week.Days[0].Sessions[0], key)
	}
	if len(week.Days[0].Sessions[0]) != 0 || len(week.Load) != 1 || week.Load[0]["booked"] != 2.0 || week.Load[0]["cap"] != 5.0 {
		t.Errorf("it also shows %v, %v", week.Days[0].Sessions[0], week.Load)
	}
	b.As(b.OfFirst).Get("/api/support/week").Wants(200).Contains(`"from":"2026-11-22"`)
	b.As(junkiri).Get("/api/support/week").Refused(404, "request.absent")
	b.As(maina).Get("/api/support/week").Refused(404, "request.absent")
	b.As(junkiri).Get("/api/support/hours").Refused(404, "request.absent")
}

func TestOnlyALookAtAMembersNameIsInTheTrail(t *testing.T) {
	b := newBench(t)
	maina := b.supporter(b.First, "Maina", sundays)
	she := b.member("Junkiri")
	b.As(she).Get("/api/support/slots").Wants(200)
	b.As(she).Post("/api/support/sessions", wish("2026-11-29T04:15:00Z", maina.Person)).Wants(201)
	b.As(she).Get("/api/support/sessions").Wants(200)
	b.As(maina).Get("/api/support/sessions").Wants(200)
	var got []string
	err := audit.Entries.Each(context.Background(), b.Store.Org(b.Org), store.Query{Index: "account", Equal: []any{she.Account}}, func(e *audit.Entry) error {
		got = append(got, string(e.Action)+" "+string(e.Result))
		return nil
	})
	want := map[string]int{"bookSession done": 1}
	for _, g := range got {
		want[g]--
	}
	for entry, n := range want {
		if n != 0 {
			err = errors.Join(err, fmt.Errorf("%s: %d too few", entry, n))
		}
	}
	if err != nil {
		t.Error(err)
	}
	if n := len(b.Trail(she.Person, audit.Read)); n != 0 {
		t.Errorf("%d entries tell of a name that nobody saw", n)
	}
}
